/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What figures look like on real dots: one a px and more, whole numbers of them or not. */
#include <cairo.h>
#include <gio/gio.h>
#include <math.h>
#include <string.h>

#include "golden/figures.h"
#include "plot/layout-data.h"

#define WIDTH 640.0
#define HEIGHT 400.0

static const double resolutions[] = { 96.0, 120.0, 144.0, 192.0 };

static IscLayout *
lay_out (IscFigure *figure, const IscViewport *viewport, IscThemeId id, double detail)
{
  IscTheme theme = *isc_theme_get (id);

  theme.detail = detail;
  return isc_layout_new_in (figure, viewport, &theme, WIDTH, HEIGHT);
}

static cairo_status_t
read_cb (void *closure, unsigned char *data, unsigned int length)
{
  return g_input_stream_read_all (closure, data, length, NULL, NULL, NULL)
             ? CAIRO_STATUS_SUCCESS
             : CAIRO_STATUS_READ_ERROR;
}

static cairo_surface_t *
export_image (IscFigure *figure, double dpi, IscThemeId theme)
{
  IscExportOptions options = isc_export_options_default;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) bytes = NULL;
  cairo_surface_t *surface;

  options.width = WIDTH;
  options.height = HEIGHT;
  options.dpi = dpi;
  options.theme = theme;
  bytes = sample_export (figure, ISC_EXPORT_PNG, &options, NULL);
  stream = g_memory_input_stream_new_from_bytes (bytes);
  surface = cairo_image_surface_create_from_png_stream (read_cb, stream);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}

static guint32
pixel_at (cairo_surface_t *surface, int column, int row)
{
  const unsigned char *data = cairo_image_surface_get_data (surface);
  guint32 pixel;

  g_assert_cmpint (column, >=, 0);
  g_assert_cmpint (column, <, cairo_image_surface_get_width (surface));
  g_assert_cmpint (row, >=, 0);
  g_assert_cmpint (row, <, cairo_image_surface_get_height (surface));
  memcpy (&pixel, data + row * cairo_image_surface_get_stride (surface) + 4 * column, sizeof pixel);
  return pixel & 0xffffff;
}

enum
{
  N_LONG = 1000000
};

/* A million points of noise with one that stands out. */
static IscFigure *
make_long (double *x, double *y, gsize spike)
{
  IscFigure *figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);

  for (gsize i = 0; i < N_LONG; i++)
    {
      x[i] = (double)i;
      y[i] = fmod ((double)i * 0.6180339887, 1.0);
    }
  y[spike] = 7.5;
  isc_panel_add_line (panel, &(IscStyle){ .color = 1 }, NULL, x, y, N_LONG);
  return figure;
}

static const IscLayoutItem *
find_line (const IscLayout *layout)
{
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);

      if (strcmp (item->part, "line") == 0)
        return item;
    }
  g_assert_not_reached ();
}

/* In every column of dots the least and the greatest are there, at any resolution and from near. */
static void
test_columns (void)
{
  static const double details[] = { 1.0, 1.25, 1.5, 2.0, 3.125 };
  g_autofree double *x = g_new (double, N_LONG), *y = g_new (double, N_LONG);
  const gsize spike = 612345;
  g_autoptr (IscFigure) figure = make_long (x, y, spike);
  g_autoptr (IscViewport) near = isc_viewport_with_limits (NULL, 0, ISC_AXIS_X, 600000.0, 650000.0);

  for (gsize k = 0; k < G_N_ELEMENTS (details) * 2; k++)
    {
      double detail = details[k / 2];
      g_autoptr (IscLayout) layout = lay_out (figure, k % 2 ? near : NULL, ISC_THEME_LIGHT, detail);
      const IscLayoutItem *line = find_line (layout);
      int n = (int)(WIDTH * detail) + 1;
      g_autofree double *low = g_new (double, n), *high = g_new (double, n);
      double from, to;
      int first, last;

      isc_layout_get_limits (layout, 0, ISC_AXIS_X, &from, &to);
      first = (int)floor (isc_layout_to_device (layout, 0, ISC_AXIS_X, from) * detail);
      last = (int)floor (isc_layout_to_device (layout, 0, ISC_AXIS_X, to) * detail);
      for (int i = 0; i < n; i++)
        {
          low[i] = INFINITY;
          high[i] = -INFINITY;
        }
      for (guint i = 0; i < line->data->len; i++)
        {
          const IscDatum *datum = &g_array_index (line->data, IscDatum, i);
          /* A point on a boundary stands for both sides. */
          int left = (int)floor (datum->px * detail - 1e-6);
          int right = (int)floor (datum->px * detail + 1e-6);

          if (datum->x < from || datum->x > to)
            continue;
          for (int column = left; column <= right; column++)
            {
              low[column] = MIN (low[column], datum->y);
              high[column] = MAX (high[column], datum->y);
            }
        }
      for (gsize i = 0; i < N_LONG; i++)
        {
          double px;
          int column;

          if (x[i] < from || x[i] > to)
            continue;
          px = isc_layout_to_device (layout, 0, ISC_AXIS_X, x[i]) * detail;
          column = (int)floor (px);
          /* ... and may be counted to either. */
          if (fabs (px - round (px)) < 1e-6)
            continue;
          /* The dots at both ends are shared with points out of sight, which may be theirs. */
          if (column == first || column == last)
            continue;
          g_assert_true (y[i] >= low[column] && y[i] <= high[column]);
        }
      g_assert_cmpuint (line->points->len, <, (guint)(4.0 * WIDTH * detail) + 16);
    }
}

/* ... and it is seen in the file. */
static void
test_spike_in_files (void)
{
  g_autofree double *x = g_new (double, N_LONG), *y = g_new (double, N_LONG);
  const gsize spike = 612345;
  g_autoptr (IscFigure) figure = make_long (x, y, spike);

  for (gsize i = 0; i < G_N_ELEMENTS (resolutions); i++)
    {
      double scale = resolutions[i] / 96.0;
      g_autoptr (IscLayout) layout = lay_out (figure, NULL, ISC_THEME_LIGHT, scale);
      cairo_surface_t *image = export_image (figure, resolutions[i], ISC_THEME_LIGHT);
      double px = isc_layout_to_device (layout, 0, ISC_AXIS_X, x[spike]);
      double py = isc_layout_to_device (layout, 0, ISC_AXIS_Y, 6.0);
      guint32 there = pixel_at (image, (int)(px * scale), (int)(py * scale));
      guint32 beside = pixel_at (image, (int)((px + 9.0) * scale), (int)(py * scale));

      /* Vermilion has no blue. */
      g_assert_cmphex (there & 0xff, <, 0x60);
      g_assert_cmphex (beside & 0xff, >, 0xc0);
      cairo_surface_destroy (image);
    }
}

/* Lines of grid and axis cover whole dots: down the page there are their colours and no others. */
static void
test_sharp (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  double x[] = { 9.0, 10.0 }, y[] = { 1.0, 7.0 };

  isc_panel_add_line (panel, NULL, NULL, x, y, 2);
  isc_panel_set_range (panel, ISC_AXIS_X, 0.0, 10.0);
  for (IscThemeId theme = ISC_THEME_LIGHT; theme < ISC_N_THEMES; theme++)
    for (gsize i = 0; i < G_N_ELEMENTS (resolutions); i++)
      {
        double scale = resolutions[i] / 96.0;
        cairo_surface_t *image = export_image (figure, resolutions[i], theme);
        g_autoptr (IscLayout) layout = lay_out (figure, NULL, theme, scale);
        int column = (int)(isc_layout_to_device (layout, 0, ISC_AXIS_X, 2.5) * scale);
        guint32 colors[8] = { 0 };
        guint n_colors = 0;
        int rows = cairo_image_surface_get_height (image);

        /* Between the numbers, if there are any so near. */
        for (int row = 0; row < rows; row++)
          {
            guint32 pixel = pixel_at (image, column, row);
            guint k = 0;

            while (k < n_colors && colors[k] != pixel)
              k++;
            if (k == n_colors)
              colors[n_colors++] = pixel;
            g_assert_cmpuint (n_colors, <=, 3);
          }
        g_assert_cmpuint (n_colors, ==, 3);
        cairo_surface_destroy (image);
      }
}

/* Bars of a histogram meet without a seam. */
static void
test_seams (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  double edges[48], heights[47];

  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++)
    edges[i] = (double)i;
  for (gsize i = 0; i < G_N_ELEMENTS (heights); i++)
    heights[i] = 7.3;
  isc_panel_add_bars (panel, NULL, NULL, edges, heights, G_N_ELEMENTS (heights));
  for (gsize i = 0; i < G_N_ELEMENTS (resolutions); i++)
    {
      double scale = resolutions[i] / 96.0;
      g_autoptr (IscLayout) layout = lay_out (figure, NULL, ISC_THEME_LIGHT, scale);
      cairo_surface_t *image = export_image (figure, resolutions[i], ISC_THEME_LIGHT);
      int row = (int)(isc_layout_to_device (layout, 0, ISC_AXIS_Y, 2.385) * scale);
      int from = (int)(isc_layout_to_device (layout, 0, ISC_AXIS_X, 0.1) * scale);
      int to = (int)(isc_layout_to_device (layout, 0, ISC_AXIS_X, 46.9) * scale);

      for (int column = from; column <= to; column++)
        g_assert_cmphex (pixel_at (image, column, row), ==, pixel_at (image, from, row));
      cairo_surface_destroy (image);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/dots/columns", test_columns);
  g_test_add_func ("/plot/dots/spike-in-files", test_spike_in_files);
  g_test_add_func ("/plot/dots/sharp", test_sharp);
  g_test_add_func ("/plot/dots/seams", test_seams);
  return g_test_run ();
}
