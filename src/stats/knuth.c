/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/knuth.h"

#include <math.h>

#include <gsl/gsl_sf_gamma.h>

double
isc_knuth_log_posterior (const IscSortedSample *sample, guint n_bins)
{
  const float *values = isc_sorted_sample_get_values (sample);
  gsize count = isc_sorted_sample_get_n (sample);
  double n = (double)count, m = n_bins;
  double low, step, sum;
  gsize before = 0;

  g_return_val_if_fail (count > 0 && n_bins > 0, NAN);

  low = (double)values[0];
  step = ((double)values[count - 1] - low) / n_bins;
  sum = n * log (m) + gsl_sf_lngamma (0.5 * m) - m * gsl_sf_lngamma (0.5)
        - gsl_sf_lngamma (n + 0.5 * m);
  for (guint k = 1; k <= n_bins; k++)
    {
      /* The last bin is closed. */
      gsize upto = k < n_bins ? isc_sorted_sample_count_below (sample, low + k * step) : count;

      sum += gsl_sf_lngamma ((double)(upto - before) + 0.5);
      before = upto;
    }
  return sum;
}

guint
isc_knuth_bins (const IscSortedSample *sample)
{
  const float *values = isc_sorted_sample_get_values (sample);
  gsize n = isc_sorted_sample_get_n (sample);
  double best = -INFINITY;
  guint n_bins = 1;

  if (n == 0 || values[0] == values[n - 1])
    return 1;
  for (guint m = 1; m <= ISC_KNUTH_MAX_BINS; m++)
    {
      double posterior = isc_knuth_log_posterior (sample, m);

      if (posterior > best)
        {
          best = posterior;
          n_bins = m;
        }
    }
  return n_bins;
}
