/* What the words of a line lean to: mirrors scoring/leaning.py, with the hashes of scoring/words.py.
 *
 * Python adds up the weights of a line's buckets by rising bucket. Here they are added up as they come, each bucket
 * once a line. The sum is the same, since it is exact in any order: a weight is a byte times a float, so that a sum of
 * fewer than 2 ** 21 of them takes no more bits than a double has, and a line has 2 ** 20 buckets at most.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score.h"
#include "processor.h"

#define FACTOR 0x9E3779B97F4A7C15ull
#define MIX 0xD6E8FEB86659FD93ull
enum { PART = 512, STEP = 8, MOST_PARTS = 64, TAKEN = -128, FEW_WORDS = 4, MOST_BITS = 20, MANTISSA = 24 };
/* of the three runs that begin at each letter, of words and of pairs of words, and of the whole line */
enum { PART_BUCKETS = 5 * PART + STEP };

/* Weights, each replaced by TAKEN while the line is looked at in which its bucket has been met. One bucket more than
 * hashes have is always TAKEN: rows of buckets are filled up with it. */
struct nc_desk {
  int32_t bits;
  const int8_t *original;
  int8_t *weights;
};

nc_desk *nc_desk_new(const int8_t *weights, int32_t bits) {
  if (bits < 0 || bits > MOST_BITS || memchr(weights, (uint8_t)TAKEN, (size_t)1 << bits) != NULL) return NULL;
  nc_desk *made = malloc(sizeof(nc_desk));
  int8_t *copy = malloc(((size_t)1 << bits) + 1);
  if (made == NULL || copy == NULL) {
    free(made);
    free(copy);
    return NULL;
  }
  memcpy(copy, weights, (size_t)1 << bits);
  copy[(size_t)1 << bits] = TAKEN;
  *made = (nc_desk){bits, weights, copy};
  return made;
}

void nc_desk_free(nc_desk *desk) {
  if (desk == NULL) return;
  free(desk->weights);
  free(desk);
}

nc_desk *nc_desk_of(nc_arena *arena, const int8_t *weights, int32_t bits) {
  nc_desk *made = NC_TAKE(arena, nc_desk, 1);
  *made = (nc_desk){bits, weights, NC_TAKE(arena, int8_t, ((size_t)1 << bits) + 1)};
  memcpy(made->weights, weights, (size_t)1 << bits);
  made->weights[(size_t)1 << bits] = TAKEN;
  return made;
}

/* Some of a line's buckets, and what they weigh: TAKEN for one that the line had before. */
typedef struct {
  int32_t count;
  uint32_t buckets[PART_BUCKETS];
  int8_t weights[PART_BUCKETS];
} part;

static inline int32_t stepped(int32_t count) { return (count + STEP - 1) & ~(STEP - 1); }

/* Adds a row of `count` buckets, which stands behind those that are there, filled up to whole steps. */
static inline void add_row(part *made, int32_t count, uint32_t none) {
  if (count <= 0) return;
  uint32_t *row = made->buckets + made->count;
  for (int32_t at = count; at < stepped(count); at++) row[at] = none;
  made->count += stepped(count);
}

/* ---- the buckets of runs of characters: words.character_hashes ---- */

NC_INLINED uint32_t run_bucket(uint64_t sum, uint64_t length, uint64_t mask) {
  sum ^= sum >> 29;
  sum *= MIX;
  sum ^= sum >> 32;
  return (uint32_t)(nc_mixed(sum, length, 11) & mask);
}

/* The buckets of the runs of three, four and five characters that begin at each of `count` letters, in whole steps. */
NC_INLINED void runs_of(const uint32_t *restrict letters, int32_t count, uint64_t mask, uint32_t *restrict three,
                        uint32_t *restrict four, uint32_t *restrict five) {
  for (int32_t at = 0; at < count; at += STEP)
    for (int32_t k = at; k < at + STEP; k++) {
      uint64_t sum = letters[k] + letters[k + 1] * FACTOR + letters[k + 2] * (FACTOR * FACTOR);
      three[k] = run_bucket(sum, 3, mask);
      sum += letters[k + 3] * (FACTOR * FACTOR * FACTOR);
      four[k] = run_bucket(sum, 4, mask);
      sum += letters[k + 4] * (FACTOR * FACTOR * FACTOR * FACTOR);
      five[k] = run_bucket(sum, 5, mask);
    }
}

/* Those of the runs that begin in [from, from + PART) and end by `end`. */
NC_INLINED void add_runs(const uint32_t *letters, int32_t from, int32_t end, uint64_t mask, part *made) {
  int32_t count = end - from < PART ? end - from : PART, row = stepped(count);
  uint32_t *three = made->buckets + made->count, *four = three + row, *five = four + row;
  if (end - from < 3) return;
  runs_of(letters + from, count, mask, three, four, five);
  int32_t left = end - from - 2;
  for (int length = 3; length <= 5; length++, left--) {
    int32_t held = left < count ? (left > 0 ? left : 0) : count;
    uint32_t *buckets = made->buckets + made->count;
    for (int32_t at = held; at < row; at++) buckets[at] = (uint32_t)mask + 1;
    made->count += row;
  }
}

/* ---- the buckets of words: words.word_hashes ---- */

/* Those of the words from `from` on, PART of them at most, and of the pairs that begin there. */
NC_INLINED void add_words(const nc_words *words, int32_t from, int32_t end, uint64_t mask, part *made) {
  const int32_t count = end - from < PART ? end - from : PART;
  if (count <= 0) return;
  const uint64_t *restrict hash = words->hash + from;
  uint32_t *restrict one = made->buckets + made->count;
  uint32_t *restrict two = one + stepped(count);
  for (int32_t at = 0; at < count; at += STEP)
    for (int32_t k = at; k < at + STEP; k++) {
      one[k] = (uint32_t)(hash[k] & mask);
      two[k] = (uint32_t)(nc_mixed(hash[k], hash[k + 1], 3) & mask);
    }
  add_row(made, count, (uint32_t)mask + 1);
  const int32_t pairs = end - from - 1 < count ? end - from - 1 : count;
  for (int32_t at = pairs; at < stepped(count); at++) two[at] = (uint32_t)mask + 1;
  made->count += stepped(count);
}

/* Those of the first and the last word, and of all words if they are few. */
NC_INLINED void add_outer(const nc_words *words, int32_t line, uint64_t whole, uint64_t mask, part *made) {
  const int32_t from = words->first[line], to = words->first[line + 1];
  if (from == to) return;
  uint32_t *row = made->buckets + made->count;
  row[0] = (uint32_t)(nc_mixed(words->hash[from], 1, 5) & mask);
  row[1] = (uint32_t)(nc_mixed(words->hash[to - 1], 1, 7) & mask);
  row[2] = (uint32_t)(nc_mixed(whole, 1, 9) & mask);
  add_row(made, to - from <= FEW_WORDS ? 3 : 2, (uint32_t)mask + 1);
}

/* ---- each bucket once a line ---- */

NC_INLINED void meet(int8_t *table, part *here) {
  const uint32_t *restrict buckets = here->buckets;
  for (int32_t at = 0; at < here->count; at += STEP) {
    uint64_t row = 0; /* written at once: a byte each would cost as much as the table */
    for (int k = 0; k < STEP; k++) {
      int8_t *weight = table + buckets[at + k];
      row |= (uint64_t)(uint8_t)*weight << (8 * k);
      *weight = TAKEN;
    }
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    row = __builtin_bswap64(row);
#endif
    memcpy(here->weights + at, &row, sizeof(row));
  }
}

/* Backwards, so that what a bucket was when first met is what stays. */
NC_INLINED void restore(int8_t *restrict table, const part *here) {
  for (int32_t at = here->count; at > 0; at -= STEP)
    for (int32_t k = at - 1; k >= at - STEP; k--) table[here->buckets[k]] = here->weights[k];
}

/* ---- what they weigh together ---- */

/* leaning.lean_columns of one line, so far. A weight is a whole number of units: the scale as a float is `times` of
 * them, a number below 2 ** 24, and so is what a byte times the scale is rounded to, if below 2 ** 31. */
typedef struct {
  int32_t buckets, known, high, low;
  int64_t total;
} tally;

enum { ROW = 64, LANES = 16, LOW_BITS = 16 };

static inline void tell(tally *found, int32_t buckets, int32_t known, int32_t high, int32_t low, int64_t upper,
                        int64_t lower) {
  found->buckets += buckets;
  found->known += known;
  found->high = high > found->high ? high : found->high;
  found->low = low < found->low ? low : found->low;
  found->total += upper * (1 << LOW_BITS) + lower;
}

#if defined(__GNUC__)
/* Lanes in the compilers' own notation: they do not find them in loops over bytes. A comparison gives -1 or 0. */
typedef int8_t bytes __attribute__((vector_size(LANES)));

NC_INLINED void tally_bytes(const int8_t *weights, int32_t count, tally *found) {
  const bytes none = {0}, taken = none + (int8_t)TAKEN;
  bytes high = none, low = none, known = none, fresh = none; /* a part has fewer than 255 rows of them */
  for (int32_t at = 0; at < count; at += LANES) {
    bytes row = taken;
    if (count - at < LANES) memcpy(&row, weights + at, STEP);
    else memcpy(&row, weights + at, LANES);
    const bytes is_fresh = (bytes)(row != taken), is = row & is_fresh;
    const bytes higher = (bytes)(is > high), lower = (bytes)(is < low);
    fresh -= is_fresh;
    known -= (bytes)(is != none);
    high = (is & higher) | (high & ~higher);
    low = (is & lower) | (low & ~lower);
  }
  int32_t buckets = 0, all = 0, most = 0, least = 0;
  for (int k = 0; k < LANES; k++) {
    buckets += (uint8_t)fresh[k];
    all += (uint8_t)known[k];
    most = high[k] > most ? high[k] : most;
    least = low[k] < least ? low[k] : least;
  }
  tell(found, buckets, all, most, least, 0, 0);
}
#else
static void tally_bytes(const int8_t *weights, int32_t count, tally *found) {
  int32_t buckets = 0, known = 0, high = 0, low = 0;
  for (int32_t at = 0; at < count; at++) {
    const int32_t is = weights[at] == TAKEN ? 0 : weights[at];
    buckets += weights[at] != TAKEN;
    known += is != 0;
    high = is > high ? is : high;
    low = is < low ? is : low;
  }
  tell(found, buckets, known, high, low, 0, 0);
}
#endif

/* Without a branch for what is TAKEN, which would keep compilers from taking lanes at once. */
NC_INLINED void tally_up(const int8_t *restrict weights, int32_t count, float times, tally *found) {
  int32_t upper = 0, lower = 0;
  for (int32_t at = 0; at < count; at++) {
    const int32_t is = weights[at] & -(weights[at] != TAKEN), units = (int32_t)((float)is * times);
    upper += units >> LOW_BITS;
    lower += units & ((1 << LOW_BITS) - 1);
  }
  tell(found, 0, 0, 0, 0, upper, lower);
  tally_bytes(weights, count, found);
}

#if defined(NC_VARIANTS)
NC_FOR_AVX512 static void tally_avx512(const int8_t *weights, int32_t count, float times, tally *found) {
  const __m512i taken = _mm512_set1_epi8(TAKEN), below = _mm512_set1_epi32((1 << LOW_BITS) - 1);
  const __m512 scale = _mm512_set1_ps(times);
  __m512i high = _mm512_setzero_si512(), low = high, upper = high, lower = high;
  int32_t known = 0, buckets = 0;
  for (int32_t at = 0; at < count; at += ROW) {
    const __mmask64 inside = count - at < ROW ? ((uint64_t)1 << (count - at)) - 1 : ~(uint64_t)0;
    __m512i row = _mm512_mask_loadu_epi8(taken, inside, weights + at);
    const __mmask64 fresh = _mm512_cmpneq_epi8_mask(row, taken);
    row = _mm512_maskz_mov_epi8(fresh, row);
    buckets += (int32_t)__builtin_popcountll(fresh);
    known += (int32_t)__builtin_popcountll(_mm512_test_epi8_mask(row, row));
    high = _mm512_max_epi8(high, row);
    low = _mm512_min_epi8(low, row);
    const __m128i parts[4] = {_mm512_castsi512_si128(row), _mm512_extracti32x4_epi32(row, 1),
                              _mm512_extracti32x4_epi32(row, 2), _mm512_extracti32x4_epi32(row, 3)};
    for (int part = 0; part < 4; part++) {
      const __m512 weight = _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(parts[part])), scale);
      const __m512i units = _mm512_cvtps_epi32(weight);
      upper = _mm512_add_epi32(upper, _mm512_srai_epi32(units, LOW_BITS));
      lower = _mm512_add_epi32(lower, _mm512_and_si512(units, below));
    }
  }
  int8_t highs[ROW], lows[ROW];
  _mm512_storeu_si512(highs, high);
  _mm512_storeu_si512(lows, low);
  int32_t most = 0, least = 0;
  for (int k = 0; k < ROW; k++) {
    most = highs[k] > most ? highs[k] : most;
    least = lows[k] < least ? lows[k] : least;
  }
  tell(found, buckets, known, most, least, _mm512_reduce_add_epi32(upper), _mm512_reduce_add_epi32(lower));
}
#endif
NC_BEST_BUT(void, tally_part, (const int8_t *weights, int32_t count, float times, tally *found),
            (weights, count, times, found), tally_up, tally_avx512)

/* ---- lines ---- */

typedef struct {
  nc_desk *desk;
  const nc_table *table;
  const nc_words *words;
  const uint64_t *line_hashes;
  float times;
  part *parts;
  int32_t n_parts;
} work;

/* The parts of a line: one for PART characters and PART words. */
static int32_t parts_of(const work *with, int32_t line) {
  int32_t size = with->table->lines[line].end - with->table->lines[line].start;
  int32_t words = with->words->first[line + 1] - with->words->first[line];
  int32_t most = size > words ? size : words;
  return most > 0 ? (most - 1) / PART + 1 : 1;
}

NC_INLINED void lean(const work *with, int32_t line, tally *found) {
  const uint64_t mask = ((uint64_t)1 << with->desk->bits) - 1;
  const nc_line at = with->table->lines[line];
  const int32_t count = parts_of(with, line), end_word = with->words->first[line + 1];
  *found = (tally){0};
  for (int32_t number = 0; number < count; number++) {
    part *here = &with->parts[number < with->n_parts ? number : 0];
    const int32_t from = number * PART;
    here->count = 0;
    if (number == 0) add_outer(with->words, line, with->line_hashes[line], mask, here);
    add_runs(with->table->letters, at.start + from, at.end, mask, here);
    add_words(with->words, with->words->first[line] + from, end_word, mask, here);
    meet(with->desk->weights, here);
    tally_part(here->weights, here->count, with->times, found);
  }
  if (count > with->n_parts) memcpy(with->desk->weights, with->desk->original, (size_t)mask + 1);
  else
    for (int32_t number = count - 1; number >= 0; number--) restore(with->desk->weights, &with->parts[number]);
}
NC_BEST(void, lean_line, (const work *with, int32_t line, tally *found), (with, line, found), lean)

void nc_lean_columns(nc_arena *arena, nc_desk *desk, const nc_table *table, const nc_words *words,
                     const uint64_t *line_hashes, float scale, const nc_sheet *sheet) {
  nc_mark mark = nc_marked(arena);
  int power;
  const float times = ldexpf(frexpf(scale, &power), MANTISSA);
  const double unit = ldexp(1, power - MANTISSA);
  work with = {desk, table, words, line_hashes, times, NULL, 1};
  for (int32_t line = 0; line < table->n_lines; line++) {
    int32_t parts = parts_of(&with, line);
    if (parts > with.n_parts) with.n_parts = parts < MOST_PARTS ? parts : MOST_PARTS;
  }
  with.parts = NC_TAKE(arena, part, with.n_parts);
  for (int32_t line = 0; line < table->n_lines; line++) {
    tally found;
    lean_line(&with, line, &found);
    const double count = found.buckets > 1 ? found.buckets : 1;
    const double total = (double)found.total * unit;
    const double held = total < -300 ? -300 : total > 300 ? 300 : total;
    nc_column(sheet, NC_F_LEAN)[line] = (float)(total / sqrt(count));
    nc_column(sheet, NC_F_LEAN_SUM)[line] = (float)held;
    nc_column(sheet, NC_F_LEAN_HIGH)[line] = (float)found.high * scale;
    nc_column(sheet, NC_F_LEAN_LOW)[line] = (float)found.low * scale;
    nc_column(sheet, NC_F_KNOWN)[line] = (float)(found.known / count);
  }
  nc_back(arena, mark);
}
