/* map — string to pointer, open addressing, in an arena. Keys are borrowed and must outlive the map.
 * Tests: tests/unit/test_base.c. */
#ifndef TSU_BASE_MAP_H
#define TSU_BASE_MAP_H

#include "base/arena.h"

struct map {
	struct arena *arena;
	struct map_slot {
		const char *key;
		void *value;
	} *slots;
	size_t n, cap;
};

struct map map_new(struct arena *a);
void map_set(struct map *m, const char *key, void *value); /* replaces */
void *map_get(const struct map *m, const char *key);       /* NULL if absent */

#endif
