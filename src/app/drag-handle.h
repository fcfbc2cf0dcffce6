/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ISC_TYPE_DRAG_HANDLE (isc_drag_handle_get_type ())
G_DECLARE_FINAL_TYPE (IscDragHandle, isc_drag_handle, ISC, DRAG_HANDLE, GtkWidget)

/**
 * IscDragHandle:
 *
 * Where a figure is taken hold of to be dragged to another program; dragging the figure itself
 * moves what it shows.  It gives the figure of the page that it is on.
 */

/**
 * isc_drag_handle_offer:
 *
 * What a drag that begins now would carry: PNG and SVG for programs that take pictures, and a file
 * for those that take files, of the kind that was exported last.
 *
 * Returns: (transfer full) (nullable): the content; %NULL with an error
 */
GdkContentProvider *isc_drag_handle_offer (IscDragHandle *self, GError **error);

G_END_DECLS
