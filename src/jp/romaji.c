/* kana_romaji: ヘボン式 and 訓令式 in one table. Where a spelling can be read in two ways the spots are numbered and
 * each bit of `choice` takes the other way at one spot. */
#include "jp/kana.h"

#include "base/buf.h"
#include "base/str.h"

#include <string.h>

enum { LONG_MARK = '^', MOST = 80, CHOICES = 3 };

static const struct {
	const char *consonant;
	const char *kana[5]; /* a i u e o */
} table[] = { /* two letters before one */
	{"ky", {"キャ", "キィ", "キュ", "キェ", "キョ"}}, {"gy", {"ギャ", "ギィ", "ギュ", "ギェ", "ギョ"}},
	{"sh", {"シャ", "シ", "シュ", "シェ", "ショ"}}, {"sy", {"シャ", "シィ", "シュ", "シェ", "ショ"}},
	{"zy", {"ジャ", "ジィ", "ジュ", "ジェ", "ジョ"}}, {"jy", {"ジャ", "ジィ", "ジュ", "ジェ", "ジョ"}},
	{"ch", {"チャ", "チ", "チュ", "チェ", "チョ"}}, {"ty", {"チャ", "チィ", "チュ", "チェ", "チョ"}},
	{"cy", {"チャ", "チィ", "チュ", "チェ", "チョ"}}, {"ts", {"ツァ", "ツィ", "ツ", "ツェ", "ツォ"}},
	{"dy", {"ヂャ", "ヂィ", "ヂュ", "ヂェ", "ヂョ"}}, {"dz", {"ヅァ", "ヂ", "ヅ", "ヅェ", "ヅォ"}},
	{"ny", {"ニャ", "ニィ", "ニュ", "ニェ", "ニョ"}}, {"hy", {"ヒャ", "ヒィ", "ヒュ", "ヒェ", "ヒョ"}},
	{"by", {"ビャ", "ビィ", "ビュ", "ビェ", "ビョ"}}, {"py", {"ピャ", "ピィ", "ピュ", "ピェ", "ピョ"}},
	{"my", {"ミャ", "ミィ", "ミュ", "ミェ", "ミョ"}}, {"ry", {"リャ", "リィ", "リュ", "リェ", "リョ"}},
	{"kw", {"クァ", "クィ", "ク", "クェ", "クォ"}}, {"gw", {"グァ", "グィ", "グ", "グェ", "グォ"}},
	{"k", {"カ", "キ", "ク", "ケ", "コ"}}, {"g", {"ガ", "ギ", "グ", "ゲ", "ゴ"}},
	{"s", {"サ", "シ", "ス", "セ", "ソ"}}, {"z", {"ザ", "ジ", "ズ", "ゼ", "ゾ"}},
	{"t", {"タ", "チ", "ツ", "テ", "ト"}}, {"d", {"ダ", "ヂ", "ヅ", "デ", "ド"}},
	{"n", {"ナ", "ニ", "ヌ", "ネ", "ノ"}}, {"h", {"ハ", "ヒ", "フ", "ヘ", "ホ"}},
	{"b", {"バ", "ビ", "ブ", "ベ", "ボ"}}, {"p", {"パ", "ピ", "プ", "ペ", "ポ"}},
	{"m", {"マ", "ミ", "ム", "メ", "モ"}}, {"r", {"ラ", "リ", "ル", "レ", "ロ"}},
	{"y", {"ヤ", "イ", "ユ", "イェ", "ヨ"}}, {"w", {"ワ", "ウィ", "ウ", "ウェ", "ヲ"}},
	{"f", {"ファ", "フィ", "フ", "フェ", "フォ"}}, {"v", {"ヴァ", "ヴィ", "ヴ", "ヴェ", "ヴォ"}},
	{"j", {"ジャ", "ジ", "ジュ", "ジェ", "ジョ"}}, {"", {"ア", "イ", "ウ", "エ", "オ"}},
};

static int vowel(char c)
{
	const char *p = c ? strchr("aiueo", c) : NULL;
	return p ? (int)(p - "aiueo") : -1;
}

/* Letters in lower case, long vowels as vowel + '^', gaps as ' '. False: not romaji. */
static bool prepare(const char *text, char out[MOST])
{
	static const struct {
		uint16_t capital, small;
		char v;
	} lengthened[] = {{0x100, 0x101, 'a'}, {0x12A, 0x12B, 'i'}, {0x16A, 0x16B, 'u'}, {0x112, 0x113, 'e'},
		{0x14C, 0x14D, 'o'}, {0xC2, 0xE2, 'a'}, {0xCE, 0xEE, 'i'}, {0xDB, 0xFB, 'u'}, {0xCA, 0xEA, 'e'},
		{0xD4, 0xF4, 'o'}};
	size_t n = 0;
	bool letter = false;
	for (uint32_t c; (c = str_next(&text)) != 0;) {
		if (n + 4 > MOST)
			return false;
		if (c >= 0xFF01 && c <= 0xFF5E)
			c -= 0xFEE0;
		if (c >= 'A' && c <= 'Z')
			c += 32;
		if (c >= 'a' && c <= 'z') {
			out[n++] = (char)c;
			letter = true;
			continue;
		}
		if (c == ' ' || c == 0x3000 || c == ',' || c == '-') {
			if (n && out[n - 1] != ' ')
				out[n++] = ' ';
			continue;
		}
		if (c == '\'' || c == 0x2019) {
			out[n++] = '\'';
			continue;
		}
		if ((c == 0x304 || c == 0x302) && n) {
			out[n++] = LONG_MARK;
			continue;
		}
		bool found = false;
		for (size_t i = 0; i < sizeof lengthened / sizeof lengthened[0] && !found; i++)
			if (c == lengthened[i].capital || c == lengthened[i].small) {
				out[n++] = lengthened[i].v;
				out[n++] = LONG_MARK;
				letter = found = true;
			}
		if (!found)
			return false;
	}
	while (n && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return letter;
}

struct spots {
	unsigned choice;
	int seen;
};

/* At a spot that can be read in two ways: the second one? */
static bool other(struct spots *s)
{
	return s->seen < CHOICES && (s->choice >> s->seen++ & 1);
}

/* ン, ッ: consonants that stand alone. Returns letters used; 0 if none does. */
static size_t lone(const char *p, struct buf *b)
{
	if (p[0] == 'n' && p[1] == '\'') {
		buf_str(b, "ン");
		return 2;
	}
	if (p[0] == 'n' && vowel(p[1]) < 0 && p[1] != 'y') {
		buf_str(b, "ン");
		return p[1] == 'n' && vowel(p[2]) < 0 && p[2] != 'y' ? 2 : 1;
	}
	if (p[0] == 'm' && p[1] && strchr("bpm", p[1])) {
		buf_str(b, "ン");
		return 1;
	}
	if (vowel(p[0]) < 0 && p[0] != 'n' && (p[0] == p[1] || strncmp(p, "tch", 3) == 0)) {
		buf_str(b, "ッ");
		return 1;
	}
	return 0;
}

/* What lengthens the vowel at p[0]: ō, oh before a consonant or the end. */
static size_t lengthen(const char *p, bool first, struct spots *s, struct buf *b)
{
	int v = vowel(p[0]);
	bool oh = p[0] == 'o' && p[1] == 'h' && vowel(p[2]) < 0 && p[2] != 'y';
	if (p[1] != LONG_MARK && !oh)
		return 0;
	if (v == 4)
		buf_str(b, first != other(s) ? "オ" : "ウ"); /* ōno: オオノ; satō: サトウ */
	else if (v == 3)
		buf_str(b, other(s) ? "エ" : "イ");
	else
		buf_str(b, table[sizeof table / sizeof table[0] - 1].kana[v]);
	return 1;
}

static bool convert(const char *p, unsigned choice, struct buf *b)
{
	struct spots s = {choice, 0};
	/* prepare() filled the letters. NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Branch) */
	while (*p) {
		bool first = b->n == 0;
		if (*p == ' ') {
			buf_str(b, "　");
			p++;
			continue;
		}
		size_t n = lone(p, b);
		if (n) {
			p += n;
			continue;
		}
		if (p[0] == 'n' && p[1] == 'y' && vowel(p[2]) >= 0 && !first && !other(&s)) {
			buf_str(b, "ン"); /* shinya: シンヤ before シニャ */
			p++;
			continue;
		}
		size_t i = 0;
		int v = -1;
		for (; i < sizeof table / sizeof table[0]; i++) {
			n = strlen(table[i].consonant);
			if (strncmp(p, table[i].consonant, n) == 0 && (v = vowel(p[n])) >= 0)
				break;
		}
		if (i == sizeof table / sizeof table[0] || v < 0)
			return false;
		buf_str(b, table[i].kana[v]);
		p += n;
		p += 1 + lengthen(p, first && n == 0, &s, b);
	}
	return b->n > 0;
}

size_t kana_romaji(struct arena *a, const char *text, const char *out[KANA_READINGS])
{
	char letters[MOST];
	size_t n = 0;
	if (!prepare(text, letters))
		return 0;
	for (unsigned choice = 0; choice < 1u << CHOICES; choice++) {
		struct buf b = buf_new(a);
		if (!convert(letters, choice, &b))
			return 0;
		bool known = false;
		for (size_t i = 0; i < n; i++)
			known = known || str_eq(out[i], b.p);
		if (!known)
			out[n++] = b.p;
	}
	return n;
}
