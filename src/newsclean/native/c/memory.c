/* Arenas: memory for one document at a time, kept from one to the next. */
#include "memory.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGNED = 64 };
static const size_t FIRST_CHUNK = (size_t)1 << 18;

typedef struct chunk {
  struct chunk *next;
  size_t size;
  char *bytes;
} chunk;

struct nc_arena {
  chunk *first, *now;
  size_t used;
  jmp_buf out_of_memory;
};

static chunk *chunk_new(size_t size) {
  chunk *made = malloc(sizeof(chunk) + size + ALIGNED);
  if (made == NULL) return NULL;
  made->next = NULL;
  made->size = size;
  made->bytes = (char *)(((uintptr_t)(made + 1) + ALIGNED - 1) & ~(uintptr_t)(ALIGNED - 1));
  return made;
}

nc_arena *nc_arena_new(void) {
  nc_arena *made = calloc(1, sizeof(nc_arena));
  if (made == NULL) return NULL;
  made->first = made->now = chunk_new(FIRST_CHUNK);
  if (made->first == NULL) {
    free(made);
    return NULL;
  }
  return made;
}

void nc_arena_free(nc_arena *arena) {
  if (arena == NULL) return;
  for (chunk *at = arena->first; at != NULL;) {
    chunk *next = at->next;
    free(at);
    at = next;
  }
  free(arena);
}

jmp_buf *nc_out_of_memory(nc_arena *arena) { return &arena->out_of_memory; }

void *nc_take(nc_arena *arena, size_t bytes) {
  bytes = (bytes + ALIGNED - 1) & ~(size_t)(ALIGNED - 1);
  while (arena->used + bytes > arena->now->size) {
    if (arena->now->next == NULL || arena->now->next->size < bytes) {
      /* what follows is too small for this piece: put a chunk that holds it in between */
      size_t size = arena->now->size * 2;
      chunk *made = chunk_new(size < bytes ? bytes : size);
      if (made == NULL) longjmp(arena->out_of_memory, 1);
      made->next = arena->now->next;
      arena->now->next = made;
    }
    arena->now = arena->now->next;
    arena->used = 0;
  }
  void *piece = arena->now->bytes + arena->used;
  arena->used += bytes;
  return piece;
}

void *nc_take_zeroed(nc_arena *arena, size_t bytes) { return memset(nc_take(arena, bytes), 0, bytes); }

nc_mark nc_marked(nc_arena *arena) { return (nc_mark){arena->now, arena->used}; }

void nc_back(nc_arena *arena, nc_mark mark) {
  arena->now = mark.chunk;
  arena->used = mark.used;
}

void nc_arena_reset(nc_arena *arena) {
  arena->now = arena->first;
  arena->used = 0;
}

void nc_arena_trim(nc_arena *arena, size_t most) {
  size_t held = 0;
  chunk *last = arena->first;
  nc_arena_reset(arena);
  for (chunk *at = arena->first; at != NULL && held + at->size <= most; at = at->next) {
    held += at->size;
    last = at;
  }
  for (chunk *at = last->next, *next; at != NULL; at = next) {
    next = at->next;
    free(at);
  }
  last->next = NULL;
}
