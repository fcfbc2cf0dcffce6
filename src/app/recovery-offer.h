/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/**
 * isc_recovery_offer_present:
 * @window: in front of which to ask
 * @found: (element-type IscRecovered): what there is, which is emptied by the answer unless that is
 * to wait
 *
 * Asks whether experiments that were not saved are to be recovered, thrown away, or left for the
 * next start.
 */
void isc_recovery_offer_present (IscWindow *window, GPtrArray *found);

/** isc_recovery_offer_take: recovers all, the first into @window if there is no work in it */
void isc_recovery_offer_take (IscWindow *window, GPtrArray *found);

/** isc_recovery_offer_discard: throws all away */
void isc_recovery_offer_discard (GPtrArray *found);

G_END_DECLS
