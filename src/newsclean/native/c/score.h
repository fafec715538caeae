/* The scorer: what its parts share, and what the pipeline calls. */
#ifndef NC_SCORE_H
#define NC_SCORE_H

#include "nc.h"

/* The columns in the order of features.feature_columns; those of shapes come first, as NC_S_… numbers them. */
enum {
  NC_F_STRENGTH = NC_SHAPE_COLUMNS, NC_F_SURETY, NC_F_CATEGORY, NC_F_COVERED, NC_F_REMOVED_ABOVE, NC_F_REMOVED_BELOW,
  NC_F_CATEGORY_ABOVE, NC_F_CATEGORY_BELOW,
  NC_F_LEAN, NC_F_LEAN_SUM, NC_F_LEAN_HIGH, NC_F_LEAN_LOW, NC_F_KNOWN,
  NC_F_NUMBER, NC_F_FROM_END, NC_F_PLACE, NC_F_CHARACTER_PLACE, NC_F_FROM_FIRST_PROSE, NC_F_FROM_LAST_PROSE,
  NC_F_PROSE_ABOVE, NC_F_PROSE_BELOW, NC_F_GAP, NC_F_GAP_AFTER,
  NC_F_SHARED, NC_F_SHARED_PROSE, NC_F_SHARED_NAMES, NC_F_COMMON, NC_F_HEADLINE, NC_F_LINE_BELOW, NC_F_REPEATED,
  NC_F_NEAR,                                  /* places._NEAR of two lines above, one above, one below, two below */
  NC_F_MEANS = NC_F_NEAR + 4 * 9,             /* places._WINDOWED of both _WINDOWS */
  NC_F_DOC_LINES = NC_F_MEANS + 2 * 5, NC_F_DOC_CHARACTERS, NC_F_DOC_LINE_SIZE, NC_F_DOC_PROSE, NC_F_DOC_PROSE_LINES,
  NC_F_DOC_SURETY, NC_F_DOC_LEAN, NC_F_DOC_CASELESS, NC_F_DOC_UNSPACED, NC_F_DOC_GAPS, NC_F_DOC_SENTENCES,
  NC_F_DOC_KNOWN,
  NC_FEATURES
};

/* table.Signs, one value a line; NULL stands for no sign at all (0, a category of -1). */
typedef struct {
  const float *strength, *surety, *covered;
  const int64_t *category;
} nc_signs;

/* Features of the lines of a document by column: columns[c][line]. They stand in the arena. */
typedef struct {
  const float *columns[NC_FEATURES];
  int32_t lines;
} nc_features;

/* The parts of model.Model that odds come from. `weights` are those of `leanings`, one a bucket: 2 ** bits, none of
 * them -128; `lines` had better be made ready. */
typedef struct {
  const int8_t *weights;
  int32_t bits;
  float scale;
  nc_forest lines;
} nc_scorer;

/* A thread's own copy of the weights, in which buckets are marked; keep it with the arena. NULL without memory, or
 * where a weight is -128: such a model cannot be scored here. */
typedef struct nc_desk nc_desk;
NC_API nc_desk *nc_desk_new(const int8_t *weights, int32_t bits);
NC_API void nc_desk_free(nc_desk *);

/* scorer.Scored up to the log odds of each line; `features` are for those who want to know more, or NULL.
 * Without a desk the weights are copied for this document alone. */
void nc_score(nc_arena *, nc_desk *, const nc_table *, const nc_words *, const nc_signs *, const nc_scorer *,
              nc_features *features, float *odds);
/* A line of the matrix: Scored._matrix[line]. */
void nc_feature_row(const nc_features *, int32_t line, float *row /* NC_FEATURES */);

/* ---- between the parts ---- */

/* Columns while they are made, with room for two lines before the first and behind the last. */
typedef struct {
  float *values;
  size_t stride;
  int32_t lines;
} nc_sheet;
static inline float *nc_column(const nc_sheet *sheet, int column) {
  return sheet->values + (size_t)column * sheet->stride;
}

/* A desk that is gone with the arena's memory. */
nc_desk *nc_desk_of(nc_arena *, const int8_t *weights, int32_t bits);
/* leaning.lean_columns of words.ngram_hashes */
void nc_lean_columns(nc_arena *, nc_desk *, const nc_table *, const nc_words *, const uint64_t *line_hashes,
                     float scale, const nc_sheet *);
/* sharing.sharing_columns; `staying` marks the running text that no rule takes */
void nc_sharing_columns(nc_arena *, const nc_table *, const nc_words *, const uint64_t *line_hashes,
                        const uint8_t *staying, const nc_sheet *);
/* places.sign_columns, place_columns, neighbour_columns with document_columns */
void nc_sign_columns(const nc_signs *, const nc_sheet *);
void nc_place_columns(const nc_table *, const uint8_t *staying, const nc_sheet *);
void nc_document_columns(const nc_table *, const nc_sheet *);
void nc_neighbour_columns(nc_arena *, const nc_sheet *, nc_features *);

#endif
