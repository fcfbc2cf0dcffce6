/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ISC_TYPE_LIST_GROUP (isc_list_group_get_type ())
G_DECLARE_FINAL_TYPE (IscListGroup, isc_list_group, ISC, LIST_GROUP, AdwPreferencesGroup)

/**
 * IscListGroup:
 *
 * A list of texts, each in a row that can be edited and removed, and a last row that adds one.
 * Emits "edited" (index, text), "removed" (index) and "added" (text).
 */
GtkWidget *isc_list_group_new (const char *title,
                               const char *add_title,
                               const char *add_help,
                               const char *add_example);

/**
 * isc_list_group_set_items:
 * @titles: (array zero-terminated): what the rows are called
 * @texts: (array zero-terminated): their texts
 * @colored: whether a dot of the series' colour stands before each title
 */
void isc_list_group_set_items (IscListGroup *self,
                               const char *const *titles,
                               const char *const *texts,
                               gboolean colored);

/** isc_list_group_set_error: @message: (nullable): what is wrong with row @index; an index past the
 * end is the last row */
void isc_list_group_set_error (IscListGroup *self, guint index, const char *message);

/** isc_list_group_get_row: Returns: (transfer none): row @index, an IscFieldRow; past the end the
 * row that adds */
GtkWidget *isc_list_group_get_row (IscListGroup *self, guint index);

G_END_DECLS
