/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/* What a window does with its figures: exports, copies, prints, and gives them to whoever they are
 * dragged to; and the data behind them. */

/** isc_figure_verbs_add: gives @window these verbs and their keys; once */
void isc_figure_verbs_add (IscWindow *window);

G_END_DECLS
