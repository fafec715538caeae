/* Rules: packs, indexes of packs, and what matching a document's lines gives. Mirrors newsclean/rules. */
#ifndef NC_RULES_H
#define NC_RULES_H

#include "nc.h"

/* ---- what Python hands over (newsclean/native/packs.py) -------------------------------------------------------- */

/* Strings one after the other, and the size of each. */
typedef struct {
  const uint32_t *text;
  const int32_t *sizes;
  int32_t count;
} nc_strings;

/* net.Net as it is stored: one text of numbers (net._packed) a word; accepts are (state, rule, first state). */
typedef struct {
  nc_strings words;
  const char *pairs;
  const int32_t *pair_sizes;
  const uint32_t *accepts;
  int32_t n_accepts;
} nc_net_data;

enum { NC_LINE, NC_SENTENCE, NC_INLINE, NC_BLOCK, NC_TAIL };           /* rule.SCOPES */
enum { NC_HINT, NC_LIKELY, NC_CERTAIN };                               /* evidence.RANK */
enum { NC_ADVERTISEMENT = 1, NC_RELATED = 2 };                         /* marks: categories that matching asks for */

/* pack.Pack. Keywords in the order of the heads; `keyword_heads` tells whose each is. */
typedef struct {
  int32_t n_heads;
  const uint8_t *scopes, *strengths, *marks;
  nc_strings patterns;           /* one a head, empty where there is none */
  nc_strings keywords;
  const int32_t *keyword_heads;
  nc_net_data fixed, open, late;
  nc_strings literals, late_words, glued;
  int32_t most_sets, most_states; /* bounds of what is made of networks and expressions; 0: the usual ones */
} nc_pack_data;

typedef struct nc_pack nc_pack;
/* NULL without memory. A pack may be used by many threads at a time. */
NC_API nc_pack *nc_pack_new(const nc_pack_data *);
NC_API void nc_pack_free(nc_pack *);

/* placeholders.date_words() and _BEGINNERS, by hash */
typedef struct nc_known_words nc_known_words;
NC_API nc_known_words *nc_known_words_new(const nc_strings *dates, const nc_strings *beginners);
NC_API void nc_known_words_free(nc_known_words *);

/* index.Index: packs in order; dropped[p] has a byte a head of pack p, not 0 if it is off or of no active language. */
typedef struct nc_index nc_index;
NC_API nc_index *nc_index_new(const nc_pack *const *packs, const uint8_t *const *dropped, int32_t count,
                              const nc_known_words *);
NC_API void nc_index_free(nc_index *);
/* Forgets the lines in which nothing was found, as if no text had been matched yet. */
NC_API void nc_index_forget(nc_index *);

/* ---- matching -------------------------------------------------------------------------------------------------- */

/* found.Found: [start, end) of the tidy text, number of the pack in the index, of the head in the pack, strength. */
typedef struct {
  int32_t line, start, end, pack, head, strength;
} nc_rule_found;

/* RE2, which is asked only where the kernel's own reading of an expression cannot tell; `text` is the unit as the
 * expression sees it (tidy or folded).
 *
 * `whole`: units.matches_whole of it. Else: does the expression match within it, not emptily? Then span[0], span[1]
 * are the group that goes, span[2] the end of the match. Returns 1 or 0; less than 0 if Python failed: then matching
 * gives up, and nc_match_lines returns that number.
 */
typedef int32_t (*nc_expression)(void *self, int32_t pack, int32_t head, int32_t whole, const uint32_t *text,
                                 int32_t size, int32_t *span);

/* match.match_lines: the findings, in the order of lines and of each line's list. Returns their number, or less than
 * 0 if the callback did. All are taken from the arena. */
int32_t nc_match_lines(nc_arena *, const nc_doc *, const nc_index *, nc_expression, void *self, nc_rule_found **found);
/* The same by itself, with an arena of its own that the findings are in until the next call; -2 without memory. */
NC_API int32_t nc_match_document(nc_arena *, const nc_doc *, const nc_index *, nc_expression, void *self,
                                 nc_rule_found **found);

#endif
