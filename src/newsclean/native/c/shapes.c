/* What each line looks like by itself: mirrors scoring/shapes.py, for one document. */
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "nc.h"
#include "processor.h"

/* What is counted in a line, before shares are made of it: figures[f * stride + line]. */
enum {
  F_SIZE, F_KINDS, /* one figure a class … */
  F_FIRST = F_KINDS + NC_KINDS, F_LAST, F_DOTS, F_CLOCK, F_DOMAIN, F_MARKS,
  F_WORDS, F_UNSPACED, F_UPPER, F_CAPITALS, F_NUMBERS, F_SHORT, F_YEAR, FIGURES
};
enum { SHORT_WORD = 3, YEAR = 4, REMEMBERED = 2048 };
static const double PROSE_WORDS = 8, LONG_WORDS = 35;

float nc_log1p(int32_t count) {
  /* every thread would write the same; 0 stands for not known */
  static _Atomic uint32_t known[REMEMBERED];
  union { float value; uint32_t bits; } made;
  if (count < 0 || count >= REMEMBERED) return (float)log1p(count);
  made.bits = atomic_load_explicit(&known[count], memory_order_relaxed);
  if (made.bits == 0) {
    made.value = (float)log1p(count);
    atomic_store_explicit(&known[count], made.bits, memory_order_relaxed);
  }
  return made.value;
}

/* ---- counting characters ---- */

/* Adds a character to one of 16 sums of a byte each. */
static const uint64_t ONE[16][2] = {
    {1ull << 0, 0},  {1ull << 8, 0},  {1ull << 16, 0}, {1ull << 24, 0}, {1ull << 32, 0}, {1ull << 40, 0},
    {1ull << 48, 0}, {1ull << 56, 0}, {0, 1ull << 0},  {0, 1ull << 8},  {0, 1ull << 16}, {0, 1ull << 24},
    {0, 1ull << 32}, {0, 1ull << 40}, {0, 1ull << 48}, {0, 1ull << 56}};

/* How many of the characters are of each class. */
NC_INLINED void kinds_plainly(const uint8_t *kinds, int32_t size, int32_t *counts) {
  while (size > 0) {
    const int32_t part = size < 255 ? size : 255;
    uint64_t low = 0, high = 0;
    for (int32_t at = 0; at < part; at++) {
      low += ONE[kinds[at] & 15][0];
      high += ONE[kinds[at] & 15][1];
    }
    for (int kind = 0; kind < 8; kind++) counts[kind] += low >> (8 * kind) & 255;
    for (int kind = 8; kind < NC_KINDS; kind++) counts[kind] += high >> (8 * (kind - 8)) & 255;
    kinds += part;
    size -= part;
  }
}

/* shapes._pairs */
NC_INLINED int32_t pairs_plainly(const uint8_t *kinds, int32_t size, uint8_t one, uint8_t two) {
  int32_t found = 0;
  for (int32_t at = 0; at < size - 2; at++)
    found += (kinds[at] == one) & (kinds[at + 1] == two) & (kinds[at + 2] == one);
  return found;
}

/* How the two are done; inlined where it is known. */
typedef struct {
  void (*count_kinds)(const uint8_t *kinds, int32_t size, int32_t *counts);
  int32_t (*count_pairs)(const uint8_t *kinds, int32_t size, uint8_t one, uint8_t two);
} ways;

#if defined(NC_VARIANTS)
NC_FOR_AVX512 static inline uint64_t inside(int32_t left) {
  return left >= 64 ? ~(uint64_t)0 : left > 0 ? ((uint64_t)1 << left) - 1 : 0;
}

NC_FOR_AVX512 static inline void kinds_avx512(const uint8_t *kinds, int32_t size, int32_t *counts) {
  for (int32_t at = 0; at < size; at += 64) {
    const __m512i here = _mm512_mask_loadu_epi8(_mm512_set1_epi8(NC_KINDS), inside(size - at), kinds + at);
    for (int kind = 0; kind < NC_KINDS; kind++)
      counts[kind] += (int32_t)__builtin_popcountll(_mm512_cmpeq_epi8_mask(here, _mm512_set1_epi8((char)kind)));
  }
}

NC_FOR_AVX512 static inline int32_t pairs_avx512(const uint8_t *kinds, int32_t size, uint8_t one, uint8_t two) {
  const __m512i first = _mm512_set1_epi8((char)one), second = _mm512_set1_epi8((char)two);
  int32_t found = 0;
  for (int32_t at = 0; at < size - 2; at += 64) {
    uint64_t hit = _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(kinds + at), first);
    hit = _mm512_mask_cmpeq_epi8_mask(hit, _mm512_loadu_si512(kinds + at + 1), second);
    hit = _mm512_mask_cmpeq_epi8_mask(hit & inside(size - 2 - at), _mm512_loadu_si512(kinds + at + 2), first);
    found += (int32_t)__builtin_popcountll(hit);
  }
  return found;
}
#endif

/* shapes._marks */
static int32_t count_marks(const uint32_t *codes, int32_t size) {
  int32_t found = 0;
  for (int32_t at = 0; at < size; at++) {
    uint32_t c = codes[at];
    found += (c == '@') | (c == '#') | (c == 0xa9) | (c == 0xae) | (c == '%') | (c == '&');
  }
  return found;
}

static inline int closes(uint8_t kind) { return kind == NC_K_QUOTE || kind == NC_K_BRACKET; }

/* shapes._last_class */
static uint8_t last_kind(const uint8_t *kinds, int32_t size) {
  uint8_t found = kinds[size - 1];
  for (int back = 2; back <= 3 && back <= size && closes(kinds[size - back + 1]); back++)
    if (kinds[size - back] == NC_K_ENDER) return NC_K_ENDER;
  return found;
}

/* shapes._dots */
static int ends_in_dots(const uint32_t *codes, int32_t size) {
  uint32_t last = codes[size - 1];
  return last == 0x2026 || (last == '.' && size > 2 && codes[size - 2] == '.');
}

/* ---- figures of a line ---- */

NC_INLINED void read_characters(const ways by, const nc_table *table, int32_t line, int32_t *figures, size_t stride) {
  const int32_t start = table->lines[line].start, size = table->lines[line].end - start;
  const uint8_t *kinds = table->kinds + start;
  const uint32_t *codes = table->tidy + start;
  int32_t counts[NC_KINDS] = {0};
  by.count_kinds(kinds, size, counts);
  figures += line;
  figures[F_SIZE * stride] = size;
  for (int kind = 0; kind < NC_KINDS; kind++) figures[(F_KINDS + kind) * stride] = counts[kind];
  int clock = counts[NC_K_COLON] > 0 && counts[NC_K_DIGIT] > 1, domain = counts[NC_K_ENDER] > 0;
  figures[F_FIRST * stride] = size > 0 ? kinds[0] : NC_K_OTHER;
  figures[F_LAST * stride] = size > 0 ? last_kind(kinds, size) : NC_K_OTHER;
  figures[F_DOTS * stride] = size > 0 && ends_in_dots(codes, size);
  figures[F_CLOCK * stride] = clock ? by.count_pairs(kinds, size, NC_K_DIGIT, NC_K_COLON) : 0;
  figures[F_DOMAIN * stride] = domain ? by.count_pairs(kinds, size, NC_K_LOWER, NC_K_ENDER) : 0;
  figures[F_MARKS * stride] = counts[NC_K_OTHER] + counts[NC_K_SYMBOL] > 0 ? count_marks(codes, size) : 0;
}

NC_INLINED void read_words(const nc_words *words, int32_t line, int32_t *figures, size_t stride) {
  int32_t unspaced = 0, upper = 0, capitals = 0, numbers = 0, brief = 0, year = 0;
  for (int32_t word = words->first[line]; word < words->first[line + 1]; word++) {
    const int32_t length = words->length[word];
    unspaced += words->unspaced[word];
    upper += words->upper[word];
    capitals += words->capitals[word];
    numbers += words->number[word];
    brief += (length <= SHORT_WORD) & !words->number[word] & !words->unspaced[word];
    year |= words->number[word] & (length == YEAR);
  }
  figures += line;
  figures[F_WORDS * stride] = words->first[line + 1] - words->first[line];
  figures[F_UNSPACED * stride] = unspaced;
  figures[F_UPPER * stride] = upper;
  figures[F_CAPITALS * stride] = capitals;
  figures[F_NUMBERS * stride] = numbers;
  figures[F_SHORT * stride] = brief;
  figures[F_YEAR * stride] = year;
}

NC_INLINED void read_lines(const ways by, const nc_table *table, const nc_words *words, int32_t *figures,
                           size_t stride) {
  for (int32_t line = 0; line < table->n_lines; line++) {
    read_characters(by, table, line, figures, stride);
    read_words(words, line, figures, stride);
  }
}

NC_INLINED void read_plainly(const nc_table *table, const nc_words *words, int32_t *figures, size_t stride) {
  read_lines((ways){kinds_plainly, pairs_plainly}, table, words, figures, stride);
}

#if defined(NC_VARIANTS)
NC_FOR_AVX512 static void read_avx512(const nc_table *table, const nc_words *words, int32_t *figures, size_t stride) {
  read_lines((ways){kinds_avx512, pairs_avx512}, table, words, figures, stride);
}
#endif
NC_BEST_BUT(void, make_figures, (const nc_table *table, const nc_words *words, int32_t *figures, size_t stride),
            (table, words, figures, stride), read_plainly, read_avx512)

/* ---- columns ---- */

typedef struct {
  const int32_t *figures;
  float *columns;
  size_t stride;
  int32_t lines;
} sheet;

#define FIGURE(f) (sheet->figures + (f)*sheet->stride)
#define COLUMN(c) (sheet->columns + (c)*sheet->stride)

/* The share of a line's characters that a class has. */
NC_INLINED void share_column(const sheet *sheet, int column, int kind) {
  const int32_t *restrict count = FIGURE(F_KINDS + kind), *restrict size = FIGURE(F_SIZE);
  float *restrict made = COLUMN(column);
  for (int32_t line = 0; line < sheet->lines; line++) made[line] = (float)((double)(float)count[line] / size[line]);
}

/* The share of a line's words, those of scripts without blanks left out. */
NC_INLINED void word_column(const sheet *sheet, int column, int figure) {
  const int32_t *restrict count = FIGURE(figure), *restrict words = FIGURE(F_WORDS);
  const int32_t *restrict unspaced = FIGURE(F_UNSPACED);
  float *restrict made = COLUMN(column);
  for (int32_t line = 0; line < sheet->lines; line++) {
    double spaced = (double)(float)words[line] - unspaced[line];
    made[line] = (float)(count[line] / (spaced > 1 ? spaced : 1));
  }
}

NC_INLINED void equal_column(const sheet *sheet, int column, int figure, int32_t wanted) {
  const int32_t *restrict value = FIGURE(figure);
  float *restrict made = COLUMN(column);
  for (int32_t line = 0; line < sheet->lines; line++) made[line] = value[line] == wanted;
}

NC_INLINED void plain_column(const sheet *sheet, int column, int figure) {
  const int32_t *restrict value = FIGURE(figure);
  float *restrict made = COLUMN(column);
  for (int32_t line = 0; line < sheet->lines; line++) made[line] = (float)value[line];
}

NC_INLINED void letter_columns(const sheet *sheet) {
  const int32_t *restrict lower = FIGURE(F_KINDS + NC_K_LOWER), *restrict upper = FIGURE(F_KINDS + NC_K_UPPER);
  const int32_t *restrict caseless = FIGURE(F_KINDS + NC_K_CASELESS), *restrict words = FIGURE(F_WORDS);
  const int32_t *restrict unspaced = FIGURE(F_KINDS + NC_K_UNSPACED), *restrict size = FIGURE(F_SIZE);
  float *restrict length = COLUMN(NC_S_WORD_LENGTH), *restrict share = COLUMN(NC_S_LETTERS);
  for (int32_t line = 0; line < sheet->lines; line++) {
    float letters = (((float)lower[line] + (float)upper[line]) + (float)caseless[line]) + (float)unspaced[line];
    float count = (float)words[line];
    length[line] = letters / (count > 1 ? count : 1);
    share[line] = (float)((double)letters / size[line]);
  }
}

NC_INLINED void end_columns(const sheet *sheet) {
  const int32_t *restrict last = FIGURE(F_LAST), *restrict dots = FIGURE(F_DOTS), *restrict first = FIGURE(F_FIRST);
  float *restrict sentence = COLUMN(NC_S_ENDS_SENTENCE), *restrict open = COLUMN(NC_S_ENDS_OPEN);
  float *restrict letter = COLUMN(NC_S_ENDS_LETTER), *restrict mark = COLUMN(NC_S_BEGINS_MARK);
  for (int32_t line = 0; line < sheet->lines; line++) {
    sentence[line] = (last[line] == NC_K_ENDER) & !dots[line];
    open[line] = (dots[line] != 0) | (last[line] == NC_K_COMMA);
    letter[line] = (last[line] >= NC_K_LOWER) & (last[line] <= NC_K_UNSPACED);
    mark[line] = (first[line] == NC_K_DIVIDER) | (first[line] == NC_K_DASH) | (first[line] == NC_K_SYMBOL);
  }
}

/* How many words there are, and whether that makes running text. */
static void length_columns(const sheet *sheet) {
  const int32_t *size = FIGURE(F_SIZE), *words = FIGURE(F_WORDS), *unspaced = FIGURE(F_UNSPACED);
  const float *ends = COLUMN(NC_S_ENDS_SENTENCE);
  for (int32_t line = 0; line < sheet->lines; line++) {
    double estimated = (float)words[line];
    COLUMN(NC_S_SIZE)[line] = nc_log1p(size[line]);
    if (unspaced[line] > 0) {
      estimated -= unspaced[line] * (1 - 1 / 2.2); /* shapes._UNSPACED_WORD */
      COLUMN(NC_S_WORDS)[line] = (float)log1p(estimated);
    } else {
      COLUMN(NC_S_WORDS)[line] = nc_log1p((int32_t)estimated);
    }
    COLUMN(NC_S_PROSE)[line] = (estimated >= PROSE_WORDS && ends[line] > 0) || estimated >= LONG_WORDS;
  }
}

NC_INLINED void all_columns(const sheet *sheet) {
  static const uint8_t shares[] = {NC_K_DIGIT,   NC_K_COMMA,   NC_K_QUOTE, NC_K_DASH,
                                   NC_K_DIVIDER, NC_K_BRACKET, NC_K_COLON, NC_K_SYMBOL};
  for (int at = 0; at < (int)sizeof(shares); at++) share_column(sheet, NC_S_SHARE_DIGIT + at, shares[at]);
  share_column(sheet, NC_S_CASELESS, NC_K_CASELESS);
  share_column(sheet, NC_S_UNSPACED, NC_K_UNSPACED);
  word_column(sheet, NC_S_INITIALS, F_UPPER);
  word_column(sheet, NC_S_CAPITALS, F_CAPITALS);
  word_column(sheet, NC_S_NUMBERS, F_NUMBERS);
  word_column(sheet, NC_S_SHORT_WORDS, F_SHORT);
  letter_columns(sheet);
  end_columns(sheet);
  equal_column(sheet, NC_S_ENDS_COLON, F_LAST, NC_K_COLON);
  equal_column(sheet, NC_S_ENDS_DIGIT, F_LAST, NC_K_DIGIT);
  equal_column(sheet, NC_S_ENDS_BRACKET, F_LAST, NC_K_BRACKET);
  equal_column(sheet, NC_S_BEGINS_LOWER, F_FIRST, NC_K_LOWER);
  equal_column(sheet, NC_S_BEGINS_UPPER, F_FIRST, NC_K_UPPER);
  equal_column(sheet, NC_S_BEGINS_DIGIT, F_FIRST, NC_K_DIGIT);
  equal_column(sheet, NC_S_BEGINS_QUOTE, F_FIRST, NC_K_QUOTE);
  equal_column(sheet, NC_S_BEGINS_BRACKET, F_FIRST, NC_K_BRACKET);
  plain_column(sheet, NC_S_ENDERS, F_KINDS + NC_K_ENDER);
  plain_column(sheet, NC_S_YEAR, F_YEAR);
  plain_column(sheet, NC_S_CLOCK, F_CLOCK);
  plain_column(sheet, NC_S_DOMAIN, F_DOMAIN);
  plain_column(sheet, NC_S_MARKS, F_MARKS);
}
NC_BEST(void, make_columns, (const sheet *sheet), (sheet), all_columns)

void nc_shape_columns_apart(nc_arena *arena, const nc_table *table, const nc_words *words, float *columns,
                            size_t stride) {
  nc_mark mark = nc_marked(arena);
  int32_t *figures = NC_TAKE(arena, int32_t, FIGURES * stride);
  make_figures(table, words, figures, stride);
  sheet made = {figures, columns, stride, table->n_lines};
  make_columns(&made);
  length_columns(&made);
  nc_back(arena, mark);
}

void nc_shape_columns(nc_arena *arena, const nc_table *table, const nc_words *words, float *columns) {
  nc_shape_columns_apart(arena, table, words, columns, (size_t)table->n_lines);
}
