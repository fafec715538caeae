/* Words of a table of lines as hashes: mirrors scoring/table.py and scoring/words.py, for one document. */
#include <string.h>

#include "nc.h"
#include "processor.h"

#define FACTOR 0x9E3779B97F4A7C15ull
#define MIX 0xD6E8FEB86659FD93ull
enum { SHORT = 8, PADDING = 64, PLACES = 64 };

#define P2 (FACTOR * FACTOR)
static const uint64_t POWERS[SHORT] = {1,       FACTOR,           P2,      P2 *FACTOR,
                                       P2 *P2,  P2 *P2 *FACTOR,   P2 *P2 *P2, P2 *P2 *P2 *FACTOR};

/* The class of each character, and its letter. */
static void read_each(const uint32_t *tidy, const uint32_t *folded, int32_t size, uint8_t *kinds, uint32_t *letters) {
  for (int32_t at = 0; at < size; at++) {
    uint8_t kind = nc_kind(tidy[at]);
    kinds[at] = kind;
    letters[at] = kind == NC_K_DIGIT ? '0' : folded[at];
  }
}

#if defined(NC_VARIANTS)
/* 64 at once if they are all ASCII, whose classes are looked up in two registers. */
NC_FOR_AVX512 static void read_ascii(const uint32_t *tidy, const uint32_t *folded, int32_t size, uint8_t *kinds,
                                     uint32_t *letters) {
  int32_t at = 0;
  if (nc_pages[0] == NULL) return read_each(tidy, folded, size, kinds, letters);
  const __m512i first = _mm512_loadu_si512(nc_pages[0]->kind), second = _mm512_loadu_si512(nc_pages[0]->kind + 64);
  const __m512i digit = _mm512_set1_epi8(NC_K_DIGIT), zero = _mm512_set1_epi32('0'), most = _mm512_set1_epi32(127);
  for (; at + 64 <= size; at += 64) {
    __m512i codes[4];
    for (int part = 0; part < 4; part++) codes[part] = _mm512_loadu_si512(tidy + at + 16 * part);
    const __m512i any = _mm512_or_si512(_mm512_or_si512(codes[0], codes[1]), _mm512_or_si512(codes[2], codes[3]));
    if (_mm512_cmpgt_epu32_mask(any, most) != 0) {
      read_each(tidy + at, folded + at, 64, kinds + at, letters + at);
      continue;
    }
    __m512i bytes = _mm512_castsi128_si512(_mm512_cvtepi32_epi8(codes[0]));
    bytes = _mm512_inserti32x4(bytes, _mm512_cvtepi32_epi8(codes[1]), 1);
    bytes = _mm512_inserti32x4(bytes, _mm512_cvtepi32_epi8(codes[2]), 2);
    bytes = _mm512_inserti32x4(bytes, _mm512_cvtepi32_epi8(codes[3]), 3);
    bytes = _mm512_permutex2var_epi8(first, bytes, second);
    _mm512_storeu_si512(kinds + at, bytes);
    const uint64_t digits = _mm512_cmpeq_epi8_mask(bytes, digit);
    for (int part = 0; part < 4; part++) {
      const __m512i letter = _mm512_loadu_si512(folded + at + 16 * part);
      const __mmask16 which = (__mmask16)(digits >> (16 * part));
      _mm512_storeu_si512(letters + at + 16 * part, _mm512_mask_mov_epi32(letter, which, zero));
    }
  }
  read_each(tidy + at, folded + at, size - at, kinds + at, letters + at);
}
#endif
NC_BEST_BUT(void, read_kinds,
            (const uint32_t *tidy, const uint32_t *folded, int32_t size, uint8_t *kinds, uint32_t *letters),
            (tidy, folded, size, kinds, letters), read_each, read_ascii)

void nc_table_of(nc_arena *arena, const uint32_t *tidy, const uint32_t *folded, int32_t size, const nc_line *lines,
                 int32_t n_lines, nc_table *table) {
  uint8_t *kinds = nc_take(arena, (size_t)size + PADDING);
  uint32_t *letters = nc_take(arena, sizeof(uint32_t) * ((size_t)size + PADDING));
  read_kinds(tidy, folded, size, kinds, letters);
  memset(kinds + size, NC_K_OTHER, PADDING);
  memset(letters + size, 0, sizeof(uint32_t) * PADDING);
  *table = (nc_table){tidy, folded, size, lines, n_lines, kinds, letters};
}

static inline uint64_t finished(uint64_t sum) {
  sum ^= sum >> 29;
  sum *= MIX;
  return sum ^ (sum >> 32);
}

/* words._hashes: the sum of letter k times FACTOR ** k, stirred. Letters are read up to SHORT behind their start. */
NC_INLINED uint64_t hash_of(const uint32_t *letters, int32_t length) {
  uint64_t sum = 0;
  for (int k = 0; k < SHORT; k++) sum += (k < length ? (uint64_t)letters[k] : 0) * POWERS[k];
  if (length > SHORT) {
    uint64_t power = POWERS[SHORT - 1];
    for (int32_t k = SHORT; k < length; k++) sum += letters[k] * (power *= FACTOR);
  }
  return finished(sum);
}

uint64_t nc_run_hash(const nc_table *table, int32_t start, int32_t length) {
  return hash_of(table->letters + start, length);
}

/* ---- kinds of eight characters at once, a byte each; kinds are below 16, so that no sum carries over ---- */

#define EACH(byte) ((uint64_t)(byte) * 0x0101010101010101ull)

static inline uint64_t eight(const uint8_t *kinds) {
  uint64_t all;
  memcpy(&all, kinds, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  all = __builtin_bswap64(all);
#endif
  return all;
}

/* The high bit of each byte that is `kind`. */
static inline uint64_t equal(uint64_t all, uint8_t kind) { return ~((all ^ EACH(kind)) + EACH(127)) & EACH(128); }

/* The high bits of eight bytes as the low eight bits. */
static inline uint64_t packed(uint64_t high) { return ((high >> 7) * 0x0102040810204080ull) >> 56; }

typedef struct { uint64_t spaced, unspaced; } masks;

/* Which of 64 characters are of a word of several, and which are a word each. */
NC_INLINED masks masks_plainly(const uint8_t *kinds) {
  masks made = {0, 0};
  for (int at = 0; at < 64; at += 8) {
    uint64_t all = eight(kinds + at);
    uint64_t wordy = (all + EACH(127)) & ~(all + EACH(122)) & EACH(128); /* from NC_K_LOWER to NC_K_DIGIT */
    uint64_t unspaced = equal(all, NC_K_UNSPACED);
    made.spaced |= packed(wordy & ~unspaced) << at;
    made.unspaced |= packed(unspaced) << at;
  }
  return made;
}

/* The places of the bits, counted from `at`; up to PLACES more than there are may be written. */
NC_INLINED int32_t places_plainly(uint64_t bits, int32_t at, int32_t *made) {
  int32_t count = 0;
  for (; bits; bits &= bits - 1) made[count++] = at + __builtin_ctzll(bits);
  return count;
}

/* How the two are done; inlined where it is known. */
typedef struct {
  masks (*masks_of)(const uint8_t *kinds);
  int32_t (*places_of)(uint64_t bits, int32_t at, int32_t *made);
} ways;

static inline int is_spaced(uint8_t kind) { return kind >= NC_K_LOWER && kind <= NC_K_DIGIT && kind != NC_K_UNSPACED; }

/* Whether a line begins where the one before it ends: a word may then go on from one to the other. */
static inline int abuts(const nc_table *table, int32_t line) {
  return line > 0 && line < table->n_lines && table->lines[line].start > 0 &&
         table->lines[line].start == table->lines[line - 1].end;
}

/* Where the word ends that goes on behind the end of `line`. */
static int32_t end_behind(const nc_table *table, int32_t line) {
  int32_t at = table->lines[line].end;
  while (abuts(table, ++line))
    for (; at < table->lines[line].end; at++)
      if (!is_spaced(table->kinds[at])) return at;
  return at;
}

/* Where the words of a line begin and end (both positions rise); returns how many they are. */
NC_INLINED int32_t bounds_of(const ways by, const nc_table *table, int32_t line, int32_t *starts, int32_t *ends) {
  const int32_t start = table->lines[line].start, end = table->lines[line].end;
  int32_t begun = 0, ended = 0;
  uint64_t before = abuts(table, line) && is_spaced(table->kinds[start - 1]);
  int known = !before; /* a word that began in the line before is no word of this one, nor is its end */
  for (int32_t at = start; at < end; at += 64) {
    masks is = by.masks_of(table->kinds + at);
    uint64_t inside = end - at < 64 ? ((uint64_t)1 << (end - at)) - 1 : ~(uint64_t)0;
    is.spaced &= inside;
    is.unspaced &= inside;
    uint64_t shifted = is.spaced << 1 | before;
    uint64_t first = (is.spaced & ~shifted) | is.unspaced;
    /* what stands behind the last character of a word; that of an unspaced one is known by itself */
    uint64_t behind = ~is.spaced & shifted & inside;
    before = is.spaced >> 63;
    begun += by.places_of(first, at, starts + begun);
    if (known && is.unspaced == 0) {
      ended += by.places_of(behind, at, ends + ended);
      continue;
    }
    for (uint64_t last = behind | is.unspaced; last; last &= last - 1) {
      const uint64_t bit = last & (~last + 1);
      const int32_t here = at + __builtin_ctzll(last);
      if (behind & bit) {
        if (known) ends[ended++] = here;
        known = 1;
      }
      if (is.unspaced & bit) ends[ended++] = here + 1;
    }
  }
  if (ended < begun) { /* the last word reaches the end of the line */
    int32_t to = end;
    if (abuts(table, line + 1) && is_spaced(table->kinds[end])) to = end_behind(table, line);
    ends[ended++] = to;
  }
  return begun;
}

/* Bits of Words.upper, capitals, number, unspaced from the kinds of a word's characters. */
NC_INLINED void tell(const nc_table *table, nc_words *words, int32_t word) {
  const uint8_t *kinds = table->kinds + words->start[word];
  const int32_t length = words->length[word];
  uint64_t inside = length >= 8 ? ~(uint64_t)0 : ((uint64_t)1 << (8 * length)) - 1;
  uint64_t all = eight(kinds);
  uint64_t upper = equal(all, NC_K_UPPER) & inside;
  uint64_t small = equal(all | EACH(2), NC_K_CASELESS) & inside; /* NC_K_LOWER too */
  int32_t capitals = __builtin_popcountll(upper);
  if (length > 8 && !small)
    for (int32_t k = 8; k < length; k++) {
      capitals += kinds[k] == NC_K_UPPER;
      small |= kinds[k] == NC_K_LOWER || kinds[k] == NC_K_CASELESS;
    }
  words->upper[word] = kinds[0] == NC_K_UPPER;
  words->capitals[word] = capitals >= 2 && !small;
  words->number[word] = kinds[0] == NC_K_DIGIT;
  words->unspaced[word] = kinds[0] == NC_K_UNSPACED;
}

NC_INLINED void read_words(const ways by, const nc_table *table, nc_words *words, int32_t *ends) {
  int32_t count = 0;
  for (int32_t line = 0; line < table->n_lines; line++) {
    words->first[line] = count;
    int32_t found = bounds_of(by, table, line, words->start + count, ends + count);
    for (int32_t word = count; word < count + found; word++) words->line[word] = line;
    count += found;
  }
  words->first[table->n_lines] = words->count = count;
  for (int32_t word = 0; word < count; word++) {
    words->length[word] = ends[word] - words->start[word];
    words->hash[word] = hash_of(table->letters + words->start[word], words->length[word]);
    tell(table, words, word);
  }
}
NC_INLINED void words_plainly(const nc_table *table, nc_words *words, int32_t *ends) {
  read_words((ways){masks_plainly, places_plainly}, table, words, ends);
}

#if defined(NC_VARIANTS)
NC_FOR_AVX512 static inline masks masks_avx512(const uint8_t *kinds) {
  const __m512i all = _mm512_loadu_si512(kinds);
  const uint64_t unspaced = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8(NC_K_UNSPACED));
  const uint64_t wordy = _mm512_cmple_epu8_mask(all, _mm512_set1_epi8(NC_K_DIGIT)) & _mm512_test_epi8_mask(all, all);
  return (masks){wordy & ~unspaced, unspaced};
}

NC_FOR_AVX512 static inline int32_t places_avx512(uint64_t bits, int32_t at, int32_t *made) {
  __m512i places = _mm512_add_epi32(_mm512_set1_epi32(at),
                                    _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
  int32_t count = 0;
  for (int part = 0; part < 4; part++, bits >>= 16) {
    _mm512_storeu_si512(made + count, _mm512_maskz_compress_epi32((__mmask16)bits, places));
    count += __builtin_popcount((uint16_t)bits);
    places = _mm512_add_epi32(places, _mm512_set1_epi32(16));
  }
  return count;
}

NC_FOR_AVX512 static void words_avx512(const nc_table *table, nc_words *words, int32_t *ends) {
  read_words((ways){masks_avx512, places_avx512}, table, words, ends);
}
#endif
NC_BEST_BUT(void, all_words, (const nc_table *table, nc_words *words, int32_t *ends), (table, words, ends),
            words_plainly, words_avx512)

/* No fewer than the words of the lines. */
static int32_t most_words(const nc_table *table) {
  int32_t most = 0, unspaced = 0;
  for (int32_t at = 0; at < table->size; at++) unspaced += table->kinds[at] == NC_K_UNSPACED;
  for (int32_t line = 0; line < table->n_lines; line++)
    most += (table->lines[line].end - table->lines[line].start) / 2 + 1;
  return most + unspaced;
}

void nc_words_of(nc_arena *arena, const nc_table *table, nc_words *words) {
  const int32_t most = most_words(table);
  words->count = 0;
  words->line = NC_TAKE(arena, int32_t, most);
  words->start = NC_TAKE(arena, int32_t, most + PLACES);
  words->length = NC_TAKE(arena, int32_t, most);
  words->hash = NC_TAKE(arena, uint64_t, most + SHORT + 1); /* so many may be read behind the last */
  words->upper = NC_TAKE(arena, uint8_t, most);
  words->capitals = NC_TAKE(arena, uint8_t, most);
  words->number = NC_TAKE(arena, uint8_t, most);
  words->unspaced = NC_TAKE(arena, uint8_t, most);
  words->first = NC_TAKE(arena, int32_t, table->n_lines + 1);
  nc_mark mark = nc_marked(arena);
  all_words(table, words, NC_TAKE(arena, int32_t, most + PLACES));
  nc_back(arena, mark);
}

void nc_line_hashes(const nc_table *table, const nc_words *words, uint64_t *hashes) {
  for (int32_t line = 0; line < table->n_lines; line++) {
    uint64_t sum = 0, times = 1;
    for (int32_t word = words->first[line]; word < words->first[line + 1]; word++, times += 2)
      sum += words->hash[word] * times;
    hashes[line] = sum;
  }
}

NC_INLINED void all_stems(const nc_table *table, const nc_words *words, int32_t letters, uint64_t *hashes) {
  for (int32_t word = 0; word < words->count; word++) {
    int32_t length = words->length[word] < letters ? words->length[word] : letters;
    hashes[word] = hash_of(table->letters + words->start[word], length);
  }
}
NC_BEST(void, run_stems, (const nc_table *table, const nc_words *words, int32_t letters, uint64_t *hashes),
        (table, words, letters, hashes), all_stems)

void nc_stem_hashes(const nc_table *table, const nc_words *words, int32_t letters, uint64_t *hashes) {
  run_stems(table, words, letters, hashes);
}
