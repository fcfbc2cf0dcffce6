/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure-data.h"
#include "plot/pane.h"

/**
 * isc_end_labels_measure:
 * @pane: a panel whose scales, and whose plot area's top and height, are known
 * @panel: its marks
 * @most: the greatest width allowed
 * @width: (out): room that the names need at the right of the plot area
 *
 * Whether the names of all labelled marks can stand at the ends of their curves: all are lines that
 * reach the right edge, and no name has to move far from its curve.
 */
gboolean isc_end_labels_measure (const IscPane *pane, const IscPanel *panel, double most, double *width);

/** isc_end_labels_place: adds the names, each with a short line in its curve's look */
void isc_end_labels_place (IscPane *pane, const IscPanel *panel);
