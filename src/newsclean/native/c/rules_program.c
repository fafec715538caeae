/* Running expressions: a deterministic machine, made step by step as texts need it and shared by all threads.
 *
 * States are only ever added, under the pack's lock, and shown to other threads when they are whole; once there are
 * too many, RE2 is asked. Units are read from both ends at first, as few look like a match at either.
 */
#include <stdlib.h>

#include "nc_program.h"

enum { MOST_STATES = 1000, MOST_ENTRIES = 1 << 16, FIRST_ROOM = 8 };

static int new_step_set(nc_step_set *set, int32_t steps) {
  set->list = malloc(sizeof(int32_t) * (size_t)(steps + 1));
  set->stack = malloc(sizeof(int32_t) * ((size_t)steps * 2 + 2));
  set->marks = calloc((size_t)steps + 1, sizeof(uint32_t));
  set->mark = 0;
  return set->list == NULL || set->stack == NULL || set->marks == NULL ? -1 : 0;
}

static void emptied(nc_step_set *set, int32_t steps) {
  set->count = 0;
  if (++set->mark == 0) {
    memset(set->marks, 0, sizeof(uint32_t) * (size_t)(steps + 1));
    set->mark = 1;
  }
}

/* Adds what is reached from a step without a character where the assertions `held` hold; those that may yet hold
 * (not ^) stay in the set. */
static void reach(const nc_program *of, nc_step_set *set, int32_t from, int32_t held) {
  const nc_step *steps = of->parsed.steps;
  int32_t waiting = 0;
  set->stack[waiting++] = from;
  while (waiting) {
    int32_t at = set->stack[--waiting];
    if (set->marks[at] == set->mark) continue;
    set->marks[at] = set->mark;
    nc_step is = steps[at];
    if (is.what == NC_DO_SPLIT) {
      set->stack[waiting++] = is.x;
      set->stack[waiting++] = is.y;
    } else if (is.what == NC_DO_ASSERT && (is.y & held)) {
      set->stack[waiting++] = is.x;
    } else if (is.what != NC_DO_ASSERT || is.y != NC_AT_BEGIN) {
      set->list[set->count++] = at;
    }
  }
}

/* The steps of a set, and those behind its assertions if they hold; whether a match is among them. */
static int behind(const nc_program *of, const int32_t *list, int32_t count, int32_t held, nc_step_set *made) {
  emptied(made, of->parsed.n_steps);
  int matches = 0;
  for (int32_t at = 0; at < count; at++) {
    nc_step is = of->parsed.steps[list[at]];
    if (is.what == NC_DO_ASSERT && (is.y & held)) reach(of, made, is.x, held);
    else reach(of, made, list[at], 0);
  }
  for (int32_t at = 0; at < made->count; at++) matches |= of->parsed.steps[made->list[at]].what == NC_DO_MATCH;
  return matches;
}

static int has_match(const nc_program *of, const nc_step_set *set) {
  for (int32_t at = 0; at < set->count; at++)
    if (of->parsed.steps[set->list[at]].what == NC_DO_MATCH) return 1;
  return 0;
}

/* The set behind a character of `class`; 1 if a match was found on the way. */
static int advance(const nc_program *of, const int32_t *list, int32_t count, int after_word, int32_t class,
                   nc_step_set *middle, nc_step_set *made) {
  if (of->at_words) {
    int held = after_word != of->word_classes[class] ? NC_AT_WORD : NC_NOT_AT_WORD;
    int matches = behind(of, list, count, held, middle);
    if (matches && of->inside) return 1;
    list = middle->list;
    count = middle->count;
  }
  emptied(made, of->parsed.n_steps);
  for (int32_t at = 0; at < count; at++) {
    nc_step is = of->parsed.steps[list[at]];
    if (is.what == NC_DO_SET && of->set_bits[is.y * of->set_words + class / 64] >> (class & 63) & 1)
      reach(of, made, is.x, 0);
  }
  if (!of->inside) return 0;
  reach(of, made, of->parsed.start, 0);
  return has_match(of, made);
}

static int ends_here(const nc_program *of, const int32_t *list, int32_t count, int after_word, nc_step_set *scratch) {
  return behind(of, list, count, NC_AT_END | (after_word ? NC_AT_WORD : NC_NOT_AT_WORD), scratch);
}

/* ---- states ---- */

static int by_number(const void *one, const void *two) { return *(const int32_t *)one - *(const int32_t *)two; }

static void sort_steps(int32_t *list, int32_t count) {
  if (count > 24) {
    qsort(list, (size_t)count, sizeof(int32_t), by_number);
    return;
  }
  for (int32_t at = 1; at < count; at++) {
    int32_t moved = list[at], to = at;
    for (; to > 0 && list[to - 1] > moved; to--) list[to] = list[to - 1];
    list[to] = moved;
  }
}

static int grown(void **piece, size_t size, int32_t *room, int32_t wanted) {
  if (wanted <= *room) return 0;
  int32_t made = wanted * 2;
  void *bigger = realloc(*piece, size * (size_t)made);
  if (bigger == NULL) return -1;
  *piece = bigger;
  *room = made;
  return 0;
}

/* The table with room for one more state; NULL if there are too many, or no memory. */
static nc_rows *roomy_table(nc_program *of) {
  nc_rows *now = atomic_load_explicit(&of->table, memory_order_relaxed);
  if (of->n_states >= of->most_states || (of->n_states + 1) * of->row > MOST_ENTRIES) return NULL;
  if (now != NULL && of->n_states < now->room) return now;
  int32_t room = now == NULL ? FIRST_ROOM : now->room * 2;
  size_t entries = (size_t)room * (size_t)of->row;
  nc_rows *made = malloc(sizeof(nc_rows) + sizeof(nc_entry) * entries);
  if (made == NULL) return NULL;
  size_t known = now == NULL ? 0 : (size_t)now->room * (size_t)of->row;
  for (size_t at = 0; at < entries; at++)
    atomic_init(&made->rows[at], at < known ? atomic_load_explicit(&now->rows[at], memory_order_relaxed) : NC_UNMADE);
  made->before = now;
  made->room = room;
  atomic_store_explicit(&of->table, made, memory_order_release);
  return made;
}

/* The state of a set of steps; NC_UNMADE if there are too many or no memory. */
static uint16_t state_of(nc_program *of, nc_step_set *set, int after_word) {
  if (set->count == 0) return NC_DEAD;
  sort_steps(set->list, set->count);
  uint32_t hash = (uint32_t)after_word;
  size_t bytes = sizeof(int32_t) * (size_t)set->count;
  for (int32_t at = 0; at < set->count; at++) hash = (hash ^ (uint32_t)set->list[at]) * 0x9E3779B1u + (hash >> 15);
  int32_t *slot = &of->slots[hash & 255];
  for (int32_t at = *slot; at > 0; at = of->states[at].chained) {
    const nc_state *is = &of->states[at];
    if (is->hash == hash && is->count == set->count && is->after_word == after_word &&
        memcmp(of->held + is->first, set->list, bytes) == 0)
      return (uint16_t)(at * of->row);
  }
  nc_rows *in = roomy_table(of);
  if (in == NULL || grown((void **)&of->states, sizeof(nc_state), &of->states_room, of->n_states + 1)) return NC_UNMADE;
  if (grown((void **)&of->held, sizeof(int32_t), &of->held_room, of->n_held + set->count)) return NC_UNMADE;
  int32_t made = of->n_states++;
  of->states[made] = (nc_state){of->n_held, set->count, *slot, hash, (uint8_t)after_word};
  memcpy(of->held + of->n_held, set->list, bytes);
  of->n_held += set->count;
  *slot = made;
  int accepts = ends_here(of, set->list, set->count, after_word, &of->two);
  atomic_store_explicit(&in->rows[made * of->row + of->n_classes], (uint16_t)accepts, memory_order_relaxed);
  return (uint16_t)(made * of->row);
}

uint16_t nc_next_state(nc_program *of, uint16_t from, int32_t class) {
  const nc_state *is = &of->states[from / of->row];
  if (advance(of, of->held + is->first, is->count, is->after_word, class, &of->two, &of->one)) return NC_FOUND;
  return state_of(of, &of->one, of->word_classes[class]);
}

void nc_program_free(nc_program *of) {
  if (of == NULL) return;
  for (nc_rows *at = atomic_load(&of->table), *before; at != NULL; at = before) {
    before = at->before;
    free(at);
  }
  nc_parsed_free(&of->parsed);
  free(of->bounds);
  free(of->bound_classes);
  free(of->set_bits);
  free(of->word_classes);
  free(of->states);
  free(of->held);
  nc_step_set *sets[] = {&of->one, &of->two};
  for (int set = 0; set < 2; set++) {
    free(sets[set]->list);
    free(sets[set]->stack);
    free(sets[set]->marks);
  }
  free(of);
}

static int ready(nc_program *of) {
  for (int32_t at = 0; at < of->parsed.n_steps; at++)
    if (of->parsed.steps[at].what == NC_DO_ASSERT && of->parsed.steps[at].y & (NC_AT_WORD | NC_NOT_AT_WORD)) of->at_words = 1;
  if (nc_find_classes(of)) return -1;
  if (new_step_set(&of->one, of->parsed.n_steps) || new_step_set(&of->two, of->parsed.n_steps)) return -1;
  of->n_states = 1;
  of->row = of->n_classes + 1 < NC_FIRST_STATE ? NC_FIRST_STATE : of->n_classes + 1;
  emptied(&of->one, of->parsed.n_steps);
  reach(of, &of->one, of->parsed.start, NC_AT_BEGIN);
  of->start = of->inside && has_match(of, &of->one) ? NC_FOUND : state_of(of, &of->one, 0);
  return of->start == NC_UNMADE ? -1 : 0;
}

nc_program *nc_program_new(const nc_pattern *pattern, int32_t most_states, int how) {
  nc_program *made = calloc(1, sizeof(nc_program));
  if (made == NULL) return NULL;
  made->inside = pattern->inside;
  made->most_states = most_states ? most_states : MOST_STATES;
  if (nc_parse(pattern->text, pattern->size, how, &made->parsed)) {
    free(made);
    return NULL;
  }
  if (made->parsed.readable && ready(made)) {
    nc_program_free(made);
    return NULL;
  }
  return made;
}

void nc_reach_all(nc_program *of) {
  emptied(&of->one, of->parsed.n_steps);
  reach(of, &of->one, of->parsed.start, NC_AT_BEGIN | NC_AT_END | NC_AT_WORD | NC_NOT_AT_WORD);
}
