/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/**
 * IscShownFigure:
 * @figure: (nullable): a figure as it is exported; %NULL where none is finished
 * @viewport: (nullable): how a person looks at it
 * @name: a name for its file, without an ending: "kaiming-normal_784x256_seed42"
 */
typedef struct
{
  IscFigure *figure;
  IscViewport *viewport;
  char *name;
} IscShownFigure;

/** isc_shown_figure_init: the figure of the page in front, of Training the upper or the @lower one
 */
void isc_shown_figure_init (IscShownFigure *shown, IscWindow *window, gboolean lower);

void isc_shown_figure_clear (IscShownFigure *shown);

/** isc_shown_figure_offer: Returns: (transfer full) (nullable): PNG and SVG as their files would
 * be, experiment and all, and what GTK makes of the picture for those who know neither; %NULL with
 * an error */
GdkContentProvider *isc_shown_figure_offer (const IscShownFigure *shown, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IscShownFigure, isc_shown_figure_clear)

G_END_DECLS
