/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/tensor.h"

/**
 * isc_npy_read:
 * @bytes: a whole .npy file, versions 1 to 3
 * @name: (nullable): the name the tensor gets, and what errors call the file
 * @error: return location
 *
 * Reads an array of floats, integers or booleans in either byte order, converted to float32; an
 * array in Fortran order is turned into rows.
 *
 * Returns: (transfer full) (nullable): the tensor; %NULL with ISC_ERROR_INVALID, saying what is
 * wrong with the file, or ISC_ERROR_RESOURCE
 */
IscTensor *isc_npy_read (GBytes *bytes, const char *name, GError **error);

/**
 * isc_npy_write:
 *
 * Returns: (transfer full): @tensor as numpy.save() would write it: version 1.0, '<f4', rows
 */
GBytes *isc_npy_write (const IscTensor *tensor);
