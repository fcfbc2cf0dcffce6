/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plot/hit.h"

/**
 * IscPlotOverlay:
 * @widget: where it is drawn, and in whose letters
 * @layout: what is under it
 * @theme: its colours
 * @zoom: px of the widget a unit of the layout is
 * @enlarged: how much larger letters are than the widget's
 *
 * What lies over a figure and moves without it: crosshair, readout, markers.  It is put together
 * from colours and letters, so that the figure under it is not drawn again.  A plain value.
 */
typedef struct
{
  GtkWidget *widget;
  const IscLayout *layout;
  const IscTheme *theme;
  double zoom;
  double enlarged;
} IscPlotOverlay;

/** isc_plot_overlay_crosshair: hairs through @hit across its plot area, and a dot on it */
void isc_plot_overlay_crosshair (const IscPlotOverlay *overlay,
                                 GtkSnapshot *snapshot,
                                 const IscHit *hit);

/** isc_plot_overlay_readout: @text beside @hit, within the widget; its first line in the colour of
 * the series if there are several */
void isc_plot_overlay_readout (const IscPlotOverlay *overlay,
                               GtkSnapshot *snapshot,
                               const IscHit *hit,
                               const char *text);

/** isc_plot_overlay_marker: a hair down and a flag with @name at (@px, @py), in units of the layout
 */
void isc_plot_overlay_marker (const IscPlotOverlay *overlay,
                              GtkSnapshot *snapshot,
                              guint panel,
                              double px,
                              double py,
                              const char *name);

/** isc_plot_overlay_note: @text at the lower left corner of the plot area */
void isc_plot_overlay_note (const IscPlotOverlay *overlay,
                            GtkSnapshot *snapshot,
                            guint panel,
                            const char *text);

/** isc_plot_overlay_box: the rectangle between two corners, in units of the layout, cut at the plot
 * area */
void isc_plot_overlay_box (const IscPlotOverlay *overlay,
                           GtkSnapshot *snapshot,
                           guint panel,
                           double px0,
                           double py0,
                           double px1,
                           double py1);
