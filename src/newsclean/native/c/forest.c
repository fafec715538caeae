/* Boosted trees: mirrors scoring/forest.py.
 *
 * A tree of up to 32 leaves is walked without a step down: each leaf is a bit, the leftmost the highest. A node whose
 * question is answered "over" takes the leaves to its left away, and the highest bit left is the leaf that the walk
 * would have come to (after C. Lucchese and others, "QuickScorer", 2015). Lanes are rows: LANES of them go at once.
 * Before that the nodes are looked through once for all rows: where all values of a column lie on one side of a
 * threshold the node is decided for all of them, and what cannot be reached is left out.
 */
#include <math.h>
#include <string.h>

#include "nc_trees.h"
#include "processor.h"

enum { LANES = 16, LEAVES = NC_LEAVES, COLUMNS = NC_TREE_COLUMNS, PAIRWISE = 128 };

/* ---- what is left to ask of these rows ---- */

typedef struct { float threshold; uint32_t kept; int32_t tree; } question;

typedef struct {
  uint32_t *leaves;               /* of each tree, those that can be reached */
  question *questions;            /* by column */
  const float **columns;          /* those that are asked for */
  int32_t *ends;                  /* the end of each one's questions */
  int32_t count;
} inquiry;

/* The least and the greatest of a column; NaN counts as above all. */
NC_INLINED void range_of(const float *values, int32_t rows, float *least, float *greatest) {
  float low[LANES], high[LANES];
  int32_t strange[LANES] = {0}, row = 0;
  for (int lane = 0; lane < LANES; lane++) low[lane] = INFINITY, high[lane] = -INFINITY;
  for (; row + LANES <= rows; row += LANES)
    for (int lane = 0; lane < LANES; lane++) {
      const float value = values[row + lane];
      low[lane] = value < low[lane] ? value : low[lane];
      high[lane] = value > high[lane] ? value : high[lane];
      strange[lane] |= value != value;
    }
  for (; row < rows; row++) {
    low[0] = values[row] < low[0] ? values[row] : low[0];
    high[0] = values[row] > high[0] ? values[row] : high[0];
    strange[0] |= values[row] != values[row];
  }
  for (int lane = 1; lane < LANES; lane++) {
    low[0] = low[lane] < low[0] ? low[lane] : low[0];
    high[0] = high[lane] > high[0] ? high[lane] : high[0];
    strange[0] |= strange[lane];
  }
  *least = low[0];
  *greatest = strange[0] ? NAN : high[0];
}

/* How many of some rising thresholds are below `value`; NaN is above all. */
NC_INLINED int32_t below(const float *restrict thresholds, int32_t count, float value) {
  int32_t found = 0;
  for (int32_t at = 0; at < count; at++) found += !(value <= thresholds[at]);
  return found;
}

/* Of a column, the thresholds that all rows are over end at `from`, those that no row is over begin at `to`. */
NC_INLINED void bounds_of(const float *values, int32_t rows, const float *thresholds, int32_t count, int32_t *from,
                          int32_t *to) {
  float least, greatest;
  range_of(values, rows, &least, &greatest);
  *from = below(thresholds, count, least);
  *to = least == greatest ? *from : below(thresholds, count, greatest);
}

#if defined(NC_VARIANTS)
NC_FOR_AVX512 static inline int32_t below_avx512(const float *thresholds, int32_t count, float value) {
  const __m512 all = _mm512_set1_ps(value);
  int32_t found = 0;
  for (int32_t at = 0; at < count; at += LANES) {
    const __mmask16 inside = count - at < LANES ? (__mmask16)((1u << (count - at)) - 1) : 0xffff;
    const __m512 here = _mm512_maskz_loadu_ps(inside, thresholds + at);
    found += __builtin_popcount(_mm512_mask_cmp_ps_mask(inside, all, here, _CMP_NLE_UQ));
  }
  return found;
}

NC_FOR_AVX512 static void bounds_of_avx512(const float *values, int32_t rows, const float *thresholds, int32_t count,
                                           int32_t *from, int32_t *to) {
  __m512 low = _mm512_set1_ps(INFINITY), high = _mm512_set1_ps(-INFINITY);
  __mmask16 strange = 0;
  for (int32_t row = 0; row < rows; row += LANES) {
    const __mmask16 inside = rows - row < LANES ? (__mmask16)((1u << (rows - row)) - 1) : 0xffff;
    const __m512 here = _mm512_maskz_loadu_ps(inside, values + row);
    low = _mm512_mask_min_ps(low, inside, here, low); /* the second of two where one is NaN */
    high = _mm512_mask_max_ps(high, inside, here, high);
    strange |= _mm512_cmp_ps_mask(here, here, _CMP_UNORD_Q);
  }
  const float least = _mm512_reduce_min_ps(low), greatest = strange ? NAN : _mm512_reduce_max_ps(high);
  *from = below_avx512(thresholds, count, least);
  *to = least == greatest ? *from : below_avx512(thresholds, count, greatest);
}
#endif
NC_BEST_BUT(void, find_bounds,
            (const float *values, int32_t rows, const float *thresholds, int32_t count, int32_t *from, int32_t *to),
            (values, rows, thresholds, count, from, to), bounds_of, bounds_of_avx512)

static void inquire(nc_arena *arena, const nc_trees *trees, const float *const *columns, int32_t n_columns,
                    int32_t rows, inquiry *made) {
  int32_t from[COLUMNS], to[COLUMNS], count = 0, segments = 0;
  uint32_t *restrict leaves = made->leaves = NC_TAKE(arena, uint32_t, trees->trees);
  const uint16_t *restrict tree = trees->tree;
  const uint32_t *restrict left = trees->left, *restrict right = trees->right;
  memcpy(leaves, trees->leaves, sizeof(uint32_t) * (size_t)trees->trees);
  for (int32_t column = 0; column < n_columns; column++) {
    const int32_t begin = trees->begin[column], end = trees->begin[column + 1];
    from[column] = to[column] = 0;
    if (begin < end)
      find_bounds(columns[column], rows, trees->threshold + begin, end - begin, from + column, to + column);
    from[column] += begin;
    to[column] += begin;
    for (int32_t node = begin; node < from[column]; node++) leaves[tree[node]] &= ~left[node];
    for (int32_t node = to[column]; node < end; node++) leaves[tree[node]] &= ~right[node];
  }
  question *restrict questions = made->questions = NC_TAKE(arena, question, trees->nodes + 1);
  made->columns = NC_TAKE(arena, const float *, n_columns);
  made->ends = NC_TAKE(arena, int32_t, n_columns);
  for (int32_t column = 0; column < n_columns; column++) {
    const int32_t before = count;
    for (int32_t node = from[column]; node < to[column]; node++) {
      const uint32_t reached = leaves[tree[node]];
      questions[count] = (question){trees->threshold[node], ~left[node], tree[node]};
      count += ((reached & left[node]) != 0) & ((reached & right[node]) != 0);
    }
    made->columns[segments] = columns[column];
    made->ends[segments] = count;
    segments += count > before;
  }
  made->count = segments;
}

/* ---- asking LANES rows ---- */

typedef struct { uint32_t leaves[LANES]; } lanes;
/* Asks `rows` rows from `row` on, LANES at most. */
NC_INLINED void ask(const inquiry *of, int32_t row, int32_t rows, lanes *left) {
  const question *asked = of->questions;
  for (int32_t segment = 0; segment < of->count; segment++) {
    const float *column = of->columns[segment] + row;
    float value[LANES];
    if (rows == LANES) memcpy(value, column, sizeof(value));
    else
      for (int lane = 0; lane < LANES; lane++) value[lane] = column[lane < rows ? lane : 0];
    for (const question *end = of->questions + of->ends[segment]; asked < end; asked++) {
      uint32_t *restrict leaves = left[asked->tree].leaves;
      const float threshold = asked->threshold;
      const uint32_t kept = asked->kept;
      for (int lane = 0; lane < LANES; lane++) leaves[lane] &= value[lane] <= threshold ? ~(uint32_t)0 : kept;
    }
  }
}

NC_INLINED void walk(const nc_trees *trees, const inquiry *of, int32_t row, int32_t rows, lanes *left) {
  for (int32_t tree = 0; tree < trees->trees; tree++)
    for (int lane = 0; lane < LANES; lane++) left[tree].leaves[lane] = of->leaves[tree];
  ask(of, row, rows, left);
}

#if defined(NC_VARIANTS)
/* walk, leaving a column when no row is over the threshold: thresholds rise, nor is any over those that follow */
NC_FOR_AVX2 static void walk_avx2(const nc_trees *trees, const inquiry *of, int32_t row, int32_t rows, lanes *left) {
  const question *asked = of->questions;
  for (int32_t tree = 0; tree < trees->trees; tree++)
    for (int half = 0; half < LANES; half += 8)
      _mm256_store_si256((__m256i *)(left[tree].leaves + half), _mm256_set1_epi32((int32_t)of->leaves[tree]));
  for (int32_t segment = 0; segment < of->count; segment++) {
    const float *column = of->columns[segment] + row;
    const question *end = of->questions + of->ends[segment];
    float few[LANES];
    for (int lane = 0; rows < LANES && lane < LANES; lane++) few[lane] = column[lane < rows ? lane : 0];
    if (rows < LANES) column = few;
    const __m256 first = _mm256_loadu_ps(column), second = _mm256_loadu_ps(column + 8);
    for (; asked < end; asked++) {
      const __m256 threshold = _mm256_set1_ps(asked->threshold);
      const __m256 one = _mm256_cmp_ps(first, threshold, _CMP_NLE_UQ);
      const __m256 two = _mm256_cmp_ps(second, threshold, _CMP_NLE_UQ);
      if (_mm256_movemask_ps(_mm256_or_ps(one, two)) == 0) break;
      const __m256i taken = _mm256_set1_epi32((int32_t)~asked->kept);
      __m256i *leaves = (__m256i *)&left[asked->tree];
      _mm256_store_si256(leaves, _mm256_andnot_si256(_mm256_and_si256(_mm256_castps_si256(one), taken), leaves[0]));
      _mm256_store_si256(leaves + 1, _mm256_andnot_si256(_mm256_and_si256(_mm256_castps_si256(two), taken), leaves[1]));
    }
    asked = end;
  }
}

/* The same with lanes as bits of a mask */
NC_FOR_AVX512 static void walk_with_masks(const nc_trees *trees, const inquiry *of, int32_t row, int32_t rows,
                                          lanes *left) {
  const __m512i all = _mm512_set1_epi32(-1);
  const __mmask16 asking = (__mmask16)((1u << rows) - 1);
  const question *asked = of->questions;
  for (int32_t tree = 0; tree < trees->trees; tree++)
    _mm512_store_si512(&left[tree], _mm512_set1_epi32((int32_t)of->leaves[tree]));
  for (int32_t segment = 0; segment < of->count; segment++) {
    const __m512 value = _mm512_maskz_loadu_ps(asking, of->columns[segment] + row);
    const question *end = of->questions + of->ends[segment];
    for (; asked < end; asked++) {
      const __mmask16 over = _mm512_mask_cmp_ps_mask(asking, value, _mm512_set1_ps(asked->threshold), _CMP_NLE_UQ);
      if (over == 0) break;
      const __m512i kept = _mm512_mask_set1_epi32(all, over, (int32_t)asked->kept);
      __m512i *leaves = (__m512i *)&left[asked->tree];
      _mm512_store_si512(leaves, _mm512_and_si512(_mm512_load_si512(leaves), kept));
    }
    asked = end;
  }
}
#endif

static void walk_lanes(const nc_trees *trees, const inquiry *of, int32_t row, int32_t rows, lanes *left) {
#if defined(NC_VARIANTS)
  const int level = nc_level();
  if (level == NC_AVX512) walk_with_masks(trees, of, row, rows, left);
  else if (level == NC_AVX2) walk_avx2(trees, of, row, rows, left);
  else
#endif
    walk(trees, of, row, rows, left);
}

/* ---- adding up: as numpy does, by eight in turn, in halves where there are more than PAIRWISE ---- */

typedef struct { float values[LANES]; } sums;

NC_INLINED void look_up(const float *value, const lanes *left, sums *found) {
  for (int lane = 0; lane < LANES; lane++) found->values[lane] = value[__builtin_clz(left->leaves[lane] | 1)];
}

NC_INLINED void add(sums *to, const sums *other) {
  for (int lane = 0; lane < LANES; lane++) to->values[lane] += other->values[lane];
}

/* The values of the leaves that `count` trees have come to, in the order in which numpy adds a row up. */
NC_INLINED void add_few(const float (*value)[LEAVES], const lanes *left, int32_t count, sums *made) {
  sums parts[8], one;
  int32_t at = 0;
  memset(parts, 0, sizeof(parts));
  for (; count >= 8 && at < 8; at++) look_up(value[at], left + at, &parts[at]);
  for (; at + 8 <= count; at += 8)
    for (int part = 0; part < 8; part++) {
      look_up(value[at + part], left + at + part, &one);
      add(&parts[part], &one);
    }
  for (int part = 0; part < 8; part += 2) add(&parts[part], &parts[part + 1]);
  for (int part = 0; part < 8; part += 4) add(&parts[part], &parts[part + 2]);
  add(&parts[0], &parts[4]);
  for (; at < count; at++) {
    look_up(value[at], left + at, &one);
    add(&parts[0], &one);
  }
  *made = parts[0];
}

#if defined(NC_VARIANTS)
/* look_up: the number of a leaf is that of leading zeros, values are looked up in registers. */
NC_FOR_AVX512 static inline __m512 look_up_avx512(const float *value, const lanes *left) {
  const __m512i leaf = _mm512_lzcnt_epi32(_mm512_load_si512(left));
  return _mm512_permutex2var_ps(_mm512_loadu_ps(value), leaf, _mm512_loadu_ps(value + LANES));
}

NC_FOR_AVX512 static void add_few_avx512(const float (*value)[LEAVES], const lanes *left, int32_t count, sums *made) {
  __m512 part[8], sum = _mm512_setzero_ps();
  int32_t at = 0;
  if (count >= 8) {
    for (; at < 8; at++) part[at] = look_up_avx512(value[at], left + at);
    for (; at + 8 <= count; at += 8)
      for (int k = 0; k < 8; k++) part[k] = _mm512_add_ps(part[k], look_up_avx512(value[at + k], left + at + k));
    sum = _mm512_add_ps(_mm512_add_ps(_mm512_add_ps(part[0], part[1]), _mm512_add_ps(part[2], part[3])),
                        _mm512_add_ps(_mm512_add_ps(part[4], part[5]), _mm512_add_ps(part[6], part[7])));
  }
  for (; at < count; at++) sum = _mm512_add_ps(sum, look_up_avx512(value[at], left + at));
  _mm512_storeu_ps(made->values, sum);
}
#endif
NC_BEST_BUT(void, add_block, (const float (*value)[LEAVES], const lanes *left, int32_t count, sums *made),
            (value, left, count, made), add_few, add_few_avx512)

static int32_t half_of(int32_t count) { return count / 2 - count / 2 % 8; }

static void add_all(const float (*value)[LEAVES], const lanes *left, int32_t count, sums *made) {
  if (count <= PAIRWISE) {
    add_block(value, left, count, made);
    return;
  }
  sums second;
  const int32_t half = half_of(count);
  add_all(value, left, half, made);
  add_all(value + half, left + half, count - half, &second);
  add(made, &second);
}

/* The same of numbers as they stand. */
static float add_numbers(const float *numbers, int32_t count) {
  float part[8], sum = 0;
  int32_t at = 0;
  if (count > PAIRWISE)
    return add_numbers(numbers, half_of(count)) + add_numbers(numbers + half_of(count), count - half_of(count));
  if (count >= 8) {
    for (; at < 8; at++) part[at] = numbers[at];
    for (; at + 8 <= count; at += 8)
      for (int k = 0; k < 8; k++) part[k] += numbers[at + k];
    sum = ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
  }
  for (; at < count; at++) sum += numbers[at];
  return sum;
}

/* ---- what others call ---- */

void nc_trees_sums(nc_arena *arena, const nc_trees *trees, const float *const *columns, int32_t n_columns, int32_t rows,
                   float *odds) {
  if (rows <= 0) return;
  nc_mark mark = nc_marked(arena);
  inquiry of;
  inquire(arena, trees, columns, n_columns < COLUMNS ? n_columns : COLUMNS, rows, &of);
  lanes *left = NC_TAKE(arena, lanes, trees->trees);
  sums made;
  for (int32_t row = 0; row < rows; row += LANES) {
    const int32_t here = rows - row < LANES ? rows - row : LANES;
    walk_lanes(trees, &of, row, here, left);
    add_all((const float(*)[LEAVES])trees->value, left, trees->trees, &made);
    memcpy(odds + row, made.values, sizeof(float) * (size_t)here);
  }
  nc_back(arena, mark);
}

/* Forest.sums as it stands, for trees that are too large to be walked in lanes. */
static void walk_down(nc_arena *arena, const nc_forest *forest, const float *matrix, int32_t rows, int32_t columns,
                      float *odds) {
  nc_mark mark = nc_marked(arena);
  float *found = NC_TAKE(arena, float, forest->trees);
  for (int32_t row = 0; row < rows; row++) {
    const float *values = matrix + (size_t)row * (size_t)columns;
    for (int32_t tree = 0; tree < forest->trees; tree++) {
      int32_t node = forest->root[tree];
      for (int32_t left = forest->depth; left > 0 && forest->left[node] != node; left--)
        node = values[forest->feature[node]] <= forest->threshold[node] ? forest->left[node] : forest->right[node];
      found[tree] = forest->value[node];
    }
    odds[row] = add_numbers(found, forest->trees);
  }
  nc_back(arena, mark);
}

void nc_forest_sums(nc_arena *arena, const nc_forest *forest, const float *matrix, int32_t rows, int32_t columns,
                    float *odds) {
  if (forest->ready == NULL) {
    walk_down(arena, forest, matrix, rows, columns, odds);
    return;
  }
  nc_mark mark = nc_marked(arena);
  const float **column = NC_TAKE(arena, const float *, columns);
  float *turned = NC_TAKE(arena, float, (size_t)rows * (size_t)columns);
  for (int32_t at = 0; at < columns; at++) {
    float *made = turned + (size_t)at * (size_t)rows;
    column[at] = made;
    for (int32_t row = 0; row < rows; row++) made[row] = matrix[(size_t)row * (size_t)columns + (size_t)at];
  }
  nc_trees_sums(arena, forest->ready, column, columns, rows, odds);
  nc_back(arena, mark);
}
