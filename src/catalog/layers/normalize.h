/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/layers/layers.h"

/*
 * The passes of BatchNorm1d, BatchNorm2d, LayerNorm and GroupNorm, as #IscLayer has them.  Means
 * and variances are sums in double; the variance that normalizes is biased, the running one is not,
 * as in PyTorch.
 */
gboolean isc_normalize_infer_shape (const IscArguments *arguments,
                                    const IscShape *input,
                                    IscShape *output,
                                    GError **error);
gboolean isc_normalize_needs_batch (const IscArguments *arguments, const IscShape *input);
guint isc_normalize_count_buffers (const IscArguments *arguments);
void isc_normalize_get_buffer (const IscArguments *arguments, guint index, IscLayerBuffer *buffer);
gsize
isc_normalize_measure_scratch (const IscArguments *arguments, const IscShape *input, gsize batch);
void isc_normalize_forward (const IscPass *pass, const IscReal *x, IscReal *y);
void isc_normalize_backward (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx);
