/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/viewport.h"

/**
 * IscPlotHistory:
 *
 * The looks that a person had at a figure, in order, and which of them is the present one.  The
 * first is the figure's own, %NULL.
 */
typedef struct _IscPlotHistory IscPlotHistory;

IscPlotHistory *isc_plot_history_new (void);
void isc_plot_history_free (IscPlotHistory *history);

/** isc_plot_history_add: @viewport: (nullable): the new look; @goes_on: it continues the movement
 * that led to the present one, which it replaces.  Looks that were gone back from are forgotten. */
void isc_plot_history_add (IscPlotHistory *history, IscViewport *viewport, gboolean goes_on);

/** isc_plot_history_can_go: @by: -1 or 1; Returns: whether there is one before or behind */
gboolean isc_plot_history_can_go (const IscPlotHistory *history, int by);

/** isc_plot_history_go: Returns: (transfer none) (nullable): the look before or behind the present
 * one, which it now is; the present one if there is none */
IscViewport *isc_plot_history_go (IscPlotHistory *history, int by);

/** isc_plot_history_clear: as when it was new */
void isc_plot_history_clear (IscPlotHistory *history);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscPlotHistory, isc_plot_history_free)
