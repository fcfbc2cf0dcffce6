/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/svg-file.h"

#include <math.h>
#include <string.h>

#include "plot/embedded.h"
#include "plot/painting.h"
#include "plot/png-file.h"

/* A hundredth of a px is a four-hundredth of a millimetre: no printer sets a finer dot. */
#define DECIMALS 2

/* A dot of a picture is at most so many of its file's wide. */
#define MOST_TIMES 8

typedef struct
{
  GString *out;
  const IscLayout *layout;
  IscDrawFlags flags;
  /* Letters and markers are traced with these, and their path is written down. */
  cairo_t *cr;
  IscTypesetter *typesetter;
  guint n_names;
} Writer;

/* With no more decimals than it needs: "12.5", "-0.25". */
static void
append_number (GString *out, double value, int decimals)
{
  static const double powers[] = { 1.0, 10.0, 100.0, 1000.0 };
  gint64 scaled = llround (CLAMP (value, -1e12, 1e12) * powers[decimals]);
  guint64 size = (guint64)ABS (scaled);
  char digits[32];
  gsize at = sizeof digits;
  gboolean begun = FALSE;

  for (int i = 0; i < decimals; i++, size /= 10)
    {
      if (size % 10 == 0 && !begun)
        continue;
      digits[--at] = (char)('0' + size % 10);
      begun = TRUE;
    }
  if (begun)
    digits[--at] = '.';
  do
    digits[--at] = (char)('0' + size % 10);
  while ((size /= 10) > 0);
  if (scaled < 0)
    digits[--at] = '-';
  g_string_append_len (out, digits + at, (gssize)(sizeof digits - at));
}

static void
append_attribute (GString *out, const char *name, double value, int decimals)
{
  g_string_append_printf (out, " %s=\"", name);
  append_number (out, value, decimals);
  g_string_append_c (out, '"');
}

static void
append_rectangle (GString *out, const IscRectangle *rectangle)
{
  g_string_append (out, "<rect");
  append_attribute (out, "x", rectangle->x, DECIMALS);
  append_attribute (out, "y", rectangle->y, DECIMALS);
  append_attribute (out, "width", rectangle->width, DECIMALS);
  append_attribute (out, "height", rectangle->height, DECIMALS);
}

static void
append_color (const Writer *writer, const char *paint, int color, double opacity)
{
  const double *rgb = isc_paint_color (&writer->layout->theme, color);

  g_string_append_printf (writer->out, " %s=\"#%02x%02x%02x\"", paint,
                          (guint)lround (255.0 * rgb[0]), (guint)lround (255.0 * rgb[1]),
                          (guint)lround (255.0 * rgb[2]));
  if (opacity < 1.0)
    {
      g_autofree char *name = g_strconcat (paint, "-opacity", NULL);

      append_attribute (writer->out, name, opacity, 3);
    }
}

static void
append_point (GString *out, char command, double x, double y)
{
  g_string_append_c (out, command);
  append_number (out, x, DECIMALS);
  g_string_append_c (out, ' ');
  append_number (out, y, DECIMALS);
}

/* The d of a polyline; a NaN interrupts it, and a point where the last one was adds nothing. */
static void
append_points (GString *out, const IscPoint *points, guint n, gboolean close)
{
  const double unit = 0.01;
  gboolean begun = FALSE;
  double x = 0.0, y = 0.0;

  g_string_append (out, " d=\"");
  for (guint i = 0; i < n; i++)
    {
      gboolean here = !isnan (points[i].x) && !isnan (points[i].y);

      if (here && begun && fabs (points[i].x - x) < 0.5 * unit
          && fabs (points[i].y - y) < 0.5 * unit && i + 1 < n)
        continue;
      if (here)
        append_point (out, begun ? 'L' : 'M', x = points[i].x, y = points[i].y);
      begun = here;
    }
  g_string_append (out, close && n > 0 ? "Z\"" : "\"");
}

/* The d of what was traced with cairo, which is emptied. */
static void
append_path (GString *out, cairo_t *cr)
{
  cairo_path_t *path = cairo_copy_path (cr);

  g_string_append (out, " d=\"");
  for (int i = 0; i < path->num_data; i += path->data[i].header.length)
    {
      const cairo_path_data_t *data = path->data + i;

      switch (data->header.type)
        {
        case CAIRO_PATH_MOVE_TO:
          /* What cairo moves to behind the end of a path draws nothing. */
          if (i + data->header.length < path->num_data)
            append_point (out, 'M', data[1].point.x, data[1].point.y);
          break;
        case CAIRO_PATH_LINE_TO:
          append_point (out, 'L', data[1].point.x, data[1].point.y);
          break;
        case CAIRO_PATH_CURVE_TO:
          append_point (out, 'C', data[1].point.x, data[1].point.y);
          append_point (out, ' ', data[2].point.x, data[2].point.y);
          append_point (out, ' ', data[3].point.x, data[3].point.y);
          break;
        case CAIRO_PATH_CLOSE_PATH:
        default:
          g_string_append_c (out, 'Z');
          break;
        }
    }
  g_string_append_c (out, '"');
  cairo_path_destroy (path);
  cairo_new_path (cr);
}

static void
write_fill (Writer *writer, const IscLayoutItem *item)
{
  const IscPoint *points = (const IscPoint *)(void *)item->points->data;

  if (item->points->len == 0)
    return;
  g_string_append (writer->out, "<path");
  append_color (writer, "fill", item->color, item->opacity);
  append_points (writer->out, points, item->points->len, TRUE);
  g_string_append (writer->out, "/>\n");
}

static void
write_stroke (Writer *writer, const IscLayoutItem *item)
{
  const IscPoint *points = (const IscPoint *)(void *)item->points->data;
  double lengths[4];
  int n = isc_paint_dash (item->dash, item->width, lengths);

  if (item->points->len == 0)
    return;
  g_string_append (writer->out, "<path fill=\"none\"");
  append_color (writer, "stroke", item->color, item->opacity);
  append_attribute (writer->out, "stroke-width", item->width, 3);
  g_string_append (writer->out, " stroke-linejoin=\"round\"");
  for (int i = 0; i < n; i++)
    {
      g_string_append (writer->out, i == 0 ? " stroke-dasharray=\"" : " ");
      append_number (writer->out, lengths[i], 3);
    }
  if (n > 0)
    g_string_append_c (writer->out, '"');
  append_points (writer->out, points, item->points->len, FALSE);
  g_string_append (writer->out, "/>\n");
}

/* A marker is written once and used at every point. */
static void
write_markers (Writer *writer, const IscLayoutItem *item)
{
  GString *out = writer->out;
  guint name = ++writer->n_names;
  gboolean filled
      = isc_paint_marker (writer->cr, item->marker, (IscPoint){ 0.0, 0.0 }, 0.5 * item->width);

  g_string_append_printf (out, "<defs><path id=\"i%u\"", name);
  append_path (out, writer->cr);
  g_string_append (out, "/></defs>\n<g");
  if (filled)
    {
      append_color (writer, "fill", item->color, item->opacity);
    }
  else
    {
      g_string_append (out, " fill=\"none\" stroke-linecap=\"round\"");
      append_color (writer, "stroke", item->color, item->opacity);
      append_attribute (out, "stroke-width", isc_paint_marker_width (&writer->layout->theme), 3);
    }
  g_string_append (out, ">\n");
  for (guint i = 0; i < item->points->len; i++)
    {
      const IscPoint *at = &g_array_index (item->points, IscPoint, i);

      g_string_append_printf (out, "<use xlink:href=\"#i%u\"", name);
      append_attribute (out, "x", at->x, DECIMALS);
      append_attribute (out, "y", at->y, DECIMALS);
      g_string_append (out, "/>\n");
    }
  g_string_append (out, "</g>\n");
}

static void
write_text (Writer *writer, const IscLayoutItem *item)
{
  const IscPoint *at = &g_array_index (item->points, IscPoint, 0);
  gboolean outlined = (writer->flags & ISC_DRAW_OUTLINES) != 0;
  GString *out = writer->out;
  g_autofree char *escaped = NULL;

  if (item->text == NULL || *item->text == '\0')
    return;
  g_string_append (out, outlined ? "<path" : "<text");
  append_color (writer, "fill", item->color, item->opacity);
  if (item->halo && !(writer->flags & ISC_DRAW_TRANSPARENT))
    {
      append_color (writer, "stroke", ISC_GROUND, 1.0);
      append_attribute (out, "stroke-width", 2.0 * ISC_PAINT_HALO, 3);
      g_string_append (out, " stroke-linejoin=\"round\" paint-order=\"stroke\"");
    }
  if (outlined)
    {
      isc_typesetter_outline (writer->typesetter, writer->cr, item->font, item->text, at->x, at->y);
      append_path (out, writer->cr);
      g_string_append (out, "/>\n");
      return;
    }
  append_attribute (out, "x", at->x, DECIMALS);
  append_attribute (out, "y", at->y, DECIMALS);
  append_attribute (out, "font-size", item->font.size, 3);
  if (item->font.bold)
    g_string_append (out, " font-weight=\"bold\"");
  append_attribute (out, "textLength",
                    isc_typesetter_width (writer->typesetter, item->font, item->text), DECIMALS);
  escaped = g_markup_escape_text (item->text, -1);
  g_string_append_printf (out, " lengthAdjust=\"spacingAndGlyphs\">%s</text>\n", escaped);
}

/* The same picture, each dot as many as @times as wide and high.  Readers that do not know
 * "pixelated", librsvg's older ones among them, blur cells into each other: the blur is then as
 * narrow as a dot. */
static cairo_surface_t *
magnify (cairo_surface_t *picture, int times)
{
  cairo_surface_t *large;
  cairo_t *cr;

  if (times == 1)
    return picture;
  large = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                      times * cairo_image_surface_get_width (picture),
                                      times * cairo_image_surface_get_height (picture));
  cr = cairo_create (large);
  cairo_scale (cr, times, times);
  cairo_set_source_surface (cr, picture, 0.0, 0.0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (picture);
  return large;
}

static gboolean
write_image (Writer *writer, const IscLayoutItem *item, GError **error)
{
  const IscPoint *corners = (const IscPoint *)(void *)item->points->data;
  const IscRaster *raster = item->raster;
  IscRectangle seen = { MIN (corners[0].x, corners[1].x), MIN (corners[0].y, corners[1].y),
                        fabs (corners[1].x - corners[0].x), fabs (corners[1].y - corners[0].y) };
  int times = (int)CLAMP (fmin (fabs (raster->dx), fabs (raster->dy)), 1.0, MOST_TIMES);
  cairo_surface_t *picture = magnify (isc_paint_picture (&writer->layout->theme, raster), times);
  g_autoptr (GBytes) png = isc_png_write (picture, 96.0, NULL, 0, error);
  const double matrix[]
      = { raster->dx / times, 0.0, 0.0, raster->dy / times, raster->origin.x, raster->origin.y };
  GString *out = writer->out;
  guint name = ++writer->n_names;
  g_autofree char *base64 = NULL;

  cairo_surface_destroy (picture);
  if (png == NULL)
    return FALSE;
  base64 = g_base64_encode (g_bytes_get_data (png, NULL), g_bytes_get_size (png));
  g_string_append_printf (out, "<clipPath id=\"i%u\">", name);
  append_rectangle (out, &seen);
  g_string_append_printf (out,
                          "/></clipPath>\n<g clip-path=\"url(#i%u)\"><image transform=\"matrix(",
                          name);
  for (gsize i = 0; i < G_N_ELEMENTS (matrix); i++)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                              g_ascii_formatd (number, sizeof number, "%.10g", matrix[i]));
    }
  g_string_append_printf (out,
                          ")\" width=\"%" G_GSIZE_FORMAT "\" height=\"%" G_GSIZE_FORMAT
                          "\" preserveAspectRatio=\"none\" image-rendering=\"optimizeSpeed\" "
                          "style=\"image-rendering:pixelated\" "
                          "xlink:href=\"data:image/png;base64,%s\"/></g>\n",
                          times * raster->columns, times * raster->rows, base64);
  return TRUE;
}

static gboolean
write_item (Writer *writer, const IscLayoutItem *item, GError **error)
{
  switch (item->kind)
    {
    case ISC_LAYOUT_ITEM_FILL:
      write_fill (writer, item);
      return TRUE;
    case ISC_LAYOUT_ITEM_STROKE:
      write_stroke (writer, item);
      return TRUE;
    case ISC_LAYOUT_ITEM_MARKERS:
      write_markers (writer, item);
      return TRUE;
    case ISC_LAYOUT_ITEM_IMAGE:
      return write_image (writer, item, error);
    case ISC_LAYOUT_ITEM_TEXT:
    default:
      write_text (writer, item);
      return TRUE;
    }
}

/* Items that follow each other and are cut at the same plot area are a group. */
static gboolean
write_items (Writer *writer, GError **error)
{
  const IscLayout *layout = writer->layout;
  int clip = -1;

  for (guint i = 0; i < layout->items->len; i++)
    {
      const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, i);
      int wanted = item->clip ? item->panel : -1;

      if (wanted != clip && clip >= 0)
        g_string_append (writer->out, "</g>\n");
      if (wanted != clip && wanted >= 0)
        g_string_append_printf (writer->out, "<g clip-path=\"url(#panel%d)\">\n", wanted + 1);
      clip = wanted;
      if (!write_item (writer, item, error))
        return FALSE;
    }
  if (clip >= 0)
    g_string_append (writer->out, "</g>\n");
  return TRUE;
}

static void
append_element (GString *out, const char *open, const char *text, const char *close)
{
  g_autofree char *escaped = text != NULL ? g_markup_escape_text (text, -1) : NULL;

  if (escaped != NULL)
    g_string_append_printf (out, "%s%s%s\n", open, escaped, close);
}

/* Everything before the first item. */
static void
write_head (Writer *writer)
{
  const IscLayout *layout = writer->layout;
  const IscRectangle page = { 0.0, 0.0, layout->width, layout->height };
  g_autofree char *family = g_markup_escape_text (layout->theme.family, -1);
  GString *out = writer->out;

  g_string_append (out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<svg xmlns=\"http://www.w3.org/2000/svg\""
                        " xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"");
  append_number (out, layout->width, DECIMALS);
  g_string_append (out, "px\" height=\"");
  append_number (out, layout->height, DECIMALS);
  g_string_append (out, "px\" viewBox=\"0 0 ");
  append_number (out, layout->width, DECIMALS);
  g_string_append_c (out, ' ');
  append_number (out, layout->height, DECIMALS);
  g_string_append (out, "\" version=\"1.1\">\n");
  append_element (out, "<title>", isc_figure_get_title (layout->figure), "</title>");
  append_element (out, "<desc>", isc_figure_get_summary (layout->figure), "</desc>");
  append_element (out,
                  "<metadata><" ISC_EMBEDDED_KEYWORD ":experiment xmlns:" ISC_EMBEDDED_KEYWORD
                  "=\"" ISC_EMBEDDED_NAMESPACE "\">",
                  isc_figure_get_experiment (layout->figure),
                  "</" ISC_EMBEDDED_KEYWORD ":experiment></metadata>");
  g_string_append (out, "<defs>\n");
  for (guint i = 0; i < layout->frames->len; i++)
    {
      IscRectangle cut = isc_paint_clip (&g_array_index (layout->frames, IscFrame, i).area);

      g_string_append_printf (out, "<clipPath id=\"panel%u\">", i + 1);
      append_rectangle (out, &cut);
      g_string_append (out, "/></clipPath>\n");
    }
  g_string_append_printf (out,
                          "</defs>\n<g font-family=\"%s, sans-serif\" xml:space=\"preserve\""
                          " style=\"font-variant-numeric:tabular-nums\">\n",
                          family);
  if (!(writer->flags & ISC_DRAW_TRANSPARENT))
    {
      append_rectangle (out, &page);
      append_color (writer, "fill", ISC_GROUND, 1.0);
      g_string_append (out, "/>\n");
    }
}

GBytes *
isc_svg_write (const IscLayout *layout, IscDrawFlags flags, GError **error)
{
  g_autoptr (IscTypesetter) typesetter = NULL;
  cairo_surface_t *surface;
  Writer writer = { .layout = layout, .flags = flags };
  gboolean ok;

  g_return_val_if_fail (layout != NULL, NULL);

  typesetter = isc_typesetter_new (layout->theme.family);
  surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  writer.out = g_string_sized_new (64 * 1024);
  writer.typesetter = typesetter;
  writer.cr = cairo_create (surface);
  write_head (&writer);
  ok = write_items (&writer, error);
  g_string_append (writer.out, "</g>\n</svg>\n");
  cairo_destroy (writer.cr);
  cairo_surface_destroy (surface);
  if (ok)
    return g_string_free_to_bytes (writer.out);
  g_string_free (writer.out, TRUE);
  return NULL;
}
