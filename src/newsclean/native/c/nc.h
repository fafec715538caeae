/* What all parts of the kernel share: characters, documents, lines, memory.
 *
 * Every function here mirrors a function of the Python package, named in its comment, and gives the same result to the
 * last bit: floats are added in the same order and the same width, and nothing is contracted (-ffp-contract=off).
 */
#ifndef NC_H
#define NC_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define NC_API __declspec(dllexport)
#else
#define NC_API __attribute__((visibility("default")))
#endif

/* ---- memory (memory.c) ---------------------------------------------------------------------------------------- */

/* Memory that is taken piece by piece and given back all at once; a piece is aligned to 64 bytes and not cleared. */
typedef struct nc_arena nc_arena;
typedef struct { void *chunk; size_t used; } nc_mark;

NC_API nc_arena *nc_arena_new(void);
NC_API void nc_arena_free(nc_arena *);
void *nc_take(nc_arena *, size_t bytes);         /* never NULL: without memory it jumps, see memory.h */
void *nc_take_zeroed(nc_arena *, size_t bytes);
nc_mark nc_marked(nc_arena *);                   /* a point to go back to … */
void nc_back(nc_arena *, nc_mark);               /* … giving back all that was taken since */
#define NC_TAKE(arena, type, count) ((type *)nc_take((arena), sizeof(type) * (size_t)((count) > 0 ? (count) : 1)))
#define NC_TAKE_ZEROED(arena, type, count) \
  ((type *)nc_take_zeroed((arena), sizeof(type) * (size_t)((count) > 0 ? (count) : 1)))

/* ---- characters (characters.c) -------------------------------------------------------------------------------- */

/* What is known of a code point. The tables are filled by Python, page by page (256 code points) when a text first
 * needs it, so that both sides go by the same Unicode data: see newsclean/native/characters.py. */
enum {
  NC_BLANK = 1,        /* folding._BLANKS */
  NC_INVISIBLE = 2,    /* folding._INVISIBLE */
  NC_UPPER = 4,        /* str.isupper() */
  NC_LOWER = 8,        /* str.islower() */
  NC_ALPHA = 16,       /* str.isalpha() */
  NC_ALNUM = 32,       /* str.isalnum() */
  NC_SPACE = 64,       /* str.isspace(), which str.strip() goes by */
  NC_DIGIT = 128,      /* \d of re */
  NC_WORD = 256,       /* \w of re */
  NC_UNSPACED = 512,   /* tokens._UNSPACED: each character is a word */
  NC_WORDY = 1024,     /* tokens._WORD: a character of a word of several */
  NC_RE_SPACE = 2048   /* \s of re */
};

typedef struct {
  uint32_t tidy[256];   /* folding._TIDY: what a character is in the tidy text */
  uint32_t fold[256];   /* folding._FOLD: what a *tidy* character is in the folded text */
  uint16_t flags[256];  /* NC_BLANK … */
  uint8_t kind[256];    /* scoring.characters: number of its class in CLASSES */
} nc_page;

#define NC_PAGES 0x1100
extern nc_page *nc_pages[NC_PAGES];              /* NULL where no text needed it yet */

static inline const nc_page *nc_page_of(uint32_t c) { return nc_pages[c >> 8]; }
static inline uint32_t nc_tidied(uint32_t c) { return nc_pages[c >> 8]->tidy[c & 255]; }
static inline uint32_t nc_folded(uint32_t c) { return nc_pages[c >> 8]->fold[c & 255]; }
static inline uint16_t nc_flags(uint32_t c) { return nc_pages[c >> 8]->flags[c & 255]; }
static inline uint8_t nc_kind(uint32_t c) { return nc_pages[c >> 8]->kind[c & 255]; }

/* Up to `most` numbers of pages that a text (or what its characters become) needs and that are not there yet. */
NC_API int32_t nc_missing_pages(const uint32_t *text, int64_t size, int32_t *pages, int32_t most);
NC_API int32_t nc_set_page(int32_t number, const uint32_t *tidy, const uint32_t *fold, const uint16_t *flags,
                           const uint8_t *kind);

/* Classes of scoring.characters.CLASSES, by number. */
enum {
  NC_K_OTHER, NC_K_LOWER, NC_K_UPPER, NC_K_CASELESS, NC_K_UNSPACED, NC_K_DIGIT, NC_K_ENDER, NC_K_COMMA, NC_K_QUOTE,
  NC_K_DASH, NC_K_DIVIDER, NC_K_BRACKET, NC_K_COLON, NC_K_SYMBOL, NC_K_BLANK, NC_KINDS
};

/* ---- documents (text.c) --------------------------------------------------------------------------------------- */

/* document.Line: [start, end) of the tidy text, line breaks before it. */
typedef struct { int32_t start, end, gap, wrapped; } nc_line;

/* document.Document with its folding.Folding. All positions are code points. */
typedef struct {
  const uint32_t *original;
  int32_t original_size;
  uint32_t *tidy, *folded;       /* both of `size` */
  int32_t size;
  int32_t *breaks, *shifts;      /* Folding.breaks, Folding.shifts */
  int32_t n_breaks;
  nc_line *lines;
  int32_t n_lines;
} nc_doc;

/* document.read_document: everything is taken from the arena. */
void nc_read(nc_arena *, const uint32_t *text, int32_t size, nc_doc *doc);
/* document._forced_wraps and _join (wraps.c): lines come with their width in `wrapped`. */
void nc_mend_wraps(nc_arena *, nc_doc *);
/* Folding.start, Folding.end */
int32_t nc_original_start(const nc_doc *, int32_t at);
int32_t nc_original_end(const nc_doc *, int32_t at);

/* decision.shape.Shape of a line */
typedef struct {
  double words;
  int32_t size;
  uint8_t ends_sentence, list_item, code, table, quote;
  uint8_t symbols_only, prose, is_protected, label;   /* the properties of Shape */
} nc_shape;
void nc_shapes(nc_arena *, const nc_doc *, nc_shape *shapes /* one a line */);

/* ---- tokens (tokens.c) ---------------------------------------------------------------------------------------- */

/* tokens.tokenize: words as rules see them. A number's word is "0", whatever it is. */
typedef struct { int32_t start, end; uint8_t number; } nc_token;
/* The tokens of folded[start:end]; `ascii` as of the whole folded text (which pattern is used). Returns their number. */
int32_t nc_tokenize(const uint32_t *folded, int32_t start, int32_t end, int ascii, nc_token *tokens, int32_t most);
/* Only their number; -1 if some may be letters of scripts without blanks (Tokens.is_unspaced). */
int32_t nc_count_tokens(const uint32_t *folded, int32_t start, int32_t end, int ascii);
int nc_is_ascii(const uint32_t *text, int64_t size);

/* ---- sentences (sentences.c) ---------------------------------------------------------------------------------- */

typedef struct { int32_t start, end; } nc_span;
/* sentences.sentence_spans(tidy, start, end): returns their number; spans are taken from the arena. */
int32_t nc_sentences(nc_arena *, const uint32_t *tidy, int32_t start, int32_t end, nc_span **spans);
/* sentencex.segment("en", text[start:end]): the pieces, as positions in text, rising. One begins where the one before it ends,
 * but that in a stretch of more than 10 KB (as UTF-8) breaks between paragraphs may be left out. */
int32_t nc_segment(nc_arena *, const uint32_t *text, int32_t start, int32_t end, nc_span **pieces);
/* offtopic.units.units_of and decision.sentences.split_lines: lines as sentences; -1 if split_lines gives None. */
int32_t nc_units(nc_arena *, const nc_doc *, nc_line **lines);
int32_t nc_split_lines(nc_arena *, const nc_doc *, nc_line **lines);

/* ---- words and trees, shared by the scorer and off-topic (words.c, shapes.c, trees.c, forest.c) ---------------- */

/* scoring.table.LineTable of one document; `tidy`, `folded` of `size`, positions of lines within them. */
typedef struct {
  const uint32_t *tidy, *folded;
  int32_t size;
  const nc_line *lines;
  int32_t n_lines;
  const uint8_t *kinds;          /* class of each tidy character; 64 more may be read behind the last */
  const uint32_t *letters;       /* words._letters: folded with every digit as '0'; 64 zeros behind the last */
} nc_table;

/* scoring.words.Words: one entry a word, in order. */
typedef struct {
  int32_t count;
  int32_t *line, *start, *length;
  uint64_t *hash;
  uint8_t *upper, *capitals, *number, *unspaced;
  int32_t *first;                /* first[l]..first[l + 1] are the words of line l */
} nc_words;

void nc_table_of(nc_arena *, const uint32_t *tidy, const uint32_t *folded, int32_t size, const nc_line *, int32_t n_lines,
                 nc_table *);
void nc_words_of(nc_arena *, const nc_table *, nc_words *);
/* scoring.words: _hashes of folded[start:start+length] with digits alike; mixed; line_hashes; stem_hashes */
uint64_t nc_run_hash(const nc_table *, int32_t start, int32_t length);
static inline uint64_t nc_mixed(uint64_t one, uint64_t two, uint64_t salt) {
  uint64_t made = (one * (2 * salt + 1)) ^ (two * 0x9E3779B97F4A7C15ull + salt);
  made ^= made >> 31;
  made *= 0xD6E8FEB86659FD93ull;
  return made ^ (made >> 30);
}
void nc_line_hashes(const nc_table *, const nc_words *, uint64_t *hashes /* one a line */);
void nc_stem_hashes(const nc_table *, const nc_words *, int32_t letters, uint64_t *hashes /* one a word */);
/* scoring.shapes.shape_columns, in the order of the names that shapes.py gives them; columns[c * n_lines + line]. */
enum {
  NC_S_SIZE, NC_S_WORDS, NC_S_WORD_LENGTH, NC_S_INITIALS, NC_S_CAPITALS, NC_S_NUMBERS, NC_S_SHORT_WORDS, NC_S_LETTERS,
  NC_S_CASELESS, NC_S_UNSPACED, NC_S_ENDERS, NC_S_ENDS_SENTENCE, NC_S_ENDS_OPEN, NC_S_ENDS_COLON, NC_S_ENDS_LETTER,
  NC_S_ENDS_DIGIT, NC_S_ENDS_BRACKET, NC_S_BEGINS_LOWER, NC_S_BEGINS_UPPER, NC_S_BEGINS_DIGIT, NC_S_BEGINS_QUOTE,
  NC_S_BEGINS_MARK, NC_S_BEGINS_BRACKET, NC_S_YEAR, NC_S_CLOCK, NC_S_DOMAIN, NC_S_MARKS, NC_S_PROSE,
  NC_S_SHARE_DIGIT, NC_S_SHARE_COMMA, NC_S_SHARE_QUOTE, NC_S_SHARE_DASH, NC_S_SHARE_DIVIDER, NC_S_SHARE_BRACKET,
  NC_S_SHARE_COLON, NC_S_SHARE_SYMBOL, NC_SHAPE_COLUMNS
};
void nc_shape_columns(nc_arena *, const nc_table *, const nc_words *, float *columns);
/* The same with columns[c * stride + line], stride at least n_lines. */
void nc_shape_columns_apart(nc_arena *, const nc_table *, const nc_words *, float *columns, size_t stride);
float nc_log1p(int32_t count);   /* (float)log1p(count), remembered for small counts */

/* scoring.forest.Forest; nodes as Python has them. `ready` is what nc_trees_new made of them (once a model), or NULL:
 * sums are the same then, but take much longer. */
typedef struct nc_trees nc_trees;
typedef struct {
  const uint8_t *feature;
  const float *threshold, *value;
  const int32_t *left, *right, *root;
  int32_t nodes, trees, depth;
  const nc_trees *ready;
} nc_forest;
/* NULL without memory, or where a tree has more leaves than this way of walking can tell apart (32). */
NC_API nc_trees *nc_trees_new(const nc_forest *);
NC_API void nc_trees_free(nc_trees *);
/* Forest.sums with one group: odds of each row of a row-major matrix; same order of addition as numpy's. */
void nc_forest_sums(nc_arena *, const nc_forest *, const float *matrix, int32_t rows, int32_t columns, float *sums);
/* The same from columns, `columns` of them: columns[c][row]. Cheaper: prefer it. Needs `ready`. */
void nc_trees_sums(nc_arena *, const nc_trees *, const float *const *columns, int32_t n_columns, int32_t rows,
                   float *sums);

/* ---- off-topic blocks (offtopic.c, reading.c, wording.c, cohesion.c, meaning.c, nearest.c, signals.c, blocks.c,
 * exhibits.c) */

enum { NC_OFFTOPIC_MEANT = 64, NC_OFFTOPIC_CLASSES = 8 };
/* offtopic.model.OfftopicModel: numbers of buckets are powers of two; `row` is below the number of vectors. */
typedef struct {
  const uint8_t *rarity;         /* Lexicon */
  const uint16_t *row;
  const int8_t *vectors;         /* NC_OFFTOPIC_MEANT a row */
  const int8_t *classes, *whole; /* Leanings: NC_OFFTOPIC_CLASSES a bucket, one a bucket */
  int32_t buckets, class_buckets, whole_buckets;
  float class_scale, whole_scale;
} nc_offtopic_model;
/* Trees of up to 32 leaves made ready for many rows at once (grove.c); NULL without memory or with more leaves. */
typedef struct nc_grove nc_grove;
NC_API nc_grove *nc_grove_new(const nc_forest *);
NC_API void nc_grove_free(nc_grove *);
/* Forest.sums with one group, from columns: columns[c][row] for each feature c. */
void nc_grove_sums(nc_arena *, const nc_grove *, const float *const *columns, int32_t n_columns, int32_t rows, float *odds);
/* offtopic.model.Judge with its trees made ready. `unit_column[k]` is the number, in the order of signals.unit_columns,
 * of the judge's column k; `block_column` in that of blocks.block_columns. */
typedef struct {
  const nc_grove *units, *blocks;
  const uint8_t *unit_column, *block_column;
  int32_t unit_columns, block_columns;
} nc_judge;
/* offtopic.finder.Found: tidy text [start, end), the units [first, last) of its section. */
typedef struct { int32_t section, start, end, first, last; double score; } nc_found;
/* finder.find_blocks of a document whose units are `units`: returns how many were found, likeliest first. */
int32_t nc_find_blocks(nc_arena *, const nc_doc *, const nc_line *units, int32_t n_units, const nc_offtopic_model *,
                       const nc_judge *, double least, const nc_span *spared, int32_t n_spared, nc_found **found);
/* The same with the table and the words of the document's own lines, where they are at hand: cheaper. Units may be any
 * pieces of those lines: where a word stands in none of them, or in two, words are made anew. */
int32_t nc_find_blocks_with(nc_arena *, const nc_doc *, const nc_table *, const nc_words *, const nc_line *units,
                            int32_t n_units, const nc_offtopic_model *, const nc_judge *, double least,
                            const nc_span *spared, int32_t n_spared, nc_found **found);
/* offtopic.reasons.Exhibit: a found block with what its kind and the reasons are told from. [start, end) of the tidy
 * text is [first, last) of the original. Rows are the judge's columns of each unit, and of the block; `asks` says
 * whether a unit asks; `words` are up to four words that stand nowhere else, one after the other, of `word_sizes`. */
typedef struct {
  int32_t start, end, first, last, units, asks;
  double score;
  const float *unit_rows, *row;
  const uint32_t *words;
  const int32_t *word_sizes;
  int32_t n_words;
} nc_exhibit;
/* The same with an exhibit of each, in their order and in memory of `results`; NULL if none is found. */
int32_t nc_find_blocks_told(nc_arena *, const nc_doc *, const nc_table *, const nc_words *, const nc_line *units,
                            int32_t n_units, const nc_offtopic_model *, const nc_judge *, double least,
                            const nc_span *spared, int32_t n_spared, nc_found **found, nc_arena *results,
                            nc_exhibit **exhibits);

#endif
