/* What the scorer adds to the rules' decisions, and what of them it takes back.
 * Mirrors newsclean/decision/scored.py. */
#include <string.h>

#include "nc_state.h"

enum { SUBHEADING_WORDS = 6, LABEL_WORDS = 3, SENTENCE_SIZE = 40 };
static const double COVERED = 0.8, LEFT = 0.1, INSIDE = 0.2, PROSE = 0.5, SENTENCE = 0.3, NEVER = 2.0;

/* scored._is_sentence */
static int is_sentence(const nc_state *state, int32_t line) {
  const nc_shape *shape = &state->shapes[line];
  return shape->size >= SENTENCE_SIZE && (shape->ends_sentence || state->marks[line] & NC_PIECES);
}

/* scored._above_prose */
static int above_prose(nc_state *state, int32_t line) {
  int32_t below = line + 1;
  if (below >= state->n_lines || state->gone[below]) return 0;
  if (!state->shapes[below].prose && !is_sentence(state, below)) return 0;
  if (!state->counted) { /* rules found no line: this is counted now, as when nothing was gone yet */
    uint8_t *gone = state->gone;
    state->gone = NULL;
    nc_recount(state);
    state->gone = gone;
  }
  return !nc_in_head(state, line);
}

/* Whether the pieces found in a line leave a good part of it, which is looked at by itself in the next pass. */
static int leave_a_part(const nc_state *state, int32_t line) {
  int64_t size = 0;
  int32_t first = state->found[line], count = nc_findings_of(state, line), pieces = 0;
  for (int32_t at = first; at < first + count; at++) {
    const nc_finding *piece = &state->findings[at];
    if (!(state->categories >> state->heads[piece->head].category & 1)) continue;
    size += piece->end - piece->start;
    pieces++;
  }
  return pieces && (double)size < COVERED * (double)nc_size_of(&state->lines[line]);
}

/* scored._least */
static double least_of(nc_state *state, int32_t line, double limit) {
  double doubt = 1 - limit;
  const nc_shape *shape = &state->shapes[line];
  if (state->marks[line] & NC_PIECES && leave_a_part(state, line)) return NEVER;
  if (shape->prose) {
    doubt *= PROSE;
  } else if (shape->words <= SUBHEADING_WORDS && above_prose(state, line)) {
    if (shape->words <= LABEL_WORDS) return NEVER;
    doubt *= INSIDE;
  }
  return 1 - doubt;
}

/* The first line that a score may say anything about: one that goes, or one whose score is over the lowest limit. */
static int32_t first_of_note(const nc_state *state, const float *probability, double lowest) {
  int32_t line = 0;
  if (state->n_gone == 0)
    while (line < state->n_lines && probability[line] < lowest) line++;
  return line;
}

static void take_back(nc_state *state, int32_t line) {
  state->gone[line] = 0;
  state->n_gone--;
}

/* A line that rules took. */
static void judge_gone(nc_state *state, int32_t line, float probability, const nc_limits *limits, nc_category ask,
                       void *self) {
  nc_fate *fate = &state->fate[line];
  int well_founded = fate->how == NC_HOW_CERTAIN || fate->how == NC_HOW_ENDED;
  if (probability < (well_founded ? limits->certain : limits->weak)) {
    take_back(state, line);
    return;
  }
  int guessed = fate->how == NC_HOW_CARRIED || fate->how == NC_HOW_ENDED || fate->how == NC_HOW_HINT;
  int category = fate->category;
  if (guessed && category != NC_CAT_CAPTION && category != NC_CAT_BYLINE && !state->strength[line])
    category = ask(self, line, 0);
  if (!(state->categories >> category & 1)) {
    take_back(state, line);
    return;
  }
  fate->category = (uint8_t)category;
  fate->score = probability;
}

/* A line that no rule took. */
static void judge_left(nc_state *state, int32_t line, float probability, double limit, nc_category ask, void *self) {
  if (state->marks[line] & NC_SPARED || !(probability >= least_of(state, line, limit))) return;
  int category = state->strength[line] > NC_RANK_HINT + 1 ? nc_head_of(state, line)->category : ask(self, line, 0);
  if (!(state->categories >> category & 1)) return;
  nc_remove(state, line, category, NC_HOW_SCORED, NC_WHY_SCORED, 0);
  state->fate[line].score = probability;
}

/* scored._too_much */
static int too_much(const nc_state *state) {
  int64_t left = 0, total = 0;
  for (int32_t at = 0; at < state->n_lines; at++) {
    if (!state->shapes[at].prose) continue;
    total += state->shapes[at].size;
    if (!state->gone[at]) left += state->shapes[at].size;
  }
  return (double)left < LEFT * (double)total;
}

/* scored.apply_scores */
void nc_apply_scores(nc_state *state, const float *probability, const nc_limits *limits, nc_category ask, void *self) {
  double doubt = 1 - limits->line, lowest = 1 - doubt; /* what holds for lines in any place is no less */
  int32_t first = first_of_note(state, probability, lowest), lines = state->n_lines;
  if (first >= lines) return;
  nc_need_lines(state);
  nc_need_shapes(state);
  uint8_t *gone = NC_TAKE(state->arena, uint8_t, lines);
  nc_fate *fate = NC_TAKE(state->arena, nc_fate, lines);
  int32_t n_gone = state->n_gone;
  memcpy(gone, state->gone, (size_t)lines);
  memcpy(fate, state->fate, sizeof(nc_fate) * (size_t)lines);
  for (int32_t line = first; line < lines; line++) {
    if (state->gone[line])
      judge_gone(state, line, probability[line], limits, ask, self);
    else if (probability[line] >= lowest)
      judge_left(state, line, probability[line], limits->line, ask, self);
  }
  if (!state->n_gone || !too_much(state)) return;
  state->gone = gone;
  state->fate = fate;
  state->n_gone = n_gone;
}

/* scored.scored_sentences */
int32_t nc_scored_sentences(nc_state *state, const nc_line *lines, int32_t n_lines, const nc_signs *signs,
                            const float *probability, const nc_limits *limits, nc_category ask, void *self,
                            nc_removal **sentences) {
  double least = 1 - (1 - limits->line) * SENTENCE;
  int32_t parent = 0, count = 0;
  int64_t gone = 0, total = 0;
  *sentences = NULL;
  for (int32_t at = 0; at < n_lines; at++) {
    if (!(probability[at] >= least)) continue;
    while (state->lines[parent].end < lines[at].end) parent++;
    if (nc_size_of(&lines[at]) == nc_size_of(&state->lines[parent]) || signs->covered[at] > 0) continue;
    if (state->gone != NULL && (state->gone[parent] || state->marks[parent] & NC_SPARED)) continue;
    int category = ask(self, at, 1);
    if (!(state->categories >> category & 1)) continue;
    if (*sentences == NULL) *sentences = NC_TAKE(state->arena, nc_removal, n_lines - at);
    (*sentences)[count++] = (nc_removal){lines[at].start, lines[at].end, at, category, NC_HOW_SCORED, NC_WHY_SENTENCE,
                                         0, 0, 0, probability[at]};
    gone += nc_size_of(&lines[at]);
  }
  for (int32_t line = 0; line < state->n_lines && count; line++)
    if (state->gone == NULL || !state->gone[line]) total += nc_size_of(&state->lines[line]);
  return (double)gone <= (1 - LEFT) * (double)total ? count : 0;
}
