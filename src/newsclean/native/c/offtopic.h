/* What the files of off-topic blocks share: the columns of units, a section of a document. */
#ifndef NC_OFFTOPIC_H
#define NC_OFFTOPIC_H

#include "nc.h"

/* ---- columns -------------------------------------------------------------------------------------------------- */

/* The columns of units in the order in which signals.unit_columns makes them. */
enum {
  NC_LEANS = 9, /* signals.LEANS */
  NC_OUTCOMES = NC_LEANS - 1,
  NC_COMPARED = 23,
  NC_NEIGHBOURS = 18,
  NC_OFFSETS = 4
};
enum {
  NC_U_SIZE, NC_U_WORDS, NC_U_WORD_LENGTH, NC_U_INITIALS, NC_U_CAPITALS, NC_U_NUMBERS, NC_U_SHORT_WORDS, NC_U_ENDERS,
  NC_U_ENDS_SENTENCE, NC_U_ENDS_OPEN, NC_U_ENDS_COLON, NC_U_ENDS_LETTER, NC_U_BEGINS_LOWER, NC_U_BEGINS_DIGIT,
  NC_U_BEGINS_QUOTE, NC_U_BEGINS_BRACKET, NC_U_BEGINS_MARK, NC_U_YEAR, NC_U_SHARE_DIGIT, NC_U_SHARE_COMMA,
  NC_U_SHARE_QUOTE, NC_U_SHARE_BRACKET, NC_U_SHARE_SYMBOL, NC_U_SHARE_COLON, NC_U_MARKS,
  NC_U_QUESTION, NC_U_MONEY, NC_U_PERCENT, NC_U_GLUED,
  NC_U_PLACE, NC_U_PAR_START, NC_U_PAR_END, NC_U_PAR_UNITS, NC_U_DOC_UNITS,
  NC_U_LEAN, /* and the others */
  NC_U_HELD = NC_U_LEAN + NC_LEANS,
  NC_U_MEANT_ALL = NC_U_HELD + 16,
  NC_U_NEAREST = NC_U_MEANT_ALL + 7,
  NC_U_COMPARED, /* doc_, above_, near_ of each of NC_COMPARED */
  NC_U_STORED = NC_U_COMPARED + 3 * NC_COMPARED,
  NC_U_COLUMNS = NC_U_STORED + NC_OFFSETS * NC_NEIGHBOURS
};
/* What the words of a block say, from NC_U_HELD on, and its meaning, from NC_U_MEANT_ALL on: Fabric.columns. */
enum {
  NC_W_HELD, NC_W_SHARED_ALL, NC_W_SHARED_OFTEN, NC_W_SHARED_BEFORE, NC_W_SHARED_AFTER, NC_W_SHARED_NAMES, NC_W_CLOSES,
  NC_W_CLOSES_NEXT, NC_W_FOLLOWING_BEFORE, NC_W_FOLLOWING_OWN, NC_W_NAMES, NC_W_NEW_WORDS, NC_W_NEW_WEIGHT,
  NC_W_NEW_MEAN, NC_W_NEW_NAMES, NC_W_AGAIN, NC_WORD_FIGURES
};
enum {
  NC_M_ALL, NC_M_BEFORE, NC_M_AFTER, NC_M_CLOSES, NC_M_GAIN, NC_M_FIRST, NC_M_LAST, NC_MEANING_FIGURES
};
/* Columns of blocks in the order in which blocks.block_columns makes them: words, meaning, then those of blocks.c. */
enum { NC_B_COLUMNS = 131 };

/* ---- a section ------------------------------------------------------------------------------------------------ */

enum { NC_MEANT = NC_OFFTOPIC_MEANT, NC_BEFORE = 16, NC_NEAR = 3 };

/* A word that says something, in a unit that holds it: the units that hold it before and after, far away if none. */
typedef struct { int32_t word, before, after; } nc_holding;

/* cohesion.Held: `first[u]` to `first[u + 1]` are the holdings of unit u; by word: rarity, whether a name, in how
 * many units, and which of the section's words is the first with its stem. */
typedef struct {
  int32_t words, count;
  int32_t *first;
  nc_holding *holding;
  uint8_t *weight, *name;
  int32_t *units, *at;
} nc_held;

typedef struct {
  const nc_offtopic_model *model;
  const nc_judge *judge;
  int wording, meaning;   /* whether the judge asks for columns of leanings, of vectors */
  nc_table table;
  nc_words words;
  int32_t units;
  uint8_t *rarity;        /* of each word, 0 to 255 */
  int32_t *row;           /* of each word's vector, 0 for none */
  nc_held held;
  float *vectors;         /* units x NC_MEANT */
  double *sums;           /* (units + 1) x NC_MEANT: of the vectors before each unit */
  float *store;           /* the stored columns of units */
  size_t stride;
  float *odds;
  const float *block_columns; /* of the blocks that were weighed: block_columns[c * block_stride + block] */
  size_t block_stride;
} nc_section;

static inline float *nc_column(const nc_section *section, int column) {
  return section->store + (size_t)column * section->stride + NC_BEFORE;
}

/* reading.read_units: rarities, stems, who holds what; and the vectors of units */
void nc_read_section(nc_arena *, nc_section *);
void nc_unit_vectors(nc_arena *, nc_section *);
/* finder.leans_of, into the columns NC_U_LEAN and on; the marks too, NC_U_MONEY and NC_U_PERCENT */
void nc_leans(nc_arena *, nc_section *);
void nc_money(nc_section *);
/* Fabric.columns of single units and Fabric.nearest, into their columns */
void nc_unit_words(nc_arena *, nc_section *);
void nc_unit_meanings(nc_section *);
void nc_nearest(nc_arena *, nc_section *);
/* Fabric.columns of any blocks: figures[f * stride + block] */
void nc_block_words(nc_arena *, const nc_section *, const nc_span *blocks, int32_t n, float *figures, size_t stride);
void nc_block_meanings(const nc_section *, const nc_span *blocks, int32_t n, float *figures, size_t stride);
/* signals.unit_columns: all stored columns; and any column, by its number */
void nc_unit_columns(nc_arena *, nc_section *);
const float *nc_unit_column(const nc_section *, int column);
/* Section.weigh from the odds on; `spared` says which units must not go. Blocks and scores, by rising position. */
int32_t nc_weigh(nc_arena *, nc_section *, const uint8_t *spared, nc_span **blocks, double **scores);
/* blocks.best_apart: writes the numbers of the blocks; returns how many */
int32_t nc_best_apart(nc_arena *, const nc_span *blocks, const double *scores, int32_t n, double least, int32_t *chosen);
/* What is told of block number `block` of a section, in `results`; and such blocks as find_blocks orders them */
void nc_exhibit_of(nc_arena *, const nc_doc *, const nc_section *, int32_t block, const nc_found *, nc_arena *results,
                   nc_exhibit *made);
void nc_sort_exhibits(nc_exhibit *, int32_t count);

#endif
