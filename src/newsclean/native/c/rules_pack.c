/* Packs, made once each, and indexes of packs, which are cheap: mirrors rules/pack.py and rules/index.py. */
#include <stdlib.h>

#include "nc_rules_parts.h"

static void *copied(const void *from, size_t bytes) {
  void *made = malloc(bytes + 1);
  if (made != NULL) memcpy(made, from, bytes);
  return made;
}

/* Marks words that begin wordings glued to sentences, or that wordings with placeholders ahead hold. */
static void mark_words(nc_pack *pack, const nc_strings *words, uint8_t mark) {
  const uint32_t *word = words->text;
  for (int32_t at = 0; at < words->count; word += words->sizes[at++]) {
    int32_t number = nc_vocabulary_add(&pack->words, nc_word_hash(word, words->sizes[at]));
    pack->word_marks[number] |= mark;
  }
}

static void mark_loop_words(nc_pack *pack, const nc_net *net, uint8_t mark) {
  for (int32_t word = 0; word < pack->words.count; word++)
    if (net->of_word[word].others > net->of_word[word].inner) pack->word_marks[word] |= mark;
}

static int read_patterns(nc_pack *pack, const nc_strings *patterns) {
  static const uint32_t BLIND[] = {'(', '?', 'i', ')'};
  size_t size = 0;
  for (int32_t head = 0; head < pack->n_heads; head++) size += (size_t)patterns->sizes[head];
  pack->pattern_text = copied(patterns->text, sizeof(uint32_t) * size);
  pack->patterns = calloc((size_t)pack->n_heads + 1, sizeof(nc_pattern));
  pack->glances = calloc((size_t)pack->n_heads + 1, sizeof(nc_glance));
  if (pack->pattern_text == NULL || pack->patterns == NULL || pack->glances == NULL) return -1;
  const uint32_t *text = pack->pattern_text;
  for (int32_t head = 0; head < pack->n_heads; text += patterns->sizes[head++]) {
    nc_pattern *made = &pack->patterns[head];
    made->text = text;
    made->size = patterns->sizes[head];
    made->folded = made->size >= 4 && memcmp(text, BLIND, sizeof(BLIND)) == 0;
    made->inside = pack->scopes[head] == NC_INLINE;
    made->glance = &pack->glances[head];
    for (int word = 0; word < NC_GLANCE_WORDS; word++)
      atomic_init(&made->glance->words[word], ~(uint64_t)0);
    atomic_init(&made->glance->words[NC_GLANCE_REST], (uint64_t)0xFFFF << 16 | (uint64_t)1 << NC_OTHER_FIRST |
                                                          (uint64_t)1 << NC_OTHER_LAST |
                                                          (uint64_t)made->folded << NC_SEES_FOLDED);
    atomic_init(&made->ahead, NULL);
    atomic_init(&made->back, NULL);
    atomic_init(&made->exact, NULL);
  }
  return 0;
}

static int filled(nc_pack *pack, const nc_pack_data *data) {
  size_t heads = (size_t)data->n_heads;
  int32_t most = data->fixed.words.count + data->open.words.count + data->late.words.count + data->late_words.count +
                 data->glued.count;
  pack->n_heads = data->n_heads;
  pack->machines.most_states = data->most_states;
  pack->scopes = copied(data->scopes, heads);
  pack->strengths = copied(data->strengths, heads);
  pack->marks = copied(data->marks, heads);
  pack->word_marks = calloc((size_t)most + 1, 1);
  pack->tells = calloc(heads + 1, sizeof(uint64_t));
  if (!pack->scopes || !pack->strengths || !pack->marks || !pack->word_marks || !pack->tells) return -1;
  for (size_t head = 0; head < heads; head++) {
    if (pack->strengths[head] != NC_CERTAIN) continue;
    int inside = pack->scopes[head] == NC_SENTENCE || pack->scopes[head] == NC_INLINE;
    pack->tells[head] = NC_CERTAINS | (inside ? NC_INSIDES : 0);
  }
  if (nc_vocabulary_new(&pack->words, most)) return -1;
  if (nc_net_new(&pack->fixed, &data->fixed, pack->tells, &pack->words)) return -1;
  if (nc_net_new(&pack->open, &data->open, pack->tells, &pack->words)) return -1;
  if (nc_net_new(&pack->late, &data->late, pack->tells, &pack->words)) return -1;
  mark_words(pack, &data->glued, NC_GLUED_WORD);
  mark_words(pack, &data->late_words, NC_LATE_WORD);
  mark_loop_words(pack, &pack->open, NC_LOOP_WORD);
  mark_loop_words(pack, &pack->late, NC_LATE_LOOP_WORD);
  if (nc_tree_new(&pack->tree, &pack->fixed, pack->words.count, data->most_sets)) return -1;
  if (nc_keywords_new(&pack->keywords, data)) return -1;
  return read_patterns(pack, &data->patterns);
}

nc_pack *nc_pack_new(const nc_pack_data *data) {
  nc_pack *made = calloc(1, sizeof(nc_pack));
  if (made == NULL) return NULL;
  atomic_flag_clear(&made->machines.lock);
  if (filled(made, data)) {
    nc_pack_free(made);
    return NULL;
  }
  return made;
}

void nc_pack_free(nc_pack *pack) {
  if (pack == NULL) return;
  for (int32_t head = 0; pack->patterns != NULL && head < pack->n_heads; head++) nc_pattern_free(&pack->patterns[head]);
  free(pack->patterns);
  free(pack->glances);
  free(pack->tells);
  free(pack->pattern_text);
  nc_keywords_free(&pack->keywords);
  nc_tree_free(&pack->tree);
  nc_net_free(&pack->fixed);
  nc_net_free(&pack->open);
  nc_net_free(&pack->late);
  nc_vocabulary_free(&pack->words);
  free(pack->word_marks);
  free(pack->scopes);
  free(pack->strengths);
  free(pack->marks);
  free(pack);
}

static int any_live(const nc_keywords *keywords, const uint8_t *dropped, int32_t from, int32_t to) {
  for (; from < to; from++)
    if (!dropped[keywords->heads[from]]) return 1;
  return 0;
}

static int add_keywords(nc_index *index, int32_t at) {
  const nc_keywords *keywords = &index->packs[at]->keywords;
  const uint8_t *dropped = index->dropped[at];
  uint8_t *uses = index->keyword_uses[at] = malloc((size_t)keywords->count + 1);
  if (uses == NULL) return -1;
  for (int32_t word = 0; word < keywords->count; word++) {
    const nc_keyword *is = &keywords->all[word];
    uses[word] = is->literal || any_live(keywords, dropped, is->heads, is->line_heads) ? NC_ANYWHERE : 0;
    if (any_live(keywords, dropped, is->line_heads, is->heads_end)) uses[word] |= NC_IN_LINES;
  }
  for (int32_t word = 0; word < keywords->short_first[NC_NO_KEY + 1]; word++) {
    const nc_short *is = &keywords->shorts[word];
    int32_t free_keys = is->key == NC_NUMBER_KEY << 10 ? 1 : 1 << 5 * (3 - is->size);
    if (dropped[is->head]) continue;
    for (int32_t key = is->key; key < is->key + free_keys; key++) index->shorts[key >> 6] |= (uint64_t)1 << (key & 63);
  }
  return 0;
}

static int add_pack(nc_index *index, const nc_pack *pack, const uint8_t *dropped) {
  int32_t at = index->count++;
  index->packs[at] = (nc_pack *)(uintptr_t)pack; /* only what its lock guards is ever written */
  index->dropped[at] = copied(dropped, (size_t)pack->n_heads);
  if (index->dropped[at] == NULL) return -1;
  for (int32_t word = 0; word < pack->words.count; word++)
    index->word_marks[pack->words.hashes[word] >> (64 - NC_WORD_BITS)] |= pack->word_marks[word];
  const nc_net *nets[] = {&pack->open, &pack->late, &pack->fixed};
  for (int net = 0; net < (pack->tree.states ? 2 : 3); net++)
    if (nets[net]->states > index->most_net_states) index->most_net_states = nets[net]->states;
  index->head_first[at + 1] = index->head_first[at] + pack->n_heads;
  return add_keywords(index, at);
}

nc_index *nc_index_new(const nc_pack *const *packs, const uint8_t *const *dropped, int32_t count,
                       const nc_known_words *known) {
  nc_index *made = calloc(1, sizeof(nc_index));
  if (made == NULL) return NULL;
  made->known = known;
  for (int32_t word = 0; word < known->words.count; word++)
    if (known->kinds[word] & NC_DATE_WORD)
      made->word_marks[known->words.hashes[word] >> (64 - NC_WORD_BITS)] |= NC_TIME_WORD;
  made->packs = calloc((size_t)count + 1, sizeof(nc_pack *));
  made->dropped = calloc((size_t)count + 1, sizeof(uint8_t *));
  made->keyword_uses = calloc((size_t)count + 1, sizeof(uint8_t *));
  made->head_first = calloc((size_t)count + 2, sizeof(int32_t));
  int failed = !made->packs || !made->dropped || !made->keyword_uses || !made->head_first;
  for (int32_t at = 0; at < count && !failed; at++) failed = add_pack(made, packs[at], dropped[at]);
  if (!failed) failed = nc_index_keywords(made);
  made->clean = nc_clean_lines_new();
  if (failed) {
    nc_index_free(made);
    return NULL;
  }
  return made;
}

void nc_index_free(nc_index *index) {
  if (index == NULL) return;
  for (int32_t at = 0; at < index->count; at++) {
    free(index->dropped[at]);
    free(index->keyword_uses[at]);
  }
  free(index->packs);
  free(index->dropped);
  free(index->keyword_uses);
  free(index->head_first);
  free(index->grams);
  free(index->gram_uses);
  free(index->clean);
  free(index);
}
