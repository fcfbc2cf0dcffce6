/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/** isc_ask_to_save: asks what is to become of the unsaved changes in @window, which then closes,
 * unless the person changes their mind */
void isc_ask_to_save (IscWindow *window);

G_END_DECLS
