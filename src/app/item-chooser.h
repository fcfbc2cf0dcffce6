/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "catalog/catalog.h"

G_BEGIN_DECLS

#define ISC_TYPE_ITEM_CHOOSER (isc_item_chooser_get_type ())
G_DECLARE_FINAL_TYPE (IscItemChooser, isc_item_chooser, ISC, ITEM_CHOOSER, AdwActionRow)

/**
 * IscItemChooser:
 *
 * A row that chooses one of many items of the catalog from a list with a search, which finds an
 * item by its label, its id, its citation and its summary: "he" finds Kaiming normal.  A button
 * tells what the item is, its formula, where it is from and what breaks it.  The property
 * "selected" is the item's place in the catalog's list, as AdwComboRow has it.
 */

/**
 * isc_item_chooser_new:
 * @none: (nullable): the label of a first entry that stands for no item
 */
GtkWidget *isc_item_chooser_new (IscKind kind, const char *none);

/** isc_item_chooser_search: types @text into the search, as a person would
 *
 * Returns: (transfer full): the ids that are found, best first */
char **isc_item_chooser_search (IscItemChooser *self, const char *text);

/**
 * isc_item_chooser_list:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): the items of a kind that are offered, in the order of
 *   the catalog: of layers those with weights
 */
const IscItem *const *isc_item_chooser_list (IscKind kind, guint *n);

G_END_DECLS
