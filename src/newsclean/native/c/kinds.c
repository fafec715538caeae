/* Scores of the lines of a document: probability of junk, its category, and what moved the odds. Mirrors
 * scoring/scorer.py, with Forest.contributions of scoring/forest.py. */
#include <math.h>
#include <string.h>

#include "nc_score.h"

enum { COLUMNS = UINT8_MAX + 1 }; /* that a node could name */

/* np.interp of one number, with knots that rise. It is the same with slopes made beforehand or not. */
static double calibrated(const nc_scoring *by, float odds) {
  const float *x = by->odds, *y = by->probability;
  int32_t below = 0;
  if (isnan(odds)) return odds;
  for (int32_t at = 0; at < by->knots; at++) below += x[at] <= odds;
  const int32_t at = below - 1;
  if (at < 0) return y[0];
  if (at == by->knots - 1 || x[at] == odds) return y[at];
  const double slope = ((double)y[at + 1] - y[at]) / ((double)x[at + 1] - x[at]);
  return slope * ((double)odds - x[at]) + y[at];
}

void nc_scored_lines(nc_arena *arena, nc_desk *desk, const nc_doc *doc, const nc_line *lines, int32_t n_lines,
                     const nc_signs *signs, const nc_scoring *by, const nc_scored *known, nc_scored *scored) {
  memset(scored, 0, sizeof(*scored));
  scored->scoring = by;
  if (known != NULL) {
    scored->table = known->table;
    scored->table.lines = lines;
    scored->table.n_lines = n_lines;
  } else {
    nc_table_of(arena, doc->tidy, doc->folded, doc->size, lines, n_lines, &scored->table);
  }
  nc_words_of(arena, &scored->table, &scored->words);
  scored->odds = NC_TAKE(arena, float, n_lines);
  scored->probability = NC_TAKE(arena, float, n_lines);
  nc_kind_leans_of(arena, scored, &scored->leans);
  nc_score(arena, desk, &scored->table, &scored->words, signs, &by->scorer, &scored->features, scored->odds);
  for (int32_t line = 0; line < n_lines; line++) scored->probability[line] = (float)calibrated(by, scored->odds[line]);
}

int32_t nc_scored_category(nc_arena *arena, nc_scored *scored, int32_t line) {
  const nc_scoring *by = scored->scoring;
  nc_bounds row[NC_KIND_COLUMNS], *means = row + NC_FEATURES + NC_KIND_OUTCOMES;
  float values[NC_FEATURES];
  nc_feature_row(&scored->features, line, values);
  for (int at = 0; at < NC_FEATURES; at++) row[at] = (nc_bounds){values[at], values[at]};
  const float *lean = nc_kind_lean(scored, line);
  for (int at = 0; at < NC_KIND_OUTCOMES; at++) row[NC_FEATURES + at] = (nc_bounds){lean[at], lean[at]};
  nc_kind_means(scored, line, means);
  int32_t found = nc_likeliest(by->kinds, arena, row);
  if (found < 0) { /* some threshold stands within the bounds */
    nc_kind_means_exactly(arena, scored, line, means);
    found = nc_likeliest(by->kinds, arena, row);
  }
  return by->categories[found];
}

/* Level by level, as Python adds up: all trees' first steps, then their second ones … `at` is where the trees are that
 * have not come to a leaf, in their order. Returns how many are left. */
static int32_t step_down(const nc_forest *forest, const float *row, int32_t *at, int32_t count, double *moved) {
  int32_t left = 0;
  for (int32_t k = 0; k < count; k++) {
    const int32_t node = at[k], column = forest->feature[node];
    const int32_t sides[2] = {forest->left[node], forest->right[node]};
    const int32_t below = sides[!(row[column] <= forest->threshold[node])]; /* no jump: nobody could foresee it */
    moved[column] += (double)(forest->value[below] - forest->value[node]);
    at[left] = below;
    left += forest->left[below] != below;
  }
  return left;
}

void nc_scored_contributions(nc_arena *arena, const nc_scored *scored, int32_t line, float *moved) {
  const nc_forest *forest = &scored->scoring->scorer.lines;
  double total[NC_FEATURES] = {0}, here[COLUMNS];
  float row[COLUMNS] = {0};
  int32_t left = forest->trees;
  nc_mark mark = nc_marked(arena);
  int32_t *at = NC_TAKE(arena, int32_t, left);
  nc_feature_row(&scored->features, line, row);
  memcpy(at, forest->root, sizeof(int32_t) * (size_t)left);
  for (int32_t level = 0; level < forest->depth && left > 0; level++) {
    memset(here, 0, sizeof(here));
    left = step_down(forest, row, at, left, here);
    for (int column = 0; column < NC_FEATURES; column++) total[column] += here[column];
  }
  for (int column = 0; column < NC_FEATURES; column++) moved[column] = (float)total[column];
  nc_back(arena, mark);
}

int32_t nc_scorer_columns(const nc_scoring *by) {
  (void)by; /* all models have those that features.feature_columns makes */
  return NC_FEATURES;
}

uint32_t nc_scored_categories(const nc_scoring *by) {
  uint32_t found = 0;
  for (int at = 0; at < NC_KIND_OUTCOMES; at++) found |= (uint32_t)1 << by->categories[at];
  return found;
}
