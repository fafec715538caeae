/* Words by hash: what packs know of them is kept under the number that a word gets. */
#include <stdlib.h>

#include "nc_rules_parts.h"

static inline uint64_t mixed(uint64_t hash) {
  hash *= 0x9E3779B97F4A7C15ull;
  hash ^= hash >> 32;
  hash *= 0xD6E8FEB86659FD93ull;
  return hash ^ (hash >> 29);
}

/* Up to eight bytes as a number, alike on machines of either byte order; eight bytes must be readable. */
static inline uint64_t bytes_of(const uint8_t *bytes, int32_t size) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  uint64_t read;
  memcpy(&read, bytes, 8);
  return size >= 8 ? read : read & (((uint64_t)1 << (8 * size)) - 1);
#else
  uint64_t read = 0;
  for (int32_t at = 0; at < size && at < 8; at++) read |= (uint64_t)bytes[at] << (8 * at);
  return read;
#endif
}

static uint64_t hash_of_code_points(const uint32_t *word, int32_t size) {
  uint64_t hash = 0x51ED270B0A1F39C1ull + (uint64_t)size;
  for (int32_t at = 0; at < size; at++) hash = (hash ^ word[at]) * 0xA0761D6478BD642Full + (hash >> 41);
  return mixed(hash);
}

/* 0 if a byte is not ASCII */
static uint64_t hash_of_bytes(const uint8_t *bytes, int32_t size) {
  uint64_t hash = (uint64_t)size;
  for (; size > 8; size -= 8, bytes += 8) {
    uint64_t read = bytes_of(bytes, 8);
    if (read & 0x8080808080808080ull) return 0;
    hash = mixed(hash ^ read);
  }
  uint64_t read = bytes_of(bytes, size);
  if (read & 0x8080808080808080ull) return 0;
  return mixed(hash ^ read) | 1;
}

uint64_t nc_word_hash(const uint32_t *word, int32_t size) {
  enum { BYTES = 64 };
  uint8_t bytes[BYTES + 8];
  if (size == 1 && word[0] == '0') return NC_NUMBER_HASH;
  if (size > BYTES) return hash_of_code_points(word, size);
  for (int32_t at = 0; at < size; at++) {
    if (word[at] > 127) return hash_of_code_points(word, size);
    bytes[at] = (uint8_t)word[at];
  }
  return hash_of_bytes(bytes, size);
}

uint64_t nc_token_hash(const uint32_t *folded, const uint8_t *plain, const nc_token *token) {
  if (token->number) return NC_NUMBER_HASH;
  int32_t size = token->end - token->start;
  if (size <= 8) {
    uint64_t read = bytes_of(plain + token->start, size);
    if (!(read & 0x8080808080808080ull)) return mixed((uint64_t)size ^ read) | 1;
  }
  uint64_t hash = size <= 64 ? hash_of_bytes(plain + token->start, size) : 0;
  return hash ? hash : hash_of_code_points(folded + token->start, size);
}

int nc_vocabulary_new(nc_vocabulary *known, int32_t most) {
  uint32_t slots = 16;
  while (slots < (uint32_t)most + (uint32_t)most / 2) slots *= 2;
  known->mask = slots - 1;
  known->count = 0;
  known->room = most;
  known->slots = malloc(sizeof(nc_word) * slots);
  known->hashes = malloc(sizeof(uint64_t) * (size_t)(most + 1));
  if (known->slots == NULL || known->hashes == NULL) return -1;
  for (uint32_t at = 0; at < slots; at++) known->slots[at] = (nc_word){0, -1};
  return 0;
}

/* The number of a word, new or not; there is room for as many as nc_vocabulary_new was told. */
int32_t nc_vocabulary_add(nc_vocabulary *known, uint64_t hash) {
  uint32_t at = (uint32_t)(hash >> 20) & known->mask;
  for (; known->slots[at].number >= 0; at = (at + 1) & known->mask)
    if (known->slots[at].hash == hash) return known->slots[at].number;
  if (known->count >= known->room) return -1;
  known->hashes[known->count] = hash;
  known->slots[at] = (nc_word){hash, known->count};
  return known->count++;
}

void nc_vocabulary_free(nc_vocabulary *known) {
  free(known->slots);
  free(known->hashes);
}

static void add_known(nc_known_words *known, const nc_strings *words, uint8_t kind) {
  const uint32_t *word = words->text;
  for (int32_t at = 0; at < words->count; word += words->sizes[at++]) {
    int32_t before = known->words.count;
    int32_t number = nc_vocabulary_add(&known->words, nc_word_hash(word, words->sizes[at]));
    known->kinds[number] = number == before ? kind : known->kinds[number] | kind;
  }
}

nc_known_words *nc_known_words_new(const nc_strings *dates, const nc_strings *beginners) {
  nc_known_words *made = calloc(1, sizeof(nc_known_words));
  if (made == NULL) return NULL;
  int32_t most = dates->count + beginners->count;
  made->kinds = malloc((size_t)most + 1);
  if (made->kinds == NULL || nc_vocabulary_new(&made->words, most)) {
    nc_known_words_free(made);
    return NULL;
  }
  add_known(made, dates, NC_DATE_WORD);
  add_known(made, beginners, NC_BEGINNER);
  return made;
}

void nc_known_words_free(nc_known_words *known) {
  if (known == NULL) return;
  nc_vocabulary_free(&known->words);
  free(known->kinds);
  free(known);
}
