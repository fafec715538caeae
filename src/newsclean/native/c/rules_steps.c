/* The steps of an expression that has been read. */
#include <stdlib.h>

#include "nc_reader.h"

enum { MOST_STEPS = 30000 };
enum { LONG = 24, KEPT = 4 };     /* steps of a repetition whose bounds may be left out, and what is left of the lower */

static int32_t new_step(nc_reader *in, int32_t what, int32_t x, int32_t y) {
  nc_parsed *made = in->made;
  if (made->n_steps >= MOST_STEPS) in->failed = 1;
  if (in->failed) return 0;
  if (nc_grow((void **)&made->steps, sizeof(nc_step), &in->step_room, made->n_steps + 1)) {
    in->failed = in->broken = 1;
    return 0;
  }
  made->steps[made->n_steps] = (nc_step){what, x, y};
  return made->n_steps++;
}

static int32_t turned(int32_t held) {
  return held == NC_AT_BEGIN ? NC_AT_END : held == NC_AT_END ? NC_AT_BEGIN : held;
}

/* The children of sequences the other way round. */
static void turn_sequences(nc_reader *in) {
  for (int32_t at = 0; at < in->n_nodes; at++) {
    if (in->nodes[at].kind != NC_CAT) continue;
    int32_t item = in->nodes[at].a, before = -1;
    while (item >= 0) {
      int32_t next = in->nodes[item].next;
      in->nodes[item].next = before;
      before = item;
      item = next;
    }
    in->nodes[at].a = before;
  }
}

typedef struct { int64_t least, most; } sizes;

/* How many characters a node stands for. */
static sizes sizes_of(const nc_reader *in, int32_t at) {
  nc_node is = in->nodes[at];
  sizes made = {is.kind == NC_SET, is.kind == NC_SET};
  if (is.kind == NC_CAT) {
    for (int32_t item = is.a; item >= 0; item = in->nodes[item].next) {
      sizes one = sizes_of(in, item);
      made.least += one.least;
      made.most += one.most;
    }
  } else if (is.kind == NC_ALT) {
    made = sizes_of(in, is.a);
    for (int32_t item = in->nodes[is.a].next; item >= 0; item = in->nodes[item].next) {
      sizes one = sizes_of(in, item);
      if (one.least < made.least) made.least = one.least;
      if (one.most > made.most) made.most = one.most;
    }
  } else if (is.kind == NC_REPEAT) {
    sizes one = sizes_of(in, is.a);
    made.least = one.least * is.least;
    made.most = is.most < 0 ? NC_ANY_SIZE : one.most * is.most;
  }
  if (made.least > NC_ANY_SIZE) made.least = NC_ANY_SIZE;
  if (made.most > NC_ANY_SIZE) made.most = NC_ANY_SIZE;
  return made;
}

/* About how many steps a node takes. */
static int64_t weight_of(const nc_reader *in, int32_t at) {
  nc_node is = in->nodes[at];
  int64_t sum = 1;
  if (is.kind == NC_REPEAT) {
    int32_t times = is.most > is.least ? is.most : is.least;
    sum = weight_of(in, is.a) * (times > 1 ? times : 1);
  } else if (is.kind == NC_CAT || is.kind == NC_ALT) {
    for (int32_t item = is.a; item >= 0 && sum < LONG * LONG; item = in->nodes[item].next) sum += weight_of(in, item);
  }
  return sum < LONG * LONG ? sum : LONG * LONG;
}

/* The first step of a node behind which it goes on at `next`. */
static int32_t steps_of(nc_reader *in, int32_t at, int32_t next) {
  if (in->failed) return next;
  nc_node is = in->nodes[at];
  if (is.kind == NC_SET) return new_step(in, NC_DO_SET, next, is.a);
  if (is.kind == NC_ASSERT) return new_step(in, NC_DO_ASSERT, next, in->how & NC_BACKWARDS ? turned(is.a) : is.a);
  if (is.kind == NC_CAT) {
    for (int32_t item = is.a; item >= 0; item = in->nodes[item].next) next = steps_of(in, item, next);
    return next;
  }
  if (is.kind == NC_ALT) {
    int32_t made = steps_of(in, is.a, next);
    for (int32_t item = in->nodes[is.a].next; item >= 0; item = in->nodes[item].next)
      made = new_step(in, NC_DO_SPLIT, made, steps_of(in, item, next));
    return made;
  }
  if (is.kind == NC_REPEAT) {
    int32_t from = next;
    if (in->how & NC_EASED && (is.most > 1 || is.least > 1) && weight_of(in, at) > LONG) {
      in->made->eased = 1;
      is.most = -1;
      if (is.least > KEPT) is.least = KEPT;
    }
    if (is.most < 0) {
      from = new_step(in, NC_DO_SPLIT, next, next);
      int32_t body = steps_of(in, is.a, from);
      if (!in->failed) in->made->steps[from].x = body;
    }
    for (int32_t more = is.least; more < is.most && !in->failed; more++)
      from = new_step(in, NC_DO_SPLIT, steps_of(in, is.a, from), next);
    for (int32_t more = 0; more < is.least && !in->failed; more++) from = steps_of(in, is.a, from);
    return from;
  }
  return next;
}

/* Whether every match begins (ends) where `kind` holds. */
static int is_bound(const nc_reader *in, int32_t at, int32_t kind) {
  nc_node is = in->nodes[at];
  if (is.kind == NC_ASSERT) return is.a == kind;
  if (is.kind == NC_ALT) {
    for (int32_t item = is.a; item >= 0; item = in->nodes[item].next)
      if (!is_bound(in, item, kind)) return 0;
    return 1;
  }
  if (is.kind != NC_CAT || is.a < 0) return 0;
  int32_t item = is.a, next; /* children stand last first */
  if (kind == NC_AT_BEGIN)
    while ((next = in->nodes[item].next) >= 0 && in->nodes[next].kind != NC_EMPTY) item = next;
  return is_bound(in, item, kind);
}

int nc_parse(const uint32_t *text, int32_t size, int how, nc_parsed *made) {
  nc_reader in = {.text = text, .size = size, .how = how, .made = made};
  memset(made, 0, sizeof(*made));
  int32_t all = nc_read_expression(&in);
  made->exact = !in.failed && !in.loose && is_bound(&in, all, NC_AT_BEGIN) && is_bound(&in, all, NC_AT_END);
  if (!in.failed) {
    sizes size_of_match = sizes_of(&in, all);
    made->least = (int32_t)size_of_match.least;
    made->most = (int32_t)size_of_match.most;
    if (how & NC_BACKWARDS) turn_sequences(&in);
    int32_t match = new_step(&in, NC_DO_MATCH, 0, 0);
    made->start = steps_of(&in, all, match);
  }
  made->readable = !in.failed;
  free(in.nodes);
  if (made->readable) return 0;
  nc_parsed_free(made);
  return in.broken ? -1 : 0;
}

void nc_parsed_free(nc_parsed *made) {
  free(made->steps);
  free(made->ranges);
  free(made->sets);
  memset(made, 0, sizeof(*made));
}
