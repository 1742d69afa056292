#include "main/share_dir.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool holds_forms(struct arena *a, const char *dir)
{
	struct stat st;
	return stat(arena_fmt(a, "%s/forms", dir), &st) == 0 && S_ISDIR(st.st_mode);
}

const char *share_dir(struct arena *a)
{
	const char *set = getenv("TSUNAGI_SHARE");
	if (set && *set) /* said outright: no other place is tried */
		return holds_forms(a, set) ? set : NULL;
	char exe[4096];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	if (n > 0) {
		exe[n] = 0;
		char *slash = strrchr(exe, '/');
		if (slash)
			*slash = 0;
		static const char *const near[] = {"..", "../share/tsunagi"};
		for (size_t i = 0; i < sizeof near / sizeof near[0]; i++) {
			const char *dir = arena_fmt(a, "%s/%s", exe, near[i]);
			if (holds_forms(a, dir))
				return dir;
		}
	}
	return holds_forms(a, TSUNAGI_SOURCE_ROOT) ? TSUNAGI_SOURCE_ROOT : NULL;
}
