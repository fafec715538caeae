/* Gaps between words (rules_gaps.c), for what placeholders may stand for (rules_placeholders.c). */
#ifndef NC_GAPS_H
#define NC_GAPS_H

#include "nc_rules_parts.h"

/* _Gaps.first: the first gap from `start` on of which `kind` is told, else the number of words. */
int32_t nc_first_gap(const nc_rules_run *, nc_unit *, int kind, int32_t start);
int nc_gap_is_glued(const nc_rules_run *, const nc_unit *, int32_t at);
int nc_is_date_word(const nc_rules_run *, const nc_unit *, int32_t at);

#endif
