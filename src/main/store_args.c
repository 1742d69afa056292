#include "main/store_args.h"

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int store_args_fail(err e)
{
	fprintf(stderr, "tsunagi: %s%s（%s %d）\n", err_sentence_ja(e), err_mend_ja(e), err_name(e), (int)e);
	return err_class_of(e) == ERR_CLASS_INPUT ? 2 : 1;
}

/* The first line of the file, at least 12 characters. */
static int read_password(struct arena *a, const char *path, const char **out)
{
	char line[1024];
	FILE *f = fopen(path, "rb");
	if (!f || !fgets(line, sizeof line, f)) {
		if (f)
			fclose(f);
		fprintf(stderr, "tsunagi: 合言葉のファイル「%s」を読めません。\n", path);
		return 2;
	}
	fclose(f);
	line[strcspn(line, "\r\n")] = '\0';
	if (!str_utf8_valid(line, strlen(line)) || str_count(line) < 12) {
		fputs("tsunagi: 合言葉は12文字以上にしてください（ファイルの1行目に書きます）。\n", stderr);
		return 2;
	}
	*out = arena_str(a, line);
	return 0;
}

int store_args_read(struct arena *a, int argc, char **argv, struct store_args *out)
{
	const char *env = getenv("TSUNAGI_DATA");
	*out = (struct store_args){.data_dir = env && *env ? env : "data"};
	for (int i = 1; i < argc; i++) {
		bool value = i + 1 < argc;
		if (strcmp(argv[i], "--verify") == 0) {
			out->verify = true;
		} else if (strcmp(argv[i], "--data") == 0 && value) {
			out->data_dir = argv[++i];
		} else if (strcmp(argv[i], "--password-file") == 0 && value) {
			int rc = read_password(a, argv[++i], &out->password);
			if (rc)
				return rc;
		} else if (argv[i][0] != '-' && out->n_words < 2) {
			out->words[out->n_words++] = argv[i];
		} else {
			fprintf(stderr, "tsunagi %s: 「%s」の使い方が違います。\n", argv[0], argv[i]);
			return 2;
		}
	}
	return 0;
}
