/* What lines look like: mirrors newsclean/decision/shape.py, its expressions written out.
 *
 * Nearly no line is code: what an alternative of _CODE cannot do without is asked for first.
 */
#include <string.h>

#include "blocks.h"

enum { LOOKED_AT = 400 }; /* characters whose words are counted; longer lines are no code */
static const double UNSPACED_WORD = 2.2;

static inline int is_letter(uint32_t c) { return (c | 32) - 'a' < 26u; }
static inline int is_digit(uint32_t c) { return c < 128 ? c - '0' < 10u : (nc_flags(c) & NC_DIGIT) != 0; }
static inline int is_word(uint32_t c) {
  return c < 128 ? is_letter(c) || c - '0' < 10u || c == '_' : (nc_flags(c) & NC_WORD) != 0;
}

/* _ENDS */
static int is_end(uint32_t c) {
  switch (c) {
    case '.': case '!': case '?': case 0x2026: case 0x3002: case 0xFF01: case 0xFF1F: case 0x0964: case 0x0965:
    case 0x061F: case 0x06D4: return 1;
    default: return 0;
  }
}

/* bare.endswith(_ENDS), but for "..." */
static int ends_sentence(const uint32_t *text, int32_t size) {
  while (size > 0) {
    uint32_t c = text[size - 1];
    if (c != '"' && c != '\'' && c != ')' && c != ']' && c != '*') break;
    size--;
  }
  if (size == 0 || !is_end(text[size - 1])) return 0;
  return !(size >= 3 && text[size - 1] == '.' && text[size - 2] == '.' && text[size - 3] == '.');
}

static int is_bullet(uint32_t c) {
  switch (c) {
    case '-': case '*': case '+': case '>': case 0x2022: case 0x25AA: case 0x25A0: case 0x25CF: case 0x25E6:
    case 0x2023: case 0xB7: case 0x2013: case 0xBB: return 1;
    default: return 0;
  }
}

/* _LIST_ITEM */
static int is_list_item(const uint32_t *text, int32_t size) {
  uint32_t first = text[0];
  int32_t at = 1;
  if (size < 2) return 0;
  if (is_bullet(first)) return text[1] == ' ';
  if (!is_letter(first)) {
    int32_t from = first == '(';
    for (at = from; at < size && at - from < 3 && is_digit(text[at]);) at++;
    if (at == from) return 0;
  }
  return at + 1 < size && (text[at] == '.' || text[at] == ')') && text[at + 1] == ' ';
}

/* ---- _CODE, alternative by alternative ------------------------------------------------------------------------- */

static int one_of(uint32_t c, const char *these) { return c != 0 && c < 128 && strchr(these, (int)c) != NULL; }

/* [#$>]{1,2} ?[a-z./~]+ */
static int is_prompt(const uint32_t *text, int32_t size) {
  int32_t at = 1;
  if (at < size && one_of(text[at], "#$>")) at++;
  if (at < size && text[at] == ' ') at++;
  return at < size && (text[at] - 'a' < 26u || one_of(text[at], "./~"));
}

/* [{}\[\]();]+$ */
static int is_brackets(const uint32_t *text, int32_t size) {
  for (int32_t at = 0; at < size; at++)
    if (!one_of(text[at], "{}[]();")) return 0;
  return 1;
}

/* </?[a-zA-Z!][^>]*> */
static int is_tag(const uint32_t *text, int32_t size) {
  int32_t at = 1 + (size > 1 && text[1] == '/');
  if (at >= size || !(is_letter(text[at]) || text[at] == '!')) return 0;
  while (++at < size)
    if (text[at] == '>') return 1;
  return 0;
}

/* (?:def|class|…)\b.*[({:;=] */
static int is_statement(const uint32_t *text, int32_t size) {
  static const char keywords[][9] = {
      "def", "class", "import", "from", "return", "if", "for", "while", "function", "const", "let", "var", "public",
      "private", "SELECT", "INSERT", "#include", "package", "using", "elif", "else"};
  for (size_t k = 0; k < sizeof(keywords) / sizeof(keywords[0]); k++) {
    const char *keyword = keywords[k];
    if ((uint32_t)keyword[0] != text[0]) continue;
    int32_t at = 1;
    while (at < size && keyword[at] && (uint32_t)keyword[at] == text[at]) at++;
    if (keyword[at] || (at < size && is_word(text[at]))) continue;
    for (; at < size; at++)
      if (one_of(text[at], "({:;=")) return 1;
    return 0;
  }
  return 0;
}

/* Whether a keyword begins with a letter: one test for most lines */
static int begins_keyword(uint32_t c) {
  switch (c) {
    case 'S': case 'I': case 'c': case 'd': case 'e': case 'f': case 'i': case 'l': case 'p': case 'r': case 'u':
    case 'v': case 'w': return 1;
    default: return 0;
  }
}

/* "[\w-]+": */
static int is_key(const uint32_t *text, int32_t size) {
  int32_t at = 1;
  while (at < size && (is_word(text[at]) || text[at] == '-')) at++;
  return at > 1 && at + 2 < size && text[at] == '"' && text[at + 1] == ':' && text[at + 2] == ' ';
}

/* [\w\]]\(.*\);?$, where the last character is ")" (behind ";" a line is code as it is) */
static int ends_with_call(const uint32_t *text, int32_t size) {
  for (int32_t at = 1; at < size; at++)
    if (text[at] == '(' && (text[at - 1] == ']' || is_word(text[at - 1]))) return 1;
  return 0;
}

static inline uint32_t operator_signs(nc_block block) {
  return nc_equal(block, '=') | nc_equal(block, '>') | nc_equal(block, '&') | nc_equal(block, '|');
}

/* The next sign that may end an operator, from `at` on, or `size` */
static int32_t next_sign(const uint32_t *text, int32_t at, int32_t size) {
  for (; at + NC_BLOCK <= size; at += NC_BLOCK) {
    uint32_t found = operator_signs(nc_block_of(text + at));
    if (found) return at + nc_lowest(found);
  }
  for (; at < size; at++)
    if (text[at] == '=' || text[at] == '>' || text[at] == '&' || text[at] == '|') break;
  return at;
}

/* =>|==|!=|\+=|&&|\|\||-> */
static int has_operator(const uint32_t *text, int32_t size) {
  for (int32_t at = next_sign(text, 0, size); at < size; at = next_sign(text, at + 1, size)) {
    uint32_t before = at ? text[at - 1] : 0, c = text[at];
    if (c == '=' ? before == '=' || before == '!' || before == '+'
                 : c == '>' ? before == '=' || before == '-' : before == c)
      return 1;
  }
  return 0;
}

static int is_code(const uint32_t *text, int32_t size) {
  uint32_t first = text[0], last = text[size - 1];
  if (last == ';' || last == '{' || last == '}') return 1;
  if (has_operator(text, size) || (last == ')' && ends_with_call(text, size))) return 1;
  switch (first) {
    case '#': case '$': case '>': return is_prompt(text, size) || (first == '#' && is_statement(text, size));
    case '<': return is_tag(text, size);
    case '"': return is_key(text, size);
    case '{': case '}': case '[': case ']': case '(': case ')': case ';': return is_brackets(text, size);
    default: return begins_keyword(first) && is_statement(text, size);
  }
}

/* ---- shapes ---------------------------------------------------------------------------------------------------- */

/* A line in quotation marks or one that ">" quotes */
static int is_quote(const uint32_t *text, int32_t size) {
  if (text[0] == '>') return 1;
  if (text[0] != '"') return 0;
  while (text[size - 1] == '.' || text[size - 1] == ',') size--;
  return text[size - 1] == '"';
}

/* A row between bars; one with tabs in it is told by the original. */
static int has_bars(const uint32_t *text, int32_t size) {
  if (text[0] != '|') return 0;
  for (int32_t at = 1; at < size; at++)
    if (text[at] == '|') return 1;
  return 0;
}

/* The words of folded[start:end], in scripts without blanks estimated: added one by one, as Python adds them */
static double estimate_words(const uint32_t *folded, int32_t start, int32_t end, int ascii) {
  nc_token tokens[LOOKED_AT];
  double words = 0.0;
  int32_t count = nc_tokenize(folded, start, end, ascii, tokens, LOOKED_AT);
  for (int32_t t = 0; t < count; t++) {
    int unspaced = tokens[t].end - tokens[t].start == 1 && !tokens[t].number && folded[tokens[t].start] > 0xE00;
    words += unspaced ? 1 / UNSPACED_WORD : 1;
  }
  return words;
}

static double count_words(const nc_doc *doc, const nc_line *line, int ascii) {
  int32_t size = line->end - line->start;
  int32_t end = size < LOOKED_AT ? line->end : line->start + LOOKED_AT;
  int32_t count = nc_count_tokens(doc->folded, line->start, end, ascii);
  double words = count >= 0 ? count : estimate_words(doc->folded, line->start, end, ascii);
  return size > LOOKED_AT ? words * (size / (double)LOOKED_AT) : words;
}

static nc_shape shape_of(const nc_doc *doc, const nc_line *line, int ascii, int tabs) {
  const uint32_t *text = doc->tidy + line->start;
  int32_t size = line->end - line->start;
  nc_shape made = {0};
  if (size <= 0) {
    made.symbols_only = made.label = 1;
    return made;
  }
  double words = made.words = count_words(doc, line, ascii);
  made.size = size;
  made.ends_sentence = (uint8_t)ends_sentence(text, size);
  made.list_item = (uint8_t)is_list_item(text, size);
  made.code = (uint8_t)(size <= LOOKED_AT && is_code(text, size));
  made.table = (uint8_t)(tabs || has_bars(text, size));
  made.quote = (uint8_t)is_quote(text, size);
  made.symbols_only = words == 0;
  made.prose = (words >= 8 && made.ends_sentence) || words >= 35;
  made.is_protected = made.code || made.table || made.quote;
  made.label = words <= 24 && size <= 170 && !(made.ends_sentence && words > 12);
  return made;
}

/* The next tab of the original from `at` on, or its size. */
static int32_t next_tab(const nc_doc *doc, int32_t at) {
  const uint32_t *text = doc->original;
  int32_t size = doc->original_size;
  for (; at + NC_BLOCK <= size; at += NC_BLOCK) {
    uint32_t found = nc_equal(nc_block_of(text + at), '\t');
    if (found) return at + nc_lowest(found);
  }
  while (at < size && text[at] != '\t') at++;
  return at;
}

/* Folding.start for positions that rise from call to call; `passed` counts the breaks that lie behind. */
static int32_t original_of(const nc_doc *doc, int32_t at, int32_t *passed) {
  while (*passed < doc->n_breaks && doc->breaks[*passed] <= at) ++*passed;
  return *passed ? at + doc->shifts[*passed - 1] : at;
}

void nc_shapes(nc_arena *arena, const nc_doc *doc, nc_shape *shapes) {
  (void)arena;
  int ascii = nc_is_ascii(doc->folded, doc->size);
  int32_t tab = next_tab(doc, 0), passed = 0;
  for (int32_t l = 0; l < doc->n_lines; l++) {
    const nc_line *line = &doc->lines[l];
    int tabs = 0;
    if (tab < doc->original_size && line->end > line->start) {
      int32_t start = original_of(doc, line->start, &passed);
      if (tab < start) tab = next_tab(doc, start);
      tabs = tab <= original_of(doc, line->end - 1, &passed);
    }
    shapes[l] = shape_of(doc, line, ascii, tabs);
  }
}
