/* How a block hangs together with its text by shared words: mirrors cohesion.Fabric._word_columns.
 *
 * Weights are rarities, whole numbers from 0 to 255, so that sums are exact; a figure is such a sum in 255ths.
 */
#include <string.h>

#include "offtopic.h"
#include "processor.h"

enum { OFTEN = 2 };

/* Weights that add up to the figures of one block; `names` and what is `new` also as numbers of words. */
typedef struct {
  int64_t held, all, often, before, after, names_shared, closes, closes_next, following_before, following_own, names,
      new_words, new_weight, new_names, again;
  int64_t weight_before, weight_after, last, following; /* of the words there */
} tally;

static inline float share(int64_t part, int64_t whole) {
  return whole > 0 ? (float)((double)part / (double)whole) : -1.0f;
}

static inline int64_t least(int64_t one, int64_t other) { return one < other ? one : other; }

static void tell(const tally *of, float *figures, size_t stride) {
  double new_weight = (double)of->new_weight / 255.0;
  const float made[NC_WORD_FIGURES] = {
      (float)((double)of->held / 255.0),
      share(of->all, of->held),
      share(of->often, of->held),
      share(of->before, of->held),
      share(of->after, of->held),
      share(of->names_shared, of->names),
      share(of->closes, least(of->weight_before, of->weight_after)),
      share(of->closes_next, least(of->last, of->following)),
      share(of->following_before, of->following),
      share(of->following_own, of->following),
      (float)of->names,
      (float)of->new_words,
      (float)new_weight,
      of->new_words > 0 ? (float)(new_weight / (double)of->new_words) : -1.0f,
      (float)of->new_names,
      (float)((double)of->again / 255.0),
  };
  for (int figure = 0; figure < NC_WORD_FIGURES; figure++) figures[(size_t)figure * stride] = made[figure];
}

/* ---- single units: each holding tells its unit, and the units around it, what they share ---- */

/* A word that units before and after hold too; `of` is the tally of its unit. */
static inline void add_shared(tally *of, tally *all, int32_t unit, int32_t units, const nc_holding *at, int32_t weight,
                              int32_t name, int32_t held_in) {
  const int32_t back = unit - at->before, on = at->after - unit;
  of->all += weight;
  of->names_shared += name;
  if (held_in - 1 > OFTEN) of->often += weight;
  if (back <= NC_NEAR) of->before += weight;
  if (on <= NC_NEAR) of->after += weight;
  if (back <= NC_NEAR && on <= NC_NEAR) of->closes += weight;
  if (back == 1 && on == 1) of->closes_next += weight;
  /* the words before a unit count once: take them away where a nearer unit holds them too; so behind it */
  for (int32_t at_unit = at->after + 1; at_unit <= unit + NC_NEAR && at_unit < units; at_unit++)
    all[at_unit].weight_before -= weight;
  for (int32_t at_unit = at->before - 1; at_unit >= unit - NC_NEAR && at_unit >= 0; at_unit--)
    all[at_unit].weight_after -= weight;
  if (on > 2 * NC_NEAR) return;
  /* units between this one and the next that holds the word */
  int32_t from = on > NC_NEAR ? at->after - NC_NEAR : unit + 1;
  for (int32_t between = from; between < at->after && between <= unit + NC_NEAR; between++)
    all[between].closes += weight;
  if (on == 2) all[unit + 1].closes_next += weight;
  if (on == 1) {
    of->following_own += weight;
    if (back <= NC_NEAR) of->following_before += weight;
  } else if (on <= NC_NEAR + 1) {
    all[at->after - 1].following_before += weight;
  }
}

static void add_holdings(const nc_held *held, int32_t unit, int32_t units, tally *all) {
  tally *of = all + unit;
  int64_t sum = 0;
  for (int32_t k = held->first[unit]; k < held->first[unit + 1]; k++) {
    const nc_holding *at = held->holding + k;
    const int32_t weight = held->weight[at->word], name = held->name[at->word], held_in = held->units[at->word];
    sum += weight;
    of->names += name;
    if (held_in == 1) {
      of->new_words++;
      of->new_weight += weight;
      of->new_names += name;
    } else {
      add_shared(of, all, unit, units, at, weight, name, held_in);
    }
  }
  of->held = sum;
  for (int32_t near = unit + 1; near <= unit + NC_NEAR && near < units; near++) all[near].weight_before += sum;
  for (int32_t near = unit - 1; near >= unit - NC_NEAR && near >= 0; near--) all[near].weight_after += sum;
  if (unit + 1 < units) all[unit + 1].last = sum;
  if (unit > 0) all[unit - 1].following = sum;
}

void nc_unit_words(nc_arena *arena, nc_section *section) {
  nc_mark mark = nc_marked(arena);
  tally *all = NC_TAKE_ZEROED(arena, tally, section->units);
  for (int32_t unit = 0; unit < section->units; unit++) add_holdings(&section->held, unit, section->units, all);
  for (int32_t unit = 0; unit < section->units; unit++)
    tell(all + unit, nc_column(section, NC_U_HELD) + unit, section->stride);
  nc_back(arena, mark);
}

/* ---- any blocks ---- */

enum { BEFORE = 1, AFTER = 2, LAST = 4, FOLLOWING = 8 };

/* The words in and around a block; `inside` and `where` are by word and zero for all others. */
typedef struct {
  int32_t *met, count;
  int32_t *inside;
  uint8_t *where;
} around;

static void meet(const nc_held *held, int32_t start, int32_t end, uint8_t where, around *made) {
  for (int32_t k = held->first[start]; k < held->first[end]; k++) {
    int32_t word = held->holding[k].word;
    if (!made->inside[word] && !made->where[word]) made->met[made->count++] = word;
    if (where) made->where[word] |= where;
    else made->inside[word]++;
  }
}

static void add_word(tally *of, int32_t weight, int32_t name, int32_t inside, int32_t outside, uint8_t where) {
  const int before = (where & BEFORE) != 0, after = (where & AFTER) != 0;
  const int last = (where & LAST) != 0, following = (where & FOLLOWING) != 0;
  of->weight_before += before ? weight : 0;
  of->weight_after += after ? weight : 0;
  of->last += last ? weight : 0;
  of->following += following ? weight : 0;
  of->closes += before && after ? weight : 0;
  of->closes_next += last && following ? weight : 0;
  of->following_before += following && before ? weight : 0;
  if (!inside) return;
  of->following_own += following ? weight : 0;
  of->held += weight;
  of->names += name;
  of->before += before ? weight : 0;
  of->after += after ? weight : 0;
  of->often += outside > OFTEN ? weight : 0;
  if (outside) {
    of->all += weight;
    of->names_shared += name;
  } else {
    of->new_words++;
    of->new_weight += weight;
    of->new_names += name;
    of->again += inside > 1 ? weight : 0;
  }
}

void nc_block_words(nc_arena *arena, const nc_section *section, const nc_span *blocks, int32_t n, float *figures,
                    size_t stride) {
  const nc_held *held = &section->held;
  nc_mark mark = nc_marked(arena);
  around of = {NC_TAKE(arena, int32_t, held->words), 0, NC_TAKE_ZEROED(arena, int32_t, held->words),
               NC_TAKE_ZEROED(arena, uint8_t, held->words)};
  for (int32_t block = 0; block < n; block++) {
    const int32_t start = blocks[block].start, end = blocks[block].end, units = section->units;
    tally made = {0};
    of.count = 0;
    meet(held, start, end, 0, &of);
    meet(held, start > NC_NEAR ? start - NC_NEAR : 0, start, BEFORE, &of);
    meet(held, end, end + NC_NEAR < units ? end + NC_NEAR : units, AFTER, &of);
    if (start > 0) meet(held, start - 1, start, LAST, &of);
    if (end < units) meet(held, end, end + 1, FOLLOWING, &of);
    for (int32_t at = 0; at < of.count; at++) {
      int32_t word = of.met[at], inside = of.inside[word];
      add_word(&made, held->weight[word], held->name[word], inside, held->units[word] - inside, of.where[word]);
      of.inside[word] = 0;
      of.where[word] = 0;
    }
    tell(&made, figures + block, stride);
  }
  nc_back(arena, mark);
}
