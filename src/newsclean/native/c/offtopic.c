/* Finding intrusions: mirrors offtopic/finder.py. Units are scored, runs of them weighed, the best taken. */
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "offtopic.h"

enum { SECTION = 300, FEWEST = 8 };
static const float SPARED = -99.0f;

/* ---- what must not go ---- */

/* Spans by their starts; `reach` is how far those up to each one go. */
typedef struct { nc_span *spans; int32_t *reach, count; } spared;

static int by_start(const void *one, const void *two) {
  const nc_span *a = one, *b = two;
  return a->start < b->start ? -1 : a->start > b->start;
}

static spared sorted(nc_arena *arena, const nc_span *spans, int32_t count) {
  spared made = {NC_TAKE(arena, nc_span, count), NC_TAKE(arena, int32_t, count), count};
  if (count > 0) memcpy(made.spans, spans, sizeof(nc_span) * (size_t)count);
  qsort(made.spans, (size_t)count, sizeof(nc_span), by_start);
  int32_t reach = INT32_MIN;
  for (int32_t at = 0; at < count; at++) made.reach[at] = reach = made.spans[at].end > reach ? made.spans[at].end : reach;
  return made;
}

/* Whether a span begins before `end` and ends behind `start`. */
static int touches(const spared *of, int32_t start, int32_t end) {
  int32_t low = 0, high = of->count;
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (of->spans[middle].start < end) low = middle + 1;
    else high = middle;
  }
  return low > 0 && of->reach[low - 1] > start;
}

/* ---- sections ---- */

/* finder._sections: where the section ends that begins with unit `start` */
static int32_t section_end(const nc_line *units, int32_t n_units, int32_t start) {
  const int32_t end = start + SECTION;
  if (end + SECTION / 2 >= n_units) return n_units; /* a short rest by itself would say too little */
  for (int32_t at = end - 1; at >= start + SECTION / 2; at--)
    if (units[at].gap) return at;
  return end;
}

/* Whether the judge asks for any of the columns in [first, last) … */
static int asked(const uint8_t *columns, int32_t count, int first, int last) {
  int found = 0;
  for (int32_t at = 0; at < count; at++) found |= columns[at] >= first && columns[at] < last;
  return found;
}

/* … or for those of leanings, of meanings. A block's come from those of its units. */
static void asked_for(nc_section *section) {
  const nc_judge *judge = section->judge;
  const int32_t units = judge->unit_columns, blocks = judge->block_columns;
  section->wording = asked(judge->unit_column, units, NC_U_LEAN, NC_U_LEAN + NC_LEANS);
  section->meaning = asked(judge->unit_column, units, NC_U_MEANT_ALL, NC_U_NEAREST + 1) ||
                     asked(judge->block_column, blocks, NC_WORD_FIGURES, NC_WORD_FIGURES + NC_MEANING_FIGURES);
}

/* Words of the lines of a document that are taken over for its units, where `first` of them says so. */
typedef struct {
  const nc_table *table;
  const nc_words *words;
  int32_t *first;
} known;

/* Whether the words of a document's lines are those of its units: all of them stand in one. They mostly are. */
static int same_words(const nc_words *words, const nc_line *units, int32_t n_units, int32_t *first) {
  int32_t word = 0;
  for (int32_t unit = 0; unit < n_units; unit++) {
    first[unit] = word;
    if (word < words->count && words->start[word] < units[unit].start) return 0;
    for (; word < words->count && words->start[word] < units[unit].end; word++)
      if (words->start[word] + words->length[word] > units[unit].end) return 0;
  }
  first[n_units] = word;
  return word == words->count;
}

/* Table and words of units [start, end), taken over: positions are those in the document. */
static void take_over(nc_arena *arena, const known *of, const nc_line *units, int32_t start, int32_t end,
                      nc_section *section) {
  const nc_words *words = of->words;
  const int32_t from = of->first[start];
  section->table = *of->table;
  section->table.lines = units + start;
  section->table.n_lines = end - start;
  section->words = (nc_words){of->first[end] - from, words->line + from, words->start + from, words->length + from,
                              words->hash + from, words->upper + from, words->capitals + from, words->number + from,
                              words->unspaced + from, NC_TAKE(arena, int32_t, end - start + 1)};
  for (int32_t unit = start; unit <= end; unit++) section->words.first[unit - start] = of->first[unit] - from;
}

/* The same made anew: positions are those in the section. */
static void make_words(nc_arena *arena, const nc_doc *doc, const nc_line *units, int32_t start, int32_t end,
                       nc_section *section) {
  const int32_t base = units[start].start, size = units[end - 1].end - base;
  nc_line *lines = NC_TAKE(arena, nc_line, end - start);
  for (int32_t unit = start; unit < end; unit++)
    lines[unit - start] = (nc_line){units[unit].start - base, units[unit].end - base, units[unit].gap, 0};
  nc_table_of(arena, doc->tidy + base, doc->folded + base, size, lines, end - start, &section->table);
  nc_words_of(arena, &section->table, &section->words);
}

/* finder.Section: the odds of units [start, end) of a document */
static void read_section(nc_arena *arena, const nc_doc *doc, const known *of, const nc_line *units, int32_t start,
                         int32_t end, nc_section *section) {
  section->units = end - start;
  if (of->first != NULL) take_over(arena, of, units, start, end, section);
  else make_words(arena, doc, units, start, end, section);
  nc_read_section(arena, section);
  nc_unit_columns(arena, section);
  const nc_judge *judge = section->judge;
  const float **columns = NC_TAKE(arena, const float *, judge->unit_columns);
  for (int32_t at = 0; at < judge->unit_columns; at++) columns[at] = nc_unit_column(section, judge->unit_column[at]);
  section->odds = NC_TAKE(arena, float, section->units);
  nc_grove_sums(arena, judge->units, columns, judge->unit_columns, section->units, section->odds);
}

/* Where exhibits go, if they are asked for: there is `room` for one of each unit once a block is found. */
typedef struct {
  nc_arena *results; /* NULL: they are not */
  const nc_doc *doc;
  nc_exhibit *exhibits;
  int32_t count, room;
} telling;

/* finder._of_section: returns how many were found */
static int32_t find_in(nc_arena *arena, const nc_line *units, nc_section *section, double least, const spared *kept,
                       nc_found *found, telling *told) {
  uint8_t *fixed = NC_TAKE_ZEROED(arena, uint8_t, section->units);
  for (int32_t unit = 0; unit < section->units; unit++)
    if (touches(kept, units[unit].start, units[unit].end)) {
      fixed[unit] = 1;
      section->odds[unit] = SPARED;
    }
  nc_span *blocks;
  double *scores;
  const int32_t weighed = nc_weigh(arena, section, fixed, &blocks, &scores);
  if (weighed == 0) return 0;
  int32_t *chosen = NC_TAKE(arena, int32_t, weighed);
  const int32_t count = nc_best_apart(arena, blocks, scores, weighed, least, chosen);
  for (int32_t at = 0; at < count; at++) {
    const nc_span *block = blocks + chosen[at];
    found[at] = (nc_found){0, units[block->start].start, units[block->end - 1].end, block->start, block->end,
                           scores[chosen[at]]};
  }
  if (told->results == NULL || count == 0) return count;
  if (told->exhibits == NULL) told->exhibits = NC_TAKE(told->results, nc_exhibit, told->room);
  for (int32_t at = 0; at < count; at++)
    nc_exhibit_of(arena, told->doc, section, chosen[at], found + at, told->results, told->exhibits + told->count++);
  return count;
}

static int by_likelihood(const void *one, const void *two) {
  const nc_found *a = one, *b = two;
  if (a->score != b->score) return a->score > b->score ? -1 : 1;
  if (a->section != b->section) return a->section < b->section ? -1 : 1;
  return a->first < b->first ? -1 : a->first > b->first; /* those of a section are apart */
}

int32_t nc_find_blocks_told(nc_arena *arena, const nc_doc *doc, const nc_table *table, const nc_words *words,
                            const nc_line *units, int32_t n_units, const nc_offtopic_model *model,
                            const nc_judge *judge, double least, const nc_span *spans, int32_t n_spared,
                            nc_found **found, nc_arena *results, nc_exhibit **exhibits) {
  nc_section section = {.model = model, .judge = judge};
  telling told = {results, doc, NULL, 0, n_units};
  asked_for(&section);
  *found = NC_TAKE(arena, nc_found, n_units);
  const nc_mark whole = nc_marked(arena);
  const spared kept = sorted(arena, spans, n_spared);
  known of = {table, words, NULL};
  if (table != NULL && words != NULL) {
    of.first = NC_TAKE(arena, int32_t, n_units + 1);
    if (!same_words(words, units, n_units, of.first)) of.first = NULL;
  }
  int32_t count = 0, number = 0;
  for (int32_t start = 0, end; n_units - start >= FEWEST; start = end, number++) {
    end = section_end(units, n_units, start);
    const nc_mark mark = nc_marked(arena);
    read_section(arena, doc, &of, units, start, end, &section);
    const int32_t here = find_in(arena, units + start, &section, least, &kept, *found + count, &told);
    for (int32_t at = count; at < count + here; at++) (*found)[at].section = number;
    count += here;
    nc_back(arena, mark);
  }
  nc_back(arena, whole);
  if (count > 1) qsort(*found, (size_t)count, sizeof(nc_found), by_likelihood);
  nc_sort_exhibits(told.exhibits, told.count);
  if (exhibits != NULL) *exhibits = told.exhibits;
  return count;
}

int32_t nc_find_blocks_with(nc_arena *arena, const nc_doc *doc, const nc_table *table, const nc_words *words,
                            const nc_line *units, int32_t n_units, const nc_offtopic_model *model,
                            const nc_judge *judge, double least, const nc_span *spans, int32_t n_spared,
                            nc_found **found) {
  return nc_find_blocks_told(arena, doc, table, words, units, n_units, model, judge, least, spans, n_spared, found, NULL,
                             NULL);
}

int32_t nc_find_blocks(nc_arena *arena, const nc_doc *doc, const nc_line *units, int32_t n_units,
                       const nc_offtopic_model *model, const nc_judge *judge, double least, const nc_span *spans,
                       int32_t n_spared, nc_found **found) {
  return nc_find_blocks_with(arena, doc, NULL, NULL, units, n_units, model, judge, least, spans, n_spared, found);
}

/* ---- for tests ---- */

/* A document and its units as Python has them; with lines, their words are taken over. */
typedef struct {
  const uint32_t *tidy, *folded;
  const nc_line *units, *lines;
  int32_t size, n_units, n_lines;
  const nc_offtopic_model *model;
  const nc_judge *judge;
} asked_of;

/* The columns that the judge asks for (columns[c * n_units + unit]) and the odds of units taken as one section. */
static void test_units(nc_arena *arena, const asked_of *test, float *columns, float *odds) {
  const nc_doc doc = {.tidy = (uint32_t *)test->tidy, .folded = (uint32_t *)test->folded, .size = test->size};
  nc_section section = {.model = test->model, .judge = test->judge};
  const known none = {NULL, NULL, NULL};
  const size_t units = (size_t)test->n_units;
  asked_for(&section);
  read_section(arena, &doc, &none, test->units, 0, test->n_units, &section);
  memcpy(odds, section.odds, sizeof(float) * units);
  for (int32_t at = 0; columns != NULL && at < test->judge->unit_columns; at++)
    memcpy(columns + (size_t)at * units, nc_unit_column(&section, test->judge->unit_column[at]), sizeof(float) * units);
}

static int32_t test_find(nc_arena *arena, const asked_of *test, double least, const nc_span *spans, int32_t n_spared,
                         nc_found *found, nc_arena *results, nc_exhibit **exhibits) {
  const nc_doc doc = {.tidy = (uint32_t *)test->tidy, .folded = (uint32_t *)test->folded, .size = test->size};
  nc_found *made;
  nc_table table;
  nc_words words;
  if (test->lines != NULL) {
    nc_table_of(arena, test->tidy, test->folded, test->size, test->lines, test->n_lines, &table);
    nc_words_of(arena, &table, &words);
  }
  const int32_t count = nc_find_blocks_told(arena, &doc, test->lines ? &table : NULL, test->lines ? &words : NULL,
                                            test->units, test->n_units, test->model, test->judge, least, spans,
                                            n_spared, &made, results, exhibits);
  memcpy(found, made, sizeof(nc_found) * (size_t)count);
  return count;
}

NC_API int32_t nc_test_units(nc_arena *arena, const asked_of *test, float *columns, float *odds) {
  if (setjmp(*nc_out_of_memory(arena))) return -1;
  nc_arena_reset(arena);
  test_units(arena, test, columns, odds);
  return 0;
}

/* `found` has room for as many as there are units. */
NC_API int32_t nc_test_find(nc_arena *arena, const asked_of *test, double least, const nc_span *spans, int32_t n_spared,
                            nc_found *found) {
  if (setjmp(*nc_out_of_memory(arena))) return -1;
  nc_arena_reset(arena);
  return test_find(arena, test, least, spans, n_spared, found, NULL, NULL);
}

/* The same with exhibits, whose first and last are of no use here: what was folded is not known. */
NC_API int32_t nc_test_exhibits(nc_arena *arena, const asked_of *test, double least, const nc_span *spans,
                                int32_t n_spared, nc_found *found, nc_arena *results, nc_exhibit **exhibits) {
  if (setjmp(*nc_out_of_memory(arena)) || setjmp(*nc_out_of_memory(results))) return -1;
  nc_arena_reset(arena);
  nc_arena_reset(results);
  return test_find(arena, test, least, spans, n_spared, found, results, exhibits);
}
