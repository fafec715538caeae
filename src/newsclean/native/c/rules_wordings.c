/* Which wordings the words of a unit are: mirrors Index.by_wording, by_open_wording and longest, and Net.run. */
#include "nc_rules_parts.h"

static void add_live(nc_rules_run *run, nc_rules *rules, int32_t before, int32_t pack, int32_t head) {
  if (run->index->dropped[pack][head]) return;
  for (int32_t at = before; at < rules->count; at++)
    if (rules->all[at].head == head && rules->all[at].pack == pack) return;
  nc_add_rule(run, rules, pack, head);
}

/* ---- networks, step by step ---- */

/* States of a network: loops, which stay once they are reached (the fillers of those before `spread` are in, too),
 * and others, which do not. */
typedef struct {
  const nc_net *net;
  nc_states *loops, *now, *next;
  int32_t spread;
} walk;

static void begin(nc_rules_run *run, walk *in, const nc_net *net) {
  *in = (walk){net, &run->sets[0], &run->sets[1], &run->sets[2], 0};
  in->loops->count = in->now->count = 0;
}

/* Phrases that begin with a placeholder behind which there may be a word of `kind`. */
static void begin_open(nc_rules_run *run, walk *in, const nc_unit *unit, uint64_t last, int kind) {
  const nc_net *net = in->net;
  for (int32_t at = net->start_first[kind]; at < net->start_first[kind + 1]; at++) {
    const nc_start *is = &net->starts[at];
    if ((is->lasts & last) == last && (is->kind != NC_DATE || nc_may_be_date(run, unit, 0)))
      nc_add_state(in->loops, is->to);
  }
}

/* Over the first word: only phrases that may end in the unit's last word. */
static void first_step(nc_rules_run *run, walk *in, const nc_unit *unit, int32_t number, uint64_t needs,
                       const uint64_t *marked) {
  const nc_net *net = in->net;
  uint64_t last = nc_last_bit(unit->hashes[unit->count - 1]) | needs, seen = 0;
  if (net->start_first[NC_NEXTS + 1]) begin_open(run, in, unit, last, NC_NEXTS);
  if (net->start_first[NC_NEXTS])
    for (int32_t at = nc_next_word(unit, marked, 1); at < unit->count; at = nc_next_word(unit, marked, at + 1)) {
      uint64_t next = nc_last_bit(unit->hashes[at]);
      if (!(seen & next)) begin_open(run, in, unit, last, nc_last_place(unit->hashes[at]));
      seen |= next;
    }
  if (number < 0) return;
  const nc_word_edges *edges = &net->of_word[number];
  for (int32_t edge = edges->first; edge < edges->inner; edge++) {
    in->now->all[in->now->count] = net->edges[edge].to; /* each but once */
    in->now->places[net->edges[edge].to] = (uint32_t)in->now->count;
    in->now->count += (net->edge_lasts[edge] & last) == last;
  }
}

static void add_fillers(const nc_net *net, int32_t state, nc_states *loops) {
  for (int32_t arc = net->filler_first[state]; arc < net->filler_first[state + 1]; arc++)
    nc_add_state(loops, net->fillers[arc].to);
}

/* What placeholders behind placeholders lead to, for loops before `last`. */
static inline void spread(walk *in, int32_t last) {
  for (; in->spread < last; in->spread++) add_fillers(in->net, in->loops->all[in->spread], in->loops);
}

/* Over a word behind the first. */
static void next_step(walk *in, int32_t number) {
  const nc_net *net = in->net;
  int32_t before = in->loops->count; /* what a placeholder is reached by now goes on from the next word */
  nc_states *next = in->next;
  next->count = 0;
  if (number >= 0) {
    const nc_word_edges *edges = &net->of_word[number];
    if (before)
      for (int32_t edge = edges->inner; edge < edges->others; edge++)
        if (nc_has_state(in->loops, net->edges[edge].from)) nc_add_state(next, net->edges[edge].to);
    for (int32_t is = 0; is < in->now->count; is++)
      for (int32_t arc = net->arc_first[in->now->all[is]]; arc < net->arc_first[in->now->all[is] + 1]; arc++)
        if (net->arcs[arc].label == number) nc_add_state(next, net->arcs[arc].to);
  }
  for (int32_t is = 0; is < in->now->count; is++) add_fillers(net, in->now->all[is], in->loops);
  spread(in, before);
  in->next = in->now;
  in->now = next;
}

/* Net.run: the phrases that the unit's words are, by state; how many. */
static int32_t run_net(nc_rules_run *run, const nc_pack *pack, const nc_net *net, const nc_unit *unit, uint64_t needs) {
  walk in;
  int32_t count = 0;
  if (unit->count == 0) return 0;
  begin(run, &in, net);
  const uint64_t *marked = net == &pack->late ? unit->late_loop_words : unit->loop_words;
  first_step(run, &in, unit, nc_word_number(&pack->words, unit->hashes[0]), needs, marked);
  for (int32_t at = 1; at < unit->count; at++) {
    if (in.now->count == 0) {
      if (in.loops->count == 0) return 0;
      int32_t next = nc_next_word(unit, marked, at);
      for (; at < next && in.spread < in.loops->count; at++) spread(&in, in.loops->count);
      if (next >= unit->count) break;
      at = next;
    }
    next_step(&in, nc_word_number(&pack->words, unit->hashes[at]));
  }
  const nc_states *sets[] = {in.loops, in.now};
  for (int set = 0; set < 2; set++)
    for (int32_t is = 0; is < sets[set]->count; is++) {
      int32_t ending = net->accept_of[sets[set]->all[is]];
      if (ending < 0) continue;
      int32_t to = count++; /* endings are numbered by state */
      for (; to > 0 && run->endings[to - 1] > ending; to--) run->endings[to] = run->endings[to - 1];
      run->endings[to] = ending;
    }
  return count;
}

/* ---- fixed wordings ---- */

static inline int32_t tree_step(const nc_tree *tree, int32_t state, int32_t number) {
  int32_t low = tree->arc_first[state], high = tree->arc_first[state + 1];
  while (high - low > 8) {
    int32_t middle = (low + high) / 2;
    if (tree->arcs[middle].label <= number) low = middle;
    else high = middle;
  }
  for (; low < high; low++)
    if (tree->arcs[low].label == number) return tree->arcs[low].to;
  return -1;
}

static void wordings_of_net(nc_rules_run *run, int32_t at, const nc_unit *unit, nc_rules *rules) {
  const nc_pack *pack = run->index->packs[at];
  int32_t before = rules->count, count = run_net(run, pack, &pack->fixed, unit, 0);
  for (int32_t ending = 0; ending < count; ending++)
    add_live(run, rules, before, at, pack->fixed.endings[run->endings[ending]].rule);
}

void nc_by_wording(nc_rules_run *run, const nc_unit *unit, nc_rules *rules) {
  for (int32_t at = 0; at < run->index->count; at++) {
    const nc_pack *pack = run->index->packs[at];
    const nc_tree *tree = &pack->tree;
    if (pack->fixed.n_edges == 0) continue;
    if (tree->states == 0) {
      wordings_of_net(run, at, unit, rules);
      continue;
    }
    int32_t state = -1;
    for (int32_t word = 0; word < unit->count; word++) {
      int32_t number = nc_word_number(&pack->words, unit->hashes[word]);
      if (number < 0) state = -1;
      else state = word == 0 ? tree->first[number] : tree_step(tree, state, number);
      if (state < 0) break;
    }
    if (state <= 0) continue;
    int32_t before = rules->count;
    for (int32_t rule = tree->rule_first[state]; rule < tree->rule_first[state + 1]; rule++)
      add_live(run, rules, before, at, tree->rules[rule]);
  }
}

/* The first rule of those of a state that is not dropped, -1. */
static int32_t live_rule(const nc_tree *tree, int32_t state, const uint8_t *dropped) {
  for (int32_t rule = tree->rule_first[state]; rule < tree->rule_first[state + 1]; rule++)
    if (!dropped[tree->rules[rule]]) return tree->rules[rule];
  return -1;
}

/* Net.longest without a tree. */
static int32_t longest_of_net(nc_rules_run *run, int32_t at, const nc_unit *unit, int32_t start, int32_t *head) {
  const nc_pack *pack = run->index->packs[at];
  const nc_net *net = &pack->fixed;
  int32_t best = -1;
  walk in;
  begin(run, &in, net);
  for (int32_t word = start; word < unit->count && (word == start || in.now->count); word++) {
    int32_t number = nc_word_number(&pack->words, unit->hashes[word]), first = INT32_MAX;
    if (word > start) next_step(&in, number);
    else if (number >= 0)
      for (int32_t edge = net->of_word[number].first; edge < net->of_word[number].inner; edge++)
        nc_add_state(in.now, net->edges[edge].to);
    for (int32_t is = 0; is < in.now->count; is++) {
      int32_t ending = net->accept_of[in.now->all[is]];
      if (ending >= 0 && ending < first && !run->index->dropped[at][net->endings[ending].rule]) first = ending;
    }
    if (first == INT32_MAX) continue;
    best = word + 1;
    *head = net->endings[first].rule;
  }
  return best;
}

int32_t nc_longest(nc_rules_run *run, const nc_unit *unit, int32_t start, nc_rule *rule) {
  int32_t best = -1;
  for (int32_t at = 0; at < run->index->count; at++) {
    const nc_pack *pack = run->index->packs[at];
    const nc_tree *tree = &pack->tree;
    int32_t end = -1, head = -1, state = -1;
    if (pack->fixed.n_edges == 0) continue;
    if (tree->states == 0) end = longest_of_net(run, at, unit, start, &head);
    for (int32_t word = start; tree->states && word < unit->count; word++) {
      int32_t number = nc_word_number(&pack->words, unit->hashes[word]);
      if (number < 0) break;
      state = word == start ? tree->first[number] : tree_step(tree, state, number);
      if (state < 0) break;
      int32_t found = live_rule(tree, state, run->index->dropped[at]);
      if (found < 0) continue;
      end = word + 1;
      head = found;
    }
    if (end < 0 || (best >= 0 && end <= best)) continue;
    best = end;
    *rule = (nc_rule){at, head};
  }
  return best;
}

/* ---- wordings with placeholders ---- */

static int holds_late_word(const nc_pack *pack, const nc_unit *unit) {
  for (int32_t at = 0; at < unit->count; at++) {
    if (!(unit->word_marks[at] & NC_LATE_WORD)) continue;
    int32_t number = nc_word_number(&pack->words, unit->hashes[at]);
    if (number >= 0 && pack->word_marks[number] & NC_LATE_WORD) return 1;
  }
  return 0;
}

void nc_by_open_wording(nc_rules_run *run, nc_unit *unit, nc_rules *rules) {
  for (int32_t at = 0; at < run->index->count; at++) {
    const nc_pack *pack = run->index->packs[at];
    const nc_net *nets[] = {&pack->open, &pack->late};
    int late = pack->late.n_edges && unit->marks & NC_LATE_WORD && holds_late_word(pack, unit);
    int numbered = 0;
    for (int is = 0; is <= late; is++) {
      const nc_net *net = nets[is];
      if (net->n_edges == 0) continue;
      int32_t before = rules->count, count = run_net(run, pack, net, unit, unit->needs);
      for (int32_t ending = 0; ending < count; ending++) {
        const nc_ending *end = &net->endings[run->endings[ending]];
        if (run->index->dropped[at][end->rule]) continue;
        if (!numbered)
          for (int32_t word = 0; word < unit->count; word++)
            run->numbers[word] = nc_word_number(&pack->words, unit->hashes[word]);
        numbered = 1;
        if (nc_fills_plausibly(run, net, end, unit, run->numbers)) add_live(run, rules, before, at, end->rule);
      }
    }
  }
}
