/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/twins.h"

#include <math.h>

/* The fractional part of the golden ratio: its multiples spread evenly and never repeat. */
#define GOLDEN 0.61803398874989485

/* Twins are next to each other, but for what rounding puts between them; more are not looked at, or
 * rows that are all nearly alike would take the square of their number. */
#define NEIGHBOURS 32

/* A row, and where its projection falls. */
typedef struct
{
  double key;
  gsize row;
} Unit;

typedef struct
{
  const IscReal *weights;
  const IscReal *bias;
  gsize columns;
  double tolerance;
} Matrix;

static double
project (const Matrix *matrix, gsize row)
{
  const IscReal *x = matrix->weights + row * matrix->columns;
  double key = matrix->bias ? (double)matrix->bias[row] : 0.0;
  double turn = 0.0;

  for (gsize i = 0; i < matrix->columns; i++)
    {
      turn += GOLDEN;
      turn -= turn >= 1.0 ? 1.0 : 0.0;
      key += (turn - 0.5) * (double)x[i];
    }
  return key;
}

static int
compare_units (gconstpointer a, gconstpointer b)
{
  const Unit *x = a;
  const Unit *y = b;

  return (x->key > y->key) - (x->key < y->key);
}

static gboolean
is_near (IscReal a, IscReal b, double tolerance)
{
  return fabs ((double)a - (double)b) <= tolerance;
}

static gboolean
are_alike (const Matrix *matrix, gsize a, gsize b)
{
  const IscReal *x = matrix->weights + a * matrix->columns;
  const IscReal *y = matrix->weights + b * matrix->columns;

  if (matrix->bias && !is_near (matrix->bias[a], matrix->bias[b], matrix->tolerance))
    return FALSE;
  for (gsize i = 0; i < matrix->columns; i++)
    if (!is_near (x[i], y[i], matrix->tolerance))
      return FALSE;
  return TRUE;
}

guint
isc_twins_count (
    const IscReal *weights, const IscReal *bias, gsize rows, gsize columns, double tolerance)
{
  const Matrix matrix = { weights, bias, columns, tolerance };
  g_autofree Unit *units = g_new (Unit, rows + 1);
  g_autofree gboolean *alike = g_new0 (gboolean, rows + 1);
  /* No two twins' projections are further apart. */
  double window = tolerance * (1.0 + 0.5 * (double)columns);
  gsize n = 0;
  guint count = 0;

  for (gsize row = 0; row < rows; row++)
    {
      double key = project (&matrix, row);

      if (isfinite (key))
        units[n++] = (Unit){ key, row };
    }
  qsort (units, n, sizeof *units, compare_units);
  for (gsize i = 0; i < n; i++)
    for (gsize j = i + 1; j < MIN (n, i + 1 + NEIGHBOURS) && units[j].key - units[i].key <= window;
         j++)
      if (are_alike (&matrix, units[i].row, units[j].row))
        {
          alike[units[i].row] = alike[units[j].row] = TRUE;
          break;
        }
  for (gsize row = 0; row < rows; row++)
    count += alike[row] != FALSE;
  return count;
}
