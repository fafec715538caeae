/* What stands between the words of a unit: mirrors _Gaps and runs_on of rules/placeholders.py. */
#include "nc_rules_parts.h"
#include "nc_gaps.h"

static inline uint32_t tidy_at(const nc_rules_run *run, int32_t at) { return run->doc->tidy[at]; }

/* The only character of a gap that is no white space; 0 if there are none, 1 if there are several. */
static uint32_t sign_of(const nc_rules_run *run, const nc_unit *unit, int32_t at) {
  int32_t from = unit->tokens[at].end, to = unit->tokens[at + 1].start;
  uint32_t sign = 0;
  int32_t first = -1, last = -1;
  for (int32_t place = from; place < to; place++) {
    if (nc_flags(tidy_at(run, place)) & NC_SPACE) continue;
    if (first < 0) first = place;
    last = place;
    sign = tidy_at(run, place);
  }
  return first == last ? sign : 1; /* white space between signs is part of what is left */
}

static int is_blank(const nc_rules_run *run, const nc_unit *unit, int32_t at) {
  return unit->tokens[at + 1].start - unit->tokens[at].end == 1 && tidy_at(run, unit->tokens[at].end) == ' ';
}

static int ends_sentence(const nc_rules_run *run, const nc_unit *unit, int32_t at) {
  int32_t from = unit->tokens[at].end, to = unit->tokens[at + 1].start;
  if (from == to || is_blank(run, unit, at)) return 0;
  uint32_t sign = sign_of(run, unit, at);
  if (sign == '!' || sign == '?' || sign == ';' || sign == ':') return 1;
  return to - from >= 2 && tidy_at(run, from) == '.' && tidy_at(run, from + 1) == ' ' &&
         from - unit->tokens[at].start > 3;
}

static int is_cased(uint32_t c) { return (nc_flags(c) & (NC_UPPER | NC_LOWER)) != 0; }

static int ends_name(const nc_rules_run *run, const nc_unit *unit, int32_t at) {
  if (ends_sentence(run, unit, at)) return 1;
  if (is_cased(tidy_at(run, unit->tokens[at].start))) return 0;
  uint32_t sign = sign_of(run, unit, at);
  return sign == ',' || sign == 0x60C || sign == 0x3001;
}

int nc_gap_is_glued(const nc_rules_run *run, const nc_unit *unit, int32_t at) {
  return is_blank(run, unit, at) && nc_flags(tidy_at(run, unit->tokens[at].start)) & NC_LOWER &&
         nc_flags(tidy_at(run, unit->tokens[at + 1].start)) & NC_UPPER;
}

static int starts_anew(const nc_rules_run *run, const nc_unit *unit, int32_t at) {
  if (!nc_gap_is_glued(run, unit, at)) return 0;
  const nc_known_words *known = run->index->known;
  int32_t number = nc_word_number(&known->words, unit->hashes[at + 1]);
  return number >= 0 && known->kinds[number] & NC_BEGINNER;
}

static int told(const nc_rules_run *run, const nc_unit *unit, int kind, int32_t at) {
  switch (kind) {
    case NC_ENDS_SENTENCE: return ends_sentence(run, unit, at);
    case NC_ENDS_WITH_STOP: return tidy_at(run, unit->tokens[at].end) == '.' && ends_sentence(run, unit, at);
    case NC_ENDS_NAME: return ends_name(run, unit, at);
    case NC_IS_GLUED: return nc_gap_is_glued(run, unit, at);
    default: return starts_anew(run, unit, at);
  }
}

int32_t nc_first_gap(const nc_rules_run *run, nc_unit *unit, int kind, int32_t start) {
  int16_t *firsts = unit->gaps + kind * (NC_MOST_WORDS + 1);
  if (!(unit->gaps_known >> kind & 1)) {
    int32_t count = unit->count;
    firsts[count] = (int16_t)count;
    if (count) firsts[count - 1] = (int16_t)count;
    for (int32_t at = count - 2; at >= 0; at--)
      firsts[at] = told(run, unit, kind, at) ? (int16_t)at : firsts[at + 1];
    unit->gaps_known |= (uint8_t)(1 << kind);
  }
  return firsts[start];
}

int nc_runs_on(nc_rules_run *run, nc_unit *unit) {
  for (int32_t at = 0; at + 1 < unit->count; at++)
    if (starts_anew(run, unit, at)) return 1;
  return 0;
}

static int word_kinds(const nc_rules_run *run, const nc_unit *unit, int32_t at) {
  int32_t number = nc_word_number(&run->index->known->words, unit->hashes[at]);
  return number < 0 ? 0 : run->index->known->kinds[number];
}

int nc_is_date_word(const nc_rules_run *run, const nc_unit *unit, int32_t at) {
  return unit->word_marks[at] & NC_TIME_WORD && word_kinds(run, unit, at) & NC_DATE_WORD;
}

int nc_may_be_date(nc_rules_run *run, const nc_unit *unit, int32_t at) {
  return unit->tokens[at].number || nc_is_date_word(run, unit, at);
}
