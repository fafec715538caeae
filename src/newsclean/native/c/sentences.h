/* What the parts of sentence splitting share: a paragraph, the marks in it, and what may enclose a sentence's end. */
#ifndef NC_SENTENCES_H
#define NC_SENTENCES_H

#include <string.h>

#include "nc.h"

/* Kinds of marks, the only characters that are looked at more closely. */
enum { NO_MARK, TERMINATOR, ELLIPSIS, QUOTE, OPENER, CLOSER, BULLET, AT_SIGN, NEWLINE, RETURN };

/* Kinds of characters, by sentencex's Unicode data (sentence_characters.h). */
enum {
  IS_WORD = 1,          /* \w of Rust's regex */
  IS_LETTER = 2,        /* char::is_alphabetic */
  IS_LETTER_NUMBER = 4, /* char::is_alphanumeric */
  IS_LOWER = 8,
  IS_UPPER = 16,
  IS_NUMERAL = 32       /* \d of Rust's regex */
};

/* Lists of positions, rising, of marks in a paragraph. */
enum { TERMINATORS, QUOTES, BRACKETS, BULLETS, AT_SIGNS, NEWLINES, RETURNS, MARK_LISTS };
typedef struct { int32_t *at; int32_t count; } nc_places;

/* A stretch whose terminators do not end a sentence: a quotation, brackets, an e-mail address. */
typedef struct {
  int32_t start, end;
  int32_t furthest;    /* largest end of a quotation up to and including this stretch */
  int32_t brackets;    /* the last stretch up to and including this one that is brackets; -1: none */
  int8_t pair;         /* of quotation marks; -1: not a quotation */
  int8_t mispaired;    /* whether its marks are of two quotations; -1 until asked for */
} nc_stretch;

/* Quotation marks that look the same at both ends: the closers of these pairs, see nc_twin. */
enum { TWINS = 8 };
typedef struct {
  int32_t tokens;      /* how often it stands in the paragraph; -1: not counted yet */
  int32_t total;       /* of those that may be quotation marks; -1: not counted yet */
  int32_t before, cursor;
  int32_t first_end;   /* end of the first stretch that begins with it; -1: not looked for yet */
} nc_twin_count;

typedef struct {
  nc_arena *arena;
  const uint32_t *text;     /* the paragraph */
  int32_t offset, size;     /* where it begins in what it is of */
  nc_places marks[MARK_LISTS];
  int32_t room;             /* of each list of marks; it is kept from one paragraph to the next */
  nc_places items;          /* starts of list items */

  int stretched;            /* whether the stretches were looked for */
  nc_stretch *stretches, *spare;
  int32_t n_stretches, stretch_room, next_stretch;
  int32_t around[8], n_around;    /* the stretches that boundary is in */
  int32_t item;                   /* the last list item that begins before boundary; -1: none */
  int counted;
  nc_twin_count twins[TWINS];
} nc_paragraph;

/* sentence_marks.c: marks of text[start:size] up to the end of the first paragraph, which is returned;
 * *next is where the next one begins (= the end if there is none). */
int32_t nc_paragraph_marks(nc_paragraph *, const uint32_t *text, int32_t start, int32_t size, int32_t *next);
int nc_mark_kind(uint32_t c);
int nc_rare_kind(uint32_t c);                            /* IS_WORD …, from U+0080 on */
int nc_is_word(uint32_t c);                              /* \w */
int nc_is_letter_number(uint32_t c);
int32_t nc_terminators_at(const nc_paragraph *, int32_t at);  /* end of the run of terminators there; at: none */
int nc_next_run(const nc_paragraph *, int32_t *index, int32_t *start, int32_t *end);

/* sentence_lists.c: fills `items` */
void nc_list_items(nc_paragraph *);

/* sentence_quotes.c */
typedef struct {
  const uint32_t *text;
  const int32_t *quotes;
  int32_t size, count, index, from;
  int32_t cursors[16];
} nc_quote_finder;
void nc_quotes_in(const nc_paragraph *, int32_t size, nc_quote_finder *);
int nc_next_quotation(nc_quote_finder *, nc_stretch *);
void nc_padded_quotations(nc_paragraph *);
void nc_push_stretch(nc_paragraph *, nc_stretch);
int nc_twin(const nc_paragraph *, int32_t at, int32_t from_size);
int nc_is_quote_candidate(const nc_paragraph *, int32_t at, int32_t width);
int nc_opens_utterance(const nc_paragraph *, int32_t from);   /* blanks, then a capital */
extern const int8_t nc_twin_widths[TWINS];

/* sentence_stretches.c: what encloses a boundary, and what the boundary then becomes */
int32_t nc_settled_boundary(nc_paragraph *, int32_t boundary, int32_t start, int32_t end);

/* sentence_breaks.c: the boundary that terminators text[start:end] make; -1: none */
int32_t nc_boundary(const nc_paragraph *, int32_t start, int32_t end);
int nc_strong_break(const nc_paragraph *, int32_t start, int32_t end);
int32_t nc_extension(const nc_paragraph *, int32_t from);

/* Characters are sifted a block at a time by their low bytes, in loops that compilers turn into vector instructions, and
 * what is found is listed without branches: what cannot be foreseen costs more than what is done in vain. */
enum { NC_BLOCK = 64 };
static inline uint32_t nc_low_bytes(const uint32_t *text, uint8_t *bytes) {
  uint32_t all = 0;
  for (int n = 0; n < NC_BLOCK; n++) {
    all |= text[n];
    bytes[n] = (uint8_t)text[n];
  }
  return all;
}
/* Append the numbers of those that are 1, counted from `at` on, to `places`, which has room for all. */
static inline int32_t *nc_listed(const uint8_t *found, int32_t at, int32_t *places) {
  for (int n = 0; n < NC_BLOCK; n++) {
    *places = at + n;
    places += found[n];
  }
  return places;
}

/* sentences.c: splitting stretch after stretch with the same memory */
typedef struct { nc_span *at; int32_t count, room; } nc_spans;
typedef struct { nc_paragraph paragraph; nc_spans pieces; } nc_splitter;
void nc_splitter_new(nc_splitter *, nc_arena *);
/* sentences.sentence_spans: appends them to `found` */
void nc_split(nc_splitter *, const uint32_t *tidy, int32_t start, int32_t end, nc_spans *found);

static inline int nc_is_white(uint32_t c) {              /* \s: Unicode's White_Space */
  if (c <= 32) return c == 32 || (c >= 9 && c <= 13);
  if (c < 0x1680) return c == 0x85 || c == 0xA0;
  return c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}
static inline int nc_is_tab(uint32_t c) { return c == ' ' || c == '\t'; }
static inline int nc_is_digit(uint32_t c) { return c - '0' < 10u; }
static inline int nc_is_capital(uint32_t c) { return c - 'A' < 26u; }
static inline int nc_is_small(uint32_t c) { return c - 'a' < 26u; }
static inline int nc_is_latin(uint32_t c) { return (c | 32) - 'a' < 26u; }
static inline int nc_width(uint32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

#endif
