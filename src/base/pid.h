/* pid — public ids: 128 random bits as 26 lower-case Crockford base-32 letters. They stand in URLs, files, FHIR
 * and the offline pack; they say nothing about the record. Source of chance: getrandom(2); TSUNAGI_SEED (tests
 * and the demo only) makes a run repeatable. Tests: tests/unit/test_base.c. */
#ifndef TSU_BASE_PID_H
#define TSU_BASE_PID_H

#include "base/err.h"

#define PID_TEXT 27

void pid_make(char out[PID_TEXT]);
bool pid_valid(const char *s);
/* Random bytes; stops the process if the kernel has none. */
void rand_bytes(void *out, size_t n);
/* From now on this process draws from a seeded generator (demo, synth, tests). Never in serve. */
void rand_seed(uint64_t seed);

#endif
