/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layouts as text, held against the files in tests/golden/layout.  They are set in DejaVu Sans,
 * with hinting off, and printed to a tenth of a px, which Pango gives alike on every machine that
 * has this font's version.  After a wanted change:
 *
 *   ISC_UPDATE_GOLDEN=1 meson test -C build golden-layouts && git diff tests/golden/layout
 *
 * and read the difference before committing it. */
#include "golden/figures.h"

#include <glib/gstdio.h>

#include "base/runtime.h"
#include "plot/layout.h"

/* A sample in another theme, or as a person looks at it. */
typedef struct
{
  const char *name;
  const char *sample;
  IscThemeId theme;
  double x[2];
  double y[2];
  const char *hidden;
} Look;

static const Look looks[] = {
  { "look-zoomed", "loss", ISC_THEME_LIGHT, { 32.5, 61.0 }, { 0.1, 0.7 }, NULL },
  { "look-hidden", "diverged", ISC_THEME_LIGHT, { 0 }, { 0 }, "Large" },
  { "look-shared", "multiples", ISC_THEME_LIGHT, { 20.0, 40.0 }, { 0 }, "Normal" },
  { "look-symlog", "symlog", ISC_THEME_HIGH_CONTRAST, { 2.0, 8.0 }, { -3.0, 3.0 }, NULL },
  { "look-presentation", "multiples", ISC_THEME_PRESENTATION, { 0 }, { 0 }, NULL },
};

static void
compare (const char *name, IscLayout *layout)
{
  g_autofree char *dump = isc_layout_dump (layout), *wanted = NULL, *output = NULL;
  g_autofree char *file = g_strconcat (name, ".txt", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("ISC_GOLDEN_LAYOUTS"), file, NULL);
  g_autoptr (GError) error = NULL;

  if (g_getenv ("ISC_UPDATE_GOLDEN") != NULL)
    {
      g_file_set_contents (path, dump, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_file_get_contents (path, &wanted, NULL, &error);
  g_assert_no_error (error);
  if (g_str_equal (dump, wanted))
    return;

  output = g_build_filename (g_getenv ("ISC_GOLDEN_OUTPUT"), file, NULL);
  g_file_set_contents (output, dump, -1, &error);
  g_assert_no_error (error);
  g_test_message ("diff -u %s %s", path, output);
  g_test_fail_printf ("the layout of %s has changed: diff -u %s %s", name, path, output);
}

static void
test_layout (gconstpointer data)
{
  const SampleFigure *sample = data;
  g_autoptr (IscFigure) figure = sample->make ();
  IscTheme theme = isc_theme_with_font (isc_theme_get (ISC_THEME_LIGHT), "DejaVu Sans");
  g_autoptr (IscLayout) layout = isc_layout_new (figure, &theme, sample->width, sample->height);

  compare (sample->name, layout);
}

static const SampleFigure *
find_sample (const char *name)
{
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (samples[i].name, name))
      return &samples[i];
  g_assert_not_reached ();
}

static void
test_look (gconstpointer data)
{
  const Look *look = data;
  const SampleFigure *sample = find_sample (look->sample);
  g_autoptr (IscFigure) figure = sample->make ();
  IscTheme theme = isc_theme_with_font (isc_theme_get (look->theme), "DejaVu Sans");
  g_autoptr (IscViewport) x
      = isc_viewport_with_limits (NULL, 0, ISC_AXIS_X, look->x[0], look->x[1]);
  g_autoptr (IscViewport) y = isc_viewport_with_limits (x, 0, ISC_AXIS_Y, look->y[0], look->y[1]);
  g_autoptr (IscViewport) all
      = isc_viewport_with_series (y, look->hidden ? look->hidden : "", look->hidden == NULL);
  g_autoptr (IscLayout) layout
      = isc_layout_new_in (figure, all, &theme, sample->width, sample->height);

  compare (look->name, layout);
}

int
main (int argc, char *argv[])
{
  const SampleFigure *samples;
  guint n;

  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  samples = sample_figures_get (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strconcat ("/golden/layout/", samples[i].name, NULL);

      g_test_add_data_func (name, &samples[i], test_layout);
    }
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *name = g_strconcat ("/golden/layout/", looks[i].name, NULL);

      g_test_add_data_func (name, &looks[i], test_look);
    }
  return g_test_run ();
}
