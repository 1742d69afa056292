#include "access/harden.h"

#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#endif

err harden_untraceable(void)
{
	/* Not dumpable: no core even by a piped core_pattern, and no ptrace by another process of the same user. */
	return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? OK : ERR_IO;
}

err harden_process(void)
{
	umask(077);
	struct rlimit none = {0, 0};
	if (setrlimit(RLIMIT_CORE, &none) != 0)
		return ERR_IO;
	/* Programs we start (backup targets, mail) must not inherit a database password. */
	if (unsetenv("PGPASSWORD") != 0)
		return ERR_IO;
#ifdef SANITIZED
	return OK;
#else
	return harden_untraceable();
#endif
}
