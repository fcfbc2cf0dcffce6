/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/call-private.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"

#define MAX_TEXT (64 * 1024)

/* A recursive-descent parser over UTF-8 text; @at always points to a character's first byte. */
typedef struct
{
  const char *text;
  const char *at;
  guint depth;
} Parser;

static guint
parser_column (const Parser *parser)
{
  return (guint)g_utf8_strlen (parser->text, parser->at - parser->text) + 1;
}

static gboolean
parser_fail (const Parser *parser, const char *expected, GError **error)
{
  if (*parser->at == '\0')
    g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                 "column %u: the text ends where %s should stand", parser_column (parser),
                 expected);
  else
    {
      char found[8] = { 0 };

      g_unichar_to_utf8 (g_utf8_get_char (parser->at), found);
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "column %u: '%s' stands where %s should stand", parser_column (parser), found,
                   expected);
    }
  return FALSE;
}

static void
parser_skip_blanks (Parser *parser)
{
  while (*parser->at == ' ' || *parser->at == '\t' || *parser->at == '\n' || *parser->at == '\r')
    parser->at++;
}

static gboolean
parser_accept (Parser *parser, char c)
{
  parser_skip_blanks (parser);
  if (*parser->at != c)
    return FALSE;
  parser->at++;
  return TRUE;
}

static gboolean
is_name_start (char c)
{
  return g_ascii_isalpha (c) || c == '_';
}

/* A dotted name; blanks are not allowed inside. */
static char *
parser_name (Parser *parser)
{
  const char *start;

  parser_skip_blanks (parser);
  start = parser->at;
  if (!is_name_start (*start))
    return NULL;
  while (g_ascii_isalnum (*parser->at) || *parser->at == '_'
         || (*parser->at == '.' && is_name_start (parser->at[1])))
    parser->at++;
  return g_strndup (start, parser->at - start);
}

/* "torch.nn.init.zeros_" and "zeros_" are the same function, "keras.HeNormal" is the name of
 * "tf.keras.initializers.HeNormal".  Takes @name. */
static char *
canonical_name (char *name)
{
  static const struct
  {
    const char *prefix;
    const char *instead;
  } prefixes[] = {
    { "torch.", "" },
    { "nn.initializers.", "jax.nn.initializers." },
    { "nn.", "" },
    { "init.", "" },
    { "optim.", "" },
    { "lr_scheduler.", "" },
    { "F.", "" },
    { "functional.", "" },
    { "tf.keras.", "keras." },
    { "keras.initializers.", "keras." },
    { "flax.linen.initializers.", "jax.nn.initializers." },
    { "timm.layers.", "timm." },
    { "timm.models.layers.", "timm." },
  };
  gboolean again;

  do
    {
      again = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
        if (g_str_has_prefix (name, prefixes[i].prefix))
          {
            g_autofree char *before = name;

            name = g_strconcat (prefixes[i].instead, before + strlen (prefixes[i].prefix), NULL);
            again = TRUE;
          }
    }
  while (again);
  return name;
}

static gboolean parse_value (Parser *parser, IscValue *value, GError **error);
static IscCall *parse_arguments (Parser *parser, char *name, GError **error);

static gboolean
parse_string (Parser *parser, IscValue *value, GError **error)
{
  char quote = *parser->at++;
  g_autoptr (GString) string = g_string_new (NULL);

  while (*parser->at != quote)
    {
      if (*parser->at == '\0' || *parser->at == '\n')
        return parser_fail (parser, "the closing quote", error);
      if (*parser->at == '\\')
        {
          parser->at++;
          if (*parser->at == '\0' || *parser->at == '\n')
            return parser_fail (parser, "a character after the backslash", error);
        }
      g_string_append_c (string, *parser->at++);
    }
  parser->at++;
  value->kind = ISC_VALUE_STRING;
  value->string = g_string_free (g_steal_pointer (&string), FALSE);
  return TRUE;
}

static gboolean
parse_number (Parser *parser, IscValue *value, GError **error)
{
  const char *start = parser->at;
  g_autofree char *text = NULL;
  gboolean integral = TRUE;

  if (*parser->at == '-' || *parser->at == '+')
    parser->at++;
  while (g_ascii_isdigit (*parser->at) || *parser->at == '.' || *parser->at == '_'
         || *parser->at == 'e' || *parser->at == 'E'
         || ((*parser->at == '-' || *parser->at == '+')
             && (parser->at[-1] == 'e' || parser->at[-1] == 'E')))
    {
      if (*parser->at == '.' || *parser->at == 'e' || *parser->at == 'E')
        integral = FALSE;
      parser->at++;
    }

  text = g_strndup (start, parser->at - start);
  /* Python allows 10_000. */
  for (char *from = text, *to = text;; from++)
    if (*from != '_' && (*to++ = *from) == '\0')
      break;

  if (integral && isc_integer_from_text (text, &value->integer))
    {
      value->kind = ISC_VALUE_INTEGER;
      value->number = (double)value->integer;
      return TRUE;
    }
  /* 1e400 is beyond every number: what has no spelling is not read. */
  if (isc_number_from_text (text, &value->number) && isfinite (value->number))
    {
      value->kind = ISC_VALUE_NUMBER;
      return TRUE;
    }
  parser->at = start;
  return parser_fail (parser, "a number", error);
}

static gboolean
parse_tuple (Parser *parser, char close, IscValue *value, GError **error)
{
  value->kind = ISC_VALUE_TUPLE;
  value->items = g_ptr_array_new_with_free_func (isc_value_free);
  parser->at++;
  while (!parser_accept (parser, close))
    {
      IscValue *item = g_new0 (IscValue, 1);

      g_ptr_array_add (value->items, item);
      if (!parse_value (parser, item, error))
        return FALSE;
      if (!parser_accept (parser, ','))
        {
          if (!parser_accept (parser, close))
            return parser_fail (parser, close == ')' ? "',' or ')'" : "',' or ']'", error);
          break;
        }
    }
  return TRUE;
}

static gboolean
is_constant (const char *name)
{
  return g_str_equal (name, "True") || g_str_equal (name, "False") || g_str_equal (name, "None");
}

static gboolean
is_number (const IscValue *value)
{
  return value->kind == ISC_VALUE_INTEGER || value->kind == ISC_VALUE_NUMBER;
}

/* "2)" behind "sqrt(". */
static gboolean
parse_root (Parser *parser, IscValue *value, GError **error)
{
  g_autoptr (IscValue) radicand = g_new0 (IscValue, 1);
  const char *start = parser->at;

  if (!parse_value (parser, radicand, error))
    return FALSE;
  if (!is_number (radicand) || radicand->number < 0)
    {
      parser->at = start;
      return parser_fail (parser, "a number of at least 0", error);
    }
  if (!parser_accept (parser, ')'))
    return parser_fail (parser, "')'", error);
  value->kind = ISC_VALUE_NUMBER;
  value->number = sqrt (radicand->number);
  return TRUE;
}

/* True, False, None, a root, or a nested call such as Linear(3, 4). */
static gboolean
parse_word (Parser *parser, IscValue *value, GError **error)
{
  const char *start = parser->at;
  g_autofree char *name = parser_name (parser);

  if (g_str_equal (name, "True") || g_str_equal (name, "False"))
    {
      value->kind = ISC_VALUE_BOOLEAN;
      value->integer = name[0] == 'T';
      value->number = (double)value->integer;
    }
  else if (g_str_equal (name, "None"))
    value->kind = ISC_VALUE_NONE;
  else if ((g_str_equal (name, "sqrt") || g_str_equal (name, "math.sqrt"))
           && parser_accept (parser, '('))
    return parse_root (parser, value, error);
  else if (parser_accept (parser, '('))
    {
      value->kind = ISC_VALUE_CALL;
      value->call = parse_arguments (parser, g_steal_pointer (&name), error);
      return value->call != NULL;
    }
  else
    {
      parser->at = start;
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "column %u: '%s' is not a value: write a number, a 'string', True, False, None, "
                   "a (tuple) or a call",
                   parser_column (parser), name);
      return FALSE;
    }
  return TRUE;
}

/* A value without a division. */
static gboolean
parse_operand (Parser *parser, IscValue *value, GError **error)
{
  parser_skip_blanks (parser);
  value->column = parser_column (parser);
  if (*parser->at == '\'' || *parser->at == '"')
    return parse_string (parser, value, error);
  if (*parser->at == '(')
    return parse_tuple (parser, ')', value, error);
  if (*parser->at == '[')
    return parse_tuple (parser, ']', value, error);
  if (is_name_start (*parser->at))
    return parse_word (parser, value, error);
  if (g_ascii_isdigit (*parser->at) || (*parser->at && strchr ("+-.", *parser->at)))
    return parse_number (parser, value, error);
  return parser_fail (parser, "a value", error);
}

/* "3" behind "5 /": as in Python, the quotient is no integer even if it is whole. */
static gboolean
parse_divisor (Parser *parser, IscValue *value, GError **error)
{
  g_autoptr (IscValue) divisor = g_new0 (IscValue, 1);
  const char *start;

  parser_skip_blanks (parser);
  start = parser->at;
  if (!parse_operand (parser, divisor, error))
    return FALSE;
  if (!is_number (divisor) || !isfinite (value->number / divisor->number))
    {
      parser->at = start;
      return parser_fail (parser, "a number to divide by", error);
    }
  value->kind = ISC_VALUE_NUMBER;
  value->number /= divisor->number;
  return TRUE;
}

static gboolean
parse_value (Parser *parser, IscValue *value, GError **error)
{
  gboolean ok;

  if (++parser->depth > ISC_CALL_MAX_DEPTH)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "column %u: nested more than %d levels deep", parser_column (parser),
                   ISC_CALL_MAX_DEPTH);
      return FALSE;
    }

  ok = parse_operand (parser, value, error);
  while (ok && is_number (value) && parser_accept (parser, '/'))
    ok = parse_divisor (parser, value, error);

  parser->depth--;
  return ok;
}

/* "key=" in front of a value; puts the position back if there is none. */
static char *
parser_keyword (Parser *parser)
{
  const char *start;
  g_autofree char *name = NULL;

  parser_skip_blanks (parser);
  start = parser->at;
  name = parser_name (parser);
  if (name && !strchr (name, '.') && parser_accept (parser, '='))
    return g_steal_pointer (&name);
  parser->at = start;
  return NULL;
}

static gboolean
has_key (const IscCall *call, const char *key)
{
  for (guint i = 0; i < call->arguments->len; i++)
    if (g_strcmp0 (g_array_index (call->arguments, IscCallArgument, i).key, key) == 0)
      return TRUE;
  return FALSE;
}

/* A name alone as the first argument of a function of torch.nn.init, which end in _, is the tensor:
 * the call is of whatever tensor it stands for, and does without. */
static void
parser_skip_tensor (Parser *parser)
{
  const char *start = parser->at;
  g_autofree char *name = parser_name (parser);

  if (name && !is_constant (name))
    {
      parser_skip_blanks (parser);
      if (*parser->at == ')' || parser_accept (parser, ','))
        return;
    }
  parser->at = start;
}

/* Everything behind "name(".  Takes @name. */
static IscCall *
parse_arguments (Parser *parser, char *name, GError **error)
{
  g_autoptr (IscCall) call = isc_call_alloc (canonical_name (name));
  gboolean keywords = FALSE;

  /* nn.None(), whose spelling without the prefix would be read as a value. */
  if (is_constant (call->name))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "column %u: '%s' cannot be called",
                   parser_column (parser), call->name);
      return NULL;
    }

  if (g_str_has_suffix (call->name, "_"))
    parser_skip_tensor (parser);
  while (!parser_accept (parser, ')'))
    {
      IscCallArgument argument = { 0 };
      gboolean ok;

      parser_skip_blanks (parser);
      argument.value.column = parser_column (parser);
      argument.key = parser_keyword (parser);
      if (argument.key && has_key (call, argument.key))
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "column %u: %s is given twice",
                       argument.value.column, argument.key);
          g_free (argument.key);
          return NULL;
        }
      if (!argument.key && keywords)
        {
          g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                       "column %u: a value without a name stands behind a named one",
                       argument.value.column);
          return NULL;
        }
      keywords = keywords || argument.key != NULL;

      ok = parse_value (parser, &argument.value, error);
      g_array_append_val (call->arguments, argument);
      if (!ok)
        return NULL;
      if (!parser_accept (parser, ','))
        {
          if (!parser_accept (parser, ')'))
            {
              parser_fail (parser, "',' or ')'", error);
              return NULL;
            }
          break;
        }
    }
  return g_steal_pointer (&call);
}

static IscCall *
parse_call (Parser *parser, GError **error)
{
  g_autofree char *name = parser_name (parser);

  if (!name)
    {
      parser_fail (parser, "a name", error);
      return NULL;
    }
  if (parser_accept (parser, '('))
    return parse_arguments (parser, g_steal_pointer (&name), error);
  else
    {
      Parser none = { .text = ")", .at = ")" };

      return parse_arguments (&none, g_steal_pointer (&name), error);
    }
}

static gboolean
check_text (const char *text, GError **error)
{
  if (strlen (text) > MAX_TEXT)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "a call of %" G_GSIZE_FORMAT " bytes is longer than the %d allowed",
                   strlen (text), MAX_TEXT);
      return FALSE;
    }
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "the call is not valid UTF-8 text");
      return FALSE;
    }
  return TRUE;
}

IscCall *
isc_call_parse (const char *text, GError **error)
{
  Parser parser = { .text = text, .at = text };
  g_autoptr (IscCall) call = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!check_text (text, error))
    return NULL;
  call = parse_call (&parser, error);
  if (!call)
    return NULL;
  parser_skip_blanks (&parser);
  if (*parser.at != '\0')
    {
      parser_fail (&parser, "the end of the call", error);
      return NULL;
    }
  return g_steal_pointer (&call);
}

GPtrArray *
isc_call_parse_list (const char *text, GError **error)
{
  Parser parser = { .text = text, .at = text };
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_call_unref);

  g_return_val_if_fail (text != NULL, NULL);

  if (!check_text (text, error))
    return NULL;
  do
    {
      IscCall *call;

      parser_skip_blanks (&parser);
      if (*parser.at == '\0' && calls->len > 0)
        break;
      call = parse_call (&parser, error);
      if (!call)
        return NULL;
      g_ptr_array_add (calls, call);
    }
  while (parser_accept (&parser, ','));

  parser_skip_blanks (&parser);
  if (*parser.at != '\0')
    {
      parser_fail (&parser, "',' or the end", error);
      return NULL;
    }

  if (calls->len == 1 && g_str_equal (isc_call_get_name (calls->pdata[0]), "Sequential"))
    return isc_call_dup_nested (calls->pdata[0], error);
  return g_steal_pointer (&calls);
}
