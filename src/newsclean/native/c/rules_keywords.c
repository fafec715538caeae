/* The keywords of a pack, ready to be looked for: what index.Index makes of them. */
#include <stdlib.h>

#include "nc_rules_parts.h"

typedef struct {
  nc_keywords *made;
  nc_vocabulary known;           /* keywords by hash */
} builder;

/* Files the grams by which a keyword is found. */
static void file_grams(builder *to, int32_t keyword) {
  const nc_keyword *is = &to->made->all[keyword];
  int kind = nc_gram_kind(is->size), places = kind == NC_LONG ? NC_LONG_STEP : 1;
  for (int32_t offset = 0; offset < places; offset++) {
    uint64_t gram = nc_eight(to->made->plain + is->text + offset) & nc_gram_mask(kind);
    to->made->grams[to->made->n_grams++] = (nc_gram){nc_gram_hash(gram, kind), keyword, offset};
  }
}

/* The number of a keyword, new or not; `at` is where its text begins. */
static int32_t keyword_of(builder *to, int32_t at, int32_t size) {
  nc_keywords *made = to->made;
  int32_t before = to->known.count;
  int32_t number = nc_vocabulary_add(&to->known, nc_word_hash(made->text + at, size));
  if (number < before) return number;
  nc_keyword *is = &made->all[made->count++];
  *is = (nc_keyword){.text = at, .size = size, .ascii = 1};
  for (int32_t letter = at; letter < at + size; letter++)
    if (made->text[letter] > 127) is->ascii = 0;
  file_grams(to, number);
  return number;
}

static int is_short(const uint32_t *word, int32_t size) {
  if (size == 1 && word[0] == '0') return 1;
  for (int32_t at = 0; at < size; at++)
    if ((word[at] | 32) - 'a' >= 26u) return 0;
  return size < 4;
}

static int by_gram(const void *one, const void *two) {
  const nc_gram *a = one, *b = two;
  if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
  if (a->keyword != b->keyword) return a->keyword < b->keyword ? -1 : 1;
  return (a->offset > b->offset) - (a->offset < b->offset);
}

/* The heads of each keyword, and the keywords that have to begin a word. */
static int file_heads(builder *to, const nc_pack_data *data, int32_t at) {
  nc_keywords *made = to->made;
  int32_t count = data->keywords.count, n_shorts = 0, filed = 0;
  int32_t *of = malloc(sizeof(int32_t) * (size_t)(count + 1));
  made->heads = malloc(sizeof(int32_t) * (size_t)(count + 1));
  made->shorts = malloc(sizeof(nc_short) * (size_t)(count + 1));
  if (of == NULL || made->heads == NULL || made->shorts == NULL) {
    free(of);
    return -1;
  }
  for (int32_t word = 0; word < count; at += data->keywords.sizes[word++]) {
    int32_t size = data->keywords.sizes[word], head = data->keyword_heads[word];
    int in_line = data->scopes[head] == NC_LINE;
    of[word] = -1;
    if (size == 0) continue;
    if (in_line && is_short(made->text + at, size)) {
      int number = made->text[at] == '0';
      int32_t key = nc_short_key(made->text + at, size, number);
      if ((key >> 10 & (key >> 5) & key) != NC_NO_KEY) made->shorts[n_shorts++] = (nc_short){key, size, head};
      continue;
    }
    of[word] = keyword_of(to, at, size);
    nc_keyword *is = &made->all[of[word]];
    is->heads_end++;
    if (!in_line) is->line_heads++;
  }
  for (int32_t word = 0; word < made->count; word++) {
    nc_keyword *is = &made->all[word];
    int32_t total = is->heads_end, inside = is->line_heads;
    *is = (nc_keyword){is->text, is->size, filed, filed, filed + inside, is->literal, is->ascii};
    filed += total; /* while heads are filed, line_heads and heads_end tell where the next ones go */
  }
  for (int32_t word = 0; word < count; word++) {
    if (of[word] < 0) continue;
    nc_keyword *is = &made->all[of[word]];
    int32_t head = data->keyword_heads[word];
    made->heads[data->scopes[head] == NC_LINE ? is->heads_end++ : is->line_heads++] = head;
  }
  free(of);
  for (int32_t letter = 0; letter <= NC_NO_KEY + 1; letter++) made->short_first[letter] = 0;
  for (int32_t word = 0; word < n_shorts; word++) made->short_first[(made->shorts[word].key >> 10) + 1]++;
  for (int32_t letter = 0; letter <= NC_NO_KEY; letter++) made->short_first[letter + 1] += made->short_first[letter];
  return n_shorts;
}

/* Short keywords by their first letter, else in the order they came. */
static void sort_shorts(nc_short *shorts, int32_t count) {
  for (int32_t at = 1; at < count; at++) {
    nc_short moved = shorts[at];
    int32_t to = at;
    for (; to > 0 && shorts[to - 1].key >> 10 > moved.key >> 10; to--) shorts[to] = shorts[to - 1];
    shorts[to] = moved;
  }
}

static int32_t size_of(const nc_strings *strings) {
  int32_t size = 0;
  for (int32_t at = 0; at < strings->count; at++) size += strings->sizes[at];
  return size;
}

static int room_for(builder *to, const nc_pack_data *data, int32_t size) {
  nc_keywords *made = to->made;
  int32_t most = data->literals.count + data->keywords.count;
  made->text = malloc(sizeof(uint32_t) * (size_t)(size + 1));
  made->plain = calloc((size_t)size + 16, 1);
  made->all = malloc(sizeof(nc_keyword) * (size_t)(most + 1));
  made->grams = malloc(sizeof(nc_gram) * (size_t)(most + 1) * NC_LONG_STEP);
  if (made->text == NULL || made->plain == NULL || made->all == NULL || made->grams == NULL) return -1;
  return nc_vocabulary_new(&to->known, most);
}

int nc_keywords_new(nc_keywords *made, const nc_pack_data *data) {
  builder to = {.made = made};
  int32_t literal_size = size_of(&data->literals), size = literal_size + size_of(&data->keywords);
  int failed = room_for(&to, data, size);
  if (!failed) {
    memcpy(made->text, data->literals.text, sizeof(uint32_t) * (size_t)literal_size);
    memcpy(made->text + literal_size, data->keywords.text, sizeof(uint32_t) * (size_t)(size - literal_size));
    /* nc_plain_of reads hyphens as blanks, but here a hyphen is one, and is never met */
    for (int32_t at = 0; at < size; at++)
      made->plain[at] = made->text[at] < 128 ? (uint8_t)made->text[at] : nc_plain_of(made->text[at]);
    for (int32_t word = 0, at = 0; word < data->literals.count; at += data->literals.sizes[word++])
      if (data->literals.sizes[word]) made->all[keyword_of(&to, at, data->literals.sizes[word])].literal = 1;
    int32_t n_shorts = file_heads(&to, data, literal_size);
    failed = n_shorts < 0;
    if (!failed) sort_shorts(made->shorts, n_shorts);
    qsort(made->grams, (size_t)made->n_grams, sizeof(nc_gram), by_gram);
  }
  nc_vocabulary_free(&to.known);
  return failed ? -1 : 0;
}

void nc_keywords_free(nc_keywords *made) {
  free(made->all);
  free(made->text);
  free(made->plain);
  free(made->heads);
  free(made->grams);
  free(made->shorts);
}
