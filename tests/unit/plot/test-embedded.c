/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/embedded.h"

#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "golden/figures.h"
#include "plot/export.h"
#include "support/reference.h"

static const char *const experiment
    = "{\n  \"initscope\": 1,\n  \"title\": \"σ (a) \\\\ 😀 <&>\"\n}\n";

static GBytes *
export_experiment (const char *json, IscExportFormat format)
{
  IscExportOptions options = { .width = 320.0, .height = 240.0, .dpi = 96.0 };
  guint n;
  g_autoptr (IscFigure) figure = sample_figures_get (&n)[0].make ();
  GBytes *bytes;

  isc_figure_set_experiment (figure, json);
  bytes = sample_export (figure, format, &options, NULL);
  g_assert_nonnull (bytes);
  return bytes;
}

static void
test_restored (void)
{
  g_autofree char *ascii = isc_embedded_to_ascii (experiment);
  GString *large = g_string_new ("{\"weights\": [");

  g_assert_cmpstr (ascii, ==,
                   "{\n  \"initscope\": 1,\n  \"title\": \"\\u03c3 (a) \\\\ \\ud83d\\ude00 "
                   "<&>\"\n}\n");
  for (int i = 0; i < 20000; i++)
    g_string_append (large, "\"((\\\\)\",");
  g_string_append (large, "0]}");
  for (IscExportFormat format = ISC_EXPORT_PNG; format <= ISC_EXPORT_EPS; format++)
    {
      g_autoptr (GBytes) bytes = export_experiment (experiment, format);
      g_autoptr (GBytes) large_bytes = export_experiment (large->str, format);
      g_autoptr (GError) error = NULL;
      g_autofree char *json = isc_export_read_experiment (bytes, &error), *large_json = NULL;

      g_assert_no_error (error);
      /* EPS holds the same JSON in ASCII. */
      g_assert_cmpstr (json, ==, format == ISC_EXPORT_EPS ? ascii : experiment);
      large_json = isc_export_read_experiment (large_bytes, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (large_json, ==, large->str);
    }
  g_string_free (large, TRUE);
}

static void
test_refused (void)
{
  static const char *const files[]
      = { "",
          "x",
          "GIF89a",
          "\211PNG\r\n\032\n",
          "%PDF-1.4\n/Keywords ({",
          "<svg ",
          "<?xml version='1.0'?><svg><metadata><initscope:experiment>{",
          "%!PS-Adobe\n",
          "%!PS\n%initscope: \xff\n",
          "%PDF-1.4 /Keywords ({\\",
          "%PDF-1.4 /Keywords ({\\7",
          "%PDF-1.4 /Keywords <FEFF007B",
          "%PDF-1.4 /Keywords <FEFFD800>",
          "%PDF-1.4 /Keywords <007B>",
          "%PDF-1.4 /Keywords ()" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (files[i], strlen (files[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (isc_export_read_experiment (bytes, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
    }
}

/* Every beginning of a file, and files with bytes changed: text or an error, never a read beyond.
 */
static void
test_hostile (void)
{
  guint32 state = 7;

  for (IscExportFormat format = ISC_EXPORT_PNG; format <= ISC_EXPORT_EPS; format++)
    {
      g_autoptr (GBytes) bytes = export_experiment (experiment, format);
      gsize size = g_bytes_get_size (bytes);
      const guint8 *data = g_bytes_get_data (bytes, NULL);

      for (gsize length = 0; length < size; length += length < 1500 ? 1 : 997)
        {
          /* A copy of exactly this size, so that a sanitizer sees one byte too many. */
          g_autoptr (GBytes) cut = g_bytes_new (data, length);
          g_autofree char *json = isc_export_read_experiment (cut, NULL);

          if (json != NULL)
            g_assert_true (g_utf8_validate (json, -1, NULL));
        }
      for (int i = 0; i < 500; i++)
        {
          guint8 *changed = g_memdup2 (data, size);
          g_autoptr (GBytes) broken = NULL;
          g_autofree char *json = NULL;

          for (int j = 0; j < 8; j++)
            {
              state = state * 1664525u + 1013904223u;
              changed[state % MIN (size, 2000)] = (guint8)(state >> 24);
            }
          broken = g_bytes_new_take (changed, size);
          json = isc_export_read_experiment (broken, NULL);
          if (json != NULL)
            g_assert_true (g_utf8_validate (json, -1, NULL));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/plot/embedded/restored", test_restored);
  g_test_add_func ("/plot/embedded/refused", test_refused);
  g_test_add_func ("/plot/embedded/hostile", test_hostile);
  return g_test_run ();
}
