/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "catalog/catalog.h"

G_BEGIN_DECLS

#define ISC_TYPE_CALL_GROUP (isc_call_group_get_type ())
G_DECLARE_FINAL_TYPE (IscCallGroup, isc_call_group, ISC, CALL_GROUP, AdwPreferencesGroup)

/**
 * IscCallGroup:
 *
 * A call as rows: a chooser of everything of a kind, and under it one row a parameter, made from
 * the descriptor.  Emits "edited" with the new call's text (empty for none) and the name of the
 * gesture.
 */

/**
 * isc_call_group_new:
 * @title: the chooser's title
 * @none: (nullable): what the first entry is called that stands for no call, such as "PyTorch
 * default"
 */
GtkWidget *isc_call_group_new (IscKind kind, const char *title, const char *none);

/** isc_call_group_set_call: @call: (nullable): what to show */
void isc_call_group_set_call (IscCallGroup *self, IscCall *call);

/** isc_call_group_set_note: shows @text under the chooser: a formula with its numbers */
void isc_call_group_set_note (IscCallGroup *self, const char *text);

/** isc_call_group_set_error: @message: (nullable): what is wrong with the call as a whole */
void isc_call_group_set_error (IscCallGroup *self, const char *message);

/** isc_call_group_get_chooser: Returns: (transfer none): the row that chooses the item */
GtkWidget *isc_call_group_get_chooser (IscCallGroup *self);

/** isc_call_group_choose: chooses the item with that id, as a person would; %NULL for none */
void isc_call_group_choose (IscCallGroup *self, const char *id);

/** isc_call_group_find_row: Returns: (transfer none) (nullable): the row of parameter @name, if it
 * has an entry */
GtkWidget *isc_call_group_find_row (IscCallGroup *self, const char *name);

G_END_DECLS
