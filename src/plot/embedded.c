/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/embedded.h"

#include <string.h>

#include "base/error.h"

static const guint8 png_signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

#define SVG_ELEMENT ISC_EMBEDDED_KEYWORD ":experiment"
#define PDF_KEY "/Keywords"

/* The experiment stands at the head of an SVG; a character of it takes at most six as an entity,
 * and most take one. */
#define SVG_HEAD (4 * ISC_EMBEDDED_MAX_BYTES)
#define EPS_FIRST "%initscope: "
#define EPS_NEXT "%initscope+ "

static char *
damaged (GError **error)
{
  g_set_error_literal (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "the experiment inside the figure is damaged");
  return NULL;
}

/* Takes ownership of @text, which may be %NULL; refuses what is no text. */
static char *
check_text (GString *text, GError **error)
{
  if (text == NULL)
    return damaged (error);
  if (text->len == 0 || text->len > ISC_EMBEDDED_MAX_BYTES || strlen (text->str) != text->len
      || !g_utf8_validate (text->str, (gssize)text->len, NULL))
    {
      g_string_free (text, TRUE);
      return damaged (error);
    }
  return g_string_free (text, FALSE);
}

static char *
no_experiment (const char *format, GError **error)
{
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "the %s figure has no experiment inside; those that Initscope exports of one do",
               format);
  return NULL;
}

static guint32
read_uint32 (const guint8 *bytes)
{
  return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

/* The text of an iTXt chunk: keyword NUL, compression flag and method, language NUL, translated
 * keyword NUL, text. */
static const guint8 *
itxt_text (const guint8 *chunk, gsize length, gsize *text_length)
{
  const gsize keyword = sizeof ISC_EMBEDDED_KEYWORD;
  const guint8 *end = chunk + length, *at;

  if (length < keyword + 2 || memcmp (chunk, ISC_EMBEDDED_KEYWORD, keyword) != 0
      || chunk[keyword] != 0)
    return NULL;
  at = chunk + keyword + 2;
  for (int i = 0; i < 2; i++)
    {
      at = memchr (at, 0, (gsize)(end - at));
      if (at == NULL)
        return NULL;
      at++;
    }
  *text_length = (gsize)(end - at);
  return at;
}

static char *
read_png (const char *bytes, gsize size, GError **error)
{
  const guint8 *data = (const guint8 *)bytes;
  gsize at = sizeof png_signature;

  while (size - at >= 12)
    {
      guint32 length = read_uint32 (data + at);
      const guint8 *type = data + at + 4, *text;
      gsize text_length = 0;

      if (length > size - at - 12)
        break;
      text = memcmp (type, "iTXt", 4) == 0 ? itxt_text (type + 4, length, &text_length) : NULL;
      if (text != NULL)
        return check_text (g_string_new_len ((const char *)text, (gssize)text_length), error);
      at += 12 + (gsize)length;
    }
  return no_experiment ("PNG", error);
}

typedef struct
{
  GString *text;
  gboolean inside;
  gboolean found;
} SvgReader;

static void
svg_start_cb (GMarkupParseContext *context,
              const char *element,
              const char **names,
              const char **values,
              gpointer data,
              GError **error)
{
  SvgReader *reader = data;

  if (!reader->found && strcmp (element, SVG_ELEMENT) == 0)
    reader->inside = reader->found = TRUE;
}

static void
svg_end_cb (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  SvgReader *reader = data;

  if (strcmp (element, SVG_ELEMENT) == 0)
    reader->inside = FALSE;
}

static void
svg_text_cb (
    GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  SvgReader *reader = data;

  if (reader->inside && reader->text->len + length <= ISC_EMBEDDED_MAX_BYTES)
    g_string_append_len (reader->text, text, (gssize)length);
}

static char *
read_svg (const char *data, gsize size, GError **error)
{
  static const GMarkupParser parser = { svg_start_cb, svg_end_cb, svg_text_cb, NULL, NULL };
  SvgReader reader = { .text = g_string_new (NULL) };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &reader, NULL);
  gboolean complete;

  /* In pieces, so as to stop behind the element: the paths that follow may be megabytes. */
  for (gsize at = 0; at < MIN (size, SVG_HEAD) && !(reader.found && !reader.inside);)
    {
      gsize length = MIN (size - at, 4096);

      if (!g_markup_parse_context_parse (context, data + at, (gssize)length, NULL))
        break;
      at += length;
    }
  complete = reader.found && !reader.inside;
  if (complete)
    return check_text (reader.text, error);
  g_string_free (reader.text, TRUE);
  return no_experiment ("SVG", error);
}

/* A PDF literal string behind its opening parenthesis: parentheses are balanced, escapes begin with
 * a backslash.  Returns: (nullable): its bytes; %NULL if it does not end */
static GString *
read_literal (const char *at, const char *end)
{
  static const char codes[] = "nrtbf", values[] = "\n\r\t\b\f";
  GString *text = g_string_new (NULL);
  int depth = 1;

  for (; at < end && text->len <= ISC_EMBEDDED_MAX_BYTES; at++)
    {
      if (*at == '(')
        depth++;
      if (*at == ')' && --depth == 0)
        return text;
      if (*at == '\\' && at + 1 < end)
        {
          const char *code = at[1] != '\0' ? strchr (codes, at[1]) : NULL;
          int octal = 0, n = 0;

          for (at++; n < 3 && at + n < end && at[n] >= '0' && at[n] <= '7'; n++)
            octal = octal * 8 + at[n] - '0';
          if (n > 0)
            g_string_append_c (text, (char)octal);
          else if (*at != '\n')
            g_string_append_c (text, code != NULL ? values[code - codes] : *at);
          at += MAX (n, 1) - 1;
          continue;
        }
      g_string_append_c (text, *at);
    }
  g_string_free (text, TRUE);
  return NULL;
}

/* A PDF hexadecimal string behind its opening bracket, in UTF-16 with a byte order mark.  Returns:
 * (nullable): the same in UTF-8 */
static GString *
read_hexadecimal (const char *at, const char *end)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gunichar2));
  guint unit = 0, n_digits = 0;
  g_autofree char *text = NULL;

  for (; at < end && *at != '>' && units->len <= ISC_EMBEDDED_MAX_BYTES; at++)
    {
      int digit = g_ascii_xdigit_value (*at);

      if (digit < 0)
        continue;
      unit = unit << 4 | (guint)digit;
      if (++n_digits % 4 == 0)
        {
          gunichar2 whole = (gunichar2)(unit & 0xffff);

          g_array_append_val (units, whole);
        }
    }
  if (at == end || *at != '>' || units->len == 0 || g_array_index (units, gunichar2, 0) != 0xfeff)
    return NULL;
  text = g_utf16_to_utf8 (&g_array_index (units, gunichar2, 0) + 1, units->len - 1, NULL, NULL,
                          NULL);
  return text != NULL ? g_string_new (text) : NULL;
}

static const char *
find_bytes (const char *from, const char *end, const char *what)
{
  gsize length = strlen (what);

  while (from < end && (gsize)(end - from) >= length)
    {
      from = memchr (from, what[0], (gsize)(end - from) - length + 1);
      if (from == NULL)
        return NULL;
      if (memcmp (from, what, length) == 0)
        return from;
      from++;
    }
  return NULL;
}

static char *
read_pdf (const char *data, gsize size, GError **error)
{
  const char *end = data + size, *at = data;

  while ((at = find_bytes (at, end, PDF_KEY)) != NULL)
    {
      GString *text = NULL;

      at += strlen (PDF_KEY);
      while (at < end && g_ascii_isspace (*at))
        at++;
      if (at < end && *at == '(')
        text = read_literal (at + 1, end);
      else if (at < end && *at == '<')
        text = read_hexadecimal (at + 1, end);
      else
        continue;
      /* The first decides, so that no file makes this quadratic. */
      return check_text (text, error);
    }
  return no_experiment ("PDF", error);
}

static char *
read_eps (const char *data, gsize size, GError **error)
{
  const char *end = data + size, *at = find_bytes (data, end, "\n" EPS_FIRST);
  GString *text;

  if (at == NULL)
    return no_experiment ("EPS", error);
  text = g_string_new (NULL);
  for (at++; (gsize)(end - at) > strlen (EPS_FIRST);)
    {
      gboolean first = memcmp (at, EPS_FIRST, strlen (EPS_FIRST)) == 0;
      const char *stop;

      if (!first && memcmp (at, EPS_NEXT, strlen (EPS_NEXT)) != 0)
        break;
      if (first && text->len > 0)
        g_string_append_c (text, '\n');
      at += strlen (EPS_FIRST);
      stop = memchr (at, '\n', (gsize)(end - at));
      if (stop == NULL)
        stop = end;
      g_string_append_len (text, at, stop - at);
      if (stop == end || text->len > ISC_EMBEDDED_MAX_BYTES)
        break;
      at = stop + 1;
    }
  return check_text (text, error);
}

typedef char *(*Reader) (const char *data, gsize size, GError **error);

/* Its first bytes say what a file is. */
static Reader
find_reader (GBytes *bytes)
{
  static const struct
  {
    const char *magic;
    gsize length;
    Reader reader;
  } kinds[] = {
    { (const char *)png_signature, sizeof png_signature, read_png },
    { "%PDF-", 5, read_pdf },
    { "%!PS", 4, read_eps },
    { "<?xml", 5, read_svg },
    { "<svg", 4, read_svg },
  };
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (size >= kinds[i].length && memcmp (data, kinds[i].magic, kinds[i].length) == 0)
      return kinds[i].reader;
  return NULL;
}

gboolean
isc_export_is_figure (GBytes *bytes)
{
  g_return_val_if_fail (bytes != NULL, FALSE);
  return find_reader (bytes) != NULL;
}

char *
isc_export_read_experiment (GBytes *bytes, GError **error)
{
  Reader reader;
  gsize size;
  const char *data;

  g_return_val_if_fail (bytes != NULL, NULL);

  reader = find_reader (bytes);
  data = g_bytes_get_data (bytes, &size);
  if (reader != NULL)
    return reader (data, size, error);
  g_set_error_literal (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "the file is not a PNG, SVG, PDF or EPS figure");
  return NULL;
}

char *
isc_embedded_to_ascii (const char *json)
{
  GString *ascii = g_string_new (NULL);

  for (const char *p = json; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80)
        g_string_append_c (ascii, (char)c);
      else if (c < 0x10000)
        g_string_append_printf (ascii, "\\u%04x", c);
      else
        g_string_append_printf (ascii, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                                0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  return g_string_free (ascii, FALSE);
}
