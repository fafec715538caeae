/* Trees of up to 32 leaves for many rows at once: the sums of scoring/forest.py, Forest.sums with one group.
 *
 * Each leaf of a tree is a bit, the leftmost the highest. A node that sends a row to the right takes the leaves to its
 * left away; when all nodes were asked, the highest bit left is the leaf that the row comes to (after C. Lucchese and
 * others, "QuickScorer", 2015). Rows are lanes. Tree after tree the bits stay in registers: nothing is written but the
 * values of leaves.
 */
#include <stdlib.h>
#include <string.h>

#include "offtopic.h"
#include "processor.h"

enum { LANES = 16, LEAVES = 32, COLUMNS = 256, PAIRWISE = 128, PARTS = 8, GROUPS = 2 };

typedef struct {
  float threshold;
  uint32_t kept;   /* all leaves but those to the left */
  uint32_t column; /* where the values of its column begin */
} question;

struct nc_grove {
  int32_t trees;
  int32_t *end; /* of each tree's questions */
  question *questions;
  float (*value)[LEAVES];
};

typedef struct { float values[LANES]; } lanes;

/* ---- making ready ---- */

typedef struct { int32_t node, at; uint32_t left; } step;

/* The questions of a tree and the values of its leaves, from left to right; returns how many questions, -1 if the tree
 * has too many leaves or is none. */
static int32_t read_tree(const nc_forest *forest, int32_t tree, question *questions, float *value) {
  step way[LEAVES];
  int32_t deep = 0, asked = 0, leaf = 0, node = forest->root[tree];
  for (;;) {
    if (node < 0 || node >= forest->nodes) return -1;
    if (forest->left[node] != node) { /* a leaf leads to itself */
      if (asked == LEAVES - 1) return -1;
      questions[asked] = (question){forest->threshold[node], (uint32_t)leaf, forest->feature[node] * LANES};
      way[deep++] = (step){node, asked++, 0};
      node = forest->left[node];
      continue;
    }
    if (leaf == LEAVES) return -1;
    value[leaf++] = forest->value[node];
    while (deep > 0 && way[deep - 1].left) deep--;
    if (deep == 0) return asked;
    step *now = &way[deep - 1]; /* all leaves to its left are known now */
    uint32_t first = questions[now->at].kept, below = ~(uint32_t)0 << (LEAVES - ((uint32_t)leaf - first)) >> first;
    questions[now->at].kept = ~below;
    now->left = below;
    node = forest->right[now->node];
  }
}

void nc_grove_free(nc_grove *grove) {
  if (grove == NULL) return;
  free(grove->end);
  free(grove->questions);
  free(grove->value);
  free(grove);
}

nc_grove *nc_grove_new(const nc_forest *forest) {
  const size_t trees = forest->trees > 0 ? (size_t)forest->trees : 1;
  nc_grove *made = calloc(1, sizeof(nc_grove));
  if (made == NULL) return NULL;
  made->trees = forest->trees;
  made->end = calloc(trees, sizeof(int32_t));
  made->questions = calloc(trees * (LEAVES - 1), sizeof(question));
  made->value = calloc(trees, sizeof(*made->value));
  int32_t count = made->end && made->questions && made->value ? 0 : -1;
  for (int32_t tree = 0; count >= 0 && tree < forest->trees; tree++) {
    int32_t found = read_tree(forest, tree, made->questions + count, made->value[tree]);
    count = found < 0 ? -1 : count + found;
    made->end[tree] = count;
  }
  if (count >= 0) return made;
  nc_grove_free(made);
  return NULL;
}

/* ---- asking ---- */

/* `values` are those of LANES rows, column after column, COLUMNS of them; then those of the next rows. */
typedef struct {
  const nc_grove *grove;
  const float *values;
  lanes *found; /* of each tree; then those of the next rows */
} work;

NC_INLINED void look_up(const work *of, int32_t tree, const uint32_t *leaves) {
  for (int lane = 0; lane < LANES; lane++)
    of->found[tree].values[lane] = of->grove->value[tree][__builtin_clz(leaves[lane] | 1)];
}

/* For vectors of `width` lanes, of a size that the processor has: others are taken apart badly. The comparison of
 * floats gives ones in all bits, or zeros; NaN goes to the right. */
#define ASK_LANES(name, kind, width)                                                                           \
  kind void name(const work *of) {                                                                             \
    typedef float floats __attribute__((vector_size(4 * (width))));                                            \
    typedef uint32_t bits __attribute__((vector_size(4 * (width))));                                           \
    const nc_grove *grove = of->grove;                                                                         \
    const question *at = grove->questions;                                                                     \
    for (int32_t tree = 0; tree < grove->trees; tree++) {                                                      \
      bits leaves[LANES / (width)];                                                                            \
      for (int part = 0; part < LANES / (width); part++) leaves[part] = ~(bits){0};                            \
      for (const question *end = grove->questions + grove->end[tree]; at < end; at++) {                        \
        const floats threshold = at->threshold - (floats){0};                                                  \
        for (int part = 0; part < LANES / (width); part++) {                                                   \
          floats value;                                                                                        \
          memcpy(&value, of->values + at->column + part * (width), sizeof(value));                             \
          leaves[part] &= (bits)(value <= threshold) | at->kept;                                               \
        }                                                                                                      \
      }                                                                                                        \
      uint32_t left[LANES];                                                                                    \
      memcpy(left, leaves, sizeof(left));                                                                      \
      look_up(of, tree, left);                                                                                 \
    }                                                                                                          \
  }
ASK_LANES(ask_plain, static, 4)

#if defined(NC_VARIANTS)
/* The same with masks of lanes, the place of a bit as the number of zeros before it, and values from registers. */
#define ASK(name, groups)                                                                                            \
  NC_FOR_AVX512 static void name(const work *of) {                                                                   \
    const nc_grove *grove = of->grove;                                                                               \
    const question *at = grove->questions;                                                                           \
    for (int32_t tree = 0; tree < grove->trees; tree++) {                                                            \
      __m512i leaves[groups];                                                                                        \
      for (int group = 0; group < groups; group++) leaves[group] = _mm512_set1_epi32(-1);                            \
      for (const question *end = grove->questions + grove->end[tree]; at < end; at++) {                              \
        const __m512 threshold = _mm512_set1_ps(at->threshold);                                                      \
        const __m512i kept = _mm512_set1_epi32((int32_t)at->kept);                                                   \
        for (int group = 0; group < groups; group++) {                                                               \
          const __m512 value = _mm512_load_ps(of->values + at->column + group * COLUMNS * LANES);                    \
          const __mmask16 over = _mm512_cmp_ps_mask(value, threshold, _CMP_NLE_UQ);                                  \
          leaves[group] = _mm512_mask_and_epi32(leaves[group], over, leaves[group], kept);                           \
        }                                                                                                            \
      }                                                                                                              \
      const __m512 first = _mm512_loadu_ps(grove->value[tree]), second = _mm512_loadu_ps(grove->value[tree] + LANES); \
      for (int group = 0; group < groups; group++)                                                                   \
        _mm512_store_ps(of->found[tree + group * grove->trees].values,                                               \
                        _mm512_permutex2var_ps(first, _mm512_lzcnt_epi32(leaves[group]), second));                   \
    }                                                                                                                \
  }
ASK(ask_one_avx512, 1)
ASK(ask_two_avx512, GROUPS)
ASK_LANES(ask_avx2, NC_FOR_AVX2 static, 8)
#endif

/* Asks one or two groups of rows. */
static void ask_groups(const work *of, int32_t groups) {
#if defined(NC_VARIANTS)
  const int level = nc_level();
  if (level == NC_AVX512) {
    (groups > 1 ? ask_two_avx512 : ask_one_avx512)(of);
    return;
  }
  void (*one)(const work *) = level == NC_AVX2 ? ask_avx2 : ask_plain;
#else
  void (*one)(const work *) = ask_plain;
#endif
  for (int32_t group = 0; group < groups; group++) {
    const work part = {of->grove, of->values + group * COLUMNS * LANES, of->found + group * of->grove->trees};
    one(&part);
  }
}

/* ---- adding up as numpy does ---- */

/* Up to PAIRWISE values: by eight in turn. */
NC_INLINED void add_few(const lanes *of, int32_t count, lanes *made) {
  int32_t at = 0;
  if (count < PARTS) {
    memset(made, 0, sizeof(lanes));
  } else {
    lanes parts[PARTS];
    memcpy(parts, of, sizeof(parts));
    for (at = PARTS; at + PARTS <= count; at += PARTS)
      for (int part = 0; part < PARTS; part++)
        for (int lane = 0; lane < LANES; lane++) parts[part].values[lane] += of[at + part].values[lane];
    for (int lane = 0; lane < LANES; lane++)
      made->values[lane] =
          ((parts[0].values[lane] + parts[1].values[lane]) + (parts[2].values[lane] + parts[3].values[lane])) +
          ((parts[4].values[lane] + parts[5].values[lane]) + (parts[6].values[lane] + parts[7].values[lane]));
  }
  for (; at < count; at++)
    for (int lane = 0; lane < LANES; lane++) made->values[lane] += of[at].values[lane];
}
NC_BEST(void, run_add_few, (const lanes *of, int32_t count, lanes *made), (of, count, made), add_few)

/* Halves where there are more: as deep as the number of trees, not of rows, asks for. */
static void add_all(const lanes *of, int32_t count, lanes *made) {
  if (count <= PAIRWISE) {
    run_add_few(of, count, made);
    return;
  }
  lanes first, second;
  const int32_t half = count / 2 - count / 2 % PARTS;
  add_all(of, half, &first);
  add_all(of + half, count - half, &second);
  for (int lane = 0; lane < LANES; lane++) made->values[lane] = first.values[lane] + second.values[lane];
}

void nc_grove_sums(nc_arena *arena, const nc_grove *grove, const float *const *columns, int32_t n_columns, int32_t rows,
                   float *odds) {
  nc_mark mark = nc_marked(arena);
  float *values = NC_TAKE_ZEROED(arena, float, GROUPS *COLUMNS *LANES);
  lanes *found = NC_TAKE(arena, lanes, GROUPS *grove->trees);
  const work of = {grove, values, found};
  for (int32_t row = 0; row < rows; row += GROUPS * LANES) {
    const int32_t groups = rows - row > LANES ? GROUPS : 1;
    for (int32_t group = 0; group < groups; group++) {
      const int32_t from = row + group * LANES, here = rows - from < LANES ? rows - from : LANES;
      for (int32_t column = 0; column < n_columns && column < COLUMNS; column++)
        memcpy(values + (group * COLUMNS + column) * LANES, columns[column] + from, sizeof(float) * (size_t)here);
    }
    ask_groups(&of, groups);
    for (int32_t group = 0; group < groups; group++) {
      const int32_t from = row + group * LANES, here = rows - from < LANES ? rows - from : LANES;
      lanes sum;
      add_all(found + group * grove->trees, grove->trees, &sum);
      memcpy(odds + from, sum.values, sizeof(float) * (size_t)here);
    }
  }
  nc_back(arena, mark);
}
