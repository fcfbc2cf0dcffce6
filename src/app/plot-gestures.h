/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-view.h"

/** isc_plot_gestures_add: lets hands look around in the figure: pointer, wheel, drags, clicks,
 * touch */
void isc_plot_gestures_add (IscPlotView *view);
