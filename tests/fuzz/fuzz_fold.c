#include "fuzz.h"
#include "jp/fold.h"
#include "jp/kana.h"

FUZZ(a, data, n)
{
	static const char tsv[] = "髙\t高\n邊\t辺\n邉\t邊\n體\t体\n齋\t斎\n萬\t万\n";
	struct fold_table *t;
	if (n && data[0] == 'T') { /* a table from the input */
		if (fold_read(a, (const char *)data + 1, n - 1, &t, NULL) != OK)
			return;
	} else if (fold_read(a, tsv, sizeof tsv - 1, &t, NULL) != OK) {
		abort();
	}
	const char *text = arena_strn(a, (const char *)data, n);
	if (!str_utf8_valid(text, strlen(text)))
		return;
	const char *name = fold_name(t, a, text), *org = fold_org(t, a, text), *kana = kana_katakana(a, text);
	MUST_HOLD(str_utf8_valid(name, strlen(name)) && str_utf8_valid(org, strlen(org)));
	if (data[0] != 'T') { /* a table that folds figures or Latin is the town's own affair */
		MUST_HOLD(str_eq(fold_name(t, a, name), name));
		MUST_HOLD(str_eq(fold_org(t, a, org), org));
	}
	MUST_HOLD(str_utf8_valid(kana, strlen(kana)) && str_eq(kana_katakana(a, kana), kana));
	int64_t *grams;
	MUST_HOLD(fold_bigrams(a, name, &grams) <= str_count(name));
	const char *readings[KANA_READINGS];
	size_t k = kana_romaji(a, text, readings);
	for (size_t i = 0; i < k; i++)
		MUST_HOLD(kana_is_reading(readings[i]) || strstr(readings[i], "　") == readings[i]);
	kana_row(text);
}
