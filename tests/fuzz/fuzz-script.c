/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <lauxlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "script/script.h"
#include "script/source.h"

#define N 6

static gboolean
compiles (const char *text)
{
  lua_State *lua = luaL_newstate ();
  gboolean done = luaL_loadbufferx (lua, text, strlen (text), "=x", "t") == LUA_OK;

  lua_close (lua);
  return done;
}

/* A token a line is the same program. */
static void
check_source (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscSource) source = isc_source_new ("fuzz", text, strlen (text), FALSE, &error);
  g_autofree char *plain = g_strconcat ("return ", text, NULL);
  g_autofree char *wrapped = source ? isc_source_wrap (source, "return ", "") : NULL;

  fuzz_check_error (source != NULL, error);
  g_assert_true (!source || compiles (plain) == compiles (wrapped));
}

/* What is read can be run, and gives the same twice. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  IscScriptTarget target = {
    .shape = isc_shape (2, (gint64)2, (gint64)3),
    .fan_in = 3,
    .fan_out = 2,
  };
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscScript) script = isc_script_new_expression (text, &error);
  float once[N] = { 0 }, again[N] = { 0 };
  gboolean done;

  fuzz_check_error (script != NULL, error);
  check_source (text);
  if (!script)
    return 0;
  done = isc_script_check (script, &target, &error);
  fuzz_check_error (done, error);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (IscGenerator) generator = isc_generator_new (1);

      g_clear_error (&error);
      done = isc_script_fill (script, &target, generator, i ? again : once, N, &error);
      fuzz_check_error (done, error);
    }
  g_assert_cmpmem (once, sizeof once, again, sizeof again);
  return 0;
}
