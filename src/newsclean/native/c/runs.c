/* Runs of lines that rules found: each is gone through once, not once for each of its lines.
 * Mirrors newsclean/decision/runs.py. */
#include "nc_state.h"

enum { LONG_RUN = 4, LIKELY_IN_RUN = 2, BUTTON_WORDS = 5 };

/* Run.rules.add: three different rules are as many as anyone asks for. */
static void add_rule(nc_run *run, int32_t id) {
  for (int32_t n = 0; n < run->n_rules; n++)
    if (run->rules[n] == id) return;
  if (run->n_rules < 3) run->rules[run->n_rules++] = id;
}

/* runs.likely_runs: the runs, and for each likely line that is not removed the number of its own. NULL without any. */
nc_run *nc_likely_runs(nc_state *state, int32_t **run_of) {
  int32_t likely = 0;
  for (int32_t n = 0; n < state->n_whole; n++)
    likely += state->strength[state->whole[n]] == NC_RANK_LIKELY + 1 && !state->gone[state->whole[n]];
  if (likely == 0) return NULL;
  nc_run *runs = NC_TAKE(state->arena, nc_run, likely);
  *run_of = NC_TAKE(state->arena, int32_t, state->n_lines);
  int32_t count = 0, running = 0, beside = 0; /* beside: a removed line is the last that was met, symbols apart */
  for (int32_t at = 0; at < state->n_lines; at++) {
    if (state->gone[at]) {
      if (running) runs[count - 1].beside_junk = 1;
      running = 0;
      beside = 1;
    } else if (state->strength[at] == NC_RANK_LIKELY + 1) {
      if (!running) runs[count++] = (nc_run){.beside_junk = beside};
      running = 1;
      add_rule(&runs[count - 1], nc_head_of(state, at)->id);
      (*run_of)[at] = count - 1;
    } else if (!state->shapes[at].symbols_only) {
      running = beside = 0;
    }
  }
  return runs;
}

/* runs._is_button */
static int is_button(const nc_shape *shape) {
  return shape->words <= BUTTON_WORDS && !shape->ends_sentence && !shape->table;
}

/* runs.bars: marks the lines of bars of buttons. They are the same however much is removed. */
void nc_bars(nc_state *state) {
  for (int32_t first = 0, last; first < state->n_whole; first = last) {
    int32_t likely = 0, buttons = 0;
    for (last = first; last < state->n_whole && state->whole[last] - state->whole[first] == last - first; last++) {
      int32_t line = state->whole[last];
      likely += state->strength[line] == NC_RANK_LIKELY + 1 && nc_head_of(state, line)->category != NC_CAT_BYLINE;
      buttons += is_button(&state->shapes[line]);
    }
    if (last - first < LONG_RUN || likely < LIKELY_IN_RUN || buttons < last - first) continue;
    for (int32_t n = first; n < last; n++) state->marks[state->whole[n]] |= NC_BAR;
  }
}
