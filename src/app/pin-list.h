/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "experiment/experiment.h"

G_BEGIN_DECLS

#define ISC_TYPE_PIN_LIST (isc_pin_list_get_type ())
G_DECLARE_FINAL_TYPE (IscPinList, isc_pin_list, ISC, PIN_LIST, AdwPreferencesGroup)

/**
 * IscPinList:
 *
 * The schemes that the weights shown are compared with, each in its colour.  Emits "changed" with
 * the experiment that a person asked for: with the scheme shown pinned too, with one pin less, with
 * none, or with one of the comparisons on offer.
 */
GtkWidget *isc_pin_list_new (void);

/** isc_pin_list_set_experiment: @experiment: whose pins are shown; it has a weights section */
void isc_pin_list_set_experiment (IscPinList *self, IscExperiment *experiment);

/** isc_pin_list_set_error: @message: what is wrong with pin @index, shown in its row until the
 * experiment changes */
void isc_pin_list_set_error (IscPinList *self, guint index, const char *message);

/** isc_pin_list_pin: pins the scheme that is shown, as a person would */
void isc_pin_list_pin (IscPinList *self);

/** isc_pin_list_remove: removes pin @index, as a person would */
void isc_pin_list_remove (IscPinList *self, guint index);

/** isc_pin_list_compare: sets up the comparison named @id, as a person would */
void isc_pin_list_compare (IscPinList *self, const char *id);

G_END_DECLS
