/* The lines of a document while it is being decided on: mirrors newsclean/decision/state.py. */
#include <math.h>

#include "nc_state.h"

enum { CODE_LINES = 3, ARTICLE_SIZE = 500, TELLING = 5 };
static const double ARTICLE_SHARE = 0.5;

void nc_need_shapes(nc_state *state) {
  if (state->shapes != NULL) return;
  nc_shape *made = NC_TAKE(state->arena, nc_shape, state->n_lines);
  nc_shapes(state->arena, state->doc, made);
  state->shapes = made;
}

void nc_need_lines(nc_state *state) {
  if (state->gone != NULL) return;
  int32_t lines = state->n_lines > 0 ? state->n_lines : 1;
  uint8_t *bytes = nc_take_zeroed(state->arena, 3 * (size_t)lines);
  state->strength = bytes;
  state->marks = bytes + lines;
  state->gone = bytes + 2 * (size_t)lines;
  state->found = NC_TAKE(state->arena, int32_t, lines);
  state->fate = NC_TAKE(state->arena, nc_fate, lines);
}

/* Behind the last finding of the line whose first finding is `first`. */
static int32_t end_of_line(const nc_state *state, int32_t first) {
  int32_t at = first + 1;
  while (at < state->n_findings && state->findings[at].line == state->findings[first].line) at++;
  return at;
}

int32_t nc_findings_of(const nc_state *state, int32_t line) {
  return end_of_line(state, state->found[line]) - state->found[line];
}

static void spare(nc_state *state, int32_t line, int32_t found, int32_t start, int32_t end) {
  state->marks[line] |= NC_SPARED;
  state->spared[state->n_spared++] = (nc_kept){found, line, start, end};
}

/* State._spare_embeds */
static void spare_embeds(nc_state *state) {
  for (int32_t n = 0, count = state->n_spared; n < count; n++) {
    int32_t found = state->spared[n].found;
    for (int32_t at = state->spared[n].line - 1; at >= 0; at--) {
      int strength = state->strength[at];
      if (state->lines[at + 1].gap != 1 || (strength != NC_RANK_LIKELY + 1 && strength != NC_RANK_HINT + 1)) break;
      state->strength[at] = 0;
      spare(state, at, found, state->lines[at].start, state->lines[at].end);
    }
  }
}

/* Sort what is found by whether it is about a line as a whole, about pieces of it, or of a category that is kept. */
static void take_findings(nc_state *state) {
  nc_need_lines(state);
  state->spared = NC_TAKE(state->arena, nc_kept, state->n_findings); /* each line with findings may come in once */
  for (int32_t first = 0, next; first < state->n_findings; first = next) {
    const nc_finding *best = &state->findings[first];
    int32_t line = best->line;
    next = end_of_line(state, first);
    state->found[line] = first;
    if (best->start != state->lines[line].start || best->end != state->lines[line].end) {
      state->marks[line] |= NC_PIECES;
      state->n_pieces++;
      continue;
    }
    nc_need_shapes(state);
    if (state->shapes[line].code && state->shapes[line].words < TELLING) continue; /* "ads": [] is a line of code */
    if (state->categories >> state->heads[best->head].category & 1)
      state->strength[line] = (uint8_t)(best->strength + 1);
    else
      spare(state, line, first, best->start, best->end);
  }
}

/* State.holds_code, State.is_article */
static void look_at_all(nc_state *state) {
  int64_t running = 0, total = 0;
  int32_t code = 0;
  for (int32_t at = 0; at < state->n_lines; at++) {
    int32_t size = nc_size_of(&state->lines[at]);
    total += size;
    if (state->shapes[at].prose) running += size;
    code += state->shapes[at].code;
  }
  state->holds_code = code >= CODE_LINES;
  state->is_article = running >= ARTICLE_SIZE && (double)running >= ARTICLE_SHARE * (double)total;
}

static nc_state *state_new(nc_arena *arena, const nc_doc *doc) {
  nc_state *state = NC_TAKE_ZEROED(arena, nc_state, 1);
  state->arena = arena;
  state->doc = doc;
  state->lines = doc->lines;
  state->n_lines = doc->n_lines;
  state->last_prose = doc->n_lines - 1; /* where looking for it begins */
  state->first_gone = INT32_MAX;
  state->last_gone = -1;
  return state;
}

nc_state *nc_state_of(nc_arena *arena, const nc_doc *doc, const nc_shape *shapes, const nc_finding *findings,
                      int32_t n_findings, const nc_head *heads, int32_t profile, uint32_t categories) {
  nc_state *state = state_new(arena, doc);
  state->shapes = shapes;
  state->findings = findings;
  state->heads = heads;
  state->n_findings = n_findings;
  state->profile = profile;
  state->categories = categories;
  if (n_findings == 0) return state;
  take_findings(state);
  spare_embeds(state);
  state->whole = NC_TAKE(arena, int32_t, n_findings);
  for (int32_t n = 0; n < n_findings; n++) {
    int32_t line = findings[n].line;
    if (state->found[line] == n && state->strength[line]) state->whole[state->n_whole++] = line;
  }
  if (state->n_whole) look_at_all(state);
  return state;
}

/* Whether a line is prose of the article as far as is known. */
static int is_open(const nc_state *state, int32_t at) {
  if (!state->shapes[at].prose) return 0;
  return state->gone == NULL || (!state->gone[at] && state->strength[at] <= NC_RANK_HINT + 1);
}

/* State.recount. While this is called lines only ever go, so that the first and the last line of prose only move
 * inwards, and are looked for from where they were. */
void nc_recount(nc_state *state) {
  nc_need_shapes(state);
  state->counted = 1;
  while (state->first_prose < state->n_lines && !is_open(state, state->first_prose)) state->first_prose++;
  while (state->last_prose >= 0 && !is_open(state, state->last_prose)) state->last_prose--;
  state->junk_in_head = state->n_gone && nc_in_head(state, state->first_gone);
  state->junk_in_tail = state->n_gone && nc_in_tail(state, state->last_gone);
}

/* State.next_words */
int32_t nc_next_words(nc_state *state, int32_t from) {
  if (state->skips == NULL) state->skips = NC_TAKE_ZEROED(state->arena, int32_t, state->n_lines);
  int32_t at = from;
  while (at < state->n_lines && (state->gone[at] || state->shapes[at].symbols_only))
    at = state->skips[at] ? state->skips[at] : at + 1;
  for (int32_t passed = from; passed < at;) { /* what is removed stays so: the next look jumps */
    int32_t next = state->skips[passed] ? state->skips[passed] : passed + 1;
    state->skips[passed] = at;
    passed = next;
  }
  return at;
}

/* State.remove */
void nc_remove(nc_state *state, int32_t line, int32_t category, int how, int reason, int32_t argument) {
  if (state->marks[line] & NC_SPARED || state->gone[line]) return;
  state->gone[line] = 1;
  state->fate[line] = (nc_fate){(uint8_t)category, (uint8_t)how, (uint8_t)reason, argument, NAN};
  state->n_gone++;
  state->gone_as |= 1u << category;
  if (line < state->first_gone) state->first_gone = line;
  if (line > state->last_gone) state->last_gone = line;
}
