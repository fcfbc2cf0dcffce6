/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "script/sandbox.h"

#include <lauxlib.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define MAX_MEMORY ((gsize)64 << 20)

/* Comparing two texts is one step: they may not be long. */
#define MAX_TEXT ((gsize)16 << 10)

/* Steps between two looks at the credit and at the cancellable. */
#define STRIDE 1000

/* One step pays for this many bytes, so that long texts are not free. */
#define BYTES_PER_STEP 64

/* Lua begins its messages with it and a line. */
#define CHUNK "script"

/* Sets @line to where the innermost function written in Lua is, if there is one. */
static void
find_line (lua_State *lua, int *line)
{
  lua_Debug activation;

  for (int level = 0; lua_getstack (lua, level, &activation); level++)
    if (lua_getinfo (lua, "l", &activation) && activation.currentline > 0)
      {
        *line = activation.currentline;
        return;
      }
}

static void *
allocate (void *data, void *block, size_t old_size, size_t size)
{
  IscSandbox *sandbox = data;
  gsize held = block ? old_size : 0;
  void *moved;

  if (size == 0)
    {
      sandbox->memory -= held;
      free (block);
      return NULL;
    }
  /* For a new block the old size says what it is for. */
  if (!block && old_size == LUA_TSTRING && size > MAX_TEXT)
    sandbox->refused = ISC_SANDBOX_REFUSED_TEXT;
  else if (size > held && size - held > MAX_MEMORY - sandbox->memory)
    sandbox->refused = ISC_SANDBOX_REFUSED_MEMORY;
  else
    {
      moved = realloc (block, size);
      if (moved)
        {
          sandbox->memory += size - held;
          sandbox->credit -= (gint64)(size / BYTES_PER_STEP);
        }
      else
        sandbox->refused = ISC_SANDBOX_GAVE_ALL;
      return moved;
    }
  /* Lua collects everything that can be and asks again.  If that fails too it does not call
   * note_line(). */
  if (sandbox->lua)
    find_line (sandbox->lua, &sandbox->refused_line);
  sandbox->credit -= (gint64)(sandbox->memory / BYTES_PER_STEP);
  return NULL;
}

static void
look_up (lua_State *lua, lua_Debug *activation)
{
  isc_sandbox_charge (lua, STRIDE);
}

/* Before the stack is unwound: where the script was. */
static int
note_line (lua_State *lua)
{
  find_line (lua, &isc_sandbox_get (lua)->line);
  return 1;
}

/* Behind "script:12: ", whose line is noted if none was. */
static const char *
skip_place (IscSandbox *sandbox, const char *message)
{
  char *behind;
  gint64 line;

  if (!g_str_has_prefix (message, CHUNK ":"))
    return message;
  line = g_ascii_strtoll (message + strlen (CHUNK ":"), &behind, 10);
  if (line <= 0 || line > G_MAXINT || !g_str_has_prefix (behind, ": "))
    return message;
  if (sandbox->line <= 0)
    sandbox->line = (int)line;
  return behind + 2;
}

static void
complain_of_memory (IscSandbox *sandbox, GError **error)
{
  const char *who = isc_source_is_file (sandbox->source) ? "script" : "expression";
  g_autofree char *message = NULL;

  if (sandbox->line <= 0)
    sandbox->line = sandbox->refused_line;
  if (sandbox->refused == ISC_SANDBOX_GAVE_ALL)
    {
      isc_source_fail (sandbox->source, sandbox->line, ISC_ERROR_RESOURCE, "memory ran out", error);
      return;
    }
  if (sandbox->refused == ISC_SANDBOX_REFUSED_TEXT)
    message = g_strdup_printf ("the %s made a text of more than 16 KiB", who);
  else
    message = g_strdup_printf ("the %s asked for more than 64 MiB of memory", who);
  isc_source_fail (sandbox->source, sandbox->line, ISC_ERROR_INVALID, message, error);
}

/* A message names a variable in its first quotes; that is where it should point. */
static void
point_at_name (IscSandbox *sandbox, const char *message)
{
  const char *start = strchr (message, '\'');
  const char *end = start ? strchr (start + 1, '\'') : NULL;
  g_autofree char *name = end ? g_strndup (start + 1, end - start - 1) : g_strdup ("");

  if (sandbox->line > 0)
    sandbox->line = isc_source_find_back (sandbox->source, sandbox->line, name);
}

/* What stands on the stack behind a failed call. */
static void
complain (IscSandbox *sandbox, int status, GError **error)
{
  const char *message = "the error that was raised is no text";

  if (lua_type (sandbox->lua, -1) == LUA_TSTRING)
    message = skip_place (sandbox, lua_tostring (sandbox->lua, -1));

  if (g_error_matches (sandbox->error, ISC_ERROR, ISC_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&sandbox->error));
  else if (sandbox->error)
    isc_source_fail (sandbox->source, sandbox->line, sandbox->error->code, sandbox->error->message,
                     error);
  else if (status == LUA_ERRMEM || g_str_equal (message, "not enough memory"))
    complain_of_memory (sandbox, error);
  else if (g_str_equal (message, "resulting string too large"))
    {
      /* Lua's library does not even ask for sizes past its own. */
      sandbox->refused = ISC_SANDBOX_REFUSED_MEMORY;
      complain_of_memory (sandbox, error);
    }
  else if (status == LUA_ERRERR || strstr (message, "stack overflow"))
    isc_source_fail (sandbox->source, sandbox->line, ISC_ERROR_INVALID,
                     "calls or brackets are nested too deeply", error);
  else
    {
      point_at_name (sandbox, message);
      isc_source_fail (sandbox->source, sandbox->line, ISC_ERROR_INVALID, message, error);
    }
  g_clear_error (&sandbox->error);
}

gboolean
isc_sandbox_run (IscSandbox *sandbox, lua_CFunction body, gpointer data, GError **error)
{
  /* Lua writes and compares in the thread's locale. */
  locale_t plain = newlocale (LC_ALL_MASK, "C", (locale_t)0);
  locale_t before = uselocale (plain);
  int status = LUA_ERRMEM;

  sandbox->lua = lua_newstate (allocate, sandbox);
  if (!sandbox->lua)
    g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE, "memory ran out");
  else
    {
      *(IscSandbox **)lua_getextraspace (sandbox->lua) = sandbox;
      lua_sethook (sandbox->lua, look_up, LUA_MASKCOUNT, STRIDE);
      lua_pushcfunction (sandbox->lua, note_line);
      lua_pushcfunction (sandbox->lua, body);
      lua_pushlightuserdata (sandbox->lua, data);
      status = lua_pcall (sandbox->lua, 1, 0, 1);
      if (status != LUA_OK)
        complain (sandbox, status, error);
      lua_close (sandbox->lua);
    }
  uselocale (before);
  if (plain != (locale_t)0)
    freelocale (plain);
  return status == LUA_OK;
}

IscSandbox *
isc_sandbox_get (lua_State *lua)
{
  return *(IscSandbox **)lua_getextraspace (lua);
}

void
isc_sandbox_charge (lua_State *lua, gint64 steps)
{
  IscSandbox *sandbox = isc_sandbox_get (lua);

  sandbox->credit -= steps;
  if (g_cancellable_is_cancelled (sandbox->target->cancellable))
    isc_sandbox_raise (lua, g_error_new (ISC_ERROR, ISC_ERROR_CANCELLED, "the script was stopped"));
  if (sandbox->credit < 0)
    luaL_error (lua, "the %s ran longer than %s without an answer: is there an endless loop?",
                isc_source_is_file (sandbox->source) ? "script" : "expression", sandbox->budget);
}

int
isc_sandbox_raise (lua_State *lua, GError *error)
{
  IscSandbox *sandbox = isc_sandbox_get (lua);

  g_clear_error (&sandbox->error);
  sandbox->error = error;
  lua_pushnil (lua);
  return lua_error (lua);
}

void
isc_sandbox_load (lua_State *lua, const char *text, const char *complaint)
{
  IscSandbox *sandbox = isc_sandbox_get (lua);
  int status = luaL_loadbufferx (lua, text, strlen (text), "=" CHUNK, "t");

  if (status == LUA_ERRSYNTAX)
    {
      const char *words = skip_place (sandbox, lua_tostring (lua, -1));
      g_autofree char *reworded = isc_source_reword (sandbox->source, words);

      sandbox->error
          = g_error_new_literal (ISC_ERROR, ISC_ERROR_INVALID, complaint ? complaint : reworded);
    }
  if (status != LUA_OK)
    lua_error (lua);
}
