/* What is known of each code point, page by page. */
#include <stdlib.h>
#include <string.h>

#include "nc.h"

nc_page *nc_pages[NC_PAGES];

int32_t nc_missing_pages(const uint32_t *text, int64_t size, int32_t *pages, int32_t most) {
  uint8_t asked[NC_PAGES] = {0};
  int32_t found = 0;
  for (int64_t at = 0; at < size && found < most; at++) {
    uint32_t number = text[at] >> 8;
    if (number < NC_PAGES && nc_pages[number] == NULL && !asked[number]) {
      asked[number] = 1;
      pages[found++] = (int32_t)number;
    }
  }
  return found;
}

int32_t nc_set_page(int32_t number, const uint32_t *tidy, const uint32_t *fold, const uint16_t *flags,
                    const uint8_t *kind) {
  if (number < 0 || number >= NC_PAGES) return -1;
  if (nc_pages[number] != NULL) return 0;
  nc_page *page = malloc(sizeof(nc_page));
  if (page == NULL) return -1;
  memcpy(page->tidy, tidy, sizeof(page->tidy));
  memcpy(page->fold, fold, sizeof(page->fold));
  memcpy(page->flags, flags, sizeof(page->flags));
  memcpy(page->kind, kind, sizeof(page->kind));
  nc_pages[number] = page; /* set last: another thread sees a whole page or none */
  return 0;
}
