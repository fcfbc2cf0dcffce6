/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/** isc_window_state_restore: has a new window look as the last one that was closed: its size, page,
 * sidebar and figure */
void isc_window_state_restore (IscWindow *window);

/** isc_window_state_restore_training: the same for the figures of its Training page, which comes
 * later */
void isc_window_state_restore_training (IscTrainingPage *page);

/** isc_window_state_save: @training: (nullable): the Training page, if there is one; remembers how
 * @window looks for the next one */
void isc_window_state_save (IscWindow *window, IscTrainingPage *training);

G_END_DECLS
