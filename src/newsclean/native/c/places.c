/* What surrounds a line: mirrors scoring/places.py, for one document. */
#include <math.h>
#include <string.h>

#include "score.h"
#include "processor.h"

enum { FAR = 30, MOST_GAP = 4, NEAR = 9, WINDOWED = 5 };
static const int16_t NEAR_COLUMNS[NEAR] = {NC_S_WORDS,    NC_S_ENDS_SENTENCE, NC_S_INITIALS, NC_S_PROSE, NC_F_SURETY,
                                           NC_F_STRENGTH, NC_F_LEAN,          NC_F_GAP,      NC_F_SHARED};
static const int16_t WINDOWED_COLUMNS[WINDOWED] = {NC_S_PROSE, NC_F_SURETY, NC_F_LEAN, NC_S_WORDS, NC_S_INITIALS};

static void fill(const nc_sheet *sheet, int column, float value) {
  float *made = nc_column(sheet, column);
  for (int32_t line = 0; line < sheet->lines; line++) made[line] = value;
}

static int32_t at_most(int64_t value, int32_t most) { return value < most ? (int32_t)value : most; }

static float clipped(int32_t value) { return (float)(value < -FAR ? -FAR : value > FAR ? FAR : value); }

void nc_sign_columns(const nc_signs *signs, const nc_sheet *sheet) {
  const int32_t lines = sheet->lines;
  if (signs == NULL || signs->surety == NULL) {
    for (int column = NC_F_STRENGTH; column <= NC_F_COVERED; column++)
      fill(sheet, column, column == NC_F_CATEGORY ? -1 : 0);
    fill(sheet, NC_F_REMOVED_ABOVE, FAR);
    fill(sheet, NC_F_REMOVED_BELOW, FAR);
    fill(sheet, NC_F_CATEGORY_ABOVE, -1);
    fill(sheet, NC_F_CATEGORY_BELOW, -1);
    return;
  }
  memcpy(nc_column(sheet, NC_F_STRENGTH), signs->strength, sizeof(float) * (size_t)lines);
  memcpy(nc_column(sheet, NC_F_SURETY), signs->surety, sizeof(float) * (size_t)lines);
  memcpy(nc_column(sheet, NC_F_COVERED), signs->covered, sizeof(float) * (size_t)lines);
  float *category = nc_column(sheet, NC_F_CATEGORY);
  for (int32_t line = 0, above = -FAR - 1; line < lines; line++) {
    const int32_t away = at_most((int64_t)line - above, FAR);
    category[line] = (float)signs->category[line];
    nc_column(sheet, NC_F_REMOVED_ABOVE)[line] = (float)away;
    nc_column(sheet, NC_F_CATEGORY_ABOVE)[line] = away < FAR ? (float)signs->category[above] : -1;
    if (signs->surety[line] > 0) above = line;
  }
  int64_t below = (int64_t)lines + FAR;
  for (int32_t line = lines - 1; line >= 0; line--) {
    const int32_t away = at_most(below - line, FAR);
    nc_column(sheet, NC_F_REMOVED_BELOW)[line] = (float)away;
    nc_column(sheet, NC_F_CATEGORY_BELOW)[line] = away < FAR ? (float)signs->category[below] : -1;
    if (signs->surety[line] > 0) below = line;
  }
}

/* places.place_columns but for what needs only the staying text */
NC_INLINED void number_columns(const nc_table *table, const nc_sheet *sheet) {
  const int32_t lines = sheet->lines;
  const nc_line *at = table->lines;
  float *restrict number = nc_column(sheet, NC_F_NUMBER), *restrict from_end = nc_column(sheet, NC_F_FROM_END);
  float *restrict place = nc_column(sheet, NC_F_PLACE), *restrict by_size = nc_column(sheet, NC_F_CHARACTER_PLACE);
  float *restrict gap = nc_column(sheet, NC_F_GAP), *restrict after = nc_column(sheet, NC_F_GAP_AFTER);
  int64_t characters = 0, before = 0;
  for (int32_t line = 0; line < lines; line++) characters += at[line].end - at[line].start;
  for (int32_t line = 0; line < lines; line++) {
    const int32_t size = at[line].end - at[line].start, left = lines - 1 - line;
    number[line] = (float)(line < FAR ? line : FAR);
    from_end[line] = (float)(left < FAR ? left : FAR);
    place[line] = (float)((line + 0.5) / lines);
    by_size[line] = (float)(((double)before + size / 2.0) / (double)characters);
    gap[line] = (float)(at[line].gap < MOST_GAP ? at[line].gap : MOST_GAP);
    before += size;
  }
  for (int32_t line = 0; line + 1 < lines; line++) after[line] = gap[line + 1];
  after[lines - 1] = 0;
}
NC_BEST(void, make_numbers, (const nc_table *table, const nc_sheet *sheet), (table, sheet), number_columns)

void nc_place_columns(const nc_table *table, const uint8_t *staying, const nc_sheet *sheet) {
  const int32_t lines = sheet->lines;
  int32_t first = 0, last = lines - 1;
  while (first < lines && !staying[first]) first++;
  while (last >= 0 && !staying[last]) last--;
  make_numbers(table, sheet);
  int64_t above = -FAR, below = (int64_t)lines + FAR;
  for (int32_t line = 0; line < lines; line++) {
    nc_column(sheet, NC_F_FROM_FIRST_PROSE)[line] = clipped(line - first);
    nc_column(sheet, NC_F_FROM_LAST_PROSE)[line] = clipped(line - last);
    nc_column(sheet, NC_F_PROSE_ABOVE)[line] = (float)at_most(line - above, FAR);
    if (staying[line]) above = line;
  }
  for (int32_t line = lines - 1; line >= 0; line--) {
    nc_column(sheet, NC_F_PROSE_BELOW)[line] = (float)at_most(below - line, FAR);
    if (staying[line]) below = line;
  }
}

/* places.near_means of one column; `total` are its running sums, one more than lines */
NC_INLINED void means_of(const float *restrict values, const double *restrict total, int32_t lines, int32_t reach,
                         float *restrict made) {
  for (int32_t line = 0; line < lines; line++) {
    const int32_t low = line - reach > 0 ? line - reach : 0;
    const int32_t high = line + reach + 1 < lines ? line + reach + 1 : lines;
    const int32_t count = high - low - 1 > 1 ? high - low - 1 : 1;
    made[line] = (float)((total[high] - total[low] - (double)values[line]) / count);
  }
}
NC_BEST(void, make_means,
        (const float *values, const double *total, int32_t lines, int32_t reach, float *made),
        (values, total, lines, reach, made), means_of)

void nc_neighbour_columns(nc_arena *arena, const nc_sheet *sheet, nc_features *features) {
  static const int offsets[4] = {-2, -1, 1, 2};
  const int32_t lines = sheet->lines;
  for (int near = 0; near < NEAR; near++) {
    float *column = nc_column(sheet, NEAR_COLUMNS[near]);
    column[-2] = column[-1] = column[lines] = column[lines + 1] = -1; /* no line there */
    for (int at = 0; at < 4; at++) features->columns[NC_F_NEAR + NEAR * at + near] = column + offsets[at];
  }
  nc_mark mark = nc_marked(arena);
  double *total = NC_TAKE(arena, double, (size_t)lines + 1);
  for (int at = 0; at < WINDOWED; at++) {
    const float *values = nc_column(sheet, WINDOWED_COLUMNS[at]);
    total[0] = 0;
    for (int32_t line = 0; line < lines; line++) total[line + 1] = total[line] + (double)values[line];
    make_means(values, total, lines, 3, nc_column(sheet, NC_F_MEANS + at));
    make_means(values, total, lines, 8, nc_column(sheet, NC_F_MEANS + WINDOWED + at));
  }
  nc_back(arena, mark);
}

void nc_document_columns(const nc_table *table, const nc_sheet *sheet) {
  const int32_t lines = sheet->lines;
  const float *prose = nc_column(sheet, NC_S_PROSE), *surety = nc_column(sheet, NC_F_SURETY);
  const float *lean = nc_column(sheet, NC_F_LEAN), *known = nc_column(sheet, NC_F_KNOWN);
  const float *caseless = nc_column(sheet, NC_S_CASELESS), *unspaced = nc_column(sheet, NC_S_UNSPACED);
  const float *sentence = nc_column(sheet, NC_S_ENDS_SENTENCE);
  double characters = 0, in_prose = 0, proses = 0, sureties = 0, leaning = 0, is_caseless = 0, is_unspaced = 0;
  double gaps = 0, sentences = 0, is_known = 0;
  for (int32_t line = 0; line < lines; line++) {
    const double size = table->lines[line].end - table->lines[line].start;
    characters += size;
    in_prose += size * (double)prose[line];
    proses += (double)prose[line];
    sureties += (double)surety[line];
    leaning += (double)lean[line] * size;
    is_caseless += size * (double)caseless[line];
    is_unspaced += size * (double)unspaced[line];
    gaps += table->lines[line].gap >= 2;
    sentences += (double)sentence[line];
    is_known += (double)known[line] * size;
  }
  if (characters < 1) characters = 1;
  const double count = lines;
  const double figures[] = {log1p(count), log1p(characters), characters / count, in_prose / characters, proses / count,
                            sureties / count, leaning / characters, is_caseless / characters, is_unspaced / characters,
                            gaps / count, sentences / count, is_known / characters};
  for (int at = 0; at <= NC_F_DOC_KNOWN - NC_F_DOC_LINES; at++) fill(sheet, NC_F_DOC_LINES + at, (float)figures[at]);
}
