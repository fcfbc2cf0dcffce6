/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/tensor.h"

/**
 * isc_safetensors_read:
 * @bytes: a .safetensors file
 * @name: what errors call the file
 *
 * Reads the tensors of type F32, F64, F16 and BF16; others are refused by name.
 *
 * Returns: (transfer full) (element-type IscTensor) (nullable): the tensors in the order of the
 * file; %NULL with ISC_ERROR_INVALID or ISC_ERROR_RESOURCE
 */
GPtrArray *isc_safetensors_read (GBytes *bytes, const char *name, GError **error);

/**
 * isc_safetensors_write:
 * @tensors: (element-type IscTensor): tensors with different names
 *
 * Returns: (transfer full): the tensors as F32, its header padded to 8 bytes
 */
GBytes *isc_safetensors_write (GPtrArray *tensors);
