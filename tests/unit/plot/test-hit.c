/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/hit.h"

#include <math.h>

#include "golden/figures.h"
#include "plot/layout-data.h"
#include "support/reference.h"

static IscLayout *
lay_out (IscFigure *figure)
{
  return isc_layout_new (figure, isc_theme_get (ISC_THEME_LIGHT), 800.0, 500.0);
}

static void
test_line (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  IscStyle style = { .color = 3 };
  double x[] = { 0.0, 1.0, 2.0, 3.0 }, y[] = { 0.5, 2.385, NAN, 1.0 };
  g_autoptr (IscLayout) layout = NULL;
  IscHit hit;

  isc_panel_add_line (panel, &style, "loss", x, y, 4);
  layout = lay_out (figure);
  /* From everywhere in the area the datum that is found is drawn where the hit says. */
  g_assert_true (isc_hit_find (layout, 300.0, 40.0, &hit));
  g_assert_cmpfloat (hit.x, ==, 1.0);
  g_assert_cmpfloat (hit.y, ==, 2.385);
  g_assert_cmpstr (hit.label, ==, "loss");
  g_assert_cmpint (hit.color, ==, 3);
  g_assert_true (isc_hit_find (layout, hit.px, hit.py, &hit));
  g_assert_cmpfloat (hit.x, ==, 1.0);
  g_assert_false (isc_hit_find (layout, -50.0, 40.0, &hit));
  g_assert_false (isc_hit_find (layout, 300.0, 499.0, &hit));
  g_assert_false (isc_hit_find (layout, NAN, 40.0, &hit));
}

static void
test_bars (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  double edges[] = { 0.0, 1.0, 3.0 }, heights[] = { 10.0, 4.0 };
  g_autoptr (IscLayout) layout = NULL;
  IscRectangle area;
  IscHit hit;

  isc_panel_add_bars (panel, NULL, "count", edges, heights, 2);
  layout = lay_out (figure);
  area = g_array_index (layout->frames, IscFrame, 0).area;
  g_assert_true (
      isc_hit_find (layout, area.x + 0.97 * area.width, area.y + area.height - 2.0, &hit));
  g_assert_cmpfloat (hit.x, ==, 2.0);
  g_assert_cmpfloat (hit.y, ==, 4.0);
  g_assert_true (isc_hit_find (layout, area.x + 0.1 * area.width, area.y + 2.0, &hit));
  g_assert_cmpfloat (hit.x, ==, 0.5);
  g_assert_cmpfloat (hit.y, ==, 10.0);
}

/* From a dot of a picture to its row and column, whatever the size and the sense of the axis. */
static void
test_image (void)
{
  static const gsize sizes[][2] = { { 1, 1 }, { 5, 8 }, { 3, 4000 }, { 900, 1200 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int reversed = 0; reversed < 2; reversed++)
      {
        gsize rows = sizes[i][0], columns = sizes[i][1], row = rows * 3 / 4, column = columns / 3;
        IscShape shape = isc_shape (2, (gint64)rows, (gint64)columns);
        g_autoptr (IscTensor) tensor = isc_tensor_new (NULL, &shape, NULL);
        IscImage image = { .tensor = tensor,
                           .rows = rows,
                           .columns = columns,
                           .x0 = 0.0,
                           .x1 = (double)columns,
                           .y0 = 0.0,
                           .y1 = (double)rows,
                           .name = "0.weight" };
        g_autoptr (IscFigure) figure = isc_figure_new ();
        IscPanel *panel = isc_figure_add_panel (figure);
        g_autoptr (IscLayout) layout = NULL;
        g_autofree char *text = NULL;
        const IscRectangle *area;
        double fraction = ((double)row + 0.5) / (double)rows;
        IscHit hit;

        isc_tensor_edit_data (tensor)[row * columns + column] = -2.385f;
        isc_panel_set_reversed (panel, ISC_AXIS_Y, reversed);
        isc_panel_add_image (panel, &image);
        layout = lay_out (figure);
        area = &g_array_index (layout->frames, IscFrame, 0).area;
        g_assert_true (
            isc_hit_find (layout, area->x + area->width * ((double)column + 0.5) / (double)columns,
                          area->y + area->height * (reversed ? fraction : 1.0 - fraction), &hit));
        g_assert_cmpfloat (hit.value, ==, (double)-2.385f);
        g_assert_cmpstr (hit.name, ==, "0.weight");
        g_assert_cmpfloat (hit.y, <=, (double)row);
        g_assert_cmpfloat (hit.y + (double)hit.n_rows, >, (double)row);
        g_assert_cmpfloat (hit.x, <=, (double)column);
        g_assert_cmpfloat (hit.x + (double)hit.n_columns, >, (double)column);
        if (i < 2)
          g_assert_true (hit.n_rows == 1 && hit.n_columns == 1);
        else
          g_assert_cmpuint (hit.n_columns, >, 1);
        text = isc_hit_to_text (&hit);
        g_assert_true (g_str_has_suffix (text, ": −2.385"));
        g_assert_true (
            g_str_has_prefix (text, hit.n_rows == 1 ? "0.weight\nrow " : "0.weight\nrows "));
      }
}

static void
test_nothing (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autoptr (IscLayout) layout = NULL;
  IscHit hit;

  isc_figure_add_panel (figure);
  layout = lay_out (figure);
  g_assert_false (isc_hit_find (layout, 400.0, 250.0, &hit));
}

/* What a search from the pointer finds is as near as what looking at all data finds. */
static void
test_nearest (void)
{
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (2385);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IscFigure) figure = samples[i].make ();
      g_autoptr (IscLayout) layout = lay_out (figure);

      for (int try = 0; try < 200; try++)
        {
          double px = g_rand_double_range (rand, 0.0, 800.0), nearest = INFINITY, found = INFINITY;
          double py = g_rand_double_range (rand, 0.0, 500.0);
          const IscRectangle *area;
          IscHit hit;

          if (!isc_hit_find (layout, px, py, &hit) || hit.n_rows > 0)
            continue;
          area = &g_array_index (layout->frames, IscFrame, hit.panel).area;
          for (guint j = 0; j < layout->items->len; j++)
            {
              const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, j);

              if (item->panel != (int)hit.panel || item->data == NULL)
                continue;
              for (guint k = 0; k < item->data->len; k++)
                {
                  const IscDatum *datum = &g_array_index (item->data, IscDatum, k);
                  double dx = MAX (fabs (px - datum->px) - datum->half_width, 0.0);
                  double away = hypot (dx, py - datum->py);

                  if (datum->px < area->x - 1.0 || datum->px > area->x + area->width + 1.0)
                    continue;
                  nearest = MIN (nearest, away);
                  if (datum->x == hit.x && datum->y == hit.y)
                    found = MIN (found, away);
                }
            }
          g_assert_true (isfinite (nearest));
          g_assert_cmpfloat_with_epsilon (found, nearest, 1e-9);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/hit/line", test_line);
  g_test_add_func ("/plot/hit/bars", test_bars);
  g_test_add_func ("/plot/hit/image", test_image);
  g_test_add_func ("/plot/hit/nothing", test_nothing);
  g_test_add_func ("/plot/hit/nearest", test_nearest);
  return g_test_run ();
}
