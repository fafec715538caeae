/* A text read tidily and folded, and its lines: mirrors newsclean/folding.py and newsclean/document.py.
 *
 * One pass: what is ordinary is copied and folded, in blocks where it is plain ASCII; runs of blanks and of what cannot
 * be seen are squeezed as folding._SQUEEZE says, and a line is noted where it ends.
 */
#include <string.h>

#include "blocks.h"

enum {
  SQUEEZED = NC_BLANK | NC_INVISIBLE,
  SPECIAL = SQUEEZED | NC_SPACE /* a line break is the only white space that is no blank */
};

typedef struct {
  nc_arena *arena;
  nc_doc *doc;
  int32_t most_lines, most_breaks; /* room for */
  int32_t line_start;              /* where the physical line that is being read begins in the tidy text */
  int32_t line_break;              /* breaks up to the start of the last line */
  int32_t gap;                     /* line breaks since the end of the last line */
} reader;

static int32_t twice(int32_t count) { return count > INT32_MAX / 2 ? INT32_MAX : count * 2; }

static void add_break(reader *to, int32_t tidy_at, int32_t original_at) {
  nc_doc *doc = to->doc;
  if (doc->n_breaks == to->most_breaks) {
    int32_t most = twice(to->most_breaks);
    int32_t *breaks = NC_TAKE(to->arena, int32_t, most), *shifts = NC_TAKE(to->arena, int32_t, most);
    memcpy(breaks, doc->breaks, sizeof(int32_t) * (size_t)doc->n_breaks);
    memcpy(shifts, doc->shifts, sizeof(int32_t) * (size_t)doc->n_breaks);
    doc->breaks = breaks;
    doc->shifts = shifts;
    to->most_breaks = most;
  }
  doc->breaks[doc->n_breaks] = tidy_at;
  doc->shifts[doc->n_breaks++] = original_at - tidy_at;
}

static void add_line(reader *to, nc_line line) {
  nc_doc *doc = to->doc;
  if (doc->n_lines == to->most_lines) {
    int32_t most = twice(to->most_lines);
    nc_line *lines = NC_TAKE(to->arena, nc_line, most);
    memcpy(lines, doc->lines, sizeof(nc_line) * (size_t)doc->n_lines);
    doc->lines = lines;
    to->most_lines = most;
  }
  doc->lines[doc->n_lines++] = line;
}

/* A physical line ends at `end`, exclusive: note it, stripped, if it holds anything. Its width stands in `wrapped`. */
static void end_line(reader *to, int32_t end) {
  nc_doc *doc = to->doc;
  int32_t start = to->line_start;
  while (start < end && (nc_flags(doc->tidy[start]) & NC_SPACE)) start++;
  if (start == end) return;
  while (nc_flags(doc->tidy[end - 1]) & NC_SPACE) end--;
  while (to->line_break < doc->n_breaks && doc->breaks[to->line_break] <= start) to->line_break++;
  int32_t last = doc->n_breaks; /* breaks up to the last character: but for what has been stripped, all */
  while (last > 0 && doc->breaks[last - 1] >= end) last--;
  int32_t width = end - start + (last ? doc->shifts[last - 1] : 0);
  if (to->line_break) width -= doc->shifts[to->line_break - 1];
  add_line(to, (nc_line){start, end, to->gap, width});
  to->gap = 0;
}

/* A blank, a line break or what cannot be seen, at `*at` of the original and `size` of the tidy text: one match of
 * _SQUEEZE, or a character that it leaves. Moves `*at` behind it and returns the new size of the tidy text. */
static int32_t squeeze(reader *to, int32_t *at, int32_t size) {
  nc_doc *doc = to->doc;
  const uint32_t *text = doc->original;
  int32_t from = *at, behind = from + 1, most = doc->original_size;
  uint32_t first = text[from], stand_in = ' ';
  uint32_t seen = nc_flags(first);
  int is_break = first == '\n' || first == '\r';
  if (is_break) {
    stand_in = '\n';
    if (first == '\r' && behind < most && text[behind] == '\n') behind++;
  }
  for (uint32_t flags; behind < most && ((flags = nc_flags(text[behind])) & SQUEEZED); behind++) seen |= flags;
  *at = behind;
  if (is_break) end_line(to, size);
  if (is_break || (seen & NC_BLANK)) {
    doc->tidy[size] = doc->folded[size] = stand_in;
    size++;
  }
  if (behind - from > 1 || (!is_break && !(seen & NC_BLANK))) add_break(to, size, behind);
  if (is_break) {
    to->line_start = size;
    to->gap++;
  }
  return size;
}

/* Whether a character is printing ASCII, which but for "`" is tidy as it is. */
static inline int is_plain(uint32_t c) { return c - ' ' <= '~' - ' '; }

/* Copy and fold a block up to the first character that asks for more, a blank among them if another or what is no plain
 * character follows. Returns how many those were; what was written behind them is to be written over. `text` goes on
 * behind the block. */
static inline int32_t read_block(const uint32_t *text, uint32_t *tidy, uint32_t *folded) {
  nc_block block = nc_block_of(text);
  uint32_t blanks = nc_equal(block, ' ');
  uint32_t special = (~nc_between(block, ' ', '~') & 0xFFFF) | nc_equal(block, '`');
  uint32_t next = (special | blanks) >> 1 | (uint32_t)(text[NC_BLOCK] - '!' > '~' - '!') << (NC_BLOCK - 1);
  special |= blanks & next;
  nc_block_store(block, tidy);
  nc_block_store(nc_block_lower(block), folded);
  return special ? nc_lowest(special) : NC_BLOCK;
}

/* Read what is no plain text, one character at least, up to `until`, or to where two plain characters come.
 * Returns the new size of the tidy text. */
static int32_t read_slowly(reader *to, int32_t *at, int32_t until, int32_t size) {
  nc_doc *doc = to->doc;
  const uint32_t *text = doc->original;
  uint32_t *tidy = doc->tidy, *folded = doc->folded;
  int32_t from = *at, most = doc->original_size;
  do {
    uint32_t c = text[from];
    const nc_page *page = nc_page_of(c);
    if ((page->flags[c & 255] & SPECIAL) &&
        (c != ' ' || (from + 1 < most && (nc_flags(text[from + 1]) & SQUEEZED)))) {
      size = squeeze(to, &from, size);
      continue;
    }
    uint32_t tidied = page->tidy[c & 255];
    tidy[size] = tidied;
    folded[size++] = tidied == c ? page->fold[c & 255] : nc_folded(tidied);
    from++;
  } while (from < until && !(is_plain(text[from]) && is_plain(text[from + 1])));
  *at = from;
  return size;
}

void nc_read(nc_arena *arena, const uint32_t *text, int32_t size, nc_doc *doc) {
  int32_t room = size / 64 + 16;
  reader to = {arena, doc, room, room, 0, 0, 0};
  *doc = (nc_doc){.original = text, .original_size = size};
  doc->tidy = NC_TAKE(arena, uint32_t, (int64_t)size + NC_BLOCK);
  doc->folded = NC_TAKE(arena, uint32_t, (int64_t)size + NC_BLOCK);
  doc->lines = NC_TAKE(arena, nc_line, room);
  doc->breaks = NC_TAKE(arena, int32_t, room);
  doc->shifts = NC_TAKE(arena, int32_t, room);
  int32_t at = 0, made = 0;
  while (size - at > NC_BLOCK) {
    int32_t read = read_block(text + at, doc->tidy + made, doc->folded + made);
    at += read;
    made += read;
    if (read < NC_BLOCK) made = read_slowly(&to, &at, size - NC_BLOCK, made);
  }
  while (at < size) made = read_slowly(&to, &at, at + 1, made);
  end_line(&to, made);
  doc->size = made;
  nc_mend_wraps(arena, doc);
}

/* How many of the breaks stand at `at` or before: bisect_right. */
static int32_t breaks_until(const nc_doc *doc, int32_t at) {
  int32_t low = 0, high = doc->n_breaks;
  while (low < high) {
    int32_t middle = low + (high - low) / 2;
    if (doc->breaks[middle] <= at)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

int32_t nc_original_start(const nc_doc *doc, int32_t at) {
  int32_t found = breaks_until(doc, at);
  return found ? at + doc->shifts[found - 1] : at;
}

int32_t nc_original_end(const nc_doc *doc, int32_t at) { return at ? nc_original_start(doc, at - 1) + 1 : 0; }
