/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/real.h"

/**
 * isc_twins_count:
 * @weights: (rows, columns): a matrix, one unit a row
 * @bias: (nullable) (array length=rows): its units' biases
 * @tolerance: how much a number of one row may differ from the other's
 *
 * Units with the same weights and bias compute the same and are given the same gradient: they stay
 * twins.  Equal numbers are found by the order of a fixed projection of each row, which twins
 * share. Cost O(rows (columns + log rows)).
 *
 * Returns: how many rows another row equals, with its bias, within @tolerance; a row with a NaN or
 *   infinity equals none
 */
guint isc_twins_count (
    const IscReal *weights, const IscReal *bias, gsize rows, gsize columns, double tolerance);
