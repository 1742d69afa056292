/* chain — the bytes that audit and look entries hash, and the small files that remember the end of a chain.
 * Inside access/ only. Tests: tests/unit/test_access_audit.c. */
#ifndef TSU_ACCESS_CHAIN_H
#define TSU_ACCESS_CHAIN_H

#include "access/key.h"
#include "sql/q_access.h"

/* hash := keyed BLAKE2b(previous hash, entry). prev has KEY_MAC bytes. */
void chain_hash_entry(struct ctx *c, const uint8_t prev[KEY_MAC], const struct q_audit_entry_page_row *e, uint8_t out[KEY_MAC]);
void chain_hash_look(struct ctx *c, const uint8_t prev[KEY_MAC], const char *month, const struct q_look_page_row *e,
	const int64_t *ids, size_t n, uint8_t out[KEY_MAC]);
void chain_start(struct ctx *c, const char *name, uint8_t out[KEY_MAC]); /* what stands before entry 1 */

/* A head file holds "tsunagi-head 1 NAME SEQ HASH MAC\n", replaced in place. */
MUST err chain_head_write(struct ctx *c, const char *path, const char *name, int64_t seq, const uint8_t hash[KEY_MAC]);
enum chain_head { CHAIN_HEAD_NONE, CHAIN_HEAD_BAD, CHAIN_HEAD_GOOD };
enum chain_head chain_head_read(struct ctx *c, const char *path, const char *name, int64_t *seq, uint8_t hash[KEY_MAC]);

/* ERR_KEY when the house has no key. */
MUST err chain_ready(const struct ctx *c);
const char *chain_purpose(struct ctx *c); /* the actor's purpose; of the console with its user's name */

#endif
