/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/code/plan.h"

/**
 * isc_pytorch_append_special:
 * @text: where the lines go
 * @target: the tensor in the script, "layer.weight"
 * @math: (inout): set if the lines need Python's math
 *
 * Appends the lines for a scheme that torch.nn.init has not and that the law of one weight does not
 * tell.
 *
 * Returns: %FALSE, with nothing appended, for any other scheme
 */
gboolean isc_pytorch_append_special (GString *text,
                                     const IscCodeParameter *parameter,
                                     const char *target,
                                     gboolean *math);
