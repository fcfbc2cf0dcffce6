/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/export.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/runtime.h"
#include "golden/figures.h"
#include "plot/embedded.h"
#include "support/reference.h"

static const char *program;

static GBytes *
export_sample (guint index, IscExportFormat format)
{
  IscExportOptions options = isc_export_options_default;
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);
  g_autoptr (IscFigure) figure = samples[index % n].make ();
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  options.width = samples[index % n].width;
  options.height = samples[index % n].height;
  bytes = sample_export (figure, format, &options, &error);
  g_assert_no_error (error);
  return bytes;
}

/* One checksum for every format. */
static char *
checksum_exports (guint index)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (IscExportFormat format = ISC_EXPORT_PNG; format <= ISC_EXPORT_EPS; format++)
    {
      g_autoptr (GBytes) bytes = export_sample (index, format);

      g_checksum_update (checksum, g_bytes_get_data (bytes, NULL),
                         (gssize)g_bytes_get_size (bytes));
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static void
test_same_in_one_process (void)
{
  for (IscExportFormat format = ISC_EXPORT_PNG; format <= ISC_EXPORT_EPS; format++)
    for (guint i = 0; i < 14; i++)
      {
        g_autoptr (GBytes) first = export_sample (i, format),
                           between = export_sample (i + 1, format);
        g_autoptr (GBytes) second = export_sample (i, format);

        g_assert_false (g_bytes_equal (first, between));
        g_assert_true (g_bytes_equal (first, second));
      }
}

static void
test_same_in_two_processes (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *here = checksum_exports (i), *number = g_strdup_printf ("%u", i),
                      *there = NULL;
      char *arguments[] = { (char *)program, (char *)"--checksum", number, NULL };
      g_autoptr (GError) error = NULL;
      int status;

      g_spawn_sync (NULL, arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &there, NULL, &status,
                    &error);
      g_assert_no_error (error);
      g_assert_true (g_spawn_check_wait_status (status, NULL));
      g_assert_cmpstr (here, ==, there);
    }
}

static gboolean
contains (GBytes *bytes, const char *what)
{
  gsize size, length = strlen (what);
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i + length <= size; i++)
    if (memcmp (data + i, what, length) == 0)
      return TRUE;
  return FALSE;
}

static void
test_formats (void)
{
  g_autoptr (GBytes) png = export_sample (0, ISC_EXPORT_PNG),
                     svg = export_sample (0, ISC_EXPORT_SVG);
  g_autoptr (GBytes) pdf = export_sample (0, ISC_EXPORT_PDF),
                     eps = export_sample (0, ISC_EXPORT_EPS);

  g_assert_true (contains (png, "\211PNG\r\n"));
  g_assert_true (contains (png, "pHYs"));
  g_assert_true (contains (svg, "width=\"640px\" height=\"400px\""));
  g_assert_true (contains (svg, "<title>Kaiming normal on Linear(784, 256)</title>"));
  g_assert_true (contains (svg, "<desc>A sample figure.</desc>"));
  /* 640 x 400 px in points. */
  g_assert_true (contains (pdf, "/MediaBox [ 0 0 480 300 ]"));
  g_assert_true (contains (pdf, "/CreationDate (20000101000000"));
  g_assert_true (contains (eps, "%%BoundingBox: 0 "));
  g_assert_true (contains (eps, "%%CreationDate: Sat Jan  1 00:00:00 2000"));
  /* Vectors, not a picture of them. */
  g_assert_false (contains (pdf, "/Subtype /Image"));
  g_assert_false (contains (eps, "/ImageType"));
  g_assert_false (contains (svg, "<image"));
}

static guint
count (GBytes *bytes, const char *what)
{
  gsize size, length = strlen (what);
  const char *data = g_bytes_get_data (bytes, &size);
  guint n = 0;

  for (gsize i = 0; i + length <= size; i++)
    n += memcmp (data + i, what, length) == 0;
  return n;
}

/* As text a file has fonts, as outlines it has none. */
static void
test_text (void)
{
  static const struct
  {
    IscExportFormat format;
    const char *mark;
  } formats[] = {
    { ISC_EXPORT_SVG, "<text " },
    { ISC_EXPORT_PDF, "/FontFile" },
    { ISC_EXPORT_EPS, "/FontName" },
  };
  IscExportOptions options = isc_export_options_default;
  guint n;
  g_autoptr (IscFigure) figure = sample_figures_get (&n)[0].make ();

  g_assert_cmpint (options.text, ==, ISC_TEXT_AS_TEXT);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) text = NULL, outlines = NULL;

      options.text = ISC_TEXT_AS_TEXT;
      text = sample_export (figure, formats[i].format, &options, NULL);
      options.text = ISC_TEXT_AS_OUTLINES;
      outlines = sample_export (figure, formats[i].format, &options, NULL);
      g_assert_cmpuint (count (text, formats[i].mark), >, 0);
      g_assert_cmpuint (count (outlines, formats[i].mark), ==, 0);
    }
}

static void
test_pages (void)
{
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);
  IscExportOptions tiny = { .width = 0.0, .height = 1.0, .dpi = 96.0 };
  IscFigure *figures[3];
  g_autoptr (GBytes) pages = NULL, again = NULL, alone = NULL, page = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    figures[i] = samples[i].make ();
  isc_figure_set_experiment (figures[0], "{\"initscope\": 1}");
  pages = isc_export_pages (figures, G_N_ELEMENTS (figures), NULL, &error);
  g_assert_no_error (error);
  again = isc_export_pages (figures, G_N_ELEMENTS (figures), NULL, NULL);
  g_assert_true (g_bytes_equal (pages, again));
  g_assert_cmpuint (count (pages, "/MediaBox"), ==, G_N_ELEMENTS (figures));
  json = isc_export_read_experiment (pages, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json, ==, "{\"initscope\": 1}");

  /* A single page is the figure's own file. */
  page = isc_export_pages (figures, 1, NULL, NULL);
  alone = sample_export (figures[0], ISC_EXPORT_PDF, NULL, NULL);
  g_assert_true (g_bytes_equal (page, alone));
  g_assert_null (isc_export_pages (figures, 1, &tiny, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    isc_figure_unref (figures[i]);
}

static cairo_status_t
read_cb (void *closure, unsigned char *data, unsigned int length)
{
  GInputStream *stream = closure;

  return g_input_stream_read_all (stream, data, length, NULL, NULL, NULL) ? CAIRO_STATUS_SUCCESS
                                                                          : CAIRO_STATUS_READ_ERROR;
}

static cairo_surface_t *
read_image (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  cairo_surface_t *surface = cairo_image_surface_create_from_png_stream (read_cb, stream);

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}

static void
test_png (void)
{
  IscExportOptions options
      = { .width = 300.0, .height = 200.0, .dpi = 192.0, .theme = ISC_THEME_DARK };
  guint n;
  g_autoptr (IscFigure) figure = sample_figures_get (&n)[0].make ();
  g_autoptr (GBytes) dark = sample_export (figure, ISC_EXPORT_PNG, &options, NULL), clear = NULL;
  cairo_surface_t *surface = read_image (dark);
  guint32 pixel;

  /* Twice 96 dpi: twice as many pixels. */
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 600);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 400);
  memcpy (&pixel, cairo_image_surface_get_data (surface), sizeof pixel);
  g_assert_cmphex (pixel & 0xffffff, ==, 0x1e1e1e);
  cairo_surface_destroy (surface);

  options.transparent = TRUE;
  clear = sample_export (figure, ISC_EXPORT_PNG, &options, NULL);
  surface = read_image (clear);
  memcpy (&pixel, cairo_image_surface_get_data (surface), sizeof pixel);
  g_assert_cmphex (pixel, ==, 0);
  cairo_surface_destroy (surface);
}

static void
assert_refused (double width, double height, double dpi, const char *what)
{
  IscExportOptions options = { .width = width, .height = height, .dpi = dpi };
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (isc_export_to_bytes (figure, ISC_EXPORT_PNG, &options, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, what));
}

static void
test_errors (void)
{
  IscExportFormat format;
  g_autoptr (GError) error = NULL;

  assert_refused (0.0, 100.0, 96.0, "a size of 0 × 100 px");
  assert_refused (100.0, NAN, 96.0, "a size of");
  assert_refused (30000.0, 100.0, 96.0, "a size of 30000");
  assert_refused (100.0, 100.0, 0.0, "0 dots per inch");
  assert_refused (20000.0, 20000.0, 96.0, "too large");
  g_assert_true (isc_export_format_from_path ("a.b/figure.SVG", &format, &error));
  g_assert_cmpint (format, ==, ISC_EXPORT_SVG);
  g_assert_false (isc_export_format_from_path ("figure.gif", &format, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "figure.gif does not end in .png, .svg, .pdf, .eps or .csv");
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("initscope-XXXXXX", &error), *path = NULL,
                  *content = NULL, *lost = NULL;
  guint n;
  const SampleFigure *samples = sample_figures_get (&n);
  g_autoptr (IscFigure) figure = samples[0].make ();
  g_autoptr (GBytes) bytes = sample_export (figure, ISC_EXPORT_PDF, NULL, NULL);
  g_autoptr (GBytes) written = NULL;
  gsize length;

  g_assert_no_error (error);
  path = g_build_filename (folder, "figure.pdf", NULL);
  g_assert_true (isc_export_to_file (figure, path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  written = g_bytes_new_static (content, length);
  g_assert_true (g_bytes_equal (written, bytes));
  lost = g_build_filename (folder, "missing", "figure.png", NULL);
  g_assert_false (isc_export_to_file (figure, lost, NULL, &error));
  g_assert_error (error, ISC_ERROR, ISC_ERROR_IO);
  g_unlink (path);
  g_rmdir (folder);
}

/* An empty figure, and one at one px: files all the same. */
static void
test_nothing (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscExportOptions options = { .width = 1.0, .height = 1.0, .dpi = 96.0 };

  for (IscExportFormat format = ISC_EXPORT_PNG; format <= ISC_EXPORT_EPS; format++)
    {
      g_autoptr (GBytes) bytes = sample_export (figure, format, &options, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (bytes);
      g_assert_null (isc_export_read_experiment (bytes, &error));
      g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
    }
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && strcmp (argv[1], "--checksum") == 0)
    {
      g_autofree char *checksum = NULL;

      isc_runtime_init ();
      checksum = checksum_exports ((guint)g_ascii_strtoull (argv[2], NULL, 10));
      fputs (checksum, stdout);
      return 0;
    }
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/plot/export/same-in-one-process", test_same_in_one_process);
  g_test_add_func ("/plot/export/same-in-two-processes", test_same_in_two_processes);
  g_test_add_func ("/plot/export/formats", test_formats);
  g_test_add_func ("/plot/export/text", test_text);
  g_test_add_func ("/plot/export/pages", test_pages);
  g_test_add_func ("/plot/export/png", test_png);
  g_test_add_func ("/plot/export/errors", test_errors);
  g_test_add_func ("/plot/export/file", test_file);
  g_test_add_func ("/plot/export/nothing", test_nothing);
  return g_test_run ();
}
