/* What placeholders may stand for, once a network has found a phrase: mirrors rules/placeholders.py. */
#include "nc_gaps.h"

enum { SETS = (NC_MOST_WORDS + 64) / 64 }; /* of places before words, 0 to NC_MOST_WORDS */
enum { UNSPACED_FACTOR = 4, SUFFIX = 3, FEW_WORDS = 4, SMALL_SITE = 3, LONG_TITLE = 6, SHORT_TITLE = 3 };

typedef struct { uint64_t bits[SETS]; } places;

static inline void put(places *set, int32_t at) { set->bits[at >> 6] |= (uint64_t)1 << (at & 63); }
static inline int holds(const places *set, int32_t at) { return (int)(set->bits[at >> 6] >> (at & 63)) & 1; }
static inline int is_empty(const places *set) {
  uint64_t any = 0;
  for (int at = 0; at < SETS; at++) any |= set->bits[at];
  return any == 0;
}
static inline void join(places *set, const places *more) {
  for (int at = 0; at < SETS; at++) set->bits[at] |= more->bits[at];
}

typedef struct {
  nc_rules_run *run;
  nc_unit *unit;
  const uint32_t *tidy;
  const nc_token *tokens;
  int32_t count;
} filler;

static inline uint16_t first_flags(const filler *in, int32_t at) { return nc_flags(in->tidy[in->tokens[at].start]); }

static int gap_holds(const filler *in, int32_t at, uint32_t sign) {
  for (int32_t place = in->tokens[at].end; place < in->tokens[at + 1].start; place++)
    if (in->tidy[place] == sign) return 1;
  return 0;
}

/* Tokens.is_unspaced */
static int is_unspaced(const filler *in, int32_t at) {
  const nc_token *is = &in->tokens[at];
  return is->end - is->start == 1 && !is->number && in->run->doc->folded[is->start] > 0xE00;
}

/* ---- dates ---- */

static inline int is_digit(const filler *in, int32_t at, int32_t end) {
  return at < end && nc_flags(in->tidy[at]) & NC_DIGIT;
}

/* (?:13|14|19|20|25)\d\d(?!\d) */
static int is_year(const filler *in, int32_t at, int32_t end) {
  if (end - at < 4 || !is_digit(in, at + 2, end) || !is_digit(in, at + 3, end) || is_digit(in, at + 4, end)) return 0;
  uint32_t one = in->tidy[at], two = in->tidy[at + 1];
  return (one == '1' && (two == '3' || two == '4' || two == '9')) || (one == '2' && (two == '0' || two == '5'));
}

/* [:.h][0-5]\d(?![\d%]) */
static int are_minutes(const filler *in, int32_t at, int32_t end) {
  if (end - at < 3) return 0;
  uint32_t sign = in->tidy[at];
  if ((sign != ':' && sign != '.' && sign != 'h') || in->tidy[at + 1] - '0' > 5u || !is_digit(in, at + 2, end)) return 0;
  return at + 3 >= end || (!is_digit(in, at + 3, end) && in->tidy[at + 3] != '%');
}

/* (?:[01]?\d|2[0-3])[:.h][0-5]\d(?![\d%]) */
static int is_time(const filler *in, int32_t at, int32_t end) {
  uint32_t one = in->tidy[at];
  if ((one == '0' || one == '1') && is_digit(in, at + 1, end) && are_minutes(in, at + 2, end)) return 1;
  if (is_digit(in, at, end) && are_minutes(in, at + 1, end)) return 1;
  return one == '2' && at + 1 < end && in->tidy[at + 1] - '0' < 4u && are_minutes(in, at + 2, end);
}

static int is_date_sign(const filler *in, int32_t at, int32_t end) {
  return at < end && (in->tidy[at] == '.' || in->tidy[at] == '/' || in->tidy[at] == '-');
}

/* \d{1,4}[./-]\d{1,2}[./-]\d{1,4} */
static int is_figures(const filler *in, int32_t at, int32_t end) {
  int32_t day = at;
  while (day - at < 4 && is_digit(in, day, end)) day++;
  if (day == at || !is_date_sign(in, day, end) || !is_digit(in, day + 1, end)) return 0;
  int32_t month = day + 2 + is_digit(in, day + 2, end);
  return is_date_sign(in, month, end) && is_digit(in, month + 1, end);
}

/* Whether _date() finds something in [from, end); what stands before `from` is seen. */
static int holds_date(const filler *in, int32_t from, int32_t end) {
  for (int32_t at = from; at < end; at++) {
    if (!(nc_flags(in->tidy[at]) & NC_DIGIT)) continue;
    if (at > 0) { /* (?<![\d£$€₹.,]) */
      uint32_t c = in->tidy[at - 1];
      if (c == 0xA3 || c == '$' || c == 0x20AC || c == 0x20B9 || c == '.' || c == ',' || nc_flags(c) & NC_DIGIT) continue;
    }
    if (is_year(in, at, end) || is_time(in, at, end) || is_figures(in, at, end)) return 1;
  }
  return 0;
}

static void date_stops(const filler *in, int32_t start, int32_t limit, places *stops) {
  int number = 0, told = 0;
  for (int32_t at = start; at < limit; at++) {
    const nc_token *is = &in->tokens[at];
    if (is->number) number = 1;
    else if (!nc_is_date_word(in->run, in->unit, at)) return;
    else told = told || is->end - is->start > 2 || in->run->doc->folded[is->start] > 0x3000;
    told = told || holds_date(in, in->tokens[start].start, is->end);
    if (number && told) put(stops, at + 1);
  }
}

/* ---- names ---- */

static int comma_between(const filler *in, int32_t start, int32_t at) {
  for (int32_t place = in->tokens[start].start; place < in->tokens[at].start; place++)
    if (in->tidy[place] == ',') return 1;
  return 0;
}

static void name_stops(const filler *in, int32_t start, int32_t limit, places *stops) {
  int32_t capitals = 0, cased = 0, end = nc_first_gap(in->run, in->unit, NC_ENDS_SENTENCE, start) + 1;
  int begins = (first_flags(in, start) & NC_UPPER) != 0;
  if (end > limit) end = limit;
  for (int32_t at = start; at < end; at++) {
    const nc_token *is = &in->tokens[at];
    if (is->number) return;
    uint16_t first = first_flags(in, at);
    cased += (first & (NC_UPPER | NC_LOWER)) != 0;
    capitals += (first & NC_UPPER) != 0;
    if (at + 1 < in->count && nc_first_gap(in->run, in->unit, NC_ENDS_NAME, at) == at) return;
    if (!cased) {
      put(stops, at + 1);
      continue;
    }
    int named = (first & NC_UPPER) != 0 || is->end - is->start <= SUFFIX;
    if (begins && capitals * 2 >= cased && (named || comma_between(in, start, at))) put(stops, at + 1);
  }
}

/* ---- titles and sites ---- */

/* _begins_anew of the gap before word `start` */
static int begins_anew(const filler *in, int32_t start) {
  int32_t from = in->tokens[start - 1].end, to = in->tokens[start].start;
  int bare = 1, dashes = 1; /* nothing but white space; nothing but dashes and white space around them */
  int32_t first = to, last = from;
  for (int32_t at = from; at < to; at++) {
    uint32_t c = in->tidy[at];
    if (c == ',' || c == 0x60C) return 0;
    if (nc_flags(c) & NC_SPACE) continue;
    if (bare) first = at;
    last = at;
    bare = 0;
  }
  for (int32_t at = first; !bare && at <= last; at++) dashes &= in->tidy[at] == '-';
  int ends_in_dash = to > from && in->tidy[to - 1] == '-';
  if (!bare && !dashes) return !ends_in_dash;
  uint16_t is = first_flags(in, start);
  return (is & NC_UPPER) != 0 || (!bare && !(is & NC_LOWER) && !ends_in_dash);
}

static int is_stop(uint32_t c) { return c == '.' || c == 0x964 || c == 0x6D4 || c == 0x3002; }

static void new_title_stops(const filler *in, int32_t start, int32_t limit, places *stops) {
  nc_unit *unit = in->unit;
  if (!begins_anew(in, start)) return;
  int32_t last = nc_first_gap(in->run, unit, unit->is_line ? NC_ENDS_WITH_STOP : NC_ENDS_SENTENCE, start) + 1;
  if (last > limit) last = limit;
  for (int32_t end = start + 1; end <= last; end++) {
    int32_t behind = in->tokens[end - 1].end;
    int full_stop = behind < in->run->doc->size && is_stop(in->tidy[behind]);
    if (full_stop && !unit->is_line && end - start > SHORT_TITLE) continue;
    if (!full_stop || end - start <= LONG_TITLE ||
        nc_first_gap(in->run, unit, NC_IS_GLUED, start + 1) >= end - 1)
      put(stops, end);
  }
}

/* Where a title (not one that has to show as new) or a site may end that begins at `start`; -1 for nowhere. */
static int32_t bound_of(const filler *in, int kind, int32_t start, int32_t limit) {
  if (kind == NC_TITLE) {
    if (start > 0 && start <= FEW_WORDS && gap_holds(in, start - 1, ',')) return -1;
    if (start > 0 && !in->unit->is_line && nc_gap_is_glued(in->run, in->unit, start - 1)) return -1;
    int32_t at = nc_first_gap(in->run, in->unit, NC_STARTS_ANEW, start) + 1;
    return at < limit ? at : limit;
  }
  if (kind != NC_SITE) return limit;
  if (first_flags(in, start) & NC_LOWER && start + SMALL_SITE < limit) limit = start + SMALL_SITE;
  int32_t at = nc_first_gap(in->run, in->unit, NC_ENDS_NAME, start);
  at += at + 1 >= in->count;
  return at < limit ? at : limit;
}

/* _stops */
static void stops_of(const filler *in, int kind, const places *starts, places *stops) {
  static const int32_t MOST[NC_PLACEHOLDERS] = {6, 10, 6, 40, 40}; /* tree.PLACEHOLDERS */
  int32_t done = 0;
  for (int32_t start = 0; start < in->count; start++) {
    if (!holds(starts, start)) continue;
    int32_t limit = start + MOST[kind] * (is_unspaced(in, start) ? UNSPACED_FACTOR : 1);
    if (limit > in->count) limit = in->count;
    if (kind == NC_DATE) {
      date_stops(in, start, limit, stops);
    } else if (kind == NC_NAME) {
      name_stops(in, start, limit, stops);
    } else if (kind == NC_NEW_TITLE && start > 0) {
      new_title_stops(in, start, limit, stops);
    } else {
      int32_t bound = bound_of(in, kind, start, limit);
      for (int32_t at = (start > done ? start : done) + 1; at <= bound; at++) put(stops, at);
      if (bound > done) done = bound;
    }
  }
}

/* ---- phrases ---- */

typedef struct {
  const nc_net *net;
  const nc_ending *is;
  const int32_t *numbers;
  places *reached;               /* by state: 0 first, then the phrase's */
} phrase;

static inline places *reached_of(const phrase *of, int32_t state) {
  if (state == 0) return of->reached;
  if (state < of->is->first || state > of->is->end) return NULL;
  return of->reached + 1 + (state - of->is->first);
}

static void words_from(const filler *in, const phrase *of, int32_t state, const places *starts) {
  for (int32_t arc = of->net->arc_first[state]; arc < of->net->arc_first[state + 1]; arc++) {
    nc_arc is = of->net->arcs[arc];
    places *to = is.to < of->is->first ? NULL : reached_of(of, is.to);
    if (to == NULL) continue;
    for (int32_t at = 0; at < in->count; at++)
      if (of->numbers[at] == is.label && holds(starts, at)) put(to, at + 1);
  }
}

/* From the start, whose arcs are those of all phrases: only those of the first word. */
static void first_word(const filler *in, const phrase *of) {
  int32_t number = of->numbers[0];
  (void)in;
  if (number < 0) return;
  const nc_word_edges *edges = &of->net->of_word[number];
  for (int32_t edge = edges->first; edge < edges->inner; edge++) {
    int32_t to = of->net->edges[edge].to;
    if (to >= of->is->first && to <= of->is->end) put(reached_of(of, to), 1);
  }
}

static void fillers_from(const filler *in, const phrase *of, int32_t state, const places *starts) {
  uint8_t made = 0;
  places stops[NC_PLACEHOLDERS];
  for (int32_t arc = of->net->filler_first[state]; arc < of->net->filler_first[state + 1]; arc++) {
    nc_arc is = of->net->fillers[arc];
    places *to = is.to < of->is->first ? NULL : reached_of(of, is.to);
    if (to == NULL) continue;
    if (!(made >> is.label & 1)) {
      memset(&stops[is.label], 0, sizeof(places));
      stops_of(in, is.label, starts, &stops[is.label]);
      made |= (uint8_t)(1 << is.label);
    }
    join(to, &stops[is.label]);
  }
}

int nc_fills_plausibly(nc_rules_run *run, const nc_net *net, const nc_ending *is, nc_unit *unit,
                       const int32_t *numbers) {
  nc_mark before = nc_marked(run->arena);
  if (is->first < 1 || is->end < is->first) return 0;
  filler in = {run, unit, run->doc->tidy, unit->tokens, unit->count};
  phrase of = {net, is, numbers, NC_TAKE_ZEROED(run->arena, places, is->end - is->first + 2)};
  places start = {{1}};
  first_word(&in, &of);
  fillers_from(&in, &of, 0, &start);
  for (int32_t state = is->first; state < is->end; state++) { /* edges lead to higher numbers only */
    places *starts = reached_of(&of, state);
    starts->bits[in.count >> 6] &= ~((uint64_t)1 << (in.count & 63));
    if (is_empty(starts)) continue;
    words_from(&in, &of, state, starts);
    fillers_from(&in, &of, state, starts);
  }
  int fills = holds(reached_of(&of, is->end), in.count);
  nc_back(run->arena, before);
  return fills;
}
