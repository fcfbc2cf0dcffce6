/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** isc_half_to_float: Returns: an IEEE half-precision number, which C17 has no type for, as a float
 */
float isc_half_to_float (guint16 half);
