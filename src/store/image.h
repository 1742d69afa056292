/* image — takes place, camera and comment data out of pictures before they are stored.
 * JPEG: APP0 (JFIF), APP2 (colour profile) and APP14 stay; Exif, XMP, IPTC, comments and all behind the end go; if the
 * Exif said how to turn the picture, a new one with that alone is written. PNG: text, time and eXIf chunks go.
 * Pure; arena. ERR_INPUT: the picture is cut or malformed. Tests: tests/unit/test_store_file.c. */
#ifndef TSU_STORE_IMAGE_H
#define TSU_STORE_IMAGE_H

#include "base/arena.h"
#include "base/err.h"
#include "store/table.h"

MUST err image_strip_jpeg(struct arena *a, struct blob in, struct blob *out);
MUST err image_strip_png(struct arena *a, struct blob in, struct blob *out);

#endif
