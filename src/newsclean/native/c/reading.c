/* Units with their words, rarities and vectors: mirrors offtopic/reading.py and cohesion.held_words, for one section. */
#include <math.h>
#include <string.h>

#include "offtopic.h"
#include "processor.h"

#define FACTOR 0x9E3779B97F4A7C15ull
#define MIX 0xD6E8FEB86659FD93ull
enum { STEM = 6, FAR = 1 << 29, ONCE = 256 /* vectors that 16 bits hold the sum of */ };
enum { INNER = 1, LOWER = 2 };

/* ---- which unit holds which word ---- */

/* Words of a section by their stems, numbered as they come. */
typedef struct {
  uint64_t *stem;
  int32_t *slot;   /* number + 1, 0 where free */
  int32_t *last;   /* by word: its last holding */
  uint8_t *marks;  /* by word: INNER, LOWER */
  uint64_t mask;
} numbers;

static inline int32_t number_of(numbers *known, nc_held *held, uint64_t stem, uint8_t weight, int32_t place) {
  uint64_t at = stem >> 20 & known->mask;
  for (; known->slot[at]; at = (at + 1) & known->mask)
    if (known->stem[known->slot[at] - 1] == stem) return known->slot[at] - 1;
  int32_t made = held->words++;
  known->slot[at] = made + 1;
  known->stem[made] = stem;
  known->last[made] = -1;
  known->marks[made] = 0;
  held->weight[made] = weight;
  held->at[made] = place;
  held->units[made] = 0;
  return made;
}

/* Note that a unit holds a word. */
static inline void hold(nc_held *held, numbers *known, int32_t unit, int32_t word) {
  int32_t last = known->last[word];
  if (last >= held->first[unit]) return; /* it does already */
  int32_t before = -FAR;
  if (last >= 0) {
    before = held->holding[last].after; /* where the unit of a last holding stands for the time being */
    held->holding[last].after = unit;
  }
  held->holding[held->count] = (nc_holding){word, before, unit};
  known->last[word] = held->count++;
  held->units[word]++;
}

static void hold_words(nc_section *section, const uint64_t *stems, numbers *known) {
  const nc_words *words = &section->words;
  nc_held *held = &section->held;
  for (int32_t unit = 0; unit < section->units; unit++) {
    held->first[unit] = held->count;
    for (int32_t at = words->first[unit]; at < words->first[unit + 1]; at++) {
      if (section->rarity[at] == 0) continue;
      int32_t word = number_of(known, held, stems[at], section->rarity[at], at);
      if (!words->upper[at]) known->marks[word] |= words->number[at] ? 0 : LOWER;
      else if (at > words->first[unit]) known->marks[word] |= INNER;
      hold(held, known, unit, word);
    }
  }
  held->first[section->units] = held->count;
  for (int32_t word = 0; word < held->words; word++) {
    held->name[word] = known->marks[word] == INNER;
    held->holding[known->last[word]].after = FAR;
  }
}

/* scoring.words.stem_hashes: short words are their own stems. And what the lexicon knows of them: vectors are asked for
 * here, as they are far away and needed soon. */
NC_INLINED void look_up(nc_section *section, uint64_t *restrict stems) {
  const nc_offtopic_model *model = section->model;
  const nc_words *words = &section->words;
  for (int32_t at = 0; at < words->count; at++) {
    const uint32_t *letter = section->table.letters + words->start[at]; /* zeros stand behind the last */
    uint64_t sum = 0, power = 1;
    for (int k = 0; k < STEM; k++, power *= FACTOR) sum += letter[k] * power;
    sum ^= sum >> 29;
    sum *= MIX;
    sum ^= sum >> 32;
    stems[at] = words->length[at] > STEM ? sum : words->hash[at];
  }
  for (int32_t at = 0; at < words->count; at++) {
    const uint64_t bucket = stems[at] & (uint64_t)(model->buckets - 1);
    section->rarity[at] = model->rarity[bucket];
    section->row[at] = model->row[bucket];
    if (section->meaning) __builtin_prefetch(model->vectors + (size_t)section->row[at] * NC_MEANT);
  }
}
NC_BEST(void, run_look_up, (nc_section *section, uint64_t *stems), (section, stems), look_up)

void nc_read_section(nc_arena *arena, nc_section *section) {
  const int32_t count = section->words.count;
  nc_held *held = &section->held;
  section->rarity = NC_TAKE(arena, uint8_t, count);
  section->row = NC_TAKE(arena, int32_t, count);
  *held = (nc_held){0,
                    0,
                    NC_TAKE(arena, int32_t, section->units + 1),
                    NC_TAKE(arena, nc_holding, count),
                    NC_TAKE(arena, uint8_t, count),
                    NC_TAKE(arena, uint8_t, count),
                    NC_TAKE(arena, int32_t, count),
                    NC_TAKE(arena, int32_t, count)};
  nc_mark mark = nc_marked(arena);
  uint64_t *stems = NC_TAKE(arena, uint64_t, count);
  run_look_up(section, stems);
  uint64_t slots = 64;
  while (slots < 2 * (uint64_t)count) slots *= 2;
  numbers known = {NC_TAKE(arena, uint64_t, count), NC_TAKE_ZEROED(arena, int32_t, slots), NC_TAKE(arena, int32_t, count),
                   NC_TAKE(arena, uint8_t, count), slots - 1};
  hold_words(section, stems, &known);
  nc_back(arena, mark);
}

/* ---- vectors ---- */

/* The sum of the vectors of some words; returns how many have one. */
NC_INLINED int add_vectors(const int8_t *vectors, const int32_t *rows, int32_t count, int64_t *restrict total) {
  int known = 0;
  memset(total, 0, sizeof(int64_t) * NC_MEANT);
  for (int32_t from = 0; from < count; from += ONCE) {
    int16_t sum[NC_MEANT] = {0};
    int32_t to = count - from < ONCE ? count : from + ONCE;
    for (int32_t at = from; at < to; at++) {
      if (rows[at] == 0) continue;
      known = 1;
      const int8_t *vector = vectors + (size_t)rows[at] * NC_MEANT;
      for (int k = 0; k < NC_MEANT; k++) sum[k] = (int16_t)(sum[k] + vector[k]);
    }
    for (int k = 0; k < NC_MEANT; k++) total[k] += sum[k];
  }
  return known;
}

/* reading._unit_vectors, and their sums from the first unit on, as Fabric has them */
NC_INLINED void all_vectors(const nc_section *section) {
  const nc_words *words = &section->words;
  memset(section->sums, 0, sizeof(double) * NC_MEANT);
  for (int32_t unit = 0; unit < section->units; unit++) {
    float *restrict vector = section->vectors + (size_t)unit * NC_MEANT;
    const double *restrict before = section->sums + (size_t)unit * NC_MEANT;
    double *restrict after = section->sums + ((size_t)unit + 1) * NC_MEANT;
    int64_t total[NC_MEANT];
    int32_t first = words->first[unit];
    if (!add_vectors(section->model->vectors, section->row + first, words->first[unit + 1] - first, total)) {
      memset(vector, 0, sizeof(float) * NC_MEANT);
      memcpy(after, before, sizeof(double) * NC_MEANT);
      continue;
    }
    uint64_t square = 0; /* wraps around as in numpy, in texts without end */
    for (int k = 0; k < NC_MEANT; k++) square += (uint64_t)(total[k] * total[k]);
    double length = sqrt((double)((int64_t)square > 1 ? (int64_t)square : 1));
    for (int k = 0; k < NC_MEANT; k++) vector[k] = (float)((double)total[k] / length);
    for (int k = 0; k < NC_MEANT; k++) after[k] = before[k] + (double)vector[k];
  }
}
NC_BEST(void, run_all_vectors, (const nc_section *section), (section), all_vectors)

void nc_unit_vectors(nc_arena *arena, nc_section *section) {
  section->vectors = NC_TAKE(arena, float, (size_t)section->units *NC_MEANT);
  section->sums = NC_TAKE(arena, double, ((size_t)section->units + 1) * NC_MEANT);
  run_all_vectors(section);
}
