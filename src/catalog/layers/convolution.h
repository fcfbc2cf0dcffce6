/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/layers/layers.h"

/** The most a kernel may be long: three of them times the most channels still fit 63 bits. */
#define ISC_CONVOLUTION_MAX_KERNEL 4096

/** The most channels. */
#define ISC_CONVOLUTION_MAX_CHANNELS 16777216

/** isc_convolution_kernel_count: Returns: the elements of a kernel */
gint64 isc_convolution_kernel_count (const IscArguments *arguments);

/**
 * isc_convolution_get_parameter:
 * @channels: the weight's first two extents
 * @index: 0 for the weight, 1 for the bias
 *
 * Describes a parameter; fans are left to the caller.
 */
void isc_convolution_get_parameter (const IscArguments *arguments,
                                    const gint64 channels[2],
                                    guint index,
                                    IscLayerParameter *parameter);

/*
 * What convolutions and transposed convolutions have in common, as #IscLayer has it: the default
 * of both is 1/√fan_in of the weight's shape, whichever way round its channels are.
 */
gboolean isc_convolution_check (const IscArguments *arguments, GError **error);
guint isc_convolution_count_parameters (const IscArguments *arguments);
void isc_convolution_initialize (const IscArguments *arguments,
                                 IscGenerator *generator,
                                 IscTensor *const *tensors);
IscLaw isc_convolution_law (const IscArguments *arguments, guint index);
char *isc_convolution_describe (const IscArguments *arguments, guint index);
