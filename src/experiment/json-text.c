/* SPDX-License-Identifier: GPL-3.0-or-later */

/* json-glib builds the tree, but it is lenient (comments, several values, a key twice), recurses as
 * deep as the text says, asserts on half a surrogate pair and rounds long integers.  So the tokens
 * are looked at first, in one pass without recursion; json-glib then only sees text it is safe
 * with. */

#include <string.h>

#include "base/error.h"
#include "experiment/experiment-private.h"

#define MAX_DEPTH 32

/* @at stands on the byte to be looked at; what was seen is copied to @clean. */
typedef struct
{
  const char *text;
  const char *at;
  const char *end;
  GString *clean;
  char open[MAX_DEPTH + 1];
  guint depth;
  guint values;
} Scanner;

static gboolean
fail_at (const Scanner *scanner, const char *at, const char *message, GError **error)
{
  const char *line_start = scanner->text;
  guint line = 1;

  for (const char *c = scanner->text; c < at; c++)
    if (*c == '\n')
      {
        line++;
        line_start = c + 1;
      }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "line %u, column %ld: %s", line,
               g_utf8_strlen (line_start, at - line_start) + 1, message);
  return FALSE;
}

/* Four hexadecimal digits, or -1. */
static gint
scan_hex (const char *at, const char *end)
{
  gint value = 0;

  if (end - at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (at[i]))
        return -1;
      value = value * 16 + g_ascii_xdigit_value (at[i]);
    }
  return value;
}

/* What follows "\u": a character, or both halves of a surrogate pair. */
static gboolean
scan_unicode (Scanner *scanner, GError **error)
{
  const char *start = scanner->at;
  gint first = scan_hex (start + 2, scanner->end);
  gint second = -1;

  scanner->at += 6;
  if (first < 0)
    return fail_at (scanner, start, "four hexadecimal digits must follow \\u", error);
  if (first == 0)
    return fail_at (scanner, start, "a text may not hold the character \\u0000", error);
  if (first < 0xd800 || first > 0xdfff)
    return TRUE;
  if (first <= 0xdbff && scanner->end - scanner->at >= 6 && strncmp (scanner->at, "\\u", 2) == 0)
    second = scan_hex (scanner->at + 2, scanner->end);
  if (second < 0xdc00 || second > 0xdfff)
    return fail_at (scanner, start, "half a surrogate pair is not a character", error);
  scanner->at += 6;
  return TRUE;
}

static gboolean
scan_string (Scanner *scanner, GError **error)
{
  const char *start = scanner->at++;

  while (scanner->at < scanner->end && *scanner->at != '"')
    {
      if ((guchar)*scanner->at < 0x20)
        return fail_at (scanner, scanner->at,
                        *scanner->at == '\n' ? "the text in quotes is not closed on its line"
                                             : "a control character stands inside a text",
                        error);
      if (*scanner->at != '\\')
        scanner->at++;
      else if (scanner->at + 1 < scanner->end && scanner->at[1] == 'u')
        {
          if (!scan_unicode (scanner, error))
            return FALSE;
        }
      else if (scanner->at + 1 < scanner->end && strchr ("\"\\/bfnrt", scanner->at[1]))
        scanner->at += 2;
      else if (scanner->at + 1 < scanner->end)
        return fail_at (scanner, scanner->at, "this is not one of JSON's escapes", error);
      else
        scanner->at++;
    }
  if (scanner->at >= scanner->end)
    return fail_at (scanner, scanner->end, "the document ends inside a text in quotes", error);
  scanner->at++;
  g_string_append_len (scanner->clean, start, scanner->at - start);
  return TRUE;
}

static void
skip_digits (Scanner *scanner)
{
  while (scanner->at < scanner->end && g_ascii_isdigit (*scanner->at))
    scanner->at++;
}

static gboolean
accept (Scanner *scanner, const char *any_of)
{
  if (scanner->at >= scanner->end || *scanner->at == '\0' || !strchr (any_of, *scanner->at))
    return FALSE;
  scanner->at++;
  return TRUE;
}

static gboolean
scan_number (Scanner *scanner, GError **error)
{
  const char *start = scanner->at;
  const char *digits;
  gboolean integral = TRUE;
  gboolean valid;
  g_autofree char *token = NULL;

  accept (scanner, "-");
  digits = scanner->at;
  skip_digits (scanner);
  valid = scanner->at > digits && (*digits != '0' || scanner->at == digits + 1);
  if (accept (scanner, "."))
    {
      const char *fraction = scanner->at;

      integral = FALSE;
      skip_digits (scanner);
      valid = valid && scanner->at > fraction;
    }
  if (accept (scanner, "eE"))
    {
      const char *exponent;

      integral = FALSE;
      accept (scanner, "+-");
      exponent = scanner->at;
      skip_digits (scanner);
      valid = valid && scanner->at > exponent;
    }
  if (!valid)
    return fail_at (scanner, start, "this is not a number as JSON writes them", error);

  token = g_strndup (start, (gsize)(scanner->at - start));
  if (!integral || g_ascii_string_to_signed (token, 10, G_MININT64, G_MAXINT64, NULL, NULL))
    g_string_append (scanner->clean, token);
  else
    g_string_append_printf (scanner->clean, "\"%s\"", token);
  return TRUE;
}

static gboolean
scan_word (Scanner *scanner, GError **error)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize n = strlen (words[i]);

      if ((gsize)(scanner->end - scanner->at) >= n && strncmp (scanner->at, words[i], n) == 0
          && (scanner->at + n == scanner->end || !g_ascii_isalnum (scanner->at[n])))
        {
          g_string_append (scanner->clean, words[i]);
          scanner->at += n;
          return TRUE;
        }
    }
  if (*scanner->at == '\'')
    return fail_at (scanner, scanner->at, "JSON writes texts in double quotes", error);
  return fail_at (scanner, scanner->at, "this is not JSON", error);
}

static gboolean
scan_token (Scanner *scanner, GError **error)
{
  char c = *scanner->at;

  if (c != '\0' && strchr ("]},:", c) == NULL && scanner->depth == 0 && scanner->values++ > 0)
    return fail_at (scanner, scanner->at, "something stands behind the end of the document", error);

  switch (c)
    {
    case '{':
    case '[':
      if (scanner->depth == MAX_DEPTH)
        return fail_at (scanner, scanner->at, "nested more than 32 levels deep", error);
      scanner->open[scanner->depth++] = c;
      break;
    case '}':
    case ']':
      if (scanner->depth == 0 || scanner->open[scanner->depth - 1] != (c == '}' ? '{' : '['))
        return fail_at (scanner, scanner->at, "this closes what is not open", error);
      scanner->depth--;
      break;
    case ',':
    case ':':
      break;
    case '"':
      return scan_string (scanner, error);
    default:
      if (c == '-' || g_ascii_isdigit (c))
        return scan_number (scanner, error);
      return scan_word (scanner, error);
    }
  g_string_append_c (scanner->clean, c);
  scanner->at++;
  return TRUE;
}

static gboolean
scan (Scanner *scanner, GError **error)
{
  while (scanner->at < scanner->end)
    if (*scanner->at == ' ' || *scanner->at == '\t' || *scanner->at == '\n' || *scanner->at == '\r')
      g_string_append_c (scanner->clean, *scanner->at++);
    else if (!scan_token (scanner, error))
      return FALSE;

  if (scanner->values == 0)
    return fail_at (scanner, scanner->end, "the document is empty", error);
  if (scanner->depth > 0)
    return fail_at (scanner, scanner->end,
                    scanner->open[scanner->depth - 1] == '{'
                        ? "the document ends inside an object {...}"
                        : "the document ends inside a list [...]",
                    error);
  return TRUE;
}

/* What json-glib reports while it reads. */
typedef struct
{
  JsonParser *parser;
  GHashTable *seen;
  char *twice;
  guint line;
  guint column;
} Watch;

static void
error_cb (JsonParser *parser, const GError *error, Watch *watch)
{
  watch->line = json_parser_get_current_line (parser);
  watch->column = json_parser_get_current_pos (parser);
}

/* The pair of object and key; json-glib keeps the last of two and says nothing. */
static void
member_cb (JsonParser *parser, JsonObject *object, const char *name, Watch *watch)
{
  char *pair = g_strdup_printf ("%p %s", (void *)object, name);

  if (!g_hash_table_add (watch->seen, pair) && !watch->twice)
    watch->twice = g_strdup (name);
}

/* json-glib's codes in words that name what to do. */
static const char *
reason_in_words (const GError *error)
{
  if (error->domain != JSON_PARSER_ERROR)
    return error->message;
  switch (error->code)
    {
    case JSON_PARSER_ERROR_TRAILING_COMMA:
      return "a comma stands behind the last element";
    case JSON_PARSER_ERROR_MISSING_COMMA:
      return "a comma is missing between two elements";
    case JSON_PARSER_ERROR_MISSING_COLON:
      return "a colon is missing behind a key";
    case JSON_PARSER_ERROR_INVALID_BAREWORD:
    case JSON_PARSER_ERROR_EMPTY_MEMBER_NAME:
    case JSON_PARSER_ERROR_INVALID_DATA:
    case JSON_PARSER_ERROR_PARSE:
    default:
      return "a value or a key in quotes should stand here";
    }
}

static JsonNode *
build (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) problem = NULL;
  Watch watch = { .parser = parser, .seen = seen };
  g_autofree char *twice = NULL;

  g_signal_connect (parser, "error", G_CALLBACK (error_cb), &watch);
  g_signal_connect (parser, "object-member", G_CALLBACK (member_cb), &watch);
  if (!json_parser_load_from_data (parser, text, (gssize)length, &problem))
    {
      g_free (watch.twice);
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "line %u, column %u: %s", watch.line,
                   watch.column, reason_in_words (problem));
      return NULL;
    }
  twice = watch.twice;
  if (twice)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "the key '%s' is given twice in one object",
                   twice);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

JsonNode *
isc_json_parse (const char *text, gssize length, GError **error)
{
  gsize n = length < 0 ? strlen (text) : (gsize)length;
  g_autoptr (GString) clean = NULL;
  Scanner scanner = { .text = text, .at = text, .end = text + n };
  const char *invalid;

  if (n > ISC_EXPERIMENT_MAX_BYTES)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "the document is %" G_GSIZE_FORMAT " bytes: at most %d are read", n,
                   ISC_EXPERIMENT_MAX_BYTES);
      return NULL;
    }
  if (!g_utf8_validate (text, (gssize)n, &invalid))
    {
      fail_at (&scanner, invalid, "this is not UTF-8 text", error);
      return NULL;
    }
  /* A byte-order mark in front is what some editors write. */
  if (n >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      scanner.text += 3;
      scanner.at += 3;
    }

  clean = g_string_sized_new (n + 16);
  scanner.clean = clean;
  if (!scan (&scanner, error))
    return NULL;
  return build (clean->str, clean->len, error);
}
