/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/document.h"

G_BEGIN_DECLS

#define ISC_TYPE_LIST_GROUP (isc_list_group_get_type ())
G_DECLARE_FINAL_TYPE (IscListGroup, isc_list_group, ISC, LIST_GROUP, AdwPreferencesGroup)

/**
 * IscListGroup:
 *
 * A list of texts, each in an IscListRow, a menu of what can be added, and a last row to type or
 * paste what is added.  Emits "edited" (index, text), "detailed" (index, text), "renamed" (index,
 * name), "moved" (index, by how much), "removed" (index) and "added" (text).
 */

/**
 * isc_list_group_new:
 * @title: the list's title
 * @named: whether its elements have names and colours, as an IscListRow has them
 * @add_help: what can be typed into the last row
 * @add_example: what the last row shows while it is empty
 */
GtkWidget *isc_list_group_new (const char *title,
                               gboolean named,
                               const char *add_help,
                               const char *add_example);

/** isc_list_group_set_menu: @menu: what the button beside the title offers; its items activate
 * "list.add" with a text, or "list.paste" */
void isc_list_group_set_menu (IscListGroup *self, GMenuModel *menu, const char *tooltip);

/** isc_list_group_offer: adds to a menu: @label adds @text to the list */
void isc_list_group_offer (GMenu *menu, const char *label, const char *text);

/**
 * isc_list_group_set_items:
 * @names: (array zero-terminated): what the rows are called
 * @texts: (array zero-terminated): their texts
 */
void
isc_list_group_set_items (IscListGroup *self, const char *const *names, const char *const *texts);

/** isc_list_group_set_error: @message: (nullable): what is wrong with row @index; an index past the
 * end is the last row */
void isc_list_group_set_error (IscListGroup *self, guint index, const char *message);

/** isc_list_group_get_row: Returns: (transfer none) (nullable): row @index, an IscListRow */
GtkWidget *isc_list_group_get_row (IscListGroup *self, guint index);

/** isc_list_group_get_add_row: Returns: (transfer none): the row that adds, an IscFieldRow */
GtkWidget *isc_list_group_get_add_row (IscListGroup *self);

/** isc_list_group_edit: sets field @path of @document, as isc_document_edit() does; what is wrong
 * with
 * @value shows at row @index */
gboolean isc_list_group_edit (
    IscListGroup *self, IscDocument *document, const char *path, guint index, const char *value);

G_END_DECLS
