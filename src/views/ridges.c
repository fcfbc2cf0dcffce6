/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/ridges.h"

#include <math.h>

#include "base/number-text.h"

/* Height of a ridge, and the room under the lowest and over the highest, in rows. */
#define RIDGE 0.9
#define RIDGE_BELOW 0.08
#define RIDGE_ABOVE 0.1

/* Rows whose widths differ by more than this are spikes on one axis. */
#define AGREE_RATIO 30.0

/* A bin at 0 that is so many times as high as any other is cut. */
#define CUT_RATIO 2.0

#define LINE_WIDTH 0.7

typedef struct
{
  const IscSpread *spread;
  char *name;
} Row;

struct _IscRidges
{
  GArray *rows;
};

static void
clear_row (gpointer data)
{
  g_free (((Row *)data)->name);
}

static gboolean
is_finite (const IscSpread *spread)
{
  return spread->n_non_finite < spread->count && isfinite (spread->low) && isfinite (spread->high);
}

/* What a unit of the axis is. */
static double
unit_of (const IscSpread *spread, gboolean own_units)
{
  return own_units && spread->std > 0.0 ? spread->std : 1.0;
}

/* The bin with 0 in it; none if all values are on one side. */
static guint
find_zero (const IscSpread *spread)
{
  double part = -spread->low / (spread->high - spread->low);

  return part >= 0.0 && part <= 1.0 ? MIN ((guint)(part * ISC_SPREAD_BINS), ISC_SPREAD_BINS - 1)
                                    : ISC_SPREAD_BINS;
}

/* The count that is a ridge high, and whether the bin with 0 in it goes beyond: what a rectifier
 * holds back would squash the rest. */
static double
find_peak (const IscSpread *spread, gboolean *cut)
{
  guint zero = find_zero (spread);
  double others = 0.0, at_zero = zero < ISC_SPREAD_BINS ? (double)spread->bins[zero] : 0.0;

  for (guint i = 0; i < ISC_SPREAD_BINS; i++)
    if (i != zero)
      others = fmax (others, (double)spread->bins[i]);
  *cut = others > 0.0 && at_zero > CUT_RATIO * others;
  return *cut ? others : fmax (fmax (others, at_zero), 1.0);
}

/* As stairs: what was counted, not a curve through it. */
static void
add_bins (IscPanel *panel, const IscSpread *spread, const IscStyle *style, double base, double unit)
{
  double x[2 * ISC_SPREAD_BINS + 2], low[2 * ISC_SPREAD_BINS + 2], high[2 * ISC_SPREAD_BINS + 2];
  gboolean cut;
  double peak = find_peak (spread, &cut);
  guint n = 0;

  for (guint i = 0; i <= ISC_SPREAD_BINS; i++)
    {
      double part = (double)i / ISC_SPREAD_BINS;
      double edge = ((1.0 - part) * spread->low + part * spread->high) / unit;

      for (guint side = 0; side < 2; side++)
        {
          gboolean outside = i + side == 0 || i + side > ISC_SPREAD_BINS;
          double count = outside ? 0.0 : (double)spread->bins[i + side - 1];

          x[n] = edge;
          low[n] = base;
          high[n++] = base + RIDGE * fmin (count / peak, 1.0);
        }
    }
  isc_panel_add_band (panel, style, NULL, x, low, high, n);
  isc_panel_add_line (panel, style, NULL, x, high, n);
}

static void
add_stem (IscPanel *panel, const IscSpread *spread, const IscStyle *style, double base)
{
  double x[] = { spread->low, spread->low }, y[] = { base, base + RIDGE };

  isc_panel_add_line (panel, style, NULL, x, y, 2);
  isc_panel_add_points (panel, style, NULL, x + 1, y + 1, 1);
}

static char *
label_row (const Row *row)
{
  g_autofree char *std = isc_number_to_label (row->spread->std, 2);
  g_autofree char *lost = isc_count_to_label (row->spread->n_non_finite);

  if (!is_finite (row->spread))
    return g_strdup_printf ("%s: not finite", row->name);
  if (row->spread->n_non_finite > 0)
    return g_strdup_printf ("%s: %s, %s not finite", row->name, std, lost);
  return g_strdup_printf ("%s: %s", row->name, std);
}

IscRidges *
isc_ridges_new (void)
{
  IscRidges *ridges = g_new (IscRidges, 1);

  ridges->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (ridges->rows, clear_row);
  return ridges;
}

void
isc_ridges_free (IscRidges *ridges)
{
  g_array_unref (ridges->rows);
  g_free (ridges);
}

void
isc_ridges_add (IscRidges *ridges, const IscSpread *spread, const char *name)
{
  Row row = { spread, g_strdup (name) };

  g_array_append_val (ridges->rows, row);
}

guint
isc_ridges_get_n (const IscRidges *ridges)
{
  return ridges->rows->len;
}

void
isc_ridges_thin (IscRidges *ridges, guint most)
{
  g_autoptr (GArray) all = ridges->rows;
  guint n = all->len;

  ridges->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (ridges->rows, clear_row);
  for (guint i = 0; i < MIN (n, most); i++)
    {
      const Row *row = &g_array_index (all, Row, n <= most ? i : i * (n - 1) / (most - 1));

      isc_ridges_add (ridges, row->spread, row->name);
    }
}

gboolean
isc_ridges_agree (IscRidges *const *ridges, guint n)
{
  double least = INFINITY, most = 0.0;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < ridges[i]->rows->len; j++)
      {
        const IscSpread *spread = g_array_index (ridges[i]->rows, Row, j).spread;
        double width = spread->high - spread->low;

        if (!is_finite (spread) || !(width > 0.0))
          continue;
        least = fmin (least, width);
        most = fmax (most, width);
      }
  return most <= AGREE_RATIO * least;
}

gboolean
isc_ridges_are_cut (const IscRidges *ridges)
{
  for (guint i = 0; i < ridges->rows->len; i++)
    {
      const IscSpread *spread = g_array_index (ridges->rows, Row, i).spread;
      gboolean cut = FALSE;

      if (is_finite (spread) && spread->low < spread->high)
        find_peak (spread, &cut);
      if (cut)
        return TRUE;
    }
  return FALSE;
}

void
isc_ridges_fill (const IscRidges *ridges,
                 IscPanel *panel,
                 const IscStyle *style,
                 gboolean own_units)
{
  guint n = ridges->rows->len;
  g_autofree double *positions = g_new (double, n + 1);
  g_auto (GStrv) labels = g_new0 (char *, n + 1);
  IscStyle line = *style;
  guint n_drawn = 0;

  line.width = LINE_WIDTH;
  line.dash = ISC_DASH_SOLID;
  for (guint i = 0; i < n; i++)
    {
      const Row *row = &g_array_index (ridges->rows, Row, i);
      const IscSpread *spread = row->spread;

      positions[i] = (double)(n - 1 - i);
      labels[i] = label_row (row);
      n_drawn += is_finite (spread);
      if (is_finite (spread) && spread->low < spread->high)
        add_bins (panel, spread, &line, positions[i], unit_of (spread, own_units));
      else if (is_finite (spread))
        add_stem (panel, spread, &line, positions[i]);
    }
  if (n_drawn == 0)
    isc_panel_set_note (panel, "No value is finite");
  isc_panel_set_categories (panel, ISC_AXIS_Y, positions, (const char *const *)labels, n);
  isc_panel_set_range (panel, ISC_AXIS_Y, -RIDGE_BELOW, (double)n - 1.0 + RIDGE + RIDGE_ABOVE);
}
