/* What only the entry points need of arenas. */
#ifndef NC_MEMORY_H
#define NC_MEMORY_H

#include <setjmp.h>

#include "nc.h"

/* Where nc_take jumps to when there is no memory: an entry point does `if (setjmp(*nc_out_of_memory(a))) return -1;` */
jmp_buf *nc_out_of_memory(nc_arena *);
void nc_arena_reset(nc_arena *);
/* Gives memory beyond so many bytes back to the system; what was taken is gone. */
void nc_arena_trim(nc_arena *, size_t most);

#endif
