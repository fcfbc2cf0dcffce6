/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscSource:
 *
 * The text of a script, cut into Lua's tokens.  Lua tells only the line of an error; what is
 * compiled is therefore the same text with every token on a line of its own, so that Lua's line
 * numbers are our tokens and every error has its column.  Immutable once made.
 */
typedef struct _IscSource IscSource;

/**
 * isc_source_new:
 * @name: what errors begin with: "custom", or "script: " and a path
 * @text: (array length=size): the text, UTF-8
 * @is_file: whether places always name the line
 *
 * Returns: (transfer full) (nullable): the source; %NULL with ISC_ERROR_INVALID if @text is not
 *   UTF-8 or holds what is no token, or a name that opens the sandbox
 */
IscSource *
isc_source_new (const char *name, const char *text, gsize size, gboolean is_file, GError **error);
void isc_source_free (IscSource *source);

/** isc_source_is_file: Returns: whether it is a file */
gboolean isc_source_is_file (const IscSource *source);

/** isc_source_get_n_tokens: Returns: how many tokens there are; comments are none */
guint isc_source_get_n_tokens (const IscSource *source);

/**
 * isc_source_wrap:
 * @prefix: what is compiled in front of it, without a line break
 * @suffix: what is compiled behind it
 *
 * Returns: (transfer full): the text to compile, a token a line
 */
char *isc_source_wrap (const IscSource *source, const char *prefix, const char *suffix);

/**
 * isc_source_next_global:
 * @token: (inout): where to go on, 0 at first
 * @length: (out): bytes of the name
 * @line: (out): its line in what isc_source_wrap() gives
 *
 * Finds the names that an expression without functions, and so without local names, takes from
 * outside.
 *
 * Returns: (transfer none) (nullable): the start of the next one, %NULL behind the last, or if
 * there are functions
 */
const char *
isc_source_next_global (const IscSource *source, guint *token, gsize *length, int *line);

/**
 * isc_source_reword:
 * @message: what Lua's compiler says of isc_source_wrap()'s text
 *
 * Returns: (transfer full): @message with places of the source instead of lines: "')' expected (to
 *   close '(' at column 3) at the end"
 */
char *isc_source_reword (const IscSource *source, const char *message);

/**
 * isc_source_find_back:
 * @line: a line of what isc_source_wrap() gives, where a running script failed; there are tokens
 * @name: what the message names
 *
 * Returns: the line of @name if it stands there or a little before it, else the line of the token
 *   there
 */
int isc_source_find_back (const IscSource *source, int line, const char *name);

/**
 * isc_source_fail:
 * @line: a line of what isc_source_wrap() gives; 0 for none
 * @code: of ISC_ERROR
 * @message: what is wrong
 *
 * Sets @error to one sentence: "custom: column 5: ", "script: init.lua, line 2, column 5: " and
 * @message, cut if it is long and without control characters.
 */
void
isc_source_fail (const IscSource *source, int line, gint code, const char *message, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscSource, isc_source_free)
