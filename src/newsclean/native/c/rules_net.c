/* Networks of phrases, read from their stored form: mirrors newsclean/rules/net.py. */
#include <stdlib.h>

#include "nc_rules_parts.h"

/* tree.PLACEHOLDERS, in order */
static const char *const PLACEHOLDERS[NC_PLACEHOLDERS] = {"{name}", "{date}", "{site}", "{title}", "{:title}"};

static int32_t placeholder_of(const uint32_t *word, int32_t size) {
  for (int32_t kind = 0; kind < NC_PLACEHOLDERS; kind++) {
    const char *name = PLACEHOLDERS[kind];
    int32_t at = 0;
    while (at < size && name[at] != 0 && word[at] == (uint32_t)(unsigned char)name[at]) at++;
    if (at == size && name[at] == 0) return kind;
  }
  return -1;
}

/* The next number of a text; -1 behind the last. */
static const char *read_number(const char *at, const char *end, int64_t *number) {
  while (at < end && *at == ' ') at++;
  if (at >= end) return NULL;
  int negative = *at == '-';
  if (negative) at++;
  int64_t made = 0;
  for (; at < end && *at >= '0' && *at <= '9'; at++) made = made < INT32_MAX ? made * 10 + (*at - '0') : made;
  while (at < end && *at != ' ') at++;
  *number = negative ? -made : made;
  return at;
}

/* net._unpacked: the edges of one word. Returns how many, or -1 for numbers that are no states. */
static int32_t read_edges(const char *text, int32_t size, nc_edge *edges) {
  const char *end = text + size;
  int64_t to = 0, step, back;
  int32_t count = 0;
  while ((text = read_number(text, end, &step)) != NULL && (text = read_number(text, end, &back)) != NULL) {
    to += step;
    int64_t from = back ? to - back : 0;
    if (to < 0 || to >= INT32_MAX || from < 0 || from >= INT32_MAX) return -1;
    edges[count++] = (nc_edge){(int32_t)from, (int32_t)to};
  }
  return count;
}

/* Edges from states that `chosen` holds (or, without it, from the start) before the others; how many there are. */
static int32_t chosen_first(nc_edge *edges, int32_t count, const uint8_t *chosen) {
  int32_t first = 0;
  for (int32_t at = 0; at < count; at++) {
    if (chosen != NULL ? !chosen[edges[at].from] : edges[at].from != 0) continue;
    nc_edge moved = edges[at];
    edges[at] = edges[first];
    edges[first++] = moved;
  }
  return first;
}

typedef struct { int32_t label, first, last; } labelled;

/* Arcs by state, of the words (or the placeholders) among `groups`. */
static int arcs_of(const nc_net *net, const labelled *groups, int32_t count, int32_t **first, nc_arc **arcs) {
  int32_t *starts = *first = calloc((size_t)net->states + 2, sizeof(int32_t));
  if (starts == NULL) return -1;
  int32_t total = 0;
  for (int32_t group = 0; group < count; group++)
    for (int32_t at = groups[group].first; at < groups[group].last; at++, total++) starts[net->edges[at].from + 2]++;
  *arcs = malloc(sizeof(nc_arc) * (size_t)(total + 1));
  if (*arcs == NULL) return -1;
  for (int32_t state = 0; state < net->states; state++) starts[state + 2] += starts[state + 1];
  for (int32_t group = 0; group < count; group++)
    for (int32_t at = groups[group].first; at < groups[group].last; at++)
      (*arcs)[starts[net->edges[at].from + 1]++] = (nc_arc){groups[group].label, net->edges[at].to};
  return 0;
}

static int read_accepts(nc_net *net, const nc_net_data *data) {
  net->accept_of = malloc(sizeof(int32_t) * (size_t)(net->states + 1));
  net->endings = malloc(sizeof(nc_ending) * (size_t)(data->n_accepts + 1));
  if (net->accept_of == NULL || net->endings == NULL) return -1;
  memset(net->accept_of, -1, sizeof(int32_t) * (size_t)(net->states + 1));
  for (int32_t at = 0; at < data->n_accepts; at++) {
    const uint32_t *told = data->accepts + 3 * at;
    net->endings[at] = (nc_ending){(int32_t)told[1], (int32_t)told[2], (int32_t)told[0]};
    if (told[0] < (uint32_t)net->states && net->accept_of[told[0]] < 0) net->accept_of[told[0]] = at;
  }
  return 0;
}

static int read_words(nc_net *net, const nc_net_data *data, nc_vocabulary *words, labelled *groups, int32_t *n_fillers) {
  int32_t plain = 0, fillers = 0, top = 0, room = words->room;
  const uint32_t *word = data->words.text;
  const char *pairs = data->pairs;
  net->of_word = calloc((size_t)room + 1, sizeof(nc_word_edges));
  if (net->of_word == NULL) return -1;
  for (int32_t at = 0; at < data->words.count; at++) {
    int32_t count = read_edges(pairs, data->pair_sizes[at], net->edges + net->n_edges);
    if (count < 0) return -1;
    nc_edge *edges = net->edges + net->n_edges;
    for (int32_t edge = 0; edge < count; edge++) {
      if (edges[edge].to > top) top = edges[edge].to;
      if (edges[edge].from > top) top = edges[edge].from;
    }
    int32_t starts = chosen_first(edges, count, NULL);
    int32_t kind = placeholder_of(word, data->words.sizes[at]);
    int32_t label = kind < 0 ? nc_vocabulary_add(words, nc_word_hash(word, data->words.sizes[at])) : kind;
    labelled group = {label, net->n_edges, net->n_edges + count};
    if (kind < 0) {
      groups[plain++] = group;
      net->of_word[label] = (nc_word_edges){group.first, group.first + starts, group.first + starts, group.last};
    } else {
      groups[data->words.count - ++fillers] = group;
    }
    net->n_edges += count;
    word += data->words.sizes[at];
    pairs += data->pair_sizes[at];
  }
  net->states = top + 1;
  *n_fillers = fillers;
  return plain;
}

/* ---- what phrases may end in ---- */

static int by_value(const void *one, const void *two) { return *(const int32_t *)one - *(const int32_t *)two; }

/* The phrase of a state: its states are those from its first to the next one's. */
static int32_t phrase_of(const int32_t *firsts, int32_t count, int32_t state) {
  int32_t low = 0, high = count;
  while (low < high) {
    int32_t middle = (low + high) / 2;
    if (firsts[middle] <= state) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/* The words of which one has to stand behind a placeholder; all where it may be the last, or another follows. */
static uint64_t nexts_of(const nc_net *net, int32_t state, const nc_vocabulary *words) {
  uint64_t nexts = 0;
  if (net->accept_of[state] >= 0 || net->filler_first[state + 1] > net->filler_first[state]) return ~nexts;
  for (int32_t arc = net->arc_first[state]; arc < net->arc_first[state + 1]; arc++)
    nexts |= nc_last_bit(words->hashes[net->arcs[arc].label]);
  return nexts;
}

static void find_lasts(nc_net *net, const int32_t *firsts, int32_t count, uint64_t *lasts, const nc_vocabulary *words) {
  for (int32_t word = 0; word < words->count; word++)
    for (int32_t at = net->of_word[word].first; at < net->of_word[word].last; at++) {
      int32_t to = net->edges[at].to, phrase = phrase_of(firsts, count, to);
      if (net->accept_of[to] >= 0 && phrase >= 0) lasts[phrase] |= nc_last_bit(words->hashes[word]);
    }
  for (int32_t at = 0; at < net->filler_first[net->states]; at++) {
    int32_t to = net->fillers[at].to, phrase = phrase_of(firsts, count, to);
    if (net->accept_of[to] >= 0 && phrase >= 0) lasts[phrase] |= NC_CERTAINS - 1;
  }
  for (int32_t word = 0; word < words->count; word++)
    for (int32_t at = net->of_word[word].first; at < net->of_word[word].inner; at++) {
      int32_t phrase = phrase_of(firsts, count, net->edges[at].to);
      net->edge_lasts[at] = phrase >= 0 ? lasts[phrase] : 0;
    }
  for (int32_t kind = 0, made = 0; kind <= NC_NEXTS; kind++) {
    net->start_first[kind] = made;
    for (int32_t at = 0; at < net->filler_first[1]; at++) {
      nc_arc is = net->fillers[at];
      int32_t phrase = phrase_of(firsts, count, is.to);
      uint64_t nexts = nexts_of(net, is.to, words);
      if (kind == NC_NEXTS ? !~nexts : ~nexts && nexts >> kind & 1)
        net->starts[made++] = (nc_start){phrase >= 0 ? lasts[phrase] : 0, is.label, is.to};
    }
    net->start_first[kind + 1] = made;
  }
}

static int note_lasts(nc_net *net, int32_t n_endings, const uint64_t *tells, const nc_vocabulary *words) {
  int32_t *firsts = malloc(sizeof(int32_t) * (size_t)(n_endings + 1)), count = 0;
  uint64_t *lasts = calloc((size_t)n_endings + 1, sizeof(uint64_t));
  net->edge_lasts = malloc(sizeof(uint64_t) * (size_t)(net->n_edges + 1));
  net->starts = malloc(sizeof(nc_start) * (size_t)(net->filler_first[1] * NC_NEXTS + 1));
  int failed = !firsts || !lasts || !net->edge_lasts || !net->starts;
  if (!failed) {
    for (int32_t at = 0; at < n_endings; at++) firsts[at] = net->endings[at].first;
    qsort(firsts, (size_t)n_endings, sizeof(int32_t), by_value);
    for (int32_t at = 0; at < n_endings; at++)
      if (count == 0 || firsts[count - 1] != firsts[at]) firsts[count++] = firsts[at];
    for (int32_t at = 0; at < n_endings; at++)
      lasts[phrase_of(firsts, count, net->endings[at].first)] |= tells[net->endings[at].rule];
    find_lasts(net, firsts, count, lasts, words);
  }
  free(firsts);
  free(lasts);
  return failed ? -1 : 0;
}

/* Reads a network; its words are added to the pack's. */
int nc_net_new(nc_net *net, const nc_net_data *data, const uint64_t *tells, nc_vocabulary *words) {
  size_t bytes = 0;
  for (int32_t at = 0; at < data->words.count; at++) bytes += (size_t)data->pair_sizes[at] + 1;
  net->edges = malloc(sizeof(nc_edge) * (bytes / 4 + 2)); /* a pair takes four characters at least */
  labelled *groups = malloc(sizeof(labelled) * (size_t)(data->words.count + 1));
  int32_t n_fillers = 0, plain = -1;
  if (net->edges != NULL && groups != NULL) plain = read_words(net, data, words, groups, &n_fillers);
  int failed = plain < 0;
  const labelled *fillers = groups != NULL ? groups + data->words.count - n_fillers : NULL;
  if (!failed) failed = arcs_of(net, groups, plain, &net->arc_first, &net->arcs);
  if (!failed) failed = arcs_of(net, fillers, n_fillers, &net->filler_first, &net->fillers);
  if (!failed) failed = (net->loops = calloc((size_t)net->states + 1, 1)) == NULL;
  if (!failed) {
    for (int32_t at = 0; at < net->filler_first[net->states]; at++) net->loops[net->fillers[at].to] = 1;
    for (int32_t word = 0; word < words->count; word++) {
      int32_t inner = net->of_word[word].inner;
      net->of_word[word].others = inner + chosen_first(net->edges + inner, net->of_word[word].last - inner, net->loops);
    }
    failed = read_accepts(net, data) || note_lasts(net, data->n_accepts, tells, words);
  }
  free(groups);
  return failed ? -1 : 0;
}

void nc_net_free(nc_net *net) {
  free(net->of_word);
  free(net->edge_lasts);
  free(net->starts);
  free(net->edges);
  free(net->arc_first);
  free(net->arcs);
  free(net->filler_first);
  free(net->fillers);
  free(net->loops);
  free(net->accept_of);
  free(net->endings);
}
