/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/figure.h"

#include <math.h>
#include <string.h>

#include "plot/figure-data.h"
#include "plot/marks/marks.h"
#include "support/reference.h"

static void
test_words (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autofree char *huge = g_strnfill (1 << 20, 'x');

  isc_figure_set_title (figure, "one\ntwo\tthree");
  g_assert_cmpstr (isc_figure_get_title (figure), ==, "one two three");
  isc_figure_set_title (figure, "\xff\xfe");
  g_assert_true (g_utf8_validate (isc_figure_get_title (figure), -1, NULL));
  isc_figure_set_title (figure, isc_figure_get_title (figure));
  g_assert_nonnull (isc_figure_get_title (figure));
  isc_figure_set_title (figure, "");
  g_assert_null (isc_figure_get_title (figure));
  isc_figure_set_caption (figure, huge);
  g_assert_cmpuint (strlen (isc_figure_get_caption (figure)), <=, 4096);
  isc_figure_set_experiment (figure, "{\n}\n");
  g_assert_cmpstr (isc_figure_get_experiment (figure), ==, "{\n}\n");
  isc_figure_set_experiment (figure, NULL);
  g_assert_null (isc_figure_get_experiment (figure));
}

static void
test_copies (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  double x[] = { 0.0, 1.0, 2.385 }, y[] = { 3.0, 4.0, NAN };
  const IscMark *mark;

  isc_panel_add_line (panel, NULL, "line", x, y, 3);
  isc_panel_add_line (panel, NULL, NULL, NULL, NULL, 0);
  x[2] = 0.0;
  g_assert_cmpuint (isc_figure_get_n_panels (figure), ==, 1);
  mark = g_ptr_array_index (isc_figure_get_panel (figure, 0)->marks, 0);
  g_assert_cmpfloat (mark->x[2], ==, 2.385);
  g_assert_true (isnan (mark->y[2]));
  g_assert_cmpfloat (mark->style.width, ==, 1.0);
  g_assert_cmpfloat (mark->style.opacity, ==, 1.0);
}

static void
test_range (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);

  isc_panel_set_range (panel, ISC_AXIS_Y, 0.0, 4.0);
  g_assert_true (panel->axes[ISC_AXIS_Y].fixed);
  /* What is no range leaves the axis to the data. */
  isc_panel_set_range (panel, ISC_AXIS_Y, 4.0, 4.0);
  g_assert_false (panel->axes[ISC_AXIS_Y].fixed);
  isc_panel_set_range (panel, ISC_AXIS_Y, NAN, 4.0);
  g_assert_false (panel->axes[ISC_AXIS_Y].fixed);
  isc_panel_set_range (panel, ISC_AXIS_Y, 0.0, INFINITY);
  g_assert_false (panel->axes[ISC_AXIS_Y].fixed);
}

static void
test_kinds (void)
{
  guint n;
  const IscMarkKind *const *kinds = isc_mark_kinds_get (&n);

  g_assert_cmpuint (n, ==, 9);
  for (guint i = 0; i < n; i++)
    {
      g_assert_nonnull (kinds[i]->name);
      g_assert_nonnull (kinds[i]->extend);
      g_assert_nonnull (kinds[i]->place);
      g_assert_nonnull (kinds[i]->tabulate);
      g_assert_cmpuint (kinds[i]->level, <, ISC_N_MARK_LEVELS);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/figure/words", test_words);
  g_test_add_func ("/plot/figure/copies", test_copies);
  g_test_add_func ("/plot/figure/range", test_range);
  g_test_add_func ("/plot/figure/kinds", test_kinds);
  return g_test_run ();
}
