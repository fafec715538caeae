/* Decisions for one document: mirrors newsclean/decision/decide.py and guards.py. */
#include <math.h>

#include "nc_state.h"

enum { LONG = 300 };
static const double LEFT = 0.25;

/* guards.guard */
static void guard(nc_state *state) {
  if (state->n_gone == 0) return;
  int64_t left = 0, open = 0;
  for (int32_t at = 0; at < state->n_lines; at++) {
    int32_t size = nc_size_of(&state->lines[at]);
    int how = state->fate[at].how;
    if (state->gone[at] && state->shapes[at].size > LONG && how != NC_HOW_CERTAIN && how != NC_HOW_ENDED) {
      state->gone[at] = 0;
      state->n_gone--;
    }
    if (!state->gone[at]) left += size;
    if (!state->gone[at] || how != NC_HOW_CERTAIN) open += size;
  }
  if ((double)left >= LEFT * (double)open) return;
  for (int32_t at = 0; at < state->n_lines; at++) {
    if (!state->gone[at] || state->fate[at].how == NC_HOW_CERTAIN) continue;
    state->gone[at] = 0;
    state->n_gone--;
  }
}

nc_state *nc_decide_by_rules(nc_arena *arena, const nc_doc *doc, const nc_shape *shapes, const nc_finding *findings,
                             int32_t n_findings, const nc_head *heads, int32_t profile, uint32_t categories) {
  nc_state *state = nc_state_of(arena, doc, shapes, findings, n_findings, heads, profile, categories);
  if (state->n_whole == 0) return state; /* then nothing goes */
  nc_decide_lines(state);
  guard(state);
  return state;
}

static nc_removal *add_line(const nc_state *state, int32_t line, nc_removal *to) {
  const nc_fate *fate = &state->fate[line];
  int found = state->strength[line] != 0;
  *to = (nc_removal){state->lines[line].start, state->lines[line].end, line, fate->category, fate->how, fate->reason,
                     fate->argument, found ? state->found[line] : 0, found ? nc_findings_of(state, line) : 0,
                     fate->score};
  return to + 1;
}

/* Sentences that are yet to come among the removals. */
typedef struct { const nc_removal *next, *end; } coming;

/* Those of them that start before `limit`. */
static nc_removal *add_sentences(coming *sentences, int32_t limit, nc_removal *to) {
  while (sentences->next < sentences->end && sentences->next->start < limit) *to++ = *sentences->next++;
  return to;
}

/* The pieces of a line that may go, with the sentences between them. */
static nc_removal *add_pieces(const nc_state *state, int32_t line, coming *sentences, nc_removal *to) {
  int32_t first = state->found[line], count = nc_findings_of(state, line);
  for (int32_t at = first; at < first + count; at++) {
    const nc_finding *piece = &state->findings[at];
    int32_t category = state->heads[piece->head].category;
    if (!(state->categories >> category & 1)) continue;
    to = add_sentences(sentences, piece->start, to);
    *to++ = (nc_removal){piece->start, piece->end, line, category, NC_HOW_CERTAIN, NC_WHY_NONE, 0, at, 1, NAN};
  }
  return to;
}

/* What is left of decide.decide once all is decided on: lines, pieces and sentences in the order of their starts. */
int32_t nc_removals(const nc_state *state, const nc_removal *sentences, int32_t n_sentences, nc_removal **removals) {
  int64_t most = (int64_t)n_sentences;
  if (state->n_gone || state->n_pieces) most += (int64_t)state->n_gone + state->n_findings;
  nc_removal *first = NC_TAKE(state->arena, nc_removal, most), *to = first;
  coming left = {sentences, sentences + n_sentences};
  if (state->n_gone || state->n_pieces) {
    for (int32_t line = 0; line < state->n_lines; line++) {
      if (!state->gone[line] && !(state->marks[line] & NC_PIECES)) continue;
      to = add_sentences(&left, state->lines[line].start, to);
      to = state->gone[line] ? add_line(state, line, to) : add_pieces(state, line, &left, to);
    }
  }
  while (left.next < left.end) *to++ = *left.next++;
  *removals = first;
  return (int32_t)(to - first);
}

int32_t nc_spared(const nc_state *state, const nc_kept **kept) {
  *kept = state->spared;
  return state->n_spared;
}
