/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/export.h"

#include <cairo-pdf.h>
#include <cairo-ps.h>

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number-text.h"
#include "plot/draw.h"
#include "plot/embedded.h"
#include "plot/figure-csv.h"
#include "plot/layout.h"
#include "plot/png-file.h"
#include "plot/svg-file.h"

#define MAX_SIDE 20000.0
#define MAX_PIXELS 200e6
#define MAX_DPI 9600.0

/* cairo's images end here. */
#define MAX_CAIRO_SIDE 32767.0

/* A px is 1/96 inch, a point 1/72. */
#define POINTS_PER_PX 0.75

/* Dots an inch that vector formats hold for pictures of numbers. */
#define PRINTER_DPI 300.0

/* Equal figures are equal bytes, so the date in a file is none of today's. */
#define FIXED_DATE "2000-01-01T00:00:00Z"
#define FIXED_EPS_DATE "Sat Jan  1 00:00:00 2000"

/* A DSC comment line holds at most 255 bytes. */
#define EPS_LINE 200

const IscExportOptions isc_export_options_default = {
  .width = 1200.0,
  .height = 800.0,
  .dpi = 96.0,
  .theme = ISC_THEME_LIGHT,
  .transparent = FALSE,
  .text = ISC_TEXT_AS_TEXT,
};

static const struct
{
  const char *ending;
  IscExportFormat format;
} endings[] = {
  { ".png", ISC_EXPORT_PNG }, { ".svg", ISC_EXPORT_SVG }, { ".pdf", ISC_EXPORT_PDF },
  { ".eps", ISC_EXPORT_EPS }, { ".csv", ISC_EXPORT_CSV },
};

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE, "cannot draw the figure: %s",
               cairo_status_to_string (status));
  return FALSE;
}

/* A picture of numbers is worked out for no fewer dots an inch than @least. */
static IscLayout *
lay_out (IscFigure *figure, const IscExportOptions *options, double least)
{
  IscTheme theme = *isc_theme_get (options->theme);

  theme.detail = MAX (options->dpi, least) / 96.0;
  return isc_layout_new_in (figure, options->viewport, &theme, options->width, options->height);
}

static IscDrawFlags
flags_of (const IscExportOptions *options)
{
  return (IscDrawFlags)((options->transparent ? ISC_DRAW_TRANSPARENT : 0)
                        | (options->text == ISC_TEXT_AS_OUTLINES ? ISC_DRAW_OUTLINES : 0));
}

/* Draws the figure on @surface, @scale device units a px. */
static gboolean
draw_on (cairo_surface_t *surface,
         IscFigure *figure,
         const IscExportOptions *options,
         double scale,
         GError **error)
{
  gboolean image = cairo_surface_get_type (surface) == CAIRO_SURFACE_TYPE_IMAGE;
  g_autoptr (IscLayout) layout = lay_out (figure, options, image ? 0.0 : PRINTER_DPI);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cr, scale, scale);
  isc_draw (layout, cr, flags_of (options));
  status = cairo_status (cr);
  cairo_destroy (cr);
  return check_status (status, error);
}

static GBytes *
export_png (IscFigure *figure, const IscExportOptions *options, GError **error)
{
  double scale = options->dpi / 96.0;
  int width = (int)MAX (1.0, round (options->width * scale));
  int height = (int)MAX (1.0, round (options->height * scale));
  IscExportOptions whole = *options;
  const IscPngText texts[] = {
    { ISC_EMBEDDED_KEYWORD, isc_figure_get_experiment (figure) },
    { "Title", isc_figure_get_title (figure) },
    { "Description", isc_figure_get_summary (figure) },
    { "Software", "Initscope" },
  };
  cairo_surface_t *surface
      = cairo_image_surface_create (options->transparent ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24,
                                    width, height);
  GBytes *bytes = NULL;

  /* The figure fills whole pixels: a part of one would show as a line at the edge. */
  whole.width = width / scale;
  whole.height = height / scale;
  if (check_status (cairo_surface_status (surface), error)
      && draw_on (surface, figure, &whole, scale, error))
    bytes = isc_png_write (surface, options->dpi, texts, G_N_ELEMENTS (texts), error);
  cairo_surface_destroy (surface);
  return bytes;
}

/* Ends a surface that writes into @file.  Takes ownership of both. */
static GByteArray *
finish (cairo_surface_t *surface, GByteArray *file, gboolean drawn, GError **error)
{
  cairo_status_t status;

  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (drawn && check_status (status, error))
    return file;
  g_byte_array_unref (file);
  return NULL;
}

static GBytes *
export_svg (IscFigure *figure, const IscExportOptions *options, GError **error)
{
  g_autoptr (IscLayout) layout = lay_out (figure, options, PRINTER_DPI);

  return isc_svg_write (layout, flags_of (options), error);
}

/* --- PDF and EPS --------------------------------------------------------------------------------
 */

static void
set_pdf_text (cairo_surface_t *surface, cairo_pdf_metadata_t key, const char *text)
{
  if (text != NULL)
    cairo_pdf_surface_set_metadata (surface, key, text);
}

/* What the first figure says of itself is said of all. */
static GBytes *
export_pdf (IscFigure *const *figures, guint n, const IscExportOptions *options, GError **error)
{
  GByteArray *file = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (append_cb, file, options->width * POINTS_PER_PX,
                                             options->height * POINTS_PER_PX);
  gboolean ok = TRUE;

  /* 1.4 is the last version whose document information is never compressed. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  set_pdf_text (surface, CAIRO_PDF_METADATA_TITLE, isc_figure_get_title (figures[0]));
  set_pdf_text (surface, CAIRO_PDF_METADATA_SUBJECT, isc_figure_get_summary (figures[0]));
  set_pdf_text (surface, CAIRO_PDF_METADATA_KEYWORDS, isc_figure_get_experiment (figures[0]));
  set_pdf_text (surface, CAIRO_PDF_METADATA_CREATOR, "Initscope");
  set_pdf_text (surface, CAIRO_PDF_METADATA_CREATE_DATE, FIXED_DATE);
  for (guint i = 0; i < n && ok; i++)
    {
      ok = draw_on (surface, figures[i], options, POINTS_PER_PX, error);
      cairo_surface_show_page (surface);
    }
  file = finish (surface, file, ok, error);
  return file != NULL ? g_byte_array_free_to_bytes (file) : NULL;
}

/* The experiment as comments; a line that is too long goes on behind a plus sign. */
static void
append_eps_comments (GString *out, const char *json)
{
  g_autofree char *ascii = isc_embedded_to_ascii (json);
  g_auto (GStrv) lines = g_strsplit (ascii, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      gsize length = strlen (*line), at = 0;

      do
        {
          g_string_append (out, at == 0 ? "%initscope: " : "%initscope+ ");
          g_string_append_len (out, *line + at, (gssize)MIN (length - at, EPS_LINE));
          g_string_append_c (out, '\n');
          at += EPS_LINE;
        }
      while (at < length);
    }
}

static GBytes *
export_eps (IscFigure *figure, const IscExportOptions *options, GError **error)
{
  GByteArray *file = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_ps_surface_create_for_stream (append_cb, file, options->width * POINTS_PER_PX,
                                            options->height * POINTS_PER_PX);
  GString *out;
  const char *at, *end;

  cairo_ps_surface_set_eps (surface, TRUE);
  file = finish (surface, file, draw_on (surface, figure, options, POINTS_PER_PX, error), error);
  if (file == NULL)
    return NULL;

  /* Line by line up to the end of the header; what follows may hold fonts as binary. */
  out = g_string_sized_new (file->len + 1024);
  at = (const char *)file->data;
  end = at + file->len;
  while (at < end)
    {
      const char *stop = memchr (at, '\n', (gsize)(end - at));
      gsize length = stop != NULL ? (gsize)(stop - at) + 1 : (gsize)(end - at);

      if (length > 15 && memcmp (at, "%%CreationDate:", 15) == 0)
        g_string_append (out, "%%CreationDate: " FIXED_EPS_DATE "\n");
      else
        g_string_append_len (out, at, (gssize)length);
      at += length;
      if (length > 13 && memcmp (at - length, "%%EndComments", 13) == 0)
        break;
    }
  if (isc_figure_get_experiment (figure) != NULL)
    append_eps_comments (out, isc_figure_get_experiment (figure));
  g_string_append_len (out, at, end - at);
  g_byte_array_unref (file);
  return g_string_free_to_bytes (out);
}

gboolean
isc_export_options_check (const IscExportOptions *options, GError **error)
{
  g_autofree char *width = isc_number_to_text (options->width),
                  *height = isc_number_to_text (options->height);
  g_autofree char *dpi = isc_number_to_text (options->dpi);
  double scale = options->dpi / 96.0;

  if (!(options->width >= 1.0 && options->width <= MAX_SIDE && options->height >= 1.0
        && options->height <= MAX_SIDE))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "a size of %s × %s px is outside 1..%.0f a side", width, height, MAX_SIDE);
      return FALSE;
    }
  if (!(options->dpi >= 1.0 && options->dpi <= MAX_DPI))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s dots per inch is outside 1..%.0f", dpi,
                   MAX_DPI);
      return FALSE;
    }
  if (options->width * scale * options->height * scale > MAX_PIXELS
      || MAX (options->width, options->height) * scale > MAX_CAIRO_SIDE)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s × %s px at %s dots per inch is too large: at most %.0f megapixels and %.0f "
                   "pixels a side are allowed",
                   width, height, dpi, MAX_PIXELS / 1e6, MAX_CAIRO_SIDE);
      return FALSE;
    }
  return TRUE;
}

gboolean
isc_export_format_from_path (const char *path, IscExportFormat *format, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize length = strlen (path), n = strlen (endings[i].ending);

      if (length > n && g_ascii_strcasecmp (path + length - n, endings[i].ending) == 0)
        {
          *format = endings[i].format;
          return TRUE;
        }
    }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "%s does not end in .png, .svg, .pdf, .eps or .csv", path);
  return FALSE;
}

GBytes *
isc_export_to_bytes (IscFigure *figure,
                     IscExportFormat format,
                     const IscExportOptions *options,
                     GError **error)
{
  g_return_val_if_fail (figure != NULL, NULL);

  if (options == NULL)
    options = &isc_export_options_default;
  if (!isc_export_options_check (options, error))
    return NULL;
  switch (format)
    {
    case ISC_EXPORT_SVG:
      return export_svg (figure, options, error);
    case ISC_EXPORT_PDF:
      return export_pdf (&figure, 1, options, error);
    case ISC_EXPORT_EPS:
      return export_eps (figure, options, error);
    case ISC_EXPORT_CSV:
      return isc_figure_to_csv (figure, error);
    case ISC_EXPORT_PNG:
    default:
      return export_png (figure, options, error);
    }
}

GBytes *
isc_export_pages (IscFigure *const *figures,
                  guint n,
                  const IscExportOptions *options,
                  GError **error)
{
  g_return_val_if_fail (figures != NULL && n > 0, NULL);

  if (options == NULL)
    options = &isc_export_options_default;
  return isc_export_options_check (options, error) ? export_pdf (figures, n, options, error) : NULL;
}

gboolean
isc_export_to_file (IscFigure *figure,
                    const char *path,
                    const IscExportOptions *options,
                    GError **error)
{
  IscExportFormat format;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (figure != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (!isc_export_format_from_path (path, &format, error))
    return FALSE;
  bytes = isc_export_to_bytes (figure, format, options, error);
  return bytes != NULL && isc_file_write (path, bytes, error);
}
