/* Where the article ends: comment threads, author boxes and teasers with summaries below it.
 * Mirrors newsclean/decision/endings.py. */
#include <string.h>

#include "nc_state.h"

enum { ENOUGH_PROSE = 400, LEAST_MARKS = 3, BOX_LINES = 3 };

/* endings._Prose: characters[at] and count[at] are of the prose above line `at` that is not removed. */
typedef struct { int64_t *characters; int32_t *count; int32_t n_lines; } prose_sums;
typedef struct { int64_t above, below; int32_t lines_below; } surroundings;

static prose_sums prose_of(nc_state *state) {
  int32_t lines = state->n_lines;
  prose_sums made = {NC_TAKE(state->arena, int64_t, lines + 1), NC_TAKE(state->arena, int32_t, lines + 1), lines};
  made.characters[0] = made.count[0] = 0;
  for (int32_t at = 0; at < lines; at++) {
    int32_t size = state->shapes[at].prose && !state->gone[at] ? state->shapes[at].size : 0;
    made.characters[at + 1] = made.characters[at] + size;
    made.count[at + 1] = made.count[at] + (size > 0);
  }
  return made;
}

/* _Prose.around */
static surroundings around(const prose_sums *prose, int32_t line) {
  int32_t last = prose->n_lines;
  return (surroundings){prose->characters[line], prose->characters[last] - prose->characters[line + 1],
                        prose->count[last] - prose->count[line + 1]};
}

/* endings._is_thread */
static int is_thread(const prose_sums *prose, int32_t line, int32_t following, int sure) {
  surroundings by = around(prose, line);
  if (by.above < ENOUGH_PROSE || by.below >= 4 * by.above) return 0;
  if (by.below == 0) return sure;
  return following >= (sure ? 2 : LEAST_MARKS) && (int64_t)following * 4 >= by.lines_below;
}

/* endings.carried_category */
int32_t nc_carried_category(const nc_state *state, int32_t line, int32_t area) {
  if (state->strength[line] <= NC_RANK_HINT + 1) return area;
  int32_t own = nc_head_of(state, line)->category;
  return own == NC_CAT_BYLINE ? area : own;
}

/* All that follows a line goes with the area that it begins, or the areas that follow. */
static void end_with_thread(nc_state *state, int32_t line) {
  int32_t reason = nc_best(state, line)->head, current = NC_CAT_COMMENT_TEMPLATE;
  for (int32_t below = line; below < state->n_lines; below++) {
    if (state->strength[below] == NC_RANK_CERTAIN + 1) {
      const nc_head *own = nc_head_of(state, below);
      if (own->scope == NC_SCOPE_BLOCK || own->scope == NC_SCOPE_TAIL) current = own->category;
    }
    nc_remove(state, below, nc_carried_category(state, below, current), NC_HOW_ENDED, NC_WHY_BELOW, reason);
  }
}

/* endings._thread */
static void thread(nc_state *state) {
  int32_t following = 0;
  for (int32_t n = 0; n < state->n_whole; n++)
    following += nc_head_of(state, state->whole[n])->category == NC_CAT_COMMENT_TEMPLATE;
  if (following == 0) return;
  prose_sums prose = prose_of(state);
  for (int32_t n = 0; n < state->n_whole; n++) {
    int32_t line = state->whole[n];
    const nc_head *head = nc_head_of(state, line);
    if (head->category != NC_CAT_COMMENT_TEMPLATE) continue;
    following--;
    int hint = state->strength[line] == NC_RANK_HINT + 1;
    int heading = head->scope == NC_SCOPE_TAIL && !hint;
    if (!heading && (state->gone[line] || hint)) continue;
    if (!is_thread(&prose, line, following, heading && state->gone[line])) continue;
    end_with_thread(state, line);
    return;
  }
}

/* How often each text of a found line stands in found lines: a table of lines by their text. */
typedef struct { int32_t line, times; } text_times;
typedef struct { text_times *slots; uint32_t mask; } times_table;

static text_times *slot_of(const nc_state *state, const times_table *table, int32_t line) {
  const nc_line *here = &state->lines[line];
  const uint32_t *tidy = state->doc->tidy;
  uint64_t hash = (uint64_t)nc_size_of(here);
  for (int32_t at = here->start; at < here->end; at++) hash = (hash ^ tidy[at]) * 0x9E3779B97F4A7C15ull;
  for (uint32_t at = (uint32_t)(nc_mixed(hash, hash, 1) >> 16);; at++) {
    text_times *slot = &table->slots[at & table->mask];
    if (slot->times == 0) return slot;
    const nc_line *other = &state->lines[slot->line];
    if (nc_size_of(other) == nc_size_of(here) &&
        memcmp(tidy + other->start, tidy + here->start, sizeof(uint32_t) * (size_t)nc_size_of(here)) == 0)
      return slot;
  }
}

static times_table count_texts(nc_state *state) {
  uint32_t size = 4;
  while (size < 2 * (uint32_t)state->n_whole) size *= 2;
  times_table table = {NC_TAKE_ZEROED(state->arena, text_times, size), size - 1};
  for (int32_t n = 0; n < state->n_whole; n++) {
    text_times *slot = slot_of(state, &table, state->whole[n]);
    slot->line = state->whole[n];
    slot->times++;
  }
  return table;
}

/* A line that may be the heading of an author box, wherever it stands. */
static int heads_box(const nc_state *state, int32_t line) {
  const nc_head *head = nc_head_of(state, line);
  return head->category == NC_CAT_BYLINE && (head->scope == NC_SCOPE_BLOCK || head->scope == NC_SCOPE_TAIL) &&
         state->strength[line] != NC_RANK_HINT + 1 && !state->shapes[line].prose;
}

static void end_with_box(nc_state *state, int32_t line) {
  int32_t reason = nc_best(state, line)->head;
  nc_remove(state, line, NC_CAT_BYLINE, NC_HOW_LIKELY, NC_WHY_AFTER, 0);
  for (int32_t below = line + 1; below < state->n_lines; below++) {
    if (state->gone[below] || (below > line + 1 && !state->shapes[below].prose)) break;
    nc_remove(state, below, NC_CAT_BYLINE, NC_HOW_ENDED, NC_WHY_UNDER_AFTER, reason);
  }
}

/* endings._author_box */
static void author_box(nc_state *state) {
  prose_sums prose = {0};
  times_table times = {0};
  for (int32_t n = 0; n < state->n_whole; n++) {
    int32_t line = state->whole[n];
    if (!heads_box(state, line)) continue;
    if (prose.count == NULL) prose = prose_of(state);
    surroundings by = around(&prose, line);
    if (by.above < ENOUGH_PROSE || by.below * 3 > by.above) continue;
    if (by.lines_below <= 0 || by.lines_below > BOX_LINES) continue;
    if (times.slots == NULL) times = count_texts(state);
    if (slot_of(state, &times, line)->times > 1) continue;
    end_with_box(state, line);
    return;
  }
}

/* endings._Teasers: the last prose that follows on prose, and the stamps from each line on. */
typedef struct { int32_t last_running, *stamps; } teasers;

static teasers teasers_of(nc_state *state) {
  int32_t lines = state->n_lines;
  teasers made = {-1, NC_TAKE(state->arena, int32_t, lines + 1)};
  made.stamps[lines] = 0;
  for (int32_t at = lines - 1; at >= 0; at--) {
    int stamp = 0;
    if (state->strength[at]) {
      int32_t category = nc_head_of(state, at)->category;
      stamp = category == NC_CAT_BYLINE || category == NC_CAT_COUNTER || category == NC_CAT_RELATED;
    }
    made.stamps[at] = made.stamps[at + 1] + stamp;
    if (made.last_running < 0 && at > 0 && state->shapes[at].prose && !state->gone[at] && state->shapes[at - 1].prose)
      made.last_running = at;
  }
  return made;
}

/* _Teasers.alternate */
static int alternate(const nc_state *state, const teasers *made, int32_t start) {
  if (made->last_running > start) return 0;
  return !(start < state->n_lines && state->shapes[start].prose && !state->gone[start]);
}

/* endings._summaries */
static void summaries(nc_state *state) {
  prose_sums prose = {0};
  teasers made = {0};
  for (int32_t n = 0; n < state->n_whole; n++) {
    int32_t line = state->whole[n];
    const nc_head *head = nc_head_of(state, line);
    if (head->scope != NC_SCOPE_BLOCK || head->category != NC_CAT_RELATED || !state->gone[line]) continue;
    if (prose.count == NULL) {
      prose = prose_of(state);
      made = teasers_of(state);
    }
    surroundings by = around(&prose, line);
    if (by.above < 2 * ENOUGH_PROSE || by.lines_below < 2 || by.below > by.above) continue;
    if (!alternate(state, &made, line + 1) || made.stamps[line + 1] < by.lines_below) continue;
    int32_t reason = nc_best(state, line)->head;
    for (int32_t at = line + 1; at < state->n_lines; at++)
      nc_remove(state, at, nc_carried_category(state, at, NC_CAT_RELATED), NC_HOW_ENDED, NC_WHY_UNDER_AFTER, reason);
    return;
  }
}

/* endings.end_of_article */
void nc_end_of_article(nc_state *state) {
  thread(state);
  nc_recount(state);
  author_box(state);
  nc_recount(state);
  summaries(state);
  nc_recount(state);
}
