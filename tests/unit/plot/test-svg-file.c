/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/svg-file.h"

#include <math.h>
#include <string.h>

#include "base/runtime.h"
#include "golden/figures.h"
#include "plot/layout-data.h"

/* What a reader finds in a document. */
typedef struct
{
  GPtrArray *texts;
  GString *text;
  GHashTable *ids;
  guint n_paths;
  guint n_images;
  guint n_halos;
} Document;

static const char *
find_value (const char **names, const char **values, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return values[i];
  return NULL;
}

/* Every reference leads to an id that stands before it. */
static void
assert_known (Document *document, const char *reference, const char *prefix, const char *suffix)
{
  g_autofree char *id = NULL;

  if (reference == NULL || !g_str_has_prefix (reference, prefix))
    return;
  id = g_strndup (reference + strlen (prefix),
                  strlen (reference) - strlen (prefix) - strlen (suffix));
  g_assert_true (g_hash_table_contains (document->ids, id));
}

static void
start_cb (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer data,
          GError **error)
{
  Document *document = data;
  const char *id = find_value (names, values, "id");

  if (id != NULL)
    g_assert_true (g_hash_table_add (document->ids, g_strdup (id)));
  assert_known (document, find_value (names, values, "xlink:href"), "#", "");
  assert_known (document, find_value (names, values, "clip-path"), "url(#", ")");
  document->n_paths += g_str_equal (element, "path");
  document->n_images += g_str_equal (element, "image");
  document->n_halos += find_value (names, values, "paint-order") != NULL;
  if (g_str_equal (element, "text"))
    document->text = g_string_new (NULL);
}

static void
text_cb (
    GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Document *document = data;

  if (document->text != NULL)
    g_string_append_len (document->text, text, (gssize)length);
}

static void
end_cb (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Document *document = data;

  if (document->text != NULL && g_str_equal (element, "text"))
    g_ptr_array_add (document->texts, g_string_free (g_steal_pointer (&document->text), FALSE));
}

static void
document_read (Document *document, const IscLayout *layout, IscDrawFlags flags)
{
  static const GMarkupParser parser = { start_cb, end_cb, text_cb, NULL, NULL };
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = isc_svg_write (layout, flags, &error);
  g_autoptr (GBytes) again = isc_svg_write (layout, flags, NULL);

  *document = (Document){ .texts = g_ptr_array_new_with_free_func (g_free),
                          .ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, again));
  context = g_markup_parse_context_new (&parser, 0, document, NULL);
  g_markup_parse_context_parse (context, g_bytes_get_data (bytes, NULL),
                                (gssize)g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
}

static void
document_clear (Document *document)
{
  g_ptr_array_unref (document->texts);
  g_hash_table_unref (document->ids);
}

static IscLayout *
lay_out (const SampleFigure *sample)
{
  g_autoptr (IscFigure) figure = sample->make ();

  return isc_layout_new (figure, isc_theme_get (ISC_THEME_LIGHT), sample->width, sample->height);
}

/* The texts of a layout in their order, as texts or not at all; nothing is painted otherwise. */
static void
test_text (void)
{
  guint n, n_halos = 0, n_images = 0;
  const SampleFigure *samples = sample_figures_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (IscLayout) layout = lay_out (&samples[i]);
      Document texts, outlines, clear;
      guint n_texts = 0;

      document_read (&texts, layout, 0);
      document_read (&outlines, layout, ISC_DRAW_OUTLINES);
      document_read (&clear, layout, ISC_DRAW_TRANSPARENT);
      for (guint k = 0; k < layout->items->len; k++)
        {
          const IscLayoutItem *item = &g_array_index (layout->items, IscLayoutItem, k);

          n_images += item->kind == ISC_LAYOUT_ITEM_IMAGE;
          if (item->kind != ISC_LAYOUT_ITEM_TEXT || *item->text == '\0')
            continue;
          g_assert_cmpuint (n_texts, <, texts.texts->len);
          g_assert_cmpstr (texts.texts->pdata[n_texts], ==, item->text);
          n_texts++;
        }
      g_assert_cmpuint (n_texts, ==, texts.texts->len);
      g_assert_cmpuint (outlines.texts->len, ==, 0);
      g_assert_cmpuint (outlines.n_paths, ==, texts.n_paths + n_texts);
      g_assert_cmpuint (outlines.n_halos, ==, texts.n_halos);
      g_assert_cmpuint (clear.n_halos, ==, 0);
      n_halos += texts.n_halos;
      n_images -= texts.n_images;
      document_clear (&texts);
      document_clear (&outlines);
      document_clear (&clear);
    }
  g_assert_cmpuint (n_halos, >, 0);
  g_assert_cmpuint (n_images, ==, 0);
}

/* One text at a known place: position, size, width and colour, whatever the locale. */
static void
test_words (void)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  g_autoptr (IscLayout) layout = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *svg = NULL;
  const IscLayoutItem *item;
  g_autofree char *expected = NULL;
  char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];

  isc_figure_set_title (figure, "a < b & \"c\" → σ");
  layout = isc_layout_new (figure, isc_theme_get (ISC_THEME_LIGHT), 400.5, 300.0);
  bytes = isc_svg_write (layout, 0, NULL);
  svg = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (svg, "width=\"400.5px\" height=\"300px\" viewBox=\"0 0 400.5 300\""));
  g_assert_nonnull (strstr (svg, "<title>a &lt; b &amp; &quot;c&quot; → σ</title>"));
  item = &g_array_index (layout->items, IscLayoutItem, 0);
  g_assert_cmpint (item->kind, ==, ISC_LAYOUT_ITEM_TEXT);
  g_ascii_formatd (x, sizeof x, "%.4g", g_array_index (item->points, IscPoint, 0).x);
  g_ascii_formatd (y, sizeof y, "%.4g", g_array_index (item->points, IscPoint, 0).y);
  expected = g_strdup_printf ("<text fill=\"#1b1b1f\" x=\"%s\" y=\"%s\"", x, y);
  g_assert_nonnull (strstr (svg, expected));
  g_assert_nonnull (strstr (svg, " font-weight=\"bold\" textLength=\""));
  g_assert_nonnull (strstr (svg, ">a &lt; b &amp; &quot;c&quot; → σ</text>"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  isc_runtime_init ();
  g_test_add_func ("/plot/svg-file/text", test_text);
  g_test_add_func ("/plot/svg-file/words", test_words);
  return g_test_run ();
}
