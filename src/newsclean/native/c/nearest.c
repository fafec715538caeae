/* For each unit its cosine with the unit nearest in meaning: mirrors cohesion.Fabric.nearest.
 *
 * Cosines are told apart by vectors rounded to 14 bits first, many pairs at once. Of those that may be the greatest of
 * a unit, the cosine is computed as Python does, from vectors rounded to 26 bits: their products add up without any
 * error, so that no order tells.
 */
#include <string.h>

#include "offtopic.h"
#include "processor.h"

/* Two roundings, of 1 / 2 ** 15 each, of 64 parts of vectors of length 1 move a cosine by less than 2 * 8 / 2 ** 15; DOUBT
 * is twice that and the bit that is shifted out, in parts of 1 / ROUGH. */
enum { ROUGH = 1 << 14, SHIFT = 14, DOUBT = 20, ROWS = 4, PADDED = 32, PAIRS = NC_MEANT / 2, LANES = 8, APART = 2 };
#define FINE 67108864.0 /* cohesion._MEANT */

typedef struct {
  const float *vectors;
  double *fine;           /* the vectors rounded to whole numbers, in parts of 1 / FINE */
  int32_t units, stride;  /* stride: units padded to a multiple of PADDED */
  int16_t *rough;         /* rough[k][unit][2]: parts 2k and 2k + 1 of the rounded vector of a unit */
  int16_t *cosines;       /* cosines[unit][other], from `unit + APART` on */
  int16_t *most;          /* the greatest of each unit */
  double *best;           /* the same, exact */
} nearness;

NC_INLINED double rounded(double value) { /* to even, as numpy.rint; below 2 ** 51 */
  const double large = 6755399441055744.0;
  return (value + large) - large;
}

NC_INLINED double exact(const double *restrict one, const double *restrict other) {
  double part[LANES] = {0};
  for (int k = 0; k < NC_MEANT; k += LANES)
    for (int lane = 0; lane < LANES; lane++) part[lane] += one[k + lane] * other[k + lane];
  return ((part[0] + part[1]) + (part[2] + part[3])) + ((part[4] + part[5]) + (part[6] + part[7]));
}

/* ---- rough cosines of ROWS units with `width` others ---- */

static inline const int16_t *parts(const nearness *of, int32_t k, int32_t unit) {
  return of->rough + ((size_t)k * (size_t)of->stride + (size_t)unit) * 2;
}

/* The same for several widths of lanes: ROWS units against `width` others at a time, from the diagonal on. */
#define ROUGH_COSINES(name, kind, width, vector, zero, load, each, multiplied, added, shifted, store)        \
  kind void name(const nearness *of) {                                                                       \
    for (int32_t unit = 0; unit < of->units; unit += ROWS)                                                   \
      for (int32_t other = unit + APART - (unit + APART) % width; other < of->units; other += width) {       \
        vector sum[ROWS];                                                                                    \
        for (int row = 0; row < ROWS; row++) sum[row] = zero();                                              \
        for (int32_t k = 0; k < PAIRS; k++) {                                                                \
          const vector theirs = load((const void *)parts(of, k, other));                                     \
          for (int row = 0; row < ROWS; row++) {                                                             \
            int32_t own;                                                                                     \
            memcpy(&own, parts(of, k, unit + row), sizeof(own));                                             \
            sum[row] = added(sum[row], multiplied(theirs, each(own)));                                       \
          }                                                                                                  \
        }                                                                                                    \
        for (int row = 0; row < ROWS; row++)                                                                 \
          store(of->cosines + (size_t)(unit + row) * (size_t)of->stride + other, shifted(sum[row], SHIFT));  \
      }                                                                                                      \
  }

#if defined(NC_VARIANTS)
#define STORE_4(to, sum) _mm_storel_epi64((__m128i *)(to), _mm_packs_epi32(sum, sum))
#define STORE_8(to, sum) \
  _mm_storeu_si128((__m128i *)(to), _mm_packs_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1)))
#define STORE_16(to, sum) _mm256_storeu_si256((__m256i *)(to), _mm512_cvtsepi32_epi16(sum))
ROUGH_COSINES(cosines_4, static, 4, __m128i, _mm_setzero_si128, _mm_loadu_si128, _mm_set1_epi32, _mm_madd_epi16,
              _mm_add_epi32, _mm_srai_epi32, STORE_4)
ROUGH_COSINES(cosines_8, NC_FOR_AVX2 static, 8, __m256i, _mm256_setzero_si256, _mm256_loadu_si256, _mm256_set1_epi32,
              _mm256_madd_epi16, _mm256_add_epi32, _mm256_srai_epi32, STORE_8)
ROUGH_COSINES(cosines_16, NC_FOR_AVX512 static, 16, __m512i, _mm512_setzero_si512, _mm512_loadu_si512,
              _mm512_set1_epi32, _mm512_madd_epi16, _mm512_add_epi32, _mm512_srai_epi32, STORE_16)
static void rough_cosines(const nearness *of) {
  const int level = nc_level();
  if (level == NC_AVX512) cosines_16(of);
  else if (level == NC_AVX2) cosines_8(of);
  else cosines_4(of);
}
#else
static void rough_cosines(const nearness *of) {
  for (int32_t unit = 0; unit < of->units; unit++)
    for (int32_t other = unit + APART; other < of->units; other++) {
      int32_t sum = 0;
      for (int32_t k = 0; k < PAIRS; k++) {
        const int16_t *one = parts(of, k, unit), *two = parts(of, k, other);
        sum += (int32_t)one[0] * two[0] + (int32_t)one[1] * two[1];
      }
      of->cosines[(size_t)unit * (size_t)of->stride + (size_t)other] = (int16_t)(sum >> SHIFT);
    }
}
#endif

/* ---- the greatest ---- */

static inline const int16_t *cosines_of(const nearness *of, int32_t unit) {
  return of->cosines + (size_t)unit * (size_t)of->stride;
}

NC_INLINED void find_most(nearness *of) {
  int16_t *restrict most = of->most;
  for (int32_t unit = 0; unit < of->units; unit++) most[unit] = INT16_MIN / 2;
  for (int32_t unit = 0; unit < of->units; unit++) {
    const int16_t *restrict cosines = cosines_of(of, unit);
    int16_t own = most[unit];
    for (int32_t other = unit + APART; other < of->units; other++) {
      own = cosines[other] > own ? cosines[other] : own;
      most[other] = cosines[other] > most[other] ? cosines[other] : most[other];
    }
    most[unit] = own;
  }
}
NC_BEST(void, run_find_most, (nearness *of), (of), find_most)

static inline void keep(double *best, double found) {
  if (found > *best) *best = found;
}

/* Whether a vector is of words that all are unknown: it is near to nothing. */
NC_INLINED int is_zero(const float *vector) {
  int any = 0;
  for (int k = 0; k < NC_MEANT; k++) any |= vector[k] != 0;
  return !any;
}

/* The exact cosines of all pairs that may be the nearest of one of the two. `most` becomes the least that may be. */
NC_INLINED void settle(nearness *of) {
  int16_t *restrict least = of->most;
  for (int32_t unit = 0; unit < of->units; unit++) {
    const int zero = is_zero(of->vectors + (size_t)unit * NC_MEANT);
    const int alone = unit < APART && unit + APART >= of->units;
    least[unit] = zero ? INT16_MAX : (int16_t)(least[unit] - DOUBT);
    of->best[unit] = zero && !alone ? 0 : -FINE * FINE; /* that of neighbours */
  }
  for (int32_t unit = 0; unit < of->units; unit++) {
    const int16_t *restrict cosines = cosines_of(of, unit);
    const int16_t own = least[unit];
    for (int32_t from = unit + APART; from < of->units; from += PADDED) {
      const int32_t to = of->units - from < PADDED ? of->units : from + PADDED;
      int16_t any = 0;
      for (int32_t other = from; other < to; other++)
        any |= (int16_t)((cosines[other] >= own) | (cosines[other] >= least[other]));
      if (!any) continue;
      for (int32_t other = from; other < to; other++) {
        if (cosines[other] < own && cosines[other] < least[other]) continue;
        double found = exact(of->fine + (size_t)unit * NC_MEANT, of->fine + (size_t)other * NC_MEANT);
        keep(of->best + unit, found);
        keep(of->best + other, found);
      }
    }
  }
}
NC_BEST(void, run_settle, (nearness *of), (of), settle)

/* What stands behind the last unit is not looked at; it is set for the sake of checkers of memory. */
NC_INLINED void round_off(nearness *of) {
  for (int32_t unit = 0; unit < of->stride; unit++) {
    int16_t made[NC_MEANT] = {0};
    if (unit < of->units) {
      const float *restrict vector = of->vectors + (size_t)unit * NC_MEANT;
      double *restrict fine = of->fine + (size_t)unit * NC_MEANT;
      for (int k = 0; k < NC_MEANT; k++) fine[k] = rounded((double)vector[k] * FINE);
      for (int k = 0; k < NC_MEANT; k++) {
        float value = vector[k] * (float)ROUGH;
        made[k] = (int16_t)(int32_t)(value + (value < 0 ? -0.5f : 0.5f));
      }
    }
    for (int32_t k = 0; k < PAIRS; k++)
      memcpy(of->rough + ((size_t)k * (size_t)of->stride + (size_t)unit) * 2, made + 2 * k, 2 * sizeof(int16_t));
  }
}
NC_BEST(void, run_round_off, (nearness *of), (of), round_off)

void nc_nearest(nc_arena *arena, nc_section *section) {
  nc_mark mark = nc_marked(arena);
  const int32_t units = section->units, stride = (units + PADDED) & ~(PADDED - 1);
  nearness of = {section->vectors, NC_TAKE(arena, double, (size_t)units *NC_MEANT), units, stride, NC_TAKE(arena, int16_t, (size_t)stride *NC_MEANT),
                 NC_TAKE(arena, int16_t, (size_t)stride *(size_t)stride), NC_TAKE(arena, int16_t, units),
                 NC_TAKE(arena, double, units)};
  run_round_off(&of);
  rough_cosines(&of);
  run_find_most(&of);
  run_settle(&of);
  float *nearest = nc_column(section, NC_U_NEAREST);
  for (int32_t unit = 0; unit < units; unit++) nearest[unit] = (float)(of.best[unit] / (FINE * FINE));
  nc_back(arena, mark);
}
