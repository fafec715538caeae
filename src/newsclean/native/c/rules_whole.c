/* Whether a unit as a whole is junk: mirrors rules/whole.py. */
#include "nc_rules_parts.h"

static inline uint32_t tidy_at(const nc_rules_run *run, int32_t at) { return run->doc->tidy[at]; }

void nc_read_unit(nc_rules_run *run, nc_words_read *words, int32_t start, int32_t end, int is_line, uint64_t needs,
                  nc_unit *unit) {
  *unit = (nc_unit){.start = start, .end = end, .is_line = (uint8_t)is_line, .needs = needs,
                    .tokens = words->tokens, .hashes = words->hashes, .word_marks = words->word_marks,
                    .loop_words = words->loop_words, .late_loop_words = words->late_loop_words, .gaps = run->gaps};
  int32_t count = nc_tokenize(run->doc->folded, start, end, run->ascii, words->tokens, end - start);
  uint8_t marks = 0;
  uint64_t loops = 0, late_loops = 0;
  for (int32_t at = 0; at < count; at++) {
    uint64_t hash = words->hashes[at] = nc_token_hash(run->doc->folded, run->plain, &words->tokens[at]);
    uint8_t mark = words->word_marks[at] = run->index->word_marks[hash >> (64 - NC_WORD_BITS)];
    marks |= mark;
    loops |= (uint64_t)((mark & NC_LOOP_WORD) != 0) << (at & 63);
    late_loops |= (uint64_t)((mark & NC_LATE_LOOP_WORD) != 0) << (at & 63);
    if ((at & 63) == 63) {
      words->loop_words[at >> 6] = loops;
      words->late_loop_words[at >> 6] = late_loops;
      loops = late_loops = 0;
    }
  }
  words->loop_words[count >> 6] = loops;
  words->late_loop_words[count >> 6] = late_loops;
  unit->count = count;
  unit->marks = marks;
}

/* The first of a line's words at or behind a place. */
static int32_t word_from(const nc_unit *line, int32_t place) {
  int32_t first = 0, last = line->count;
  while (first < last) {
    int32_t middle = (first + last) / 2;
    if (line->tokens[middle].start < place) first = middle + 1;
    else last = middle;
  }
  return first;
}

void nc_read_part(nc_rules_run *run, int32_t start, int32_t end, uint64_t needs, nc_unit *unit) {
  const nc_unit *line = &run->line;
  const uint32_t *folded = run->doc->folded;
  int32_t first = 0, last = 0;
  int whole = start >= line->start && end <= line->end && (start == line->start || folded[start - 1] == ' ') &&
              (end == line->end || folded[end] == ' ' || folded[end] == ':');
  if (whole) {
    first = word_from(line, start);
    last = word_from(line, end);
    whole = (first == 0 || line->tokens[first - 1].end <= start) && (last == first || line->tokens[last - 1].end <= end);
  }
  if (!whole) {
    nc_read_unit(run, &run->pieces, start, end, 0, needs, unit);
    return;
  }
  *unit = *line;
  unit->start = start;
  unit->end = end;
  unit->count = last - first;
  unit->is_line = 0;
  unit->needs = needs;
  unit->tokens += first;
  unit->hashes += first;
  unit->word_marks += first;
  unit->from = first;
  unit->gaps_known = 0;
  unit->marks = 0;
  for (int32_t at = 0; at < unit->count; at++) unit->marks |= unit->word_marks[at];
}

/* ---- what expressions and wordings do not see ---- */

static uint32_t closing_quote(uint32_t c) {
  return c == '"' ? '"' : c == 0xAB ? 0xBB : c == 0xBB ? 0xAB : c == 0x300C ? 0x300D : 0;
}

/* _sets_off_a_part */
static int sets_off_a_part(const nc_rules_run *run, const nc_unit *unit) {
  int32_t lead = unit->start, after = 0;
  for (; lead < unit->end; lead++) {
    uint32_t c = tidy_at(run, lead);
    if (c != '-' && c != 0x2022 && c != '*' && c != ' ') break;
  }
  if (lead >= unit->end) return 0;
  uint32_t first = tidy_at(run, lead), closing = closing_quote(first);
  int quoted = closing && (lead + 1 >= unit->end || tidy_at(run, lead + 1) != ' ');
  if (!closing) closing = first == '(' ? ')' : first == '[' ? ']' : 0;
  if (!closing) return 0;
  int32_t end = lead + 1;
  while (end < unit->end && tidy_at(run, end) != closing) end++;
  if (end >= unit->end) return 0;
  if (quoted) return 1;
  for (; end < unit->end && after <= 3; end++) after += (nc_flags(tidy_at(run, end)) & NC_ALNUM) != 0;
  return after > 3;
}

static inline int is_small(uint32_t c) { return c - 'a' < 26u; }
static inline int is_capital(uint32_t c) { return c - 'A' < 26u; }

/* (?:Com|Net|Org|Co)\b at `at` */
static int is_domain(const uint32_t *text, int32_t at, int32_t end) {
  static const char *const NAMES[] = {"Com", "Net", "Org", "Co"};
  for (int name = 0; name < 4; name++) {
    int32_t place = at;
    const char *letter = NAMES[name];
    while (*letter && place < end && text[place] == (uint32_t)(unsigned char)*letter) letter++, place++;
    if (*letter == 0 && (place >= end || !(nc_flags(text[place]) & NC_WORD))) return 1;
  }
  return 0;
}

/* _GLUED: [a-z]"[A-Z] or [a-z]{2}[.!?](?!(?:Com|Net|Org|Co)\b)[A-Z][a-z] */
static int is_glued(const nc_rules_run *run, const nc_unit *unit) {
  const uint32_t *text = run->doc->tidy;
  int32_t end = unit->end;
  for (int32_t at = unit->start + 1; at + 1 < end; at++) {
    if (!is_capital(text[at + 1])) continue;
    uint32_t c = text[at];
    if (c == '"' && is_small(text[at - 1])) return 1;
    if ((c != '.' && c != '!' && c != '?') || at - 2 < unit->start) continue;
    if (is_small(text[at - 1]) && is_small(text[at - 2]) && at + 2 < end && is_small(text[at + 2]) &&
        !is_domain(text, at + 1, end))
      return 1;
  }
  return 0;
}

/* ---- by wording ---- */

static void by_wording(nc_rules_run *run, nc_unit *unit, nc_rules *rules) {
  if (unit->count > NC_MOST_WORDS) return;
  nc_by_wording(run, unit, rules);
  if (rules->count || !unit->is_line) return;
  if (!unit->tokens[0].number && !unit->tokens[unit->count - 1].number) return;
  nc_unit bare = *unit;
  uint64_t hashes[NC_MOST_WORDS];
  bare.count = 0;
  for (int32_t at = 0; at < unit->count; at++)
    if (!unit->tokens[at].number) hashes[bare.count++] = unit->hashes[at];
  bare.hashes = hashes; /* the tokens are not asked for */
  nc_by_wording(run, &bare, rules);
  if (rules->count || !unit->tokens[0].number || unit->count < 2) return;
  nc_unit rest = *unit;
  rest.tokens++;
  rest.hashes++;
  rest.word_marks++;
  rest.from++;
  rest.count--;
  rest.is_line = 1;
  rest.gaps = run->gaps + NC_GAPS * (NC_MOST_WORDS + 1);
  rest.gaps_known = 0;
  nc_by_open_wording(run, &rest, rules);
}

/* ---- all of it ---- */

static int is_stop(uint32_t c) { return c == '.' || c == 0x964 || c == 0x6D4 || c == 0x3002; }

/* _without_titles, from `before` on */
static void leave_titles_out(const nc_rules_run *run, const nc_unit *unit, nc_rules *rules, int32_t before) {
  if (!is_stop(tidy_at(run, unit->end - 1))) return;
  int32_t kept = before;
  for (int32_t at = before; at < rules->count; at++)
    if (!(run->index->packs[rules->all[at].pack]->marks[rules->all[at].head] & NC_RELATED))
      rules->all[kept++] = rules->all[at];
  rules->count = kept;
}

static void leave_lines_out(const nc_rules_run *run, const nc_unit *unit, nc_rules *rules, int flat) {
  int32_t kept = 0;
  int distinct = flat && unit->count >= 2 && unit->end - unit->start >= 8;
  for (int32_t at = 0; at < rules->count; at++) {
    const nc_pack *pack = run->index->packs[rules->all[at].pack];
    int32_t head = rules->all[at].head, scope = pack->scopes[head];
    if (scope == NC_SENTENCE || scope == NC_INLINE || (distinct && pack->strengths[head] == NC_CERTAIN))
      rules->all[kept++] = rules->all[at];
  }
  rules->count = kept;
}

/* _strength */
static int32_t strength_of(const nc_rules_run *run, const nc_unit *unit, nc_rule rule) {
  const nc_pack *pack = run->index->packs[rule.pack];
  if (pack->strengths[rule.head] == NC_CERTAIN && unit->count == 1 && !(pack->marks[rule.head] & NC_ADVERTISEMENT))
    return NC_LIKELY;
  return pack->strengths[rule.head];
}

/* Strongest first, else in the order they came. */
static void sort_found(nc_rule_found *found, int32_t count) {
  for (int32_t at = 1; at < count; at++) {
    nc_rule_found moved = found[at];
    int32_t to = at;
    for (; to > 0 && found[to - 1].strength < moved.strength; to--) found[to] = found[to - 1];
    found[to] = moved;
  }
}

int32_t nc_find_whole(nc_rules_run *run, nc_unit *unit, int32_t line, int32_t first, int32_t last, int tiled,
                      int flat) {
  if (unit->count == 0) return 0;
  nc_rule room[32];
  nc_rules rules = {room, 0, 32};
  int sets_off = sets_off_a_part(run, unit);
  if (!sets_off) by_wording(run, unit, &rules);
  int32_t worded = rules.count;
  if (!sets_off && unit->count <= NC_MOST_WORDS) {
    nc_by_open_wording(run, unit, &rules);
    if (!unit->is_line) leave_titles_out(run, unit, &rules, worded);
  }
  nc_by_pattern(run, unit, first, last, &rules);
  if (rules.count > worded && is_glued(run, unit)) rules.count = worded;
  if (!unit->is_line) leave_lines_out(run, unit, &rules, flat);
  int32_t count = 0, certain = 0;
  nc_rule_found made = {line, unit->start, unit->end, 0, 0, 0};
  nc_rule_found kept[32], *list = kept;
  if (rules.count + 1 > 32) list = NC_TAKE(run->arena, nc_rule_found, rules.count + 1);
  for (; count < rules.count; count++) {
    made.pack = rules.all[count].pack;
    made.head = rules.all[count].head;
    made.strength = strength_of(run, unit, rules.all[count]);
    certain |= made.strength == NC_CERTAIN;
    list[count] = made;
  }
  nc_rule best;
  if (tiled && !sets_off && !certain) {
    uint32_t closing = tidy_at(run, unit->end - 1);
    int ends = closing == '.' || closing == '!' || closing == '?';
    if (nc_tile(run, unit, ends, &best, &made.strength) && (!count || made.strength > list[0].strength)) {
      made.pack = best.pack;
      made.head = best.head;
      list[count++] = made;
    }
  }
  sort_found(list, count);
  for (int32_t at = 0; at < count; at++) nc_add_found(run, list[at]);
  return count;
}
