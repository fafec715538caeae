/* The log odds that a line is junk: mirrors scoring/features.py and scoring/scorer.py, for one document. */
#include <string.h>

#include "score.h"

enum { MARGIN = 16 }; /* floats before a column's first, so that it is aligned and two lines fit in */

static void sheet_of(nc_arena *arena, int32_t lines, nc_sheet *sheet) {
  sheet->lines = lines;
  sheet->stride = (((size_t)lines + 2 + 15) & ~(size_t)15) + MARGIN;
  sheet->values = NC_TAKE(arena, float, sheet->stride * NC_FEATURES + MARGIN) + MARGIN;
}

static void sum_up(nc_arena *arena, const nc_forest *forest, const nc_features *features, float *odds) {
  if (forest->ready != NULL) {
    nc_trees_sums(arena, forest->ready, features->columns, NC_FEATURES, features->lines, odds);
    return;
  }
  float row[NC_FEATURES];
  for (int32_t line = 0; line < features->lines; line++) {
    nc_feature_row(features, line, row);
    nc_forest_sums(arena, forest, row, 1, NC_FEATURES, odds + line);
  }
}

void nc_score(nc_arena *arena, nc_desk *desk, const nc_table *table, const nc_words *words, const nc_signs *signs,
              const nc_scorer *scorer, nc_features *features, float *odds) {
  const int32_t lines = table->n_lines;
  nc_features own;
  nc_sheet sheet;
  nc_mark mark = nc_marked(arena);
  const int kept = features != NULL;
  if (!kept) features = &own;
  features->lines = lines;
  if (lines <= 0) return;
  sheet_of(arena, lines, &sheet);
  for (int column = 0; column < NC_FEATURES; column++) features->columns[column] = nc_column(&sheet, column);
  if (kept) mark = nc_marked(arena);
  if (desk == NULL) desk = nc_desk_of(arena, scorer->weights, scorer->bits);
  uint64_t *hashes = NC_TAKE(arena, uint64_t, lines);
  uint8_t *staying = NC_TAKE(arena, uint8_t, lines);
  nc_line_hashes(table, words, hashes);
  nc_shape_columns_apart(arena, table, words, sheet.values, sheet.stride);
  nc_sign_columns(signs, &sheet);
  nc_lean_columns(arena, desk, table, words, hashes, scorer->scale, &sheet);
  const float *prose = nc_column(&sheet, NC_S_PROSE), *surety = nc_column(&sheet, NC_F_SURETY);
  for (int32_t line = 0; line < lines; line++) staying[line] = (prose[line] > 0) & (surety[line] == 0);
  nc_place_columns(table, staying, &sheet);
  nc_sharing_columns(arena, table, words, hashes, staying, &sheet);
  nc_neighbour_columns(arena, &sheet, features);
  nc_document_columns(table, &sheet);
  sum_up(arena, &scorer->lines, features, odds);
  nc_back(arena, mark);
}

void nc_feature_row(const nc_features *features, int32_t line, float *row) {
  for (int column = 0; column < NC_FEATURES; column++) row[column] = features->columns[column][line];
}
