/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/layers/layers.h"

/*
 * The passes of Conv1d, Conv2d and Conv3d, as #IscLayer has them: every example's windows are laid
 * out as the columns of a matrix, which the kernels then multiply.
 */
gboolean isc_convolve_infer_shape (const IscArguments *arguments,
                                   const IscShape *input,
                                   IscShape *output,
                                   GError **error);
gsize
isc_convolve_measure_scratch (const IscArguments *arguments, const IscShape *input, gsize batch);
void isc_convolve_forward (const IscPass *pass, const IscReal *x, IscReal *y);
void isc_convolve_backward (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx);
