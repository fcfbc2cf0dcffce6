/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-view.h"

G_BEGIN_DECLS

#define ISC_TYPE_SPOTLIGHT (isc_spotlight_get_type ())
G_DECLARE_FINAL_TYPE (IscSpotlight, isc_spotlight, ISC, SPOTLIGHT, GtkWidget)

/**
 * IscSpotlight:
 *
 * Lies over the pages and dims everything but what is to be looked at.  It takes no clicks and says
 * nothing to a screen reader: the lesson's text does.
 */
GtkWidget *isc_spotlight_new (void);

/** isc_spotlight_clear: dims nothing */
void isc_spotlight_clear (IscSpotlight *self);

/** isc_spotlight_add_widget: @target: a control under the spotlight's parent */
void isc_spotlight_add_widget (IscSpotlight *self, GtkWidget *target);

/** isc_spotlight_add_area: @x: (array fixed-size=2): the part of @plot's first panel, in data
 * units, infinite where it goes to the edge; @y: (array fixed-size=2): likewise */
void
isc_spotlight_add_area (IscSpotlight *self, IscPlotView *plot, const double *x, const double *y);

/** isc_spotlight_add_curve: @label: a curve of @plot, which is marked as by a pen */
void isc_spotlight_add_curve (IscSpotlight *self, IscPlotView *plot, const char *label);

/** isc_spotlight_count_lit: Returns: how many of its targets are to be seen now */
guint isc_spotlight_count_lit (IscSpotlight *self);

G_END_DECLS
