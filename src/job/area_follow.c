/* The job area_follow: everybody's areas anew from the address, in slices (register/town_map). */
#include "job/job.h"
#include "register/town_map.h"

err job_area_follow(struct job_run *j);

err job_area_follow(struct job_run *j)
{
	int64_t after = 0, changed = 0, looked = 0;
	for (bool end = false; !end;) {
		struct arena_mark m = arena_mark_get(j->c->arena);
		TRY(town_follow(j->c, &after, &changed, &end));
		arena_rewind(j->c->arena, m);
		looked += TOWN_FOLLOW_SLICE;
		TRY(job_step(j, looked, looked + (end ? 0 : TOWN_FOLLOW_SLICE)));
	}
	j->message = arena_fmt(j->c->arena, "%lld人の区域を変えました。", (long long)changed);
	return OK;
}
