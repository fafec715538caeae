/* Matching the lines of a document: mirrors rules/match.py. */
#include "memory.h"
#include "nc_rules_parts.h"

enum { SHORT = 240, LONGEST = 1200, LONGEST_LINE = 400 };

void nc_add_rule(nc_rules_run *run, nc_rules *rules, int32_t pack, int32_t head) {
  if (rules->count == rules->room) {
    nc_rule *bigger = NC_TAKE(run->arena, nc_rule, rules->room * 2);
    memcpy(bigger, rules->all, sizeof(nc_rule) * (size_t)rules->count);
    rules->all = bigger;
    rules->room *= 2;
  }
  rules->all[rules->count++] = (nc_rule){pack, head};
}

void nc_add_found(nc_rules_run *run, nc_rule_found found) {
  if (run->n_found == run->room) {
    int32_t room = run->room ? run->room * 2 : 64;
    nc_rule_found *bigger = NC_TAKE(run->arena, nc_rule_found, room);
    if (run->n_found) memcpy(bigger, run->found, sizeof(nc_rule_found) * (size_t)run->n_found);
    run->found = bigger;
    run->room = room;
  }
  run->found[run->n_found++] = found;
}

int32_t nc_hits_from(const nc_hits *hits, int32_t first, int32_t last, int32_t start) {
  while (first < last) {
    int32_t middle = first + (last - first) / 2;
    if (hits->all[middle].start < start) first = middle + 1;
    else last = middle;
  }
  return first;
}

static void ready(nc_rules_run *run) {
  const nc_doc *doc = run->doc;
  nc_arena *arena = run->arena;
  int32_t states = run->index->most_net_states + 1, heads = run->index->head_first[run->index->count] + 1;
  run->ascii = nc_is_ascii(doc->folded, doc->size);
  run->plain = nc_plain(arena, doc->folded, doc->size, run->ascii);
  run->flat = doc->n_lines > 0 && doc->n_lines <= 3 && (double)doc->size / doc->n_lines > 600;
  nc_words_read *words[] = {&run->lines, &run->pieces};
  for (int set = 0; set < 2; set++) {
    words[set]->tokens = NC_TAKE(arena, nc_token, NC_LONGEST_UNIT);
    words[set]->hashes = NC_TAKE(arena, uint64_t, NC_LONGEST_UNIT);
    words[set]->word_marks = NC_TAKE(arena, uint8_t, NC_LONGEST_UNIT);
  }
  run->gaps = NC_TAKE(arena, int16_t, 2 * NC_GAPS * (NC_MOST_WORDS + 1));
  run->numbers = NC_TAKE(arena, int32_t, NC_MOST_WORDS);
  for (int set = 0; set < 3; set++) {
    run->sets[set].all = NC_TAKE(arena, int32_t, states);
    run->sets[set].places = NC_TAKE(arena, uint32_t, states);
  }
  run->endings = NC_TAKE(arena, int32_t, states);
  run->head_marks = NC_TAKE_ZEROED(arena, uint32_t, heads);
}

int32_t nc_match_lines(nc_arena *arena, const nc_doc *doc, const nc_index *index, nc_expression ask, void *self,
                       nc_rule_found **found) {
  nc_rules_run run = {.arena = arena, .doc = doc, .index = index, .ask = ask, .self = self};
  *found = NULL;
  if (doc->n_lines == 0) return 0;
  ready(&run);
  nc_find_keywords(arena, index, doc->folded, run.plain, doc->size, &run.hits, &run.line_hits);
  int32_t first = 0, last;
  for (int32_t line = 0; line < doc->n_lines && run.failed >= 0; line++, first = last) {
    int32_t start = doc->lines[line].start, end = doc->lines[line].end, size = end - start, whole = 0;
    while (first < run.hits.count && run.hits.all[first].start < start) first++;
    for (last = first; last < run.hits.count && run.hits.all[last].start < end;) last++;
    if (size > LONGEST_LINE && last == first) continue;
    uint64_t key = run.flat ? 0 : nc_line_key(doc->tidy + start, size);
    if (key && nc_is_clean(index->clean, key)) continue;
    int32_t before = run.n_found;
    if (size <= LONGEST_LINE || (last > first && size <= LONGEST)) {
      nc_read_unit(&run, &run.lines, start, end, 1, 0, &run.line);
      nc_unit unit = run.line;
      whole = nc_find_whole(&run, &unit, line, first, last, size <= SHORT, 0);
    }
    if (!whole && last > first) nc_find_pieces(&run, line, first, last);
    if (key && run.n_found == before && run.failed >= 0) nc_keep_clean(index->clean, key);
  }
  *found = run.found;
  return run.failed < 0 ? run.failed : run.n_found;
}

int32_t nc_match_document(nc_arena *arena, const nc_doc *doc, const nc_index *index, nc_expression ask, void *self,
                          nc_rule_found **found) {
  if (setjmp(*nc_out_of_memory(arena))) return -2;
  nc_arena_reset(arena);
  return nc_match_lines(arena, doc, index, ask, self, found);
}
