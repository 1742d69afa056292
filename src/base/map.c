#include "base/map.h"

#include <string.h>

struct map map_new(struct arena *a)
{
	return (struct map){.arena = a, .slots = ARENA_ARRAY(a, 16, struct map_slot), .n = 0, .cap = 16};
}

static size_t hash(const char *s)
{
	uint64_t h = 1469598103934665603u;
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return (size_t)(h ^ h >> 32);
}

static struct map_slot *slot(struct map_slot *slots, size_t cap, const char *key)
{
	size_t i = hash(key) & (cap - 1);
	while (slots[i].key && strcmp(slots[i].key, key) != 0)
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

void map_set(struct map *m, const char *key, void *value)
{
	if ((m->n + 1) * 4 > m->cap * 3) {
		size_t cap = m->cap * 2;
		struct map_slot *s = ARENA_ARRAY(m->arena, cap, struct map_slot);
		for (size_t i = 0; i < m->cap; i++)
			if (m->slots[i].key)
				*slot(s, cap, m->slots[i].key) = m->slots[i];
		m->slots = s;
		m->cap = cap;
	}
	struct map_slot *s = slot(m->slots, m->cap, key);
	if (!s->key) {
		s->key = key;
		m->n++;
	}
	s->value = value;
}

void *map_get(const struct map *m, const char *key) { return slot(m->slots, m->cap, key)->value; }
