/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/png-file.h"

#include <math.h>
#include <png.h>
#include <string.h>

#include "base/error.h"

#define COMPRESSION_LEVEL 2

#define INCHES_PER_METRE 39.370078740157481

static void
write_cb (png_structp png, png_bytep data, gsize length)
{
  g_byte_array_append (png_get_io_ptr (png), data, (guint)length);
}

static void
flush_cb (png_structp png)
{
}

static void
error_cb (png_structp png, png_const_charp message)
{
  png_longjmp (png, 1);
}

static void
warning_cb (png_structp png, png_const_charp message)
{
}

/* cairo's pixels are native words, alpha premultiplied; a PNG has bytes R, G, B(, A), not
 * multiplied. */
static void
convert_row (const guint32 *pixels, guint8 *row, int width, gboolean alpha)
{
  for (int i = 0; i < width && !alpha; i++)
    {
      row[3 * i] = (guint8)(pixels[i] >> 16);
      row[3 * i + 1] = (guint8)(pixels[i] >> 8);
      row[3 * i + 2] = (guint8)pixels[i];
    }
  for (int i = 0; i < width && alpha; i++)
    {
      guint32 a = pixels[i] >> 24, r = pixels[i] >> 16 & 0xff, g = pixels[i] >> 8 & 0xff,
              b = pixels[i] & 0xff;

      row[4 * i] = (guint8)(a > 0 ? (r * 255 + a / 2) / a : 0);
      row[4 * i + 1] = (guint8)(a > 0 ? (g * 255 + a / 2) / a : 0);
      row[4 * i + 2] = (guint8)(a > 0 ? (b * 255 + a / 2) / a : 0);
      row[4 * i + 3] = (guint8)a;
    }
}

static void
write_texts (png_structp png, png_infop info, const IscPngText *texts, gsize n_texts)
{
  for (gsize i = 0; i < n_texts; i++)
    {
      png_text chunk = { .compression = PNG_ITXT_COMPRESSION_NONE };
      g_autofree char *key = NULL, *text = NULL;

      if (texts[i].text == NULL)
        continue;
      key = g_strdup (texts[i].keyword);
      text = g_strdup (texts[i].text);
      chunk.key = key;
      chunk.text = text;
      png_set_text (png, info, &chunk, 1);
    }
}

/* Everything that libpng may leave by a jump; it owns nothing that a jump would leak. */
static gboolean
write_image (png_structp png,
             png_infop info,
             cairo_surface_t *surface,
             double dpi,
             const IscPngText *texts,
             gsize n_texts,
             guint8 *row)
{
  int width = cairo_image_surface_get_width (surface),
      height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const guint8 *data = cairo_image_surface_get_data (surface);
  gboolean alpha = cairo_image_surface_get_format (surface) == CAIRO_FORMAT_ARGB32;
  png_uint_32 per_metre = (png_uint_32)round (dpi * INCHES_PER_METRE);

  if (setjmp (png_jmpbuf (png)) != 0)
    return FALSE;
  png_set_IHDR (png, info, (png_uint_32)width, (png_uint_32)height, 8,
                alpha ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level (png, COMPRESSION_LEVEL);
  /* Figures have few colours: rows as they are pack into a tenth to a third less than differences
   * of rows or of pixels, and cost no filtering. */
  png_set_filter (png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_set_sRGB (png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  png_set_pHYs (png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
  write_texts (png, info, texts, n_texts);
  png_write_info (png, info);
  for (int y = 0; y < height; y++)
    {
      convert_row ((const guint32 *)(const void *)(data + (gsize)y * (gsize)stride), row, width,
                   alpha);
      png_write_row (png, row);
    }
  png_write_end (png, info);
  return TRUE;
}

GBytes *
isc_png_write (
    cairo_surface_t *surface, double dpi, const IscPngText *texts, gsize n_texts, GError **error)
{
  GByteArray *file = g_byte_array_new ();
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, error_cb, warning_cb);
  png_infop info = png != NULL ? png_create_info_struct (png) : NULL;
  g_autofree guint8 *row = g_malloc ((gsize)cairo_image_surface_get_width (surface) * 4);
  gboolean done = FALSE;

  cairo_surface_flush (surface);
  if (info != NULL)
    {
      png_set_write_fn (png, file, write_cb, flush_cb);
      done = write_image (png, info, surface, dpi, texts, n_texts, row);
    }
  png_destroy_write_struct (&png, &info);
  if (!done)
    {
      g_byte_array_unref (file);
      g_set_error_literal (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                           "there is not enough memory to encode the image");
      return NULL;
    }
  return g_byte_array_free_to_bytes (file);
}
