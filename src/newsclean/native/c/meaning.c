/* How near a block is to its text in meaning: mirrors cohesion.Fabric._meaning_columns. */
#include <string.h>

#include "offtopic.h"
#include "processor.h"

enum { LANES = 8 }; /* in which numpy adds up 64 doubles */

NC_INLINED double dot(const double *restrict one, const double *restrict other) {
  double part[LANES];
  for (int lane = 0; lane < LANES; lane++) part[lane] = one[lane] * other[lane];
  for (int k = LANES; k < NC_MEANT; k += LANES)
    for (int lane = 0; lane < LANES; lane++) part[lane] += one[k + lane] * other[k + lane];
  return ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
}

NC_INLINED double length(const double *vector) {
  double found = __builtin_sqrt(dot(vector, vector));
  return found > 1e-6 ? found : 1e-6;
}

NC_INLINED void between(const double *restrict from, const double *restrict to, double *restrict made) {
  for (int k = 0; k < NC_MEANT; k++) made[k] = to[k] - from[k];
}

/* The figures of a block; of single units the first is the last and the block itself. */
NC_INLINED void tell(const nc_section *section, int32_t start, int32_t end, int single, float *figures, size_t stride) {
  const double *sums = section->sums;
  const int32_t low = start > NC_NEAR ? start - NC_NEAR : 0;
  const int32_t high = end + NC_NEAR < section->units ? end + NC_NEAR : section->units;
  double block[NC_MEANT], rest[NC_MEANT], before[NC_MEANT], after[NC_MEANT];
#define SUM(at) (sums + (size_t)(at) * NC_MEANT)
  between(SUM(start), SUM(end), block);
  between(block, SUM(section->units), rest);
  between(SUM(low), SUM(start), before);
  between(SUM(end), SUM(high), after);
  const double own = length(block), length_before = length(before), length_after = length(after);
  const float near_before = (float)(dot(block, before) / (own * length_before));
  const float near_after = (float)(dot(block, after) / (own * length_after));
  const float closes = (float)(dot(before, after) / (length_before * length_after));
  figures[NC_M_ALL * stride] = (float)(dot(block, rest) / (own * length(rest)));
  figures[NC_M_BEFORE * stride] = near_before;
  figures[NC_M_AFTER * stride] = near_after;
  figures[NC_M_CLOSES * stride] = closes;
  figures[NC_M_GAIN * stride] = closes - (near_before + near_after) / 2;
  if (single) {
    figures[NC_M_FIRST * stride] = near_before;
    figures[NC_M_LAST * stride] = near_after;
    return;
  }
  double first[NC_MEANT], last[NC_MEANT];
  between(SUM(start), SUM(start + 1), first);
  between(SUM(end - 1), SUM(end), last);
#undef SUM
  figures[NC_M_FIRST * stride] = (float)(dot(first, before) / (length(first) * length_before));
  figures[NC_M_LAST * stride] = (float)(dot(last, after) / (length(last) * length_after));
}

NC_INLINED void all_units(const nc_section *section) {
  for (int32_t unit = 0; unit < section->units; unit++)
    tell(section, unit, unit + 1, 1, nc_column(section, NC_U_MEANT_ALL) + unit, section->stride);
}
NC_BEST(void, run_all_units, (const nc_section *section), (section), all_units)

void nc_unit_meanings(nc_section *section) { run_all_units(section); }

void nc_block_meanings(const nc_section *section, const nc_span *blocks, int32_t n, float *figures, size_t stride) {
  for (int32_t at = 0; at < n; at++) tell(section, blocks[at].start, blocks[at].end, 0, figures + at, stride);
}
