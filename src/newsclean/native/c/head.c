/* What stands around headline and pictures: labels above, names beside bylines, captions above credits.
 * Mirrors newsclean/decision/head.py. */
#include "nc_state.h"

enum { CREDIT_WORDS = 10, CAPTION_WORDS = 30, LEAST_NAME = 2, MOST_NAME = 4, LABEL_WORDS = 4, HEADLINE_WORDS = 5 };

/* Whether blank lines part the paragraphs. */
static int is_spaced(const nc_state *state) {
  int64_t spaced = 0;
  for (int32_t at = 1; at < state->n_lines; at++) spaced += state->lines[at].gap >= 2;
  return spaced * 2 >= state->n_lines - 1;
}

/* head.captions. Lines that go here stand above the one that takes them, and are not come to any more. */
void nc_captions(nc_state *state) {
  if (!(state->gone_as >> NC_CAT_CAPTION & 1) || !is_spaced(state)) return;
  for (int32_t line = 2; line < state->n_lines; line++) {
    int32_t above = line - 1;
    if (!nc_gone_as(state, line, NC_CAT_CAPTION) || state->shapes[line].words > CREDIT_WORDS) continue;
    if (state->lines[line].gap != 1 || state->lines[above].gap < 2 || state->marks[above] & NC_PIECES) continue;
    if (state->shapes[above].words <= CAPTION_WORDS && !state->shapes[above].is_protected)
      nc_remove(state, above, NC_CAT_CAPTION, NC_HOW_CARRIED, NC_WHY_ABOVE_CREDIT, 0);
  }
}

/* head.above_headline */
int nc_above_headline(const nc_state *state) {
  if (!nc_in_head(state, 1)) return 0;
  const nc_shape *first = &state->shapes[0], *second = &state->shapes[1];
  return first->words <= LABEL_WORDS && second->label && second->words >= HEADLINE_WORDS;
}

/* " |-–—•·,", which stand around a name */
static int is_trimming(uint32_t c) {
  return c == ' ' || c == '|' || c == '-' || c == ',' || c == 0xB7 || c == 0x2013 || c == 0x2014 || c == 0x2022;
}

/* Letters of category Lt ("Dž"), at which str.isupper() of a longer text fails */
static int is_title(uint32_t c) {
  if (c < 0x1C5 || c > 0x1FFC) return 0;
  return c == 0x1C5 || c == 0x1C8 || c == 0x1CB || c == 0x1F2 || (c >= 0x1F88 && c <= 0x1F8F) ||
         (c >= 0x1F98 && c <= 0x1F9F) || (c >= 0x1FA8 && c <= 0x1FAF) || c == 0x1FBC || c == 0x1FCC || c == 0x1FFC;
}

/* Whether a word may be of a name. */
static int is_name_word(const uint32_t *word, int32_t size, int *all_upper) {
  if (!(nc_flags(word[0]) & NC_UPPER)) return 0;
  for (int32_t at = 0; at < size; at++) {
    uint32_t c = word[at];
    if (c == '-' || c == '\'' || c == '.') continue;
    uint16_t flags = nc_flags(c);
    if (!(flags & NC_ALPHA)) return 0;
    if (flags & NC_LOWER || is_title(c)) *all_upper = 0;
  }
  return 1;
}

/* head._is_name. -1 where Python fails: at a word without a first letter, behind words that are of a name. */
static int is_name(const nc_state *state, int32_t line) {
  const uint32_t *tidy = state->doc->tidy;
  int32_t start = state->lines[line].start, end = state->lines[line].end, words = 1;
  while (start < end && is_trimming(tidy[start])) start++;
  while (end > start && is_trimming(tidy[end - 1])) end--;
  for (int32_t at = start; at < end && words <= MOST_NAME; at++) words += tidy[at] == ' ';
  if (words < LEAST_NAME || words > MOST_NAME) return 0;
  int all_upper = 1;
  for (int32_t at = start, next; at <= end; at = next + 1) {
    for (next = at; next < end && tidy[next] != ' ';) next++;
    if (next == at) return -1;
    if (!is_name_word(tidy + at, next - at, &all_upper)) return 0;
  }
  return !all_upper;
}

/* head.names */
void nc_names(nc_state *state) {
  if (!(state->gone_as >> NC_CAT_BYLINE & 1)) return;
  int32_t end = state->first_prose < state->n_lines ? state->first_prose : state->n_lines;
  for (int32_t line = 1; line < end; line++) {
    if (state->gone[line] || state->marks[line] & NC_SPARED) continue;
    if (!nc_gone_as(state, line - 1, NC_CAT_BYLINE) && !nc_gone_as(state, line + 1, NC_CAT_BYLINE)) continue;
    if (is_name(state, line) > 0)
      nc_remove(state, line, NC_CAT_BYLINE, NC_HOW_CARRIED, NC_WHY_BESIDE_BYLINE, 0);
  }
}
