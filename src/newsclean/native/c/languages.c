/* What tells the languages of a text: the scripts in it, and a sample for the detector. Mirrors newsclean/languages.py. */
#include "nc_languages.h"

enum { SAMPLE = 4000 }; /* languages._SAMPLE */

/* The bits of the scripts that a code point is of. `near` is the range that the last one was in. */
static uint32_t scripts_of(const nc_script *scripts, int32_t n, uint32_t c, int32_t *near) {
  const nc_script *last = &scripts[*near];
  if (c >= last->first && c <= last->last) return last->bit;
  for (int32_t i = 0; i < n; i++)
    if (c >= scripts[i].first && c <= scripts[i].last) {
      *near = i;
      return scripts[i].bit;
    }
  return 0;
}

static int is_latin(uint32_t c) {
  return (c | 32) - 'a' < 26 || (c >= 0xc0 && c <= 0x24f) || (c >= 0x1e00 && c <= 0x1eff);
}

uint32_t nc_scripts(const uint32_t *text, int64_t size, const nc_script *scripts, int32_t n) {
  uint32_t found = 0;
  int32_t near = 0;
  for (int64_t at = 0; at < size; at++) {
    uint32_t c = text[at];
    if (c < 0x370) {
      if (!(found & NC_LATIN_SCRIPT) && is_latin(c)) found |= NC_LATIN_SCRIPT;
      /* the rest of a run of common characters need only be told from others */
      if (found & NC_LATIN_SCRIPT)
        while (at + 1 < size && text[at + 1] < 0x370) at++;
    } else {
      found |= is_latin(c) ? NC_LATIN_SCRIPT : scripts_of(scripts, n, c, &near);
    }
  }
  return found;
}

/* languages._unreadable */
static int unreadable(uint32_t c) {
  if (c < 0x20) return c != '\t' && c != '\n' && c != '\r';
  return (c >= 0x7f && c <= 0x9f) || (c >= 0xd800 && c <= 0xdfff) || (c >= 0xfdd0 && c <= 0xfdef) || c == 0xfffe ||
         c == 0xffff;
}

static uint8_t *utf8(uint32_t c, uint8_t *to) {
  if (c < 0x80) {
    *to++ = (uint8_t)c;
  } else if (c < 0x800) {
    *to++ = (uint8_t)(0xc0 | c >> 6);
    *to++ = (uint8_t)(0x80 | (c & 63));
  } else if (c < 0x10000) {
    *to++ = (uint8_t)(0xe0 | c >> 12);
    *to++ = (uint8_t)(0x80 | (c >> 6 & 63));
    *to++ = (uint8_t)(0x80 | (c & 63));
  } else {
    *to++ = (uint8_t)(0xf0 | c >> 18);
    *to++ = (uint8_t)(0x80 | (c >> 12 & 63));
    *to++ = (uint8_t)(0x80 | (c >> 6 & 63));
    *to++ = (uint8_t)(0x80 | (c & 63));
  }
  return to;
}

int32_t nc_sample(const uint32_t *text, int64_t size, uint8_t *sample) {
  uint8_t *to = sample;
  int64_t start = size > SAMPLE ? (size - SAMPLE) / 2 : 0, end = size > SAMPLE ? start + SAMPLE : size;
  for (int64_t at = start; at < end; at++) to = utf8(unreadable(text[at]) ? ' ' : text[at], to);
  return (int32_t)(to - sample);
}
