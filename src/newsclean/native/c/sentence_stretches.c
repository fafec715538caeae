/* What encloses the end of a sentence: quotations, brackets, addresses and list items, and what the end then becomes.
 *
 * Mirrors sentencex's language.rs (get_skippable_ranges, containing_range) and quotes.rs. Ends of sentences come in order, so
 * that each stretch is entered and left once.
 */
#include "sentences.h"

void nc_push_stretch(nc_paragraph *p, nc_stretch found) {
  if (p->n_stretches == p->stretch_room) {
    int32_t room = p->stretch_room ? p->stretch_room * 2 : 32;
    nc_stretch *made = NC_TAKE(p->arena, nc_stretch, room);
    if (p->n_stretches) memcpy(made, p->stretches, sizeof(nc_stretch) * (size_t)p->n_stretches);
    p->stretches = made;
    p->spare = NC_TAKE(p->arena, nc_stretch, room);
    p->stretch_room = room;
  }
  found.furthest = p->n_stretches ? p->stretches[p->n_stretches - 1].furthest : 0;
  if (found.pair >= 0 && found.end > found.furthest) found.furthest = found.end;
  p->stretches[p->n_stretches++] = found;
}

/* Brackets of any kind, up to the first that closes, whatever its kind. */
static void brackets(nc_paragraph *p) {
  int32_t open = -1;
  for (int32_t n = 0; n < p->marks[BRACKETS].count; n++) {
    int32_t at = p->marks[BRACKETS].at[n];
    if (nc_mark_kind(p->text[at]) == OPENER) {
      if (open < 0) open = at;
    } else if (open >= 0) {
      nc_push_stretch(p, (nc_stretch){open, at + 1, 0, 0, -1, 0});
      open = -1;
    }
  }
}

static int is_local(uint32_t c) {
  return nc_is_latin(c) || nc_is_digit(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}
static int is_domain(uint32_t c) { return nc_is_latin(c) || nc_is_digit(c) || c == '.' || c == '-'; }
static int is_ending(uint32_t c) { return nc_is_latin(c) || c == '|'; } /* sentencex's own slip: [A-Z|a-z] */

/* The end of the domain that begins at `from`: the last full stop with two letters or more behind it; 0: there is none. */
static int32_t domain_end(const nc_paragraph *p, int32_t from) {
  int32_t to = from;
  while (to < p->size && is_domain(p->text[to])) to++;
  for (int32_t dot = to - 1; dot > from; dot--) {
    if (p->text[dot] != '.') continue;
    int32_t end = dot + 1;
    while (end < p->size && end < dot + 8 && is_ending(p->text[end])) end++;
    if (end - dot > 2) return end;
  }
  return 0;
}

static void addresses(nc_paragraph *p) {
  int32_t least = 0;
  for (int32_t n = 0; n < p->marks[AT_SIGNS].count; n++) {
    int32_t at = p->marks[AT_SIGNS].at[n], start = at;
    while (start > least && is_local(p->text[start - 1])) start--;
    if (start == at || at < least) continue;
    int32_t end = domain_end(p, at + 1);
    if (!end) continue;
    nc_push_stretch(p, (nc_stretch){start, end, 0, -1, -1, 0});
    least = end;
  }
}

/* Merge two runs of stretches that are in order: [0, middle) and [middle, end). */
static void merge(nc_paragraph *p, int32_t middle, int32_t end) {
  nc_stretch *all = p->stretches, *to = p->spare;
  if (middle == 0 || middle >= end || all[middle - 1].start < all[middle].start) return;
  for (int32_t one = 0, two = middle; one < middle || two < end;) {
    int first = two == end || (one < middle && all[one].start < all[two].start);
    *to++ = all[first ? one++ : two++];
  }
  memcpy(all, p->spare, sizeof(nc_stretch) * (size_t)end);
}

static void quotations(nc_paragraph *p) {
  nc_quote_finder finder;
  nc_stretch found;
  nc_quotes_in(p, p->size, &finder);
  while (nc_next_quotation(&finder, &found)) nc_push_stretch(p, found);
  int32_t middle = p->n_stretches, items = p->items.count;
  p->items.count = 0; /* items are not among the stretches yet when sentencex pairs these */
  nc_padded_quotations(p);
  p->items.count = items;
  int32_t second = middle + 1; /* padded quotations come in two runs, of ` and of ' */
  while (second < p->n_stretches && p->stretches[second].start > p->stretches[second - 1].start) second++;
  if (second > p->n_stretches) second = p->n_stretches;
  merge(p, middle, second);
  merge(p, second, p->n_stretches);
}

/* All stretches of the paragraph, by their starts (no two begin alike). */
static void find_stretches(nc_paragraph *p) {
  p->stretched = 1;
  p->n_stretches = p->next_stretch = p->n_around = 0;
  p->item = -1;
  p->counted = 0;
  if (p->marks[QUOTES].count) quotations(p);
  int32_t middle = p->n_stretches;
  if (p->marks[BRACKETS].count) brackets(p);
  merge(p, middle, p->n_stretches);
  middle = p->n_stretches;
  if (p->marks[AT_SIGNS].count) addresses(p);
  merge(p, middle, p->n_stretches);
  for (int32_t n = 0, furthest = 0, last = -1; n < p->n_stretches; n++) {
    nc_stretch *s = &p->stretches[n];
    if (s->brackets == 0) last = n;
    if (s->pair >= 0 && s->end > furthest) furthest = s->end;
    s->furthest = furthest;
    s->brackets = last;
  }
}

/* ---- marks that look the same at both ends -------------------------------------------------------------------- */

/* Of the pairs of sentence_quotes.c those whose marks are the same, as nc_twin counts; -1: the others. */
static const int8_t TWIN_OF_PAIR[18] = {-1, 0, 1, -1, 2, 3, 4, -1, -1, 5, -1, 6, -1, -1, 7, -1, -1, -1};

static nc_twin_count *count_of(nc_paragraph *p, int twin) {
  if (!p->counted) {
    for (int n = 0; n < TWINS; n++) p->twins[n] = (nc_twin_count){-1, -1, 0, 0, -1};
    p->counted = 1;
  }
  return &p->twins[twin];
}

/* Where the twin next stands, from the quote *index on; the doubles do not overlap. -1: nowhere. */
static int32_t next_token(const nc_paragraph *p, int twin, int32_t *index) {
  int width = nc_twin_widths[twin];
  while (*index < p->marks[QUOTES].count) {
    int32_t at = p->marks[QUOTES].at[(*index)++];
    if (nc_twin(p, at, width) != twin) continue;
    *index += width - 1;
    return at;
  }
  return -1;
}

static int has_odd_tokens(nc_paragraph *p, int twin) {
  nc_twin_count *count = count_of(p, twin);
  if (count->tokens < 0) {
    int32_t index = 0, tokens = 0;
    while (next_token(p, twin, &index) >= 0) tokens++;
    count->tokens = tokens;
  }
  return count->tokens & 1;
}

/* Whether the twin at `boundary` closes what nothing opened: an odd one, or the only one. */
static int is_orphan(nc_paragraph *p, int twin, int32_t boundary) {
  nc_twin_count *count = count_of(p, twin);
  int width = nc_twin_widths[twin];
  int32_t at;
  if (count->total < 0) {
    int32_t index = 0, total = 0;
    while ((at = next_token(p, twin, &index)) >= 0) total += nc_is_quote_candidate(p, at, width);
    count->total = total;
  }
  for (int32_t index = count->cursor; (at = next_token(p, twin, &index)) >= 0 && at < boundary; count->cursor = index)
    count->before += nc_is_quote_candidate(p, at, width);
  return count->before % 2 == 1 || (count->before == 0 && count->total == 1);
}

/* Whether the twin at `boundary` opens the next sentence: a blank before it, a capital behind blanks after it, and it opened
 * a quotation before. */
static int opens_sentence(nc_paragraph *p, int twin, int32_t boundary) {
  int width = nc_twin_widths[twin];
  if (boundary > 0 && !nc_is_white(p->text[boundary - 1])) return 0;
  if (!nc_opens_utterance(p, boundary + width)) return 0;
  nc_twin_count *count = count_of(p, twin);
  if (count->first_end < 0) {
    count->first_end = INT32_MAX;
    for (int32_t n = 0; n < p->n_stretches; n++) {
      const nc_stretch *s = &p->stretches[n];
      if (s->pair >= 0 && TWIN_OF_PAIR[s->pair] >= 0 && nc_twin(p, s->start, width) == twin && s->end < count->first_end)
        count->first_end = s->end;
    }
  }
  return count->first_end <= boundary;
}

/* ---- what a boundary becomes ---------------------------------------------------------------------------------- */

/* The brackets that `at` is in, not at their edges; NULL: none. */
static const nc_stretch *brackets_around(const nc_paragraph *p, int32_t at) {
  int32_t low = 0, high = p->n_stretches; /* the first stretch that begins at `at` or behind it */
  while (low < high) {
    int32_t middle = (low + high) / 2;
    if (p->stretches[middle].start < at) low = middle + 1;
    else high = middle;
  }
  int32_t last = low > 0 ? p->stretches[low - 1].brackets : -1;
  return last >= 0 && p->stretches[last].end > at ? &p->stretches[last] : NULL;
}

enum { PAIRED, SURELY_NOT, MAYBE_NOT };

/* Whether the marks of a quotation are of two quotations: it and brackets overlap; one of its marks is left over. */
static int mispaired(nc_paragraph *p, nc_stretch *s) {
  if (s->mispaired >= 0) return s->mispaired;
  int twin = s->pair < 0 ? -1 : TWIN_OF_PAIR[s->pair];
  s->mispaired = PAIRED;
  if (twin < 0) return PAIRED;
  const nc_stretch *first = brackets_around(p, s->start), *last = brackets_around(p, s->end);
  if ((first && first->end < s->end) || (last && last->start > s->start)) s->mispaired = SURELY_NOT;
  else if (has_odd_tokens(p, twin)) s->mispaired = MAYBE_NOT;
  return s->mispaired;
}

/* Follow the stretches and items to the boundary: which of them it is in. */
static void follow(nc_paragraph *p, int32_t boundary) {
  int kept = 0;
  for (int n = 0; n < p->n_around; n++)
    if (p->stretches[p->around[n]].end > boundary) p->around[kept++] = p->around[n];
  /* at most one of each sort of stretch is left: quotations, two sorts of padded ones, brackets, addresses */
  for (; p->next_stretch < p->n_stretches && p->stretches[p->next_stretch].start < boundary; p->next_stretch++)
    if (p->stretches[p->next_stretch].end > boundary && kept < 8) p->around[kept++] = p->next_stretch;
  p->n_around = kept;
  while (p->item + 1 < p->items.count && p->items.at[p->item + 1] < boundary) p->item++;
}

static int is_closer(uint32_t c) {
  switch (c) {
    case '"': case '\'': case '`': case 0xAB: case 0xBB: case 0x2019: case 0x201A: case 0x201B: case 0x201C: case 0x201D:
    case 0x201F: case 0x203A: case 0x300B: case 0x300D:
      return 1;
    default: return 0;
  }
}

/* A boundary within a quotation: behind its closer, if it stands right before that; else none. */
static int32_t inner_boundary(const nc_paragraph *p, const nc_stretch *s, int32_t boundary) {
  if (s->pair < 0) return -1;
  uint32_t last = p->text[s->end - 1];
  int ends = boundary == s->end - 1 ? is_closer(last)
                                    : boundary == s->end - 2 && (last == '\'' || last == '`') && p->text[boundary] == last;
  if (!ends) return -1;
  int32_t extension = nc_extension(p, s->end);
  return extension < 0 ? -1 : s->end + extension;
}

/* Width of the closer at `boundary` that nothing opened; 0: there is none. */
static int orphan_closer(nc_paragraph *p, int32_t boundary) {
  if (!is_closer(p->text[boundary])) return 0;
  int twin = nc_twin(p, boundary, 2);
  if (twin < 0) return 1;
  if (!is_orphan(p, twin, boundary)) {
    int single = nc_twin(p, boundary, 1);
    if (single == twin || !is_orphan(p, single, boundary)) return 0;
    twin = single;
  }
  return opens_sentence(p, twin, boundary) ? 0 : nc_twin_widths[twin];
}

/* A boundary outside of stretches: moved behind a closer that nothing opened, and the terminators that follow it. */
static int32_t past_orphan(nc_paragraph *p, int32_t boundary) {
  if (p->next_stretch < p->n_stretches && p->stretches[p->next_stretch].start == boundary) return boundary;
  if (p->item + 1 < p->items.count && p->items.at[p->item + 1] == boundary) return boundary;
  int width = orphan_closer(p, boundary);
  if (width == 0) return boundary;
  for (int32_t at = boundary + width;;) {
    while (at < p->size && nc_is_white(p->text[at])) at++;
    int32_t to = nc_terminators_at(p, at);
    if (to == at) return at;
    at = to;
  }
}

/* Where the sentence ends whose terminators text[start:end] make a boundary; -1: it goes on. */
int32_t nc_settled_boundary(nc_paragraph *p, int32_t boundary, int32_t start, int32_t end) {
  if (boundary >= p->size) return boundary;
  if (!p->stretched) find_stretches(p);
  follow(p, boundary);
  for (int n = 0; n < p->n_around; n++) {
    nc_stretch *s = &p->stretches[p->around[n]];
    int wrong = mispaired(p, s);
    if (wrong == PAIRED || (wrong == MAYBE_NOT && !nc_strong_break(p, start, end))) return inner_boundary(p, s, boundary);
  }
  /* an item reaches up to the next one, the last up to the end */
  if (p->item >= 0 && (p->item + 1 == p->items.count || p->items.at[p->item + 1] > boundary)) return -1;
  return past_orphan(p, boundary);
}
