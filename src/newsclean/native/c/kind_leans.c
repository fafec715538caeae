/* What the words of single lines lean to, for each category: mirrors Leanings.sums of scoring/leaning.py, with
 * scoring/places.near_means.
 *
 * Only the lines that are asked for are read, and those near by. Sums of weights are exact in any order, as in leaning.c.
 * A mean of the lines around is the difference of two running sums of all lines above, which are rounded; that of the few
 * lines by themselves differs from it by no more than that rounding. Nearly always that is all one has to know.
 */
#include <math.h>
#include <string.h>

#include "nc_score.h"
#include "processor.h"

#define FACTOR 0x9E3779B97F4A7C15ull
#define MIX 0xD6E8FEB86659FD93ull
enum { OUTCOMES = NC_KIND_OUTCOMES, PART = 256, STEP = 8, FEW_WORDS = 4, FRESH = 4096 };
enum { PART_BUCKETS = 5 * PART + STEP };
/* of a running sum: how far a difference of two may be off; more than all roundings of ten additions together */
#if !defined(NC_DOUBT)
#define NC_DOUBT 0x1p-49
#endif

/* A line while its buckets are met. */
typedef struct {
  const int8_t *weights;
  float scale;
  uint64_t mask, kind_mask;
  uint64_t *met;
  uint32_t *fresh;               /* buckets met for the first time, FRESH of them at most … */
  int32_t count, listed;         /* … how many they are, and how many of them are listed */
  double total[OUTCOMES];
} reading;

NC_INLINED uint32_t run_bucket(uint64_t sum, uint64_t length, uint64_t mask) {
  sum ^= sum >> 29;
  sum *= MIX;
  sum ^= sum >> 32;
  return (uint32_t)(nc_mixed(sum, length, 11) & mask);
}

/* words.character_hashes: the runs of three, four and five characters that begin in [from, from + PART) */
NC_INLINED int32_t runs_of(const uint32_t *restrict letters, int32_t size, uint64_t mask, uint32_t *restrict buckets) {
  uint32_t four[PART], five[PART];
  const int32_t count = size < PART ? size : PART;
  for (int32_t at = 0; at < count; at += STEP)
    for (int32_t k = at; k < at + STEP; k++) {
      uint64_t sum = letters[k] + letters[k + 1] * FACTOR + letters[k + 2] * (FACTOR * FACTOR);
      buckets[k] = run_bucket(sum, 3, mask);
      sum += letters[k + 3] * (FACTOR * FACTOR * FACTOR);
      four[k] = run_bucket(sum, 4, mask);
      sum += letters[k + 4] * (FACTOR * FACTOR * FACTOR * FACTOR);
      five[k] = run_bucket(sum, 5, mask);
    }
  int32_t made = 0, held[3];
  for (int length = 3; length <= 5; length++) {
    const int32_t runs = size - length + 1;
    held[length - 3] = runs < 0 ? 0 : runs < count ? runs : count;
  }
  made = held[0];
  memcpy(buckets + made, four, sizeof(uint32_t) * (size_t)held[1]);
  made += held[1];
  memcpy(buckets + made, five, sizeof(uint32_t) * (size_t)held[2]);
  return made + held[2];
}

/* words.word_hashes: words [from, from + PART) of a line, and the pairs that begin there */
NC_INLINED int32_t words_of(const nc_words *words, int32_t from, int32_t end, uint64_t mask, uint32_t *restrict buckets) {
  const int32_t to = end - from < PART ? end : from + PART;
  int32_t made = 0;
  for (int32_t word = from; word < to; word++) buckets[made++] = (uint32_t)(words->hash[word] & mask);
  for (int32_t word = from; word < to && word + 1 < end; word++)
    buckets[made++] = (uint32_t)(nc_mixed(words->hash[word], words->hash[word + 1], 3) & mask);
  return made;
}

/* … and the first and the last, and all of them if they are few. */
NC_INLINED int32_t outer_of(const nc_words *words, int32_t from, int32_t end, uint64_t mask, uint32_t *buckets) {
  uint64_t whole = 0, times = 1;
  if (from >= end) return 0;
  buckets[0] = (uint32_t)(nc_mixed(words->hash[from], 1, 5) & mask);
  buckets[1] = (uint32_t)(nc_mixed(words->hash[end - 1], 1, 7) & mask);
  if (end - from > FEW_WORDS) return 2;
  for (int32_t word = from; word < end; word++, times += 2) whole += words->hash[word] * times;
  buckets[2] = (uint32_t)(nc_mixed(whole, 1, 9) & mask);
  return 3;
}

/* Adds up the weights of `count` buckets. */
NC_INLINED void weigh_plainly(reading *line, const uint32_t *restrict buckets, int32_t count) {
  double total[OUTCOMES];
  memcpy(total, line->total, sizeof(total));
  for (int32_t at = 0; at < count; at++) {
    const int8_t *restrict weights = line->weights + (buckets[at] & line->kind_mask) * OUTCOMES;
    for (int k = 0; k < OUTCOMES; k++) total[k] += (double)((float)weights[k] * line->scale);
  }
  memcpy(line->total, total, sizeof(total));
}

#if defined(NC_VARIANTS)
NC_FOR_AVX512 static void weigh_avx512(reading *line, const uint32_t *buckets, int32_t count) {
  const __m512 scale = _mm512_set1_ps(line->scale);
  __m512d low = _mm512_loadu_pd(line->total), high = _mm512_loadu_pd(line->total + 8);
  for (int32_t at = 0; at < count; at++) {
    const int8_t *weights = line->weights + (buckets[at] & line->kind_mask) * OUTCOMES;
    const __m512i wide = _mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)weights));
    const __m512 weighed = _mm512_mul_ps(_mm512_cvtepi32_ps(wide), scale);
    low = _mm512_add_pd(low, _mm512_cvtps_pd(_mm512_castps512_ps256(weighed)));
    high = _mm512_add_pd(high, _mm512_cvtps_pd(_mm512_extractf32x8_ps(weighed, 1)));
  }
  _mm512_storeu_pd(line->total, low);
  _mm512_storeu_pd(line->total + 8, high);
}
#endif
NC_BEST_BUT(void, weigh, (reading *line, const uint32_t *buckets, int32_t count), (line, buckets, count), weigh_plainly,
            weigh_avx512)

/* Adds the weights of those buckets that the line did not have yet. */
NC_INLINED void meet(reading *line, const uint32_t *restrict buckets, int32_t count) {
  uint32_t fresh[PART_BUCKETS];
  uint64_t *restrict met = line->met;
  int32_t found = 0;
  for (int32_t at = 0; at < count; at++) {
    const uint32_t bucket = buckets[at];
    const uint64_t before = met[bucket >> 6], bit = (uint64_t)1 << (bucket & 63);
    fresh[found] = bucket;
    found += (before & bit) == 0;
    met[bucket >> 6] = before | bit;
  }
  weigh(line, fresh, found);
  line->count += found;
  if (line->count <= FRESH) {
    memcpy(line->fresh + line->listed, fresh, sizeof(uint32_t) * (size_t)found);
    line->listed += found;
  }
}

NC_INLINED void read_all(reading *made, const nc_table *table, const nc_words *words, int32_t line) {
  uint32_t buckets[PART_BUCKETS];
  const nc_line at = table->lines[line];
  const int32_t first = words->first[line], end = words->first[line + 1];
  meet(made, buckets, outer_of(words, first, end, made->mask, buckets));
  for (int32_t from = at.start; from < at.end; from += PART)
    meet(made, buckets, runs_of(table->letters + from, at.end - from, made->mask, buckets));
  for (int32_t from = first; from < end; from += PART)
    meet(made, buckets, words_of(words, from, end, made->mask, buckets));
}
NC_BEST(void, read_line, (reading *made, const nc_table *table, const nc_words *words, int32_t line),
        (made, table, words, line), read_all)

void nc_kind_leans_of(nc_arena *arena, const nc_scored *scored, nc_kind_leans *made) {
  const int32_t lines = scored->table.n_lines;
  made->sums = nc_take(arena, sizeof(*made->sums) * (size_t)(lines > 0 ? lines : 1));
  made->known = NC_TAKE_ZEROED(arena, uint8_t, lines);
  made->met = nc_take(arena, (((size_t)1 << scored->scoring->scorer.bits) + 63) / 64 * sizeof(uint64_t));
  made->fresh = NC_TAKE(arena, uint32_t, FRESH);
  made->begun = made->summed = 0;
  made->running = NULL;
}

/* Readies the marks, and bounds what sums of lines can come to: a line leans no further than 127 times the root of its
 * buckets, which are fewer than six for each character and four. */
static void begin(nc_scored *scored) {
  nc_kind_leans *leans = &scored->leans;
  const double most = 127.0 * fabs((double)scored->scoring->kind_scale);
  memset(leans->met, 0, (((size_t)1 << scored->scoring->scorer.bits) + 63) / 64 * sizeof(uint64_t));
  double roots = 0;
  for (int32_t line = 0; line < scored->table.n_lines; line++) {
    const nc_line *at = &scored->table.lines[line];
    roots += sqrt(6.0 * ((double)at->end - at->start) + 4);
  }
  leans->bound = 1.01 * most * roots;
  leans->begun = 1;
}

const float *nc_kind_lean(nc_scored *scored, int32_t line) {
  nc_kind_leans *leans = &scored->leans;
  const nc_scoring *by = scored->scoring;
  if (leans->known[line]) return leans->sums[line];
  if (!leans->begun) begin(scored);
  const uint64_t mask = ((uint64_t)1 << by->scorer.bits) - 1, kind_mask = ((uint64_t)1 << by->kind_bits) - 1;
  reading made = {by->kind_weights, by->kind_scale, mask, kind_mask, leans->met, leans->fresh, 0, 0, {0}};
  read_line(&made, &scored->table, &scored->words, line);
  if (made.listed == made.count)
    for (int32_t at = 0; at < made.count; at++) leans->met[leans->fresh[at] >> 6] = 0;
  else memset(leans->met, 0, (mask + 64) / 64 * sizeof(uint64_t));
  const float root = (float)sqrt(made.count > 1 ? made.count : 1);
  for (int k = 0; k < OUTCOMES; k++) leans->sums[line][k] = (float)made.total[k] / root;
  leans->known[line] = 1;
  return leans->sums[line];
}

typedef struct { int32_t low, high; double count; } window;

static window window_of(const nc_scored *scored, int32_t line) {
  const int32_t lines = scored->table.n_lines;
  window made = {line > NC_KIND_REACH ? line - NC_KIND_REACH : 0, 0, 0};
  made.high = lines - line > NC_KIND_REACH + 1 ? line + NC_KIND_REACH + 1 : lines;
  made.count = made.high - made.low > 1 ? made.high - made.low - 1 : 1;
  return made;
}

void nc_kind_means(nc_scored *scored, int32_t line, nc_bounds *means) {
  const window around = window_of(scored, line);
  double total[OUTCOMES] = {0};
  uint8_t any[OUTCOMES] = {0};
  for (int32_t at = around.low; at < around.high; at++) {
    const float *lean = nc_kind_lean(scored, at);
    for (int k = 0; k < OUTCOMES; k++) {
      total[k] += at != line ? lean[k] : 0;
      any[k] |= lean[k] != 0;
    }
  }
  const double doubt = NC_DOUBT * scored->leans.bound;
  for (int k = 0; k < OUTCOMES; k++) { /* zeros change no running sum */
    const double off = any[k] ? doubt : 0;
    means[k] = (nc_bounds){(float)((total[k] - off) / around.count), (float)((total[k] + off) / around.count)};
  }
}

/* The running sums up to `line`: that of the lines before line l stands at l. They stay for lines asked for later. */
static void sum_up(nc_arena *arena, nc_scored *scored, int32_t line) {
  nc_kind_leans *leans = &scored->leans;
  if (leans->running == NULL) {
    leans->running = nc_take(arena, sizeof(*leans->running) * ((size_t)scored->table.n_lines + 1));
    memset(leans->running, 0, sizeof(*leans->running));
  }
  for (int32_t at = leans->summed; at < line; at++) {
    const float *lean = nc_kind_lean(scored, at);
    for (int k = 0; k < OUTCOMES; k++) leans->running[at + 1][k] = leans->running[at][k] + lean[k];
  }
  if (line > leans->summed) leans->summed = line;
}

void nc_kind_means_exactly(nc_arena *arena, nc_scored *scored, int32_t line, nc_bounds *means) {
  const window around = window_of(scored, line);
  sum_up(arena, scored, around.high);
  const double *to = scored->leans.running[around.high], *from = scored->leans.running[around.low];
  const float *own = nc_kind_lean(scored, line);
  for (int k = 0; k < OUTCOMES; k++) {
    const float mean = (float)((to[k] - from[k] - own[k]) / around.count);
    means[k] = (nc_bounds){mean, mean};
  }
}
