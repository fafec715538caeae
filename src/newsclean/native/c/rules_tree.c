/* Fixed wordings as a deterministic network, so that a word is one step however many phrases there are. */
#include <stdlib.h>

#include "nc_rules_parts.h"

enum { MOST_SETS = 1 << 19, MOST_HELD = 1 << 22 };

/* Sets of states of the network, numbered; `slots` finds them by what they hold. */
typedef struct {
  int32_t count, room, held, held_room;
  int32_t *first, *states;
  uint32_t mask;
  int32_t *slots;
  uint64_t *moves;               /* arcs of a set: word << 32 | state */
  int32_t moves_room;
} builder;

static int grown(void **piece, size_t size, int32_t *room, int32_t wanted) {
  if (wanted <= *room) return 0;
  int32_t made = *room > wanted / 2 ? *room * 2 : wanted + 64;
  void *bigger = realloc(*piece, size * (size_t)made);
  if (bigger == NULL) return -1;
  *piece = bigger;
  *room = made;
  return 0;
}

static uint32_t hash_of(const int32_t *states, int32_t count) {
  uint64_t hash = (uint64_t)count;
  for (int32_t at = 0; at < count; at++) hash = (hash ^ (uint32_t)states[at]) * 0x9E3779B97F4A7C15ull + (hash >> 31);
  return (uint32_t)(hash >> 32);
}

static void rehash(builder *sets) {
  memset(sets->slots, -1, sizeof(int32_t) * ((size_t)sets->mask + 1));
  for (int32_t set = 0; set < sets->count; set++) {
    uint32_t at = hash_of(sets->states + sets->first[set], sets->first[set + 1] - sets->first[set]) & sets->mask;
    while (sets->slots[at] >= 0) at = (at + 1) & sets->mask;
    sets->slots[at] = set;
  }
}

static int room_for_set(builder *sets, int32_t count) {
  int32_t held_room = sets->held_room, room = sets->room;
  if (grown((void **)&sets->states, sizeof(int32_t), &held_room, sets->held + count)) return -1;
  sets->held_room = held_room;
  if (grown((void **)&sets->first, sizeof(int32_t), &room, sets->count + 2)) return -1;
  sets->room = room;
  if ((uint32_t)sets->count * 2 < sets->mask) return 0;
  int32_t *slots = realloc(sets->slots, sizeof(int32_t) * ((size_t)sets->mask + 1) * 4);
  if (slots == NULL) return -1;
  sets->slots = slots;
  sets->mask = sets->mask * 4 + 3;
  rehash(sets);
  return 0;
}

/* The number of the set that stands behind the last one in `states`. */
static int32_t numbered(builder *sets, int32_t count) {
  const int32_t *states = sets->states + sets->held;
  uint32_t at = hash_of(states, count) & sets->mask;
  for (; sets->slots[at] >= 0; at = (at + 1) & sets->mask) {
    int32_t set = sets->slots[at], first = sets->first[set];
    if (sets->first[set + 1] - first == count &&
        memcmp(sets->states + first, states, sizeof(int32_t) * (size_t)count) == 0)
      return set;
  }
  sets->held += count;
  sets->slots[at] = sets->count;
  sets->first[sets->count + 1] = sets->held;
  return sets->count++;
}

static int by_size(const void *one, const void *two) {
  uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)two;
  return (a > b) - (a < b);
}

/* The arcs of a set, sorted by word and state. */
static int32_t moves_of(builder *sets, const nc_net *net, int32_t set) {
  int32_t count = 0;
  for (int32_t at = sets->first[set]; at < sets->first[set + 1]; at++) {
    int32_t state = sets->states[at], first = net->arc_first[state], last = net->arc_first[state + 1];
    if (grown((void **)&sets->moves, sizeof(uint64_t), &sets->moves_room, count + last - first)) return -1;
    for (int32_t arc = first; arc < last; arc++)
      sets->moves[count++] = (uint64_t)(uint32_t)net->arcs[arc].label << 32 | (uint32_t)net->arcs[arc].to;
  }
  if (count > 12) {
    qsort(sets->moves, (size_t)count, sizeof(uint64_t), by_size);
    return count;
  }
  for (int32_t at = 1; at < count; at++) {
    uint64_t moved = sets->moves[at];
    int32_t to = at;
    for (; to > 0 && sets->moves[to - 1] > moved; to--) sets->moves[to] = sets->moves[to - 1];
    sets->moves[to] = moved;
  }
  return count;
}

/* All that a set leads to: 1 if there is too much, -1 without memory. */
static int expand(builder *sets, nc_tree *tree, const nc_net *net, int32_t set, int32_t *room, int32_t most) {
  int32_t count = moves_of(sets, net, set);
  if (count < 0 || room_for_set(sets, count)) return -1;
  int32_t n_arcs = tree->arc_first[set];
  for (int32_t at = 0; at < count;) {
    int32_t word = (int32_t)(sets->moves[at] >> 32), held = 0;
    if (room_for_set(sets, count)) return -1;
    for (; at < count && (int32_t)(sets->moves[at] >> 32) == word; at++) {
      int32_t state = (int32_t)(uint32_t)sets->moves[at];
      if (held == 0 || sets->states[sets->held + held - 1] != state) sets->states[sets->held + held++] = state;
    }
    int32_t to = numbered(sets, held);
    if (sets->count > most || sets->held > MOST_HELD) return 1;
    if (set == 0) {
      tree->first[word] = to;
      continue;
    }
    if (grown((void **)&tree->arcs, sizeof(nc_arc), room, n_arcs + 1)) return -1;
    tree->arcs[n_arcs++] = (nc_arc){word, to};
  }
  tree->arc_first[set + 1] = n_arcs;
  return 0;
}

static int rules_of(builder *sets, nc_tree *tree, const nc_net *net) {
  int32_t count = 0;
  tree->rule_first = malloc(sizeof(int32_t) * (size_t)(sets->count + 1));
  tree->rules = malloc(sizeof(int32_t) * (size_t)(sets->held + 1));
  if (tree->rule_first == NULL || tree->rules == NULL) return -1;
  for (int32_t set = 0; set < sets->count; set++) {
    tree->rule_first[set] = count;
    for (int32_t at = sets->first[set]; set > 0 && at < sets->first[set + 1]; at++) {
      int32_t accept = net->accept_of[sets->states[at]];
      if (accept >= 0) tree->rules[count++] = net->endings[accept].rule;
    }
  }
  tree->rule_first[sets->count] = count;
  return 0;
}

static int built(builder *sets, nc_tree *tree, const nc_net *net, int32_t most) {
  int32_t room = 0, arc_room = 0;
  if (room_for_set(sets, 1)) return -1;
  sets->first[0] = 0;
  sets->states[0] = 0;
  numbered(sets, 1);
  for (int32_t set = 0; set < sets->count; set++) {
    if (grown((void **)&tree->arc_first, sizeof(int32_t), &room, set + 2)) return -1;
    if (set == 0) tree->arc_first[0] = 0;
    int stopped = expand(sets, tree, net, set, &arc_room, most);
    if (stopped) return stopped;
  }
  tree->states = sets->count;
  return rules_of(sets, tree, net);
}

/* Makes `net`, which has no placeholder, deterministic; leaves `tree` without states where that takes too many. */
int nc_tree_new(nc_tree *tree, const nc_net *net, int32_t words, int32_t most) {
  builder sets = {.mask = 1023};
  sets.slots = malloc(sizeof(int32_t) * 1024);
  tree->first = malloc(sizeof(int32_t) * (size_t)(words + 1));
  int stopped = sets.slots == NULL || tree->first == NULL ? -1 : 0;
  if (!stopped) {
    memset(sets.slots, -1, sizeof(int32_t) * 1024);
    memset(tree->first, -1, sizeof(int32_t) * (size_t)(words + 1));
    stopped = net->filler_first[net->states] ? 1 : built(&sets, tree, net, most ? most : MOST_SETS);
  }
  free(sets.first);
  free(sets.states);
  free(sets.slots);
  free(sets.moves);
  if (stopped > 0) tree->states = 0;
  return stopped < 0 ? -1 : 0;
}

void nc_tree_free(nc_tree *tree) {
  free(tree->first);
  free(tree->arc_first);
  free(tree->arcs);
  free(tree->rule_first);
  free(tree->rules);
}
