/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/tensor.h"

/**
 * isc_idx_read:
 * @bytes: an IDX file of bytes (MNIST's format), gzip-compressed or not
 * @name: what errors call the file
 *
 * Returns: (transfer full) (nullable): the values 0..255 as float32; %NULL with ISC_ERROR_INVALID
 * or ISC_ERROR_RESOURCE
 */
IscTensor *isc_idx_read (GBytes *bytes, const char *name, GError **error);
