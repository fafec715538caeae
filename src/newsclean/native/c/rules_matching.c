/* Which expressions match a unit as a whole: mirrors _by_pattern of rules/whole.py, and units.matches_whole. */
#include "nc_rules_parts.h"

enum { LONGEST_LINE = 400 };

/* units._DECORATION, _TRAILING: those of ASCII, by bits, and the others */
static const uint64_t DECORATION[2] = {(uint64_t)1 << ' ' | (uint64_t)1 << '*' | (uint64_t)1 << '-' | (uint64_t)1 << '>' |
                                           (uint64_t)1 << '+' | (uint64_t)1 << '#',
                                       (uint64_t)1 << ('|' - 64) | (uint64_t)1 << ('~' - 64)};
static const uint64_t TRAILING[2] = {(uint64_t)1 << ' ' | (uint64_t)1 << '>', (uint64_t)1 << ('|' - 64)};
static const uint32_t DECORATION_SIGNS[] = {0x2022, 0x25AA, 0x25A0, 0x25CF, 0x25E6, 0x2023, 0xB7,   0xBB,
                                            0x203A, 0x25B6, 0x25BA, 0x25BC, 0x2192, 0};
static const uint32_t TRAILING_SIGNS[] = {0x2022, 0xB7, 0xBB, 0x203A, 0x25B6, 0x25BA, 0x2192, 0};

static inline int is_one_of(uint32_t c, const uint64_t *ascii, const uint32_t *signs) {
  if (c < 128) return (int)(ascii[c >> 6] >> (c & 63)) & 1;
  for (; *signs; signs++)
    if (*signs == c) return 1;
  return 0;
}

/* A unit as expressions see it, tidy or folded: all of it, and without bullets and arrows. */
typedef struct {
  const uint32_t *text[2];
  int32_t size[2];               /* of the second 0 if it is the first, or nothing */
} look;

typedef struct {
  nc_rules_run *run;
  const nc_unit *unit;
  look looks[2];
} wholes;

static void look_of(const nc_unit *unit, const uint32_t *text, look *made) {
  int32_t start = unit->start, end = unit->end;
  while (start < end && is_one_of(text[start], DECORATION, DECORATION_SIGNS)) start++;
  while (end > start && is_one_of(text[end - 1], TRAILING, TRAILING_SIGNS)) end--;
  *made = (look){{text + unit->start, text + start}, {unit->end - unit->start, end - start}};
  if (made->size[1] == made->size[0]) made->size[1] = 0;
}

static inline int may_match(const nc_glance *glance, const look *of, int bare) {
  int32_t size = of->size[bare];
  return size && nc_may_match(glance, of->text[bare][0], of->text[bare][size - 1], size);
}

/* units.matches_whole; `may` are the looks that may match */
static int matches_whole(wholes *in, int32_t at, int32_t head, int may) {
  nc_rules_run *run = in->run;
  nc_pack *pack = run->index->packs[at];
  nc_pattern *pattern = &pack->patterns[head];
  const look *of = &in->looks[pattern->folded];
  int told = 0;
  if (may & 1) told = nc_pattern_whole(pattern, &pack->machines, of->text[0], of->size[0]);
  if (told != 1 && may & 2) {
    int again = nc_pattern_whole(pattern, &pack->machines, of->text[1], of->size[1]);
    told = again == 1 ? 1 : told | again;
  }
  if (told < 2) return told;
  if (run->failed < 0) return 0;
  int32_t span[3], answer = run->ask(run->self, at, head, 1, of->text[0], of->size[0], span);
  if (answer < 0) run->failed = answer;
  return answer > 0;
}

/* A rule whose expression matches, and where it stands among all such rules. */
typedef struct { nc_rule rule; int64_t place, within; } matched;

static int asked_before(nc_rules_run *run, int32_t pack, int32_t head) {
  uint32_t *mark = &run->head_marks[run->index->head_first[pack] + head];
  if (*mark == run->head_mark) return 1;
  *mark = run->head_mark;
  return 0;
}

typedef struct {
  wholes whole;
  int sentence_bound;            /* rules for sentences inside a line: -1 not asked yet; 0 all, 1 none, 2 no pointers */
  matched *all;
  int32_t count, room;
} candidates;

static int is_stop(uint32_t c) { return c == '.' || c == 0x964 || c == 0x6D4 || c == 0x3002; }

/* _for_sentences: whether a rule may speak for a sentence inside a line. */
static int may_speak(candidates *in, int32_t pack, int32_t head) {
  const nc_unit *unit = in->whole.unit;
  if (unit->is_line) return 1;
  if (in->sentence_bound < 0) {
    nc_unit copy = *unit;
    in->sentence_bound = nc_runs_on(in->whole.run, &copy) ? 1 : is_stop(in->whole.run->doc->tidy[unit->end - 1]) ? 2 : 0;
  }
  if (in->sentence_bound == 2) return !(in->whole.run->index->packs[pack]->marks[head] & NC_RELATED);
  return in->sentence_bound == 0;
}

static void try_rule(candidates *in, int32_t at, int32_t head) {
  nc_rules_run *run = in->whole.run;
  uint64_t needs = in->whole.unit->needs;
  if (asked_before(run, at, head)) return;
  const nc_pack *pack = run->index->packs[at];
  const nc_glance *glance = &pack->glances[head];
  const look *of = &in->whole.looks[nc_glanced(glance, NC_GLANCE_REST) >> NC_SEES_FOLDED & 1];
  int may = may_match(glance, of, 0) | may_match(glance, of, 1) << 1;
  if (!may || (pack->tells[head] & needs) != needs || run->index->dropped[at][head]) return;
  if (!may_speak(in, at, head) || !matches_whole(&in->whole, at, head, may)) return;
  if (in->count == in->room) {
    int32_t room = in->room ? in->room * 2 : 16;
    matched *bigger = NC_TAKE(run->arena, matched, room);
    if (in->count) memcpy(bigger, in->all, sizeof(matched) * (size_t)in->count);
    in->all = bigger;
    in->room = room;
  }
  in->all[in->count++] = (matched){{at, head}, INT64_MAX, 0};
}

/* Index.line_rules by the beginnings of words */
static void try_shorts(candidates *in) {
  nc_rules_run *run = in->whole.run;
  const nc_unit *unit = in->whole.unit;
  for (int32_t word = 0; word < unit->count; word++) {
    const nc_token *is = &unit->tokens[word];
    int32_t key = nc_short_key(run->doc->folded + is->start, is->end - is->start, is->number);
    if (!nc_bit(run->index->shorts, (uint32_t)key)) continue;
    for (int32_t pack = 0; pack < run->index->count; pack++) {
      const nc_keywords *of = &run->index->packs[pack]->keywords;
      for (int32_t at = of->short_first[key >> 10]; at < of->short_first[(key >> 10) + 1]; at++) {
        const nc_short *begins = &of->shorts[at];
        int shift = begins->key == NC_NUMBER_KEY << 10 ? 0 : 5 * (3 - begins->size);
        if (begins->key >> shift == key >> shift) try_rule(in, pack, begins->head);
      }
    }
  }
}

static void place(candidates *in, int32_t pack, int32_t head, int64_t at, int64_t within) {
  for (int32_t is = 0; is < in->count; is++) {
    matched *made = &in->all[is];
    if (made->rule.pack != pack || made->rule.head != head) continue;
    if (at < made->place || (at == made->place && within < made->within)) {
      made->place = at;
      made->within = within;
    }
  }
}

/* In the order of Python's candidates: by keywords anywhere, in the line's text by their ends, of words. */
static void place_all(candidates *in, const nc_hits *hits, int32_t first, int32_t last, int anywhere, int64_t from) {
  const nc_rules_run *run = in->whole.run;
  for (int32_t at = first; at < last; at++) {
    const nc_hit *hit = &hits->all[at];
    if (hit->start < in->whole.unit->start || hit->end > in->whole.unit->end) continue;
    const int32_t *heads = run->index->packs[hit->pack]->keywords.heads;
    int64_t one = anywhere ? hit->start : hit->end, two = anywhere ? hit->end : hit->start;
    for (int32_t head = hit->heads; head < hit->heads_end; head++)
      place(in, hit->pack, heads[head], from + one, (two << 24 | hit->pack << 16) + (head - hit->heads));
  }
}

static void place_shorts(candidates *in, int64_t from) {
  const nc_rules_run *run = in->whole.run;
  const nc_unit *unit = in->whole.unit;
  for (int32_t word = 0; word < unit->count; word++) {
    const nc_token *is = &unit->tokens[word];
    int32_t key = nc_short_key(run->doc->folded + is->start, is->end - is->start, is->number);
    for (int32_t pack = 0; pack < run->index->count; pack++) {
      const nc_keywords *of = &run->index->packs[pack]->keywords;
      for (int32_t at = of->short_first[key >> 10]; at < of->short_first[(key >> 10) + 1]; at++) {
        const nc_short *begins = &of->shorts[at];
        int shift = begins->key == NC_NUMBER_KEY << 10 ? 0 : 5 * (3 - begins->size);
        if (begins->key >> shift == key >> shift)
          place(in, pack, begins->head, from + word, (int64_t)begins->size << 40 | (int64_t)pack << 32 | at);
      }
    }
  }
}

static void sort_matched(matched *all, int32_t count) {
  for (int32_t at = 1; at < count; at++) {
    matched moved = all[at];
    int32_t to = at;
    for (; to > 0 && (all[to - 1].place > moved.place ||
                      (all[to - 1].place == moved.place && all[to - 1].within > moved.within));
         to--)
      all[to] = all[to - 1];
    all[to] = moved;
  }
}

/* _by_pattern: rules whose expressions match the unit, of the hits [first, last). */
void nc_by_pattern(nc_rules_run *run, const nc_unit *unit, int32_t first, int32_t last, nc_rules *rules) {
  candidates in = {.whole = {.run = run, .unit = unit}, .sentence_bound = -1};
  look_of(unit, run->doc->tidy, &in.whole.looks[0]);
  look_of(unit, run->doc->folded, &in.whole.looks[1]);
  const nc_hits *hits = &run->hits, *line_hits = &run->line_hits;
  int lines = unit->is_line && unit->end - unit->start <= LONGEST_LINE;
  int32_t line_first = 0, line_last = 0;
  if (++run->head_mark == 0) {
    memset(run->head_marks, 0, sizeof(uint32_t) * (size_t)(run->index->head_first[run->index->count] + 1));
    run->head_mark = 1;
  }
  for (int32_t at = first; at < last; at++) {
    const nc_hit *hit = &hits->all[at];
    if (hit->start < unit->start || hit->end > unit->end) continue;
    const nc_pack *pack = run->index->packs[hit->pack];
    for (int32_t at_head = hit->heads; at_head < hit->heads_end; at_head++) {
      int32_t head = pack->keywords.heads[at_head];
      if (pack->scopes[head] != NC_INLINE) try_rule(&in, hit->pack, head);
    }
  }
  if (lines) {
    line_first = nc_hits_from(line_hits, 0, line_hits->count, unit->start);
    for (line_last = line_first; line_last < line_hits->count && line_hits->all[line_last].start < unit->end; line_last++) {
      const nc_hit *hit = &line_hits->all[line_last];
      if (hit->end > unit->end) continue;
      const int32_t *heads = run->index->packs[hit->pack]->keywords.heads;
      for (int32_t head = hit->heads; head < hit->heads_end; head++) try_rule(&in, hit->pack, heads[head]);
    }
    try_shorts(&in);
  }
  if (in.count > 1) {
    const int64_t PART = (int64_t)1 << 33;
    place_all(&in, hits, first, last, 1, 0);
    if (lines) {
      place_all(&in, line_hits, line_first, line_last, 0, PART);
      place_shorts(&in, 2 * PART);
    }
    sort_matched(in.all, in.count);
  }
  for (int32_t at = 0; at < in.count; at++) nc_add_rule(run, rules, in.all[at].rule.pack, in.all[at].rule.head);
}
