/* Reading expressions of RE2's kind into steps of a nondeterministic machine.
 *
 * Only whether there is a match counts here, so that preferences (a?? and a?) make no difference. What is not read
 * (classes by name, flags for lines) makes an expression unreadable, and RE2 is asked instead. Classes of Unicode
 * properties take in all that is not ASCII: then RE2 is asked about what seems to match.
 */
#include <stdlib.h>

#include "nc_reader.h"

enum { MOST_DEPTH = 200, MOST_NODES = 20000, TOP = 0x10FFFF };

int nc_grow(void **piece, size_t size, int32_t *room, int32_t wanted) {
  if (wanted <= *room) return 0;
  int32_t made = wanted * 2 + 32;
  void *bigger = realloc(*piece, size * (size_t)made);
  if (bigger == NULL) return -1;
  *piece = bigger;
  *room = made;
  return 0;
}

static int32_t new_node(nc_reader *in, int32_t kind, int32_t a) {
  if (in->n_nodes >= MOST_NODES) in->failed = 1;
  if (in->failed || nc_grow((void **)&in->nodes, sizeof(nc_node), &in->node_room, in->n_nodes + 1)) {
    if (!in->failed) in->failed = in->broken = 1;
    return 0;
  }
  in->nodes[in->n_nodes] = (nc_node){kind, a, -1, 0, 0};
  return in->n_nodes++;
}

/* ---- sets of characters ---- */

static void add_range(nc_reader *in, uint32_t first, uint32_t last) {
  nc_parsed *made = in->made;
  if (nc_grow((void **)&made->ranges, sizeof(nc_range), &in->range_room, made->n_ranges + 1)) {
    in->failed = in->broken = 1;
    return;
  }
  made->ranges[made->n_ranges++] = (nc_range){first, last};
}

static void add_cased(nc_reader *in, uint32_t first, uint32_t last) {
  add_range(in, first, last);
  if (!in->blind) return;
  for (int32_t at = 0; at < nc_n_cases && nc_cases[at].first <= last; at++) {
    const nc_case *is = &nc_cases[at];
    uint32_t from = is->first > first ? is->first : first, to = is->last < last ? is->last : last, step = is->step;
    if (from > to) continue;
    from += (step - (from - is->first) % step) % step;
    if (step == 1) add_range(in, from + (uint32_t)is->shift, to + (uint32_t)is->shift);
    else
      for (; from <= to; from += step) add_range(in, from + (uint32_t)is->shift, from + (uint32_t)is->shift);
  }
}

static int by_first(const void *one, const void *two) {
  const nc_range *a = one, *b = two;
  return a->first < b->first ? -1 : a->first > b->first;
}

/* Sorts and merges the ranges from `first` on; if `negated`, leaves what is not in them. */
static void tidy_ranges(nc_reader *in, int32_t first, int negated) {
  nc_parsed *made = in->made;
  nc_range *ranges = made->ranges + first;
  int32_t count = made->n_ranges - first, kept = 0;
  if (count > 1) qsort(ranges, (size_t)count, sizeof(nc_range), by_first);
  for (int32_t at = 0; at < count; at++) {
    if (kept && ranges[at].first <= ranges[kept - 1].last + 1) {
      if (ranges[at].last > ranges[kept - 1].last) ranges[kept - 1].last = ranges[at].last;
    } else {
      ranges[kept++] = ranges[at];
    }
  }
  made->n_ranges = first + kept;
  if (!negated) return;
  uint32_t from = 0;
  for (int32_t at = 0; at < kept; at++) {
    nc_range is = made->ranges[first + at];
    if (is.first > from) add_range(in, from, is.first - 1);
    from = is.last + 1;
  }
  if (from <= TOP) add_range(in, from, TOP);
  int32_t left = made->n_ranges - first - kept;
  memmove(made->ranges + first, made->ranges + first + kept, sizeof(nc_range) * (size_t)left);
  made->n_ranges = first + left;
}

/* The set of the ranges from `first` on; the same ranges are the same set. */
static int32_t set_of(nc_reader *in, int32_t first) {
  nc_parsed *made = in->made;
  int32_t count = made->n_ranges - first;
  for (int32_t at = 0; at < made->n_sets; at++)
    if (made->sets[at].count == count &&
        memcmp(made->ranges + made->sets[at].first, made->ranges + first, sizeof(nc_range) * (size_t)count) == 0) {
      made->n_ranges = first;
      return at;
    }
  if (nc_grow((void **)&made->sets, sizeof(nc_set), &in->set_room, made->n_sets + 1)) {
    in->failed = in->broken = 1;
    return 0;
  }
  made->sets[made->n_sets] = (nc_set){first, count};
  return made->n_sets++;
}

static int32_t letter_node(nc_reader *in, uint32_t c) {
  int32_t first = in->made->n_ranges;
  add_cased(in, c, c);
  tidy_ranges(in, first, 0);
  return new_node(in, NC_SET, set_of(in, first));
}

/* \d \w \s and their opposites */
static int add_perl(nc_reader *in, uint32_t c) {
  int32_t first = in->made->n_ranges;
  switch (c | 32) {
    case 'd': add_range(in, '0', '9'); break;
    case 's':
      add_range(in, '\t', '\n');
      add_range(in, '\f', '\r');
      add_range(in, ' ', ' ');
      break;
    case 'w':
      add_range(in, '0', '9');
      add_cased(in, 'A', 'Z');
      add_range(in, '_', '_');
      add_cased(in, 'a', 'z');
      break;
    default: return 0;
  }
  if ((c & 32) == 0) tidy_ranges(in, first, 1);
  return 1;
}

/* \p{…}, `at` behind the p: of ASCII what has the property, and all else, which RE2 has to look at. */
static void add_property(nc_reader *in, int outside) {
  uint32_t name[3] = {0};
  int32_t size = 0;
  if (in->at < in->size && in->text[in->at] != '{') {
    name[size++] = in->text[in->at++];
  } else {
    for (in->at++; in->at < in->size && in->text[in->at] != '}'; in->at++, size++)
      if (size < 3) name[size] = in->text[in->at];
    in->at++;
  }
  uint32_t kind = name[0], part = name[1];
  if (outside || in->at > in->size || kind == '^' || size == 0) {
    in->failed = 1;
  } else if (size > 2) { /* a script: none of ASCII but Latin and Common */
    if ((kind == 'L' && part == 'a') || (kind == 'C' && part == 'o')) in->failed = 1;
  } else if (kind == 'L') {
    if (part != 'l' && part != 'o' && part != 'm' && part != 't') add_cased(in, 'A', 'Z');
    if (part != 'u' && part != 'o' && part != 'm' && part != 't') add_cased(in, 'a', 'z');
  } else if (kind == 'N') {
    if (part == 0 || part == 'd') add_range(in, '0', '9');
  } else if (kind != 'M') {
    in->failed = 1;
  }
  in->loose = 1;
  add_range(in, 128, TOP);
}

static int hex_of(uint32_t c) {
  if (c - '0' < 10u) return (int)(c - '0');
  return (c | 32) - 'a' < 6u ? (int)((c | 32) - 'a') + 10 : -1;
}

/* The character of an escape, `at` behind the backslash. */
static uint32_t read_escape(nc_reader *in) {
  static const char NAMES[] = "ntrfva", MEANT[] = "\n\t\r\f\v\a";
  uint32_t c = in->text[in->at++], made = 0;
  for (int name = 0; NAMES[name]; name++)
    if (c == (uint32_t)NAMES[name]) return (uint32_t)MEANT[name];
  if (c < 128 && !((c | 32) - 'a' < 26u) && !(c - '0' < 10u)) return c;
  if (c != 'x' || in->at >= in->size) {
    in->failed = 1;
    return 0;
  }
  int braces = in->text[in->at] == '{', digits = 0;
  if (braces) in->at++;
  for (; in->at < in->size && hex_of(in->text[in->at]) >= 0 && (braces || digits < 2) && digits < 6; digits++)
    made = made * 16 + (uint32_t)hex_of(in->text[in->at++]);
  if (braces ? in->at >= in->size || in->text[in->at++] != '}' : digits != 2) in->failed = 1;
  return made <= TOP ? made : 0;
}

/* [...], `at` behind the bracket. */
static int32_t read_class(nc_reader *in) {
  int32_t first = in->made->n_ranges, begin;
  int negated = in->at < in->size && in->text[in->at] == '^', loose = 0;
  in->at += negated;
  begin = in->at;
  while (!in->failed && in->at < in->size && (in->text[in->at] != ']' || in->at == begin)) {
    uint32_t c = in->text[in->at++], next = in->at < in->size ? in->text[in->at] : 0;
    if (c == '[' && next == ':') in->failed = 1;
    if (c == '\\' && (next | 32) == 'p') {
      in->at++;
      add_property(in, next == 'P');
      loose = 1;
      continue;
    }
    if (c == '\\' && next && add_perl(in, next)) {
      in->at++;
      continue;
    }
    if (c == '\\') c = in->at < in->size ? read_escape(in) : 0;
    uint32_t last = c;
    if (in->at + 1 < in->size && in->text[in->at] == '-' && in->text[in->at + 1] != ']') {
      in->at++;
      last = in->text[in->at++];
      if (last == '\\') last = in->at < in->size ? read_escape(in) : 0;
    }
    if (last < c) in->failed = 1;
    else add_cased(in, c, last);
  }
  if (in->at++ >= in->size) in->failed = 1;
  tidy_ranges(in, first, negated);
  if (negated && loose) { /* what RE2 has to look at is in here, too */
    add_range(in, 128, TOP);
    tidy_ranges(in, first, 0);
  }
  return new_node(in, NC_SET, set_of(in, first));
}

/* ---- groups, alternatives, repetitions ---- */

static int32_t read_alternatives(nc_reader *in);

/* Flags or the kind of a group, `at` behind "(?"; 1 if no group follows: "(?i)". */
static int read_flags(nc_reader *in) {
  uint32_t c = in->at < in->size ? in->text[in->at] : 0;
  if (c == 'P' || c == '<') {
    if (c == 'P' && (in->at + 1 >= in->size || in->text[++in->at] != '<')) in->failed = 1;
    while (in->at < in->size && in->text[in->at] != '>') in->at++;
    in->at++;
    return 0;
  }
  for (int on = 1; in->at < in->size; in->at++) {
    c = in->text[in->at];
    if (c == 'i') in->blind = on;
    else if (c == 's') in->dots_all = on;
    else if (c == '-') on = 0;
    else if (c != 'U') break;
  }
  if (in->at >= in->size || (c != ':' && c != ')')) in->failed = 1;
  in->at++;
  return c == ')';
}

static int32_t read_group(nc_reader *in) {
  int blind = in->blind, dots_all = in->dots_all;
  if (in->at < in->size && in->text[in->at] == '?') {
    in->at++;
    if (read_flags(in)) return new_node(in, NC_EMPTY, 0); /* they hold to the end of the group around */
  }
  int32_t made = read_alternatives(in);
  if (in->at >= in->size || in->text[in->at++] != ')') in->failed = 1;
  in->blind = blind;
  in->dots_all = dots_all;
  return made;
}

static int32_t read_dot(nc_reader *in) {
  int32_t first = in->made->n_ranges;
  if (!in->dots_all) add_range(in, '\n', '\n');
  tidy_ranges(in, first, 1);
  return new_node(in, NC_SET, set_of(in, first));
}

static int32_t read_backslash(nc_reader *in) {
  if (in->at >= in->size) {
    in->failed = 1;
    return 0;
  }
  uint32_t c = in->text[in->at];
  int32_t first = in->made->n_ranges;
  static const char NAMES[] = "bBAz";
  static const int32_t MEANT[] = {NC_AT_WORD, NC_NOT_AT_WORD, NC_AT_BEGIN, NC_AT_END};
  for (int name = 0; NAMES[name]; name++)
    if (c == (uint32_t)NAMES[name]) {
      in->at++;
      return new_node(in, NC_ASSERT, MEANT[name]);
    }
  if ((c | 32) == 'p') {
    in->at++;
    add_property(in, c == 'P');
  } else if (add_perl(in, c)) {
    in->at++;
  } else {
    return letter_node(in, read_escape(in));
  }
  tidy_ranges(in, first, 0);
  return new_node(in, NC_SET, set_of(in, first));
}

static int32_t read_atom(nc_reader *in) {
  uint32_t c = in->text[in->at++];
  switch (c) {
    case '(': return read_group(in);
    case '[': return read_class(in);
    case '.': return read_dot(in);
    case '^': return new_node(in, NC_ASSERT, NC_AT_BEGIN);
    case '$': return new_node(in, NC_ASSERT, NC_AT_END);
    case '\\': return read_backslash(in);
    case '*':
    case '+':
    case '?': in->failed = 1; return 0;
    default: return letter_node(in, c);
  }
}

/* {n}, {n,}, {n,m}, `at` at the brace: whether that is one. */
static int read_counts(nc_reader *in, int32_t *least, int32_t *most) {
  int32_t at = in->at + 1, number = -1;
  for (; at < in->size && in->text[at] - '0' < 10u && number < 2000; at++)
    number = (number < 0 ? 0 : number * 10) + (int32_t)(in->text[at] - '0');
  if (number < 0 || at >= in->size) return 0;
  *least = *most = number;
  if (in->text[at] == ',') {
    number = -1;
    for (at++; at < in->size && in->text[at] - '0' < 10u && number < 2000; at++)
      number = (number < 0 ? 0 : number * 10) + (int32_t)(in->text[at] - '0');
    *most = number;
  }
  if (at >= in->size || in->text[at] != '}') return 0;
  in->at = at + 1;
  return 1;
}

static int32_t read_repeated(nc_reader *in, int32_t atom) {
  while (!in->failed && in->at < in->size) {
    uint32_t c = in->text[in->at];
    int32_t least = c == '+', most = c == '?' ? 1 : -1;
    if (c == '{' ? !read_counts(in, &least, &most) : c != '*' && c != '+' && c != '?') break;
    if (c != '{') in->at++;
    if (in->at < in->size && in->text[in->at] == '?') in->at++;
    int32_t made = new_node(in, NC_REPEAT, atom);
    if (in->failed) break;
    in->nodes[made].least = least;
    in->nodes[made].most = most;
    atom = made;
  }
  return atom;
}

static int32_t read_alternatives(nc_reader *in) {
  int32_t alternatives = new_node(in, NC_ALT, -1), last = -1;
  if (++in->depth > MOST_DEPTH) in->failed = 1;
  while (!in->failed) {
    int32_t sequence = new_node(in, NC_CAT, -1);
    while (!in->failed && in->at < in->size && in->text[in->at] != '|' && in->text[in->at] != ')') {
      int32_t item = read_repeated(in, read_atom(in));
      if (in->failed) break;
      in->nodes[item].next = in->nodes[sequence].a;
      in->nodes[sequence].a = item;
    }
    if (in->failed) break;
    if (last < 0) in->nodes[alternatives].a = sequence;
    else in->nodes[last].next = sequence;
    last = sequence;
    if (in->at >= in->size || in->text[in->at] != '|') break;
    in->at++;
  }
  in->depth--;
  return alternatives;
}

int32_t nc_read_expression(nc_reader *in) {
  int32_t all = read_alternatives(in);
  if (in->at < in->size) in->failed = 1;
  return all;
}
