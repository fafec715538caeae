/* Blocks: runs of units that may be one intrusion; mirrors offtopic/blocks.py and finder.Section.weigh. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "offtopic.h"

enum { LONGEST = 14, MOST = 150, PAIRWISE = 128, LANES = 8, AVERAGED = NC_LEANS + 5, AT_ENDS = 7 };
static const double COLD = -4.5, MEAN = -3.0;
static const float HOT = -2.0f, FLOOR = -2.0f, NONE = -9.0f, ASKED_BONUS = 0.2f;
#define LEAN(k) (NC_U_LEAN + (k))
static const uint8_t OF_AVERAGED[AVERAGED] = {
    LEAN(0), LEAN(1), LEAN(2), LEAN(3), LEAN(4), LEAN(5), LEAN(6), LEAN(7), LEAN(8),
    NC_U_MONEY, NC_U_YEAR, NC_U_SHARE_DIGIT, NC_U_SHARE_QUOTE, NC_U_PERCENT};
static const uint8_t OF_ENDS[AT_ENDS] = {NC_U_QUESTION, NC_U_ENDS_SENTENCE, NC_U_BEGINS_LOWER, NC_U_ENDS_OPEN,
                                         NC_U_BEGINS_QUOTE, NC_U_WORDS, NC_U_INITIALS};

/* ---- runs worth a look ---- */

typedef struct { nc_span block; double rank; int32_t number; } candidate;

static int by_rank(const void *one, const void *two) {
  const candidate *a = one, *b = two;
  if (a->rank != b->rank) return a->rank > b->rank ? -1 : 1;
  return a->number < b->number ? -1 : a->number > b->number;
}

static int by_number(const void *one, const void *two) {
  const candidate *a = one, *b = two;
  return a->number < b->number ? -1 : a->number > b->number;
}

static int any_hot(const float *odds, int32_t units) {
  int hot = 0;
  for (int32_t unit = 0; unit < units; unit++) hot |= odds[unit] > HOT;
  return hot;
}

/* blocks.likely_blocks */
static int32_t likely(nc_arena *arena, const float *odds, int32_t units, candidate **found) {
  double *sums = NC_TAKE(arena, double, units + 1);
  candidate *fits = *found = NC_TAKE(arena, candidate, (size_t)units *LONGEST);
  sums[0] = 0;
  for (int32_t unit = 0; unit < units; unit++) sums[unit + 1] = sums[unit] + (double)odds[unit];
  int32_t count = 0;
  for (int32_t start = 0; start < units; start++) {
    int hot = 0;
    for (int32_t end = start + 1; end <= units && end <= start + LONGEST; end++) {
      const int32_t size = end - start;
      const double total = sums[end] - sums[start];
      hot |= odds[end - 1] > HOT;
      if (odds[start] >= COLD && odds[end - 1] >= COLD && hot && total >= MEAN * size && size < units) {
        fits[count] = (candidate){{start, end}, total + size, count};
        count++;
      }
    }
  }
  if (count <= MOST) return count;
  qsort(fits, (size_t)count, sizeof(candidate), by_rank);
  qsort(fits, MOST, sizeof(candidate), by_number);
  return MOST;
}

/* ---- what can be said of a block ---- */

typedef struct {
  const nc_section *section;
  const nc_span *blocks;
  int32_t count;
  float *columns; /* columns[c * stride + block] */
  size_t stride;
  int made;       /* columns so far */
  double *sums;   /* scratch: units + 1 */
} figures;

static float *next(figures *of) { return of->columns + of->stride * (size_t)of->made++; }

/* blocks._summed: sums before each unit */
static void sum_up(figures *of, const float *values) {
  of->sums[0] = 0;
  for (int32_t unit = 0; unit < of->section->units; unit++) of->sums[unit + 1] = of->sums[unit] + (double)values[unit];
}

static inline double summed(const figures *of, int32_t block) {
  return of->sums[of->blocks[block].end] - of->sums[of->blocks[block].start];
}

/* numpy's sum of floats: pairwise. Sections are short, so that this goes down a few steps only. */
static float pairwise(const float *values, int32_t n) {
  if (n > PAIRWISE) {
    int32_t half = n / 2 - n / 2 % LANES;
    float left = pairwise(values, half);
    return left + pairwise(values + half, n - half);
  }
  float total = 0;
  int32_t at = 0;
  if (n >= LANES) {
    float part[LANES];
    memcpy(part, values, sizeof(part));
    for (at = LANES; at + LANES <= n; at += LANES)
      for (int lane = 0; lane < LANES; lane++) part[lane] += values[at + lane];
    total = ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
  }
  for (; at < n; at++) total += values[at];
  return total;
}

#define EACH_BLOCK(of) for (int32_t block = 0; block < (of)->count; block++)
#define START(of) ((of)->blocks[block].start)
#define END(of) ((of)->blocks[block].end)

static double size_of(const figures *of, int32_t block) { return of->blocks[block].end - of->blocks[block].start; }

/* The value of a unit, or what stands for one that does not exist. */
static float at_or_none(const figures *of, const float *values, int32_t unit) {
  return unit >= 0 && unit < of->section->units ? values[unit] : NONE;
}

static void sum_column(figures *of, const float *values, int mean) {
  float *made = next(of);
  sum_up(of, values);
  EACH_BLOCK(of) made[block] = (float)(mean ? summed(of, block) / size_of(of, block) : summed(of, block));
}

static void value_column(figures *of, const float *values, int at_end, int32_t offset) {
  float *made = next(of);
  EACH_BLOCK(of) made[block] = at_or_none(of, values, (at_end ? END(of) : START(of)) + offset);
}

/* The highest and the lowest odds in each block, and the highest elsewhere. */
static void extremes(figures *of, float *high, float *low, float *elsewhere) {
  const float *odds = of->section->odds;
  const int32_t units = of->section->units;
  EACH_BLOCK(of) {
    const int32_t start = START(of), end = END(of);
    float most = odds[start], least = odds[start], outside = NONE;
    for (int32_t unit = start; unit < end; unit++) {
      most = odds[unit] > most ? odds[unit] : most;
      least = odds[unit] < least ? odds[unit] : least;
    }
    for (int32_t unit = 0; unit < start; unit++) outside = odds[unit] > outside || unit == 0 ? odds[unit] : outside;
    float behind = NONE;
    for (int32_t unit = end; unit < units; unit++) behind = odds[unit] > behind || unit == end ? odds[unit] : behind;
    high[block] = most;
    low[block] = least;
    elsewhere[block] = behind > outside ? behind : outside;
  }
}

/* blocks._odds_columns; `changed` is scratch for a value a unit */
static void odds_columns(figures *of, float *changed) {
  const float *odds = of->section->odds;
  const int32_t units = of->section->units;
  float *sizes = next(of);
  EACH_BLOCK(of) sizes[block] = (float)size_of(of, block);
  sum_column(of, odds, 0);
  sum_column(of, odds, 1);
  for (int32_t unit = 0; unit < units; unit++) changed[unit] = odds[unit] > FLOOR ? odds[unit] : FLOOR;
  sum_column(of, changed, 0);
  float *high = next(of), *low = next(of);
  value_column(of, odds, 0, 0);
  value_column(of, odds, 1, -1);
  value_column(of, odds, 0, -1);
  value_column(of, odds, 0, -2);
  value_column(of, odds, 1, 0);
  value_column(of, odds, 1, 1);
  extremes(of, high, low, next(of));
  for (int32_t unit = 0; unit < units; unit++) changed[unit] = (float)(odds[unit] > HOT);
  sum_column(of, changed, 1);
  float *elsewhere = next(of);
  EACH_BLOCK(of) elsewhere[block] = (float)(of->sums[units] - summed(of, block));
}

/* blocks._place_columns */
static void place_columns(figures *of) {
  const nc_section *section = of->section;
  const int32_t units = section->units;
  const float *glued = nc_column(section, NC_U_GLUED);
  value_column(of, nc_column(section, NC_U_PAR_START), 0, 0);
  value_column(of, nc_column(section, NC_U_PAR_END), 1, -1);
  sum_column(of, nc_column(section, NC_U_PAR_START), 0);
  float *characters = next(of), *share = next(of);
  of->sums[0] = 0;
  for (int32_t unit = 0; unit < units; unit++) {
    const nc_line *line = section->table.lines + unit;
    of->sums[unit + 1] = of->sums[unit] + (double)(line->end - line->start);
  }
  const double all = of->sums[units] > 1 ? of->sums[units] : 1;
  EACH_BLOCK(of) {
    characters[block] = (float)log1p(summed(of, block));
    share[block] = (float)(summed(of, block) / all);
  }
  value_column(of, nc_column(section, NC_U_PLACE), 0, 0);
  value_column(of, nc_column(section, NC_U_DOC_UNITS), 0, 0);
  value_column(of, glued, 0, 0);
  float *behind = next(of);
  EACH_BLOCK(of) behind[block] = END(of) < units ? glued[END(of)] : 0;
}

/* blocks._signal_columns; without leanings theirs are left out */
static void signal_columns(figures *of) {
  const nc_section *section = of->section;
  const int32_t units = section->units;
  for (int k = 0; k < AT_ENDS; k++) {
    value_column(of, nc_column(section, OF_ENDS[k]), 0, 0);
    value_column(of, nc_column(section, OF_ENDS[k]), 1, -1);
  }
  for (int k = 0; k < AVERAGED; k++) {
    if (k < NC_LEANS && !section->wording) {
      of->made += 2;
      continue;
    }
    const float *values = nc_column(section, OF_AVERAGED[k]);
    const double total = pairwise(values, units);
    sum_column(of, values, 1);
    float *made = next(of);
    EACH_BLOCK(of) {
      const double others = units - size_of(of, block);
      made[block] = (float)((total - summed(of, block)) / (others > 1 ? others : 1));
    }
  }
  for (int k = 0; k < AT_ENDS + AVERAGED; k++) {
    if (k >= AT_ENDS && k < AT_ENDS + NC_LEANS && !section->wording) {
      of->made += 2;
      continue;
    }
    const float *values = nc_column(section, k < AT_ENDS ? OF_ENDS[k] : OF_AVERAGED[k - AT_ENDS]);
    value_column(of, values, 0, -1);
    value_column(of, values, 1, 0);
  }
}

/* blocks.block_columns and block_scores */
static void score(nc_arena *arena, nc_section *section, const nc_span *blocks, int32_t count, double *scores) {
  figures of = {section, blocks, count, NULL, ((size_t)count + 15) & ~(size_t)15, 0, NULL};
  of.columns = NC_TAKE(arena, float, of.stride *NC_B_COLUMNS);
  of.sums = NC_TAKE(arena, double, section->units + 1);
  float *changed = NC_TAKE(arena, float, section->units);
  nc_block_words(arena, section, blocks, count, of.columns, of.stride);
  of.made = NC_WORD_FIGURES;
  if (section->meaning) nc_block_meanings(section, blocks, count, of.columns + of.stride * (size_t)of.made, of.stride);
  of.made += NC_MEANING_FIGURES;
  odds_columns(&of, changed);
  place_columns(&of);
  signal_columns(&of);
  section->block_columns = of.columns;
  section->block_stride = of.stride;
  const nc_judge *judge = section->judge;
  const float **columns = NC_TAKE(arena, const float *, judge->block_columns);
  for (int32_t at = 0; at < judge->block_columns; at++)
    columns[at] = of.columns + of.stride * (size_t)judge->block_column[at];
  float *odds = NC_TAKE(arena, float, count);
  nc_grove_sums(arena, judge->blocks, columns, judge->block_columns, count, odds);
  const float *question = nc_column(section, NC_U_QUESTION), *starts = nc_column(section, NC_U_PAR_START);
  const float *ends = nc_column(section, NC_U_PAR_END);
  for (int32_t block = 0; block < count; block++) {
    const int32_t start = blocks[block].start;
    const float alone = question[start] * starts[start] * ends[start];
    const float bonus = ASKED_BONUS * alone * (float)(blocks[block].end - start > 1);
    const double made = 1 / (1 + exp(-(double)odds[block])) + (double)bonus;
    scores[block] = made < 1.0 ? made : 1.0;
  }
}

int32_t nc_weigh(nc_arena *arena, nc_section *section, const uint8_t *spared, nc_span **blocks, double **scores) {
  *blocks = NULL;
  *scores = NULL;
  if (!any_hot(section->odds, section->units)) return 0; /* as in most sections of honest texts */
  candidate *found;
  const int32_t looked_at = likely(arena, section->odds, section->units, &found);
  *blocks = NC_TAKE(arena, nc_span, looked_at);
  *scores = NC_TAKE(arena, double, looked_at);
  int32_t count = 0;
  for (int32_t at = 0; at < looked_at; at++) {
    int free = 1;
    for (int32_t unit = found[at].block.start; unit < found[at].block.end; unit++) free &= !spared[unit];
    if (free) (*blocks)[count++] = found[at].block;
  }
  if (count > 0) score(arena, section, *blocks, count, *scores);
  return count;
}

/* ---- the best ---- */

typedef struct { double score; int32_t number; } scored;

static int by_score(const void *one, const void *two) {
  const scored *a = one, *b = two;
  if (a->score != b->score) return a->score > b->score ? -1 : 1;
  return a->number < b->number ? -1 : a->number > b->number;
}

int32_t nc_best_apart(nc_arena *arena, const nc_span *blocks, const double *scores, int32_t n, double least,
                      int32_t *chosen) {
  scored *order = NC_TAKE(arena, scored, n);
  for (int32_t at = 0; at < n; at++) order[at] = (scored){scores[at], at};
  qsort(order, (size_t)n, sizeof(scored), by_score);
  int32_t count = 0;
  for (int32_t at = 0; at < n && !(order[at].score < least); at++) {
    const nc_span *here = blocks + order[at].number;
    int free = 1;
    for (int32_t k = 0; k < count && free; k++)
      free = here->end <= blocks[chosen[k]].start || blocks[chosen[k]].end <= here->start;
    if (free) chosen[count++] = order[at].number;
  }
  return count;
}
