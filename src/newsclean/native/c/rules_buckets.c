/* The keywords of an index's packs together: where they may begin, and which have what gram. */
#include <stdlib.h>

#include "nc_rules_parts.h"

static void set_all(nc_pair_bits *pairs, size_t which, uint32_t one, uint32_t bit) {
  for (uint32_t two = 0; two < 256; two++) ((uint32_t *)&pairs[nc_pair(one, two)])[which] |= bit;
}

/* Puts a pack's keywords (those that are looked for) into the buckets of an index. */
static void file_keywords(const nc_keywords *from, const uint8_t *uses, nc_pair_bits *pairs, uint64_t *longs) {
  for (int32_t word = 0; word < from->count; word++) {
    const nc_keyword *is = &from->all[word];
    const uint8_t *text = from->plain + is->text;
    int kind = nc_gram_kind(is->size);
    if (!uses[word]) continue;
    if (kind == NC_LONG) {
      for (int32_t offset = 0; offset < NC_LONG_STEP; offset++) {
        uint32_t bit = nc_long_bit(nc_eight(text + offset));
        longs[bit >> 6] |= (uint64_t)1 << (bit & 63);
      }
      continue;
    }
    uint32_t pair = nc_pair(text[0], text[1]);
    uint32_t bucket = NC_BUCKET[kind] + ((pair * 0x9E3779B1u) >> 16) % NC_BUCKETS[kind], bit = (uint32_t)1 << bucket;
    if (is->size == 1) set_all(pairs, 0, text[0], bit);
    else pairs[pair].first |= bit;
    if (is->size == 3) set_all(pairs, 1, text[2], bit);
    if (is->size > 3) pairs[nc_pair(text[2], text[3])].third |= bit;
    if (is->size > 5) pairs[nc_pair(text[4], text[5])].fifth |= bit;
    if (is->size > 7) pairs[nc_pair(text[6], text[7])].seventh |= bit;
  }
}

/* Pairs for keywords to be filed in: what is not asked of short ones holds everywhere. */
static void clear_pairs(nc_pair_bits *pairs) {
  uint32_t third = ((uint32_t)1 << NC_BUCKET[NC_TRIPLE]) - 1, fifth = ((uint32_t)1 << NC_BUCKET[NC_SIX]) - 1;
  uint32_t seventh = ((uint32_t)1 << NC_BUCKET[NC_OCTET]) - 1;
  for (int32_t at = 0; at < NC_PAIRS; at++) pairs[at] = (nc_pair_bits){0, third, fifth, seventh};
}

/* The next gram of the packs by rising hash, `at` in each; -1 behind the last. */
static int32_t next_pack(const nc_index *index, const int32_t *at) {
  int32_t best = -1;
  for (int32_t pack = 0; pack < index->count; pack++) {
    const nc_keywords *of = &index->packs[pack]->keywords;
    if (at[pack] < of->n_grams &&
        (best < 0 || of->grams[at[pack]].hash < index->packs[best]->keywords.grams[at[best]].hash))
      best = pack;
  }
  return best;
}

static void file_gram(nc_index *index, uint64_t hash, int32_t use) {
  uint32_t slot = (uint32_t)hash & index->gram_mask;
  while (index->grams[slot].first >= 0) slot = (slot + 1) & index->gram_mask;
  index->grams[slot] = (nc_gram_slot){(uint32_t)(hash >> 32), use};
}

/* Files all grams; `at` is where each pack's are gone through. */
static void file_grams(nc_index *index, int32_t *at) {
  int32_t count = 0;
  uint64_t before = 0;
  for (int32_t pack = next_pack(index, at); pack >= 0; pack = next_pack(index, at)) {
    const nc_keywords *of = &index->packs[pack]->keywords;
    const nc_gram *gram = &of->grams[at[pack]++];
    const nc_keyword *is = &of->all[gram->keyword];
    uint8_t uses = index->keyword_uses[pack][gram->keyword];
    if (!uses) continue;
    index->gram_uses[count] = (nc_gram_use){
        nc_eight(of->plain + is->text), is->text, is->size, pack, is->heads, is->line_heads, is->heads_end,
        (uint8_t)gram->offset, is->ascii, uses, 1};
    if (count && before == gram->hash) index->gram_uses[count - 1].last = 0;
    else file_gram(index, gram->hash, count);
    before = gram->hash;
    count++;
  }
}

int nc_index_keywords(nc_index *index) {
  int32_t total = 0;
  uint32_t slots = 16;
  clear_pairs(index->pairs);
  for (int32_t pack = 0; pack < index->count; pack++) {
    const nc_keywords *of = &index->packs[pack]->keywords;
    file_keywords(of, index->keyword_uses[pack], index->pairs, index->longs);
    total += of->n_grams;
  }
  while (slots < (uint32_t)total + (uint32_t)total / 2) slots *= 2;
  index->gram_mask = slots - 1;
  index->grams = malloc(sizeof(nc_gram_slot) * slots);
  index->gram_uses = malloc(sizeof(nc_gram_use) * (size_t)(total + 1));
  int32_t *at = calloc((size_t)index->count + 1, sizeof(int32_t));
  int failed = index->grams == NULL || index->gram_uses == NULL || at == NULL;
  if (!failed) {
    for (uint32_t slot = 0; slot < slots; slot++) index->grams[slot] = (nc_gram_slot){0, -1};
    file_grams(index, at);
  }
  free(at);
  return failed ? -1 : 0;
}
