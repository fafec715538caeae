/* Sentences of a stretch of text: newsclean/sentences.py, and sentencex.segment("en", …) of sentencex 1.0.32 (MIT, Wikimedia),
 * whose rules are followed to the letter, not its code: the marks of a paragraph are found once, and each rule looks only
 * at the marks that concern it.
 */
#include "memory.h"
#include "sentences.h"

enum {
  WINDOW = 3000,       /* sentences._WINDOW */
  CHUNK = 10 * 1024    /* bytes (UTF-8) from which on sentencex takes a text apart by paragraphs first */
};

static void add_span(nc_arena *arena, nc_spans *spans, int32_t start, int32_t end) {
  if (spans->count == spans->room) {
    int32_t room = spans->room ? spans->room * 2 : 32;
    nc_span *made = NC_TAKE(arena, nc_span, room);
    if (spans->count) memcpy(made, spans->at, sizeof(nc_span) * (size_t)spans->count);
    spans->at = made;
    spans->room = room;
  }
  spans->at[spans->count++] = (nc_span){start, end};
}

void nc_splitter_new(nc_splitter *splitter, nc_arena *arena) {
  memset(splitter, 0, sizeof(*splitter));
  splitter->paragraph.arena = arena;
}

/* The pieces of a paragraph that begins at `offset`, up to `end` (within it): a boundary, and items of a list before it. */
typedef struct { int32_t offset, from, item; } cutting;

static void cut(nc_splitter *splitter, cutting *c, int32_t end) {
  const nc_places *items = &splitter->paragraph.items;
  for (; c->item < items->count && items->at[c->item] <= end; c->item++) {
    int32_t at = items->at[c->item];
    if (at <= c->from || at == end) continue;
    add_span(splitter->paragraph.arena, &splitter->pieces, c->offset + c->from, c->offset + at);
    c->from = at;
  }
  if (end <= c->from) return;
  add_span(splitter->paragraph.arena, &splitter->pieces, c->offset + c->from, c->offset + end);
  c->from = end;
}

/* A paragraph whose marks were found: its sentences. */
static void split_paragraph(nc_splitter *splitter, int32_t offset) {
  nc_paragraph *p = &splitter->paragraph;
  cutting c = {offset, 0, 0};
  int32_t index = 0, start, end, last = 0;
  p->stretched = 0;
  nc_list_items(p);
  while (nc_next_run(p, &index, &start, &end) && end < p->size) {
    int32_t boundary = nc_boundary(p, start, end);
    if (boundary >= 0) boundary = nc_settled_boundary(p, boundary, start, end);
    if (boundary <= last) continue;
    cut(splitter, &c, boundary);
    last = boundary;
  }
  cut(splitter, &c, p->size);
}

static int64_t bytes_of(const uint32_t *text, int32_t start, int32_t end) {
  int64_t bytes = 0;
  for (int32_t at = start; at < end; at++) bytes += nc_width(text[at]);
  return bytes;
}

/* The pieces of text[start:size], paragraph by paragraph; 0 if sentencex would take the text apart first. */
static int segment_paragraphs(nc_splitter *splitter, const uint32_t *text, int32_t start, int32_t size, int may_chunk) {
  for (int32_t at = start, next = start;; at = next) {
    int32_t end = nc_paragraph_marks(&splitter->paragraph, text, at, size, &next);
    if (next > end && may_chunk && bytes_of(text, start, size) > CHUNK) return 0;
    may_chunk = may_chunk && next == end; /* has been looked at */
    split_paragraph(splitter, at);
    if (next == end) return 1;
    add_span(splitter->paragraph.arena, &splitter->pieces, end, next);
  }
}

/* Where the paragraph that begins at `at` ends, and in *next the one behind it begins. */
static int32_t paragraph_end(const uint32_t *text, int32_t at, int32_t size, int32_t *next) {
  for (; at < size; at++) {
    if (text[at] != '\n') continue;
    int32_t to = at + 1;
    while (to < size && text[to] == '\r') to++;
    if (to < size && text[to] == '\n') {
      *next = to + 1;
      return at;
    }
  }
  *next = size;
  return size;
}

/* The pieces of a text of more than CHUNK bytes: as many paragraphs at a time as fit; what parts those is left out. */
static void segment_chunks(nc_splitter *splitter, const uint32_t *text, int32_t size) {
  int32_t start = 0, end = -1, next;
  int64_t bytes = 0; /* of text[start:at] */
  for (int32_t at = 0; at < size; at = next) {
    int32_t to = paragraph_end(text, at, size, &next);
    int64_t more = bytes_of(text, at, to);
    if (end >= 0 && bytes + more > CHUNK) {
      segment_paragraphs(splitter, text, start, end, 0);
      start = at;
      bytes = 0;
    }
    end = to;
    bytes += more + (next - to);
  }
  if (end >= 0) segment_paragraphs(splitter, text, start, end, 0);
}

/* The pieces of text[:size] in splitter->pieces. */
static void segment(nc_splitter *splitter, const uint32_t *text, int32_t size) {
  splitter->pieces.count = 0;
  if (segment_paragraphs(splitter, text, 0, size, size > CHUNK / 4)) return;
  splitter->pieces.count = 0;
  segment_chunks(splitter, text, size);
}

static inline int is_space(uint32_t c) { return c == ' ' || ((c < 0x21 || c > 0x7E) && (nc_flags(c) & NC_SPACE)); }

/* The end of the window that begins at `at`: at a blank in its second half, where there is one. */
static int32_t window_end(const uint32_t *tidy, int32_t at, int32_t end) {
  if (end - at <= WINDOW) return end;
  for (int32_t to = at + WINDOW - 1; to >= at + WINDOW / 2; to--)
    if (tidy[to] == ' ') return to;
  return at + WINDOW;
}

void nc_split(nc_splitter *splitter, const uint32_t *tidy, int32_t start, int32_t end, nc_spans *found) {
  for (int32_t at = start; at < end;) {
    int32_t stop = window_end(tidy, at, end);
    const uint32_t *text = tidy + at;
    segment(splitter, text, stop - at);
    nc_spans *pieces = &splitter->pieces;
    if (stop < end && pieces->count > 1) { /* the last may go on: it is looked at again */
      pieces->count--;
      stop -= pieces->at[pieces->count].end - pieces->at[pieces->count].start;
    }
    for (int32_t n = 0; n < pieces->count; n++) {
      int32_t from = pieces->at[n].start, to = pieces->at[n].end, size = to - from;
      while (from < to && is_space(text[from])) from++;
      while (from < to && is_space(text[to - 1])) to--;
      int32_t begin = at + from - pieces->at[n].start;
      if (from < to) add_span(splitter->paragraph.arena, found, begin, begin + to - from);
      at += size; /* as sentence_spans counts, also where sentencex left a break of paragraphs out */
    }
    at = stop;
  }
}

int32_t nc_sentences(nc_arena *arena, const uint32_t *tidy, int32_t start, int32_t end, nc_span **spans) {
  nc_splitter splitter;
  nc_spans found = {0};
  nc_splitter_new(&splitter, arena);
  nc_split(&splitter, tidy, start, end, &found);
  *spans = found.at;
  return found.count;
}

int32_t nc_segment(nc_arena *arena, const uint32_t *text, int32_t start, int32_t end, nc_span **pieces) {
  nc_splitter splitter;
  nc_splitter_new(&splitter, arena);
  segment(&splitter, text + start, end - start);
  nc_spans *found = &splitter.pieces;
  for (int32_t n = 0; n < found->count; n++) {
    found->at[n].start += start;
    found->at[n].end += start;
  }
  *pieces = found->at;
  return found->count;
}

/* For tests: nc_segment of a whole text. Returns the number of pieces, of which up to `most` are written. */
NC_API int32_t nc_test_segment(nc_arena *arena, const uint32_t *text, int32_t size, nc_span *pieces, int32_t most) {
  if (setjmp(*nc_out_of_memory(arena))) return -1;
  nc_arena_reset(arena);
  nc_span *made;
  int32_t count = nc_segment(arena, text, 0, size, &made);
  for (int32_t at = 0; at < count && at < most; at++) pieces[at] = made[at];
  return count;
}
