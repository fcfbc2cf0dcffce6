/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"

/**
 * IscRangeTest:
 * @n: steps from the first to where the rate stops rising; 0 if it never rises
 * @half_window: steps on either side that a mean is taken over
 * @rates: (array length=n): learning rates, not decreasing
 * @losses: (array length=n): the loss of every step
 * @means: (array length=n): centred means of the losses: unlike an exponential mean they do not lag
 *   behind, which would make every rate look too large
 * @best: where the loss is least
 * @steepest: where the means fall fastest against the logarithm of the rate; @n if they never fall
 * @back: where the losses, behind their least, come to be above where they began to stay there for
 *   half a window; @n if they never do
 *
 * What a run whose learning rate rises says of the rates.  Source: Smith 2017, section 3.3;
 * see BIBLIOGRAPHY.md.
 */
typedef struct
{
  gsize n;
  gsize half_window;
  double *rates;
  double *losses;
  double *means;
  gsize best;
  gsize steepest;
  gsize back;
} IscRangeTest;

IscRangeTest *isc_range_test_new (const IscRunResult *run);
void isc_range_test_free (IscRangeTest *test);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscRangeTest, isc_range_test_free)
