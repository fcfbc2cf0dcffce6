/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/real.h"
#include "engine/observation.h"

/**
 * isc_spread_measure:
 * @x: (array length=n): numbers
 *
 * Two passes in double: the mean and the extremes, then the squares of the distances from that mean
 * and the histogram.  The std of a constant is 0 and all of it lies in the first bin.  Costs about
 * two nanoseconds a number.
 *
 * Returns: how @x spreads; its mean, std, rms, low and high are NaN if nothing is finite
 */
IscSpread isc_spread_measure (const IscReal *x, gsize n);
