/* What the processor can do, so that the innermost loops are compiled several times and the best fitting is run.
 *
 * All variants of a loop give the same result to the last bit: they differ in how many lanes go at once, never in the
 * order of additions. Compile with -DNC_LEVEL=0 (1, 2) to fix the variant.
 */
#ifndef NC_PROCESSOR_H
#define NC_PROCESSOR_H

enum { NC_PLAIN, NC_AVX2, NC_AVX512 };

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>

#define NC_VARIANTS 1
#define NC_FOR_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt")))
#define NC_FOR_AVX512 \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx512vbmi,avx2,bmi,bmi2,popcnt,lzcnt")))
#define NC_INLINED static inline __attribute__((always_inline))

/* Asked of the processor itself: neither every compiler nor every C library has a function for it. */
static inline int nc_level_asked(void) {
  unsigned a, b, c, d, low, high;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c >> 27 & 1) || !(c >> 28 & 1)) return NC_PLAIN;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  if ((low & 6) != 6 || !__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b >> 5 & 1) || !(b >> 8 & 1)) return NC_PLAIN;
  unsigned wanted = 1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31;
  return (low & 0xe6) == 0xe6 && (b & wanted) == wanted && (c >> 1 & 1) ? NC_AVX512 : NC_AVX2;
}

static inline int nc_level(void) {
#if defined(NC_LEVEL)
  return NC_LEVEL;
#else
  static _Atomic int known = -1; /* whoever asks first writes what anybody would write */
  int level = atomic_load_explicit(&known, memory_order_relaxed);
  if (level < 0) atomic_store_explicit(&known, level = nc_level_asked(), memory_order_relaxed);
  return level;
#endif
}

/* Defines `name` as the variants of the inlined function `body`: NC_BEST(void, name, (int a), (a), body) … */
#define NC_BEST(type, name, parameters, arguments, body)                 \
  NC_FOR_AVX512 static type name##_avx512 parameters { body arguments; } \
  NC_BEST_BUT(type, name, parameters, arguments, body, name##_avx512)
/* … or with a function of its own for AVX-512. They give nothing back: `type` is void. */
#define NC_BEST_BUT(type, name, parameters, arguments, body, own)    \
  NC_FOR_AVX2 static type name##_avx2 parameters { body arguments; } \
  static type name##_plain parameters { body arguments; }            \
  static inline type name parameters {                               \
    const int level = nc_level();                                    \
    if (level == NC_AVX512) own arguments;                           \
    else if (level == NC_AVX2) name##_avx2 arguments;                \
    else name##_plain arguments;                                     \
  }
#else
#define NC_INLINED static inline
static inline int nc_level(void) { return NC_PLAIN; }
#define NC_BEST(type, name, parameters, arguments, body) \
  static inline type name parameters { body arguments; }
#define NC_BEST_BUT(type, name, parameters, arguments, body, own) NC_BEST(type, name, parameters, arguments, body)
#endif

#endif
