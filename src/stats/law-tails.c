/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/law-tails.h"

#include <math.h>

#include "base/normal-cut.h"

/* A table of the sphere's lower tail: so many cells on the left half of what lies within 8 std,
 * beyond which hardly a value falls.  Below so many dimensions a matrix is small, and its law's
 * ends are not smooth. */
#define TABLE_CELLS 1024
#define TABLE_STDS 8.0
#define TABLE_MIN_DIMENSION 256
#define TABLE_MIN_POINTS 4096

typedef struct
{
  double low; /* the first point; the last is 0 */
  double step;
  double log_tail[TABLE_CELLS + 1];
  double slope[TABLE_CELLS + 1]; /* of log_tail, times the step */
} Table;

struct _IscLawTails
{
  IscLaw law;
  Table *table; /* of a sphere, where it pays */
};

/* Where a value at or just beyond a bound is meant to be. */
static double
inside (float x, double low, double high)
{
  float first = (float)low, last = (float)high;

  if ((double)x <= low && x >= nextafterf (first, -INFINITY))
    return low + 0.5 * ((double)nextafterf (first, INFINITY) - (double)first);
  if ((double)x >= high && x <= nextafterf (last, INFINITY))
    return high - 0.5 * ((double)last - (double)nextafterf (last, -INFINITY));
  return (double)x;
}

/* The smaller tail of the standard normal at @z. */
static double
smaller_tail (double z)
{
  return 0.5 * erfc (fabs (z) * (G_SQRT2 / 2));
}

static void
normal_tails (const IscLaw *law, const float *x, gsize n, double *lower, double *upper)
{
  for (gsize i = 0; i < n; i++)
    {
      double z = ((double)x[i] - law->mean) / law->std;
      double smaller = smaller_tail (z);

      lower[i] = z < 0 ? smaller : 1 - smaller;
      upper[i] = z < 0 ? 1 - smaller : smaller;
    }
}

static void
uniform_tails (const IscLaw *law, const float *x, gsize n, double *lower, double *upper)
{
  double width = law->b - law->a;

  for (gsize i = 0; i < n; i++)
    {
      double value = inside (x[i], law->a, law->b);

      lower[i] = CLAMP ((value - law->a) / width, 0, 1);
      upper[i] = CLAMP ((law->b - value) / width, 0, 1);
    }
}

/* A cut that contains the mean, by one function a value instead of four. */
static void
cut_around_mean (
    const IscLaw *law, double a, double b, const float *x, gsize n, double *lower, double *upper)
{
  double below = smaller_tail (a), above = smaller_tail (b);
  double mass = 1 - below - above;

  for (gsize i = 0; i < n; i++)
    {
      double z = (inside (x[i], law->a, law->b) - law->mean) / law->std;
      double smaller = smaller_tail (z);

      lower[i] = CLAMP (((z < 0 ? smaller : 1 - smaller) - below) / mass, 0, 1);
      upper[i] = CLAMP (((z < 0 ? 1 - smaller : smaller) - above) / mass, 0, 1);
    }
}

static void
truncated_tails (const IscLaw *law, const float *x, gsize n, double *lower, double *upper)
{
  double a = (law->a - law->mean) / law->std, b = (law->b - law->mean) / law->std;
  IscNormalCut cut, mirrored;

  /* Bounds nearer to the mean would leave few digits of the mass. */
  if (a < -0.1 && b > 0.1)
    {
      cut_around_mean (law, a, b, x, n, lower, upper);
      return;
    }
  cut = isc_normal_cut (a, b);
  mirrored = isc_normal_cut (-b, -a);
  for (gsize i = 0; i < n; i++)
    {
      double z = (inside (x[i], law->a, law->b) - law->mean) / law->std;

      lower[i] = z <= a ? 0 : z >= b ? 1 : isc_normal_cut_cumulative (&cut, z);
      upper[i] = z <= a ? 1 : z >= b ? 0 : isc_normal_cut_cumulative (&mirrored, -z);
    }
}

static Table *
table_new (const IscLaw *law)
{
  Table *table = g_new (Table, 1);

  table->low = -TABLE_STDS * law->std / sqrt ((double)law->n);
  table->step = -table->low / TABLE_CELLS;
  for (guint k = 0; k <= TABLE_CELLS; k++)
    {
      double x = k < TABLE_CELLS ? table->low + k * table->step : 0;
      double tail = isc_law_cumulative (law, x);

      table->log_tail[k] = log (tail);
      table->slope[k] = isc_law_density (law, x) / tail * table->step;
    }
  return table;
}

/* For table->low <= @x <= 0.  The cubic that meets logarithm and slope at both ends of a cell is
 * off by 1/384 of the step's fourth power (here 4e-9) times a fourth derivative below 1. */
static double
table_at (const Table *table, double x)
{
  double place = (x - table->low) / table->step;
  guint k = MIN ((guint)place, TABLE_CELLS - 1);
  double t = place - k, s = 1 - t;

  return exp ((1 + 2 * t) * s * s * table->log_tail[k] + t * s * s * table->slope[k]
              + (1 + 2 * s) * t * t * table->log_tail[k + 1] - s * t * t * table->slope[k + 1]);
}

static void
sphere_tails (
    const IscLaw *law, const Table *table, const float *x, gsize n, double *lower, double *upper)
{
  for (gsize i = 0; i < n; i++)
    {
      /* The law is symmetric: the smaller tail is that on the left of -|x|. */
      double value = inside (x[i], -law->std, law->std);
      double left = -fabs (value);
      double smaller
          = table && left >= table->low ? table_at (table, left) : isc_law_cumulative (law, left);

      lower[i] = value < 0 ? smaller : 1 - smaller;
      upper[i] = value < 0 ? 1 - smaller : smaller;
    }
}

IscLawTails *
isc_law_tails_new (const IscLaw *law, gsize n_points)
{
  IscLawTails *tails;

  g_return_val_if_fail (isc_law_has_density (law), NULL);

  tails = g_new0 (IscLawTails, 1);
  tails->law = *law;
  tails->law.zeros = 0;
  if (law->kind == ISC_LAW_SPHERE && law->n >= TABLE_MIN_DIMENSION && n_points >= TABLE_MIN_POINTS)
    tails->table = table_new (&tails->law);
  return tails;
}

void
isc_law_tails_free (IscLawTails *tails)
{
  g_free (tails->table);
  g_free (tails);
}

void
isc_law_tails_evaluate (
    const IscLawTails *tails, const float *x, gsize n, double *lower, double *upper)
{
  const IscLaw *law = &tails->law;

  switch (law->kind)
    {
    case ISC_LAW_NORMAL:
      normal_tails (law, x, n, lower, upper);
      break;
    case ISC_LAW_UNIFORM:
      uniform_tails (law, x, n, lower, upper);
      break;
    case ISC_LAW_TRUNCATED_NORMAL:
      truncated_tails (law, x, n, lower, upper);
      break;
    case ISC_LAW_SPHERE:
      sphere_tails (law, tails->table, x, n, lower, upper);
      break;
    case ISC_LAW_POINT:
    case ISC_LAW_NONE:
    default:
      g_assert_not_reached ();
    }
}
