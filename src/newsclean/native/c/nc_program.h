/* Machines made of expressions: classes of characters (rules_classes.c), states (rules_program.c), runs (rules_running.c). */
#ifndef NC_PROGRAM_H
#define NC_PROGRAM_H

#include "nc_expression.h"

/* States are known by where their row begins: not made yet; nothing matches; something has matched; rows of states. */
enum { NC_UNMADE, NC_DEAD, NC_FOUND, NC_FIRST_STATE };

typedef _Atomic(uint16_t) nc_entry;

/* Rows of entries, by state: where each class leads, and at the end whether a match ends with the text. Grows by a
 * copy; the old one stays for those who read it, and has no number of a state that it has no row for. */
typedef struct nc_rows {
  struct nc_rows *before;
  int32_t room;
  nc_entry rows[];
} nc_rows;

/* Sets of steps while they are made. */
typedef struct {
  int32_t *list, count, *stack;
  uint32_t *marks, mark;
} nc_step_set;

/* A state's steps, in nc_program.held; states are numbered from 1 on. */
typedef struct {
  int32_t first, count, chained;
  uint32_t hash;
  uint8_t after_word;            /* behind a character of a word */
} nc_state;

struct nc_program {
  uint8_t ascii[128];            /* classes of ASCII are numbered first */
  _Atomic(nc_rows *) table;
  int32_t n_classes, row;
  uint16_t start;
  uint8_t inside, at_words;      /* looked for inside a text; whether \b is asked for */
  int32_t n_bounds;
  uint32_t *bounds;              /* where classes change … */
  uint16_t *bound_classes;       /* … and to what */
  nc_parsed parsed;
  int32_t set_words;
  uint64_t *set_bits;            /* by set: its classes */
  uint8_t *word_classes;
  nc_state *states;                 /* from here on only under the lock */
  int32_t n_states, states_room, *held, n_held, held_room, most_states;
  int32_t slots[256];
  nc_step_set one, two;
};

/* The stretch between bounds that a character is in. */
static inline int32_t nc_bound_of(const nc_program *of, uint32_t c) {
  int32_t low = 0, high = of->n_bounds; /* bounds[low] <= c < bounds[high] */
  while (high - low > 1) {
    int32_t middle = (low + high) / 2;
    if (of->bounds[middle] <= c) low = middle;
    else high = middle;
  }
  return low;
}

static inline int32_t nc_class_of(const nc_program *of, uint32_t c) {
  return c < 128 ? of->ascii[c] : of->bound_classes[nc_bound_of(of, c)];
}

int nc_find_classes(nc_program *);
/* The program of an expression, read as nc_parse says; NULL without memory. */
nc_program *nc_program_new(const nc_pattern *, int32_t most_states, int how);
void nc_program_free(nc_program *);
/* What is reached from the start without a character, whatever is asserted, into `one`. */
void nc_reach_all(nc_program *);
/* The state behind a character of a class, under the lock; NC_UNMADE if there are too many. */
uint16_t nc_next_state(nc_program *, uint16_t from, int32_t class);

#endif
