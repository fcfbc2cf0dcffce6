/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ISC_TYPE_LIST_ROW (isc_list_row_get_type ())
G_DECLARE_FINAL_TYPE (IscListRow, isc_list_row, ISC, LIST_ROW, AdwPreferencesRow)

/**
 * IscListRow:
 *
 * An element of a list as one line of text under its name, as wide as the row.  Emits "apply"
 * (text) on Enter or when it is left, "renamed" (name), "moved" (-1 up, 1 down) and "removed".
 * Escape puts the last text back.  What is wrong with the text shows under it.
 */

/**
 * isc_list_row_new:
 * @named: whether the element has a name that can be edited, and a series' colour; else it can be
 * moved
 */
GtkWidget *isc_list_row_new (gboolean named);

/** isc_list_row_set_item: @index: its place; @name: what it is called; @text: what it holds */
void isc_list_row_set_item (IscListRow *self, guint index, const char *name, const char *text);

/** isc_list_row_set_detail: @title: what else the element holds; @text: that, under its text; from
 * then on the row emits "detailed" (text) when it is edited */
void isc_list_row_set_detail (IscListRow *self, const char *title, const char *text);

/** isc_list_row_set_error: @message: (nullable): what is wrong */
void isc_list_row_set_error (IscListRow *self, const char *message);

const char *isc_list_row_get_text (IscListRow *self);

/** isc_list_row_get_error: Returns: (nullable): what it says is wrong */
const char *isc_list_row_get_error (IscListRow *self);

/** isc_list_row_try: types @text and applies it, as a person would */
void isc_list_row_try (IscListRow *self, const char *text);

/** isc_list_row_try_detail: types @text below and applies it, as a person would */
void isc_list_row_try_detail (IscListRow *self, const char *text);

G_END_DECLS
