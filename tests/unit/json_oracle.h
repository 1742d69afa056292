#ifndef TSU_TESTS_JSON_ORACLE_H
#define TSU_TESTS_JSON_ORACLE_H

#include <stdbool.h>
#include <stddef.h>

bool oracle_accepts(const char *text, size_t n);
bool oracle_equal(const char *x, const char *y);

#endif
