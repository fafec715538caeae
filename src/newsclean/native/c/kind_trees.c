/* The trees that tell categories apart, asked about one row at a time: Forest.sums of scoring/forest.py with groups.
 *
 * Leaves are bits, as in forest.c. There is but one row, and the nodes of a column stand by rising threshold: only those
 * whose threshold is below the row's value are gone through.
 */
#include <string.h>

#include "nc_score.h"
#include "nc_trees.h"
#include "processor.h"

enum { OUTCOMES = NC_KIND_OUTCOMES, COLUMNS = NC_KIND_COLUMNS };

nc_kind_trees *nc_kind_trees_new(const nc_forest *forest) {
  if (forest->trees <= 0 || forest->trees % OUTCOMES != 0) return NULL;
  nc_kind_trees *made = nc_trees_new(forest);
  if (made != NULL && made->begin[COLUMNS] == made->nodes) return made;
  nc_trees_free(made);
  return NULL;
}

void nc_kind_trees_free(nc_kind_trees *trees) { nc_trees_free(trees); }

/* ---- asking ---- */

/* How many of some rising thresholds are below `value`; NaN is above all. */
NC_INLINED int32_t below(const float *restrict thresholds, int32_t count, float value) {
  int32_t found = 0;
  for (int32_t at = 0; at < count; at++) found += !(value <= thresholds[at]);
  return found;
}

/* For each column how many of its nodes are "over"; whether that is the same all over the bounds. */
NC_INLINED void count_plainly(const nc_kind_trees *trees, const nc_bounds *row, int32_t *over, int *sure) {
  for (int32_t column = 0; column < COLUMNS; column++) {
    const float *thresholds = trees->threshold + trees->begin[column], low = row[column].low, high = row[column].high;
    const int32_t count = trees->begin[column + 1] - trees->begin[column];
    over[column] = below(thresholds, count, low);
    *sure &= !(low < high) || below(thresholds, count, high) == over[column];
  }
}

#if defined(NC_VARIANTS)
NC_FOR_AVX512 static inline int32_t below_avx512(const float *thresholds, int32_t count, float value) {
  const __m512 all = _mm512_set1_ps(value);
  int32_t found = 0;
  for (int32_t at = 0; at < count; at += 16) {
    const __mmask16 inside = count - at < 16 ? (__mmask16)((1u << (count - at)) - 1) : 0xffff;
    const __mmask16 over = _mm512_mask_cmp_ps_mask(inside, all, _mm512_maskz_loadu_ps(inside, thresholds + at), _CMP_NLE_UQ);
    found += __builtin_popcount(over);
    if (over != 0xffff) break;
  }
  return found;
}

NC_FOR_AVX512 static void count_avx512(const nc_kind_trees *trees, const nc_bounds *row, int32_t *over, int *sure) {
  for (int32_t column = 0; column < COLUMNS; column++) {
    const float *thresholds = trees->threshold + trees->begin[column], low = row[column].low, high = row[column].high;
    const int32_t count = trees->begin[column + 1] - trees->begin[column];
    over[column] = below_avx512(thresholds, count, low);
    if (low < high) *sure &= below_avx512(thresholds, count, high) == over[column];
  }
}
#endif
NC_BEST_BUT(void, count_over, (const nc_kind_trees *trees, const nc_bounds *row, int32_t *over, int *sure),
            (trees, row, over, sure), count_plainly, count_avx512)

/* The leaves of each tree that can be reached. */
static void find_leaves(const nc_kind_trees *trees, const int32_t *over, uint32_t *restrict leaves) {
  const uint32_t *restrict left = trees->left;
  const uint16_t *restrict tree = trees->tree;
  memcpy(leaves, trees->leaves, sizeof(uint32_t) * (size_t)trees->trees);
  for (int32_t column = 0; column < COLUMNS; column++)
    for (int32_t node = trees->begin[column], end = node + over[column]; node < end; node++)
      leaves[tree[node]] &= ~left[node];
}

/* Trees of the outcomes take turns, and each outcome's values are added up one after the other. */
NC_INLINED void add_values(const nc_kind_trees *trees, const uint32_t *leaves, float *sums) {
  for (int outcome = 0; outcome < OUTCOMES; outcome++) sums[outcome] = 0;
  for (int32_t tree = 0; tree < trees->trees; tree += OUTCOMES)
    for (int outcome = 0; outcome < OUTCOMES; outcome++) {
      const int32_t at = tree + outcome;
      sums[outcome] += trees->value[at][__builtin_clz(leaves[at] | 1)];
    }
}
NC_BEST(void, find_sums, (const nc_kind_trees *trees, const uint32_t *leaves, float *sums), (trees, leaves, sums),
        add_values)

int32_t nc_likeliest(const nc_kind_trees *trees, nc_arena *arena, const nc_bounds *row) {
  int32_t over[COLUMNS], best = 0;
  int sure = 1;
  float sums[OUTCOMES];
  count_over(trees, row, over, &sure);
  if (!sure) return -1;
  nc_mark mark = nc_marked(arena);
  uint32_t *leaves = NC_TAKE(arena, uint32_t, trees->trees);
  find_leaves(trees, over, leaves);
  find_sums(trees, leaves, sums);
  nc_back(arena, mark);
  for (int32_t outcome = 1; outcome < OUTCOMES; outcome++)
    if (sums[outcome] > sums[best]) best = outcome;
  return best;
}
