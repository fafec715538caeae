/* Items of lists within a paragraph: "• …", "(1) …", "a) …", at the start of a line or behind a blank.
 *
 * Mirrors sentencex's list_markers.rs. Only one family of markers makes a list: the one with most of them.
 */
#include "sentences.h"

/* By rank: bullets and markers in brackets make a list on their own, others need a sibling. */
enum { SURE, DASH, NUMBER, LETTER_BRACKET, LETTER_DOT, ROMAN, FAMILIES };
enum { NEAREST = 4 /* bytes between two markers of a family */ };

typedef struct {
  int32_t at;
  uint8_t family, roman_letter, line_start;
} candidate;

static int is_roman(uint32_t c) {
  switch (c | 32) {
    case 'i': case 'v': case 'x': case 'l': case 'c': case 'd': case 'm': return nc_is_latin(c);
    default: return 0;
  }
}

/* Length of what closes a marker at `at`: ".", ")" or ".)"; 0 if nothing does. */
static int closer(const uint32_t *text, int32_t at, int32_t end) {
  if (at >= end) return 0;
  if (text[at] == '.') return at + 1 < end && text[at + 1] == ')' ? 2 : 1;
  return text[at] == ')';
}

/* End of "(1)", "(12)", "(a)", "(iv)" at `at`; 0 if there is none. */
static int32_t bracketed(const uint32_t *text, int32_t at, int32_t end) {
  int32_t from = at + 1, to = from;
  while (to < end && is_roman(text[to])) to++;
  if (to == from && to < end && nc_is_digit(text[to])) {
    to++;
    if (to < end && nc_is_digit(text[to])) to++;
  } else if (to == from && to < end && nc_is_latin(text[to])) {
    to++;
  }
  return to > from && to < end && text[to] == ')' ? to + 1 : 0;
}

/* The end of the marker at text[at], where one stands; 0 if none does. */
static int32_t marker_end(const uint32_t *text, int32_t at, int32_t end, uint8_t *family) {
  if (at >= end) return 0;
  uint32_t c = text[at];
  *family = SURE;
  if (c >= 0x80) return nc_mark_kind(c) == BULLET ? at + 1 : 0;
  if (c == '(') return bracketed(text, at, end);
  int32_t to = at;
  *family = ROMAN;
  while (to < end && is_roman(text[to])) to++;
  if (to - at >= 2 && closer(text, to, end)) return to + closer(text, to, end);
  to = at;
  *family = NUMBER;
  while (to < end && nc_is_digit(text[to])) to++;
  if (to > at) return closer(text, to, end) ? to + closer(text, to, end) : 0;
  *family = DASH;
  if (c == '*' || c == '+' || c == '-') return at + 1;
  if (!nc_is_latin(c)) return 0;
  int closing = closer(text, at + 1, end);
  *family = LETTER_BRACKET;
  if (closing && text[at + closing] == ')') return at + 1 + closing;
  *family = LETTER_DOT;
  return closing && nc_is_small(c) ? at + 2 : 0;
}

/* What follows a marker: the first character behind at least one blank; 0 if that is no content. */
static uint32_t content_after(const uint32_t *text, int32_t at, int32_t end) {
  int32_t to = at;
  while (to < end && nc_is_tab(text[to])) to++;
  if (to == at || to == end || text[to] == '\n' || text[to] == '\r') return 0;
  return text[to] ? text[to] : 1; /* U+0000 is content, too */
}

static candidate made(const uint32_t *text, int32_t at, int32_t marker, uint8_t family, int line_start) {
  int letter = family == LETTER_DOT || family == LETTER_BRACKET;
  return (candidate){at, family, (uint8_t)(letter && is_roman(text[marker])), (uint8_t)line_start};
}

/* Where the marker that `mark` ends may begin: the character behind the blank before it; -1 if there is none. */
static int32_t marker_start(const uint32_t *text, int32_t mark, int32_t least) {
  int32_t at = mark;
  if (text[mark] == ')')
    while (at > least && (nc_is_latin(text[at - 1]) || nc_is_digit(text[at - 1]) || text[at - 1] == '.' ||
                          text[at - 1] == '('))
      at--;
  return at > least && nc_is_tab(text[at - 1]) ? at : -1;
}

static int is_lower(uint32_t c) { return c < 0x80 ? nc_is_small(c) : nc_rare_kind(c) & IS_LOWER; }

/* Bullets and ")", which make or end all markers within a line, in order. */
typedef struct { int32_t bracket, bullet; } reading;

/* The next of them before `end`; -1: none. */
static int32_t next_mark(const nc_paragraph *p, reading *r, int32_t end) {
  const nc_places *brackets = &p->marks[BRACKETS], *bullets = &p->marks[BULLETS];
  while (r->bracket < brackets->count && p->text[brackets->at[r->bracket]] != ')') r->bracket++;
  int32_t bracket = r->bracket < brackets->count ? brackets->at[r->bracket] : INT32_MAX;
  int32_t bullet = r->bullet < bullets->count ? bullets->at[r->bullet] : INT32_MAX;
  if (bracket >= end && bullet >= end) return -1;
  if (bracket < bullet) r->bracket++;
  else r->bullet++;
  return bracket < bullet ? bracket : bullet;
}

/* The candidates of the line [start, end): at its start, and behind blanks where a bullet or ")" is. */
static int32_t scan_line(const nc_paragraph *p, int32_t start, int32_t end, reading *r, int32_t *returned,
                         candidate *found) {
  const uint32_t *text = p->text;
  int32_t count = 0, first = start, stop = end;
  uint8_t family;
  while (first < end && nc_is_tab(text[first])) first++;
  int32_t to = marker_end(text, first, end, &family);
  if (to && content_after(text, to, end)) found[count++] = made(text, start, first, family, 1);
  /* a blank before a \r ends the search */
  for (; *returned < p->marks[RETURNS].count && p->marks[RETURNS].at[*returned] < end; ++*returned) {
    int32_t at = p->marks[RETURNS].at[*returned];
    if (stop == end && at > first && nc_is_tab(text[at - 1])) stop = at;
  }
  for (int32_t mark; (mark = next_mark(p, r, end)) >= 0;) {
    int32_t at = marker_start(text, mark, first);
    if (at < 0 || at > stop) continue;
    to = marker_end(text, at, end, &family);
    if (!to || family == DASH || (text[to - 1] == '.' && family != SURE)) continue;
    uint32_t next = content_after(text, to, end);
    if (next && !is_lower(next)) found[count++] = made(text, at, at, family, 0);
  }
  return count;
}

static int32_t bytes_between(const uint32_t *text, int32_t from, int32_t to) {
  if (to - from >= NEAREST) return to - from;
  int32_t bytes = 0;
  for (; from < to; from++) bytes += nc_width(text[from]);
  return bytes;
}

/* Leave out those too near to the one of their family before them; returns how many are left. */
static int32_t pruned(const uint32_t *text, candidate *found, int32_t count) {
  int32_t last[FAMILIES] = {-1, -1, -1, -1, -1, -1}, kept = 0;
  for (int32_t n = 0; n < count; n++) {
    int32_t *before = &last[found[n].family];
    if (*before >= 0 && bytes_between(text, *before, found[n].at) < NEAREST) continue;
    *before = found[n].at;
    found[kept++] = found[n];
  }
  return kept;
}

/* The family of markers that makes the list; -1: there is no list. */
static int winner(const candidate *found, int32_t count) {
  int32_t counts[FAMILIES] = {0}, first[FAMILIES] = {0};
  for (int32_t n = 0; n < count; n++) {
    if (counts[found[n].family]++ == 0) first[found[n].family] = found[n].at;
    if (found[n].family == SURE && found[n].line_start) return SURE;
  }
  if (counts[SURE] >= 2) return SURE;
  int best = -1;
  for (int family = DASH; family < FAMILIES; family++) {
    if (counts[family] < 2) continue;
    if (best < 0 || counts[family] > counts[best] || (counts[family] == counts[best] && first[family] < first[best]))
      best = family;
  }
  return best;
}

void nc_list_items(nc_paragraph *p) {
  p->items.count = 0;
  reading r = {0, 0};
  if (p->marks[NEWLINES].count == 0 && next_mark(p, &r, p->size) < 0) return; /* at most one, at its start, and not sure */
  int32_t most = p->marks[BRACKETS].count + p->marks[BULLETS].count + p->marks[NEWLINES].count + 1;
  candidate *found = NC_TAKE(p->arena, candidate, most);
  int32_t count = 0, returned = 0, start = 0, roman = 0;
  r = (reading){0, 0};
  for (int32_t line = 0; line <= p->marks[NEWLINES].count; line++) {
    int32_t end = line < p->marks[NEWLINES].count ? p->marks[NEWLINES].at[line] + 1 : p->size;
    count += scan_line(p, start, end, &r, &returned, found + count);
    start = end;
  }
  for (int32_t n = 0; n < count; n++) roman |= found[n].family == ROMAN;
  for (int32_t n = 0; roman && n < count; n++)
    if (found[n].roman_letter) found[n].family = ROMAN;
  count = pruned(p->text, found, count);
  int family = winner(found, count);
  if (family < 0) return;
  p->items.at = NC_TAKE(p->arena, int32_t, count);
  for (int32_t n = 0; n < count; n++)
    if (found[n].family == family) p->items.at[p->items.count++] = found[n].at;
}
