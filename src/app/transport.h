/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/result.h"

G_BEGIN_DECLS

#define ISC_TYPE_TRANSPORT (isc_transport_get_type ())
G_DECLARE_FINAL_TYPE (IscTransport, isc_transport, ISC, TRANSPORT, GtkBox)

/**
 * IscTransport:
 *
 * Where the runs are, and the buttons that move them: a slider over all steps, which is dragged to
 * go to a step, and reset, play, and so many steps.  It activates the actions "training.play",
 * "training.step", "training.advance" (t), "training.seek" (t) and "training.reset" of the page
 * that it is on.
 */

/**
 * isc_transport_show:
 * @result: (nullable): how far the runs are; %NULL if none has begun
 * @moving: whether they are being moved
 * @target: then the step that they go to, G_MAXSIZE for the end
 */
void
isc_transport_show (IscTransport *self, const IscResult *result, gboolean moving, gsize target);

/** isc_transport_show_error: @message: why the runs can't go on, until the next
 * isc_transport_show()
 */
void isc_transport_show_error (IscTransport *self, const char *message);

/** isc_transport_get_position: Returns: the step of the run that is furthest of those that are not
 * over, or of all if they are */
gsize isc_transport_get_position (IscTransport *self);

/** isc_transport_get_status: Returns: (transfer none): what it says in words */
const char *isc_transport_get_status (IscTransport *self);

G_END_DECLS
