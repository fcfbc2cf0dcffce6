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

static void
test_layout (gconstpointer data)
{
  const SampleFigure *sample = data;
  g_autoptr (IscFigure) figure = sample->make ();
  IscTheme theme = isc_theme_with_font (isc_theme_get (ISC_THEME_LIGHT), "DejaVu Sans");
  g_autoptr (IscLayout) layout = isc_layout_new (figure, &theme, sample->width, sample->height);
  g_autofree char *dump = isc_layout_dump (layout), *wanted = NULL, *output = NULL;
  g_autofree char *file = g_strconcat (sample->name, ".txt", NULL);
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
  g_test_fail_printf ("the layout of %s has changed: diff -u %s %s", sample->name, path, output);
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
  return g_test_run ();
}
