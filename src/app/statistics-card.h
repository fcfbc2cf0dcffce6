/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/weights.h"

G_BEGIN_DECLS

#define ISC_TYPE_STATISTICS_CARD (isc_statistics_card_get_type ())
G_DECLARE_FINAL_TYPE (IscStatisticsCard, isc_statistics_card, ISC, STATISTICS_CARD, GtkWidget)

/**
 * IscStatisticsCard:
 *
 * The statistics of one tensor of weights, each a number under its name, in as many columns as the
 * width allows.
 */

/**
 * isc_statistics_card_set_entry:
 * @entry: (nullable): the tensor; not kept
 * @fit: (nullable): how well it fits its law, if that is known by now; not kept
 */
void isc_statistics_card_set_entry (IscStatisticsCard *self,
                                    const IscWeightEntry *entry,
                                    const IscFit *fit);

/** isc_statistics_to_text: Returns: (transfer full): the same as lines of name, tab, value, in full
 * digits */
char *isc_statistics_to_text (const IscWeightEntry *entry, const IscFit *fit);

G_END_DECLS
