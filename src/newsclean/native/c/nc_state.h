/* The lines of a document while it is being decided on (decision.state.State): for the files of decisions only. */
#ifndef NC_STATE_H
#define NC_STATE_H

#include "nc_decide.h"

/* Bits of nc_state.marks */
enum { NC_SPARED = 1, NC_PIECES = 2, NC_BAR = 4 };

/* Why and as what a line goes: Removal without its place. */
typedef struct {
  uint8_t category, how, reason;
  int32_t argument;
  float score;
} nc_fate;

struct nc_state {
  nc_arena *arena;
  const nc_doc *doc;
  const nc_line *lines;
  const nc_shape *shapes;      /* NULL until somebody asks */
  const nc_finding *findings;
  const nc_head *heads;
  int32_t n_lines, n_findings, profile;
  uint32_t categories;
  /* By line; NULL as long as nothing is found and nothing goes. */
  uint8_t *strength;           /* of the line as a whole: 0, or its rank + 1. Not 0 is "in State.whole" */
  uint8_t *marks;
  uint8_t *gone;               /* "in State.removed" */
  int32_t *found;              /* its first finding; of lines with a strength or a mark */
  nc_fate *fate;               /* of lines that are gone */
  int32_t *skips;              /* State._skips, 0 for none */
  int32_t *whole, n_whole;     /* lines with a strength, rising: sorted(State.whole) */
  nc_kept *spared;             /* State.spared, in its order */
  int32_t n_spared, n_pieces;  /* lines with pieces */
  int32_t n_gone, first_gone, last_gone;
  uint32_t gone_as;            /* bits of categories that lines went as */
  int holds_code, is_article;
  int counted;                 /* whether first_prose and last_prose were ever looked for */
  int32_t first_prose, last_prose;
  int junk_in_head, junk_in_tail;
};

/* state.c */
nc_state *nc_state_of(nc_arena *, const nc_doc *, const nc_shape *, const nc_finding *, int32_t n_findings,
                      const nc_head *, int32_t profile, uint32_t categories);
void nc_need_shapes(nc_state *);
void nc_need_lines(nc_state *);
void nc_recount(nc_state *);
int32_t nc_next_words(nc_state *, int32_t at);
void nc_remove(nc_state *, int32_t line, int32_t category, int how, int reason, int32_t argument);
int32_t nc_findings_of(const nc_state *, int32_t line);
/* context.c, endings.c, head.c, runs.c */
void nc_decide_lines(nc_state *);
void nc_end_of_article(nc_state *);
int32_t nc_carried_category(const nc_state *, int32_t line, int32_t area);
void nc_captions(nc_state *);
void nc_names(nc_state *);
int nc_above_headline(const nc_state *);
typedef struct { int32_t rules[3], n_rules; int beside_junk; } nc_run;
nc_run *nc_likely_runs(nc_state *, int32_t **run_of);
void nc_bars(nc_state *);

static inline const nc_finding *nc_best(const nc_state *state, int32_t line) {
  return &state->findings[state->found[line]];
}
static inline const nc_head *nc_head_of(const nc_state *state, int32_t line) {
  return &state->heads[nc_best(state, line)->head];
}
static inline int nc_is_gone(const nc_state *state, int32_t line) {
  return line >= 0 && line < state->n_lines && state->gone[line];
}
static inline int nc_gone_as(const nc_state *state, int32_t line, int category) {
  return nc_is_gone(state, line) && state->fate[line].category == category;
}
static inline int nc_in_tail(const nc_state *state, int32_t line) {
  return state->last_prose >= 0 && state->last_prose < line;
}
static inline int nc_in_head(const nc_state *state, int32_t line) {
  return line < state->first_prose && state->first_prose < state->n_lines;
}
static inline int32_t nc_size_of(const nc_line *line) { return line->end - line->start; }

#endif
