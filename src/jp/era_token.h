/* era_token — the words of a date, for jp/era alone. Ownership: all in the caller's struct. */
#ifndef TSU_JP_ERA_TOKEN_H
#define TSU_JP_ERA_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

enum era_tok {
	TOK_END, TOK_NUM, TOK_ERA, TOK_FIRST, TOK_YEAR, TOK_MONTH, TOK_DAY, TOK_SEP, TOK_SPACE, TOK_ABOUT, TOK_DECADE,
	TOK_UNKNOWN, TOK_WESTERN, TOK_SEASON, TOK_TEN, TOK_BORN
};

struct era_token {
	enum era_tok kind;
	int value;  /* number; index of the era; season or ten-days 0.. */
	int digits; /* of a number */
};

enum { ERA_TOKENS = 48, ERA_CHARS = 256 };

/* Even out width, case, dashes and numerals. False if the text is too long to be a date. */
bool era_even(const char *text, char out[ERA_CHARS]);
/* Words of evened text; ended by TOK_END. False if a word is unknown. */
bool era_tokens(const char *evened, struct era_token out[ERA_TOKENS]);

#endif
