#include "codec/pdf_font.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <string.h>

static const struct {
	const char *path, *name;
	bool cff, needed;
} files[PDF_FONT_COUNT] = {
	{"opentype/ipaexfont-mincho/ipaexm.ttf", "IPAexMincho", false, true},
	{"opentype/ipaexfont-gothic/ipaexg.ttf", "IPAexGothic", false, true},
	{"truetype/ipamj/ipamjm.ttf", "IPAmjMincho", false, true},
	{"opentype/noto/NotoSerifCJK-Regular.ttc", "NotoSerifCJKjp-Regular", true, false},
	{"opentype/noto/NotoSansCJK-Regular.ttc", "NotoSansCJKjp-Regular", true, false},
};

/* In which order the files are asked, by the face of the form. */
static const int order[2][PDF_FONT_COUNT] = {
	[PDF_MINCHO] = {0, 2, 3, 4, 1},
	[PDF_GOTHIC] = {1, 2, 4, 3, 0},
};

struct pdf_fonts {
	hb_face_t *face[PDF_FONT_COUNT];
	hb_font_t *font[PDF_FONT_COUNT];
	hb_buffer_t *shape;
	/* What the last subset call lent out. It is kept here, not in the caller's frame, so that a jump out of a full
	 * arena loses nothing: the next call or the close gives it back. */
	hb_blob_t *lent;
	hb_face_t *subset;
	hb_subset_plan_t *plan;
	hb_subset_input_t *input;
};

static void give_back(struct pdf_fonts *f)
{
	hb_blob_destroy(f->lent);
	hb_face_destroy(f->subset);
	hb_subset_plan_destroy(f->plan);
	hb_subset_input_destroy(f->input);
	f->lent = NULL;
	f->subset = NULL;
	f->plan = NULL;
	f->input = NULL;
}

err pdf_fonts_open(struct arena *a, const char *dir, struct pdf_fonts **out)
{
	struct pdf_fonts *f = ARENA_NEW(a, struct pdf_fonts);
	char *paths[PDF_FONT_COUNT];
	for (int i = 0; i < PDF_FONT_COUNT; i++)
		paths[i] = arena_fmt(a, "%s/%s", dir ? dir : "/usr/share/fonts", files[i].path);
	f->shape = hb_buffer_create();
	for (int i = 0; i < PDF_FONT_COUNT; i++) {
		hb_blob_t *blob = hb_blob_create_from_file_or_fail(paths[i]);
		if (!blob) {
			if (!files[i].needed)
				continue;
			pdf_fonts_close(f);
			return ERR_FONT;
		}
		f->face[i] = hb_face_create(blob, 0);
		hb_blob_destroy(blob);
		if (hb_face_get_glyph_count(f->face[i]) == 0) {
			pdf_fonts_close(f);
			return ERR_FONT;
		}
		hb_face_make_immutable(f->face[i]);
		f->font[i] = hb_font_create(f->face[i]);
		hb_font_set_scale(f->font[i], 1000, 1000);
	}
	*out = f;
	return OK;
}

void pdf_fonts_close(struct pdf_fonts *f)
{
	if (!f)
		return;
	give_back(f);
	for (int i = 0; i < PDF_FONT_COUNT; i++) {
		hb_font_destroy(f->font[i]);
		hb_face_destroy(f->face[i]);
		f->font[i] = NULL;
		f->face[i] = NULL;
	}
	hb_buffer_destroy(f->shape);
	f->shape = NULL;
}

const char *pdf_font_name(const struct pdf_fonts *f, int font)
{
	(void)f;
	return files[font].name;
}

bool pdf_font_is_cff(const struct pdf_fonts *f, int font)
{
	(void)f;
	return files[font].cff;
}

static bool is_selector(uint32_t c) { return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF); }

bool pdf_font_joins(uint32_t c)
{
	return is_selector(c) || (c >= 0x300 && c <= 0x36F) || (c >= 0x3099 && c <= 0x309A) ||
	       (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F) || c == 0x200D;
}

/* Invisible: drawn as nothing (zero width), the text kept. */
static bool is_silent(uint32_t c)
{
	return is_selector(c) || c == 0x200B || c == 0x200C || c == 0x200D || c == 0xFEFF || c == 0x00AD || c < 0x20 ||
	       (c >= 0x7F && c < 0xA0) || (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x2069);
}

static struct pdf_glyph glyph_of(struct pdf_fonts *f, int i, hb_codepoint_t gid, uint32_t c)
{
	return (struct pdf_glyph){.gid = gid, .text = {c, 0}, .font = (uint8_t)i,
	                          .advance = hb_font_get_glyph_h_advance(f->font[i], gid)};
}

static struct pdf_glyph single(struct pdf_fonts *f, enum pdf_face face, uint32_t c)
{
	hb_codepoint_t gid;
	uint32_t look = is_silent(c) ? ' ' : c;
	for (int k = 0; k < PDF_FONT_COUNT; k++) {
		int i = order[face][k];
		if (f->font[i] && hb_font_get_nominal_glyph(f->font[i], look, &gid) && gid) {
			struct pdf_glyph g = glyph_of(f, i, gid, c);
			if (look != c)
				g.advance = 0;
			return g;
		}
	}
	int i = order[face][0];
	if (!hb_font_get_nominal_glyph(f->font[i], 0x3013, &gid))
		gid = 0;
	struct pdf_glyph g = glyph_of(f, i, gid, c);
	g.missing = true;
	return g;
}

/* Marks: let the shaping engine place them, in the first font that has every letter of the cluster. */
static size_t shape(struct pdf_fonts *f, enum pdf_face face, const uint32_t *cp, size_t n, struct pdf_glyph out[8])
{
	for (int k = 0; k < PDF_FONT_COUNT; k++) {
		int i = order[face][k];
		if (!f->font[i])
			continue;
		hb_buffer_reset(f->shape);
		hb_buffer_add_utf32(f->shape, cp, (int)n, 0, (int)n);
		hb_buffer_set_cluster_level(f->shape, HB_BUFFER_CLUSTER_LEVEL_CHARACTERS);
		hb_buffer_set_direction(f->shape, HB_DIRECTION_LTR);
		hb_buffer_guess_segment_properties(f->shape);
		hb_shape(f->font[i], f->shape, NULL, 0);
		unsigned m = 0;
		hb_glyph_info_t *info = hb_buffer_get_glyph_infos(f->shape, &m);
		hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(f->shape, &m);
		bool whole = m > 0 && m <= 8 && m <= n;
		for (unsigned g = 0; whole && g < m; g++)
			whole = info[g].codepoint != 0;
		if (!whole)
			continue;
		for (unsigned g = 0; g < m; g++) {
			out[g] = (struct pdf_glyph){.gid = info[g].codepoint, .text = {cp[g], 0}, .font = (uint8_t)i,
			                            .advance = pos[g].x_advance, .dx = pos[g].x_offset, .dy = pos[g].y_offset};
		}
		if (m < n)
			out[m - 1].text[1] = cp[m];
		return m;
	}
	return 0;
}

size_t pdf_font_cluster(struct pdf_fonts *f, enum pdf_face face, const uint32_t *cp, size_t n, struct pdf_glyph out[8])
{
	if (n == 2 && is_selector(cp[1])) {
		hb_codepoint_t gid;
		for (int k = 0; k < PDF_FONT_COUNT; k++) {
			int i = order[face][k];
			if (f->font[i] && hb_font_get_variation_glyph(f->font[i], cp[0], cp[1], &gid) && gid) {
				out[0] = glyph_of(f, i, gid, cp[0]);
				out[0].text[1] = cp[1];
				return 1;
			}
		}
		out[0] = single(f, face, cp[0]);
		out[0].text[1] = cp[1];
		return 1;
	}
	if (n == 2) {
		size_t m = shape(f, face, cp, n, out);
		if (m)
			return m;
	}
	/* Longer clusters and what no font shapes as a whole: one after the other, nothing dropped. */
	size_t m = n < 8 ? n : 8;
	for (size_t i = 0; i < m; i++)
		out[i] = single(f, face, cp[i]);
	return m;
}

err pdf_font_subset(struct pdf_fonts *f, int font, const uint32_t *gids, size_t n, const char **bytes, size_t *n_bytes,
                    uint32_t *new_gid)
{
	give_back(f);
	f->input = hb_subset_input_create_or_fail();
	if (!f->input)
		return ERR_NOMEM;
	/* Only what a PDF reader uses: outlines and widths. No hinting: readers draw unhinted and it is half the size. */
	hb_subset_input_set_flags(f->input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
	static const char drop[][5] = {"GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "name", "gasp", "DSIG", "cmap", "OS/2"};
	hb_set_t *tables = hb_subset_input_set(f->input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (size_t i = 0; i < sizeof drop / sizeof drop[0]; i++)
		hb_set_add(tables, hb_tag_from_string(drop[i], 4));
	hb_set_t *glyphs = hb_subset_input_glyph_set(f->input);
	for (size_t i = 0; i < n; i++)
		hb_set_add(glyphs, gids[i]);
	f->plan = hb_subset_plan_create_or_fail(f->face[font], f->input);
	if (!f->plan)
		return ERR_FONT;
	f->subset = hb_subset_plan_execute_or_fail(f->plan);
	if (!f->subset)
		return ERR_FONT;
	const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(f->plan);
	for (size_t i = 0; i < n; i++) {
		new_gid[i] = hb_map_get(map, gids[i]);
		if (new_gid[i] == HB_MAP_VALUE_INVALID)
			return ERR_FONT;
	}
	if (files[font].cff) /* the bare CFF table is what FontFile3 wants */
		f->lent = hb_face_reference_table(f->subset, HB_TAG('C', 'F', 'F', ' '));
	else
		f->lent = hb_face_reference_blob(f->subset);
	unsigned len = 0;
	*bytes = hb_blob_get_data(f->lent, &len);
	*n_bytes = len;
	return len ? OK : ERR_FONT;
}
