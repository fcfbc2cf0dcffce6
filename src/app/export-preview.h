/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plot/export.h"

G_BEGIN_DECLS

#define ISC_TYPE_EXPORT_PREVIEW (isc_export_preview_get_type ())
G_DECLARE_FINAL_TYPE (IscExportPreview, isc_export_preview, ISC, EXPORT_PREVIEW, GtkWidget)

/**
 * IscExportPreview:
 *
 * A figure as it will be in its file, as large as fits: the same layout, so the same lines break
 * and the same ticks stand.  What is transparent shows a checkerboard.
 */

/** isc_export_preview_show: @options: (nullable): size and look, which have to be in range; %NULL
 * for nothing */
void isc_export_preview_show (IscExportPreview *self,
                              IscFigure *figure,
                              const IscExportOptions *options);

G_END_DECLS
