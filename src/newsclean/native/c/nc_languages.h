/* What Python needs to tell the languages of a text. */
#ifndef NC_LANGUAGES_H
#define NC_LANGUAGES_H

#include "nc.h"

/* Code points from first to last are of the script of that bit. */
typedef struct { uint32_t first, last, bit; } nc_script;

#define NC_LATIN_SCRIPT 0x80000000u /* languages._LATIN; c below 0x370 is of no other script */

/* The bits of all scripts in a text. */
NC_API uint32_t nc_scripts(const uint32_t *text, int64_t size, const nc_script *, int32_t n);
/* The detector's sample of a text, in UTF-8: up to 16,000 bytes. Returns their number. */
NC_API int32_t nc_sample(const uint32_t *text, int64_t size, uint8_t *sample);

#endif
