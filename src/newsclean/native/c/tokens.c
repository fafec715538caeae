/* Words as rules see them: mirrors newsclean/tokens.py.
 *
 * Text is read by masks, 64 characters at once. Characters beyond ASCII are looked up one by one, and where there are
 * many of them the text is read character by character; numbers always are.
 */
#include <string.h>

#include "blocks.h"

enum { CHECKED_AT_ONCE = 64, WINDOW = 64, MANY_BEYOND = 16, MANY_WINDOWS = 4 };

int nc_is_ascii(const uint32_t *text, int64_t size) {
  int64_t at = 0;
  for (; at + CHECKED_AT_ONCE <= size; at += CHECKED_AT_ONCE) {
    uint32_t seen = 0;
    for (int i = 0; i < CHECKED_AT_ONCE; i++) seen |= text[at + i];
    if (seen > 127) return 0;
  }
  for (; at < size; at++)
    if (text[at] > 127) return 0;
  return 1;
}

static inline int is_low_letter(uint32_t c) { return c - 'a' < 26u; }

/* \d and \w of re; the flags of ASCII are known without their page */
static inline int is_digit(uint32_t c) { return c < 128 ? c - '0' < 10u : (nc_flags(c) & NC_DIGIT) != 0; }

static inline int is_word(uint32_t c) {
  if (c < 128) return (c | 32) - 'a' < 26u || c - '0' < 10u || c == '_';
  return (nc_flags(c) & NC_WORD) != 0;
}

static inline int32_t digits_end(const uint32_t *text, int32_t at, int32_t end) {
  while (at < end && is_digit(text[at])) at++;
  return at;
}

/* (?:[km]\b)? */
static inline int32_t unit_end(const uint32_t *text, int32_t at, int32_t end) {
  if (at < end && (text[at] == 'k' || text[at] == 'm') && (at + 1 == end || !is_word(text[at + 1]))) return at + 1;
  return at;
}

/* (?:[ .,']\d{3})+(?!\d), from behind one to three digits; `at` if it does not match.
 *
 * Where more than three digits follow the last separator, that group is given back: what then follows is a separator,
 * no digit.
 */
static int32_t groups_end(const uint32_t *text, int32_t at, int32_t end) {
  while (at + 3 < end) {
    uint32_t c = text[at];
    if (c != ' ' && c != '.' && c != ',' && c != '\'') break;
    if (!is_digit(text[at + 1]) || !is_digit(text[at + 2]) || !is_digit(text[at + 3])) break;
    if (at + 4 < end && is_digit(text[at + 4])) break;
    at += 4;
  }
  return at;
}

/* _NUMBER, at a digit: its end. */
static int32_t number_end(const uint32_t *text, int32_t at, int32_t end) {
  int32_t behind = digits_end(text, at + 1, end);
  if (behind - at <= 3) {
    int32_t grouped = groups_end(text, behind, end);
    if (grouped > behind) return unit_end(text, grouped, end);
  }
  while (behind + 1 < end && (text[behind] == '.' || text[behind] == ',' || text[behind] == ':') &&
         is_digit(text[behind + 1]))
    behind = digits_end(text, behind + 2, end);
  return unit_end(text, behind, end);
}

/* WORD, or [a-z] of _ASCII_TOKEN: capitals, which folded text does not have, are letters to the other pattern only. */
static inline int is_wordy(uint32_t c, int ascii) {
  return c < 128 ? is_low_letter(ascii ? c : c | 32) : (nc_flags(c) & NC_WORDY) != 0;
}

/* {WORD}+(?:'{WORD}+)*, behind its first character */
static inline int32_t word_end(const uint32_t *text, int32_t at, int32_t end, int ascii) {
  for (; at < end; at++)
    if (!is_wordy(text[at], ascii) && (text[at] != '\'' || at + 1 >= end || !is_wordy(text[at + 1], ascii))) break;
  return at;
}

/* What begins a word by itself: a character of a script without blanks, ©, ⓒ. */
static inline int is_single(uint32_t c, uint32_t flags) { return (flags & NC_UNSPACED) || c == 0xA9 || c == 0x24D2; }

/* ---- windows --------------------------------------------------------------------------------------------------- */

typedef struct {
  const uint32_t *text;
  int32_t end, most;
  int ascii;
  nc_token *tokens;       /* NULL: they are only counted */
  int32_t started, ended; /* tokens whose start, whose end is known */
  int32_t pending;        /* end of a number or single that begins before the window, ends in it or later; or -1 */
  uint64_t open;          /* 1 if a word goes on up to the window */
} scan;

/* What the characters of a window are; bits from its size on are empty. */
typedef struct { uint64_t letters, digits, apostrophes, beyond, singles; } window;

static inline void add_block(window *to, nc_block block, char low, int shift, int at) {
  to->letters |= (uint64_t)(nc_between(nc_block_or(block, low), 'a', 'z') >> shift) << at;
  to->digits |= (uint64_t)(nc_between(block, '0', '9') >> shift) << at;
  to->apostrophes |= (uint64_t)(nc_equal(block, '\'') >> shift) << at;
  to->beyond |= (uint64_t)(nc_beyond(block) >> shift) << at;
}

/* The window of `size` characters from `at` on. Nothing behind it is read; before it there may be text. */
static inline window window_of(const uint32_t *text, int32_t at, int32_t size, int ascii) {
  window made = {0, 0, 0, 0, 0};
  char low = ascii ? 0 : 32;
  int32_t i = 0;
  for (; i + NC_BLOCK <= size; i += NC_BLOCK) add_block(&made, nc_block_of(text + at + i), low, 0, i);
  if (i == size) return made;
  if (at + size >= NC_BLOCK) {
    add_block(&made, nc_block_of(text + at + size - NC_BLOCK), low, NC_BLOCK - (size - i), i);
  } else {
    uint32_t padded[NC_BLOCK] = {0};
    memcpy(padded, text + at + i, sizeof(uint32_t) * (size_t)(size - i));
    add_block(&made, nc_block_of(padded), low, 0, i);
  }
  return made;
}

/* Put what is beyond ASCII where it belongs; 0 if characters must be read one by one. */
static int look_up_beyond(const uint32_t *text, window *in, int counting) {
  if (__builtin_popcountll(in->beyond) > MANY_BEYOND) return 0;
  for (uint64_t rest = in->beyond; rest; rest &= rest - 1) {
    int i = nc_lowest(rest);
    uint32_t c = text[i], flags = nc_flags(c);
    uint64_t bit = (uint64_t)1 << i;
    int single = is_single(c, flags);
    if (!single && !(flags & (NC_DIGIT | NC_WORDY))) continue;
    if (counting && c > 0xE00) return 0; /* may make no whole word */
    if ((flags & NC_DIGIT) && (flags & NC_WORDY)) return 0; /* by itself a number, in a word a mark of it */
    if (flags & NC_DIGIT) in->digits |= bit;
    else if (flags & NC_WORDY) in->letters |= bit;
    else in->singles |= bit;
  }
  return 1;
}

/* The bits from `at` on, which may be 64 */
static inline uint64_t bits_from(int32_t at) { return at < 64 ? ~(uint64_t)0 << at : 0; }

/* Cut the numbers out of a window: sets the bits where they start and, if that is within it, of what stands behind. */
static void cut_numbers(scan *of, window *in, int32_t at, uint64_t *starts, uint64_t *ends) {
  while (in->digits) {
    int from = nc_lowest(in->digits);
    int32_t end = number_end(of->text, at + from, of->end) - at;
    *starts |= (uint64_t)1 << from;
    if (end < WINDOW) *ends |= (uint64_t)1 << end;
    else of->pending = at + end;
    uint64_t left = ~bits_from(from) | bits_from(end);
    in->digits &= left;
    in->letters &= left;
    in->apostrophes &= left;
  }
}

static inline void note(scan *of, int32_t at, uint64_t starts, uint64_t ends, uint64_t numbers) {
  if (of->tokens == NULL) {
    of->started += __builtin_popcountll(starts);
    return;
  }
  nc_token *token = of->tokens + of->started;
  for (uint64_t rest = starts; rest; rest &= rest - 1, token++) {
    int i = nc_lowest(rest);
    token->start = at + i;
    token->number = numbers >> i & 1;
  }
  of->started = (int32_t)(token - of->tokens);
  for (token = of->tokens + of->ended; ends; ends &= ends - 1) token++->end = at + nc_lowest(ends);
  of->ended = (int32_t)(token - of->tokens);
}

/* Read the window of `size` characters at `at`; 0, and nothing changed, if they must be read one by one. */
static int read_window(scan *of, int32_t at, int32_t size) {
  window in = window_of(of->text, at, size, of->ascii);
  if (in.beyond && !look_up_beyond(of->text + at, &in, of->tokens == NULL)) return 0;
  uint64_t starts = 0, ends = 0;
  if (of->pending >= 0) {
    uint64_t left = bits_from(of->pending - at);
    in.digits &= left;
    in.letters &= left;
    in.apostrophes &= left;
    in.singles &= left;
    if (of->pending - at < WINDOW) {
      ends |= (uint64_t)1 << (of->pending - at);
      of->pending = -1;
    }
  }
  if (in.digits) cut_numbers(of, &in, at, &starts, &ends);
  uint64_t numbers = starts, words = in.letters;
  if (in.apostrophes) {
    uint64_t next = in.letters >> 1;
    if (at + WINDOW < of->end && (in.apostrophes >> 63) && is_wordy(of->text[at + WINDOW], of->ascii))
      next |= (uint64_t)1 << 63;
    words |= in.apostrophes & (in.letters << 1 | of->open) & next;
  }
  uint64_t before = words << 1 | of->open;
  starts |= (words & ~before) | in.singles;
  ends |= (before & ~words) | in.singles << 1;
  of->open = words >> 63;
  if (in.singles >> 63) of->pending = at + WINDOW;
  note(of, at, starts, ends, numbers);
  return 1;
}

/* Read characters one by one, from `at` or from where an open token starts, up to `until` or the end of a token that
 * goes on there. Returns where the next token may start. */
static int32_t read_slowly(scan *of, int32_t at, int32_t until) {
  const uint32_t *text = of->text;
  if (of->pending >= 0) {
    of->tokens[of->ended++].end = of->pending;
    if (at < of->pending) at = of->pending;
  } else if (of->open) {
    at = of->tokens[--of->started].start;
  }
  of->pending = -1;
  of->open = 0;
  int32_t count = of->started;
  while (at < until && count < of->most) {
    uint32_t c = text[at];
    int32_t from = at++;
    if (c == ' ') continue;
    uint8_t number = (uint8_t)is_digit(c);
    if (number) at = number_end(text, from, of->end);
    else if (is_wordy(c, of->ascii)) at = word_end(text, at, of->end, of->ascii);
    else if (c < 128 || !is_single(c, nc_flags(c))) continue;
    of->tokens[count++] = (nc_token){from, at, number};
  }
  of->started = of->ended = count;
  return count < of->most ? at : of->end;
}

int32_t nc_tokenize(const uint32_t *folded, int32_t start, int32_t end, int ascii, nc_token *tokens, int32_t most) {
  scan of = {folded, end, most, ascii, tokens, 0, 0, -1, 0};
  for (int32_t at = start; at < end;) {
    int32_t size = end - at < WINDOW ? end - at : WINDOW;
    if (most - of.started > WINDOW && read_window(&of, at, size))
      at += size;
    else /* such text goes on, as a rule */
      at = read_slowly(&of, at, end - at < MANY_WINDOWS * WINDOW ? end : at + MANY_WINDOWS * WINDOW);
  }
  if (of.ended < of.started) of.tokens[of.ended++].end = end;
  return of.started;
}

int32_t nc_count_tokens(const uint32_t *folded, int32_t start, int32_t end, int ascii) {
  scan of = {folded, end, 0, ascii, NULL, 0, 0, -1, 0};
  for (int32_t at = start; at < end; at += WINDOW)
    if (!read_window(&of, at, end - at < WINDOW ? end - at : WINDOW)) return -1;
  return of.started;
}
