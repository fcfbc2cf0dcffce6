/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/tensor.h"

/** isc_float_bytes_append: the elements of @tensor behind @file, as little-endian float32 */
void isc_float_bytes_append (GByteArray *file, const IscTensor *tensor);
