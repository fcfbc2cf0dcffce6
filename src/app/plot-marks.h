/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-overlay.h"

#define ISC_N_PLOT_MARKS 2

/**
 * IscPlotMarks:
 *
 * The markers A and B that a person puts on two data of a figure.  They stay where they were put
 * when the data change, and say how far they are from each other.
 */
typedef struct _IscPlotMarks IscPlotMarks;

IscPlotMarks *isc_plot_marks_new (void);
void isc_plot_marks_free (IscPlotMarks *marks);

/** isc_plot_marks_set: puts marker @which on @hit */
void isc_plot_marks_set (IscPlotMarks *marks, guint which, const IscHit *hit);

/** isc_plot_marks_clear: Returns: whether there were any */
gboolean isc_plot_marks_clear (IscPlotMarks *marks);

/** isc_plot_marks_describe: Returns: (transfer full) (nullable): how far B is from A, a line each
 * for x, y and their ratios; %NULL if one is missing, or in another panel */
char *isc_plot_marks_describe (const IscPlotMarks *marks, const IscLayout *layout);

void isc_plot_marks_snapshot (const IscPlotMarks *marks,
                              const IscPlotOverlay *overlay,
                              GtkSnapshot *snapshot,
                              guint n_panels);
