/* Boosted trees made ready to be asked of many rows at once: what forest.c and trees.c share. */
#ifndef NC_TREES_H
#define NC_TREES_H

#include "nc.h"

enum { NC_LEAVES = 32, NC_TREE_COLUMNS = 256 };

struct nc_trees {
  int32_t trees, nodes;
  int32_t begin[NC_TREE_COLUMNS + 1]; /* the nodes of column c, by rising threshold */
  float *threshold;           /* of each node */
  uint32_t *left, *right;     /* the leaves on each side of it */
  uint16_t *tree;             /* and the tree it is of */
  uint32_t *leaves;           /* all leaves of each tree */
  float (*value)[NC_LEAVES];     /* of each tree's leaves, from left to right */
};

#endif
