/* Quotations: which marks open one, and which close it.
 *
 * Mirrors sentencex's constants.rs (QUOTES_REGEX, by its alternatives in their order) and the pairing of quotes.rs. Where
 * the expression looks for a closer to the end of the text once more for each opener, one cursor a closer suffices here:
 * openers come in order, so that what lies before one never has to be looked at again.
 */
#include "sentences.h"

/* Pairs of marks. The first three and the next three are of ` and ', in which what counts is the characters around. */
enum { DOUBLE_MIXED, DOUBLE_GRAVE, DOUBLE_TICK, MIXED, GRAVE, TICK, PLAIN };
/* From PLAIN on, pairs of characters. */
static const uint16_t OPENS[12] = {'"', 0xAB, 0x2018, 0x201A, 0x201C, 0x201B, 0x201E, 0xBB, 0x201F, 0x2039, 0x300A, 0x300C};
static const uint16_t CLOSES[12] = {'"', 0xBB, 0x2019, 0x201A, 0x201D, 0x201B, 0x201C, 0xAB, 0x201F, 0x203A, 0x300B, 0x300D};
/* Cursors of closers: the four of ` and ', then those of the pairs of characters. */
enum { AT_TICKS, AT_GRAVES, AT_TICK, AT_GRAVE, AT_PLAIN };

const int8_t nc_twin_widths[TWINS] = {2, 2, 1, 1, 1, 1, 1, 1};
enum { TWIN_TICK = 3 };

void nc_quotes_in(const nc_paragraph *p, int32_t size, nc_quote_finder *finder) {
  memset(finder, 0, sizeof(*finder));
  finder->text = p->text;
  finder->quotes = p->marks[QUOTES].at;
  finder->size = size;
  finder->count = p->marks[QUOTES].count;
  while (finder->count > 0 && finder->quotes[finder->count - 1] >= size) finder->count--;
}

static inline uint32_t char_at(const nc_quote_finder *f, int32_t at) { return at < f->size ? f->text[at] : 0; }

/* Whether a quotation in ' or ` may end at `at`: no white space or mark before, no word behind. */
static int ends_quotation(const nc_quote_finder *f, int32_t at, uint32_t mark) {
  uint32_t before = f->text[at - 1];
  return before != mark && !nc_is_white(before) && (at + 1 == f->size || !nc_is_word(f->text[at + 1]));
}

static int closes(const nc_quote_finder *f, int cursor, int32_t at) {
  uint32_t c = f->text[at];
  switch (cursor) {
    case AT_TICKS: return c == '\'' && char_at(f, at + 1) == '\'';
    case AT_GRAVES: return c == '`' && char_at(f, at + 1) == '`';
    case AT_TICK: return c == '\'' && at > 0 && ends_quotation(f, at, '\'');
    case AT_GRAVE: return c == '`' && at > 0 && ends_quotation(f, at, '`');
    default: return c == CLOSES[cursor - AT_PLAIN];
  }
}

/* Where the first closer from `from` on is; -1: nowhere. */
static int32_t closer_from(nc_quote_finder *f, int cursor, int32_t from) {
  int32_t at = f->cursors[cursor];
  while (at < f->count && (f->quotes[at] < from || !closes(f, cursor, f->quotes[at]))) at++;
  f->cursors[cursor] = at;
  return at < f->count ? f->quotes[at] : -1;
}

/* The end of a quotation in ' or ` that takes up its line, from the line's start to its end; 0: it does not. */
static int32_t whole_line(const nc_quote_finder *f, int32_t at) {
  if (at > 0 && f->text[at - 1] != '\n') return 0;
  int32_t end = at;
  while (end < f->size && f->text[end] != '\n') end++;
  if (end - at < 3) return 0;
  uint32_t last = f->text[end - 1];
  return last == '\'' || (last == '`' && f->text[at] == '`') ? end : 0;
}

/* The end of the quotation that the ' or ` at `at` opens; 0: it opens none. */
static int32_t tick_quotation(nc_quote_finder *f, int32_t at) {
  uint32_t mark = f->text[at];
  uint32_t next = char_at(f, at + 1);
  int32_t to;
  if (next == mark) {
    if ((to = closer_from(f, AT_TICKS, at + 2)) >= 0) return to + 2;
    if (mark == '`' && (to = closer_from(f, AT_GRAVES, at + 2)) >= 0) return to + 2;
  } else if (at + 1 < f->size && nc_is_word(next) && (at == 0 || !nc_is_word(f->text[at - 1]))) {
    if ((to = closer_from(f, AT_TICK, at + 1)) >= 0) return to + 1;
    if (mark == '`' && (to = closer_from(f, AT_GRAVE, at + 1)) >= 0) return to + 1;
  }
  return whole_line(f, at);
}

/* The pair by which a quotation is known: the first one that begins as it does, whatever closed it. */
static int8_t pair_of(const nc_quote_finder *f, int32_t at) {
  uint32_t c = f->text[at], next = char_at(f, at + 1);
  if (c == '`') return next == '`' ? DOUBLE_MIXED : MIXED;
  if (c == '\'') return next == '\'' ? DOUBLE_TICK : TICK;
  for (int8_t n = 0; n < 12; n++)
    if (c == OPENS[n]) return (int8_t)(PLAIN + n);
  return -1;
}

int nc_next_quotation(nc_quote_finder *f, nc_stretch *found) {
  for (; f->index < f->count; f->index++) {
    int32_t at = f->quotes[f->index], end = 0;
    if (at < f->from) continue;
    int8_t pair = pair_of(f, at);
    if (pair < 0) continue;
    if (pair < PLAIN) {
      end = tick_quotation(f, at);
    } else {
      int32_t to = closer_from(f, AT_PLAIN + pair - PLAIN, at + 1);
      if (to >= 0) end = to + 1;
    }
    if (end) {
      *found = (nc_stretch){at, end, 0, -1, pair, -1};
      f->from = end;
      return 1;
    }
  }
  return 0;
}

/* Which of the marks that look the same at both ends stands at `at`: 0 "``", 1 "''", 2 "`", 3 "'", 4 "\"" …; -1: none.
 * `least` of 1 tells ' and ` from their doubles. */
int nc_twin(const nc_paragraph *p, int32_t at, int32_t least) {
  uint32_t c = p->text[at];
  switch (c) {
    case '`': return least == 2 && at + 1 < p->size && p->text[at + 1] == c ? 0 : 2;
    case '\'': return least == 2 && at + 1 < p->size && p->text[at + 1] == c ? 1 : TWIN_TICK;
    case '"': return 4;
    case 0x201A: return 5;
    case 0x201B: return 6;
    case 0x201F: return 7;
    default: return -1;
  }
}

/* Stretches and, behind them, items of a list, by number. */
static int32_t start_of(const nc_paragraph *p, int32_t number) {
  return number < p->n_stretches ? p->stretches[number].start : p->items.at[number - p->n_stretches];
}

/* Whether `at` is in a quotation. Searched for as sentencex does, by halves, though the starts may not be in order: those of
 * padded quotations follow the others until all are sorted, and those of list items always do. */
static int in_quotation(const nc_paragraph *p, int32_t at) {
  int32_t size = p->n_stretches + p->items.count, base = 0;
  if (size == 0) return 0;
  while (size > 1) {
    int32_t half = size / 2;
    if (start_of(p, base + half) <= at) base += half;
    size -= half;
  }
  if (start_of(p, base) <= at) base++;
  if (base > p->n_stretches) base = p->n_stretches;
  return base > 0 && p->stretches[base - 1].furthest > at;
}

/* Whether the mark at `at` may be a quotation mark: not an apostrophe within a word, not in a quotation. */
int nc_is_quote_candidate(const nc_paragraph *p, int32_t at, int32_t width) {
  int32_t behind = at + width;
  if (at > 0 && behind < p->size && nc_is_letter_number(p->text[at - 1]) && nc_is_letter_number(p->text[behind])) return 0;
  return !in_quotation(p, at);
}

static int is_padded_opener(const nc_paragraph *p, int32_t at) {
  return (at == 0 || nc_is_white(p->text[at - 1])) && at + 1 < p->size && nc_is_white(p->text[at + 1]);
}

/* Whether a sentence may end within the stretch: a full stop, blanks, a capital. */
static int may_hold_break(const nc_paragraph *p, int32_t start, int32_t end) {
  for (int32_t at = start; at < end; at++) {
    if (p->text[at] != '.') continue;
    int32_t to = at + 1;
    while (to < end && nc_is_tab(p->text[to])) to++;
    if (to > at + 1 && to < end && nc_is_capital(p->text[to])) return 1;
  }
  return 0;
}

int nc_opens_utterance(const nc_paragraph *p, int32_t from) {
  int32_t to = from;
  while (to < p->size && nc_is_tab(p->text[to])) to++;
  return to > from && to < p->size && nc_is_capital(p->text[to]);
}

/* Whether the mark (number `index`) opens a quotation ahead within which no sentence ends. */
static int opens_clean(const nc_paragraph *p, int32_t index) {
  int32_t at = p->marks[QUOTES].at[index];
  if (!is_padded_opener(p, at)) return 0;
  for (int32_t next = index + 1; next < p->marks[QUOTES].count; next++) {
    int32_t to = p->marks[QUOTES].at[next];
    if (p->text[to] == p->text[at] && nc_is_quote_candidate(p, to, 1)) return !may_hold_break(p, at + 1, to);
  }
  return 0;
}

/* Whether two marks make a padded quotation: not if sentences follow upon each other in it and the second opens the next. */
static int makes_pair(const nc_paragraph *p, int32_t opener, int32_t index) {
  if (!is_padded_opener(p, opener)) return 0;
  int32_t at = p->marks[QUOTES].at[index];
  int back_to_back = nc_opens_utterance(p, at + 1) && may_hold_break(p, opener + 1, at);
  return !back_to_back || !opens_clean(p, index);
}

/* Quotations in ` and ' with blanks inside them, ' … ', which are no quotations by the rules above. */
void nc_padded_quotations(nc_paragraph *p) {
  for (int grave = 1; grave >= 0; grave--) {
    uint32_t mark = grave ? '`' : '\'';
    int32_t opener = -1;
    for (int32_t index = 0; index < p->marks[QUOTES].count; index++) {
      int32_t at = p->marks[QUOTES].at[index];
      if (p->text[at] != mark || !nc_is_quote_candidate(p, at, 1)) continue;
      if (opener >= 0 && makes_pair(p, opener, index)) {
        nc_push_stretch(p, (nc_stretch){opener, at + 1, 0, -1, grave ? GRAVE : TICK, -1});
        opener = -1;
      } else {
        opener = at;
      }
    }
  }
}
