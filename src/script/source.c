/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "script/source.h"

#include <string.h>

#include "base/error.h"

/* Lua notes a name's line when it reads on, up to so many tokens behind it. */
#define FAR_BACK 4

/* No message quotes more characters than this. */
#define MAX_MESSAGE 240

typedef struct
{
  const char *start;
  gsize length;
  int line;
} Token;

struct _IscSource
{
  char *name;
  char *text;
  GArray *tokens;
  int end_line;
  gboolean is_file;
  gboolean has_functions;
};

static gboolean
is_name_start (char c)
{
  return g_ascii_isalpha (c) || c == '_';
}

static gboolean
is_name_part (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static gboolean
token_is (const Token *token, const char *text)
{
  return token->length == strlen (text) && memcmp (token->start, text, token->length) == 0;
}

static gboolean
token_is_keyword (const Token *token)
{
  static const char *const keywords[]
      = { "and",      "break",  "do",   "else", "elseif", "end",  "false", "for",
          "function", "goto",   "if",   "in",   "local",  "nil",  "not",   "or",
          "repeat",   "return", "then", "true", "until",  "while" };

  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (token_is (token, keywords[i]))
      return TRUE;
  return FALSE;
}

/* "[[", "[==[": the number of '=' between the brackets, -1 if it is no long bracket. */
static int
long_bracket (const char *at)
{
  int level = 0;

  if (*at++ != '[')
    return -1;
  for (; *at == '='; at++)
    level++;
  return *at == '[' ? level : -1;
}

/* Behind "]==]", or NULL if it does not come. */
static const char *
long_end (const char *at, int level)
{
  g_autofree char *close = g_strnfill ((gsize)level + 2, '=');

  close[0] = close[level + 1] = ']';
  at = strstr (at, close);
  return at ? at + level + 2 : NULL;
}

/* Moves @at behind blanks and comments; fails at a comment without an end. */
static gboolean
skip_blanks (const char **at)
{
  for (;;)
    {
      if (**at && strchr (" \t\n\v\f", **at))
        (*at)++;
      else if (g_str_has_prefix (*at, "--"))
        {
          int level = long_bracket (*at + 2);
          const char *end
              = level < 0 ? *at + strcspn (*at, "\n") : long_end (*at + level + 4, level);

          if (!end)
            return FALSE;
          *at = end;
        }
      else
        return TRUE;
    }
}

/* Behind the text in quotes at @at, or NULL if it has no end. */
static const char *
quoted_end (const char *at)
{
  char quote = *at++;

  while (*at != quote)
    {
      if (*at == '\0' || *at == '\n')
        return NULL;
      if (*at++ != '\\')
        continue;
      if (*at == 'z')
        for (at++; *at && strchr (" \t\n\v\f", *at);)
          at++;
      else if (*at != '\0')
        at++;
    }
  return at + 1;
}

/* Behind the number at @at; Lua takes what looks like one in the same way and then judges it. */
static const char *
number_end (const char *at)
{
  const char *exponents = at[0] == '0' && (at[1] == 'x' || at[1] == 'X') ? "pP" : "eE";

  if (*exponents == 'p')
    at += 2;
  for (;;)
    {
      if (*at && strchr (exponents, *at))
        at += at[1] == '-' || at[1] == '+' ? 2 : 1;
      else if (g_ascii_isxdigit (*at) || *at == '.')
        at++;
      else
        break;
    }
  return is_name_part (*at) ? at + 1 : at;
}

/* The length of the operator at @at, 0 if it is none. */
static gsize
operator_length (const char *at)
{
  static const char *const operators[]
      = { "...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>" };

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_has_prefix (at, operators[i]))
      return strlen (operators[i]);
  return *at && strchr ("+-*/%^#&~|<>=(){}[];:,.", *at) ? 1 : 0;
}

/* Behind the token at @at, or NULL and what is wrong with it. */
static const char *
token_end (const char *at, const char **problem)
{
  int level = long_bracket (at);
  gsize length;

  *problem = "the text has no closing quote";
  if (*at == '\'' || *at == '"')
    return quoted_end (at);
  *problem = "the text has no closing brackets";
  if (level >= 0)
    return long_end (at + level + 2, level);
  *problem = NULL;
  if (g_ascii_isdigit (*at) || (*at == '.' && g_ascii_isdigit (at[1])))
    return number_end (at);
  if (is_name_start (*at))
    {
      while (is_name_part (*at))
        at++;
      return at;
    }
  length = operator_length (at);
  return length ? at + length : NULL;
}

/* "column 7", or "line 2, column 7" where there can be several lines. */
static char *
place_of (const IscSource *source, const char *at)
{
  const char *start = source->text;
  guint line = 1;
  glong column;

  for (const char *c = source->text; c < at; c++)
    if (*c == '\n')
      {
        line++;
        start = c + 1;
      }
  column = g_utf8_strlen (start, at - start) + 1;
  if (source->is_file || strchr (source->text, '\n'))
    return g_strdup_printf ("line %u, column %ld", line, column);
  return g_strdup_printf ("column %ld", column);
}

static const Token *
get_token (const IscSource *source, guint index)
{
  return &g_array_index (source->tokens, Token, index);
}

/* The token on line @line of the wrapped text, the last one for lines behind; there is one. */
static guint
find_token (const IscSource *source, int line)
{
  guint low = 0, high = source->tokens->len;

  while (high - low > 1)
    {
      guint middle = (low + high) / 2;

      if (get_token (source, middle)->line <= line)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* Where line @line of the wrapped text stands in the text. */
static const char *
find_line (const IscSource *source, int line)
{
  const Token *token;

  if (source->tokens->len == 0)
    return source->text;
  token = get_token (source, find_token (source, line));
  return line >= source->end_line ? token->start + token->length : token->start;
}

static gboolean
fail_at (const IscSource *source, const char *at, const char *message, GError **error)
{
  g_autofree char *place = place_of (source, at);

  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s%s%s: %s", source->name,
               source->is_file ? ", " : ": ", place, message);
  return FALSE;
}

/* '...' passes any number of values, which makes single steps long; _ENV is the sandbox itself. */
static gboolean
check_token (const IscSource *source, const Token *token, GError **error)
{
  if (token_is (token, "..."))
    return fail_at (source, token->start, "'...' is not known here: name the parameters", error);
  if (token_is (token, "_ENV"))
    return fail_at (source, token->start, "'_ENV' is not known here", error);
  return TRUE;
}

static gboolean
tokenize (IscSource *source, GError **error)
{
  const char *at = source->text;
  int line = 1;

  for (;;)
    {
      const char *start, *problem;
      Token token = { .line = line };

      if (!skip_blanks (&at))
        return fail_at (source, at, "the comment has no closing brackets", error);
      if (*at == '\0')
        break;
      token.start = start = at;
      at = token_end (start, &problem);
      if (!at && !problem)
        {
          char found[8] = { 0 };
          g_autofree char *message = NULL;

          g_unichar_to_utf8 (g_utf8_get_char (start), found);
          message = g_ascii_iscntrl (*found)
                        ? g_strdup ("a control character has no meaning in Lua")
                        : g_strdup_printf ("'%s' has no meaning in Lua outside a text", found);
          return fail_at (source, start, message, error);
        }
      if (!at)
        return fail_at (source, start, problem, error);

      token.length = at - start;
      if (!check_token (source, &token, error))
        return FALSE;
      source->has_functions = source->has_functions || token_is (&token, "function");
      g_array_append_val (source->tokens, token);
      for (const char *c = start; c < at; c++)
        line += *c == '\n';
      line++;
    }
  source->end_line = line;
  return TRUE;
}

/* Lua reads "\r\n" and "\r" as one line break each. */
static char *
with_plain_breaks (const char *text, gsize size)
{
  char *plain = g_malloc (size + 1), *to = plain;

  for (gsize i = 0; i < size; i++)
    if (text[i] != '\r')
      *to++ = text[i];
    else if (i + 1 == size || text[i + 1] != '\n')
      *to++ = '\n';
  *to = '\0';
  return plain;
}

/* One line of valid UTF-8 and of a reader's length. */
static char *
as_sentence (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  GString *sentence = g_string_new (NULL);
  guint n = 0;

  for (const char *at = g_strstrip (valid); *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (n++ == MAX_MESSAGE)
        {
          g_string_append (sentence, "…");
          break;
        }
      g_string_append_unichar (sentence, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return g_string_free (sentence, FALSE);
}

IscSource *
isc_source_new (const char *name, const char *text, gsize size, gboolean is_file, GError **error)
{
  static const char mark[] = "\xef\xbb\xbf";
  g_autoptr (IscSource) source = g_new0 (IscSource, 1);

  source->name = g_strdup (name);
  source->is_file = is_file;
  source->tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  if (!g_utf8_validate_len (text, size, NULL))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s: this is not UTF-8 text", name);
      return NULL;
    }
  if (is_file && size >= strlen (mark) && memcmp (text, mark, strlen (mark)) == 0)
    {
      text += strlen (mark);
      size -= strlen (mark);
    }
  source->text = with_plain_breaks (text, size);
  return tokenize (source, error) ? g_steal_pointer (&source) : NULL;
}

void
isc_source_free (IscSource *source)
{
  g_free (source->name);
  g_free (source->text);
  g_array_unref (source->tokens);
  g_free (source);
}

gboolean
isc_source_is_file (const IscSource *source)
{
  return source->is_file;
}

guint
isc_source_get_n_tokens (const IscSource *source)
{
  return source->tokens->len;
}

char *
isc_source_wrap (const IscSource *source, const char *prefix, const char *suffix)
{
  GString *text = g_string_new (prefix);

  for (guint i = 0; i < source->tokens->len; i++)
    {
      const Token *token = get_token (source, i);

      g_string_append_len (text, token->start, (gssize)token->length);
      g_string_append_c (text, '\n');
    }
  g_string_append (text, suffix);
  return g_string_free (text, FALSE);
}

const char *
isc_source_next_global (const IscSource *source, guint *token, gsize *length, int *line)
{
  if (source->has_functions)
    return NULL;
  while (*token < source->tokens->len)
    {
      guint index = (*token)++;
      const Token *before = index > 0 ? get_token (source, index - 1) : NULL;
      const Token *this = get_token (source, index);
      const Token *behind = index + 1 < source->tokens->len ? get_token (source, index + 1) : NULL;

      /* A field, a method, and a key in {key=value} are names inside something. */
      if (!is_name_start (*this->start) || token_is_keyword (this)
          || (before && (token_is (before, ".") || token_is (before, ":")))
          || (behind && token_is (behind, "=")))
        continue;
      *length = this->length;
      *line = this->line;
      return this->start;
    }
  return NULL;
}

char *
isc_source_reword (const IscSource *source, const char *message)
{
  GString *words = g_string_new (NULL);

  while (*message)
    {
      char *behind = NULL;
      gint64 line = 0;

      if (g_str_has_prefix (message, "line ") && g_ascii_isdigit (message[5]))
        line = g_ascii_strtoll (message + 5, &behind, 10);
      if (behind)
        {
          g_autofree char *place = place_of (source, find_line (source, (int)MIN (line, G_MAXINT)));

          g_string_append (words, place);
          message = behind;
        }
      else
        g_string_append_c (words, *message++);
    }
  g_string_replace (words, "near <eof>", "at the end", 0);
  g_string_replace (words, "<eof> expected near", "the text should end before", 0);
  return g_string_free (words, FALSE);
}

int
isc_source_find_back (const IscSource *source, int line, const char *name)
{
  guint index = find_token (source, line);

  for (guint back = 0; back <= FAR_BACK && back <= index; back++)
    if (token_is (get_token (source, index - back), name))
      return get_token (source, index - back)->line;
  return get_token (source, index)->line;
}

void
isc_source_fail (const IscSource *source, int line, gint code, const char *message, GError **error)
{
  g_autofree char *sentence = as_sentence (message);
  g_autofree char *place = line > 0 ? place_of (source, find_line (source, line)) : NULL;

  g_set_error (error, ISC_ERROR, code, "%s%s%s: %s", source->name,
               !place            ? ""
               : source->is_file ? ", "
                                 : ": ",
               place ? place : "", sentence);
}
