/* Junk inside a line: mirrors rules/pieces.py. */
#include "nc_rules_parts.h"

enum { AROUND = 700, LONG_UNSPACED = 6, TELLING_WORDS = 3, WINDOW = NC_LONGEST_UNIT };
enum { BRACKET_LEAST = 3, BRACKET_MOST = 240 };

/* A line in which pieces are looked for; hits [first, last) are the keywords in it. */
typedef struct {
  nc_rules_run *run;
  const uint32_t *tidy;
  int32_t line, start, end, first, last, from; /* `from`: the first of its findings */
} place;

static int in_list(uint32_t c, const uint32_t *list) {
  for (; *list; list++)
    if (*list == c) return 1;
  return 0;
}

static int is_space(uint32_t c) { return (nc_flags(c) & NC_SPACE) != 0; }

/* _is_quoted */
static int is_quoted(const nc_doc *doc, int32_t start, int32_t end) {
  static const uint32_t OPEN[] = {'"', '\'', 0xAB, 0x300C, 0}, CLOSE[] = {'"', '\'', 0xBB, 0x300D, 0};
  return start > 0 && end < doc->size && in_list(doc->tidy[start - 1], OPEN) && in_list(doc->tidy[end], CLOSE);
}

/* _certain: of the findings from `before` on, the first if it is certain (the strongest stand first). */
static int only_certain(nc_rules_run *run, int32_t before) {
  int any = run->n_found > before && run->found[before].strength == NC_CERTAIN;
  run->n_found = before + any;
  return any;
}

static int32_t from_hit(const place *in, int32_t start) { return nc_hits_from(&in->run->hits, in->first, in->last, start); }

/* ---- brackets ---- */

/* The end of a bracket that opens at `at`: [(\[][^()\[\]\n]{3,240}[)\]]; 0 if it is none. */
static int32_t bracket_end(const uint32_t *tidy, int32_t at, int32_t end) {
  int32_t inside = tidy[at] == '(' || tidy[at] == '[' ? at + 1 : end; /* others may be folded to them */
  for (; inside < end && inside - at <= BRACKET_MOST + 1; inside++) {
    uint32_t c = tidy[inside];
    if (c == ')' || c == ']') {
      int32_t size = inside - at - 1;
      return size >= BRACKET_LEAST && size <= BRACKET_MOST ? inside + 1 : 0;
    }
    if (c == '(' || c == '[' || c == '\n') return 0;
  }
  return 0;
}

/* Where a character of ASCII first stands within [start, end), else `end`. */
static int32_t where(const place *in, int c, int32_t start, int32_t end) {
  const uint8_t *plain = in->run->plain, *found = start < end ? memchr(plain + start, c, (size_t)(end - start)) : NULL;
  return found != NULL ? (int32_t)(found - plain) : end;
}

static void find_brackets(place *in, int32_t start, int32_t end) {
  int32_t round = where(in, '(', start, end), square = where(in, '[', start, end);
  while (round < end || square < end) {
    int32_t at = round < square ? round : square;
    int32_t stop = bracket_end(in->tidy, at, end), from = stop ? stop : at + 1;
    if (round < from) round = where(in, '(', from, end);
    if (square < from) square = where(in, '[', from, end);
    if (!stop) continue;
    if (!is_quoted(in->run->doc, at, stop)) {
      nc_unit unit;
      int32_t before = in->run->n_found;
      nc_read_unit(in->run, &in->run->pieces, at, stop, 1, NC_CERTAINS, &unit);
      nc_find_whole(in->run, &unit, in->line, from_hit(in, at), from_hit(in, stop), 0, 0);
      only_certain(in->run, before);
    }
  }
}

/* ---- pieces glued to a sentence ---- */

/* _closing */
static int32_t closed(const uint32_t *tidy, int32_t end, int32_t limit) {
  static const uint32_t MARKS[] = {'!', '?', '*', 0x2026, ':', 0};
  while (end < limit && in_list(tidy[end], MARKS)) end++;
  if (end < limit && tidy[end] == '.' && (end + 1 == limit || tidy[end + 1] == ' ')) end++;
  return end;
}

/* _stands_alone */
static int stands_alone(const uint32_t *tidy, const nc_unit *unit, int32_t start, int32_t end) {
  static const uint32_t BEFORE[] = {'.', '!',  '?',  ':',    ';',    '|',    0x2022, 0xB7, ')',    ']', '"',
                                    '\'', 0x2026, 0x3002, 0xFF01, 0xFF1F, 0x61F, 0x964, 0xBB, 0x203A, '*', '>', 0};
  static const uint32_t OPENING[] = {'(', '[', '{', '"', '\'', 0x201C, 0x2018, 0xAB, 0x201E, 0};
  static const uint32_t CLOSED[] = {'!', '?', '.', 0x2026, 0x3002, 0};
  static const uint32_t GOES_ON[] = {',', ';', '-', '\'', '"', 0};
  int32_t before = start, after = end;
  while (before > unit->start && is_space(tidy[before - 1])) before--;
  while (after < unit->end && is_space(tidy[after])) after++;
  int any_before = before > unit->start;
  if (any_before && in_list(tidy[before - 1], OPENING)) return 0;
  uint32_t first = tidy[start];
  uint16_t is = nc_flags(first);
  int spaced = first < 0xE00 || (first >= 0xAC00 && first <= 0xD7A3) || end - start >= LONG_UNSPACED;
  int glued = start > unit->start && nc_flags(tidy[start - 1]) & NC_ALPHA && !(is & (NC_UPPER | NC_LOWER)) && spaced;
  if (any_before && !in_list(tidy[before - 1], BEFORE) && !(is & NC_UPPER) && !glued) return 0;
  if (after >= unit->end || in_list(tidy[end - 1], CLOSED)) return 1;
  uint16_t next = nc_flags(tidy[after]);
  return (next & NC_UPPER) != 0 || !((next & NC_ALNUM) || in_list(tidy[after], GOES_ON));
}

static int is_glued_word(const nc_rules_run *run, const nc_unit *unit, int32_t at) {
  if (!(run->index->word_marks[unit->hashes[at] >> (64 - NC_WORD_BITS)] & NC_GLUED_WORD)) return 0;
  for (int32_t pack = 0; pack < run->index->count; pack++) {
    const nc_pack *of = run->index->packs[pack];
    int32_t number = nc_word_number(&of->words, unit->hashes[at]);
    if (number >= 0 && of->word_marks[number] & NC_GLUED_WORD) return 1;
  }
  return 0;
}

/* _glued */
static void find_glued(place *in, const nc_unit *unit) {
  nc_rules_run *run = in->run;
  if (!run->flat && !(unit->marks & NC_GLUED_WORD)) return;
  for (int32_t at = 0; at < unit->count;) {
    nc_rule rule;
    int32_t step = run->flat || is_glued_word(run, unit, at) ? nc_longest(run, unit, at, &rule) : -1;
    if (step >= 0) {
      const nc_pack *pack = run->index->packs[rule.pack];
      int telling = pack->scopes[rule.head] == NC_INLINE || step - at >= TELLING_WORDS;
      int32_t start = unit->tokens[at].start, end = closed(in->tidy, unit->tokens[step - 1].end, unit->end);
      if (telling && pack->strengths[rule.head] == NC_CERTAIN && stands_alone(in->tidy, unit, start, end)) {
        nc_add_found(run, (nc_rule_found){in->line, start, end, rule.pack, rule.head, NC_CERTAIN});
        at = step;
        continue;
      }
    }
    at++;
  }
}

/* ---- sentences ---- */

/* Where :(?= [A-ZÀ-Þ]) is first found in a unit; -1 */
static int32_t colon_of(const place *in, int32_t start, int32_t end) {
  for (int32_t at = where(in, ':', start, end - 2); at < end - 2; at = where(in, ':', at + 1, end - 2)) {
    uint32_t next = in->tidy[at] == ':' && in->tidy[at + 1] == ' ' ? in->tidy[at + 2] : 0;
    if (next - 'A' < 26u || next - 0xC0 <= 0xDEu - 0xC0u) return at;
  }
  return -1;
}

/* _before_colon */
static int find_before_colon(place *in, int32_t start, int32_t end, int32_t first, int32_t last) {
  nc_rules_run *run = in->run;
  int32_t colon = colon_of(in, start, end), before = run->n_found;
  if (colon < 0) return 0;
  nc_unit head;
  nc_read_part(run, start, colon, NC_INSIDES, &head);
  nc_find_whole(run, &head, in->line, first, last, 1, 0);
  if (!only_certain(run, before)) return 0;
  run->found[before].end = colon + 1;
  return 1;
}

static void look_at_sentence(place *in, int32_t start, int32_t end) {
  nc_rules_run *run = in->run;
  int32_t first = from_hit(in, start), last = from_hit(in, end), before = run->n_found;
  if (first == last && !run->flat) return;
  if (find_before_colon(in, start, end, first, last)) return;
  nc_unit unit;
  nc_read_part(run, start, end, run->flat ? NC_CERTAINS : NC_INSIDES, &unit);
  nc_find_whole(run, &unit, in->line, first, last, 1, run->flat);
  if (!only_certain(run, before)) find_glued(in, &unit);
}

/* _sentences, each looked at */
static void look_at_sentences(place *in, int32_t start, int32_t end) {
  nc_arena *arena = in->run->arena;
  nc_mark before = nc_marked(arena);
  nc_span *made, pieces[WINDOW + 1];
  int32_t count = nc_segment(arena, in->tidy, start, end, &made);
  if (count > WINDOW) count = WINDOW;
  memcpy(pieces, made, sizeof(nc_span) * (size_t)count);
  nc_back(arena, before); /* what is found is taken from the arena, too */
  for (int32_t piece = 0; piece < count; piece++) {
    int32_t first = pieces[piece].start, last = pieces[piece].end;
    if ((piece == 0 && start > in->start) || (piece == count - 1 && end < in->end)) continue;
    while (first < last && is_space(in->tidy[first])) first++;
    while (last > first && is_space(in->tidy[last - 1])) last--;
    if (first < last) look_at_sentence(in, first, last);
  }
}

/* ---- by expression ---- */

/* A head of expressions for pieces, and where they were found last. */
typedef struct { int32_t pack, head, done; } searched;

static void found_at(place *in, const searched *of, int32_t start, int32_t end) {
  while (start < end && is_space(in->tidy[start])) start++;
  while (end > start && is_space(in->tidy[end - 1])) end--;
  if (!is_quoted(in->run->doc, start, end))
    nc_add_found(in->run, (nc_rule_found){in->line, start, end, of->pack, of->head, NC_CERTAIN});
}

/* Looks for an expression near one hit. */
static void search_near(place *in, searched *of, const nc_hit *hit, int32_t end) {
  nc_rules_run *run = in->run;
  nc_pack *pack = run->index->packs[of->pack];
  nc_pattern *pattern = &pack->patterns[of->head];
  int32_t a = hit->start - AROUND / 2 > of->done ? hit->start - AROUND / 2 : of->done;
  int32_t b = hit->end + AROUND / 2 < end ? hit->end + AROUND / 2 : end, span[3];
  if (hit->start < of->done || a >= b) return;
  const uint32_t *text = pattern->folded ? run->doc->folded : run->doc->tidy;
  if (!nc_pattern_inside(pattern, &pack->machines, text + a, b - a)) return;
  int32_t answer = run->ask(run->self, of->pack, of->head, 0, text + a, b - a, span);
  if (answer < 0) run->failed = answer;
  if (answer <= 0) return;
  found_at(in, of, a + span[0], a + span[1]);
  of->done = a + span[2];
}

static int has_head(const nc_rules_run *run, const nc_hit *hit, int32_t head) {
  const int32_t *heads = run->index->packs[hit->pack]->keywords.heads;
  int count = 0;
  for (int32_t at = hit->heads; at < hit->heads_end; at++) count += heads[at] == head;
  return count;
}

/* _by_pattern: head by head in the order of their first hits. */
static void find_by_pattern(place *in, int32_t start, int32_t end) {
  nc_rules_run *run = in->run;
  int32_t first = from_hit(in, start), last = from_hit(in, end);
  if (++run->head_mark == 0) {
    memset(run->head_marks, 0, sizeof(uint32_t) * (size_t)(run->index->head_first[run->index->count] + 1));
    run->head_mark = 1;
  }
  for (int32_t at = first; at < last; at++) {
    const nc_hit *hit = &run->hits.all[at];
    const nc_pack *pack = run->index->packs[hit->pack];
    for (int32_t which = hit->heads; which < hit->heads_end; which++) {
      int32_t head = pack->keywords.heads[which];
      if (pack->scopes[head] != NC_INLINE || pack->strengths[head] != NC_CERTAIN) continue;
      if (run->index->dropped[hit->pack][head]) continue;
      uint32_t *mark = &run->head_marks[run->index->head_first[hit->pack] + head];
      if (*mark == run->head_mark) continue;
      *mark = run->head_mark;
      searched of = {hit->pack, head, start};
      for (int32_t near = at; near < last && run->failed >= 0; near++)
        if (run->hits.all[near].pack == hit->pack)
          for (int times = has_head(run, &run->hits.all[near], head); times > 0; times--)
            search_near(in, &of, &run->hits.all[near], end);
    }
  }
}

/* ---- windows ---- */

static void look_at(place *in, int32_t start, int32_t end) {
  find_brackets(in, start, end);
  look_at_sentences(in, start, end);
  find_by_pattern(in, start, end);
}

/* Of [start, end), stretches that are short enough; returns where the last ends. */
static void look_along(place *in, int32_t start, int32_t end) {
  for (int32_t at = start; at < end;) {
    int32_t stop = end - at < WINDOW ? end : at + WINDOW;
    if (stop < in->end) {
      int32_t space = stop - 1;
      while (space >= at + WINDOW / 2 && in->tidy[space] != ' ') space--;
      if (space >= at + WINDOW / 2) stop = space;
    }
    look_at(in, at, stop);
    at = stop;
  }
}

/* _windows of a long line: around its keywords (_merged). */
static void look_around_hits(place *in) {
  const nc_hit *hits = in->run->hits.all;
  int32_t at = in->start;
  for (int32_t hit = in->first; hit < in->last;) {
    int32_t start = hits[hit].start - AROUND > in->start ? hits[hit].start - AROUND : in->start, end = start;
    for (; hit < in->last && (end == start || hits[hit].start - AROUND <= end); hit++) {
      int32_t stop = hits[hit].end + AROUND < in->end ? hits[hit].end + AROUND : in->end;
      if (stop > end) end = stop;
    }
    if (start > at) at = start;
    if (at < end) look_along(in, at, end);
    if (end > at) at = end;
  }
}

/* ---- all of it ---- */

/* _without_overlaps: by start, the longest first, else in the order they came. */
static void leave_overlaps_out(nc_rules_run *run, int32_t from) {
  nc_rule_found *found = run->found;
  int32_t kept = from;
  for (int32_t at = from + 1; at < run->n_found; at++) {
    nc_rule_found moved = found[at];
    int32_t to = at;
    for (; to > from && (found[to - 1].start > moved.start ||
                         (found[to - 1].start == moved.start && found[to - 1].end < moved.end));
         to--)
      found[to] = found[to - 1];
    found[to] = moved;
  }
  for (int32_t at = from; at < run->n_found; at++)
    if (kept == from || found[at].start >= found[kept - 1].end) found[kept++] = found[at];
  run->n_found = kept;
}

void nc_find_pieces(nc_rules_run *run, int32_t line, int32_t first, int32_t last) {
  const nc_line *is = &run->doc->lines[line];
  place in = {run, run->doc->tidy, line, is->start, is->end, first, last, run->n_found};
  if (is->end - is->start <= WINDOW) look_at(&in, is->start, is->end);
  else look_around_hits(&in);
  leave_overlaps_out(run, in.from);
}
