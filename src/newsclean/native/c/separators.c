/* The white space that goes with what is removed: mirrors newsclean/decision/separators.py. */
#include "nc_decide.h"

/* White space between two removed spans, or beside one, and the stretch from its first line break to its last. */
typedef struct { int32_t start, end, break_start, break_end; } white;

typedef struct {
  const uint32_t *text;
  int32_t size;
  white *gaps;      /* of the group at hand: that before the first span, then one behind each */
  int32_t n_gaps;
  nc_span *spans;
  int32_t n_spans;
} separating;

/* separators._WHITE; \s is every other blank of it */
static int is_white(uint32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F);
  if (nc_flags(c) & NC_RE_SPACE) return 1;
  if (c < 0x2000) return c == 0x85 || c == 0xA0 || c == 0xAD || c == 0x34F || c == 0x61C || c == 0x1680 || c == 0x180E;
  return c <= 0x200F || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x2064) || (c >= 0x2066 && c <= 0x206F) ||
         c == 0x3000 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF;
}

/* separators._CLOSING: ".,;:!?)]}»”’…。，" */
static int is_closing(uint32_t c) {
  switch (c) {
    case '.': case ',': case ';': case ':': case '!': case '?': case ')': case ']': case '}':
    case 0xBB: case 0x201D: case 0x2019: case 0x2026: case 0x3002: case 0xFF0C: return 1;
    default: return 0;
  }
}

static int is_break(uint32_t c) { return c == '\n' || c == '\r'; }

/* A gap with its line breaks (separators._BREAKS); without any, they are empty. */
static white white_of(const uint32_t *text, int32_t start, int32_t end) {
  int32_t first = start, last = end;
  while (first < end && !is_break(text[first])) first++;
  while (last > first && !is_break(text[last - 1])) last--;
  return (white){start, end, first, last};
}

static int has_break(const white *gap) { return gap->break_start < gap->break_end; }

/* How many lines end in a gap, \r\n counted once. */
static int32_t count_breaks(const uint32_t *text, const white *gap) {
  int32_t count = 0;
  for (int32_t at = gap->break_start; at < gap->break_end; at++)
    count += text[at] == '\r' || (text[at] == '\n' && !(at > gap->break_start && text[at - 1] == '\r'));
  return count;
}

/* The gap whose line breaks are kept: the smallest paragraph break, else the first line break
 * (separators._preference). */
static const white *kept_break(const separating *it) {
  const white *best = NULL;
  int32_t least = 0;
  for (int32_t n = 0; n < it->n_gaps; n++) {
    if (!has_break(&it->gaps[n])) continue;
    int32_t count = count_breaks(it->text, &it->gaps[n]);
    if (count < 2) count = INT32_MAX;
    if (best == NULL || count < least) {
      best = &it->gaps[n];
      least = count;
    }
  }
  return best;
}

/* separators._kept_white: what stays of the gaps of a group, up to three spans that rise and are apart. */
static int32_t kept_white(const separating *it, nc_span *kept) {
  const white *first = it->gaps, *last = it->gaps + it->n_gaps - 1, *head = first, *tail = last;
  if (last->end == it->size) {
    if (first->start == 0) return 0;
    kept[0] = (nc_span){last->start, last->end}; /* the white space that ends the text ends it still */
    return 1;
  }
  while (head < last && !has_break(head)) head++;
  while (tail > first && !has_break(tail)) tail--;
  if (first->start == 0) {
    kept[0] = (nc_span){first->start, first->end};
    if (!has_break(last)) return 1;
    kept[0].end = head == first ? first->break_end : first->start;
    kept[1] = (nc_span){last->break_end, last->end};
    return 2;
  }
  if (!has_break(tail)) {
    int before = first->start < first->end;
    if (before && last->start == last->end && is_closing(it->text[last->end])) return 0;
    kept[0] = before ? (nc_span){first->start, first->end} : (nc_span){last->start, last->end};
    return 1;
  }
  const white *chosen = kept_break(it);
  kept[0] = (nc_span){first->start, head == first ? first->break_start : first->start};
  kept[1] = (nc_span){chosen->break_start, chosen->break_end};
  kept[2] = (nc_span){tail->break_end, tail->end}; /* the indentation of the line that follows */
  return 3;
}

static void add_span(separating *it, int32_t start, int32_t end) {
  if (start < end) it->spans[it->n_spans++] = (nc_span){start, end};
}

/* separators._group */
static void add_group(separating *it) {
  nc_span kept[3];
  int32_t n_kept = kept_white(it, kept), next = 0;
  for (int32_t n = 0; n < it->n_gaps; n++) {
    int32_t at = it->gaps[n].start, end = it->gaps[n].end;
    for (; next < n_kept && kept[next].start < end; next++) {
      if (kept[next].start == kept[next].end) continue;
      add_span(it, at, kept[next].start);
      at = kept[next].end;
    }
    add_span(it, at, end);
  }
}

/* separators.separator_spans */
int32_t nc_separators(nc_arena *arena, const uint32_t *text, int32_t size, const nc_span *removed, int32_t n_removed,
                      nc_span **spans) {
  separating it = {text, size, NC_TAKE(arena, white, (int64_t)n_removed + 1), 0, NULL, 0};
  /* a group of n spans has n + 1 gaps, and what stays of them cuts three times at most */
  it.spans = NC_TAKE(arena, nc_span, 5 * (int64_t)n_removed);
  for (int32_t at = 0; at < n_removed;) {
    int32_t start = removed[at].start;
    while (start > 0 && is_white(text[start - 1])) start--;
    it.gaps[0] = white_of(text, start, removed[at].start);
    it.n_gaps = 1;
    int32_t after;
    do {
      after = removed[at].end;
      while (after < size && is_white(text[after])) after++;
      it.gaps[it.n_gaps++] = white_of(text, removed[at].end, after);
      at++;
    } while (at < n_removed && removed[at].start == after);
    add_group(&it);
  }
  *spans = it.spans;
  return it.n_spans;
}
