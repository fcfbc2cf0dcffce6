/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/quartiles.h"

#include <math.h>
#include <stdlib.h>

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a;
  double y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
quantile (const double *sorted, guint n, double p)
{
  double at = (double)(n - 1) * p;
  guint below = (guint)at;
  double part = at - (double)below;

  /* Infinities do not mix: inf * 0 would be no number. */
  if (part == 0.0 || sorted[below] == sorted[below + 1])
    return sorted[below];
  return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

IscQuartiles
isc_quartiles_new (double *values, guint n)
{
  if (n == 0)
    return (IscQuartiles){ NAN, NAN, NAN };
  qsort (values, n, sizeof *values, compare);
  return (IscQuartiles){ quantile (values, n, 0.25), quantile (values, n, 0.5),
                         quantile (values, n, 0.75) };
}
