/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** Half-width of the Epanechnikov kernel that smooths as a Gaussian of bandwidth 1 does: the ratio
 * of their canonical bandwidths, 15^(1/5) (4 pi)^(1/10).  Source: [MarronNolan88]. */
#define ISC_EPANECHNIKOV_RATIO 2.2138043588613394

/**
 * IscKernel:
 * @ISC_KERNEL_GAUSSIAN: the standard normal density
 * @ISC_KERNEL_EPANECHNIKOV: 3/4 (1 - u^2) for |u| < 1
 *
 * The shape that a density estimate puts at each value.
 */
typedef enum
{
  ISC_KERNEL_GAUSSIAN,
  ISC_KERNEL_EPANECHNIKOV,
} IscKernel;

/** How many kernels there are. */
#define ISC_N_KERNELS 2

/**
 * isc_kernel_parse:
 * @text: "gaussian" or "epanechnikov"
 * @kernel: (out): the kernel
 * @error: return location
 *
 * Returns: %FALSE with ISC_ERROR_INVALID, whose message lists what is allowed
 */
gboolean isc_kernel_parse (const char *text, IscKernel *kernel, GError **error);

/** isc_kernel_to_text: Returns: (transfer none): what isc_kernel_parse() reads */
const char *isc_kernel_to_text (IscKernel kernel);

/** isc_kernel_get_label: Returns: (transfer none): its name for a chooser */
const char *isc_kernel_get_label (IscKernel kernel);

/** isc_kernel_get_formula: Returns: (transfer none): K(u), in a figure's words */
const char *isc_kernel_get_formula (IscKernel kernel);

/**
 * isc_kernel_get_width:
 * @bandwidth: a bandwidth as the rules give it, that of a Gaussian kernel
 *
 * Returns: the width by which this kernel is to be stretched for the same smoothing
 */
double isc_kernel_get_width (IscKernel kernel, double bandwidth);
