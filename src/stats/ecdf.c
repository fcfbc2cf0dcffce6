/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/ecdf.h"

#include <math.h>

#include "base/ref-count.h"

struct _IscEcdf
{
  IscRefCount ref_count;
  IscEcdfKind kind;
  GArray *x;
  GArray *share;
};

/* Ranks: @at values are at most x, @below are less. */
typedef struct
{
  IscEcdfKind kind;
  gsize n;
} Axis;

/* Whether it is a pixel or more from @below values to @at. */
static gboolean
is_visible (const Axis *axis, gsize below, gsize at)
{
  double left = (double)(axis->n - below), right = (double)(axis->n - at);

  if ((double)(at - below) * ISC_ECDF_PIXELS >= (double)axis->n)
    return TRUE;
  return axis->kind == ISC_ECDF_COMPLEMENT
         && log (left / right) * ISC_ECDF_PIXELS >= log ((double)axis->n);
}

/* The largest rank that is less than a pixel above @at; the next at least. */
static gsize
next_rank (const Axis *axis, gsize at)
{
  gsize step = MAX (1, (axis->n - 1) / ISC_ECDF_PIXELS);

  if (axis->kind == ISC_ECDF_COMPLEMENT)
    {
      double left = (double)(axis->n - at);
      double fall = -expm1 (-log ((double)axis->n) / ISC_ECDF_PIXELS);

      step = CLAMP ((gsize)(left * fall), 1, step);
    }
  return MIN (at + step, axis->n);
}

static void
add_point (IscEcdf *ecdf, const Axis *axis, double x, gsize rank)
{
  gsize counted = axis->kind == ISC_ECDF_COMPLEMENT ? axis->n - rank : rank;
  double share = (double)counted / (double)axis->n;

  g_array_append_val (ecdf->x, x);
  g_array_append_val (ecdf->share, share);
}

IscEcdf *
isc_ecdf_new (const IscSortedSample *sample, IscEcdfKind kind)
{
  const float *values = isc_sorted_sample_get_values (sample);
  Axis axis = { kind, isc_sorted_sample_get_n (sample) };
  IscEcdf *ecdf = g_new0 (IscEcdf, 1);
  gsize at = 0;

  isc_ref_count_init (&ecdf->ref_count);
  ecdf->kind = kind;
  ecdf->x = g_array_new (FALSE, FALSE, sizeof (double));
  ecdf->share = g_array_new (FALSE, FALSE, sizeof (double));
  while (at < axis.n)
    {
      /* All values equal to this one are one step. */
      double x = (double)values[next_rank (&axis, at) - 1];
      gsize below = isc_sorted_sample_count_below (sample, x);
      gsize next = isc_sorted_sample_count_to (sample, x);

      /* The curve begins at the smallest value, whose step may be out of sight. */
      if (at == 0 && below > 0)
        add_point (ecdf, &axis, (double)values[0], 0);
      if (below == 0 || is_visible (&axis, at, next))
        add_point (ecdf, &axis, x, below);
      add_point (ecdf, &axis, x, next);
      at = next;
    }
  return ecdf;
}

IscEcdf *
isc_ecdf_ref (IscEcdf *ecdf)
{
  isc_ref_count_inc (&ecdf->ref_count);
  return ecdf;
}

void
isc_ecdf_unref (IscEcdf *ecdf)
{
  if (!isc_ref_count_dec (&ecdf->ref_count))
    return;
  g_array_unref (ecdf->x);
  g_array_unref (ecdf->share);
  g_free (ecdf);
}

IscEcdfKind
isc_ecdf_get_kind (const IscEcdf *ecdf)
{
  return ecdf->kind;
}

gsize
isc_ecdf_get_points (const IscEcdf *ecdf, const double **x, const double **share)
{
  if (x)
    *x = (const double *)(const void *)ecdf->x->data;
  if (share)
    *share = (const double *)(const void *)ecdf->share->data;
  return ecdf->x->len;
}
