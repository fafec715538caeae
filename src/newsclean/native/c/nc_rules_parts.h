/* What the parts of rule matching share. */
#ifndef NC_RULES_PARTS_H
#define NC_RULES_PARTS_H

#include <stdatomic.h>
#include <string.h>

#include "nc_rules.h"

/* ---- words ----------------------------------------------------------------------------------------------------- */

/* Hash of a word: of its bytes if it is ASCII (of `plain` text, see below), else of its code points. */
#define NC_NUMBER_HASH 0x30C0FFEE5EED1234ull     /* of "0", which every number reads as */
uint64_t nc_word_hash(const uint32_t *word, int32_t size);
uint64_t nc_token_hash(const uint32_t *folded, const uint8_t *plain, const nc_token *);

/* Hash -> number of the word: open addressing, -1 where there is none. */
typedef struct { uint64_t hash; int32_t number; } nc_word;
typedef struct {
  uint32_t mask;
  int32_t count, room;
  nc_word *slots;
  uint64_t *hashes;              /* by number */
} nc_vocabulary;

int nc_vocabulary_new(nc_vocabulary *, int32_t most);
int32_t nc_vocabulary_add(nc_vocabulary *, uint64_t hash);
void nc_vocabulary_free(nc_vocabulary *);

static inline int32_t nc_word_number(const nc_vocabulary *known, uint64_t hash) {
  for (uint32_t at = (uint32_t)(hash >> 20) & known->mask;; at = (at + 1) & known->mask) {
    const nc_word *is = &known->slots[at];
    if (is->number < 0 || is->hash == hash) return is->number;
  }
}

enum { NC_DATE_WORD = 1, NC_BEGINNER = 2 };
struct nc_known_words {
  nc_vocabulary words;
  uint8_t *kinds;
};

/* ---- networks (rules_net.c) -------------------------------------------------------------------------------------- */

enum { NC_NAME, NC_DATE, NC_SITE, NC_TITLE, NC_NEW_TITLE, NC_PLACEHOLDERS }; /* tree.PLACEHOLDERS, in order */

typedef struct { int32_t from, to; } nc_edge;
typedef struct { int32_t label, to; } nc_arc;
/* The edges of a word: from the start, from `inner` on those from loops, from `others` on the others. */
typedef struct { int32_t first, inner, others, last; } nc_word_edges;
typedef struct { int32_t rule, first, end; } nc_ending;
/* A placeholder that phrases begin with, and the words that they may end in, as for edges. */
typedef struct { uint64_t lasts; int32_t kind, to; } nc_start;
enum { NC_NEXTS = 62 };

/* net.Net as it is read: states, with words by their numbers in the pack. */
typedef struct {
  int32_t states;                /* numbers below this */
  int32_t words;
  nc_word_edges *of_word;        /* by word */
  nc_edge *edges;
  uint64_t *edge_lasts;          /* of edges from the start: what words the phrase may end in (nc_last_bit), or all if
                                    it may end in a placeholder, and NC_CERTAINS, NC_INSIDES */
  nc_start *starts;              /* placeholders at the start, by what may stand behind: once for each bit of it … */
  int32_t start_first[NC_NEXTS + 2]; /* … from here on; the last are those behind which nothing has to stand */
  int32_t n_edges;
  int32_t *arc_first;            /* by state: arcs (word, to), by word */
  nc_arc *arcs;
  int32_t *filler_first;         /* by state: arcs (placeholder, to) */
  nc_arc *fillers;
  uint8_t *loops;                /* states that a placeholder leads to */
  int32_t *accept_of;            /* by state: number of its ending, -1 */
  nc_ending *endings;
} nc_net;

/* A network without placeholders made deterministic: one step is one search among a state's arcs. */
typedef struct {
  int32_t states;                /* 0: it is not (there would be too many), then the network itself is run */
  int32_t *first;                /* by word: the state that it leads to from the start, -1 */
  int32_t *arc_first;
  nc_arc *arcs;
  int32_t *rule_first;           /* by state: the rules whose phrases end there */
  int32_t *rules;
} nc_tree;

/* Rules that are certain; and those of them that count inside a line. What a unit needs of rules to be of use. */
#define NC_CERTAINS ((uint64_t)1 << 62)
#define NC_INSIDES ((uint64_t)1 << 63)
static inline int nc_last_place(uint64_t hash) { return (int)((hash >> 32) * NC_NEXTS >> 32); }
static inline uint64_t nc_last_bit(uint64_t hash) { return (uint64_t)1 << nc_last_place(hash); }

int nc_net_new(nc_net *, const nc_net_data *, const uint64_t *tells /* by head: NC_CERTAINS, NC_INSIDES */, nc_vocabulary *);
void nc_net_free(nc_net *);
int nc_tree_new(nc_tree *, const nc_net *, int32_t words, int32_t most);
void nc_tree_free(nc_tree *);

/* A set of states. `places` need not be cleared: a state is in the set if it stands where its place says. */
typedef struct {
  int32_t *all, count;
  uint32_t *places;
} nc_states;

static inline int nc_has_state(const nc_states *set, int32_t state) {
  return set->places[state] < (uint32_t)set->count && set->all[set->places[state]] == state;
}
/* There is room for one more than there are states. */
static inline void nc_add_state(nc_states *set, int32_t state) {
  uint32_t place = set->places[state], count = (uint32_t)set->count;
  int held = (place < count) & (set->all[place < count ? place : 0] == state);
  set->places[state] = held ? place : count;
  set->all[count] = state;
  set->count += !held;
}

/* ---- expressions (rules_expression.c, rules_program.c) ------------------------------------------------------------ */

/* What is looked at before an expression is run on a unit: which characters of ASCII a match may begin and end with,
 * whether it may with others, and how long it may be. It lets all pass until the expression has been read. */
enum { NC_GLANCE_FIRST = 0, NC_GLANCE_LAST = 2, NC_GLANCE_REST = 4, NC_GLANCE_WORDS = 5 };
typedef struct { _Atomic(uint64_t) words[NC_GLANCE_WORDS]; } nc_glance;
/* the rest: least and most size (sixteen bits each, all: any size), others first, others last, which reading it sees */
enum { NC_OTHER_FIRST = 32, NC_OTHER_LAST = 33, NC_SEES_FOLDED = 34 };

static inline uint64_t nc_glanced(const nc_glance *glance, int word) {
  return atomic_load_explicit(&glance->words[word], memory_order_relaxed);
}
/* Whether a text (not empty) that begins and ends like this may match from end to end. */
static inline int nc_may_match(const nc_glance *glance, uint32_t first, uint32_t last, int32_t size) {
  uint64_t rest = nc_glanced(glance, NC_GLANCE_REST);
  if (size < (int32_t)(rest & 0xFFFF)) return 0;
  if (size > (int32_t)(rest >> 16 & 0xFFFF) && (rest >> 16 & 0xFFFF) != 0xFFFF) return 0;
  uint64_t one = first < 128 ? nc_glanced(glance, NC_GLANCE_FIRST + (first >> 6)) >> (first & 63) : rest >> NC_OTHER_FIRST;
  uint64_t two = last < 128 ? nc_glanced(glance, NC_GLANCE_LAST + (last >> 6)) >> (last & 63) : rest >> NC_OTHER_LAST;
  return (int)(one & two & 1);
}

typedef struct nc_program nc_program;
typedef struct {
  const uint32_t *text;
  int32_t size;
  uint8_t folded, inside;        /* which reading it sees; whether it is looked for inside a line */
  nc_glance *glance;
  /* made when first needed: eased, to be run from the start and the end; and exact */
  _Atomic(nc_program *) ahead, back, exact;
} nc_pattern;

/* What is made of a pack's expressions when texts need it: under a lock, and not too much of it. */
typedef struct {
  atomic_flag lock;
  int32_t most_states;
} nc_machines;

/* Whether a text (not empty) may match from end to end, or hold a match: 0 no, 1 yes, 2 perhaps (RE2 can tell). */
int nc_pattern_whole(nc_pattern *, nc_machines *, const uint32_t *text, int32_t size);
int nc_pattern_inside(nc_pattern *, nc_machines *, const uint32_t *text, int32_t size);
void nc_pattern_free(nc_pattern *);

/* ---- keywords (rules_keywords.c) ---------------------------------------------------------------------------------- */

/* A keyword or literal of a pack, with the heads (of expressions) that have it. */
typedef struct {
  int32_t text, size;            /* code points, in nc_keywords.text */
  int32_t heads, line_heads, heads_end; /* in nc_keywords.heads: heads for what is inside lines, then for lines */
  uint8_t literal, ascii;
} nc_keyword;

/* A gram of a keyword, by nc_gram_hash. */
typedef struct { uint64_t hash; int32_t keyword, offset; } nc_gram;
/* A keyword of a pack that has a gram, in an index. */
typedef struct {
  uint64_t begins;               /* its first eight bytes */
  int32_t text, size, pack;
  int32_t heads, line_heads, heads_end; /* of the keyword */
  uint8_t offset, ascii, uses;   /* of the gram in the keyword; NC_ANYWHERE, NC_IN_LINES */
  uint8_t last;                  /* the last of the gram's */
} nc_gram_use;
typedef struct { uint32_t tag; int32_t first; } nc_gram_slot; /* its first use; -1 where there is none */

/* Keywords are found by their first characters (as `plain` bytes): up to eight of them, by hash. Before that pairs of
 * characters are looked at: each keyword is put into a bucket, a bit, by its size and first pair; its bit stands at
 * that pair in `first`, and at the next pairs in `third`, `fifth`, `seventh` (at all pairs if it is shorter). So a
 * keyword may begin only where the four, of the pairs there, have a bit in common. Long keywords would fill the
 * buckets; they are found by any eight of their characters that begin at a place that can be divided by four. */
enum { NC_ONE, NC_PAIR, NC_TRIPLE, NC_QUAD, NC_SIX, NC_OCTET, NC_LONG, NC_GRAM_KINDS };
enum { NC_PAIRS = 1 << 15, NC_LONGS_BITS = 18, NC_LONG_STEP = 4 };
typedef struct { uint32_t first, third, fifth, seventh; } nc_pair_bits;
/* by kind of the gram: its bytes; the first of its buckets, and how many there are */
static const uint8_t NC_GRAM_SIZE[NC_GRAM_KINDS] = {1, 2, 3, 4, 6, 8, 8};
static const uint8_t NC_BUCKET[NC_LONG] = {0, 1, 2, 5, 16, 24}, NC_BUCKETS[NC_LONG] = {1, 1, 3, 11, 8, 8};

/* Pairs of ASCII are the lower half. */
static inline uint32_t nc_pair(uint32_t one, uint32_t two) {
  return (one & 127) | (two & 127) << 7 | ((one | two) & 128) << 7;
}
static inline int nc_gram_kind(int32_t size) {
  return size >= 8 + NC_LONG_STEP - 1 ? NC_LONG : size >= 8 ? NC_OCTET : size >= 6 ? NC_SIX : size >= 4 ? NC_QUAD : size - 1;
}
static inline uint64_t nc_gram_mask(int kind) {
  return kind >= NC_OCTET ? ~(uint64_t)0 : ((uint64_t)1 << (8 * NC_GRAM_SIZE[kind])) - 1;
}
static inline uint64_t nc_gram_hash(uint64_t gram, int kind) {
  uint64_t hash = (gram + (uint64_t)kind) * 0xD6E8FEB86659FD93ull;
  return hash ^ (hash >> 32) ^ ((uint64_t)kind << 60);
}
static inline uint32_t nc_long_bit(uint64_t gram) {
  return (uint32_t)((gram * 0x9E3779B97F4A7C15ull) >> (64 - NC_LONGS_BITS));
}
#if defined(__GNUC__)
#define NC_PREFETCH(place) __builtin_prefetch(place)
static inline int nc_lowest(uint64_t bits) { return __builtin_ctzll(bits); }
#else
#define NC_PREFETCH(place) ((void)0)
static inline int nc_lowest(uint64_t bits) {
  int at = 0;
  while (!(bits >> at & 1)) at++;
  return at;
}
#endif
static inline int nc_bit(const uint64_t *bits, uint32_t at) { return (int)(bits[at >> 6] >> (at & 63)) & 1; }

/* Eight bytes as a number, alike on machines of either byte order. */
static inline uint64_t nc_eight(const uint8_t *bytes) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  uint64_t read;
  memcpy(&read, bytes, 8);
#else
  uint64_t read = 0;
  for (int at = 0; at < 8; at++) read |= (uint64_t)bytes[at] << (8 * at);
#endif
  return read;
}

/* A keyword that has to begin a word ("0", or up to three letters), by nc_short_key. */
typedef struct { int32_t key, size, head; } nc_short;
enum { NC_SHORT_KEYS = 1 << 15, NC_NUMBER_KEY = 27, NC_NO_KEY = 31 };

typedef struct {
  int32_t count;
  nc_keyword *all;
  uint32_t *text;
  uint8_t *plain;                /* the same as bytes */
  int32_t *heads;
  nc_gram *grams;                /* by rising hash */
  int32_t n_grams;
  nc_short *shorts;              /* by their first letter … */
  int32_t short_first[NC_NO_KEY + 2]; /* … from here on */
} nc_keywords;

int nc_keywords_new(nc_keywords *, const nc_pack_data *);
int nc_index_keywords(nc_index *);             /* once the index knows its packs and what keywords are for */
void nc_keywords_free(nc_keywords *);

/* A keyword that was found, and its heads [heads, heads_end) in nc_keywords.heads of the pack: those for what is inside
 * lines, or those for lines. */
typedef struct { int32_t start, end, pack, heads, heads_end; } nc_hit;
typedef struct { nc_hit *all; int32_t count, room; } nc_hits;

static inline uint8_t nc_plain_of(uint32_t c) {
  return (uint8_t)(c > 127 ? 128 | ((c ^ c >> 7) & 127) : c == '-' || c == '_' ? ' ' : c);
}
/* Folded text as bytes: a hyphen or underscore is a blank, what is not ASCII is 128 and some bits of it. Eight bytes
 * more can be read. */
uint8_t *nc_plain(nc_arena *, const uint32_t *folded, int32_t size, int ascii);
/* Index.find_keywords (`anywhere`), and the keywords of expressions for lines (`in_lines`): in order of starts, ends,
 * packs. */
void nc_find_keywords(nc_arena *, const nc_index *, const uint32_t *folded, const uint8_t *plain, int32_t size,
                      nc_hits *anywhere, nc_hits *in_lines);

/* ---- packs and indexes (rules_pack.c) ------------------------------------------------------------------------------ */

enum { NC_GLUED_WORD = 1, NC_LATE_WORD = 2, NC_LOOP_WORD = 4, NC_LATE_LOOP_WORD = 8, NC_TIME_WORD = 16 };
/* of a date; loops: may stand behind a placeholder (in the network `open`, `late`) */
enum { NC_WORD_BITS = 14 };

struct nc_pack {
  int32_t n_heads;
  uint8_t *scopes, *strengths, *marks;
  nc_vocabulary words;
  uint8_t *word_marks;
  nc_net fixed, open, late;
  nc_tree tree;
  nc_keywords keywords;
  uint64_t *tells;               /* by head: NC_CERTAINS, NC_INSIDES */
  nc_pattern *patterns;          /* one a head */
  nc_glance *glances;            /* one a head */
  uint32_t *pattern_text;
  nc_machines machines;
};

/* Lines in which nothing was found, by a hash of their text: sites print the same lines on page after page, and a text
 * of which something went is looked at again. NULL is a memory that never holds any. */
typedef struct nc_clean_lines nc_clean_lines;
nc_clean_lines *nc_clean_lines_new(void);
uint64_t nc_line_key(const uint32_t *tidy, int32_t size);
int nc_is_clean(const nc_clean_lines *, uint64_t key);
void nc_keep_clean(nc_clean_lines *, uint64_t key);

struct nc_index {
  int32_t count;
  nc_pack **packs;
  uint8_t **dropped;
  const nc_known_words *known;
  uint8_t **keyword_uses;        /* by pack and keyword: what it is looked for for */
  nc_pair_bits pairs[NC_PAIRS];  /* of all packs' keywords */
  uint64_t longs[(1 << NC_LONGS_BITS) / 64]; /* grams of long ones */
  uint32_t gram_mask;
  nc_gram_slot *grams;           /* open addressing; grams of one tag are told apart by the text */
  nc_gram_use *gram_uses;
  uint8_t word_marks[1 << NC_WORD_BITS];
  uint64_t shorts[NC_SHORT_KEYS / 64];
  int32_t *head_first;           /* by pack: number of its first head among all heads */
  int32_t most_net_states;
  nc_clean_lines *clean;         /* lines in which nothing was found (rules_clean.c) */
};

enum { NC_ANYWHERE = 1, NC_IN_LINES = 2 };

/* The letters of a short keyword, or the first letters of a word: five bits each. */
static inline int32_t nc_short_key(const uint32_t *word, int32_t size, int number) {
  if (number) return NC_NUMBER_KEY << 10;
  int32_t key = 0;
  for (int32_t at = 0; at < 3; at++) {
    int32_t letter = at >= size ? 0 : word[at] - 'a' < 26u ? (int32_t)(word[at] - 'a') + 1 : NC_NO_KEY;
    key = key << 5 | letter;
  }
  return key;
}

/* ---- one document ---------------------------------------------------------------------------------------------------- */

enum { NC_LONGEST_UNIT = 3000, NC_MOST_WORDS = 160 };

/* placeholders._Gaps: what stands between the words of a unit, worked out when first asked for. */
enum { NC_ENDS_SENTENCE, NC_ENDS_WITH_STOP, NC_ENDS_NAME, NC_IS_GLUED, NC_STARTS_ANEW, NC_GAPS };

/* Words of a unit, where they are kept. */
typedef struct {
  nc_token *tokens;
  uint64_t *hashes;
  uint8_t *word_marks;
  uint64_t loop_words[NC_LONGEST_UNIT / 64 + 2], late_loop_words[NC_LONGEST_UNIT / 64 + 2];
} nc_words_read;

/* units.Unit. A unit without its first word shares the arrays. */
typedef struct {
  int32_t start, end, count;
  uint8_t is_line;
  uint64_t needs;                /* of rules: NC_CERTAINS or NC_INSIDES, or 0 where every rule counts */
  const nc_token *tokens;
  const uint64_t *hashes;
  int16_t *gaps;                 /* NC_GAPS arrays of NC_MOST_WORDS + 1, or see `gaps_known` */
  uint8_t gaps_known;            /* bit a kind */
  const uint8_t *word_marks;     /* index.word_marks, by word */
  const uint64_t *loop_words, *late_loop_words; /* bits of the words with those marks */
  int32_t from;                  /* the place of the first word among those bits */
  uint8_t marks;                 /* of all words, together */
} nc_unit;

typedef struct {
  nc_arena *arena;
  const nc_doc *doc;
  const nc_index *index;
  const uint8_t *plain;
  int ascii, flat;
  nc_expression ask;
  void *self;
  int32_t failed;
  nc_hits hits, line_hits;
  /* findings, taken in chunks that double */
  nc_rule_found *found;
  int32_t n_found, room;
  /* scratch */
  nc_words_read lines, pieces;   /* of the line, and of what is read anew within it */
  nc_unit line;                  /* the line, if it has been read (`end` is where it is) */
  int16_t *gaps;
  int32_t *numbers;              /* of a unit's words in a pack */
  nc_states sets[3];
  int32_t *endings;              /* of a network's run */
  uint32_t *head_marks, head_mark; /* by pack and head: asked for this unit already */
} nc_rules_run;

typedef struct { int32_t pack, head; } nc_rule;
typedef struct { nc_rule *all; int32_t count, room; } nc_rules;
void nc_add_rule(nc_rules_run *, nc_rules *, int32_t pack, int32_t head);

/* The first of a unit's words from `at` on that has a bit; the number of its words if none has. */
static inline int32_t nc_next_word(const nc_unit *unit, const uint64_t *words, int32_t at) {
  int32_t place = at + unit->from, last = unit->count + unit->from;
  if (place >= last) return unit->count;
  uint64_t bits = words[place >> 6] >> (place & 63);
  if (bits) return at + nc_lowest(bits) < unit->count ? at + nc_lowest(bits) : unit->count;
  for (int32_t block = (place >> 6) + 1; block * 64 < last; block++)
    if (words[block]) {
      at = block * 64 + nc_lowest(words[block]) - unit->from;
      return at < unit->count ? at : unit->count;
    }
  return unit->count;
}

void nc_read_unit(nc_rules_run *, nc_words_read *, int32_t start, int32_t end, int is_line, uint64_t needs, nc_unit *);
/* A sentence within the line, of the line's words if it can be. */
void nc_read_part(nc_rules_run *, int32_t start, int32_t end, uint64_t needs, nc_unit *);
/* Index.by_wording, by_open_wording, longest */
void nc_by_wording(nc_rules_run *, const nc_unit *, nc_rules *);
void nc_by_open_wording(nc_rules_run *, nc_unit *, nc_rules *);
int32_t nc_longest(nc_rules_run *, const nc_unit *, int32_t start, nc_rule *);
/* placeholders.fills_plausibly, runs_on; `numbers` are the words' in the pack */
int nc_fills_plausibly(nc_rules_run *, const nc_net *, const nc_ending *, nc_unit *, const int32_t *numbers);
int nc_runs_on(nc_rules_run *, nc_unit *);
int nc_may_be_date(nc_rules_run *, const nc_unit *, int32_t at);
/* tiling.tile: whether there is evidence; then the rule and the strength */
int nc_tile(nc_rules_run *, const nc_unit *, int ends_sentence, nc_rule *, int32_t *strength);
/* whole._by_pattern, of the hits [first, last) */
void nc_by_pattern(nc_rules_run *, const nc_unit *, int32_t first, int32_t last, nc_rules *);
/* whole.find_whole, of the hits [first, last): appends to the findings, returns their number */
int32_t nc_find_whole(nc_rules_run *, nc_unit *, int32_t line, int32_t first, int32_t last, int tiled, int flat);
/* pieces.find_pieces */
void nc_find_pieces(nc_rules_run *, int32_t line, int32_t first, int32_t last);
void nc_add_found(nc_rules_run *, nc_rule_found);
/* The number of the first hit at or behind `start`, within [first, last). */
int32_t nc_hits_from(const nc_hits *, int32_t first, int32_t last, int32_t start);

#endif
