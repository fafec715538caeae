/* A look at each text of a block: from characters to what goes, and why. Mirrors newsclean.looking.look. */
#include "nc_block.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "memory.h"

enum {
  SCORED_LINES = 5, SCORED_SIZE = 400, SCORED_FLAT = 1000, /* document.may_score */
  KEPT_MEMORY = 1 << 26, OFF_TOPIC_SIZE = 700                                     /* intrusions.may_hold_intrusions */
};

struct nc_context {
  nc_arena *work, *results;
  double seconds[NC_PHASES];     /* spent in each */
  nc_desk *desk;
  const int8_t *weights;         /* those that the desk is a copy of */
};

nc_context *nc_context_new(void) {
  nc_context *made = calloc(1, sizeof(nc_context));
  if (made == NULL) return NULL;
  made->work = nc_arena_new();
  made->results = nc_arena_new();
  if (made->work == NULL || made->results == NULL) {
    nc_context_free(made);
    return NULL;
  }
  return made;
}

void nc_context_free(nc_context *context) {
  if (context == NULL) return;
  nc_arena_free(context->work);
  nc_arena_free(context->results);
  nc_desk_free(context->desk);
  free(context);
}

/* The scorer's desk, made when a text is first scored; NULL without memory: the scorer can do without. */
static nc_desk *desk_for(nc_context *context, const nc_scorer *scorer) {
  if (context->desk == NULL || context->weights != scorer->weights) {
    nc_desk_free(context->desk);
    context->desk = nc_desk_new(scorer->weights, scorer->bits);
    context->weights = scorer->weights;
  }
  return context->desk;
}

static double now(void) {
  struct timespec time;
  timespec_get(&time, TIME_UTC);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* A text while it is looked at. */
typedef struct {
  nc_context *context;
  nc_arena *arena;
  const nc_settings *settings;
  const nc_asked *asked;
  const nc_rules *rules;
  nc_doc doc;
  int scored;                    /* whether it is long enough for the scorer */
  int told;                      /* whether it will be asked why */
  double since;
  nc_finding *findings;
  int32_t n_findings;
  nc_scored lines, sentences;    /* by the scorer */
  nc_removal *removals;
  int32_t n_removals;
} look;

static int may_score(const nc_doc *doc) {
  return doc->size >= SCORED_SIZE && (doc->n_lines >= SCORED_LINES || doc->size >= SCORED_FLAT);
}

/* What was done since the last call was of that phase. */
static void done(look *at, int phase) {
  double time = now();
  at->context->seconds[phase] += time - at->since;
  at->since = time;
}

/* match.match_lines, with heads numbered through all packs. 0 if Python failed at an expression. */
static int match(look *at) {
  nc_rule_found *found = NULL;
  int32_t n = nc_match_lines(at->arena, &at->doc, at->rules->index, at->settings->expression,
                             (void *)(intptr_t)at->asked->rules, &found);
  if (n < 0) return 0;
  at->n_findings = n;
  at->findings = NC_TAKE(at->arena, nc_finding, n);
  for (int32_t i = 0; i < n; i++)
    at->findings[i] = (nc_finding){found[i].line, found[i].start, found[i].end,
                                   at->rules->first_head[found[i].pack] + found[i].head, found[i].strength};
  return 1;
}

static int category_of(void *self, int32_t line, int32_t split) {
  look *at = self;
  const nc_scoring *by = at->settings->scoring;
  /* nobody asks which, and none would stay */
  if (!at->told && (at->settings->categories & nc_scored_categories(by)) == nc_scored_categories(by))
    return by->categories[0];
  return nc_scored_category(at->arena, split ? &at->sentences : &at->lines, line);
}

/* decide.decide */
static nc_state *decide(look *at) {
  const nc_settings *settings = at->settings;
  int32_t profile = at->scored ? NC_BALANCED : settings->profile; /* the scorer knows the signs of this profile */
  nc_state *state = nc_decide_by_rules(at->arena, &at->doc, NULL, at->findings, at->n_findings, at->rules->heads,
                                       profile, settings->categories);
  nc_removal *sentences = NULL;
  int32_t n_sentences = 0;
  done(at, NC_PHASE_DECISIONS);
  if (at->scored) {
    const nc_limits *limits = &at->asked->limits;
    nc_line *split = NULL;
    int32_t n_split = nc_split_lines(at->arena, &at->doc, &split);
    nc_signs signs, split_signs;
    int any = nc_signs_of(state, &signs);
    if (n_split >= 0) nc_split_signs(state, split, n_split, &split_signs);
    nc_desk *desk = desk_for(at->context, &settings->scoring->scorer);
    nc_scored_lines(at->arena, desk, &at->doc, at->doc.lines, at->doc.n_lines, any ? &signs : NULL, settings->scoring,
                    NULL, &at->lines);
    done(at, NC_PHASE_SCORES);
    nc_apply_scores(state, at->lines.probability, limits, category_of, at);
    if (n_split >= 0) {
      nc_scored_lines(at->arena, desk, &at->doc, split, n_split, &split_signs, settings->scoring, &at->lines,
                      &at->sentences);
      done(at, NC_PHASE_SCORES);
      n_sentences = nc_scored_sentences(state, split, n_split, &split_signs, at->sentences.probability, limits,
                                        category_of, at, &sentences);
    }
  }
  at->n_removals = nc_removals(state, sentences, n_sentences, &at->removals);
  done(at, NC_PHASE_DECISIONS);
  return state;
}

/* Whether blocks that are off topic are found: Python then says which of them go, and why. */
static int holds_intrusion(look *at, const nc_kept *kept, int32_t n_kept, nc_arena *results, nc_answer *answer) {
  if (at->doc.size < OFF_TOPIC_SIZE) return 0;
  nc_line *units;
  nc_found *found;
  nc_exhibit *exhibits;
  nc_span *spared = NC_TAKE(at->arena, nc_span, n_kept);
  for (int32_t i = 0; i < n_kept; i++) spared[i] = (nc_span){kept[i].start, kept[i].end};
  int32_t n = nc_units(at->arena, &at->doc, &units), judge = at->asked->judge;
  done(at, NC_PHASE_SENTENCES);
  answer->n_exhibits = nc_find_blocks_told(at->arena, &at->doc, &at->lines.table, &at->lines.words, units, n,
                                           at->settings->model, at->settings->judges[judge],
                                           at->settings->least[judge], spared, n_kept, &found, results, &exhibits);
  if (answer->n_exhibits == 0) return 0;
  answer->exhibits = exhibits;
  for (int32_t line = 0; line < at->doc.n_lines; line++)
    answer->characters += at->doc.lines[line].end - at->doc.lines[line].start;
  return 1;
}

/* ---- answers ---- */

static int32_t *finding_row(const look *at, int32_t *row, const nc_finding *finding, int32_t start, int32_t end) {
  int32_t pack = 0, head = finding->head;
  while (at->rules->first_head[pack + 1] <= head) pack++;
  row[0] = nc_original_start(&at->doc, start);
  row[1] = nc_original_end(&at->doc, end);
  row[2] = pack;
  row[3] = head - at->rules->first_head[pack];
  row[4] = finding->strength;
  return row + NC_FOUND;
}

static void removal_row(const nc_removal *removal, nc_span span, int32_t *row) {
  row[0] = span.start, row[1] = span.end;
  row[2] = removal->category, row[3] = removal->how, row[4] = removal->reason, row[5] = removal->argument;
  row[6] = removal->n_found;
  memcpy(&row[7], &removal->score, sizeof(float));
}

/* The removals and the white space between them as rows, in order. */
static void tell_removals(look *at, nc_arena *results, nc_answer *answer) {
  const nc_doc *doc = &at->doc;
  int32_t n = at->n_removals;
  nc_span *junk = NC_TAKE(at->arena, nc_span, n), *white;
  for (int32_t i = 0; i < n; i++)
    junk[i] = (nc_span){nc_original_start(doc, at->removals[i].start), nc_original_end(doc, at->removals[i].end)};
  int32_t n_white = nc_separators(at->arena, doc->original, doc->original_size, junk, n, &white);
  int32_t *row = NC_TAKE(results, int32_t, (size_t)(n + n_white) * NC_ROW);
  answer->rows = row;
  answer->removals = n + n_white;
  for (int32_t i = 0, w = 0; i < n || w < n_white; row += NC_ROW) {
    /* Python sorts junk, then white space, by start, and keeps that order among equals */
    if (i < n && (w >= n_white || junk[i].start <= white[w].start)) {
      removal_row(&at->removals[i], junk[i], row);
      i++;
    } else {
      memset(row, 0, sizeof(int32_t) * NC_ROW);
      row[0] = white[w].start, row[1] = white[w].end, row[2] = -1;
      w++;
    }
  }
}

static void tell_findings(look *at, nc_arena *results, const nc_kept *kept, int32_t n_kept, nc_answer *answer) {
  int32_t n = n_kept;
  for (int32_t i = 0; i < at->n_removals; i++) n += at->removals[i].n_found;
  int32_t *row = NC_TAKE(results, int32_t, (size_t)n * NC_FOUND);
  answer->found = row;
  answer->findings = n;
  answer->kept = n_kept;
  for (int32_t i = 0; i < at->n_removals; i++) {
    const nc_finding *found = &at->findings[at->removals[i].found];
    for (int32_t k = 0; k < at->removals[i].n_found; k++) row = finding_row(at, row, &found[k], found[k].start, found[k].end);
  }
  for (int32_t i = 0; i < n_kept; i++)
    row = finding_row(at, row, &at->findings[kept[i].found], kept[i].start, kept[i].end);
}

static void tell_reasons(look *at, nc_arena *results, nc_answer *answer) {
  int32_t n = 0, columns = nc_scorer_columns(at->settings->scoring);
  for (int32_t i = 0; i < at->n_removals; i++) n += at->removals[i].how == NC_HOW_SCORED;
  float *moved = NC_TAKE(results, float, (size_t)n * (size_t)columns);
  answer->moved = moved;
  answer->reasons = n;
  for (int32_t i = 0; i < at->n_removals; i++) {
    const nc_removal *removal = &at->removals[i];
    if (removal->how != NC_HOW_SCORED) continue;
    nc_scored_contributions(at->arena, removal->reason == NC_WHY_SENTENCE ? &at->sentences : &at->lines, removal->line, moved);
    moved += columns;
  }
}

static int32_t look_at(look *at, const uint32_t *text, nc_arena *results, nc_answer *answer) {
  at->since = now();
  nc_read(at->arena, text, at->asked->size, &at->doc);
  done(at, NC_PHASE_LINES);
  at->scored = at->settings->scoring != NULL && may_score(&at->doc);
  if (!match(at)) return NC_FAILED;
  done(at, NC_PHASE_RULES);
  if (at->n_findings == 0 && !at->scored) return NC_SAME;
  nc_state *state = decide(at);
  const nc_kept *kept = NULL;
  int32_t n_kept = nc_spared(state, &kept);
  int intruded = at->n_removals == 0 && at->scored && at->settings->off_topic &&
                 holds_intrusion(at, kept, n_kept, results, answer);
  done(at, NC_PHASE_OFF_TOPIC);
  if (at->n_removals > 0) {
    tell_removals(at, results, answer);
    if (at->told && at->scored) tell_reasons(at, results, answer);
  }
  if (at->told && (at->n_removals > 0 || n_kept > 0)) tell_findings(at, results, kept, n_kept, answer);
  done(at, NC_PHASE_ANSWERS);
  return at->n_removals > 0 ? NC_CHANGED : intruded ? NC_INTRUDED : NC_SAME;
}

int32_t nc_look(nc_context *context, const uint32_t *codes, const nc_asked *asked, int32_t count,
                const nc_settings *settings, int32_t told, nc_answer *answers) {
  nc_arena_reset(context->results);
  if (setjmp(*nc_out_of_memory(context->work)) || setjmp(*nc_out_of_memory(context->results))) return -1;
  for (int32_t i = 0; i < count; i++) {
    nc_arena_reset(context->work);
    look at = {.context = context, .arena = context->work, .settings = settings, .asked = &asked[i], .told = told,
               .rules = &settings->rules[asked[i].rules]};
    memset(&answers[i], 0, sizeof(nc_answer));
    answers[i].status = look_at(&at, codes + asked[i].start, context->results, &answers[i]);
  }
  nc_arena_trim(context->work, KEPT_MEMORY); /* one giant text must not be paid for ever after */
  return 0;
}

void nc_times(const nc_context *context, double *seconds) {
  memcpy(seconds, context->seconds, sizeof(context->seconds));
}
