/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/layout.h"

#include <math.h>
#include <string.h>

#include "base/runtime.h"
#include "golden/figures.h"
#include "plot/draw.h"
#include "plot/layout-data.h"
#include "plot/navigate.h"
#include "support/reference.h"

static IscLayout *
lay_out (IscFigure *figure, double width, double height)
{
  return isc_layout_new (figure, isc_theme_get (ISC_THEME_LIGHT), width, height);
}

static void
draw (const IscLayout *layout)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)ceil (layout->width),
                                    (int)ceil (layout->height));
  cairo_t *cr = cairo_create (surface);

  isc_draw (layout, cr, 0);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static const IscLayoutItem *
find_item (const IscLayout *layout, const char *part)
{
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);

      if (g_str_equal (item->part, part))
        return item;
    }
  return NULL;
}

static const IscLayoutItem *
find_text (const IscLayout *layout, const char *text)
{
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);

      if (item->text != NULL && strstr (item->text, text) != NULL)
        return item;
    }
  return NULL;
}

static IscRectangle
text_box (const IscLayoutItem *item)
{
  const IscPoint *at = &g_array_index (item->points, IscPoint, 0);

  /* Digits and capitals: what must not touch. */
  return (IscRectangle){ at->x, at->y - 0.72 * item->font.size, item->width,
                         0.72 * item->font.size };
}

static gboolean
meet (const IscRectangle *a, const IscRectangle *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

/* No text lies on another, and none leaves the page. */
static void
assert_texts_are_apart (const IscLayout *layout)
{
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);
      IscRectangle box;

      if (item->kind != ISC_LAYOUT_ITEM_TEXT)
        continue;
      box = text_box (item);
      g_assert_cmpfloat (box.x, >=, -0.5);
      g_assert_cmpfloat (box.x + box.width, <=, layout->width + 0.5);
      g_assert_cmpfloat (box.y, >=, 0.0);
      g_assert_cmpfloat (box.y + box.height, <=, layout->height);
      for (guint j = 0; j < i; j++)
        {
          const IscLayoutItem *other = &g_array_index (layout->items, IscLayoutItem, j);
          IscRectangle other_box;

          if (other->kind != ISC_LAYOUT_ITEM_TEXT)
            continue;
          other_box = text_box (other);
          if (meet (&box, &other_box))
            g_error ("\"%s\" lies on \"%s\"", item->text, other->text);
        }
    }
}

static void
assert_within_reach (const IscLayout *layout)
{
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);

      for (guint j = 0; j < item->points->len; j++)
        {
          const IscPoint *point = &g_array_index (item->points, IscPoint, j);

          g_assert_false (fabs (point->x) > 20000.0 || fabs (point->y) > 20000.0);
          g_assert_cmpint (isnan (point->x), ==, isnan (point->y));
        }
    }
}

static void
test_samples (void)
{
  static const double sizes[][2]
      = { { 1200, 800 }, { 640, 400 }, { 360, 300 }, { 360, 640 }, { 300, 200 },
          { 200, 300 },  { 120, 90 },  { 80, 60 },   { 2000, 300 } };
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);

  for (guint i = 0; i < n; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (sizes); j++)
      for (IscThemeId id = ISC_THEME_LIGHT; id < ISC_N_THEMES; id++)
        {
          g_autoptr (IscFigure) figure = samples[i].make ();
          g_autoptr (IscLayout) layout
              = isc_layout_new (figure, isc_theme_get (id), sizes[j][0], sizes[j][1]);

          g_test_message ("%s %g x %g", samples[i].name, sizes[j][0], sizes[j][1]);
          assert_texts_are_apart (layout);
        }
}

static void
test_tiny (void)
{
  static const double sizes[][2]
      = { { 1, 1 }, { 40, 30 }, { 1, 500 }, { 500, 1 }, { 3, 7 }, { 0, -5 }, { NAN, 10 } };
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);

  for (guint i = 0; i < n; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (sizes); j++)
      {
        g_autoptr (IscFigure) figure = samples[i].make ();
        g_autoptr (IscLayout) layout = lay_out (figure, sizes[j][0], sizes[j][1]);
        const IscRectangle *area = &g_array_index (layout->frames, IscFrame, 0).area;

        g_assert_cmpfloat (area->width, >=, 1.0);
        g_assert_cmpfloat (area->height, >=, 1.0);
        draw (layout);
      }
}

/* Any numbers whatever: an axis, a drawing, no coordinate that cairo can't hold. */
static void
test_degenerate (void)
{
  static const double values[] = { 0.0,   0.5,     -0.5,     1e-300, 5e-324,   1e30,
                                   -1e30, 1.7e308, -1.7e308, NAN,    INFINITY, -INFINITY };
  IscStyle style = { .color = 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
      for (int scale = 0; scale < 4; scale++)
        {
          double x[] = { values[i], values[j], values[i] }, y[] = { values[j], values[i], 0.0 };
          g_autoptr (IscFigure) figure = isc_figure_new ();
          IscPanel *panel = isc_figure_add_panel (figure);
          g_autoptr (IscLayout) layout = NULL;

          isc_panel_set_axis (panel, ISC_AXIS_X, "x", scale & 1 ? ISC_SCALE_LOG : ISC_SCALE_LINEAR);
          isc_panel_set_axis (panel, ISC_AXIS_Y, "y", scale & 2 ? ISC_SCALE_LOG : ISC_SCALE_LINEAR);
          if (i % 3 == 0)
            isc_panel_set_range (panel, ISC_AXIS_Y, -1.0, 2.385);
          isc_panel_add_line (panel, &style, "line", x, y, 3);
          isc_panel_add_points (panel, &style, "points", x, y, 3);
          isc_panel_add_band (panel, &style, "band", x, y, x, 3);
          isc_panel_add_bars (panel, &style, "bars", x, y, 2);
          isc_panel_add_stem (panel, &style, "stem", x[0], y[0]);
          isc_panel_add_end (panel, &style, "end", x[1], y[1]);
          isc_panel_add_rule (panel, &style, "rule", ISC_AXIS_X, x[0]);
          layout = lay_out (figure, 480.0, 320.0);
          assert_within_reach (layout);
          draw (layout);
        }
}

static void
test_spike_is_kept (void)
{
  enum
  {
    N = 200000
  };
  g_autofree double *x = g_new (double, N), *y = g_new (double, N);
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  g_autoptr (IscLayout) layout = NULL;
  const IscLayoutItem *line;
  double highest = -INFINITY, lowest = INFINITY, before = -INFINITY;

  for (gsize i = 0; i < N; i++)
    {
      x[i] = (double)i;
      y[i] = sin (1e-4 * (double)i);
    }
  y[123456] = 7.5;
  y[65432] = -2.385;
  isc_panel_add_line (panel, NULL, NULL, x, y, N);
  layout = lay_out (figure, 800.0, 500.0);
  line = find_item (layout, "line");
  g_assert_nonnull (line);
  /* At most four points a column, and the end of the piece. */
  g_assert_cmpuint (line->points->len, <, 4 * 800 + 8);
  for (guint i = 0; i < line->data->len; i++)
    {
      const IscDatum *datum = &g_array_index (line->data, IscDatum, i);

      highest = MAX (highest, datum->y);
      lowest = MIN (lowest, datum->y);
      g_assert_cmpfloat (datum->x, >, before);
      before = datum->x;
    }
  g_assert_cmpfloat (highest, ==, 7.5);
  g_assert_cmpfloat (lowest, ==, -2.385);
  g_assert_cmpfloat (g_array_index (line->data, IscDatum, 0).x, ==, 0.0);
  g_assert_cmpfloat (before, ==, N - 1.0);
}

static void
test_gap (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  double x[] = { 0, 1, 2, 3, 4 }, y[] = { 1.0, 2.0, NAN, 2.385, INFINITY };
  g_autoptr (IscLayout) layout = NULL;
  const IscLayoutItem *line, *lonely;

  isc_panel_add_line (panel, NULL, NULL, x, y, 5);
  layout = lay_out (figure, 640.0, 400.0);
  line = find_item (layout, "line");
  /* 0, 1, gap, 3, gap. */
  g_assert_cmpuint (line->points->len, ==, 5);
  g_assert_true (isnan (g_array_index (line->points, IscPoint, 2).x));
  lonely = find_item (layout, "lonely");
  g_assert_nonnull (lonely);
  g_assert_cmpuint (lonely->points->len, ==, 1);
  g_assert_nonnull (find_text (layout, "NaN"));
  g_assert_nonnull (find_text (layout, "∞"));
}

static void
test_zero_on_log (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  double x[] = { 0, 1, 2, 3 }, y[] = { 1e-9, 0.0, 1e-6, 1e-7 };
  g_autoptr (IscLayout) layout = NULL;
  const IscLayoutItem *rug, *zero;
  IscRectangle area;

  isc_panel_set_axis (panel, ISC_AXIS_Y, "gradient norm", ISC_SCALE_LOG);
  isc_panel_add_line (panel, NULL, NULL, x, y, 4);
  layout = lay_out (figure, 640.0, 400.0);
  area = g_array_index (layout->frames, IscFrame, 0).area;
  rug = find_item (layout, "rug");
  g_assert_nonnull (rug);
  assert_close (g_array_index (rug->points, IscPoint, 0).y, area.y + area.height, 0.0, 1e-9);
  assert_close (g_array_index (rug->points, IscPoint, 0).x, area.x + area.width / 3.0, 0.0, 1e-9);
  zero = find_text (layout, "0");
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);

      if (g_strcmp0 (item->text, "0") == 0 && g_str_equal (item->part, "y-label"))
        zero = item;
    }
  g_assert_cmpstr (zero->text, ==, "0");
}

static void
test_outside (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  double x[] = { 0, 1, 2, 3, 4, 5 }, y[] = { 1, 2, 1e30, 3, 1, 2 };
  g_autoptr (IscLayout) layout = NULL;
  const IscLayoutItem *flag;
  IscRectangle area;

  isc_panel_add_line (panel, NULL, NULL, x, y, 6);
  isc_panel_set_range (panel, ISC_AXIS_Y, 0.0, 4.0);
  layout = lay_out (figure, 640.0, 400.0);
  area = g_array_index (layout->frames, IscFrame, 0).area;
  flag = find_item (layout, "flag");
  g_assert_nonnull (flag);
  assert_close (g_array_index (flag->points, IscPoint, 0).y, area.y, 0.0, 1e-9);
  assert_close (g_array_index (flag->points, IscPoint, 0).x, area.x + 0.4 * area.width, 0.0, 1e-9);
  g_assert_nonnull (find_text (layout, "10³⁰"));
}

static void
test_legend_is_off_the_data (void)
{
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IscFigure) figure = samples[i].make ();
      g_autoptr (IscLayout) layout = lay_out (figure, samples[i].width, samples[i].height);

      for (guint j = 0; j < layout->items->len; j++)
        {
          const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, j);

          if (item->kind != ISC_LAYOUT_ITEM_TEXT
              || !(g_str_equal (item->part, "legend") || g_str_equal (item->part, "end-label")))
            continue;
          for (guint k = 0; k < layout->frames->len; k++)
            {
              IscRectangle box = text_box (item);

              g_assert_false (meet (&box, &g_array_index (layout->frames, IscFrame, k).area));
            }
        }
    }
}

static void
test_end_labels (void)
{
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IscFigure) figure = samples[i].make ();
      g_autoptr (IscLayout) layout = lay_out (figure, samples[i].width, samples[i].height);

      if (g_str_equal (samples[i].name, "loss"))
        g_assert_nonnull (find_item (layout, "end-label"));
      if (g_str_equal (samples[i].name, "histogram"))
        g_assert_nonnull (find_item (layout, "legend"));
      g_assert_false (find_item (layout, "end-label") != NULL
                      && find_item (layout, "legend") != NULL);
    }
}

/* Curves that fall to zero together are named above the plot, not where they meet. */
static void
test_common_end (void)
{
  double x[] = { 0.0, 1.0, 2.0 }, a[] = { 3.0, 1.0, 0.0 }, b[] = { 2.0, 1.5, 0.0 },
         c[] = { 2.0, 1.5, 1.0 };

  for (int together = 0; together < 2; together++)
    {
      g_autoptr (IscFigure) figure = isc_figure_new ();
      IscPanel *panel = isc_figure_add_panel (figure);
      g_autoptr (IscLayout) layout = NULL;

      isc_panel_add_line (panel, NULL, "a", x, a, 3);
      isc_panel_add_line (panel, NULL, "b", x, together ? b : c, 3);
      layout = lay_out (figure, 640.0, 400.0);
      g_assert_true ((find_item (layout, "end-label") != NULL) == !together);
      g_assert_true ((find_item (layout, "legend") != NULL) == together);
    }
}

static void
test_overlap_is_steps (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  double edges[] = { 0, 1, 2 }, heights[] = { 3, 4 };
  g_autoptr (IscLayout) one = NULL, two = NULL;

  isc_panel_add_bars (panel, NULL, "a", edges, heights, 2);
  one = lay_out (figure, 640.0, 400.0);
  g_assert_null (find_item (one, "steps"));
  isc_panel_add_bars (panel, NULL, "b", edges, heights, 2);
  two = lay_out (figure, 640.0, 400.0);
  g_assert_nonnull (find_item (two, "steps"));
}

static void
test_shared (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  double x[] = { 0.0, 1.0 };
  g_autoptr (IscLayout) layout = NULL;
  guint n_titles = 0;

  isc_figure_set_shared (figure, ISC_AXIS_X, TRUE);
  isc_figure_set_shared (figure, ISC_AXIS_Y, TRUE);
  for (int i = 0; i < 4; i++)
    {
      IscPanel *panel = isc_figure_add_panel (figure);
      double y[] = { 0.0, 1.0 + i };

      isc_panel_set_axis (panel, ISC_AXIS_X, "step", ISC_SCALE_LINEAR);
      isc_panel_add_line (panel, NULL, NULL, x, y, 2);
    }
  layout = lay_out (figure, 800.0, 500.0);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat (g_array_index (layout->frames, IscFrame, i).y.high, ==,
                         g_array_index (layout->frames, IscFrame, 0).y.high);
      g_assert_cmpfloat (g_array_index (layout->frames, IscFrame, i).area.width, ==,
                         g_array_index (layout->frames, IscFrame, 0).area.width);
    }
  for (guint i = 0; i < layout->items->len; i++)
    n_titles += g_str_equal (g_array_index (layout->items, IscLayoutItem, i).part, "x-title");
  g_assert_cmpuint (n_titles, ==, 2);
}

/* What was given one panel holds for all that share its axis: the labels are printed once. */
static void
test_shared_range (void)
{
  double x[] = { 0.0, 1.0 };
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autoptr (IscLayout) layout = NULL;

  isc_figure_set_shared (figure, ISC_AXIS_X, TRUE);
  for (int i = 0; i < 3; i++)
    {
      IscPanel *panel = isc_figure_add_panel (figure);

      isc_panel_add_line (panel, NULL, NULL, x, x, 2);
      if (i < 2)
        isc_panel_set_range (panel, ISC_AXIS_X, -1.0 - i, 2.0);
    }
  layout = lay_out (figure, 800.0, 500.0);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (g_array_index (layout->frames, IscFrame, i).x.low, ==, -2.0);
      g_assert_cmpfloat (g_array_index (layout->frames, IscFrame, i).x.high, ==, 2.0);
    }
}

static void
test_words (void)
{
  g_autoptr (IscFigure) empty = isc_figure_new (), none = isc_figure_new (),
                        zeros = isc_figure_new ();
  double x[] = { 0.0, 1.0 }, nans[] = { NAN, INFINITY }, zero[] = { 0.0, 0.0 };
  g_autoptr (IscLayout) a = NULL, b = NULL, c = NULL;
  IscPanel *panel = isc_figure_add_panel (empty);

  isc_panel_set_note (panel, "Nothing is here because of a reason");
  a = lay_out (empty, 640.0, 400.0);
  g_assert_nonnull (find_text (a, "because of a reason"));
  isc_panel_add_line (isc_figure_add_panel (none), NULL, NULL, x, nans, 2);
  b = lay_out (none, 640.0, 400.0);
  g_assert_nonnull (find_text (b, "all 2 values are NaN or infinite"));
  panel = isc_figure_add_panel (zeros);
  isc_panel_set_axis (panel, ISC_AXIS_Y, NULL, ISC_SCALE_LOG);
  isc_panel_add_line (panel, NULL, NULL, x, zero, 2);
  c = lay_out (zeros, 640.0, 400.0);
  g_assert_nonnull (find_text (c, "All values are 0"));
}

static const IscLayoutItem *
lay_out_image (
    const float *values, gsize rows, gsize columns, IscPooling pooling, IscLayout **layout)
{
  IscShape shape = isc_shape (2, (gint64)rows, (gint64)columns);
  g_autoptr (IscTensor) tensor = isc_tensor_new (NULL, &shape, NULL);
  IscImage image = { .tensor = tensor,
                     .rows = rows,
                     .columns = columns,
                     .x1 = (double)columns,
                     .y1 = (double)rows,
                     .pooling = pooling };
  g_autoptr (IscFigure) figure = isc_figure_new ();

  memcpy (isc_tensor_edit_data (tensor), values, rows * columns * sizeof *values);
  isc_panel_add_image (isc_figure_add_panel (figure), &image);
  *layout = lay_out (figure, 320.0, 240.0);
  draw (*layout);
  return find_item (*layout, "image");
}

/* Every cell is in one dot, and the dot shows the largest of its cells or their mean. */
static void
test_image_pooling (void)
{
  enum
  {
    ROWS = 700,
    COLUMNS = 901
  };
  g_autofree float *values = g_new (float, ROWS *COLUMNS);
  guint n_negative = 0;

  for (guint i = 0; i < ROWS * COLUMNS; i++)
    values[i] = 0.001f * (float)(i % 17);
  values[350 * COLUMNS + 900] = -7.0f;
  for (IscPooling pooling = ISC_POOL_EXTREME; pooling <= ISC_POOL_GREATEST; pooling++)
    {
      g_autoptr (IscLayout) layout = NULL;
      const IscLayoutItem *item = lay_out_image (values, ROWS, COLUMNS, pooling, &layout);
      const IscRaster *raster = item->raster;
      const IscRectangle *area = &g_array_index (layout->frames, IscFrame, 0).area;
      double sum = 0.0;

      n_negative = 0;
      g_assert_cmpfloat ((double)raster->columns, <=, area->width);
      g_assert_cmpfloat ((double)raster->rows, <=, area->height);
      g_assert_cmpuint (raster->columns * raster->block_columns, >=, COLUMNS);
      g_assert_cmpuint ((raster->columns - 1) * raster->block_columns, <, COLUMNS);
      for (gsize i = 0; i < raster->rows * raster->columns; i++)
        {
          n_negative += raster->cells[i] < 0.0f;
          sum += (double)raster->cells[i];
        }
      if (pooling == ISC_POOL_EXTREME)
        g_assert_cmpuint (n_negative, ==, 1);
      /* The mean of means, but for the last blocks, which have fewer cells. */
      else if (pooling == ISC_POOL_MEAN)
        assert_close (sum / (double)(raster->rows * raster->columns), 0.008, 0.02, 0.0);
      else
        g_assert_cmpuint (n_negative, ==, 0);
    }
}

static void
test_image_degenerate (void)
{
  static const float values[][4] = { { 0, 0, 0, 0 },
                                     { 0.5f, 0.5f, 0.5f, 0.5f },
                                     { NAN, NAN, INFINITY, -INFINITY },
                                     { 3e38f, -3e38f, 0, NAN },
                                     { 1e-45f, 0, 0, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    for (gsize rows = 1; rows <= 4; rows *= 2)
      {
        g_autoptr (IscLayout) layout = NULL;
        const IscLayoutItem *item
            = lay_out_image (values[i], rows, 4 / rows, ISC_POOL_EXTREME, &layout);

        g_assert_nonnull (item);
        g_assert_cmpfloat (item->raster->low, <, item->raster->high);
        /* The middle of a diverging map is zero. */
        assert_close (item->raster->low + item->raster->high, 0.0, 0.0, 0.0);
        g_assert_nonnull (find_item (layout, "colors"));
        g_assert_true ((find_text (layout, "NaN or infinite") != NULL) == (i == 2 || i == 3));
      }
}

static void
test_image_long (void)
{
  g_autofree float *values = g_new0 (float, 1000000);
  g_autoptr (IscLayout) layout = NULL;
  const IscLayoutItem *item;

  values[999999] = 1.0f;
  item = lay_out_image (values, 1, 1000000, ISC_POOL_EXTREME, &layout);
  g_assert_cmpuint (item->raster->rows, ==, 1);
  g_assert_cmpfloat ((double)item->raster->cells[item->raster->columns - 1], ==, 1.0);
}

static void
test_aspect (void)
{
  static const double aspects[] = { 1.0, 0.25, 3.0, 1e-9 };

  for (gsize i = 0; i < G_N_ELEMENTS (aspects); i++)
    {
      g_autoptr (IscFigure) figure = isc_figure_new ();
      IscPanel *panel = isc_figure_add_panel (figure);
      double x[] = { 0.0, 4.0 }, y[] = { 0.0, 2.0 };
      g_autoptr (IscLayout) layout = NULL;
      const IscFrame *frame;
      double unit_x, unit_y;

      isc_panel_add_line (panel, NULL, NULL, x, y, 2);
      isc_panel_set_aspect (panel, aspects[i]);
      layout = lay_out (figure, 640.0, 400.0);
      frame = &g_array_index (layout->frames, IscFrame, 0);
      unit_x = frame->area.width / (frame->x.high - frame->x.low);
      unit_y = frame->area.height / (frame->y.high - frame->y.low);
      /* A side is a whole number of px. */
      if (i < 3)
        assert_close (unit_y / unit_x, aspects[i], 0.02, 0.0);
      g_assert_cmpfloat (frame->area.height, >=, 1.0);
    }
}

static void
test_categories (void)
{
  static const char *const labels[]
      = { "third", "a name that is much too long for its place, the second", "first" };
  static const double positions[] = { 2.0, 1.0, 0.0 };
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  double x[] = { 0.0, 1.0 }, y[] = { -0.5, 2.5 };
  g_autoptr (IscLayout) layout = NULL, low = NULL;

  isc_panel_add_line (panel, NULL, NULL, x, y, 2);
  isc_panel_set_categories (panel, ISC_AXIS_Y, positions, labels, 3);
  layout = lay_out (figure, 480.0, 320.0);
  assert_texts_are_apart (layout);
  g_assert_nonnull (find_text (layout, "third"));
  g_assert_nonnull (find_text (layout, "first"));
  g_assert_nonnull (find_text (layout, "…"));
  g_assert_null (find_text (layout, "1.5"));
  /* One unit up is where the name of that unit is. */
  g_assert_cmpfloat (g_array_index (find_text (layout, "third")->points, IscPoint, 0).y, <,
                     g_array_index (find_text (layout, "first")->points, IscPoint, 0).y);
  low = lay_out (figure, 480.0, 70.0);
  assert_texts_are_apart (low);
  isc_panel_set_categories (panel, ISC_AXIS_Y, NULL, NULL, 0);
}

/* A printed column's width: how a figure was made stays with it. */
static void
test_caption_stays (void)
{
  const double mm = 96.0 / 25.4;
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IscFigure) figure = samples[i].make ();
      g_autoptr (IscLayout) layout = NULL;
      const IscLayoutItem *caption;

      if (isc_figure_get_caption (figure) == NULL)
        continue;
      isc_figure_set_caption (figure, "normal_(mean=0, std=0.0505) · n 200,704 · 87 bins of 0.0049 "
                                      "(auto) · "
                                      "KDE Silverman h 0.0040, reflected · seed 42 · PyTorch 2.12");
      layout = isc_layout_new (figure, isc_theme_get (ISC_THEME_PRINT), 80.0 * mm, 60.0 * mm);
      caption = find_item (layout, "caption");
      g_assert_nonnull (caption);
      g_assert_cmpfloat (caption->font.size, >=, 7.0 * 4.0 / 3.0 - 1e-9);
      assert_texts_are_apart (layout);
    }
}

/* As room shrinks, whose numbers they are and the seed outlive what is only easier to read. */
static void
test_caption_outlives_words (void)
{
  guint n, n_alone = 0;
  const SampleFigure *samples = sample_figures_get (&n);

  for (guint i = 0; i < n; i++)
    for (double height = 400.0; height >= 100.0; height -= 20.0)
      {
        g_autoptr (IscFigure) figure = samples[i].make ();
        g_autoptr (IscLayout) layout = NULL;

        isc_figure_set_subtitle (figure, "200 × 300");
        isc_figure_set_caption (figure, "seed 0 · Keras's law, our own random numbers");
        layout = isc_layout_new (figure, isc_theme_get (ISC_THEME_LIGHT), 600.0, height);
        if (find_item (layout, "caption"))
          n_alone += !find_item (layout, "subtitle") && !find_item (layout, "x-title");
        else
          g_assert_true (!find_item (layout, "subtitle") && !find_item (layout, "x-title"));
      }
  g_assert_cmpuint (n_alone, >, 0);
}

static void
test_note_has_no_line_through_it (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  g_autoptr (IscLayout) layout = NULL;
  IscRectangle box;
  guint n_grid = 0;

  isc_panel_add_stem (panel, NULL, NULL, 0.5, 200000.0);
  isc_panel_set_note (panel, "All 200,704 weights equal 0.5");
  layout = lay_out (figure, 640.0, 400.0);
  box = text_box (find_item (layout, "note"));
  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);

      if (!g_str_equal (item->part, "grid"))
        continue;
      n_grid++;
      for (guint j = 0; j + 1 < item->points->len; j++)
        {
          const IscPoint *a = &g_array_index (item->points, IscPoint, j);

          g_assert_false (a[0].y > box.y && a[0].y < box.y + box.height
                          && a[0].x < box.x + box.width && a[1].x > box.x);
        }
    }
  g_assert_cmpuint (n_grid, >, 0);
}

/* A stem at the edge of a low panel ends above the words and its dot would run into them. */
static void
test_note_keeps_off_a_stem (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  g_autoptr (IscLayout) layout = NULL;

  isc_panel_add_stem (panel, NULL, NULL, 0.0, 0.999);
  isc_panel_add_stem (panel, NULL, NULL, 1.0, 0.001);
  isc_panel_set_note (panel, "99.9 % of the weights are 0");
  layout = lay_out (figure, 400.0, 140.0);
  g_assert_cmpfloat (text_box (find_item (layout, "note")).x, >, 100.0);
}

static gpointer
dump_in_thread (gpointer data)
{
  g_autoptr (IscLayout) layout = lay_out (data, 640.0, 400.0);

  draw (layout);
  return isc_layout_dump (layout);
}

static void
test_threads (void)
{
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);
  g_autoptr (IscFigure) figure = samples[0].make ();
  g_autofree char *here = dump_in_thread (figure);
  GThread *threads[4];

  for (int i = 0; i < 4; i++)
    threads[i] = g_thread_new ("layout", dump_in_thread, figure);
  for (int i = 0; i < 4; i++)
    {
      g_autofree char *there = g_thread_join (threads[i]);

      g_assert_cmpstr (here, ==, there);
    }
}

/* Where colours may be lost, curves and their names carry markers; no more than find room. */
static void
test_cues (void)
{
  for (IscThemeId id = 0; id < ISC_N_THEMES; id++)
    {
      g_autoptr (IscFigure) figure = isc_figure_new ();
      IscPanel *panel = isc_figure_add_panel (figure);
      double x[2000], y[2000];
      g_autoptr (IscLayout) layout = NULL;
      guint n_curves = 0, n_keys = 0;

      for (int i = 0; i < 2000; i++)
        {
          x[i] = i;
          y[i] = 2.385;
        }
      for (int k = 0; k < 2; k++)
        isc_panel_add_line (panel, &(IscStyle){ .color = k, .marker = ISC_MARKER_SQUARE + k },
                            k == 0 ? "He" : "Xavier", x, y, 2000);
      layout = isc_layout_new (figure, isc_theme_get (id), 800.0, 500.0);
      for (guint i = 0; i < layout->items->len; i++)
        {
          const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);

          if (item->kind != ISC_LAYOUT_ITEM_MARKERS)
            continue;
          g_assert_cmpint (item->marker, ==, ISC_MARKER_SQUARE + item->color);
          n_keys += item->part[0] == 'k';
          n_curves += item->part[0] == 'c';
          g_assert_cmpuint (item->points->len, >=, 1);
          g_assert_cmpuint (item->points->len, <, 10);
        }
      g_assert_cmpuint (n_curves, ==, isc_theme_get (id)->cues ? 2 : 0);
      g_assert_cmpuint (n_keys, ==, isc_theme_get (id)->cues ? 2 : 0);
    }
}

static IscViewport *
random_look (const IscLayout *layout, GRand *rand)
{
  IscViewport *viewport = isc_layout_get_viewport (layout);
  guint n = layout->frames->len, panel = (guint)g_rand_int_range (rand, 0, (int)n);
  double x = g_rand_double_range (rand, 0.0, layout->width);
  double y = g_rand_double_range (rand, 0.0, layout->height);
  g_auto (GStrv) names = isc_viewport_list_series (layout->figure);
  guint n_names = g_strv_length (names);

  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0:
      return isc_navigate_pan (layout, panel, ISC_ALONG_BOTH, x - 0.5 * layout->width,
                               y - 0.5 * layout->height);
    case 1:
      return isc_navigate_box (layout, panel, x, y, g_rand_double_range (rand, 0.0, layout->width),
                               g_rand_double_range (rand, 0.0, layout->height));
    case 2:
      return isc_navigate_scale (layout, panel, (IscAxisSide)g_rand_int_range (rand, 0, 2),
                                 (IscScaleKind)g_rand_int_range (rand, 0, 3));
    case 3:
      if (n_names > 0)
        return isc_viewport_with_series (viewport, names[g_rand_int_range (rand, 0, (int)n_names)],
                                         g_rand_boolean (rand));
      G_GNUC_FALLTHROUGH;
    default:
      return isc_navigate_zoom (layout, panel, (IscAlong)g_rand_int_range (rand, 1, 4), x, y,
                                exp (g_rand_double_range (rand, -1.5, 2.5)));
    }
}

/* However somebody looks: nothing on top of anything, and no coordinate that cairo can't hold. */
static void
test_looks (void)
{
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (2385);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IscFigure) figure = samples[i].make ();
      g_autoptr (IscLayout) layout = lay_out (figure, 640.0, 400.0);

      for (int step = 0; step < 60; step++)
        {
          g_autoptr (IscViewport) look = random_look (layout, rand);

          isc_layout_unref (layout);
          layout = isc_layout_new_in (figure, look,
                                      isc_theme_get ((IscThemeId)(step / 10 % ISC_N_THEMES)), 640.0,
                                      400.0);
          assert_texts_are_apart (layout);
          assert_within_reach (layout);
        }
      draw (layout);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/plot/layout/samples", test_samples);
  g_test_add_func ("/plot/layout/tiny", test_tiny);
  g_test_add_func ("/plot/layout/degenerate", test_degenerate);
  g_test_add_func ("/plot/layout/spike-is-kept", test_spike_is_kept);
  g_test_add_func ("/plot/layout/gap", test_gap);
  g_test_add_func ("/plot/layout/zero-on-log", test_zero_on_log);
  g_test_add_func ("/plot/layout/outside", test_outside);
  g_test_add_func ("/plot/layout/legend-is-off-the-data", test_legend_is_off_the_data);
  g_test_add_func ("/plot/layout/end-labels", test_end_labels);
  g_test_add_func ("/plot/layout/common-end", test_common_end);
  g_test_add_func ("/plot/layout/overlap-is-steps", test_overlap_is_steps);
  g_test_add_func ("/plot/layout/shared", test_shared);
  g_test_add_func ("/plot/layout/shared-range", test_shared_range);
  g_test_add_func ("/plot/layout/words", test_words);
  g_test_add_func ("/plot/layout/image/pooling", test_image_pooling);
  g_test_add_func ("/plot/layout/image/degenerate", test_image_degenerate);
  g_test_add_func ("/plot/layout/image/long", test_image_long);
  g_test_add_func ("/plot/layout/aspect", test_aspect);
  g_test_add_func ("/plot/layout/categories", test_categories);
  g_test_add_func ("/plot/layout/caption-stays", test_caption_stays);
  g_test_add_func ("/plot/layout/caption-outlives-words", test_caption_outlives_words);
  g_test_add_func ("/plot/layout/note", test_note_has_no_line_through_it);
  g_test_add_func ("/plot/layout/note-and-stem", test_note_keeps_off_a_stem);
  g_test_add_func ("/plot/layout/threads", test_threads);
  g_test_add_func ("/plot/layout/cues", test_cues);
  g_test_add_func ("/plot/layout/looks", test_looks);
  return g_test_run ();
}
