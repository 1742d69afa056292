/* numbers — the numbers of long-term care insurance and the telephone, evened out and checked.
 *
 * Check digits only warn: real and official sample numbers fail them (forms-careplan §7.4–7.6), so no caller may
 * refuse a save for NUMBER_DIGIT. Numbers are always text: they begin with zeros and may hold letters.
 * Sources: insurer number — 保険者番号等設定要領 (検証番号; that care uses the same reckoning is marked 要確認,
 * docs/open-questions.md); office number — 介護保険事業所番号, modulus 10 weights 2-1 with letters (A=10 … Z=32,
 * I, O, Q not used); insured number — form only, no check digit is known to hold everywhere.
 * Ownership: arena. Errors: none; the answer is the enum. Tests: tests/unit/test_jp_more.c.
 */
#ifndef TSU_JP_NUMBERS_H
#define TSU_JP_NUMBERS_H

#include "base/arena.h"

#include <stdbool.h>

enum number_check {
	NUMBER_OK,
	NUMBER_DIGIT, /* form right, check digit wrong: warn, never refuse */
	NUMBER_FORM   /* not such a number */
};

/* Full-width ASCII to half, capitals, spaces and dashes out: what to store and compare. */
const char *number_even(struct arena *a, const char *text);

/* On evened text. */
enum number_check number_check_insurer(const char *text); /* 6 digits */
enum number_check number_check_insured(const char *text); /* 10 digits, or H and 9 digits; never NUMBER_DIGIT */
enum number_check number_check_office(const char *text);  /* 10; the third may be a letter but I, O, Q */
/* The right check digit of the first 5 (insurer) or 9 (office) characters; -1 if they are not such a number. */
int number_digit_insurer(const char *text);
int number_digit_office(const char *text);
/* Plain Japanese warning or refusal for the field, or NULL if NUMBER_OK. Static. */
const char *number_sentence_insurer(enum number_check r);
const char *number_sentence_insured(enum number_check r);
const char *number_sentence_office(enum number_check r);

/* Telephone: digits and dashes (090-1234-5678). Typed grouping is kept; undivided mobile, free-call and 03/06 numbers
 * are divided; other undivided numbers stay undivided, since area codes differ in length. +81 becomes 0. False if it is
 * no telephone number (10 or 11 digits from 0; *out is then the trimmed text). */
bool number_phone(struct arena *a, const char *text, const char **out);
/* Digits only, for searching. */
const char *number_phone_key(struct arena *a, const char *text);

#endif
