/* The mending of hard wraps: mirrors _forced_wraps and _join of newsclean/document.py.
 *
 * Lines come as physical lines whose `wrapped` is their width in the original, and go as document.Line has them.
 */
#include "nc.h"

enum { NARROWEST = 40, WIDEST = 120, MIN_FORCED = 4 };
static const double SHORT = 0.4; /* of the column */

/* ".!?\"')" and ".!?\"':)" */
static int ends_sentence(uint32_t c) { return c == '.' || c == '!' || c == '?' || c == '"' || c == '\'' || c == ')'; }

/* The widest of the lines that may have been wrapped; 0 if the text is not hard-wrapped. */
static int32_t column_of(const nc_doc *doc) {
  int32_t usual = 0, widest = 0;
  for (int32_t l = 0; l < doc->n_lines; l++) {
    int32_t width = doc->lines[l].wrapped;
    if (width > WIDEST) continue;
    usual++;
    if (width > widest) widest = width;
  }
  if (usual <= MIN_FORCED || usual < 0.95 * doc->n_lines || widest < NARROWEST) return 0;
  return widest;
}

/* The length of a line's first word, and whether a capital begins it. */
static int32_t first_word(const nc_doc *doc, const nc_line *line, int *begins) {
  const uint32_t *tidy = doc->tidy;
  int32_t end = line->start, from = line->start;
  while (end < line->end && tidy[end] != ' ') end++;
  while (from < end && (tidy[from] == '"' || tidy[from] == '\'' || tidy[from] == 0xAB || tidy[from] == 0xBB ||
                        tidy[from] == '('))
    from++;
  *begins = from < end && (nc_flags(tidy[from]) & NC_UPPER) != 0;
  return end - line->start;
}

/* _forced_wraps: marks the lines that continue the line before them; 0 if there are none. */
static int forced_wraps(const nc_doc *doc, int32_t column, uint8_t *continues) {
  int32_t forced = 0, mid_sentence = 0, free = 0;
  for (int32_t l = 1; l < doc->n_lines; l++) {
    const nc_line *before = &doc->lines[l - 1], *after = &doc->lines[l];
    if (after->gap != 1) continue;
    int begins;
    int32_t size = first_word(doc, after, &begins);
    uint32_t last = doc->tidy[before->end - 1];
    if (ends_sentence(last) && begins && after->wrapped < SHORT * column)
      continue; /* a button below the paragraph, or its last few words */
    if ((int64_t)before->wrapped + 1 + size > column) {
      continues[l] = 1;
      forced++;
      mid_sentence += !begins;
    } else if (before->wrapped > column * 0.5 && !ends_sentence(last) && last != ':') {
      free++;
    }
  }
  return forced >= MIN_FORCED && !(free > 0.15 * forced) && !(mid_sentence < 0.4 * forced);
}

/* _join */
static void join(nc_doc *doc, const uint8_t *continues) {
  int32_t count = 0;
  for (int32_t l = 0; l < doc->n_lines; l++) {
    nc_line line = doc->lines[l];
    if (continues[l] && count) {
      nc_line *last = &doc->lines[count - 1];
      for (int32_t at = last->end; at < line.start; at++) doc->tidy[at] = doc->folded[at] = ' ';
      last->end = line.end;
      last->wrapped = 1;
    } else {
      line.wrapped = 0;
      doc->lines[count++] = line;
    }
  }
  doc->n_lines = count;
}

void nc_mend_wraps(nc_arena *arena, nc_doc *doc) {
  int32_t column = column_of(doc);
  if (column) {
    nc_mark mark = nc_marked(arena);
    uint8_t *continues = NC_TAKE_ZEROED(arena, uint8_t, doc->n_lines);
    int found = forced_wraps(doc, column, continues);
    if (found) join(doc, continues);
    nc_back(arena, mark);
    if (found) return;
  }
  for (int32_t l = 0; l < doc->n_lines; l++) doc->lines[l].wrapped = 0;
}
