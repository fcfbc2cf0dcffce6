/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/curve.h"

#include <math.h>

#include "views/quartiles.h"

static IscCurve *
curve_new (gsize n)
{
  IscCurve *curve = g_new (IscCurve, 1);

  curve->steps = g_new (double, n + 1);
  curve->y = g_new (double, n + 1);
  curve->n = n;
  return curve;
}

static double
median_of_columns (
    const IscTrace *trace, gsize row, const guint *columns, guint n_columns, double *values)
{
  guint n = 0;

  for (guint i = 0; i < n_columns; i++)
    {
      double value = (double)isc_trace_get (trace, row, columns[i]);

      if (isfinite (value))
        values[n++] = value;
    }
  return isc_quartiles_new (values, n).median;
}

static double
mean (const double *y, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += y[i];
  return sum / (double)n;
}

IscCurve *
isc_curve_new_rows (const IscRunResult *run, const guint *columns, guint n_columns)
{
  /* The step that diverged, the last, is told by its cross. */
  gsize n = run->n_rows - (run->diverged_at >= 0 && run->n_rows > 0);
  IscCurve *curve = curve_new (n);

  for (gsize i = 0; i < n; i++)
    curve->steps[i] = (double)isc_trace_get_step (run->trace, i) + 1.0;
  if (n_columns == 1)
    isc_trace_copy_column (run->trace, columns[0], 0, n, curve->y);
  else
    {
      g_autofree double *values = g_new (double, n_columns + 1);

      for (gsize i = 0; i < n; i++)
        curve->y[i] = median_of_columns (run->trace, i, columns, n_columns, values);
    }
  return curve;
}

IscCurve *
isc_curve_new_smoothed (const IscCurve *rows, gsize span, double weight)
{
  IscCurve *curve = curve_new (rows->n);
  double mean = 0.0, past = 1.0;

  curve->n = 0;
  for (gsize i = 0; i < rows->n; i++)
    {
      gboolean is_bucket = span > 1 && i + 1 < rows->n && rows->steps[i + 1] == rows->steps[i];
      double value = is_bucket ? 0.5 * (rows->y[i] + rows->y[i + 1]) : rows->y[i];
      double w = is_bucket ? pow (weight, (double)span) : weight;

      if (isfinite (value))
        {
          mean = w * mean + (1.0 - w) * value;
          past *= w;
        }
      curve->steps[curve->n] = rows->steps[i];
      curve->y[curve->n++] = past < 1.0 ? mean / (1.0 - past) : NAN;
      i += is_bucket;
    }
  return curve;
}

IscCurve *
isc_curve_new_epochs (const IscRunResult *run, const IscCurve *rows, gboolean is_loss)
{
  IscCurve *curve;
  gsize first = 0;

  if (run->n_epochs < 2 || !(is_loss || isc_trace_get_span (run->trace) == 1))
    return NULL;
  curve = curve_new (run->n_epochs);
  for (guint i = 0; i < run->n_epochs; i++)
    {
      gsize last = run->epochs[i].last_step;

      if (!is_loss && last >= rows->n)
        {
          curve->n = i;
          break;
        }
      curve->steps[i] = 0.5 * (double)(first + last) + 1.0;
      curve->y[i] = is_loss ? run->epochs[i].train_loss : mean (rows->y + first, last - first + 1);
      first = last + 1;
    }
  return curve;
}

IscCurve *
isc_curve_new_accuracy (const IscRunResult *run)
{
  IscCurve *curve = curve_new (run->n_epochs);

  curve->n = 0;
  for (guint i = 0; i < run->n_epochs; i++)
    if (!isnan (run->epochs[i].test_accuracy))
      {
        curve->steps[curve->n] = (double)run->epochs[i].last_step + 1.0;
        curve->y[curve->n++] = 100.0 * run->epochs[i].test_accuracy;
      }
  return curve;
}

void
isc_curve_free (IscCurve *curve)
{
  g_free (curve->steps);
  g_free (curve->y);
  g_free (curve);
}
