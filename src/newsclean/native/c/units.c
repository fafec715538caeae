/* Lines taken apart into sentences: offtopic/units.py and decision/sentences.py. */
#include "sentences.h"

enum { LONG = 1000 /* decision.sentences._LONG */, WORD = 10 };

/* units._BEGINS, sorted, in Latin-1: words that begin sentences and that nothing but a sentence begins with a capital. */
static const char BEGINS[105][WORD] = {
  "Aber", "According", "After", "Als", "Also", "Although", "Am", "An", "And", "Another", "As", "At", "Auch", "Auf",
  "Because", "Before", "Bei", "Both", "But", "By", "Dabei", "Damit", "Das", "Dazu", "Der", "Despite", "Die", "Dies",
  "Diese", "Dieser", "Dieses", "Doch", "Durch", "Each", "Ein", "Eine", "Einen", "Er", "Es", "Even", "For", "From",
  "F\374r", "He", "Her", "Here", "His", "How", "However", "If", "Im", "In", "It", "Its", "Many", "Mit", "Most",
  "Nach", "Now", "On", "Once", "Our", "She", "Sie", "Since", "So", "Some", "Still", "Such", "That", "The", "Their",
  "Then", "There", "These", "They", "This", "Those", "To", "Und", "Under", "Unter", "Until", "Von", "Vor", "Warum",
  "Was", "We", "Weil", "Wenn", "Wer", "What", "When", "While", "Who", "Why", "Wie", "Wir", "With", "Yet", "Zu",
  "Zudem", "Zum", "Zur", "\334ber",
};

typedef struct { nc_line *at; int32_t count, room; } lines;

static void add_line(nc_arena *arena, lines *found, nc_line line) {
  if (found->count == found->room) {
    int32_t room = found->room * 2;
    nc_line *made = NC_TAKE(arena, nc_line, room);
    memcpy(made, found->at, sizeof(nc_line) * (size_t)found->count);
    found->at = made;
    found->room = room;
  }
  found->at[found->count++] = line;
}

static int is_capital(uint32_t c) { return nc_is_capital(c) || c == 0xC4 || c == 0xD6 || c == 0xDC; }

/* By the first letter of BEGINS: bits of the second one (those beyond z are at its end). */
static const uint32_t SECONDS[26] = {
  0x1c3826, 0x1104010, 0x0, 0x104111, 0x260101, 0x4024000, 0x0, 0x4110, 0x83020, 0x0, 0x0, 0x0, 0x4101,
  0x4001, 0x102000, 0x0, 0x0, 0x0, 0x184180, 0x4080, 0x2000, 0x4000, 0x191, 0x0, 0x10, 0x100000,
};

/* Whether the word at `at` is one of BEGINS, with a blank behind it before `stop`. */
static int begins_sentence(const uint32_t *text, int32_t at, int32_t stop) {
  char word[WORD];
  int32_t size = 0;
  if (at + 1 >= stop) return 0;
  uint32_t first = text[at] - 'A', second = text[at + 1] - 'a';
  if (first < 26 && !(SECONDS[first] >> (second < 26 ? second : 26) & 1)) return 0;
  for (; size < WORD - 1 && at + size < stop && text[at + size] != ' '; size++) {
    if (text[at + size] > 0xFF || text[at + size] == 0) return 0;
    word[size] = (char)text[at + size];
  }
  if (at + size >= stop || text[at + size] != ' ') return 0;
  word[size] = 0;
  int32_t low = 0, high = (int32_t)(sizeof(BEGINS) / sizeof(*BEGINS));
  while (low < high) {
    int32_t middle = (low + high) / 2;
    int order = strcmp(BEGINS[middle], word);
    if (order == 0) return 1;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return 0;
}

/* Whether text[start:blank], with a blank and a capital behind it, ends a unit: units._CUT_OFF. */
static int cuts(const uint32_t *text, int32_t start, int32_t blank, int32_t stop) {
  if (blank == start || text[blank] != ' ' || !is_capital(text[blank + 1])) return 0;
  uint32_t c = text[blank - 1];
  if (c == ':') return 1;
  if (c == ')') {
    uint32_t before = blank - 1 > start ? text[blank - 2] : 0;
    return before == '.' || before == '!' || before == '?';
  }
  int ends = nc_is_small(c) || nc_is_digit(c) || c == ',' || c == 0xE4 || c == 0xF6 || c == 0xFC || c == 0xDF;
  return ends && begins_sentence(text, blank + 1, stop);
}

/* Blanks before which a unit may end, those before what may be a capital: looked for a stretch at a time. */
enum { STRETCH = 16 * NC_BLOCK };
typedef struct {
  const uint32_t *text;
  int32_t from, end;       /* what has still to be looked through */
  int32_t count, next;
  int32_t at[STRETCH + 1];
} blanks;

static void look_further(blanks *b) {
  const uint32_t *text = b->text;
  int32_t *to = b->at, at = b->from, stop = b->end - at > STRETCH ? at + STRETCH : b->end;
  for (; at + NC_BLOCK <= stop && at + NC_BLOCK < b->end; at += NC_BLOCK) {
    uint8_t bytes[NC_BLOCK], next[NC_BLOCK], found[NC_BLOCK];
    nc_low_bytes(text + at, bytes);
    nc_low_bytes(text + at + 1, next);
    for (int n = 0; n < NC_BLOCK; n++) found[n] = (bytes[n] == ' ') & ((uint8_t)((next[n] & 0x7F) - 'A') < 28);
    to = nc_listed(found, at, to);
  }
  for (; at < stop && at + 1 < b->end; at++) {
    *to = at;
    to += (text[at] == ' ') & ((text[at + 1] & ~0x80u) - 'A' < 28u);
  }
  b->from = stop;
  b->next = 0;
  b->count = (int32_t)(to - b->at);
}

/* The next of them, but not past `stop`; -1: there is none. */
static int32_t next_blank(blanks *b, int32_t stop) {
  while (b->next == b->count && b->from < stop) look_further(b);
  return b->next < b->count && b->at[b->next] < stop ? b->at[b->next++] : -1;
}

int32_t nc_units(nc_arena *arena, const nc_doc *doc, nc_line **made) {
  nc_splitter splitter;
  nc_splitter_new(&splitter, arena);
  nc_spans spans = {0};
  lines found = {NC_TAKE(arena, nc_line, doc->n_lines + 64), 0, doc->n_lines + 64};
  blanks *b = NC_TAKE(arena, blanks, 1);
  for (int32_t n = 0; n < doc->n_lines; n++) {
    const nc_line *line = &doc->lines[n];
    int32_t gap = line->gap;
    spans.count = 0;
    nc_split(&splitter, doc->tidy, line->start, line->end, &spans);
    b->text = doc->tidy;
    b->from = line->start;
    b->end = line->end;
    b->count = b->next = 0;
    for (int32_t s = 0; s < spans.count; s++) {
      int32_t begin = spans.at[s].start, stop = spans.at[s].end, least = begin;
      for (int32_t at; (at = next_blank(b, stop - 1)) >= 0;) {
        if (at < begin || !cuts(doc->tidy, least, at, stop)) continue;
        add_line(arena, &found, (nc_line){begin, at, gap, 0});
        gap = 0;
        begin = at + 1; /* the rest of the sentence is the next unit */
        least = at;
      }
      add_line(arena, &found, (nc_line){begin, stop, gap, 0});
      gap = 0;
    }
  }
  *made = found.at;
  return found.count;
}

int32_t nc_split_lines(nc_arena *arena, const nc_doc *doc, nc_line **made) {
  int32_t n = 0;
  while (n < doc->n_lines && doc->lines[n].end - doc->lines[n].start < LONG) n++;
  if (n == doc->n_lines) return -1;
  nc_splitter splitter;
  nc_splitter_new(&splitter, arena);
  nc_spans spans = {0};
  lines found = {NC_TAKE(arena, nc_line, doc->n_lines + 64), 0, doc->n_lines + 64};
  for (n = 0; n < doc->n_lines; n++) {
    const nc_line *line = &doc->lines[n];
    if (line->end - line->start < LONG) {
      add_line(arena, &found, (nc_line){line->start, line->end, line->gap, 0});
      continue;
    }
    spans.count = 0;
    nc_split(&splitter, doc->tidy, line->start, line->end, &spans);
    for (int32_t s = 0; s < spans.count; s++)
      add_line(arena, &found, (nc_line){spans.at[s].start, spans.at[s].end, s ? 0 : line->gap, 0});
  }
  *made = found.at;
  return found.count;
}
