/* The scorer as the pipeline sees it: mirrors scoring/scorer.py, for one document. */
#ifndef NC_SCORE_LINES_H
#define NC_SCORE_LINES_H

#include "score.h"

/* The categories that trees tell apart, and the columns they go by: kind_matrix. */
enum { NC_KIND_OUTCOMES = 16, NC_KIND_REACH = 3, NC_KIND_COLUMNS = NC_FEATURES + 2 * NC_KIND_OUTCOMES };

/* Model.kinds made ready for one row at a time. NULL without memory, where a tree has more than 32 leaves or asks for
 * more than NC_KIND_COLUMNS, or where the trees are not of NC_KIND_OUTCOMES taking turns. */
typedef nc_trees nc_kind_trees;
NC_API nc_kind_trees *nc_kind_trees_new(const nc_forest *);
NC_API void nc_kind_trees_free(nc_kind_trees *);

/* model.Model; `categories` are numbers of categories.CATEGORIES, in the order of Model.categories. */
typedef struct {
  nc_scorer scorer;              /* `scorer.lines` must be ready */
  const float *odds, *probability; /* the knots of the calibration, `knots` of them, at least one */
  int32_t knots;
  int32_t kind_bits;             /* of kind_leanings: 2 ** kind_bits rows of NC_KIND_OUTCOMES weights */
  const int8_t *kind_weights;
  float kind_scale;
  const nc_kind_trees *kinds;
  const int32_t *categories;
} nc_scoring;

/* What the words of single lines lean to: Leanings.sums, each line when it is first asked for. */
typedef struct {
  float (*sums)[NC_KIND_OUTCOMES]; /* of the lines that are known */
  uint8_t *known;
  uint64_t *met;                 /* a bit a bucket of the scorer; all 0 between lines, once `begun` */
  uint32_t *fresh;
  int begun;
  double bound;                  /* no sum of the sums of some lines is greater */
  double (*running)[NC_KIND_OUTCOMES]; /* the sums of all lines above a line, up to line `summed`; NULL until needed */
  int32_t summed;
} nc_kind_leans;

/* scorer.Scored; what it points to stands in the arena. */
typedef struct {
  const nc_scoring *scoring;
  nc_table table;
  nc_words words;
  nc_features features;
  nc_kind_leans leans;
  float *odds, *probability;     /* one a line */
} nc_scored;

/* Scored(model, [document], signs) with these lines. `known`, if not NULL, is of other lines of the same document. */
void nc_scored_lines(nc_arena *, nc_desk *, const nc_doc *, const nc_line *lines, int32_t n_lines, const nc_signs *,
                     const nc_scoring *, const nc_scored *known, nc_scored *);
/* Scored.category as a number of categories.CATEGORIES. What is taken from the arena here must stay as long as `scored`. */
int32_t nc_scored_category(nc_arena *, nc_scored *, int32_t line);
/* Forest.contributions of a line: how much each of nc_scorer_columns columns moved its odds. */
void nc_scored_contributions(nc_arena *, const nc_scored *, int32_t line, float *moved);
NC_API int32_t nc_scorer_columns(const nc_scoring *);
/* A bit for each category that Scored.category may give. */
uint32_t nc_scored_categories(const nc_scoring *);

/* ---- between the parts ---- */

/* The least and the greatest that a column of a row may be; the same for most. */
typedef struct { float low, high; } nc_bounds;

/* Forest.sums of one row: its likeliest outcome; -1 if that may depend on what columns are within their bounds. */
int32_t nc_likeliest(const nc_kind_trees *, nc_arena *, const nc_bounds *row);

void nc_kind_leans_of(nc_arena *, const nc_scored *, nc_kind_leans *);
/* Leanings.sums of a line */
const float *nc_kind_lean(nc_scored *, int32_t line);
/* places.near_means of them: bounds that hold it, by the lines around alone, and the very numbers, by all lines above. */
void nc_kind_means(nc_scored *, int32_t line, nc_bounds *means);
void nc_kind_means_exactly(nc_arena *, nc_scored *, int32_t line, nc_bounds *means);

#endif
