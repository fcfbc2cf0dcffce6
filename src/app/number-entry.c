/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/number-entry.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/number-text.h"

/* Parentheses within each other; nobody types more. */
#define MAX_DEPTH 32

/* Beyond these a double holds no longer every whole number. */
#define MAX_WHOLE 9007199254740992.0

typedef struct
{
  const char *at;
  guint depth;
  gboolean failed;
} Reader;

static double read_sum (Reader *reader);

static gboolean
skip (Reader *reader, const char *token)
{
  while (*reader->at == ' ')
    reader->at++;
  if (!g_str_has_prefix (reader->at, token))
    return FALSE;
  reader->at += strlen (token);
  return TRUE;
}

static double
read_number (Reader *reader)
{
  char *end;
  double value;

  /* g_ascii_strtod() knows more than what is a number to a person: "inf", "0x1p3". */
  if (!g_ascii_isdigit (*reader->at) && *reader->at != '.')
    {
      reader->failed = TRUE;
      return NAN;
    }
  value = g_ascii_strtod (reader->at, &end);
  if (end == reader->at || memchr (reader->at, 'x', (gsize)(end - reader->at)))
    reader->failed = TRUE;
  reader->at = end;
  return value;
}

static double
read_atom (Reader *reader)
{
  gboolean root = skip (reader, "sqrt");
  double value;

  if (skip (reader, "("))
    {
      if (reader->depth++ >= MAX_DEPTH)
        reader->failed = TRUE;
      value = reader->failed ? NAN : read_sum (reader);
      reader->depth--;
      if (!skip (reader, ")"))
        reader->failed = TRUE;
      return root ? sqrt (value) : value;
    }
  if (root)
    reader->failed = TRUE;
  if (skip (reader, "pi") || skip (reader, "π"))
    return G_PI;
  return reader->failed ? NAN : read_number (reader);
}

/* Right to left, and a sign binds less: -2^2 is -4, as in Python. */
static double
read_power (Reader *reader)
{
  double base;

  if (skip (reader, "-"))
    {
      if (reader->depth++ >= MAX_DEPTH)
        reader->failed = TRUE;
      base = reader->failed ? NAN : -read_power (reader);
      reader->depth--;
      return base;
    }
  base = read_atom (reader);
  if (!skip (reader, "**") && !skip (reader, "^"))
    return base;
  if (reader->depth++ >= MAX_DEPTH)
    reader->failed = TRUE;
  base = reader->failed ? NAN : pow (base, read_power (reader));
  reader->depth--;
  return base;
}

static double
read_product (Reader *reader)
{
  double value = read_power (reader);

  while (!reader->failed)
    if (skip (reader, "*") || skip (reader, "×"))
      value *= read_power (reader);
    else if (skip (reader, "/"))
      value /= read_power (reader);
    else
      break;
  return value;
}

static double
read_sum (Reader *reader)
{
  double value = read_product (reader);

  while (!reader->failed)
    if (skip (reader, "+"))
      value += read_product (reader);
    else if (skip (reader, "-"))
      value -= read_product (reader);
    else
      break;
  return value;
}

static char *
replace (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  return g_strjoinv (to, parts);
}

char *
isc_number_entry_read (const char *text)
{
  const char *point = localeconv ()->decimal_point;
  g_autofree char *signs = replace (text, "−", "-");
  g_autofree char *plain = NULL;
  Reader reader = { 0 };
  double value;

  /* A point is a point in every locale: formulas are pasted from scripts. */
  plain = strchr (signs, '.') || g_str_equal (point, ".") ? g_strdup (signs)
                                                          : replace (signs, point, ".");
  g_strstrip (plain);
  if (isc_number_from_text (text, &value))
    return NULL;
  reader.at = plain;
  value = read_sum (&reader);
  skip (&reader, "");
  if (reader.failed || *reader.at != '\0' || !isfinite (value))
    return NULL;
  if (value == floor (value) && fabs (value) <= MAX_WHOLE)
    return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64)value);
  return isc_number_to_text (value);
}
