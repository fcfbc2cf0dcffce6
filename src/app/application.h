/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/recovery.h"

G_BEGIN_DECLS

#define ISC_TYPE_APPLICATION (isc_application_get_type ())
G_DECLARE_FINAL_TYPE (IscApplication, isc_application, ISC, APPLICATION, AdwApplication)

/** isc_application_new: @flags: G_APPLICATION_HANDLES_OPEN, and G_APPLICATION_NON_UNIQUE for tests
 */
IscApplication *isc_application_new (GApplicationFlags flags);

/** isc_application_get_recovery: Returns: (transfer none) (nullable): where unsaved work is kept;
 * %NULL if it can't be */
IscRecovery *isc_application_get_recovery (IscApplication *self);

G_END_DECLS
