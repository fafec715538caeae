/* All signals of the units of a section as columns: mirrors offtopic/signals.py. */
#include <math.h>
#include <string.h>

#include "offtopic.h"
#include "processor.h"

enum { ASKING = 3, REACH = 2, AT_ONCE = 4 };

static const uint8_t SHAPES[] = {
    NC_S_SIZE, NC_S_WORDS, NC_S_WORD_LENGTH, NC_S_INITIALS, NC_S_CAPITALS, NC_S_NUMBERS, NC_S_SHORT_WORDS, NC_S_ENDERS,
    NC_S_ENDS_SENTENCE, NC_S_ENDS_OPEN, NC_S_ENDS_COLON, NC_S_ENDS_LETTER, NC_S_BEGINS_LOWER, NC_S_BEGINS_DIGIT,
    NC_S_BEGINS_QUOTE, NC_S_BEGINS_BRACKET, NC_S_BEGINS_MARK, NC_S_YEAR, NC_S_SHARE_DIGIT, NC_S_SHARE_COMMA,
    NC_S_SHARE_QUOTE, NC_S_SHARE_BRACKET, NC_S_SHARE_SYMBOL, NC_S_SHARE_COLON, NC_S_MARKS};
#define LEAN(k) (NC_U_LEAN + (k))
#define LEANS LEAN(0), LEAN(1), LEAN(2), LEAN(3), LEAN(4), LEAN(5), LEAN(6), LEAN(7), LEAN(8)
/* signals._COMPARED: leanings first, meanings last */
enum { FIRST_MEANT = NC_COMPARED - 4 };
static const uint8_t COMPARED[NC_COMPARED] = {
    LEANS, NC_U_QUESTION, NC_U_MONEY, NC_U_YEAR, NC_U_SHARE_DIGIT, NC_U_HELD + NC_W_SHARED_ALL,
    NC_U_HELD + NC_W_NEW_WEIGHT, NC_U_INITIALS, NC_U_HELD + NC_W_NEW_NAMES, NC_U_PAR_UNITS, NC_U_SHARE_QUOTE,
    NC_U_MEANT_ALL + NC_M_ALL, NC_U_MEANT_ALL + NC_M_BEFORE, NC_U_MEANT_ALL + NC_M_AFTER, NC_U_NEAREST};
/* signals._NEIGHBOURS and _OFFSETS */
static const uint8_t NEIGHBOURS[NC_NEIGHBOURS] = {
    LEANS, NC_U_QUESTION, NC_U_WORDS, NC_U_PAR_START, NC_U_HELD + NC_W_SHARED_ALL, NC_U_HELD + NC_W_SHARED_BEFORE,
    NC_U_HELD + NC_W_SHARED_AFTER, NC_U_HELD + NC_W_NEW_WEIGHT, NC_U_ENDS_SENTENCE, NC_U_MEANT_ALL + NC_M_ALL};
static const int OFFSETS[NC_OFFSETS] = {-2, -1, 1, 2};

const float *nc_unit_column(const nc_section *section, int column) {
  if (column < NC_U_STORED) return nc_column(section, column);
  column -= NC_U_STORED;
  return nc_column(section, NEIGHBOURS[column % NC_NEIGHBOURS]) + OFFSETS[column / NC_NEIGHBOURS];
}

static void pick_shapes(nc_arena *arena, nc_section *section) {
  nc_mark mark = nc_marked(arena);
  const size_t units = (size_t)section->units;
  float *shapes = NC_TAKE(arena, float, NC_SHAPE_COLUMNS *units);
  nc_shape_columns(arena, &section->table, &section->words, shapes);
  for (size_t at = 0; at < sizeof(SHAPES); at++)
    memcpy(nc_column(section, NC_U_SIZE + (int)at), shapes + SHAPES[at] * units, sizeof(float) * units);
  nc_back(arena, mark);
}

static int is_start(const nc_line *lines, int32_t unit) { return unit == 0 || lines[unit].gap > 0; }

static int asks(const nc_table *table, int32_t unit) {
  int32_t last = table->lines[unit].end - 1;
  uint32_t code = last >= 0 ? table->tidy[last] : 0;
  return code == '?' || code == 0xFF1F || code == 0x061F;
}

/* signals._marks but for money and per cent, _paragraphs */
static void places(nc_section *section) {
  const nc_line *lines = section->table.lines;
  const int32_t units = section->units;
  float *question = nc_column(section, NC_U_QUESTION), *glued = nc_column(section, NC_U_GLUED);
  float *place = nc_column(section, NC_U_PLACE), *starts = nc_column(section, NC_U_PAR_START);
  float *ends = nc_column(section, NC_U_PAR_END), *size = nc_column(section, NC_U_PAR_UNITS);
  float *doc_units = nc_column(section, NC_U_DOC_UNITS);
  const float all = nc_log1p(units);
  int32_t first = 0, alone = 0;
  for (int32_t unit = 0; unit < units; unit++) {
    const int begins = is_start(lines, unit), stops = unit + 1 == units || is_start(lines, unit + 1);
    const int asked = asks(&section->table, unit);
    alone += begins && stops && asked;
    question[unit] = (float)asked;
    glued[unit] = (float)(unit > 0 && lines[unit].start == lines[unit - 1].end);
    place[unit] = (float)((unit + 0.5) / units);
    starts[unit] = (float)begins;
    ends[unit] = (float)stops;
    doc_units[unit] = all;
    if (!stops) continue;
    for (int32_t at = first; at <= unit; at++) size[at] = (float)(unit + 1 - first);
    first = unit + 1;
  }
  if (alone >= ASKING) memset(question, 0, sizeof(float) * (size_t)units);
}

/* ---- units against the rest of their section ---- */

/* AT_ONCE columns: their sums before each unit, and the sums of all and of their squares, each added up in order. */
NC_INLINED void add_up(float *const *columns, int32_t units, double (*restrict before)[AT_ONCE], double *squares) {
  double total[AT_ONCE] = {0}, square[AT_ONCE] = {0};
  for (int32_t unit = 0; unit < units; unit++)
    for (int k = 0; k < AT_ONCE; k++) {
      double value = columns[k][unit];
      before[unit][k] = total[k];
      total[k] += value;
      square[k] += value * value;
    }
  memcpy(before[units], total, sizeof(total));
  memcpy(squares, square, sizeof(square));
}

/* signals._compared of one column: doc_, above_ and near_ */
NC_INLINED void compare(const float *restrict values, int32_t units, double (*before)[AT_ONCE], int k, double squares,
                        float *restrict doc, float *restrict above, float *restrict near) {
  const double total = before[units][k], count = units, others = units > 1 ? units - 1 : 1;
  const double mean_all = total / count, variance = squares / count - mean_all * mean_all;
  const double spread = sqrt(variance > 1e-4 ? variance : 1e-4);
  for (int32_t unit = 0; unit < units; unit++) {
    double value = values[unit], mean = (total - value) / others;
    doc[unit] = (float)mean;
    above[unit] = (float)((value - mean) / spread);
  }
  for (int32_t unit = 0; unit < units; unit++) {
    if (unit == REACH && units > 2 * REACH) { /* where nothing is missing on either side */
      for (; unit + REACH < units; unit++)
        near[unit] = (float)((before[unit + REACH + 1][k] - before[unit - REACH][k] - (double)values[unit]) / (2 * REACH));
    }
    const int32_t low = unit > REACH ? unit - REACH : 0, high = unit + REACH + 1 < units ? unit + REACH + 1 : units;
    const double around = high - low > 1 ? high - low - 1 : 1;
    near[unit] = (float)((before[high][k] - before[low][k] - (double)values[unit]) / around);
  }
}

NC_INLINED void compare_all(const nc_section *section, double (*before)[AT_ONCE]) {
  const int first = section->wording ? 0 : NC_LEANS, last = section->meaning ? NC_COMPARED : FIRST_MEANT;
  for (int from = first; from < last; from += AT_ONCE) {
    float *columns[AT_ONCE];
    double squares[AT_ONCE];
    for (int k = 0; k < AT_ONCE; k++) columns[k] = nc_column(section, COMPARED[from + k < last ? from + k : last - 1]);
    add_up(columns, section->units, before, squares);
    for (int k = 0; k < AT_ONCE && from + k < last; k++) {
      const int made = NC_U_COMPARED + 3 * (from + k);
      compare(columns[k], section->units, before, k, squares[k], nc_column(section, made), nc_column(section, made + 1),
              nc_column(section, made + 2));
    }
  }
}
NC_BEST(void, run_compare_all, (const nc_section *section, double (*before)[AT_ONCE]), (section, before), compare_all)

/* What stands for the neighbours that the first and the last units do not have. */
static void pad(nc_section *section) {
  for (int k = 0; k < NC_NEIGHBOURS; k++) {
    float *column = nc_column(section, NEIGHBOURS[k]);
    column[-2] = column[-1] = column[section->units] = column[section->units + 1] = -9.0f;
  }
}

void nc_unit_columns(nc_arena *arena, nc_section *section) {
  section->stride = ((size_t)section->units + 2 + NC_BEFORE + 15) & ~(size_t)15;
  section->store = NC_TAKE(arena, float, section->stride *NC_U_STORED);
  pick_shapes(arena, section);
  places(section);
  if (section->wording) nc_leans(arena, section);
  else nc_money(section);
  nc_unit_words(arena, section);
  if (section->meaning) {
    nc_unit_vectors(arena, section);
    nc_unit_meanings(section);
    nc_nearest(arena, section);
  }
  nc_mark mark = nc_marked(arena);
  double(*before)[AT_ONCE] = nc_take(arena, sizeof(*before) * ((size_t)section->units + 1));
  run_compare_all(section, before);
  nc_back(arena, mark);
  pad(section);
}
