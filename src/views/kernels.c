/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kernels as tiles: what each output channel of a convolution sees, or each unit of a layer whose
 * inputs are a square picture. */

#include <math.h>

#include "base/number-text.h"
#include "views/entries.h"
#include "views/images.h"
#include "views/views.h"

/* Tiles of a panel that are still told apart. */
#define MOST_TILES 64

/* Rows of a tile that is a one-dimensional kernel: its input channels. */
#define MOST_CHANNELS 64

/* Room between tiles, in cells: a part of the tile's side and at least this. */
#define GAP 0.12
#define LEAST_GAP 0.35

/* What a wall of tiles should look like. */
#define WALL_ASPECT 1.6

/**
 * Tiles:
 * @n: how many tiles there are
 * @stride: weights from one to the next
 * @rows: of a tile
 * @columns: of a tile
 * @what: what a tile is, in words
 * @unit: "output channel", "unit"
 */
typedef struct
{
  gsize n;
  gsize stride;
  gsize rows;
  gsize columns;
  char *what;
  const char *unit;
} Tiles;

/* A convolution's weight is (out, in, k...), a transposed one's (in, out, k...): the first
 * dimension counts the tiles either way, the second is shown at its first index. */
static gboolean
cut_kernels (const IscShape *shape, Tiles *tiles)
{
  gsize channels = (gsize)shape->dims[1], last = (gsize)shape->dims[shape->n_dims - 1];
  gsize before = (gsize)shape->dims[shape->n_dims - 2];

  *tiles = (Tiles){ .n = (gsize)shape->dims[0], .unit = "channel" };
  tiles->stride = channels;
  for (guint i = 2; i < shape->n_dims; i++)
    tiles->stride *= (gsize)shape->dims[i];
  tiles->columns = last;
  tiles->rows = shape->n_dims == 3 ? MIN (channels, MOST_CHANNELS) : before;
  if (shape->n_dims == 3)
    tiles->what = g_strdup_printf ("a tile: %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT
                                   ", channels of dimension 1 down%s",
                                   tiles->rows, tiles->columns,
                                   tiles->rows < channels ? ", the first of them" : "");
  else
    tiles->what
        = g_strdup_printf ("a tile: %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT "%s%s", tiles->rows,
                           tiles->columns, channels > 1 ? ", first channel of dimension 1" : "",
                           shape->n_dims > 4 ? ", first slice of the others" : "");
  return tiles->stride > 0 && tiles->n > 0;
}

static gboolean
cut_rows (const IscShape *shape, Tiles *tiles)
{
  gsize inputs = (gsize)shape->dims[1], side = (gsize)(sqrt ((double)inputs) + 0.5);

  *tiles = (Tiles){ .n = (gsize)shape->dims[0], .stride = inputs, .unit = "unit" };
  tiles->rows = tiles->columns = side;
  if (side < 2 || side * side != inputs || tiles->n == 0)
    return FALSE;
  tiles->what = g_strdup_printf ("a tile: the %" G_GSIZE_FORMAT
                                 " inputs of a unit as %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT,
                                 inputs, side, side);
  return TRUE;
}

static gboolean
cut (const IscWeightEntry *entry, Tiles *tiles)
{
  const IscShape *shape = isc_tensor_get_shape (entry->tensor);

  *tiles = (Tiles){ 0 };
  if (shape->n_dims < 2)
    return FALSE;
  return shape->n_dims > 2 ? cut_kernels (shape, tiles) : cut_rows (shape, tiles);
}

/* A number of columns near what gives the wall its shape, with a last row that is nearly full. */
static gsize
choose_columns (gsize n, double wanted)
{
  gsize best = 1;
  double least = INFINITY;

  for (gsize columns = 1; columns <= n; columns++)
    {
      gsize rows = (n + columns - 1) / columns;
      double cost
          = fabs (log ((double)columns / wanted)) + (double)(rows * columns - n) / (double)columns;

      if (cost < least)
        {
          least = cost;
          best = columns;
        }
    }
  return best;
}

static void
add_tiles (IscPanel *panel, const IscWeightEntry *entry, const Tiles *tiles)
{
  gsize n = MIN (tiles->n, MOST_TILES);
  double width = (double)tiles->columns + MAX (GAP * (double)tiles->columns, LEAST_GAP);
  double height = (double)tiles->rows + MAX (GAP * (double)tiles->rows, LEAST_GAP);
  gsize columns = choose_columns (n, sqrt ((double)n * WALL_ASPECT * height / width));
  double most = isc_images_range (entry);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %" G_GSIZE_FORMAT, tiles->unit, i);
      IscImage image = { .tensor = entry->tensor,
                         .offset = i * tiles->stride,
                         .rows = tiles->rows,
                         .columns = tiles->columns,
                         .x0 = (double)(i % columns) * width,
                         .y0 = (double)(i / columns) * height,
                         .low = -most,
                         .high = most,
                         .name = name };

      image.x1 = image.x0 + (double)tiles->columns;
      image.y1 = image.y0 + (double)tiles->rows;
      isc_panel_add_image (panel, &image);
    }
  isc_panel_set_bare (panel, TRUE);
  isc_panel_set_reversed (panel, ISC_AXIS_Y, TRUE);
  isc_panel_set_aspect (panel, 1.0);
  isc_panel_set_color_label (panel, "weight");
}

static char *
why_none (const IscWeightEntry *entry)
{
  const IscShape *shape = isc_tensor_get_shape (entry->tensor);
  g_autofree char *text = isc_shape_to_text (shape, " × ");

  if (shape->n_dims < 2)
    return g_strdup (
        "Tiles need a convolution's kernels or rows of inputs: this tensor has neither");
  return g_strdup_printf ("Tiles need a convolution's kernels, or rows whose length is a square "
                          "number: this tensor is %s",
                          text);
}

static IscFigure *
make (IscWeights *weights, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  g_autoptr (IscEntries) entries = isc_entries_new (weights, options->tensor, ISC_ENTRIES_MOST);
  guint n = isc_entries_get_n (entries);
  g_autofree char *range = NULL;
  g_autoptr (GString) how = g_string_new (NULL);

  if (!isc_entries_head (entries, figure, options, "Kernels", NULL))
    return figure;
  for (guint i = 0; i < n; i++)
    {
      const IscWeightEntry *entry = isc_entries_get (entries, i);
      IscPanel *panel = isc_figure_add_panel (figure);
      g_autofree char *shown = NULL;
      Tiles tiles;

      if (cut (entry, &tiles))
        {
          g_autofree char *note = isc_entry_note (entry);

          add_tiles (panel, entry, &tiles);
          if (tiles.n > MOST_TILES)
            shown = g_strdup_printf ("the first %d of %" G_GSIZE_FORMAT, MOST_TILES, tiles.n);
          if (note)
            isc_images_note (entries, i, panel, note);
          else
            isc_entries_panel_title (entries, i, panel, shown);
          if (how->len == 0)
            g_string_append_printf (how, "%s%s%s", tiles.what, n == 1 && shown ? " · " : "",
                                    n == 1 && shown ? shown : "");
        }
      else
        {
          g_autofree char *why = why_none (entry);

          isc_panel_set_note (panel, why);
          isc_panel_set_bare (panel, TRUE);
          isc_entries_panel_title (entries, i, panel, NULL);
        }
      g_free (tiles.what);
    }
  range = isc_images_range_in_words (entries);
  if (range && how->len > 0)
    g_string_append_printf (how, " · %s", range);
  isc_entries_caption (entries, figure, options, how->str);
  return figure;
}

const IscView isc_view_kernels = {
  .id = "kernels",
  .label = N_ ("Kernels"),
  .summary = N_ ("Kernels, or the inputs of each unit, as tiles."),
  .of_weights = make,
};
