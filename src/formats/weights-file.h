/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/tensor.h"

/**
 * isc_weights_file_to_bytes:
 * @tensors: (element-type IscTensor): named tensors
 * @path: says the format by its ending: .npy (one tensor), .npz, .safetensors, .csv
 *
 * Returns: (transfer full) (nullable): the file's content; %NULL with ISC_ERROR_INVALID for an
 * ending that is not one of these, or for several tensors in a .npy
 */
GBytes *isc_weights_file_to_bytes (GPtrArray *tensors, const char *path, GError **error);

/** isc_weights_file_check_path: Returns: %FALSE with ISC_ERROR_INVALID if @path's ending is none of those above; for
 *  asking before long work */
gboolean isc_weights_file_check_path (const char *path, GError **error);

/** isc_weights_file_write: the same into a file, whole or not at all */
gboolean isc_weights_file_write (GPtrArray *tensors, const char *path, GError **error);

/**
 * isc_weights_file_read:
 * @path: a .npy, .npz or .safetensors file
 *
 * Returns: (transfer full) (element-type IscTensor) (nullable): its tensors; the one of a .npy has
 * no name; %NULL with ISC_ERROR_IO, ISC_ERROR_INVALID or ISC_ERROR_RESOURCE
 */
GPtrArray *isc_weights_file_read (const char *path, GError **error);
