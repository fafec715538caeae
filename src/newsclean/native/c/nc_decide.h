/* Decisions: from what rules found and the scorer says to what goes. Mirrors newsclean.decision.
 *
 * The stages are functions, so that the scorer runs between them:
 *
 *   state = nc_decide_by_rules(…);            decide.decide_by_rules
 *   nc_signs_of(state, &signs);               signs.signs_of, which the scorer takes
 *   nc_split_signs(state, lines, n, &signs);  signs.split_signs, if a line is long; before nc_apply_scores
 *   nc_apply_scores(state, …);                scored.apply_scores
 *   nc_scored_sentences(state, …);            scored.scored_sentences, if a line is long
 *   nc_removals(state, …), nc_spared(state)   what decide.decide returns
 *
 * Nothing taken from the arena between the first call and the last may be given back before the last.
 */
#ifndef NC_DECIDE_H
#define NC_DECIDE_H

#include "nc.h"
#include "score.h" /* nc_signs */

/* Categories by number, in the order of newsclean.categories.CATEGORIES. */
enum {
  NC_CAT_ADBLOCK_NAG, NC_CAT_COUNTER, NC_CAT_COMMENT_TEMPLATE, NC_CAT_RELATED, NC_CAT_NAVIGATION, NC_CAT_SOCIAL,
  NC_CAT_SUBSCRIPTION, NC_CAT_ADVERTISEMENT, NC_CAT_DISCLOSURE, NC_CAT_CREDIT, NC_CAT_CAPTION, NC_CAT_BYLINE,
  NC_CAT_TAGS, NC_CAT_CONSENT, NC_CAT_TECHNICAL, NC_CAT_OFFTOPIC, NC_CAT_EMBED
};
/* rules.rule.SCOPES, evidence.RANK, cleaner.PROFILES */
enum { NC_SCOPE_LINE, NC_SCOPE_SENTENCE, NC_SCOPE_INLINE, NC_SCOPE_BLOCK, NC_SCOPE_TAIL };
enum { NC_RANK_HINT, NC_RANK_LIKELY, NC_RANK_CERTAIN };
enum { NC_PRECISION, NC_BALANCED, NC_RECALL };

/* Removal.how: the keys of removal.SCORES in their order, then SCORED. */
enum { NC_HOW_CERTAIN, NC_HOW_LIKELY, NC_HOW_CARRIED, NC_HOW_ENDED, NC_HOW_HINT, NC_HOW_SCORED };

/* Removal.reason; the argument, where there is one, stands in braces: {id} is the id of head `argument`, {category} the
 * category of number `argument`, {p} the removal's score, {why} Scored.reason of its line. */
enum {
  NC_WHY_NONE,                /* "" */
  NC_WHY_BELOW,               /* "below {id}, after the article" */
  NC_WHY_UNDER_AFTER,         /* "under the heading {id}, after the article" */
  NC_WHY_AFTER,               /* "after the article" */
  NC_WHY_UNDER,               /* "under the heading {id}" */
  NC_WHY_BAR,                 /* "in a run of boilerplate" */
  NC_WHY_BESIDE,              /* "beside other boilerplate" */
  NC_WHY_ABOVE_HEADLINE,      /* "above the headline" */
  NC_WHY_BEFORE,              /* "before the article" */
  NC_WHY_BY_ITSELF,           /* "likely by itself" */
  NC_WHY_BETWEEN,             /* "between other boilerplate" */
  NC_WHY_ISLAND,              /* "between other boilerplate after the article" */
  NC_WHY_WITHIN,              /* "within a {category}" */
  NC_WHY_ABOVE_CREDIT,        /* "right above a picture's credit" */
  NC_WHY_BESIDE_BYLINE,       /* "beside a byline" */
  NC_WHY_SCORED,              /* "scored {p:.2f} {why}": a line of the document */
  NC_WHY_SENTENCE             /* "a sentence scored {p:.2f} {why}": a line of the split document */
};

/* rules.pack.RuleHead, as far as decisions go by it; rules of equal `id` are one rule. */
typedef struct { int32_t category, scope, strength, reach, id; } nc_head;

/* rules.found.Found of a line. The findings of a line stand together, lines rise; those of the whole line are strongest
 * first, pieces in order and apart. */
typedef struct { int32_t line, start, end, head, strength; } nc_finding;

/* scored.Limits */
typedef struct { double line, weak, certain; } nc_limits;

/* Scored.category(line) as a number of a category; `split` says of which document: the lines or the sentences. */
typedef int (*nc_category)(void *self, int32_t line, int32_t split);

/* removal.Removal: `found` are findings[found] to findings[found + n_found]. `line` is the number of the line, for
 * NC_WHY_SENTENCE among those of the split document. `score` is Removal.scored, NAN for None. */
typedef struct {
  int32_t start, end, line, category, how, reason, argument, found, n_found;
  float score;
} nc_removal;

/* A finding of a category that is kept: findings[found] with another start and end, maybe (line `line`'s). */
typedef struct { int32_t found, line, start, end; } nc_kept;

typedef struct nc_state nc_state;

/* decide.decide_by_rules. `shapes` may be NULL: they are made when a line first asks for one, which in most documents
 * none does. `categories` has a bit for each category that may be removed. */
nc_state *nc_decide_by_rules(nc_arena *, const nc_doc *, const nc_shape *shapes, const nc_finding *, int32_t n_findings,
                             const nc_head *heads, int32_t profile, uint32_t categories);
/* Arrays are taken from the arena. Whether anything but nothing was found or decided. */
int nc_signs_of(const nc_state *, nc_signs *);
void nc_split_signs(const nc_state *, const nc_line *lines, int32_t n_lines, nc_signs *);
void nc_apply_scores(nc_state *, const float *probability, const nc_limits *, nc_category, void *self);
/* The removals of sentences, taken from the arena; `signs` are of nc_split_signs. Returns their number. */
int32_t nc_scored_sentences(nc_state *, const nc_line *lines, int32_t n_lines, const nc_signs *,
                            const float *probability, const nc_limits *, nc_category, void *self,
                            nc_removal **sentences);
/* All removals in order, those of sentences among them. Returns their number. */
int32_t nc_removals(const nc_state *, const nc_removal *sentences, int32_t n_sentences, nc_removal **removals);
/* The findings that are kept, in Python's order. Returns their number. */
int32_t nc_spared(const nc_state *, const nc_kept **kept);

/* separators.separator_spans: `removed` (in the original text) rises and is apart. Returns the number of spans. */
int32_t nc_separators(nc_arena *, const uint32_t *text, int32_t size, const nc_span *removed, int32_t n_removed,
                      nc_span **spans);

#endif
