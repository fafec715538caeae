/* An expression while it is read (rules_expression.c) and turned into steps (rules_steps.c). */
#ifndef NC_READER_H
#define NC_READER_H

#include "nc_expression.h"

enum { NC_EMPTY, NC_SET, NC_CAT, NC_ALT, NC_REPEAT, NC_ASSERT };

typedef struct {
  int32_t kind, a, next;         /* `a`: set, first child, kind of assertion; children of CAT stand last first */
  int32_t least, most;
} nc_node;

typedef struct {
  const uint32_t *text;
  int32_t size, at, depth;
  int blind, dots_all;           /* flags i and s */
  int how;                       /* NC_BACKWARDS, NC_EASED */
  int failed, broken, loose;     /* not readable; no memory; properties were met */
  nc_node *nodes;
  int32_t n_nodes, node_room;
  nc_parsed *made;
  int32_t range_room, set_room, step_room;
} nc_reader;

/* The node of all the expression; `failed` tells whether it could be read. */
int32_t nc_read_expression(nc_reader *);
int nc_grow(void **piece, size_t size, int32_t *room, int32_t wanted);

#endif
