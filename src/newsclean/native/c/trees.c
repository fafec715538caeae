/* Boosted trees made ready: the nodes of all trees by column and threshold, with the leaves on each side of them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "nc_trees.h"

enum { LEAVES = NC_LEAVES, COLUMNS = NC_TREE_COLUMNS };

static int is_leaf(const nc_forest *forest, int32_t node) { return forest->left[node] == node; }

static uint32_t bit_of(int32_t leaf) { return 0x80000000u >> leaf; }

typedef struct { int32_t node, column, tree; float threshold; uint32_t left, right; } asked;
typedef struct { int32_t node, stage, at; uint32_t left, right; } step;

/* Walks a tree: its leaves' values, its nodes with the leaves on both sides. Returns how many nodes, -1 if too many. */
static int32_t read_tree(const nc_forest *forest, int32_t tree, asked *nodes, float *value, uint32_t *leaves) {
  step way[LEAVES + 1];
  int32_t deep = 0, found = 0, leaf = 0;
  uint32_t below = 0; /* the leaves of the part walked last */
  way[0] = (step){forest->root[tree], 0, 0, 0, 0};
  while (deep >= 0) {
    step *now = &way[deep];
    int32_t next = -1;
    if (now->node < 0 || now->node >= forest->nodes) return -1;
    if (now->stage == 0 && is_leaf(forest, now->node)) {
      if (leaf == LEAVES) return -1;
      value[leaf] = forest->value[now->node];
      below = bit_of(leaf++);
    } else if (now->stage == 0) {
      if (found == LEAVES - 1) return -1;
      now->at = found++;
      next = forest->left[now->node];
    } else if (now->stage == 1) {
      now->left = below;
      next = forest->right[now->node];
    } else {
      now->right = below;
      below = now->left | now->right;
      nodes[now->at] = (asked){now->node, forest->feature[now->node],  tree, forest->threshold[now->node],
                               now->left, now->right};
    }
    now->stage++;
    if (next < 0) {
      deep--;
    } else {
      if (deep == LEAVES) return -1;
      way[++deep] = (step){next, 0, 0, 0, 0};
    }
  }
  *leaves = below;
  return found;
}

static int by_column(const void *one, const void *two) {
  const asked *a = one, *b = two;
  if (a->column != b->column) return a->column < b->column ? -1 : 1;
  if (a->threshold != b->threshold) return a->threshold < b->threshold ? -1 : 1;
  return (a->node > b->node) - (a->node < b->node);
}

static int set_nodes(nc_trees *trees, const asked *nodes, int32_t count) {
  int32_t column = 0;
  for (int32_t at = 0; at < count; at++) {
    if (isnan(nodes[at].threshold)) return 0; /* sorts nowhere */
    while (column <= nodes[at].column) trees->begin[column++] = at;
    trees->threshold[at] = nodes[at].threshold;
    trees->left[at] = nodes[at].left;
    trees->right[at] = nodes[at].right;
    trees->tree[at] = (uint16_t)nodes[at].tree;
  }
  while (column <= COLUMNS) trees->begin[column++] = count;
  trees->nodes = count;
  return 1;
}

nc_trees *nc_trees_new(const nc_forest *forest) {
  const size_t trees = forest->trees > 0 ? (size_t)forest->trees : 1, most = trees * (LEAVES - 1);
  if (forest->trees > UINT16_MAX) return NULL;
  nc_trees *made = calloc(1, sizeof(nc_trees));
  asked *nodes = malloc(sizeof(asked) * most);
  if (made == NULL || nodes == NULL) goto failed;
  made->trees = forest->trees;
  made->threshold = malloc(sizeof(float) * most);
  made->left = malloc(sizeof(uint32_t) * most);
  made->right = malloc(sizeof(uint32_t) * most);
  made->tree = malloc(sizeof(uint16_t) * most);
  made->leaves = calloc(trees, sizeof(uint32_t));
  made->value = calloc(trees, sizeof(*made->value));
  if (!made->threshold || !made->left || !made->right || !made->tree || !made->leaves || !made->value) goto failed;
  int32_t count = 0;
  for (int32_t tree = 0; tree < forest->trees; tree++) {
    int32_t found = read_tree(forest, tree, nodes + count, made->value[tree], &made->leaves[tree]);
    if (found < 0) goto failed;
    count += found;
  }
  qsort(nodes, (size_t)count, sizeof(asked), by_column);
  if (!set_nodes(made, nodes, count)) goto failed;
  free(nodes);
  return made;
failed:
  free(nodes);
  nc_trees_free(made);
  return NULL;
}

void nc_trees_free(nc_trees *trees) {
  if (trees == NULL) return;
  free(trees->threshold);
  free(trees->left);
  free(trees->right);
  free(trees->tree);
  free(trees->leaves);
  free(trees->value);
  free(trees);
}
