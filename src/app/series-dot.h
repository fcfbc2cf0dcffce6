/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ISC_TYPE_SERIES_DOT (isc_series_dot_get_type ())
G_DECLARE_FINAL_TYPE (IscSeriesDot, isc_series_dot, ISC, SERIES_DOT, GtkWidget)

/**
 * IscSeriesDot:
 *
 * A dot in the colour that a series has in figures, on light and on dark ground.  It says nothing
 * that the label beside it doesn't, so accessibility tools pass over it.
 */
GtkWidget *isc_series_dot_new (void);

/** isc_series_dot_set_index: @index: the series' place in the document */
void isc_series_dot_set_index (IscSeriesDot *self, guint index);

G_END_DECLS
