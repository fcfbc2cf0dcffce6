/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/tensor.h"

/**
 * isc_npz_read:
 * @bytes: a zip archive of .npy files
 * @name: what errors call the file
 *
 * Returns: (transfer full) (element-type IscTensor) (nullable): the arrays, named as in the archive
 *   without ".npy"; %NULL with ISC_ERROR_INVALID or ISC_ERROR_RESOURCE
 */
GPtrArray *isc_npz_read (GBytes *bytes, const char *name, GError **error);

/**
 * isc_npz_write:
 * @tensors: (element-type IscTensor): named tensors
 *
 * Returns: (transfer full) (nullable): an uncompressed archive as numpy.savez() makes it, the same
 * bytes for the same tensors; %NULL with ISC_ERROR_RESOURCE
 */
GBytes *isc_npz_write (GPtrArray *tensors, GError **error);
