/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text with a token a line is the same program to Lua's compiler, and lines of it are places of
 * the text. */

#include <lauxlib.h>
#include <string.h>

#include "base/error.h"
#include "script/source.h"

static int
append (lua_State *lua, const void *bytes, size_t size, void *array)
{
  g_byte_array_append (array, bytes, (guint)size);
  return 0;
}

/* The bytecode without names and lines, NULL if @text is no program. */
static GByteArray *
compile (const char *text)
{
  lua_State *lua = luaL_newstate ();
  GByteArray *code = NULL;

  if (luaL_loadbufferx (lua, text, strlen (text), "=x", "t") == LUA_OK)
    {
      code = g_byte_array_new ();
      lua_dump (lua, append, code, TRUE);
    }
  lua_close (lua);
  return code;
}

static void
test_same_program (void)
{
  /* Without nested functions, whose bytecode holds the lines they stand on. */
  static const char *const texts[] = {
    "return 1",
    "return 1+2*3^-4//5%6&7|8~9<<1>>2",
    "return .5, 5., 0x.8p1, 0xAp-3, 1e+5, 1e-5, 3.14E2, 0xFF, 1..2",
    "return 'a', \"b\", '\\'', \"\\\"\", 'a\\\nb', 'a\\z   \n  b', '\\65\\x41\\u{41}'",
    "return [[a]], [==[a]]b]=]c]==], [[\nfirst\n\nlast]], a[ [[x]] ], a[b[1]]",
    "return a.b, a['b'], a:b(), a:b'x', a:b{1}, a'x', a[[x]], a{b=1; c, [d]=2,}",
    "return not a == b ~= c <= d >= e < f > g and h or i .. j .. 'k'",
    "-- a comment\nreturn 1 -- another\n--[[ long\n ]] --[==[ ]] ]==]",
    "--[=[ a\n]=] return -1 - -2 --3",
    "local a <const>, b = 1, 2; goto out; do ::out:: end",
    "for i = 1, 10, 2 do if i then break elseif j then k() else l() end end",
    "while a do repeat b() until c end return #d, ~e, -f, not g",
    "a, b.c, d[e] = 1, 2, 3 ;;; f(g)\n(h or i)(j)",
    "return 3x",
    "return 0xg",
    "return 1...2",
    "return '\\q'",
    "return '\\300'",
    "return [=a",
    "return 1 +",
    "return (1",
    "return )",
    "local x <close> = nil",
    "goto nowhere",
    "break",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (IscSource) source
          = isc_source_new ("test", texts[i], strlen (texts[i]), TRUE, &error);
      g_autofree char *wrapped = NULL;
      g_autoptr (GByteArray) plain = compile (texts[i]);
      g_autoptr (GByteArray) lines = NULL;

      g_assert_no_error (error);
      wrapped = isc_source_wrap (source, "", "");
      lines = compile (wrapped);
      g_assert_true ((plain != NULL) == (lines != NULL));
      if (plain)
        g_assert_cmpmem (plain->data, plain->len, lines->data, lines->len);
    }
}

static void
assert_place (const char *text, gboolean is_file, int line, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscSource) source = isc_source_new ("test", text, strlen (text), is_file, &error);

  g_assert_no_error (error);
  isc_source_fail (source, line, ISC_ERROR_INVALID, "it's wrong", &error);
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_places (void)
{
  assert_place ("1 + x", FALSE, 1, "test: column 1: it's wrong");
  assert_place ("1 + x", FALSE, 2, "test: column 3: it's wrong");
  assert_place ("1 + x", FALSE, 3, "test: column 5: it's wrong");
  assert_place ("1 + x  ", FALSE, 4, "test: column 6: it's wrong");
  assert_place ("1 + x", FALSE, 0, "test: it's wrong");
  assert_place ("", FALSE, 1, "test: column 1: it's wrong");
  assert_place ("'äöü' .. x", FALSE, 3, "test: column 10: it's wrong");
  assert_place ("--[[ ü ]] x", FALSE, 1, "test: column 11: it's wrong");
  assert_place ("1 +\n  x", FALSE, 3, "test: line 2, column 3: it's wrong");
  assert_place ("[[a\nb]] .. x", FALSE, 1, "test: line 1, column 1: it's wrong");
  assert_place ("[[a\nb]] .. x", FALSE, 2, "test: line 1, column 1: it's wrong");
  assert_place ("[[a\nb]] .. x", FALSE, 4, "test: line 2, column 8: it's wrong");
  assert_place ("1 + x", TRUE, 2, "test, line 1, column 3: it's wrong");
  assert_place ("x\r\ny\r z", TRUE, 2, "test, line 2, column 1: it's wrong");
  assert_place ("x\r\ny\r z", TRUE, 3, "test, line 3, column 2: it's wrong");
  assert_place ("\xef\xbb\xbfx y", TRUE, 2, "test, line 1, column 3: it's wrong");
}

static void
test_sentences (void)
{
  g_autoptr (IscSource) source = isc_source_new ("test", "x", 1, FALSE, NULL);
  g_autofree char *long_message = g_strnfill (1000, 'x');
  g_autoptr (GError) control = NULL;
  g_autoptr (GError) cut = NULL;
  g_autoptr (GError) invalid = NULL;

  isc_source_fail (source, 0, ISC_ERROR_INVALID, " a\nb\tc\n", &control);
  g_assert_cmpstr (control->message, ==, "test: a b c");
  isc_source_fail (source, 0, ISC_ERROR_INVALID, long_message, &cut);
  g_assert_cmpint (g_utf8_strlen (cut->message, -1), ==, 6 + 240 + 1);
  isc_source_fail (source, 0, ISC_ERROR_INVALID, "a\xff", &invalid);
  g_assert_true (g_utf8_validate (invalid->message, -1, NULL));
}

static void
assert_refused (const char *text, gsize size, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscSource) source = isc_source_new ("test", text, size, FALSE, &error);

  g_assert_null (source);
  g_assert_error (error, ISC_ERROR, ISC_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (void)
{
  assert_refused ("'abc", 4, "test: column 1: the text has no closing quote");
  assert_refused ("1 .. \"a'\nb", 9, "test: line 1, column 6: the text has no closing quote");
  assert_refused ("'a\\", 3, "test: column 1: the text has no closing quote");
  assert_refused ("1 + [==[ ]]", 11, "test: column 5: the text has no closing brackets");
  assert_refused ("1 --[[ x ] ]", 12, "test: column 3: the comment has no closing brackets");
  assert_refused ("1 + é", 6, "test: column 5: 'é' has no meaning in Lua outside a text");
  assert_refused ("1 @ 2", 5, "test: column 3: '@' has no meaning in Lua outside a text");
  assert_refused ("\033Lua", 4, "test: column 1: a control character has no meaning in Lua");
  assert_refused ("1 + \xff", 5, "test: this is not UTF-8 text");
  assert_refused ("1\0 + 2", 6, "test: this is not UTF-8 text");
  assert_refused ("f(...)", 6, "test: column 3: '...' is not known here: name the parameters");
  assert_refused ("_ENV.os", 7, "test: column 1: '_ENV' is not known here");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/script/source/same-program", test_same_program);
  g_test_add_func ("/script/source/places", test_places);
  g_test_add_func ("/script/source/sentences", test_sentences);
  g_test_add_func ("/script/source/refused", test_refused);
  return g_test_run ();
}
