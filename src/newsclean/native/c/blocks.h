/* Sixteen characters at once: questions to all of them are answered by masks, the first character in the lowest bit. */
#ifndef NC_BLOCKS_H
#define NC_BLOCKS_H

#include "nc.h"

enum { NC_BLOCK = 16 };

static inline int nc_lowest(uint64_t mask) { return __builtin_ctzll(mask); } /* of a mask that is not empty */

#if defined(__SSE2__) && !defined(NC_PORTABLE)
#include <emmintrin.h>

/* a byte is a character, 255 all from there on */
typedef __m128i nc_block;

static inline nc_block nc_block_of(const uint32_t *text) {
  const __m128i *from = (const __m128i *)(const void *)text;
  return _mm_packus_epi16(_mm_packs_epi32(_mm_loadu_si128(from), _mm_loadu_si128(from + 1)),
                          _mm_packs_epi32(_mm_loadu_si128(from + 2), _mm_loadu_si128(from + 3)));
}

static inline void nc_block_store(nc_block block, uint32_t *text) {
  __m128i *to = (__m128i *)(void *)text, none = _mm_setzero_si128();
  __m128i low = _mm_unpacklo_epi8(block, none), high = _mm_unpackhi_epi8(block, none);
  _mm_storeu_si128(to, _mm_unpacklo_epi16(low, none));
  _mm_storeu_si128(to + 1, _mm_unpackhi_epi16(low, none));
  _mm_storeu_si128(to + 2, _mm_unpacklo_epi16(high, none));
  _mm_storeu_si128(to + 3, _mm_unpackhi_epi16(high, none));
}

static inline __m128i nc_block_between(nc_block block, char first, char last) {
  __m128i from = _mm_sub_epi8(block, _mm_set1_epi8(first));
  return _mm_cmpeq_epi8(_mm_min_epu8(from, _mm_set1_epi8((char)(last - first))), from);
}

/* which characters are `c`; which are from `first` to `last`; which are not ASCII */
static inline uint32_t nc_equal(nc_block block, char c) {
  return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8(c)));
}
static inline uint32_t nc_between(nc_block block, char first, char last) {
  return (uint32_t)_mm_movemask_epi8(nc_block_between(block, first, last));
}
static inline uint32_t nc_beyond(nc_block block) { return (uint32_t)_mm_movemask_epi8(block); }

/* each byte with bits added */
static inline nc_block nc_block_or(nc_block block, char bits) { return _mm_or_si128(block, _mm_set1_epi8(bits)); }

/* a block of ASCII in lower case */
static inline nc_block nc_block_lower(nc_block block) {
  return _mm_add_epi8(block, _mm_and_si128(nc_block_between(block, 'A', 'Z'), _mm_set1_epi8('a' - 'A')));
}

#else

typedef struct { uint8_t of[NC_BLOCK]; } nc_block;

static inline nc_block nc_block_of(const uint32_t *text) {
  nc_block block;
  for (int i = 0; i < NC_BLOCK; i++) block.of[i] = (uint8_t)(text[i] > 255 ? 255 : text[i]);
  return block;
}

static inline void nc_block_store(nc_block block, uint32_t *text) {
  for (int i = 0; i < NC_BLOCK; i++) text[i] = block.of[i];
}

static inline uint32_t nc_between(nc_block block, char first, char last) {
  uint32_t mask = 0;
  for (int i = 0; i < NC_BLOCK; i++)
    mask |= (uint32_t)((uint8_t)(block.of[i] - (uint8_t)first) <= (uint8_t)(last - first)) << i;
  return mask;
}
static inline uint32_t nc_equal(nc_block block, char c) { return nc_between(block, c, c); }
static inline uint32_t nc_beyond(nc_block block) {
  uint32_t mask = 0;
  for (int i = 0; i < NC_BLOCK; i++) mask |= (uint32_t)(block.of[i] >> 7) << i;
  return mask;
}

static inline nc_block nc_block_or(nc_block block, char bits) {
  for (int i = 0; i < NC_BLOCK; i++) block.of[i] |= (uint8_t)bits;
  return block;
}

static inline nc_block nc_block_lower(nc_block block) {
  for (int i = 0; i < NC_BLOCK; i++)
    block.of[i] = (uint8_t)(block.of[i] + ((uint8_t)(block.of[i] - 'A') < 26) * ('a' - 'A'));
  return block;
}

#endif
#endif
