/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/training-page.h"

G_BEGIN_DECLS

/** isc_pause_hidden: pauses @page while @window is minimized, if the person wants that, and has it
 * go on afterwards */
void isc_pause_hidden (GtkWindow *window, IscTrainingPage *page);

G_END_DECLS
