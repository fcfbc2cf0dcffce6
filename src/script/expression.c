/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "script/expression.h"

#include <lauxlib.h>
#include <string.h>

#include "base/error.h"
#include "script/library.h"

/* One weight may take so many steps; saved ones count for the next, but not past the first number.
 */
#define STEPS_AT_ONCE 1000000
#define STEPS_PER_WEIGHT 2000
#define BUDGET "1,000,000 steps and 2,000 more for every weight"

static const char *const parameters[] = { "row", "col", "index", NULL };

typedef struct
{
  const IscSource *source;
  char *statement;
  char *function;
  IscShape shape;
  float *data;
  gsize n;
} Work;

static void
work_clear (Work *work)
{
  g_free (work->statement);
  g_free (work->function);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static Work
work_new (const IscSource *source)
{
  return (Work){
    .source = source,
    .statement = isc_source_wrap (source, "return ", ""),
    .function = isc_source_wrap (source, "return function (row, col, index) return (", ") end"),
  };
}

/* Alone it may not close the function that it stands in; inside it may not be several values. */
static int
compile (lua_State *lua)
{
  const Work *work = lua_touserdata (lua, 1);

  isc_sandbox_load (lua, work->statement, NULL);
  isc_sandbox_load (lua, work->function, "one value is wanted, and the expression goes on here");
  return 0;
}

/* The result on top is no number. */
static int
refuse_result (lua_State *lua)
{
  const char *type = luaL_typename (lua, -1);

  switch (lua_type (lua, -1))
    {
    case LUA_TNIL:
      return luaL_error (lua, "the expression gives nothing (nil), and a number is wanted");
    case LUA_TBOOLEAN:
      return luaL_error (lua,
                         "the expression gives %s, and a number is wanted: write '... and 1 or 0'",
                         lua_toboolean (lua, -1) ? "true" : "false");
    case LUA_TSTRING:
      return luaL_error (lua, "the expression gives a string ('%s'), and a number is wanted",
                         lua_tostring (lua, -1));
    default:
      return luaL_error (lua, "the expression gives a %s, and a number is wanted", type);
    }
}

/* Calls the function on top. */
static float
evaluate (lua_State *lua, gsize row, gsize column, gsize index)
{
  double value;

  lua_pushvalue (lua, -1);
  lua_pushinteger (lua, (lua_Integer)row);
  lua_pushinteger (lua, (lua_Integer)column);
  lua_pushinteger (lua, (lua_Integer)index);
  lua_call (lua, 3, 1);
  if (lua_type (lua, -1) != LUA_TNUMBER)
    refuse_result (lua);
  value = lua_tonumber (lua, -1);
  lua_pop (lua, 1);
  return (float)value;
}

static void
push_function (lua_State *lua, const Work *work)
{
  isc_library_open (lua);
  isc_sandbox_load (lua, work->function, NULL);
  lua_call (lua, 0, 1);
}

static int
fill (lua_State *lua)
{
  const Work *work = lua_touserdata (lua, 1);
  IscSandbox *sandbox = isc_sandbox_get (lua);
  gsize rows = work->shape.n_dims > 0 ? (gsize)work->shape.dims[0] : 1;
  gsize columns = work->n > 0 ? work->n / rows : 0;

  push_function (lua, work);
  for (gsize row = 0, index = 0; index < work->n; row++)
    for (gsize column = 0; column < columns; column++, index++)
      {
        work->data[index] = evaluate (lua, row, column, index);
        sandbox->credit = MIN (sandbox->credit + STEPS_PER_WEIGHT, STEPS_AT_ONCE);
      }
  return 0;
}

static void
check_names (lua_State *lua, const Work *work)
{
  guint token = 0;
  gsize length;
  int line;

  lua_pushglobaltable (lua);
  for (;;)
    {
      const char *start = isc_source_next_global (work->source, &token, &length, &line);
      const char *name;

      if (!start)
        break;
      name = lua_pushlstring (lua, start, length);
      lua_pushvalue (lua, -1);
      if (lua_rawget (lua, -3) == LUA_TNIL && !g_strv_contains (parameters, name))
        {
          isc_sandbox_get (lua)->line = line;
          isc_library_raise_unknown (lua, name);
        }
      lua_pop (lua, 2);
    }
  lua_pop (lua, 1);
}

static int
check (lua_State *lua)
{
  const Work *work = lua_touserdata (lua, 1);
  gsize rows = work->shape.n_dims > 0 ? (gsize)work->shape.dims[0] : 1;

  push_function (lua, work);
  check_names (lua, work);
  if (work->n > 0)
    evaluate (lua, 0, 0, 0);
  if (work->n > 1)
    evaluate (lua, rows - 1, work->n / rows - 1, work->n - 1);
  return 0;
}

gboolean
isc_expression_compile (const IscSource *source, GError **error)
{
  static const IscScriptTarget nothing;
  g_auto (Work) work = work_new (source);
  IscSandbox sandbox = {
    .source = source,
    .target = &nothing,
    .credit = STEPS_AT_ONCE,
    .budget = BUDGET,
  };

  if (isc_source_get_n_tokens (source) == 0)
    {
      isc_source_fail (source, 0, ISC_ERROR_INVALID,
                       "an expression is wanted, such as randn() * sqrt(2 / fan_in)", error);
      return FALSE;
    }
  return isc_sandbox_run (&sandbox, compile, &work, error);
}

gboolean
isc_expression_check (const IscSource *source, const IscScriptTarget *target, GError **error)
{
  g_autoptr (IscGenerator) generator = isc_generator_new (0);
  g_auto (Work) work = work_new (source);
  IscSandbox sandbox = {
    .source = source,
    .target = target,
    .generator = generator,
    .credit = STEPS_AT_ONCE,
    .budget = BUDGET,
  };
  gint64 n;

  if (!isc_shape_count (&target->shape, &n, error))
    return FALSE;
  work.shape = target->shape;
  work.n = (gsize)n;
  return isc_sandbox_run (&sandbox, check, &work, error);
}

gboolean
isc_expression_fill (const IscSource *source,
                     const IscScriptTarget *target,
                     IscGenerator *generator,
                     float *data,
                     gsize n,
                     GError **error)
{
  g_auto (Work) work = work_new (source);
  IscSandbox sandbox = {
    .source = source,
    .target = target,
    .generator = generator,
    .credit = STEPS_AT_ONCE,
    .budget = BUDGET,
  };

  work.shape = target->shape;
  work.data = data;
  work.n = n;
  return isc_sandbox_run (&sandbox, fill, &work, error);
}
