/* Units that are made of several wordings: mirrors rules/tiling.py. */
#include "nc_rules_parts.h"

enum { LONGEST_TILED = 80 };

/* What the parts say together. */
typedef struct {
  int32_t count, total, certain, likely, best_strength, best_size;
  nc_rule best;
} parts;

static void add_part(const nc_rules_run *run, parts *of, nc_rule rule, int32_t size) {
  int32_t strength = run->index->packs[rule.pack]->strengths[rule.head];
  if (!of->count || strength > of->best_strength || (strength == of->best_strength && size > of->best_size)) {
    of->best = rule;
    of->best_strength = strength;
    of->best_size = size;
  }
  of->count++;
  of->total += size;
  if (strength == NC_CERTAIN) of->certain += size;
  if (strength != NC_HINT) of->likely = 1;
}

int nc_tile(nc_rules_run *run, const nc_unit *unit, int ends_sentence, nc_rule *rule, int32_t *strength) {
  int32_t count = unit->count;
  if (count < 2 || count > LONGEST_TILED) return 0;
  parts of = {0};
  for (int32_t at = 0; at < count;) {
    int number = unit->tokens[at].number;
    if (number && at + 1 < count && of.count) {
      at++;
      continue;
    }
    nc_rule found;
    int32_t end = nc_longest(run, unit, at, &found);
    if (end < 0) {
      if (!number) return 0;
      at++;
      continue;
    }
    add_part(run, &of, found, unit->tokens[end - 1].end - unit->tokens[at].start);
    at = end;
  }
  if (!of.count || (of.count == 1 && count > 3)) return 0;
  *strength = NC_HINT;
  if (of.certain >= 0.4 * of.total) *strength = NC_CERTAIN;
  else if (of.likely || (of.count >= 3 && !ends_sentence)) *strength = NC_LIKELY;
  *rule = of.best;
  return 1;
}
