/* What a line shares with the rest of its document: mirrors scoring/sharing.py, for one document. */
#include <math.h>
#include <string.h>

#include "score.h"
#include "processor.h"

enum { CONTENT = 5, HEADLINE_WORDS = 3, LEAST_PROSE = 5, LEAST_COMMON = 2, MOST_REPEATED = 5 };
static const double COMMON = 0.08;

/* A word of the document, however often it stands there. */
typedef struct {
  uint64_t hash;
  int32_t line;                /* the line it was met in last */
  int32_t held, held_prose;    /* lines that hold it, and those of them that are running text */
  uint8_t headline, below;     /* whether the headline holds it; whether the line below the one met last does */
  uint8_t told;                /* TOLD_… */
} entry;

/* Bits of what is known of an entry: it is held by two lines, by one of running text, by two of it, … */
enum { TOLD_SHARED, TOLD_PROSE, TOLD_PROSES, TOLD_COMMON, TOLD_HEADLINE };

/* What is counted of a line's words: those that are found elsewhere, and those that count. */
enum { C_SHARED, C_PROSE, C_PROSE_NAMES, C_COMMON, C_HEADLINE, C_BELOW, C_RARE, C_NAMES, C_WORDS, C_CONTENT, COUNTS };
enum { PACKED = C_RARE + 1, MOST_PACKED = 255 }; /* the first of them are counted in one number, a byte each */

typedef struct {
  const nc_words *words;
  const uint8_t *staying;
  entry *entries;
  int32_t *ident;              /* the entry of each word */
  int32_t lines, headline, least_common;
  int32_t *counts;             /* counts[c * stride + line] */
  size_t stride;
} sharing;

static uint32_t slots_for(int32_t count) {
  uint32_t slots = 64;
  while (slots < (uint32_t)count * 2) slots *= 2;
  return slots;
}

/* Finds or makes the entry of each word, and counts the lines that hold it. Entry 0 is none. */
static void read_entries(nc_arena *arena, sharing *of) {
  const nc_words *words = of->words;
  const uint32_t mask = slots_for(words->count) - 1;
  uint32_t *restrict slots = NC_TAKE_ZEROED(arena, uint32_t, (size_t)mask + 1); /* number of an entry */
  entry *restrict entries = of->entries;
  uint32_t known = 0;
  entries[0] = (entry){0};
  for (int32_t line = 0; line < of->lines; line++) {
    const int32_t prose = of->staying[line], headline = line == of->headline;
    for (int32_t word = words->first[line]; word < words->first[line + 1]; word++) {
      const uint64_t hash = words->hash[word];
      uint32_t slot = (uint32_t)hash & mask;
      /* one branch, nearly never taken: whether a word is new cannot be foreseen */
      while ((slots[slot] != 0) & (entries[slots[slot]].hash != hash)) slot = (slot + 1) & mask;
      const int fresh = slots[slot] == 0;
      known += (uint32_t)fresh;
      const uint32_t number = fresh ? known : slots[slot];
      slots[slot] = number;
      entry *is = &entries[number];
      const int32_t held = fresh ? 0 : is->held, held_prose = fresh ? 0 : is->held_prose;
      const int32_t more = fresh | (is->line != line);
      const uint8_t before = fresh ? 0 : is->headline;
      *is = (entry){hash, line, held + more, held_prose + (more & prose), (uint8_t)(before | headline), 0, 0};
      of->ident[word] = (int32_t)number;
    }
  }
  for (uint32_t number = 1; number <= known; number++) {
    entry *is = &entries[number];
    is->line = -2; /* below no line */
    is->told = (uint8_t)((is->held > 1) << TOLD_SHARED | (is->held_prose > 0) << TOLD_PROSE |
                         (is->held_prose > 1) << TOLD_PROSES | (is->held_prose >= of->least_common) << TOLD_COMMON |
                         is->headline << TOLD_HEADLINE);
  }
}

/* Counts `from` to `to` of the words of a line, MOST_PACKED at most; lines come from the last to the first. */
static void count_words(const sharing *of, int32_t line, int32_t from, int32_t to, int32_t *counts) {
  const nc_words *words = of->words;
  const uint32_t prose = of->staying[line] ? TOLD_PROSES : TOLD_PROSE, body = line != of->headline;
  const int32_t first = words->first[line];
  uint64_t packed = 0;
  int32_t names = 0, plains = 0, contents = 0;
  for (int32_t word = from; word < to; word++) {
    entry *is = &of->entries[of->ident[word]];
    const uint32_t below = is->line == line ? is->below : is->line == line + 1, told = is->told;
    is->line = line;
    is->below = (uint8_t)below;
    const uint32_t plain = !words->number[word], upper = words->upper[word];
    const uint32_t content = ((words->length[word] >= CONTENT) | upper | words->unspaced[word]) & plain;
    const uint32_t common = told >> TOLD_COMMON & 1, in_prose = told >> prose & 1;
    const uint32_t rare = content & ~common, name = upper & (word > first);
    const uint64_t bits = (rare & told) << C_SHARED | (rare & in_prose) << C_PROSE |
                          (name & in_prose) << C_PROSE_NAMES | (plain & common) << C_COMMON |
                          (content & body & told >> TOLD_HEADLINE) << C_HEADLINE | (content & below) << C_BELOW |
                          rare << C_RARE;
    packed += (bits * 0x0002040810204081ull) & 0x0101010101010101ull; /* bit n to byte n */
    names += (int32_t)name;
    plains += (int32_t)plain;
    contents += (int32_t)content;
  }
  for (int at = 0; at < PACKED; at++) counts[at] += packed >> (8 * at) & 255;
  counts[C_NAMES] += names;
  counts[C_WORDS] += plains;
  counts[C_CONTENT] += contents;
}

static void count_line(const sharing *of, int32_t line) {
  const int32_t end = of->words->first[line + 1];
  int32_t counts[COUNTS] = {0};
  for (int32_t from = of->words->first[line]; from < end; from += MOST_PACKED)
    count_words(of, line, from, end - from < MOST_PACKED ? end : from + MOST_PACKED, counts);
  for (int at = 0; at < COUNTS; at++) of->counts[(size_t)at * of->stride + (size_t)line] = counts[at];
}

/* sharing._share */
NC_INLINED void share_of(const sharing *of, int yes, int all, float *restrict made) {
  const int32_t *restrict hit = of->counts + (size_t)yes * of->stride;
  const int32_t *restrict total = of->counts + (size_t)all * of->stride;
  for (int32_t line = 0; line < of->lines; line++) {
    const double share = (double)hit[line] / (total[line] > 0 ? total[line] : 1);
    made[line] = total[line] > 0 ? (float)share : -1.0f;
  }
}

NC_INLINED void shares_of(const sharing *of, const nc_sheet *sheet) {
  share_of(of, C_SHARED, C_RARE, nc_column(sheet, NC_F_SHARED));
  share_of(of, C_PROSE, C_RARE, nc_column(sheet, NC_F_SHARED_PROSE));
  share_of(of, C_PROSE_NAMES, C_NAMES, nc_column(sheet, NC_F_SHARED_NAMES));
  share_of(of, C_COMMON, C_WORDS, nc_column(sheet, NC_F_COMMON));
  share_of(of, C_HEADLINE, C_CONTENT, nc_column(sheet, NC_F_HEADLINE));
  share_of(of, C_BELOW, C_CONTENT, nc_column(sheet, NC_F_LINE_BELOW));
}
NC_BEST(void, make_shares, (const sharing *of, const nc_sheet *sheet), (of, sheet), shares_of)

/* sharing._headlines: the first line that may be the headline, -1 if there is none */
static int32_t headline_of(const nc_words *words, int32_t lines) {
  for (int32_t line = 0; line < lines; line++)
    if (words->first[line + 1] - words->first[line] >= HEADLINE_WORDS) return line;
  return -1;
}

/* How many lines that hold a word make it a common one. */
static int32_t least_common(const uint8_t *staying, int32_t lines) {
  int32_t prose = 0;
  for (int32_t line = 0; line < lines; line++) prose += staying[line];
  const double least = COMMON * (prose > LEAST_PROSE ? prose : LEAST_PROSE);
  return (int32_t)ceil(least > LEAST_COMMON ? least : LEAST_COMMON);
}

/* sharing._repeated */
static void repeated(nc_arena *arena, const uint64_t *hashes, int32_t lines, float *made) {
  const uint32_t mask = slots_for(lines) - 1;
  int32_t *slots = NC_TAKE(arena, int32_t, (size_t)mask + 1); /* the first line of a hash */
  int32_t *count = NC_TAKE_ZEROED(arena, int32_t, lines), *first = NC_TAKE(arena, int32_t, lines);
  memset(slots, -1, sizeof(int32_t) * ((size_t)mask + 1));
  for (int32_t line = 0; line < lines; line++) {
    uint32_t slot = (uint32_t)(hashes[line] ^ hashes[line] >> 32) & mask;
    while (slots[slot] >= 0 && hashes[slots[slot]] != hashes[line]) slot = (slot + 1) & mask;
    if (slots[slot] < 0) slots[slot] = line;
    first[line] = slots[slot];
    count[slots[slot]]++;
  }
  for (int32_t line = 0; line < lines; line++) {
    const int32_t beside = count[first[line]] - 1;
    made[line] = (float)(beside < MOST_REPEATED ? beside : MOST_REPEATED);
  }
}

void nc_sharing_columns(nc_arena *arena, const nc_table *table, const nc_words *words, const uint64_t *line_hashes,
                        const uint8_t *staying, const nc_sheet *sheet) {
  nc_mark mark = nc_marked(arena);
  const int32_t lines = table->n_lines;
  sharing of = {.words = words, .staying = staying, .lines = lines, .stride = sheet->stride};
  of.entries = NC_TAKE(arena, entry, (size_t)words->count + 1);
  of.ident = NC_TAKE(arena, int32_t, words->count);
  of.counts = NC_TAKE(arena, int32_t, COUNTS * sheet->stride);
  of.headline = headline_of(words, lines);
  of.least_common = least_common(staying, lines);
  read_entries(arena, &of);
  for (int32_t line = lines - 1; line >= 0; line--) count_line(&of, line);
  make_shares(&of, sheet);
  repeated(arena, line_hashes, lines, nc_column(sheet, NC_F_REPEATED));
  nc_back(arena, mark);
}
