/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-view.h"

G_BEGIN_DECLS

#define ISC_TYPE_PLOT_LIMITS (isc_plot_limits_get_type ())
G_DECLARE_FINAL_TYPE (IscPlotLimits, isc_plot_limits, ISC, PLOT_LIMITS, GtkPopover)

/**
 * IscPlotLimits:
 *
 * Asks beside an axis where it begins and ends and what scale it has.  What is wrong with a limit
 * stands under it, and nothing changes; what is right is applied with Enter, and it closes.
 */

/** isc_plot_limits_open: asks; one that is open is closed */
void isc_plot_limits_open (IscPlotView *view, guint panel, IscAxisSide side);

/** isc_plot_limits_try: types both limits and applies them, as a person would, who is asked again
 * if they are wrong; Returns: whether they are right */
gboolean isc_plot_limits_try (
    IscPlotView *view, guint panel, IscAxisSide side, const char *from, const char *to);

/** isc_plot_limits_get_error: Returns: (transfer none) (nullable): what it says is wrong */
const char *isc_plot_limits_get_error (IscPlotLimits *self);

G_END_DECLS
