/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/* What a window does with its figures: exports, copies, prints, and gives them to whoever they are
 * dragged to; and the data behind them. */

/** isc_figure_verbs_add: gives @window these verbs and their keys; once */
void isc_figure_verbs_add (IscWindow *window);

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

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IscShownFigure, isc_shown_figure_clear)

G_END_DECLS
