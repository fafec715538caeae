/* Context decides where words cannot: neighbours, headings, the head and the tail of the article.
 * Mirrors newsclean/decision/context.py. */
#include "nc_state.h"

enum {
  CARRIED_WORDS = 5, TELLING_WORDS = 4, SUBHEADING_WORDS = 3, ISLAND = 2, ISLAND_IN_JUNK = 8, PARAGRAPH_WORDS = 12,
  NAME_WORDS = 3, TAGS = 12, TAG_WORDS = 5, MIXED_RUN = 3, SANDWICHED = 300, MAX_ROUNDS = 50
};
static const double JUNK_TAIL = 0.5;

/* context._tags: lines of a few words under a heading of tags; returns their number. */
static int32_t tags(const nc_state *state, int32_t line, int32_t reach, int32_t *taken) {
  const nc_shape *shapes = state->shapes;
  if (shapes[line].words > SUBHEADING_WORDS) return 0;
  for (int32_t at = state->lines[line].start; at < state->lines[line].end - 1; at++)
    if (state->doc->tidy[at] == ':') return 0;
  int32_t count = 0, end = reach < state->n_lines - line - 1 ? line + 1 + reach : state->n_lines;
  for (int32_t at = line + 1; at < end; at++) {
    if (shapes[at].words > TAG_WORDS || shapes[at].ends_sentence || state->strength[at]) break;
    if (count && shapes[at].list_item != shapes[line + 1].list_item) break;
    taken[count++] = at;
  }
  /* all of them are list items, or none is */
  return nc_in_tail(state, line) || (count && shapes[line + 1].list_item) ? count : 0;
}

/* context._without_subheading: how many of the lines are left. */
static int32_t without_subheading(const nc_state *state, const int32_t *taken, int32_t count) {
  if (count == 0) return 0;
  int32_t first = taken[0], last = taken[count - 1];
  const nc_shape *shapes = state->shapes;
  if (last + 1 >= state->n_lines || !shapes[last + 1].prose) return count;
  if (count == 1) return shapes[last].words >= CARRIED_WORDS;
  int same_kind =
      shapes[last].list_item == shapes[first].list_item && state->lines[last].gap == state->lines[first].gap;
  if (!same_kind || (!shapes[last].list_item && shapes[last].words < CARRIED_WORDS)) return count - 1;
  return count;
}

/* context._teasers: pointers under a heading, up to the next prose; returns their number. */
static int32_t teasers(nc_state *state, int32_t line, int32_t reach, int32_t *taken) {
  int32_t count = 0;
  for (int32_t at = nc_next_words(state, line + 1); at < state->n_lines && count < reach;
       at = nc_next_words(state, at + 1)) {
    const nc_shape *shape = &state->shapes[at];
    if (!shape->label || shape->is_protected || shape->ends_sentence || shape->prose) break;
    if (state->marks[at] & (NC_SPARED | NC_PIECES)) break;
    if (nc_in_head(state, line) && !shape->list_item) break; /* the headline may stand below */
    taken[count++] = at;
  }
  return nc_in_tail(state, line) ? count : without_subheading(state, taken, count);
}

/* context._headings */
static void headings(nc_state *state) {
  int32_t *taken = NULL, last = state->n_lines - 1;
  for (int32_t n = 0; n < state->n_whole; n++) {
    int32_t line = state->whole[n];
    if (!state->gone[line]) continue;
    const nc_head *head = nc_head_of(state, line);
    int32_t category = head->category, reach = head->reach ? head->reach : category == NC_CAT_TAGS ? TAGS : 0;
    if (!reach || head->scope == NC_SCOPE_TAIL) continue;
    if (state->strength[line] != NC_RANK_CERTAIN + 1 && !(nc_in_tail(state, line) && state->is_article)) continue;
    if (taken == NULL) taken = NC_TAKE(state->arena, int32_t, state->n_lines);
    int32_t count = category == NC_CAT_TAGS ? tags(state, line, reach, taken) : teasers(state, line, reach, taken);
    for (int32_t i = 0; i < count; i++) {
      int32_t below = taken[i], carried = nc_carried_category(state, below, category);
      if (!state->strength[below] && below == last && state->shapes[below].words <= NAME_WORDS)
        carried = NC_CAT_CREDIT; /* too short for a headline: the site signs */
      nc_remove(state, below, carried, NC_HOW_CARRIED, NC_WHY_UNDER, nc_best(state, line)->head);
    }
  }
}

/* context._may_be_subheading */
static int may_be_subheading(const nc_state *state, int32_t line) {
  int32_t following = line + 1;
  if (nc_in_head(state, line) || state->shapes[line].words > SUBHEADING_WORDS || following >= state->n_lines) return 0;
  const nc_shape *below = &state->shapes[following];
  return below->prose && below->words >= PARAGRAPH_WORDS && !state->gone[following] &&
         state->strength[following] <= NC_RANK_HINT + 1;
}

/* context._likely_reason */
static int likely_reason(const nc_state *state, int32_t line, const nc_run *run) {
  if (state->marks[line] & NC_BAR) return NC_WHY_BAR;
  if (may_be_subheading(state, line)) return NC_WHY_NONE;
  if (run->beside_junk || run->n_rules >= MIXED_RUN) return NC_WHY_BESIDE;
  int32_t category = nc_head_of(state, line)->category;
  if (line == 0 && (category == NC_CAT_CREDIT || category == NC_CAT_NAVIGATION) && nc_above_headline(state))
    return NC_WHY_ABOVE_HEADLINE;
  int telling = state->shapes[line].words >= TELLING_WORDS || run->n_rules > 1;
  if (nc_in_tail(state, line) && (telling || state->junk_in_tail)) return NC_WHY_AFTER;
  telling = telling || category == NC_CAT_BYLINE || category == NC_CAT_COUNTER;
  if (nc_in_head(state, line) && (telling || state->junk_in_head) && line > 0) return NC_WHY_BEFORE;
  return state->profile == NC_RECALL && telling ? NC_WHY_BY_ITSELF : NC_WHY_NONE;
}

/* context._likely */
static void likely(nc_state *state) {
  int32_t *run_of = NULL;
  nc_run *runs = nc_likely_runs(state, &run_of);
  for (int32_t n = 0; runs != NULL && n < state->n_whole; n++) {
    int32_t line = state->whole[n];
    if (state->strength[line] != NC_RANK_LIKELY + 1 || state->gone[line]) continue;
    if (state->shapes[line].table || (state->shapes[line].code && state->holds_code)) continue;
    nc_run *run = &runs[run_of[line]];
    int reason = likely_reason(state, line, run);
    if (reason == NC_WHY_NONE) continue;
    nc_remove(state, line, nc_head_of(state, line)->category, NC_HOW_LIKELY, reason, 0);
    run->beside_junk = 1;
  }
}

/* context._hints */
static void hints(nc_state *state) {
  for (int32_t line = 0; line < state->n_lines; line++) {
    int found = state->strength[line];
    if (found ? found != NC_RANK_HINT + 1 : !state->shapes[line].symbols_only) continue;
    if (state->gone[line] || state->marks[line] & NC_SPARED || state->shapes[line].is_protected) continue;
    int above = nc_is_gone(state, line - 1), below = nc_is_gone(state, line + 1);
    if ((line || !found) && !above && !below) continue;
    int before = above || line == 0, after = below || line + 1 == state->n_lines;
    int label = line == 0 && found && nc_head_of(state, line)->category == NC_CAT_NAVIGATION &&
                nc_above_headline(state);
    if (!label && !(before && after) && !(found && nc_in_tail(state, line) && (before || after))) continue;
    int32_t category = found ? nc_head_of(state, line)->category : state->fate[above ? line - 1 : line + 1].category;
    nc_remove(state, line, category, NC_HOW_HINT, NC_WHY_BETWEEN, 0);
  }
}

/* context._is_label */
static int is_label(const nc_state *state, int32_t line) {
  const nc_shape *shape = &state->shapes[line];
  return shape->label && !shape->is_protected && !shape->ends_sentence &&
         !(state->marks[line] & (NC_PIECES | NC_SPARED));
}

/* context._islands */
static void islands(nc_state *state) {
  if (!state->is_article || state->n_gone == 0) return;
  int32_t last = state->n_lines, start = state->last_prose >= 0 ? state->last_prose + 1 : 0;
  int32_t tail = state->last_prose >= 0 ? last - start : 0, gone = 0;
  for (int32_t at = last - tail; at < last; at++) gone += state->gone[at];
  int32_t longest = gone < JUNK_TAIL * tail ? ISLAND : ISLAND_IN_JUNK;
  if (state->profile == NC_RECALL) longest = ISLAND_IN_JUNK;
  for (int32_t line = start; line < last;) {
    if (state->gone[line] || !nc_is_gone(state, line - 1)) {
      line++;
      continue;
    }
    int32_t end = line;
    while (end < last && !state->gone[end] && is_label(state, end)) end++;
    if (end > line && end - line <= longest && nc_is_gone(state, end)) {
      int32_t category = state->fate[line - 1].category;
      for (int32_t at = line; at < end; at++) nc_remove(state, at, category, NC_HOW_CARRIED, NC_WHY_ISLAND, 0);
    }
    line = end + 1;
  }
}

/* context._sandwiches */
static void sandwiches(nc_state *state) {
  if (!(state->gone_as >> NC_CAT_ADBLOCK_NAG & 1)) return;
  for (int32_t line = 1; line < state->n_lines; line++) {
    if (state->gone[line] || !nc_gone_as(state, line - 1, NC_CAT_ADBLOCK_NAG)) continue;
    for (int32_t stop = line + 1; stop <= line + 2; stop++) {
      if (!nc_gone_as(state, stop, NC_CAT_ADBLOCK_NAG)) continue;
      int all = 1;
      for (int32_t at = line; at < stop; at++)
        all = all && state->shapes[at].size <= SANDWICHED && !(state->marks[at] & NC_SPARED);
      for (int32_t at = line; all && at < stop; at++)
        nc_remove(state, at, NC_CAT_ADBLOCK_NAG, NC_HOW_CARRIED, NC_WHY_WITHIN, NC_CAT_ADBLOCK_NAG);
      break;
    }
  }
}

/* context.decide_lines. Without a line found as a whole nothing ever goes. */
void nc_decide_lines(nc_state *state) {
  static void (*const steps[])(nc_state *) = {headings, nc_captions, likely, nc_names, hints, islands, sandwiches};
  for (int32_t n = 0; n < state->n_whole; n++) {
    int32_t line = state->whole[n];
    if (state->strength[line] == NC_RANK_CERTAIN + 1)
      nc_remove(state, line, nc_head_of(state, line)->category, NC_HOW_CERTAIN, NC_WHY_NONE, 0);
  }
  nc_recount(state);
  if (state->profile == NC_PRECISION) return;
  nc_end_of_article(state);
  nc_bars(state);
  for (int32_t round = 0; round < MAX_ROUNDS; round++) {
    int32_t before = state->n_gone;
    for (size_t n = 0; n < sizeof(steps) / sizeof(*steps); n++) {
      steps[n](state);
      nc_recount(state);
    }
    if (state->n_gone == before) break;
  }
}
