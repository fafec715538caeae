/* What kinds and reasons of found blocks are told from: mirrors finder.Found and Fabric.new_stems. */
#include <stdlib.h>
#include <string.h>

#include "offtopic.h"

enum { TOLD = 4, STEM = 6, NAME = 256 /* weighs more than any rarity */ };

/* A word that stands in no other unit: its place in the section's words; heavier ones, then lower stems go first. */
typedef struct { int32_t weight, at; uint64_t stem; } newcomer;

static int before(const newcomer *one, const newcomer *other) {
  return one->weight != other->weight ? one->weight > other->weight : one->stem < other->stem;
}

/* Fabric.new_stems of the units [start, end): the first of them, in order; returns how many. */
static int32_t newcomers(nc_arena *arena, const nc_section *section, int32_t start, int32_t end, newcomer *best) {
  const nc_held *held = &section->held;
  const nc_words *words = &section->words;
  const nc_mark mark = nc_marked(arena);
  int32_t *inside = NC_TAKE_ZEROED(arena, int32_t, held->words), count = 0;
  for (int32_t k = held->first[start]; k < held->first[end]; k++) {
    const int32_t word = held->holding[k].word, at = held->at[word];
    /* all units that hold it are in the block, the last of them now: its first place is there too */
    if (++inside[word] < held->units[word]) continue;
    const int32_t letters = words->length[at] < STEM ? words->length[at] : STEM;
    const newcomer made = {held->weight[word] + (held->name[word] ? NAME : 0), at,
                           nc_run_hash(&section->table, words->start[at], letters)};
    int32_t place = count;
    while (place > 0 && before(&made, best + place - 1)) place--;
    if (place == TOLD) continue;
    if (count < TOLD) count++;
    memmove(best + place + 1, best + place, sizeof(newcomer) * (size_t)(count - 1 - place));
    best[place] = made;
  }
  nc_back(arena, mark);
  return count;
}

/* Found.new_words */
static void tell_words(nc_arena *arena, const nc_section *section, int32_t start, int32_t end, nc_arena *results,
                       nc_exhibit *made) {
  const nc_words *words = &section->words;
  newcomer best[TOLD];
  const int32_t count = newcomers(arena, section, start, end, best);
  int32_t *sizes = NC_TAKE(results, int32_t, count);
  size_t all = 0;
  for (int32_t k = 0; k < count; k++) all += (size_t)(sizes[k] = words->length[best[k].at]);
  uint32_t *letters = NC_TAKE(results, uint32_t, all);
  made->words = letters;
  made->word_sizes = sizes;
  made->n_words = count;
  for (int32_t k = 0; k < count; letters += sizes[k++])
    memcpy(letters, section->table.tidy + words->start[best[k].at], sizeof(uint32_t) * (size_t)sizes[k]);
}

/* Found.unit_rows, row, asks */
static void tell_rows(const nc_section *section, int32_t block, int32_t start, int32_t end, nc_arena *results,
                      nc_exhibit *made) {
  const nc_judge *judge = section->judge;
  const int32_t columns = judge->unit_columns, units = end - start;
  float *rows = NC_TAKE(results, float, (size_t)units * (size_t)columns), *row = NC_TAKE(results, float, judge->block_columns);
  for (int32_t k = 0; k < columns; k++) {
    const float *values = nc_unit_column(section, judge->unit_column[k]) + start;
    for (int32_t unit = 0; unit < units; unit++) rows[(size_t)unit * (size_t)columns + (size_t)k] = values[unit];
  }
  for (int32_t k = 0; k < judge->block_columns; k++)
    row[k] = section->block_columns[(size_t)judge->block_column[k] * section->block_stride + (size_t)block];
  made->unit_rows = rows;
  made->row = row;
  const float *question = nc_column(section, NC_U_QUESTION);
  for (int32_t unit = start; unit < end; unit++) made->asks |= question[unit] != 0;
}

void nc_exhibit_of(nc_arena *arena, const nc_doc *doc, const nc_section *section, int32_t block, const nc_found *found,
                   nc_arena *results, nc_exhibit *made) {
  *made = (nc_exhibit){.start = found->start, .end = found->end, .first = nc_original_start(doc, found->start),
                       .last = nc_original_end(doc, found->end), .units = found->last - found->first,
                       .score = found->score};
  tell_rows(section, block, found->first, found->last, results, made);
  tell_words(arena, section, found->first, found->last, results, made);
}

static int by_likelihood(const void *one, const void *two) {
  const nc_exhibit *a = one, *b = two;
  if (a->score != b->score) return a->score > b->score ? -1 : 1;
  return a->start < b->start ? -1 : a->start > b->start; /* they are apart */
}

void nc_sort_exhibits(nc_exhibit *exhibits, int32_t count) {
  if (count > 1) qsort(exhibits, (size_t)count, sizeof(nc_exhibit), by_likelihood);
}
