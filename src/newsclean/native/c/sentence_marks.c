/* The marks of a paragraph: found in one pass, so that all else looks at them only. */
#include "sentence_characters.h"
#include "sentences.h"

/* Marks below U+0580, which is all of Latin, Greek and Cyrillic. */
enum { COMMON = 0x580 };
static const uint8_t COMMON_MARKS[COMMON] = {
  ['\n'] = NEWLINE, ['\r'] = RETURN, ['!'] = TERMINATOR, ['.'] = TERMINATOR, ['?'] = TERMINATOR, ['"'] = QUOTE,
  ['\''] = QUOTE, ['`'] = QUOTE, [0xAB] = QUOTE, [0xBB] = QUOTE, ['('] = OPENER, ['<'] = OPENER, ['['] = OPENER,
  ['{'] = OPENER, [')'] = CLOSER, ['>'] = CLOSER, [']'] = CLOSER, ['}'] = CLOSER, ['@'] = AT_SIGN,
};

static inline int is_rare_mark(uint32_t c) {
  return c < 0x20000 && (MARK_BITS[MARK_PAGES[c >> 8]][(c >> 5) & 7] >> (c & 31) & 1);
}

static int rare_mark(uint32_t c) {
  switch (c) {
    case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x201C: case 0x201D: case 0x201E:
    case 0x201F: case 0x2039: case 0x203A: case 0x300A: case 0x300B: case 0x300C: case 0x300D:
      return QUOTE;
    case 0xFF08: return OPENER;
    case 0xFF09: return CLOSER;
    case 0x2026: return ELLIPSIS;
    case 0x2022: case 0x2043: case 0x204C: case 0x204D: return BULLET;
    default: return c >= 0x25A0 && c < 0x2800 ? BULLET : TERMINATOR;
  }
}

int nc_mark_kind(uint32_t c) { return c < COMMON ? COMMON_MARKS[c] : is_rare_mark(c) ? rare_mark(c) : NO_MARK; }

int nc_rare_kind(uint32_t c) {
  int32_t low = 0, high = (int32_t)(sizeof(KIND_RUNS) / sizeof(*KIND_RUNS)) - 1;
  while (low < high) {
    int32_t middle = (low + high + 1) / 2;
    if (KIND_RUNS[middle] >> 8 <= c) low = middle;
    else high = middle - 1;
  }
  int kind = (int)(KIND_RUNS[low] & 0xFF);
  if (kind & IS_PAIRS) {
    kind &= ~IS_PAIRS;
    if ((c - (KIND_RUNS[low] >> 8)) & 1) kind ^= IS_UPPER | IS_LOWER;
  }
  return kind;
}

int nc_is_word(uint32_t c) {
  if (c < 0x80) return nc_is_latin(c) || nc_is_digit(c) || c == '_';
  return nc_rare_kind(c) & IS_WORD;
}

int nc_is_letter_number(uint32_t c) {
  if (c < 0x80) return nc_is_latin(c) || nc_is_digit(c);
  return nc_rare_kind(c) & IS_LETTER_NUMBER;
}

/* Room for `more` marks in each list of them: lists are as long as all marks together need. */
static void make_room(nc_paragraph *p, int32_t marks, int32_t more) {
  if (marks + more <= p->room) return;
  int32_t room = p->room ? p->room : 256;
  while (room < marks + more) room *= 2;
  int32_t *made = NC_TAKE(p->arena, int32_t, (size_t)room * MARK_LISTS);
  for (int list = 0; list < MARK_LISTS; list++) {
    int32_t *at = made + (size_t)room * (size_t)list;
    if (p->marks[list].count) memcpy(at, p->marks[list].at, sizeof(int32_t) * (size_t)p->marks[list].count);
    p->marks[list].at = at;
  }
  p->room = room;
}

/* Whether a break of paragraphs, \n\r*\n, is at `at`, where a \n is: its end, or 0. */
static int32_t paragraph_break(const uint32_t *text, int32_t at, int32_t size) {
  int32_t end = at + 1;
  while (end < size && text[end] == '\r') end++;
  return end < size && text[end] == '\n' ? end + 1 : 0;
}

/* The list that a mark of a kind is put in. */
static const uint8_t LIST_OF[] = {
  [TERMINATOR] = TERMINATORS, [ELLIPSIS] = TERMINATORS, [QUOTE] = QUOTES, [OPENER] = BRACKETS, [CLOSER] = BRACKETS,
  [BULLET] = BULLETS, [AT_SIGN] = AT_SIGNS, [NEWLINE] = NEWLINES, [RETURN] = RETURNS,
};

/* The first break of paragraphs from newline `first` on: its newline's number, and its end in *next. */
static int32_t broken(const nc_paragraph *p, const uint32_t *text, int32_t first, int32_t size, int32_t *next) {
  const nc_places *newlines = &p->marks[NEWLINES];
  for (int32_t n = first; n < newlines->count; n++) {
    int32_t end = paragraph_break(text, p->offset + newlines->at[n], size);
    if (!end) continue;
    *next = end;
    return n;
  }
  return -1;
}

/* Positions of the marks in text[at:stop]. */
static int32_t marks_in(const uint32_t *text, int32_t at, int32_t stop, int32_t *places) {
  int32_t *to = places;
  for (; at < stop; at++) {
    uint32_t c = text[at];
    *to = at;
    to += c < COMMON ? COMMON_MARKS[c] != NO_MARK : is_rare_mark(c);
  }
  return (int32_t)(to - places);
}

/* Without branches that depend on the text: where the marks are cannot be foreseen, and guessing wrong costs more
 * than looking at each. */
int32_t nc_paragraph_marks(nc_paragraph *p, const uint32_t *text, int32_t start, int32_t size, int32_t *next) {
  p->offset = start;
  p->text = text + start;
  p->items.count = 0;
  for (int list = 0; list < MARK_LISTS; list++) p->marks[list].count = 0;
  int32_t marks = 0, end = size;
  *next = size;
  for (int32_t at = start; at < end;) {
    int32_t found[NC_BLOCK + 1], stop = end - at < NC_BLOCK ? end : at + NC_BLOCK;
    int32_t count = marks_in(text, at, stop, found);
    at = stop;
    marks += count;
    make_room(p, marks, 0);
    int32_t newlines = p->marks[NEWLINES].count;
    for (int32_t n = 0; n < count; n++) {
      nc_places *places = &p->marks[LIST_OF[nc_mark_kind(text[found[n]])]];
      places->at[places->count++] = found[n] - start;
    }
    if (p->marks[NEWLINES].count == newlines) continue;
    int32_t last = broken(p, text, newlines, size, next);
    if (last < 0) continue;
    end = start + p->marks[NEWLINES].at[last];
    for (int list = 0; list < MARK_LISTS; list++) /* what follows is of the next paragraph */
      while (p->marks[list].count && p->marks[list].at[p->marks[list].count - 1] >= end - start) p->marks[list].count--;
    break;
  }
  p->size = end - start;
  return end;
}

/* End of a run of marks parted by blanks and tabs, like ". . .", from `at` on; 0 if there are fewer than `least`. */
static int32_t spaced_run(const nc_paragraph *p, int32_t at, int dots, int least) {
  int32_t end = at + 1;
  for (int count = 1;; count++) {
    int32_t to = end;
    while (to < p->size && nc_is_tab(p->text[to])) to++;
    uint32_t c = to < p->size ? p->text[to] : 0;
    if (to == end || !(dots ? c == '.' : c == '!' || c == '?' || c == 0x2026)) return count >= least ? end : 0;
    end = to + 1;
  }
}

int32_t nc_terminators_at(const nc_paragraph *p, int32_t at) {
  if (at >= p->size) return at;
  uint32_t c = p->text[at];
  int kind = nc_mark_kind(c);
  if (kind != TERMINATOR && kind != ELLIPSIS) return at;
  int32_t end = 0;
  if (at + 1 < p->size && nc_is_tab(p->text[at + 1])) {
    if (c == '.') end = spaced_run(p, at, 1, 3);
    else if (c == '!' || c == '?' || c == 0x2026) end = spaced_run(p, at, 0, 2);
  }
  if (end) return end;
  while (at < p->size && nc_mark_kind(p->text[at]) == TERMINATOR) at++;
  return at;
}

/* Whether dots stand alone (parted by blanks) in text[start:end]. */
static int only_dots(const nc_paragraph *p, int32_t start, int32_t end) {
  if (p->text[start] != '.') return 0;
  for (int32_t at = start; at < end; at++)
    if (p->text[at] != '.' && !nc_is_tab(p->text[at])) return 0;
  return 1;
}

/* The next run of terminators, from the terminator *index on: a run of dots behind blanks belongs to a "!" before it. */
int nc_next_run(const nc_paragraph *p, int32_t *index, int32_t *start, int32_t *end) {
  const nc_places *found = &p->marks[TERMINATORS];
  int32_t at = *index, to = 0;
  for (; at < found->count; at++) {
    to = nc_terminators_at(p, found->at[at]);
    if (to > found->at[at]) break; /* else an ellipsis character on its own */
  }
  if (at == found->count) return 0;
  *start = found->at[at];
  while (at < found->count && found->at[at] < to) at++;
  uint32_t last = p->text[to - 1];
  if (at < found->count && (last == '!' || last == '?' || last == 0x2026) && nc_is_tab(p->text[to])) {
    int32_t gap = to;
    while (gap < p->size && nc_is_tab(p->text[gap])) gap++;
    if (gap == found->at[at]) {
      int32_t further = nc_terminators_at(p, gap);
      if (further > gap && only_dots(p, gap, further)) {
        to = further;
        while (at < found->count && found->at[at] < to) at++;
      }
    }
  }
  *end = to;
  *index = at;
  return 1;
}
