/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "script/script.h"

#include <lauxlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/ref-count.h"
#include "script/expression.h"
#include "script/layer.h"
#include "script/library.h"

/* What stands outside functions is run at every check, also while one types. */
#define FILE_STEPS 1000000000
#define OUTSIDE_STEPS 10000000

struct _IscScript
{
  IscRefCount ref_count;
  IscSource *source;
};

typedef struct
{
  char *text;
  float *data;
  gsize n;
} Work;

static IscScript *
script_new (IscSource *source)
{
  IscScript *script = g_new0 (IscScript, 1);

  isc_ref_count_init (&script->ref_count);
  script->source = source;
  return script;
}

static int
compile_file (lua_State *lua)
{
  const Work *work = lua_touserdata (lua, 1);

  isc_sandbox_load (lua, work->text, NULL);
  return 0;
}

static int
check_file (lua_State *lua)
{
  const Work *work = lua_touserdata (lua, 1);

  isc_library_open (lua);
  isc_layer_open (lua);
  isc_sandbox_load (lua, work->text, NULL);
  lua_call (lua, 0, 0);
  isc_layer_push_init (lua);
  return 0;
}

static int
fill_file (lua_State *lua)
{
  const Work *work = lua_touserdata (lua, 1);

  check_file (lua);
  isc_layer_push (lua, work->data, work->n);
  lua_call (lua, 1, 1);
  /* The tensor or the layer may come back, but who gives a number or a text expects it to count. */
  if (!lua_isnil (lua, -1) && !lua_istable (lua, -1) && !lua_isuserdata (lua, -1))
    return luaL_error (lua, "init(layer) gives a %s, and it should fill the layer's tensor instead",
                       luaL_typename (lua, -1));
  return 0;
}

static gboolean
run_file (const IscSource *source,
          lua_CFunction body,
          const IscScriptTarget *target,
          IscGenerator *generator,
          float *data,
          gsize n,
          GError **error)
{
  g_autofree char *text = isc_source_wrap (source, "", "");
  gboolean fills = body == fill_file;
  Work work = { .text = text, .data = data, .n = n };
  IscSandbox sandbox = {
    .source = source,
    .target = target,
    .generator = generator,
    .credit = fills ? FILE_STEPS : OUTSIDE_STEPS,
    .budget = fills ? "1,000,000,000 steps" : "10,000,000 steps outside its functions",
  };

  return isc_sandbox_run (&sandbox, body, &work, error);
}

IscScript *
isc_script_new_expression (const char *text, GError **error)
{
  g_autoptr (IscSource) source = NULL;
  gsize size = strlen (text);

  if (size > ISC_SCRIPT_MAX_EXPRESSION)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "custom: the expression has %" G_GSIZE_FORMAT
                   " bytes, and %d are allowed: write a script",
                   size, ISC_SCRIPT_MAX_EXPRESSION);
      return NULL;
    }
  source = isc_source_new ("custom", text, size, FALSE, error);
  if (!source || !isc_expression_compile (source, error))
    return NULL;
  return script_new (g_steal_pointer (&source));
}

IscScript *
isc_script_new_file (const char *path, GError **error)
{
  static const IscScriptTarget nothing;
  g_autoptr (IscSource) source = NULL;
  g_autofree char *name = g_strconcat ("script: ", path, NULL);
  g_autoptr (GBytes) bytes = isc_file_read (path, ISC_SCRIPT_MAX_FILE, error);
  gconstpointer text;
  gsize size;

  if (!bytes)
    {
      g_prefix_error (error, "script: ");
      return NULL;
    }
  text = g_bytes_get_data (bytes, &size);
  source = isc_source_new (name, text ? text : "", size, TRUE, error);
  if (!source || !run_file (source, compile_file, &nothing, NULL, NULL, 0, error))
    return NULL;
  return script_new (g_steal_pointer (&source));
}

IscScript *
isc_script_ref (IscScript *script)
{
  isc_ref_count_inc (&script->ref_count);
  return script;
}

void
isc_script_unref (IscScript *script)
{
  if (!isc_ref_count_dec (&script->ref_count))
    return;
  isc_source_free (script->source);
  g_free (script);
}

gboolean
isc_script_check (IscScript *script, const IscScriptTarget *target, GError **error)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (0);

  if (!isc_source_is_file (script->source))
    return isc_expression_check (script->source, target, error);
  return run_file (script->source, check_file, target, generator, NULL, 0, error);
}

gboolean
isc_script_fill (IscScript *script,
                 const IscScriptTarget *target,
                 IscGenerator *generator,
                 float *data,
                 gsize n,
                 GError **error)
{
  if (!isc_source_is_file (script->source))
    return isc_expression_fill (script->source, target, generator, data, n, error);
  return run_file (script->source, fill_file, target, generator, data, n, error);
}
