/* What the wording of units leans to: mirrors offtopic/wording.py and finder.leans_of.
 *
 * Weights are whole numbers times a float, rounded to a float: multiples of one small power of two. Their sums in
 * doubles are exact, whatever the order, so that each hash is looked up where it is made.
 */
#include <math.h>
#include <string.h>

#include "offtopic.h"
#include "processor.h"

#define FACTOR 0x9E3779B97F4A7C15ull
#define MIX 0xD6E8FEB86659FD93ull
enum { RUN = 4, TILE = 16, MARKS = 15, MONEY = 32, PERCENT = 64, MARK = 31 };

/* ---- marks ---- */

/* wording._MARKS and signals._MONEY; the last is money only. */
static const uint32_t MARK_CODES[MARKS] = {'$', 0x20AC, 0xA3, 0xA5, '%', '?', '!', ':', ';', '(', ')', '[', ']', '"', 0x20B9};

static inline uint8_t mark_of_code(uint32_t code) {
  switch (code) {
    case '$': return 1 | MONEY;
    case 0x20AC: return 2 | MONEY;
    case 0xA3: return 3 | MONEY;
    case 0xA5: return 4 | MONEY;
    case '%': return 5 | PERCENT;
    case '?': return 6;
    case '!': return 7;
    case ':': return 8;
    case ';': return 9;
    case '(': return 10;
    case ')': return 11;
    case '[': return 12;
    case ']': return 13;
    case '"': return 14;
    case 0x20B9: return 15 | MONEY;
    default: return 0;
  }
}

/* The high bits of those of eight kinds that marks may be of: from NC_K_ENDER to NC_K_SYMBOL, and NC_K_OTHER. */
static inline uint64_t may_be_marks(const uint8_t *kinds) {
  const uint64_t each = 0x0101010101010101ull;
  uint64_t all;
  memcpy(&all, kinds, sizeof(all));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  all = __builtin_bswap64(all);
#endif
  const uint64_t above = (all + (128 - NC_K_ENDER) * each) & ~(all + (128 - NC_K_BLANK) * each);
  return (above | ~(all + 127 * each)) & 128 * each;
}

/* Counts of money and of per cent signs into their columns; `hashes` gets the marks of wording._marks if not NULL. */
static int32_t marks_of(const nc_section *section, int32_t unit, const uint32_t *known, uint32_t *hashes) {
  const nc_table *table = &section->table;
  const int32_t end = table->lines[unit].end;
  int32_t found = 0, money = 0, percent = 0;
  for (int32_t from = table->lines[unit].start; from < end; from += 8) {
    uint64_t left = may_be_marks(table->kinds + from); /* more may be read behind the last */
    if (end - from < 8) left &= ((uint64_t)1 << 8 * (end - from)) - 1;
    for (; left; left &= left - 1) {
      const uint8_t mark = mark_of_code(table->tidy[from + __builtin_ctzll(left) / 8]);
      if (mark == 0) continue;
      money += (mark & MONEY) != 0;
      percent += (mark & PERCENT) != 0;
      if (hashes != NULL && (mark & MARK) < MARKS) hashes[found++] = known[(mark & MARK) - 1];
    }
  }
  nc_column(section, NC_U_MONEY)[unit] = (float)money;
  nc_column(section, NC_U_PERCENT)[unit] = (float)percent;
  return found;
}

void nc_money(nc_section *section) {
  for (int32_t unit = 0; unit < section->units; unit++) marks_of(section, unit, NULL, NULL);
}

/* ---- words and frames: for each word of the section, the low bits of hashes of what begins with it ---- */

typedef struct {
  uint64_t *token;
  uint32_t *word, *pair, *frame[RUN]; /* frame[k]: of k + 1 words */
} wording;

/* wording.frame_hashes: what a word is in the frame */
NC_INLINED void tokens_of(const nc_section *section, uint64_t *restrict token) {
  const nc_words *words = &section->words;
  for (int32_t at = 0; at < words->count; at++) {
    int32_t size = words->length[at] / 5 < 2 ? words->length[at] / 5 : 2;
    uint64_t blank = words->upper[at] ? 3000 : 4000 + (uint64_t)size;
    blank = words->capitals[at] ? 2000 : blank;
    blank = words->number[at] ? 1000 + (uint64_t)words->length[at] : blank;
    int common = (float)section->rarity[at] / 255.0f < 0.45f && !words->number[at];
    token[at] = common ? words->hash[at] : blank * FACTOR;
  }
}

NC_INLINED void word_hashes(const nc_section *section, const wording *made) {
  const int32_t count = section->words.count;
  const uint64_t *hash = section->words.hash;
  uint64_t *token = made->token;
  tokens_of(section, token);
  memset(token + count, 0, sizeof(uint64_t) * RUN);
  for (int32_t at = 0; at < count; at++) {
    made->word[at] = (uint32_t)hash[at];
    made->frame[0][at] = (uint32_t)(token[at] ^ 7919);
  }
  for (int32_t at = 0; at + 1 < count; at++) made->pair[at] = (uint32_t)nc_mixed(hash[at], hash[at + 1], 3);
  for (int32_t at = 0; at < count; at++) {
    uint64_t run = nc_mixed(token[at], token[at + 1], 22);
    made->frame[1][at] = (uint32_t)(run ^ 2 * 7919);
    run = nc_mixed(run, token[at + 2], 23);
    made->frame[2][at] = (uint32_t)(run ^ 3 * 7919);
    run = nc_mixed(run, token[at + 3], 24);
    made->frame[3][at] = (uint32_t)(run ^ 4 * 7919);
  }
}

/* ---- sums ---- */

typedef struct {
  const nc_offtopic_model *model;
  double value[256];                /* of a weight of `whole`, by its byte */
  double total[NC_OUTCOMES], whole; /* of one unit */
} sums;

/* Adds NC_OUTCOMES weights times `scale`, in vectors of `width` doubles, of a size that the processor has: others are
 * taken apart badly. */
#define ADD_WEIGHTS(name, width)                                                                      \
  NC_INLINED void name(const int8_t *weights, float scale, double *total) {                           \
    typedef int32_t integers __attribute__((vector_size(4 * (width))));                               \
    typedef float floats __attribute__((vector_size(4 * (width))));                                   \
    typedef double doubles __attribute__((vector_size(8 * (width))));                                 \
    int32_t wide[NC_OUTCOMES];                                                                        \
    for (int k = 0; k < NC_OUTCOMES; k++) wide[k] = weights[k];                                       \
    for (int k = 0; k < NC_OUTCOMES; k += (width)) {                                                  \
      integers weight;                                                                                \
      doubles sum;                                                                                    \
      memcpy(&weight, wide + k, sizeof(weight));                                                      \
      memcpy(&sum, total + k, sizeof(sum));                                                           \
      sum += __builtin_convertvector(__builtin_convertvector(weight, floats) * scale, doubles);       \
      memcpy(total + k, &sum, sizeof(sum));                                                           \
    }                                                                                                 \
  }
ADD_WEIGHTS(add_weights_4, 4)
ADD_WEIGHTS(add_weights_8, 8)

/* The leanings of hashes, two in turn. */
NC_INLINED void add_bare(sums *of, const uint32_t *hashes, int32_t count, int width) {
  const nc_offtopic_model *model = of->model;
  const uint32_t mask = (uint32_t)(model->class_buckets - 1), whole_mask = (uint32_t)(model->whole_buckets - 1);
  const float scale = model->class_scale;
  double total[2][NC_OUTCOMES] = {{0}, {0}}, whole[2] = {0, 0};
  for (int32_t at = 0; at < count; at += 2)
    for (int32_t turn = 0; turn < 2 && at + turn < count; turn++) {
      const uint32_t hash = hashes[at + turn];
      const int8_t *weights = model->classes + (size_t)(hash & mask) * NC_OUTCOMES;
      if (width == 8) add_weights_8(weights, scale, total[turn]);
      else if (width == 4) add_weights_4(weights, scale, total[turn]);
      else
        for (int k = 0; k < NC_OUTCOMES; k++) total[turn][k] += (double)((float)weights[k] * scale);
      whole[turn] += of->value[(uint8_t)model->whole[hash & whole_mask]];
    }
  for (int k = 0; k < NC_OUTCOMES; k++) of->total[k] = total[0][k] + total[1][k];
  of->whole = whole[0] + whole[1];
}

/* words.character_hashes: runs of 3, 4 and 5 letters */
static inline uint32_t run_hash(uint64_t sum, uint64_t length) {
  sum ^= sum >> 29;
  sum *= MIX;
  sum ^= sum >> 32;
  return (uint32_t)nc_mixed(sum, length, 11);
}

NC_INLINED int32_t add_runs(sums *of, const uint32_t *letters, int32_t size) {
  const int8_t *weights = of->model->whole;
  const uint32_t mask = (uint32_t)(of->model->whole_buckets - 1);
  double whole[3] = {0};
  for (int32_t from = 0; from + 3 <= size; from += TILE) {
    uint32_t bucket[3][TILE];
    const uint32_t *at = letters + from; /* zeros stand behind the last letter */
    for (int k = 0; k < TILE; k++) {
      uint64_t sum = at[k] + at[k + 1] * FACTOR + at[k + 2] * (FACTOR * FACTOR);
      bucket[0][k] = run_hash(sum, 3) & mask;
      sum += at[k + 3] * (FACTOR * FACTOR * FACTOR);
      bucket[1][k] = run_hash(sum, 4) & mask;
      sum += at[k + 4] * (FACTOR * FACTOR * FACTOR * FACTOR);
      bucket[2][k] = run_hash(sum, 5) & mask;
    }
    for (int run = 0; run < 3; run++) {
      int32_t count = size - 2 - run - from;
      if (count >= TILE)
        for (int32_t k = 0; k < TILE; k++) whole[run] += of->value[(uint8_t)weights[bucket[run][k]]];
      else
        for (int32_t k = 0; k < count; k++) whole[run] += of->value[(uint8_t)weights[bucket[run][k]]];
    }
  }
  of->whole += whole[0] + whole[1] + whole[2];
  int32_t made = 0;
  for (int32_t run = 2; run < 5; run++) made += size > run ? size - run : 0;
  return made;
}

/* Hashes that a unit has once: its first and last word, all of it if it is short, its beginning. */
static int32_t once(const nc_words *words, const uint64_t *token, int32_t first, int32_t last, uint32_t *hashes) {
  int32_t made = 0, count = last - first;
  if (count == 0) return 0;
  hashes[made++] = (uint32_t)nc_mixed(words->hash[first], 1, 5);
  hashes[made++] = (uint32_t)nc_mixed(words->hash[last - 1], 1, 7);
  if (count <= 4) {
    uint64_t all = 0;
    for (int32_t at = 0; at < count; at++) all += words->hash[first + at] * (2 * (uint64_t)at + 1);
    hashes[made++] = (uint32_t)nc_mixed(all, 1, 9);
  }
  hashes[made++] = (uint32_t)nc_mixed(token[first], 1, 51);
  if (count > 1) hashes[made++] = (uint32_t)nc_mixed(nc_mixed(token[first], token[first + 1], 53), 3, 55);
  return made;
}

static inline int32_t copied(uint32_t *to, int32_t made, const uint32_t *from, int32_t count) {
  if (count <= 0) return made;
  memcpy(to + made, from, sizeof(uint32_t) * (size_t)count);
  return made + count;
}

/* All hashes of a unit but those of its runs of letters. The tables do not fit in the fast caches: what stands there is
 * asked for as soon as the hashes are known. */
NC_INLINED int32_t gather(const nc_section *section, const wording *of, int32_t unit, const uint32_t *marks,
                          uint32_t *hashes) {
  const nc_offtopic_model *model = section->model;
  const int32_t first = section->words.first[unit], last = section->words.first[unit + 1], count = last - first;
  int32_t made = once(&section->words, of->token, first, last, hashes);
  made += marks_of(section, unit, marks, hashes + made);
  made = copied(hashes, made, of->word + first, count);
  made = copied(hashes, made, of->pair + first, count - 1);
  for (int32_t k = 0; k < RUN; k++) made = copied(hashes, made, of->frame[k] + first, count - k);
  for (int32_t at = 0; at < made; at++) {
    __builtin_prefetch(model->classes + (size_t)(hashes[at] & (uint32_t)(model->class_buckets - 1)) * NC_OUTCOMES);
    __builtin_prefetch(model->whole + (hashes[at] & (uint32_t)(model->whole_buckets - 1)));
  }
  return made;
}

/* The leanings of one unit. */
NC_INLINED void lean(const nc_section *section, int32_t unit, const uint32_t *hashes, int32_t bare, sums *of,
                     int width) {
  const nc_line *line = section->table.lines + unit;
  add_bare(of, hashes, bare, width);
  int32_t all = bare + add_runs(of, section->table.letters + line->start, line->end - line->start);
  float root = (float)sqrt((double)(bare > 1 ? bare : 1));
  for (int k = 0; k < NC_OUTCOMES; k++) nc_column(section, NC_U_LEAN + k)[unit] = (float)of->total[k] / root;
  root = (float)sqrt((double)(all > 1 ? all : 1));
  nc_column(section, NC_U_LEAN + NC_OUTCOMES)[unit] = (float)of->whole / root;
}

/* `hashes` are those of one unit, and of the next. */
typedef struct { const nc_section *section; wording made; uint32_t *hashes[2]; } job;

NC_INLINED void all_leans(const job *of, int width) {
  const nc_section *section = of->section;
  uint32_t marks[MARKS];
  sums sum = {.model = section->model};
  for (int k = 0; k < MARKS; k++) marks[k] = (uint32_t)nc_mixed(MARK_CODES[k], 5, 57);
  for (int k = 0; k < 256; k++) sum.value[k] = (double)((float)(int8_t)(uint8_t)k * section->model->whole_scale);
  word_hashes(section, &of->made);
  int32_t next = gather(section, &of->made, 0, marks, of->hashes[0]);
  for (int32_t unit = 0; unit < section->units; unit++) {
    const int32_t count = next;
    if (unit + 1 < section->units) next = gather(section, &of->made, unit + 1, marks, of->hashes[(unit + 1) & 1]);
    lean(section, unit, of->hashes[unit & 1], count, &sum, width);
  }
}

#if defined(NC_VARIANTS)
NC_FOR_AVX512 static void all_leans_avx512(const job *of) { all_leans(of, 8); }
NC_FOR_AVX2 static void all_leans_avx2(const job *of) { all_leans(of, 4); }
#endif
static void all_leans_plain(const job *of) { all_leans(of, 1); }

static void run_all_leans(const job *of) {
#if defined(NC_VARIANTS)
  const int level = nc_level();
  if (level != NC_PLAIN) {
    (level == NC_AVX512 ? all_leans_avx512 : all_leans_avx2)(of);
    return;
  }
#endif
  all_leans_plain(of);
}

void nc_leans(nc_arena *arena, nc_section *section) {
  enum { ONCE = 8, EACH = 2 + RUN };
  const nc_words *words = &section->words;
  int32_t most = 0;
  for (int32_t unit = 0; unit < section->units; unit++) {
    const nc_line *line = section->table.lines + unit;
    int32_t marks = line->end - line->start, hashes = EACH * (words->first[unit + 1] - words->first[unit]);
    most = marks + hashes > most ? marks + hashes : most;
  }
  nc_mark mark = nc_marked(arena);
  job of = {.section = section};
  for (int k = 0; k < 2; k++) of.hashes[k] = NC_TAKE(arena, uint32_t, (size_t)most + ONCE);
  of.made.token = NC_TAKE(arena, uint64_t, (size_t)words->count + RUN);
  of.made.word = NC_TAKE(arena, uint32_t, words->count);
  of.made.pair = NC_TAKE(arena, uint32_t, words->count);
  for (int k = 0; k < RUN; k++) of.made.frame[k] = NC_TAKE(arena, uint32_t, words->count);
  run_all_leans(&of);
  nc_back(arena, mark);
}
