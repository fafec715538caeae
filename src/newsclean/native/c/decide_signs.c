/* What the rules found and decided about a document's lines, as the scorer takes it.
 * Mirrors newsclean/decision/signs.py. */
#include <string.h>

#include "nc_state.h"

/* removal.SCORES */
static const double SCORES[] = {0.99, 0.92, 0.88, 0.88, 0.85};
static const float WHOLE = 0.9f;

/* nc_signs to write to */
typedef struct { float *strength, *surety, *covered; int64_t *category; } open_signs;

static open_signs signs_new(const nc_state *state, int32_t lines, nc_signs *told) {
  float *strength = NC_TAKE_ZEROED(state->arena, float, 3 * (int64_t)lines);
  open_signs signs = {strength, strength + lines, strength + 2 * (int64_t)lines, NC_TAKE(state->arena, int64_t, lines)};
  memset(signs.category, 0xFF, sizeof(int64_t) * (size_t)lines); /* -1 */
  *told = (nc_signs){.strength = signs.strength, .surety = signs.surety, .covered = signs.covered,
                     .category = signs.category};
  return signs;
}

/* The share of a line that its pieces cover. */
static float covered(const nc_state *state, int32_t line) {
  int64_t size = 0;
  for (int32_t at = state->found[line], n = nc_findings_of(state, line); n > 0; n--, at++) {
    const nc_finding *piece = &state->findings[at];
    if (state->categories >> state->heads[piece->head].category & 1) size += piece->end - piece->start;
  }
  return (float)((double)size / (double)nc_size_of(&state->lines[line]));
}

/* The signs of one line of the document; all as nothing before. */
static void sign_of(const nc_state *state, int32_t line, const open_signs *signs, int32_t at) {
  if (state->strength[line]) {
    signs->strength[at] = state->strength[line];
    signs->category[at] = nc_head_of(state, line)->category;
  }
  if (state->gone[line]) {
    signs->surety[at] = (float)SCORES[state->fate[line].how];
    signs->category[at] = state->fate[line].category;
  }
  if (state->marks[line] & NC_PIECES) signs->covered[at] = covered(state, line);
}

/* signs.signs_of */
int nc_signs_of(const nc_state *state, nc_signs *told) {
  open_signs signs = signs_new(state, state->n_lines, told);
  if (state->gone == NULL) return 0;
  for (int32_t line = 0; line < state->n_lines; line++) sign_of(state, line, &signs, line);
  return 1;
}

/* What rules found in a sentence of a line. `*from` is the first piece of the line that may reach into this sentence or
 * one that follows. */
static void sign_of_sentence(const nc_state *state, const nc_line *sentence, int32_t *from, int32_t end,
                             const open_signs *signs, int32_t at) {
  while (*from < end && state->findings[*from].end <= sentence->start) ++*from;
  for (int32_t n = *from; n < end && state->findings[n].start < sentence->end; n++) {
    const nc_finding *piece = &state->findings[n];
    int32_t category = state->heads[piece->head].category;
    if (!(state->categories >> category & 1)) continue;
    int32_t first = piece->start > sentence->start ? piece->start : sentence->start;
    int32_t shared = (piece->end < sentence->end ? piece->end : sentence->end) - first;
    if (shared <= 0) continue;
    signs->covered[at] += (float)((double)shared / (double)nc_size_of(sentence));
    signs->category[at] = category;
  }
  if (signs->covered[at] >= WHOLE) {
    signs->strength[at] = NC_RANK_CERTAIN + 1;
    signs->surety[at] = (float)SCORES[NC_HOW_CERTAIN];
  }
}

static void copy_sign(const open_signs *signs, int32_t from, int32_t to) {
  signs->strength[to] = signs->strength[from];
  signs->surety[to] = signs->surety[from];
  signs->covered[to] = signs->covered[from];
  signs->category[to] = signs->category[from];
}

/* signs.split_signs */
void nc_split_signs(const nc_state *state, const nc_line *lines, int32_t n_lines, nc_signs *told) {
  open_signs signs = signs_new(state, n_lines, told);
  if (state->gone == NULL) return;
  int32_t parent = 0, begun = -1; /* the first sentence of the parent */
  int32_t piece = 0, end = 0;     /* of its pieces, those from here on */
  for (int32_t at = 0; at < n_lines; at++) {
    while (state->lines[parent].end < lines[at].end) {
      parent++;
      begun = -1;
    }
    int whole = nc_size_of(&lines[at]) == nc_size_of(&state->lines[parent]) || state->gone[parent];
    if (whole && begun >= 0) {
      copy_sign(&signs, begun, at);
    } else if (whole) {
      sign_of(state, parent, &signs, at);
    } else if (state->marks[parent] & NC_PIECES) {
      if (begun < 0) {
        piece = state->found[parent];
        end = piece + nc_findings_of(state, parent);
      }
      sign_of_sentence(state, &lines[at], &piece, end, &signs, at);
    }
    if (begun < 0) begun = at;
  }
}
