/* Running expressions on units. */
#include <stdlib.h>

#include "nc_program.h"

enum { GLANCE = 6, GLANCE_BACK = 16 }; /* characters that are looked at from the start and the end before the rest */

void nc_pattern_free(nc_pattern *pattern) {
  nc_program_free(atomic_load(&pattern->ahead));
  nc_program_free(atomic_load(&pattern->back));
  nc_program_free(atomic_load(&pattern->exact));
}

/* ---- what matches begin and end with ---- */

typedef struct { uint64_t ascii[2], other; } ends;

static void note_set(const nc_program *of, int32_t set, ends *to) {
  const nc_set *is = &of->parsed.sets[set];
  for (int32_t at = is->first; at < is->first + is->count; at++) {
    nc_range range = of->parsed.ranges[at];
    if (range.last > 127) to->other = 1;
    for (uint32_t c = range.first; c <= range.last && c < 128; c++) to->ascii[c >> 6] |= (uint64_t)1 << (c & 63);
  }
}

static int note_ends(nc_pattern *pattern, nc_program *of) {
  const nc_step *steps = of->parsed.steps;
  uint8_t *may_end = calloc((size_t)of->parsed.n_steps + 1, 1);
  ends firsts = {{0}, 0}, lasts = {{0}, 0};
  if (may_end == NULL) return -1;
  nc_reach_all(of);
  for (int32_t at = 0; at < of->one.count; at++)
    if (steps[of->one.list[at]].what == NC_DO_SET) note_set(of, steps[of->one.list[at]].y, &firsts);
  for (int32_t at = 0; at < of->parsed.n_steps; at++) { /* what comes behind a step stands before it, but in loops */
    nc_step is = steps[at];
    if (is.what == NC_DO_MATCH) may_end[at] = 1;
    if (is.what == NC_DO_ASSERT) may_end[at] = may_end[is.x];
    if (is.what == NC_DO_SPLIT) may_end[at] = may_end[is.x] | may_end[is.y];
  }
  for (int32_t at = 0; at < of->parsed.n_steps; at++)
    if (steps[at].what == NC_DO_SET && may_end[steps[at].x]) note_set(of, steps[at].y, &lasts);
  free(may_end);
  uint64_t made[NC_GLANCE_WORDS] = {firsts.ascii[0], firsts.ascii[1], lasts.ascii[0], lasts.ascii[1]};
  made[NC_GLANCE_REST] = (uint64_t)of->parsed.least | (uint64_t)of->parsed.most << 16 |
                         firsts.other << NC_OTHER_FIRST | lasts.other << NC_OTHER_LAST |
                         (uint64_t)pattern->folded << NC_SEES_FOLDED;
  for (int word = 0; word < NC_GLANCE_WORDS; word++)
    atomic_store_explicit(&pattern->glance->words[word], made[word], memory_order_relaxed);
  return 0;
}

/* ---- running ---- */

static void locked(nc_machines *machines) {
  while (atomic_flag_test_and_set_explicit(&machines->lock, memory_order_acquire)) {
  }
}

static nc_program *program_of(nc_pattern *pattern, nc_machines *machines, int how) {
  _Atomic(nc_program *) *place = how == NC_EASED ? &pattern->ahead : how ? &pattern->back : &pattern->exact;
  nc_program *of = atomic_load_explicit(place, memory_order_acquire);
  if (of != NULL) return of;
  locked(machines);
  of = atomic_load_explicit(place, memory_order_relaxed);
  if (of == NULL) {
    of = nc_program_new(pattern, machines->most_states, how);
    if (of != NULL && of->parsed.readable && how == NC_EASED && note_ends(pattern, of)) {
      nc_program_free(of);
      of = NULL;
    }
    atomic_store_explicit(place, of, memory_order_release);
  }
  atomic_flag_clear_explicit(&machines->lock, memory_order_release);
  return of;
}

static uint16_t made_state(nc_program *of, uint16_t from, int32_t class, nc_machines *machines) {
  locked(machines);
  nc_rows *in = atomic_load_explicit(&of->table, memory_order_relaxed);
  uint16_t to = atomic_load_explicit(&in->rows[from + class], memory_order_relaxed);
  if (to == NC_UNMADE && (to = nc_next_state(of, from, class)) != NC_UNMADE) {
    in = atomic_load_explicit(&of->table, memory_order_relaxed);
    atomic_store_explicit(&in->rows[from + class], to, memory_order_release);
  }
  atomic_flag_clear_explicit(&machines->lock, memory_order_release);
  return to;
}

/* From a state over characters, each `step` behind the one before; NC_UNMADE if there are too many states. */
static inline uint16_t run(nc_program *of, uint16_t is, nc_machines *machines, const uint32_t *text, const uint32_t *end,
                           int step) {
  const nc_rows *in = atomic_load_explicit(&of->table, memory_order_acquire);
  for (; text != end && is >= NC_FIRST_STATE; text += step) {
    int32_t class = nc_class_of(of, *text);
    uint16_t to = atomic_load_explicit(&in->rows[is + class], memory_order_acquire);
    if (to == NC_UNMADE) {
      if ((to = made_state(of, is, class, machines)) == NC_UNMADE) return NC_UNMADE;
      in = atomic_load_explicit(&of->table, memory_order_acquire);
    }
    is = to;
  }
  return is;
}

static uint16_t run_ahead(nc_program *of, uint16_t is, nc_machines *machines, const uint32_t *text, int32_t size) {
  return run(of, is, machines, text, text + size, 1);
}

static uint16_t run_back(nc_program *of, nc_machines *machines, const uint32_t *end, int32_t size) {
  return run(of, of->start, machines, end - 1, end - 1 - size, -1);
}

static int accepts(const nc_program *of, uint16_t is) {
  if (is < NC_FIRST_STATE) return is == NC_FOUND;
  const nc_rows *in = atomic_load_explicit(&of->table, memory_order_acquire);
  return atomic_load_explicit(&in->rows[is + of->n_classes], memory_order_relaxed);
}

int nc_pattern_whole(nc_pattern *pattern, nc_machines *machines, const uint32_t *text, int32_t size) {
  nc_program *of = program_of(pattern, machines, NC_EASED);
  if (of == NULL || !of->parsed.readable) return 2;
  if (!nc_may_match(pattern->glance, text[0], text[size - 1], size)) return 0; /* it had not been read before */
  int32_t glance = size > GLANCE + GLANCE_BACK ? GLANCE : size;
  uint16_t is = run_ahead(of, of->start, machines, text, glance);
  if (is == NC_DEAD) return 0;
  if (is != NC_UNMADE && glance < size) {
    nc_program *back = program_of(pattern, machines, NC_EASED | NC_BACKWARDS);
    if (back == NULL) return 2;
    if (run_back(back, machines, text + size, GLANCE_BACK) == NC_DEAD) return 0;
    is = run_ahead(of, is, machines, text + glance, size - glance);
  }
  if (is == NC_UNMADE) return 2;
  if (!accepts(of, is)) return 0;
  if (!of->parsed.exact) return 2;
  if (!of->parsed.eased) return 1;
  nc_program *exact = program_of(pattern, machines, 0);
  is = exact != NULL && exact->parsed.readable ? run_ahead(exact, exact->start, machines, text, size) : NC_UNMADE;
  return is == NC_UNMADE ? 2 : accepts(exact, is);
}

int nc_pattern_inside(nc_pattern *pattern, nc_machines *machines, const uint32_t *text, int32_t size) {
  nc_program *of = program_of(pattern, machines, NC_EASED);
  if (of == NULL || !of->parsed.readable) return 2;
  uint16_t is = run_ahead(of, of->start, machines, text, size);
  return is == NC_UNMADE || accepts(of, is) ? 2 : 0;
}
