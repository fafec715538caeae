/* Which characters an expression does not tell apart. */
#include <stdlib.h>

#include "nc_program.h"

static inline int is_word(uint32_t c) { return c - '0' < 10u || (c | 32) - 'a' < 26u || c == '_'; }

static int by_value(const void *one, const void *two) {
  uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)two;
  return (a > b) - (a < b);
}

static int find_bounds(nc_program *made) {
  static const uint32_t WORDS[] = {0, '0', '9' + 1, 'A', 'Z' + 1, '_', '_' + 1, 'a', 'z' + 1};
  enum { N_WORDS = sizeof(WORDS) / sizeof(WORDS[0]) };
  const nc_parsed *of = &made->parsed;
  made->bounds = malloc(sizeof(uint32_t) * ((size_t)of->n_ranges * 2 + N_WORDS));
  if (made->bounds == NULL) return -1;
  int32_t count = 0, kept = 0;
  for (int32_t at = 0; at < (made->at_words ? N_WORDS : 1); at++) made->bounds[count++] = WORDS[at];
  for (int32_t at = 0; at < of->n_ranges; at++) {
    made->bounds[count++] = of->ranges[at].first;
    made->bounds[count++] = of->ranges[at].last + 1;
  }
  qsort(made->bounds, (size_t)count, sizeof(uint32_t), by_value);
  for (int32_t at = 0; at < count; at++)
    if (kept == 0 || made->bounds[kept - 1] != made->bounds[at]) made->bounds[kept++] = made->bounds[at];
  made->n_bounds = kept;
  return 0;
}

/* Parts the classes that hold characters both of ranges and of others. */
static void part(nc_program *made, const nc_range *ranges, int32_t count, uint16_t *turned) {
  for (int32_t at = 0; at < made->n_classes; at++) turned[at] = UINT16_MAX;
  int32_t before = made->n_classes;
  uint16_t *left = turned + made->n_bounds; /* how many stretches of a class are not in the ranges: see below */
  for (int32_t at = 0; at < before; at++) left[at] = 0;
  for (int32_t at = 0; at < made->n_bounds; at++) left[made->bound_classes[at]]++;
  for (int32_t range = 0; range < count; range++)
    for (int32_t at = nc_bound_of(made, ranges[range].first);
         at < made->n_bounds && made->bounds[at] <= ranges[range].last; at++)
      left[made->bound_classes[at]]--;
  for (int32_t range = 0; range < count; range++)
    for (int32_t at = nc_bound_of(made, ranges[range].first);
         at < made->n_bounds && made->bounds[at] <= ranges[range].last; at++) {
      uint16_t is = made->bound_classes[at];
      if (left[is] == 0) continue; /* all of the class is in the ranges */
      if (turned[is] == UINT16_MAX) turned[is] = (uint16_t)made->n_classes++;
      made->bound_classes[at] = turned[is];
    }
}

/* Numbers the classes anew, in the order of their first characters: those of ASCII are small. */
static void number_ascii_first(nc_program *made, uint16_t *turned) {
  uint16_t count = 0;
  for (int32_t at = 0; at < made->n_classes; at++) turned[at] = UINT16_MAX;
  for (int32_t at = 0; at < made->n_bounds; at++) {
    uint16_t *class = &made->bound_classes[at];
    if (turned[*class] == UINT16_MAX) turned[*class] = count++;
    *class = turned[*class];
  }
}

static int part_classes(nc_program *made) {
  const nc_parsed *of = &made->parsed;
  made->bound_classes = calloc((size_t)made->n_bounds + 1, sizeof(uint16_t));
  uint16_t *turned = malloc(sizeof(uint16_t) * ((size_t)made->n_bounds + 1) * 2);
  if (made->bound_classes == NULL || turned == NULL || made->n_bounds >= UINT16_MAX) {
    free(turned);
    return -1;
  }
  made->n_classes = 1;
  static const nc_range WORDS[] = {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
  if (made->at_words) part(made, WORDS, 4, turned);
  for (int32_t set = 0; set < of->n_sets; set++)
    part(made, of->ranges + of->sets[set].first, of->sets[set].count, turned);
  number_ascii_first(made, turned);
  free(turned);
  made->set_words = (made->n_classes + 63) / 64;
  made->set_bits = calloc((size_t)(of->n_sets + 1) * (size_t)made->set_words, sizeof(uint64_t));
  made->word_classes = calloc((size_t)made->n_classes + 1, 1);
  if (made->set_bits == NULL || made->word_classes == NULL) return -1;
  for (int32_t set = 0; set < of->n_sets; set++)
    for (int32_t range = 0; range < of->sets[set].count; range++) {
      nc_range is = of->ranges[of->sets[set].first + range];
      for (int32_t at = nc_bound_of(made, is.first); at < made->n_bounds && made->bounds[at] <= is.last; at++) {
        uint16_t class = made->bound_classes[at];
        made->set_bits[set * made->set_words + class / 64] |= (uint64_t)1 << (class & 63);
      }
    }
  for (uint32_t c = 0; c < 128; c++) {
    made->ascii[c] = (uint8_t)made->bound_classes[nc_bound_of(made, c)];
    if (made->at_words && is_word(c)) made->word_classes[made->ascii[c]] = 1;
  }
  return 0;
}

int nc_find_classes(nc_program *made) { return find_bounds(made) || part_classes(made) ? -1 : 0; }
