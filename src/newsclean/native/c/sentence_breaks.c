/* Whether terminators end a sentence: what stands before and behind them.
 *
 * Mirrors sentencex's language.rs (find_boundary and what it asks), trailing_markers.rs and fronting.rs, for English.
 */
#include "sentence_words.h"
#include "sentences.h"

enum { LOOKAHEAD = 30, /* bytes behind a terminator that are looked at */ LONGEST = 16 };
enum { KELVIN = 0x212A /* the one sign whose small form is a Latin letter */ };

#define COUNT(words) ((int32_t)(sizeof(words) / sizeof(*(words))))
#define CONTAINS(words, word) contains((words)[0], COUNT(words), (int32_t)sizeof((words)[0]), word)

/* Where what is looked at behind a terminator ends. */
static int32_t ahead(const nc_paragraph *p, int32_t from) {
  if (p->size - from <= 8) return p->size;
  if (p->size - from >= LOOKAHEAD) {
    uint32_t all = 0;
    for (int n = 0; n < LOOKAHEAD; n++) all |= p->text[from + n];
    if (all < 0x80) return from + LOOKAHEAD;
  }
  int32_t at = from;
  for (int bytes = 0; at < p->size && bytes < LOOKAHEAD; at++) bytes += nc_width(p->text[at]);
  return at;
}

static int32_t past_white(const uint32_t *text, int32_t at, int32_t end) {
  while (at < end && nc_is_white(text[at])) at++;
  return at;
}

static int32_t before_white(const uint32_t *text, int32_t end) {
  while (end > 0 && nc_is_white(text[end - 1])) end--;
  return end;
}

/* ---- words ---------------------------------------------------------------------------------------------------- */

static int contains(const char *words, int32_t count, int32_t width, const char *word) {
  int32_t low = 0, high = count;
  while (low < high) {
    int32_t middle = (low + high) / 2, at = 0;
    const char *other = words + (size_t)middle * (size_t)width;
    while (other[at] == word[at] && word[at]) at++;
    if (other[at] == word[at]) return 1;
    if (other[at] < word[at]) low = middle + 1;
    else high = middle;
  }
  return 0;
}

/* text[start:end] as a C string, in lower case if `lower`; 0 if it is empty, too long or not ASCII. */
static int spelled(const uint32_t *text, int32_t start, int32_t end, int lower, char *word) {
  int32_t size = end - start;
  if (size <= 0 || size >= LONGEST) return 0;
  for (int32_t n = 0; n < size; n++) {
    uint32_t c = text[start + n];
    if (lower && c == KELVIN) c = 'k';
    if (c == 0 || c >= 0x80) return 0;
    word[n] = (char)(lower && nc_is_capital(c) ? c | 32 : c);
  }
  word[size] = 0;
  return 1;
}

/* "No" with a ring, an ordinal sign or a line below, in any case. */
static int is_numero(const uint32_t *text, int32_t size) {
  if (size < 2 || (text[0] | 32) != 'n') return 0;
  if (size == 2) return text[1] == 0xBA || text[1] == 0xB0;
  return size == 3 && (text[1] | 32) == 'o' && text[2] == 0x331;
}

static int is_abbreviation(const uint32_t *text, int32_t start, int32_t end) {
  char word[LONGEST];
  if (end - start >= (int32_t)sizeof(ABBREVIATIONS[0])) return 0;
  if (!spelled(text, start, end, 1, word)) return is_numero(text + start, end - start);
  if (word[0] < 'a' || word[0] > 'z') return 0;
  int first = ABBREVIATIONS_OF[word[0] - 'a'], count = ABBREVIATIONS_OF[word[0] - 'a' + 1] - first;
  return contains(ABBREVIATIONS[first], count, (int32_t)sizeof(ABBREVIATIONS[0]), word);
}

/* The last word of text[:end]: white space behind it does not count, "." and "/" part words. */
static int32_t last_word(const uint32_t *text, int32_t end, int32_t *stop) {
  int32_t start = *stop = before_white(text, end);
  while (start > 0 && text[start - 1] != '.' && text[start - 1] != '/' && !nc_is_white(text[start - 1])) start--;
  return start;
}

/* Whether the last word with the full stops in it is an abbreviation ("p.m"), where it has some. */
static int is_dotted_abbreviation(const uint32_t *text, int32_t start, int32_t stop) {
  int32_t whole = start;
  while (whole > 0 && text[whole - 1] != '/' && !nc_is_white(text[whole - 1]) && stop - whole < LONGEST) whole--;
  return whole < start && is_abbreviation(text, whole, stop);
}

static int begins_with_starter(const nc_paragraph *p, int32_t from, int32_t end) {
  char word[LONGEST];
  int32_t start = past_white(p->text, from, end), to = start;
  if (start == end || !nc_is_capital(p->text[start])) return 0; /* as all of them begin */
  while (to < end) {
    uint32_t c = p->text[to];
    if (c == ',' || nc_is_white(c) || nc_mark_kind(c) == TERMINATOR) break;
    to++;
  }
  return spelled(p->text, start, to, 0, word) && CONTAINS(STARTERS, word);
}

/* ---- what goes on --------------------------------------------------------------------------------------------- */

/* Whether a small Latin letter or a digit is the first that makes a word. */
static int continues_after_nonword(const nc_paragraph *p, int32_t from, int32_t end) {
  while (from < end && !nc_is_word(p->text[from])) from++;
  return from < end && (nc_is_small(p->text[from]) || nc_is_digit(p->text[from]));
}

/* Whether a small Latin letter or a digit follows, or a comma, perhaps behind a quotation mark. */
static int continues(const nc_paragraph *p, int32_t from, int32_t end) {
  if (from == end) return 0;
  uint32_t c = p->text[from];
  if (nc_is_small(c) || nc_is_digit(c)) return 1;
  int32_t at = past_white(p->text, from, end);
  if (at == end) return 0;
  int twin = nc_twin(p, at, 2);
  if (twin >= 0) {
    if (nc_twin_widths[twin] == 2 && at + 2 > end) twin = nc_twin(p, at, 1);
    at = past_white(p->text, at + nc_twin_widths[twin], end);
  }
  return at < end && p->text[at] == ',';
}

/* Whether what follows dots goes on: a small letter, a digit, or "I", which has no small form. */
static int continues_ellipsis(const nc_paragraph *p, int32_t from, int32_t end) {
  int32_t at = past_white(p->text, from, end);
  if (at == from || at == end) return 0;
  uint32_t c = p->text[at];
  if (nc_is_small(c) || nc_is_digit(c)) return 1;
  if (c != 'I') return 0;
  c = at + 1 < end ? p->text[at + 1] : ' ';
  return nc_is_white(c) || c == '\'' || c == 0x2019;
}

static int terminator_continues(const nc_paragraph *p, int32_t start, int32_t end, int32_t far) {
  const uint32_t *text = p->text;
  if (end - start > 1) {
    if (continues_ellipsis(p, end, far)) return 1;
    return start > 0 && !nc_is_white(text[start - 1]) && end < far && (nc_is_small(text[end]) || nc_is_digit(text[end]));
  }
  if (continues(p, end, far)) return 1;
  return (text[start] == '!' || text[start] == '?') && start > 0 && nc_is_tab(text[start - 1]) &&
         continues_after_nonword(p, end, far);
}

/* End of references in brackets, "[1] [23]", at `from`; 0: there are none. */
static int32_t references(const nc_paragraph *p, int32_t from, int32_t end) {
  for (int32_t found = 0;;) {
    int32_t at = past_white(p->text, from, end);
    if (at == end || p->text[at] != '[') return found;
    int32_t digits = ++at;
    while (at < end && (p->text[at] < 0x80 ? nc_is_digit(p->text[at]) : nc_rare_kind(p->text[at]) & IS_NUMERAL)) at++;
    if (at == digits || at == end || p->text[at] != ']') return found;
    from = found = at + 1;
  }
}

/* ---- full stops that may not end a sentence ------------------------------------------------------------------- */

/* "7.Bg5": a digit before, a letter behind, and a digit somewhere further on. */
static int is_code(const nc_paragraph *p, int32_t start, int32_t end, int32_t far) {
  if (start == 0 || !nc_is_digit(p->text[start - 1]) || end == far) return 0;
  uint32_t c = p->text[end];
  if (!(c < 0x80 ? nc_is_latin(c) : nc_rare_kind(c) & IS_LETTER)) return 0;
  for (int32_t at = end + 1; at < far; at++)
    if (nc_is_digit(p->text[at])) return 1;
  return 0;
}

/* An initial of a name: the word before it begins with a capital, or another initial follows. */
static int is_initial(const nc_paragraph *p, int32_t start, int32_t word, int32_t stop, int32_t end, int32_t far) {
  const uint32_t *text = p->text;
  if (stop - word != 1 || !nc_is_capital(text[word])) return 0;
  int32_t before = start - 1; /* one less than what stands before the full stop, though blanks may be the last of it */
  while (before > 0 && (nc_is_white(text[before - 1]) || text[before - 1] == '.' || text[before - 1] == '/')) before--;
  int32_t behind, first = last_word(text, before, &behind);
  if (first < behind && nc_is_capital(text[first])) return 1;
  int32_t at = past_white(text, end, far);
  return at + 1 < far && nc_is_capital(text[at]) && text[at + 1] == '.' && (at + 2 == far || nc_is_white(text[at + 2]));
}

static int ends_with(const uint32_t *text, int32_t end, const marker *m) {
  if (end < m->size) return 0;
  for (int n = 0; n < m->size; n++) {
    uint32_t c = text[end - m->size + n];
    if (m->any_case && nc_is_capital(c)) c |= 32;
    if (c != (uint32_t)m->suffix[n]) return 0;
  }
  return 1;
}

/* Whether text[:stop], of two characters at least, may end with a marker: by the last two. */
static inline int may_be_marker(const uint32_t *text, int32_t stop) {
  if (!nc_is_latin(text[stop - 1])) return 0;
  uint32_t c = text[stop - 2];
  int bit = nc_is_latin(c) ? (int)((c | 32) - 'a') : c == '.' ? 26 : c == ' ' ? 27 : 31;
  return MARKER_PAIRS[(text[stop - 1] | 32) - 'a'] >> bit & 1;
}

/* The marker that text[:stop] ends with, behind a blank or a digit; NULL: none. */
static const marker *trailing_marker(const uint32_t *text, int32_t stop) {
  if (stop < 2 || !may_be_marker(text, stop)) return NULL;
  for (int n = 0; n < COUNT(MARKERS); n++) {
    const marker *m = &MARKERS[n];
    if (!ends_with(text, stop, m)) continue;
    int32_t at = stop - m->size;
    if (m->after_digit) {
      at = before_white(text, at);
      if (at > 0 && nc_is_digit(text[at - 1])) return m;
    } else if (at == 0 || nc_is_white(text[at - 1]) || nc_is_digit(text[at - 1])) {
      return m;
    }
  }
  return NULL;
}

/* Whether the word before a marker, at the end of text[:end], begins with a capital; numbers and times are passed over. */
static int capital_before(const uint32_t *text, int32_t end) {
  while (end > 0 && (nc_is_digit(text[end - 1]) || text[end - 1] == ':' || nc_is_white(text[end - 1]))) end--;
  int32_t start = end;
  while (start > 0 && !nc_is_white(text[start - 1])) start--;
  return start < end && nc_is_capital(text[start]);
}

static int is_upper(uint32_t c) { return c < 0x80 ? nc_is_capital(c) : nc_rare_kind(c) & IS_UPPER; }

/* Whether a word may stand in an adverbial phrase: a name, a number, one of FRONTING, an abbreviation. */
static int is_fronting_word(const uint32_t *text, int32_t start, int32_t end) {
  char word[LONGEST];
  while (end > start && text[end - 1] == '.') end--;
  if (start == end || is_upper(text[start])) return 1;
  int32_t at = start;
  while (at < end && (nc_is_digit(text[at]) || text[at] == ':')) at++;
  if (at == end || is_abbreviation(text, start, end)) return 1;
  return spelled(text, start, end, 1, word) && CONTAINS(FRONTING, word);
}

static int is_fronting_part(const uint32_t *text, int32_t start, int32_t end) {
  for (int32_t at = start; at < end; at++) {
    int32_t from = at;
    while (at < end) {
      uint32_t c = text[at];
      if (c == ',' || c == ';' || c == 0x2013 || c == 0x2014 || nc_is_white(c)) break;
      at++;
    }
    if (at > from && !is_fronting_word(text, from, at)) return 0;
  }
  return 1;
}

/* Whether text[:end] is nothing but an adverbial phrase, what it quotes left out. */
static int is_fronting(const nc_paragraph *p, int32_t end) {
  nc_quote_finder finder;
  nc_stretch found;
  int32_t from = 0;
  nc_quotes_in(p, end, &finder);
  while (nc_next_quotation(&finder, &found)) {
    if (!is_fronting_part(p->text, from, found.start)) return 0;
    from = found.end;
  }
  return is_fronting_part(p->text, from, end);
}

/* Whether a sentence ends at a marker after all, by what follows. */
static int breaks_at_marker(const nc_paragraph *p, const marker *m, int32_t stop, int32_t end, int32_t far, int starter) {
  int32_t at = past_white(p->text, end, far), before = stop - m->size;
  if (at == far) return 0;
  uint32_t c = p->text[at];
  if (nc_is_capital(c) && at + 1 < far && p->text[at + 1] == '.') return 0;
  if (nc_is_digit(c)) return m->digit_breaks;
  if (!is_upper(c)) return 0;
  return starter || (!capital_before(p->text, before) && !is_fronting(p, before));
}

/* Whether the full stop at `start` is of an abbreviation, an initial or a marker, and does not end a sentence, too. */
static int is_inner_stop(const nc_paragraph *p, int32_t start, int32_t end, int32_t far) {
  const uint32_t *text = p->text;
  int32_t stop, word = last_word(text, start, &stop);
  int inner = is_initial(p, start, word, stop, end, far) || is_abbreviation(text, word, stop);
  const marker *m = trailing_marker(text, stop);
  if (!inner && m == NULL) return 0;
  int starter = begins_with_starter(p, end, far);
  if (m != NULL && breaks_at_marker(p, m, stop, end, far, starter)) return 0;
  if (!starter) return 1;
  if (word < stop && nc_is_capital(text[word])) return 0;
  if (is_dotted_abbreviation(text, word, stop)) return 0;
  char spelling[LONGEST];
  return !(stop - word >= 2 && ((spelled(text, word, stop, 0, spelling) && CONTAINS(ABBREVIATIONS, spelling)) ||
                                (text[word] == 'n' && text[word + 1] != 'O' && is_numero(text + word, stop - word))));
}

/* Whether `name` ends at `stop` as a word of its own. */
static int is_last_word(const uint32_t *text, int32_t stop, const char *name, int32_t size) {
  int32_t word = stop - size;
  if (word < 0 || (word > 0 && text[word - 1] != '.' && text[word - 1] != '/' && !nc_is_white(text[word - 1]))) return 0;
  for (int32_t n = 0; n < size; n++)
    if (text[word + n] != (uint32_t)name[n]) return 0;
  return 1;
}

/* "Yahoo!" and "Yum!" are names; to sentencex, whatever mark follows. */
static int is_exclaimed_name(const uint32_t *text, int32_t start) {
  int32_t stop = before_white(text, start);
  return is_last_word(text, stop, "Yahoo", 5) || is_last_word(text, stop, "Yum", 3);
}

/* Whether a single mark, with a blank and a capital behind it, ends a sentence for sure: most do, and nothing more has to be
 * asked then. The word before it is small, and neither an abbreviation nor a marker nor a name with a mark. */
static int ends_plainly(const nc_paragraph *p, int32_t start, int32_t end) {
  const uint32_t *text = p->text;
  if (end - start != 1 || start < 2 || end + 1 >= p->size || text[end] != ' ' || !nc_is_capital(text[end + 1])) return 0;
  if (!nc_is_small(text[start - 1]) || text[start - 1] == 'm' || text[start - 1] == 'o') return 0;
  if (text[start] != '.') return 1;
  if (!nc_is_small(text[start - 2]) || may_be_marker(text, start)) return 0;
  int32_t word = start, least = start < LONGEST ? 0 : start - LONGEST;
  while (word > least && nc_is_latin(text[word - 1])) word--;
  if (word > 0 && text[word - 1] == KELVIN) return 0;
  return !is_abbreviation(text, word, start);
}

int32_t nc_boundary(const nc_paragraph *p, int32_t start, int32_t end) {
  const uint32_t *text = p->text;
  if (ends_plainly(p, start, end)) return end + 1;
  int32_t far = ahead(p, end);
  int32_t referred = references(p, end, far);
  if (referred) return referred;
  if (terminator_continues(p, start, end, far)) return -1;
  if (end - start == 1 && text[start] == '.' && (is_code(p, start, end, far) || is_inner_stop(p, start, end, far))) return -1;
  return is_exclaimed_name(text, start) ? -1 : past_white(text, end, far);
}

/* Whether a full stop surely ends a sentence: a quotation mark before it and a capital behind, or a word that begins one. */
int nc_strong_break(const nc_paragraph *p, int32_t start, int32_t end) {
  const uint32_t *text = p->text;
  if (end - start != 1 || text[start] != '.') return 0;
  int32_t far = ahead(p, end), at = past_white(text, end, far);
  if (at == far || !nc_is_capital(text[at])) return 0;
  int32_t stop, word = last_word(text, start, &stop);
  if (word == stop || (stop - word == 1 && nc_is_capital(text[word]))) return 0;
  if (is_abbreviation(text, word, stop) || is_dotted_abbreviation(text, word, stop)) return 0;
  int twin = nc_twin(p, word, 2);
  if (twin >= 0 && nc_twin_widths[twin] == stop - word) return 1;
  return begins_with_starter(p, at, far);
}

/* How many blanks and terminators behind a quotation belong to the sentence that it ends; -1: the sentence goes on. */
int32_t nc_extension(const nc_paragraph *p, int32_t from) {
  int32_t far = ahead(p, from), at = from;
  int32_t bare = past_white(p->text, from, far);
  if (continues(p, bare, far) || continues_after_nonword(p, from, far)) return -1;
  while (at < far && (nc_is_white(p->text[at]) || nc_mark_kind(p->text[at]) == TERMINATOR)) at++;
  return at - from;
}
