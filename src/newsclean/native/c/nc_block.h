/* A look at each text of a block: mirrors newsclean.looking.look. */
#ifndef NC_BLOCK_H
#define NC_BLOCK_H

#include "nc_decide.h"
#include "nc_rules.h"
#include "nc_score.h"

/* The rules of one mix of languages: the index, and the heads of its packs one after the other. */
typedef struct {
  const nc_index *index;
  const nc_head *heads;
  const int32_t *first_head;     /* of each pack */
} nc_rules;

/* What is asked about a text: code points [start, start + size) of the block; its rules and judge by number. */
typedef struct {
  int64_t start;
  int32_t size, rules, judge, unused;
  nc_limits limits;
} nc_asked;

/* What a look goes by: looking.Settings, the models, and what Python is asked in between. */
typedef struct {
  int32_t profile, off_topic;    /* off_topic: whether such blocks may go */
  uint32_t categories;
  const nc_rules *rules;
  const nc_scoring *scoring;     /* NULL: nothing is scored */
  const nc_offtopic_model *model;
  const nc_judge *const *judges;
  const double *least;           /* of each judge: probability from which a block goes */
  nc_expression expression;      /* called with the number of the text's rules */
} nc_settings;

/* Nothing goes; something does; Python is to look at it; Python is to choose among blocks that are off topic. */
enum { NC_SAME, NC_CHANGED, NC_FAILED, NC_INTRUDED };

/* What came of a text. Rows of removals (NC_ROW numbers each) and of findings (NC_FOUND each), spans in the text:
 *   removal: start, end, category (-1 for white space), how, reason, argument, number of findings, score (its bits)
 *   finding: start, end, pack, head, strength
 * The findings of the removals come one after the other, those of kept categories behind them, with `kept` of them.
 * `moved` are the contributions of the scorer's columns for each removal that needs a reason, in order. */
enum { NC_ROW = 8, NC_FOUND = 5 };
typedef struct {
  int32_t status, removals, findings, kept, reasons, unused;
  const int32_t *rows, *found;
  const float *moved;
  int32_t n_exhibits, characters; /* blocks that are off topic; characters of all lines */
  const nc_exhibit *exhibits;
} nc_answer;

typedef struct nc_context nc_context;
NC_API nc_context *nc_context_new(void);
NC_API void nc_context_free(nc_context *);
/* Looks at `count` texts; what the answers point to holds until the next call with this context. -1: no memory. */
NC_API int32_t nc_look(nc_context *, const uint32_t *codes, const nc_asked *, int32_t count, const nc_settings *,
                       int32_t told, nc_answer *answers);

/* Seconds that a context spent so far, by phase. */
enum {
  NC_PHASE_LINES, NC_PHASE_RULES, NC_PHASE_DECISIONS, NC_PHASE_SCORES, NC_PHASE_SENTENCES, NC_PHASE_OFF_TOPIC,
  NC_PHASE_ANSWERS, NC_PHASES
};
NC_API void nc_times(const nc_context *, double *seconds /* NC_PHASES */);

#endif
