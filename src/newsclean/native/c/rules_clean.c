/* Lines that the rules of an index are known to find nothing in.
 *
 * A line's findings depend on its tidy text alone, but where lines ran together (State "flat"), which is not remembered.
 * Keys are 64 bits of its characters: for a line to be passed over wrongly, another of the same key must have stood before
 * it, one chance in 2 ** 64 for each that is held; and then junk stays, nothing is lost. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "nc_rules_parts.h"

enum { BITS = 15, LANES = 4 };
static const uint64_t FACTOR = 0x9E3779B97F4A7C15ull, MIX = 0xD6E8FEB86659FD93ull;

struct nc_clean_lines { _Atomic uint64_t keys[1 << BITS]; }; /* threads share them: each entry is whole or another's */

nc_clean_lines *nc_clean_lines_new(void) { return calloc(1, sizeof(nc_clean_lines)); }

static uint64_t stirred(uint64_t lane, uint64_t word) {
  lane = (lane ^ word) * FACTOR;
  return lane ^ lane >> 32;
}

uint64_t nc_line_key(const uint32_t *tidy, int32_t size) {
  uint64_t lanes[LANES] = {(uint64_t)size, 1, 2, 3}, words[LANES];
  int32_t at = 0;
  for (; at + 2 * LANES <= size; at += 2 * LANES) {
    memcpy(words, tidy + at, sizeof(words));
    for (int lane = 0; lane < LANES; lane++) lanes[lane] = stirred(lanes[lane], words[lane]);
  }
  memset(words, 0, sizeof(words));
  memcpy(words, tidy + at, sizeof(uint32_t) * (size_t)(size - at));
  for (int lane = 0; lane < LANES; lane++) lanes[lane] = stirred(lanes[lane], words[lane]);
  uint64_t key = 0;
  for (int lane = 0; lane < LANES; lane++) key = stirred(key * MIX, lanes[lane]);
  key *= MIX;
  return (key ^ key >> 29) | 1; /* 0 is an empty place */
}

int nc_is_clean(const nc_clean_lines *lines, uint64_t key) {
  return lines != NULL && atomic_load_explicit(&lines->keys[key >> (64 - BITS)], memory_order_relaxed) == key;
}

void nc_keep_clean(nc_clean_lines *lines, uint64_t key) {
  if (lines != NULL) atomic_store_explicit(&lines->keys[key >> (64 - BITS)], key, memory_order_relaxed);
}

void nc_index_forget(nc_index *index) {
  if (index->clean == NULL) return;
  for (int32_t at = 0; at < 1 << BITS; at++) atomic_store_explicit(&index->clean->keys[at], 0, memory_order_relaxed);
}
