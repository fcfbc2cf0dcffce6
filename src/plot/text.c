/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/text.h"

#include <pango/pangocairo.h>

#include <math.h>
#include <string.h>

/* All text is set in this size, in px, and then scaled, which is exact because nothing is hinted or
 * rounded to pixels: every size that Pango is asked for is another search through all fonts, of a
 * millisecond or two. */
#define NOMINAL 32.0

/* A text that was measured: laying out a figure asks for the same labels some ten times, as ticks
 * are tried, and Pango takes tens of microseconds for each.  @width is that in the nominal size. */
typedef struct
{
  gboolean bold;
  char *text;
  double width;
} Measured;

struct _IscTypesetter
{
  PangoContext *context;
  PangoLayout *layout;
  PangoFontDescription *description;
  PangoAttrList *attributes;
  GHashTable *measured;
};

static guint
hash_measured (gconstpointer data)
{
  const Measured *measured = data;

  return g_str_hash (measured->text) ^ (guint)measured->bold;
}

static gboolean
equal_measured (gconstpointer a, gconstpointer b)
{
  const Measured *one = a, *other = b;

  return one->bold == other->bold && g_str_equal (one->text, other->text);
}

static void
free_measured (gpointer data)
{
  g_free (((Measured *)data)->text);
  g_free (data);
}

/* How much larger @font is than what set() sets. */
static double
scale_of (IscFont font)
{
  return font.size / NOMINAL;
}

static PangoLayout *
set (IscTypesetter *typesetter, IscFont font, const char *text)
{
  pango_font_description_set_weight (typesetter->description,
                                     font.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (typesetter->layout, typesetter->description);
  pango_layout_set_width (typesetter->layout, -1);
  pango_layout_set_height (typesetter->layout, -1);
  pango_layout_set_text (typesetter->layout, text, -1);
  return typesetter->layout;
}

static double
baseline (PangoLayout *layout)
{
  return (double)pango_layout_get_baseline (layout) / PANGO_SCALE;
}

/* Has @cr draw at (@x, @y) what set() set, until cairo_restore(). */
static PangoLayout *
begin_at (
    IscTypesetter *typesetter, cairo_t *cr, IscFont font, const char *text, double x, double y)
{
  PangoLayout *layout = set (typesetter, font, text);

  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, scale_of (font), scale_of (font));
  cairo_move_to (cr, 0.0, -baseline (layout));
  return layout;
}

void
isc_typesetter_prepare (void)
{
  /* Making the thread's font map starts Pango's own thread for it. */
  pango_cairo_font_map_get_default ();
}

IscTypesetter *
isc_typesetter_new (const char *family)
{
  IscTypesetter *typesetter = g_new0 (IscTypesetter, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  /* The default font map is the calling thread's own.  No hinting and no metrics rounded to pixels:
   * the same figure has the same line breaks on screen, in a PNG of any resolution and in a PDF. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);

  typesetter->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_font_options (typesetter->context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (typesetter->context, 96.0);
  pango_context_set_round_glyph_positions (typesetter->context, FALSE);
  pango_context_set_language (typesetter->context, pango_language_from_string ("en"));

  typesetter->description = pango_font_description_new ();
  pango_font_description_set_family (typesetter->description, family);
  pango_font_description_set_absolute_size (typesetter->description, NOMINAL * PANGO_SCALE);

  typesetter->attributes = pango_attr_list_new ();
  pango_attr_list_insert (typesetter->attributes, pango_attr_font_features_new ("tnum=1"));

  typesetter->layout = pango_layout_new (typesetter->context);
  pango_layout_set_attributes (typesetter->layout, typesetter->attributes);
  pango_layout_set_single_paragraph_mode (typesetter->layout, TRUE);
  pango_layout_set_wrap (typesetter->layout, PANGO_WRAP_WORD_CHAR);

  typesetter->measured = g_hash_table_new_full (hash_measured, equal_measured, free_measured, NULL);
  return typesetter;
}

void
isc_typesetter_free (IscTypesetter *typesetter)
{
  g_return_if_fail (typesetter != NULL);

  g_hash_table_unref (typesetter->measured);
  g_object_unref (typesetter->layout);
  g_object_unref (typesetter->context);
  pango_attr_list_unref (typesetter->attributes);
  pango_font_description_free (typesetter->description);
  g_free (typesetter);
}

double
isc_typesetter_width (IscTypesetter *typesetter, IscFont font, const char *text)
{
  Measured asked = { .bold = font.bold, .text = (char *)text };
  Measured *measured = g_hash_table_lookup (typesetter->measured, &asked);
  int width;

  if (!measured)
    {
      pango_layout_get_size (set (typesetter, font, text), &width, NULL);
      measured = g_new (Measured, 1);
      *measured = asked;
      measured->text = g_strdup (text);
      measured->width = (double)width / PANGO_SCALE;
      g_hash_table_add (typesetter->measured, measured);
    }
  return scale_of (font) * measured->width;
}

void
isc_typesetter_metrics (IscTypesetter *typesetter, IscFont font, double *ascent, double *descent)
{
  PangoLayout *layout = set (typesetter, font, "0");
  int height;

  pango_layout_get_size (layout, NULL, &height);
  *ascent = scale_of (font) * baseline (layout);
  *descent = scale_of (font) * height / PANGO_SCALE - *ascent;
}

/* @words and "…" in no more than @width: whole words if any fit, else characters. */
static char *
cut_line (IscTypesetter *typesetter, IscFont font, const char *words, double width)
{
  g_autofree char *kept = g_strdup (words);

  for (;;)
    {
      g_autofree char *line = g_strconcat (g_strchomp (kept), "…", NULL);
      char *space = strrchr (kept, ' ');

      if (*kept == '\0' || isc_typesetter_width (typesetter, font, line) <= width)
        return g_steal_pointer (&line);
      if (space == NULL)
        space = g_utf8_find_prev_char (kept, kept + strlen (kept));
      *space = '\0';
    }
}

char **
isc_typesetter_wrap (
    IscTypesetter *typesetter, IscFont font, const char *text, double width, guint max_lines)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  double measure = CLAMP (width, 1.0, 100000.0);
  PangoLayout *layout;
  gboolean cut;
  int n_lines;

  /* Most texts are asked for again and again, and fit. */
  if (isc_typesetter_width (typesetter, font, text) <= measure)
    {
      g_ptr_array_add (lines, g_strchomp (g_strdup (text)));
      g_ptr_array_add (lines, NULL);
      return (char **)g_ptr_array_free (g_steal_pointer (&lines), FALSE);
    }
  layout = set (typesetter, font, text);
  pango_layout_set_width (layout, (int)MIN (ceil (measure / scale_of (font) * PANGO_SCALE),
                                            (double)G_MAXINT));
  n_lines = MIN (pango_layout_get_line_count (layout), (int)max_lines);
  cut = n_lines < pango_layout_get_line_count (layout);
  for (int i = 0; i < n_lines; i++)
    {
      PangoLayoutLine *line = pango_layout_get_line_readonly (layout, i);

      g_ptr_array_add (lines,
                       g_strchomp (g_strndup (text + line->start_index, (gsize)line->length)));
    }
  if (cut && n_lines > 0)
    {
      char *last = g_ptr_array_index (lines, lines->len - 1);

      g_ptr_array_index (lines, lines->len - 1) = cut_line (typesetter, font, last, width);
      g_free (last);
    }
  g_ptr_array_add (lines, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

char *
isc_typesetter_shorten (IscTypesetter *typesetter, IscFont font, const char *text, double width)
{
  glong length = g_utf8_strlen (text, -1), low = 0, high = length - 1;
  g_autofree char *best = NULL;

  if (isc_typesetter_width (typesetter, font, text) <= width)
    return g_strdup (text);

  /* The most characters that fit, half of them from either end. */
  while (low <= high)
    {
      glong middle = (low + high) / 2, head = (middle + 1) / 2;
      g_autofree char *front = g_utf8_substring (text, 0, head);
      const char *back = g_utf8_offset_to_pointer (text, length - (middle - head));
      g_autofree char *candidate = g_strconcat (front, "…", back, NULL);

      if (isc_typesetter_width (typesetter, font, candidate) <= width)
        {
          g_free (best);
          best = g_steal_pointer (&candidate);
          low = middle + 1;
        }
      else
        {
          high = middle - 1;
        }
    }
  return best != NULL ? g_steal_pointer (&best) : g_strdup ("");
}

void
isc_typesetter_draw (
    IscTypesetter *typesetter, cairo_t *cr, IscFont font, const char *text, double x, double y)
{
  pango_cairo_show_layout (cr, begin_at (typesetter, cr, font, text, x, y));
  cairo_restore (cr);
}

void
isc_typesetter_outline (
    IscTypesetter *typesetter, cairo_t *cr, IscFont font, const char *text, double x, double y)
{
  pango_cairo_layout_path (cr, begin_at (typesetter, cr, font, text, x, y));
  cairo_restore (cr);
}
