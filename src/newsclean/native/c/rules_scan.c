/* Looking for the keywords of all packs of an index in one pass: mirrors Index.find_keywords and line_rules. */
#include "nc_rules_parts.h"

uint8_t *nc_plain(nc_arena *arena, const uint32_t *folded, int32_t size, int ascii) {
  uint8_t *plain = NC_TAKE(arena, uint8_t, (size_t)size + 16);
  if (ascii) {
    for (int32_t at = 0; at < size; at++) plain[at] = (uint8_t)folded[at];
    for (int32_t at = 0; at < size; at++) plain[at] = plain[at] == '-' || plain[at] == '_' ? ' ' : plain[at];
  } else {
    for (int32_t at = 0; at < size; at++) plain[at] = nc_plain_of(folded[at]);
  }
  memset(plain + size, 0, 16);
  return plain;
}

typedef struct {
  nc_arena *arena;
  const nc_index *index;
  const uint32_t *folded;
  const uint8_t *plain;
  int32_t size;
  nc_hits *anywhere, *in_lines;
} scan;

static void add_hit(nc_arena *arena, nc_hits *hits, nc_hit hit) {
  if (hits->count == hits->room) {
    int32_t room = hits->room ? hits->room * 2 : 256;
    nc_hit *bigger = NC_TAKE(arena, nc_hit, room);
    if (hits->count) memcpy(bigger, hits->all, sizeof(nc_hit) * (size_t)hits->count);
    hits->all = bigger;
    hits->room = room;
  }
  /* Hits come nearly in order. */
  int32_t at = hits->count++;
  for (; at > 0; at--) {
    const nc_hit *last = &hits->all[at - 1];
    if (last->start < hit.start) break;
    if (last->start == hit.start && (last->end < hit.end || (last->end == hit.end && last->pack <= hit.pack))) break;
    hits->all[at] = *last;
  }
  hits->all[at] = hit;
}

static inline int stands(const scan *in, const nc_gram_use *use, int32_t start) {
  if (start < 0 || use->size > in->size - start) return 0;
  const uint8_t *text = in->plain + start;
  uint64_t differ = use->begins ^ nc_eight(text);
  if (use->size < 8 ? differ & (((uint64_t)1 << (8 * use->size)) - 1) : differ) return 0;
  const nc_keywords *of = &in->index->packs[use->pack]->keywords;
  if (use->size > 8 && memcmp(of->plain + use->text + 8, text + 8, (size_t)use->size - 8)) return 0;
  if (use->ascii) return 1;
  for (int32_t at = 0; at < use->size; at++) {
    uint32_t c = of->text[use->text + at];
    if (c > 127 && c != in->folded[start + at]) return 0;
  }
  return 1;
}

/* All keywords of a gram that stands at `at`, from its first use on. */
static void check(const scan *in, int32_t at, const nc_gram_use *use) {
  for (;; use++) {
    int32_t start = at - use->offset;
    if (stands(in, use, start)) {
      nc_hit hit = {start, start + use->size, use->pack, use->heads, use->line_heads};
      if (use->uses & NC_ANYWHERE) add_hit(in->arena, in->anywhere, hit);
      hit.heads = use->line_heads;
      hit.heads_end = use->heads_end;
      if (use->uses & NC_IN_LINES) add_hit(in->arena, in->in_lines, hit);
    }
    if (use->last) return;
  }
}

static const uint8_t NC_KIND_OF_BUCKET[32] = {
    NC_ONE,  NC_PAIR, NC_TRIPLE, NC_TRIPLE, NC_TRIPLE, NC_QUAD, NC_QUAD,  NC_QUAD,  NC_QUAD,  NC_QUAD,  NC_QUAD,
    NC_QUAD, NC_QUAD, NC_QUAD,   NC_QUAD,   NC_QUAD,   NC_SIX,  NC_SIX,   NC_SIX,   NC_SIX,   NC_SIX,   NC_SIX,
    NC_SIX,  NC_SIX,  NC_OCTET,  NC_OCTET,  NC_OCTET,  NC_OCTET, NC_OCTET, NC_OCTET, NC_OCTET, NC_OCTET};

/* A stretch is gone through several times, so that what one step needs has come from memory when the next is made. */
enum { STRETCH = 1024, MOST_PLACES = STRETCH + STRETCH / 4 + 8, MOST_GRAMS = STRETCH * NC_LONG + STRETCH / 4 + 8 };
typedef struct {
  int32_t count;
  uint16_t at[MOST_PLACES];             /* places where keywords may begin, or hold a gram */
  uint32_t bits[MOST_PLACES];           /* buckets; 0: a gram of a long one */
  int32_t n_grams;
  uint16_t gram_at[MOST_GRAMS];
  uint64_t hashes[MOST_GRAMS];
  int32_t uses[MOST_GRAMS];      /* the first use of those grams that keywords have */
} stretch;

/* Where all of a pair's bits have been met: from the last pair of a keyword's beginning on, so six characters late.
 * A step takes over, for what began two characters before, the bits that it has still. */
#if defined(__GNUC__)
typedef uint32_t four __attribute__((vector_size(16)));
typedef uint32_t stored_four __attribute__((vector_size(16), aligned(4), may_alias));
static inline four met(four before, const nc_pair_bits *pair) {
  const four none = {0}, first = {~0u, 0, 0, 0};
#if defined(__clang__) || __GNUC__ >= 12
  four moved = __builtin_shufflevector(none, before, 0, 4, 5, 6);
#else
  four moved = __builtin_shuffle(none, before, (four){0, 4, 5, 6});
#endif
  return *(const stored_four *)pair & (moved | first);
}
static inline uint32_t met_all(four is) { return is[3]; }
static inline four either(four one, four two) { return one | two; }
#else
typedef nc_pair_bits four;
static inline four met(four before, const nc_pair_bits *pair) {
  return (four){pair->first, pair->third & before.first, pair->fifth & before.third, pair->seventh & before.fifth};
}
static inline uint32_t met_all(four is) { return is.seventh; }
static inline four either(four one, four two) { return (four){0, 0, 0, one.seventh | two.seventh}; }
#endif
enum { LATE = 6 };

static void find_places(const nc_index *index, const uint8_t *text, int32_t size, stretch *in) {
  const nc_pair_bits *pairs = index->pairs;
  uint16_t pair[STRETCH + 16];
  int32_t count = 0;
  four even = {0}, odd = {0};
  for (int32_t at = 0; at < size + LATE + 4; at++) { /* nc_pair, in sixteen bits */
    uint16_t first = text[at], second = text[at + 1], foreign = (uint16_t)((first | second) & 128);
    pair[at] = (uint16_t)((first & 127) | (uint16_t)((second & 127) << 7) | (uint16_t)(foreign << 7));
  }
  for (int32_t at = 0; at < LATE; at += 2) {
    even = met(even, &pairs[pair[at]]);
    odd = met(odd, &pairs[pair[at + 1]]);
  }
  for (int32_t at = 0; at < size; at += 4) {
    const uint16_t *is = pair + at + LATE;
    four one = met(even, &pairs[is[0]]), two = met(odd, &pairs[is[1]]);
    four three = met(one, &pairs[is[2]]), last = met(two, &pairs[is[3]]);
    even = three;
    odd = last;
    in->at[count] = (uint16_t)at;
    in->bits[count] = 0;
    count += nc_bit(index->longs, nc_long_bit(nc_eight(text + at)));
    if (!met_all(either(either(one, two), either(three, last)))) continue;
    uint32_t bits[4] = {met_all(one), met_all(two), met_all(three), met_all(last)};
    for (int place = 0; place < 4; place++) {
      in->at[count] = (uint16_t)(at + place);
      in->bits[count] = bits[place];
      count += bits[place] != 0;
    }
  }
  in->count = count;
}

static inline void add_gram(const nc_index *index, stretch *in, int32_t at, uint64_t gram, int kind) {
  uint64_t hash = nc_gram_hash(gram & nc_gram_mask(kind), kind);
  in->gram_at[in->n_grams] = (uint16_t)at;
  in->hashes[in->n_grams++] = hash;
  NC_PREFETCH(&index->grams[(uint32_t)hash & index->gram_mask]);
}

static void find_grams(const nc_index *index, const uint8_t *text, stretch *in) {
  in->n_grams = 0;
  for (int32_t is = 0; is < in->count; is++) {
    uint64_t gram = nc_eight(text + in->at[is]);
    uint32_t bits = in->bits[is];
    do {
      int kind = bits ? NC_KIND_OF_BUCKET[nc_lowest(bits)] : NC_LONG;
      add_gram(index, in, in->at[is], gram, kind);
      bits &= kind == NC_LONG ? 0 : ~((((uint32_t)1 << NC_BUCKETS[kind]) - 1) << NC_BUCKET[kind]);
    } while (bits);
  }
}

/* Of the grams, those that keywords have: their first uses. */
static void find_uses(const nc_index *index, stretch *in) {
  int32_t count = 0;
  for (int32_t is = 0; is < in->n_grams; is++) {
    uint32_t tag = (uint32_t)(in->hashes[is] >> 32), slot = (uint32_t)in->hashes[is] & index->gram_mask;
    while (index->grams[slot].first >= 0 && index->grams[slot].tag != tag) slot = (slot + 1) & index->gram_mask;
    int32_t first = index->grams[slot].first;
    NC_PREFETCH(&index->gram_uses[first < 0 ? 0 : first]);
    in->gram_at[count] = in->gram_at[is];
    in->uses[count] = first;
    count += first >= 0;
  }
  in->count = count;
}

void nc_find_keywords(nc_arena *arena, const nc_index *index, const uint32_t *folded, const uint8_t *plain,
                      int32_t size, nc_hits *anywhere, nc_hits *in_lines) {
  scan in = {arena, index, folded, plain, size, anywhere, in_lines};
  stretch *of = NC_TAKE(arena, stretch, 1);
  *anywhere = *in_lines = (nc_hits){0};
  for (int32_t from = 0; from < size; from += STRETCH) {
    const uint8_t *text = plain + from;
    find_places(index, text, size - from < STRETCH ? size - from : STRETCH, of);
    find_grams(index, text, of);
    find_uses(index, of);
    for (int32_t is = 0; is < of->count; is++)
      check(&in, from + of->gram_at[is], index->gram_uses + of->uses[is]);
  }
}
