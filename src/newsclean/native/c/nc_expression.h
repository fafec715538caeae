/* Expressions as the kernel reads them: parsed (rules_expression.c), and run (rules_program.c). */
#ifndef NC_EXPRESSION_H
#define NC_EXPRESSION_H

#include "nc_rules_parts.h"

enum { NC_AT_BEGIN = 1, NC_AT_END = 2, NC_AT_WORD = 4, NC_NOT_AT_WORD = 8 }; /* ^ $ \b \B */
enum { NC_ANY_SIZE = 0xFFFF };
enum { NC_DO_SET, NC_DO_SPLIT, NC_DO_ASSERT, NC_DO_MATCH };

/* Set: goes on at x if the character is of set y. Split: goes on at x and y. Assert: at x if y holds. */
typedef struct { int32_t what, x, y; } nc_step;

typedef struct { uint32_t first, last; } nc_range;
typedef struct { int32_t first, count; } nc_set;

/* What parsing gives. */
typedef struct {
  int readable;                  /* 0: holds what the kernel does not read; RE2 has to be asked */
  int exact;                     /* whole matches are what RE2 finds, not only all of them */
  int eased;                     /* bounds of repetitions were left out */
  int32_t least, most;           /* characters of a match; NC_ANY_SIZE and more are any number */
  nc_step *steps;
  int32_t n_steps, start;
  nc_range *ranges;              /* of the sets: sorted, apart from each other */
  nc_set *sets;
  int32_t n_ranges, n_sets;
} nc_parsed;

/* How it is read: for texts that are read from their end; without the bounds of long repetitions (then what matches is
 * found among more, by a machine of few states). */
enum { NC_BACKWARDS = 1, NC_EASED = 2 };
/* Reads an expression; -1 without memory. */
int nc_parse(const uint32_t *text, int32_t size, int how, nc_parsed *);
void nc_parsed_free(nc_parsed *);

/* Other letters that RE2 takes for those of [first, last] where case does not count: chars first, first + step, … to
 * last have `shift` more. */
typedef struct { uint32_t first, last; int32_t step, shift; } nc_case;
extern const nc_case nc_cases[];
extern const int32_t nc_n_cases;

#endif
