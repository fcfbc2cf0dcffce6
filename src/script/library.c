/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a script can reach: a list of what is allowed, not of what is forbidden.
 *
 * Left out are files and the system (io, os, debug, package, require, load...); what catches the
 * errors of the limits (pcall, coroutine) or reaches behind them (setmetatable, rawset...); what
 * can run long within one step (string.find and its relatives, table.sort, table.move); and
 * whatever would make two runs differ: math.random, pairs and next, whose order is by chance, and
 * addresses as tostring() and format() write them. */

#include "script/library.h"

#include <lauxlib.h>
#include <lualib.h>
#include <math.h>
#include <string.h>

static const char *const base_names[] = { "assert", "error", "ipairs", "type", NULL };
static const char *const math_names[]
    = { "abs",  "acos", "asin", "atan", "ceil",       "cos",        "deg", "exp",  "floor",
        "fmod", "huge", "log",  "max",  "maxinteger", "mininteger", "min", "modf", "pi",
        "rad",  "sin",  "sqrt", "tan",  "tointeger",  "type",       "ult", NULL };
static const char *const string_names[] = { "char", "len", "lower", "sub", "upper", NULL };

/* Those of math that an expression is shorter with. */
static const char *const short_names[]
    = { "abs", "cos", "exp", "floor", "log", "max", "min", "pi", "sin", "sqrt", "tanh", NULL };

/* The longest text that can be a number. */
#define MAX_DIGITS 200

static int
draw_uniform (lua_State *lua)
{
  float value;

  if (lua_gettop (lua) > 0)
    return luaL_error (lua, "rand() takes no arguments: it is one number of U(0, 1)");
  isc_generator_uniform (isc_sandbox_get (lua)->generator, &value, 1, 0.0, 1.0);
  lua_pushnumber (lua, (double)value);
  return 1;
}

static int
draw_normal (lua_State *lua)
{
  float value;

  if (lua_gettop (lua) > 0)
    return luaL_error (lua, "randn() takes no arguments: it is one number of N(0, 1)");
  isc_generator_normal (isc_sandbox_get (lua)->generator, &value, 1, 0.0, 1.0);
  lua_pushnumber (lua, (double)value);
  return 1;
}

/* Calls the first upvalue with all arguments and leaves one value. */
static void
call_original (lua_State *lua)
{
  lua_pushvalue (lua, lua_upvalueindex (1));
  lua_insert (lua, 1);
  lua_call (lua, lua_gettop (lua) - 1, 1);
}

/* Lua 5.4 has none. */
static int
hyperbolic_tangent (lua_State *lua)
{
  lua_pushnumber (lua, tanh (luaL_checknumber (lua, 1)));
  return 1;
}

/* Lua's writes a table's address. */
static int
to_string (lua_State *lua)
{
  luaL_checkany (lua, 1);
  if (lua_type (lua, 1) <= LUA_TBOOLEAN || lua_isstring (lua, 1))
    luaL_tolstring (lua, 1, NULL);
  else
    lua_pushstring (lua, luaL_typename (lua, 1));
  return 1;
}

/* tonumber, the first upvalue, which reads a number of any length within one step. */
static int
to_number (lua_State *lua)
{
  if (lua_type (lua, 1) == LUA_TSTRING && lua_rawlen (lua, 1) > MAX_DIGITS)
    lua_pushnil (lua);
  else
    call_original (lua);
  return 1;
}

/* string.rep, the first upvalue, which repeats nothing as often as it is told. */
static int
text_repeat (lua_State *lua)
{
  size_t length, between;

  luaL_checklstring (lua, 1, &length);
  luaL_optlstring (lua, 3, "", &between);
  if (length + between == 0)
    lua_pushliteral (lua, "");
  else
    call_original (lua);
  return 1;
}

/* Lua's gives any number of values. */
static int
text_byte (lua_State *lua)
{
  size_t length;
  const char *text = luaL_checklstring (lua, 1, &length);
  lua_Integer position = luaL_optinteger (lua, 2, 1);

  if (position < 0)
    position += (lua_Integer)length + 1;
  if (position < 1 || position > (lua_Integer)length)
    return 0;
  lua_pushinteger (lua, (guchar)text[position - 1]);
  return 1;
}

/* string.format, the first upvalue, without addresses. */
static int
text_format (lua_State *lua)
{
  const char *format = luaL_checkstring (lua, 1);

  for (int i = 2; i <= lua_gettop (lua); i++)
    if (lua_type (lua, i) > LUA_TBOOLEAN && !lua_isstring (lua, i))
      return luaL_argerror (lua, i, "a number or a text is wanted");
  for (const char *at = strchr (format, '%'); at; at = strchr (at, '%'))
    {
      at += 1 + strspn (at + 1, "-+ #0123456789.");
      if (*at == 'p')
        return luaL_argerror (lua, 1, "'%p' is not known here");
      if (*at == '%')
        at++;
    }
  call_original (lua);
  return 1;
}

/* __index of the globals. */
static int
unknown_global (lua_State *lua)
{
  return isc_library_raise_unknown (lua, lua_isstring (lua, 2) ? lua_tostring (lua, 2) : "?");
}

/* __index of a library; the upvalues are its name and what it has. */
static int
unknown_member (lua_State *lua)
{
  return luaL_error (lua, "'%s.%s' is not known here: %s", lua_tostring (lua, lua_upvalueindex (1)),
                     lua_isstring (lua, 2) ? lua_tostring (lua, 2) : "?",
                     lua_tostring (lua, lua_upvalueindex (2)));
}

/* Copies members of the table at @from to the table on top. */
static void
pick (lua_State *lua, int from, const char *const *names)
{
  from = lua_absindex (lua, from);
  for (; *names; names++)
    {
      lua_getfield (lua, from, *names);
      lua_setfield (lua, -2, *names);
    }
}

static void
set_function (lua_State *lua, const char *name, lua_CFunction function)
{
  lua_pushcfunction (lua, function);
  lua_setfield (lua, -2, name);
}

/* Sets member @name of the table on top to @function around that of the table at @from. */
static void
set_around (lua_State *lua, int from, const char *name, lua_CFunction function)
{
  from = lua_absindex (lua, from);
  lua_getfield (lua, from, name);
  lua_pushcclosure (lua, function, 1);
  lua_setfield (lua, -2, name);
}

/* Calls a luaopen function, of which only the table it gives is used. */
static void
open_library (lua_State *lua, lua_CFunction open)
{
  lua_pushcfunction (lua, open);
  lua_call (lua, 0, 1);
}

static void
push_math (lua_State *lua)
{
  lua_newtable (lua);
  open_library (lua, luaopen_math);
  lua_insert (lua, -2);
  pick (lua, -2, math_names);
  lua_remove (lua, -2);
  set_function (lua, "tanh", hyperbolic_tangent);
}

static void
push_string (lua_State *lua)
{
  open_library (lua, luaopen_string);
  lua_newtable (lua);
  pick (lua, -2, string_names);
  set_function (lua, "byte", text_byte);
  set_around (lua, -2, "format", text_format);
  set_around (lua, -2, "rep", text_repeat);
  lua_remove (lua, -2);

  /* ("a"):upper() too finds these and not the whole library. */
  lua_pushliteral (lua, "");
  lua_createtable (lua, 0, 1);
  lua_pushvalue (lua, -3);
  lua_setfield (lua, -2, "__index");
  lua_setmetatable (lua, -2);
  lua_pop (lua, 1);
}

void
isc_library_open (lua_State *lua)
{
  const IscScriptTarget *target = isc_sandbox_get (lua)->target;

  open_library (lua, luaopen_base);
  lua_newtable (lua);
  pick (lua, -2, base_names);
  set_around (lua, -2, "tonumber", to_number);
  lua_remove (lua, -2);
  set_function (lua, "tostring", to_string);
  set_function (lua, "rand", draw_uniform);
  set_function (lua, "randn", draw_normal);

  push_math (lua);
  lua_insert (lua, -2);
  pick (lua, -2, short_names);
  lua_insert (lua, -2);
  isc_library_guard (lua, "math",
                     "random numbers are rand() and randn(), and math has abs, acos, asin, atan, "
                     "ceil, cos, deg, exp, floor, fmod, huge, log, max, min, modf, pi, rad, sin, "
                     "sqrt, tan, tanh...");
  lua_setfield (lua, -2, "math");
  push_string (lua);
  isc_library_guard (lua, "string",
                     "string has byte, char, format, len, lower, rep, sub and upper");
  lua_setfield (lua, -2, "string");

  isc_library_push_shape (lua);
  lua_setfield (lua, -2, "shape");
  isc_library_push_fan (lua, target->fan_in);
  lua_setfield (lua, -2, "fan_in");
  isc_library_push_fan (lua, target->fan_out);
  lua_setfield (lua, -2, "fan_out");

  lua_createtable (lua, 0, 2);
  set_function (lua, "__index", unknown_global);
  lua_setmetatable (lua, -2);
  lua_rawseti (lua, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

void
isc_library_guard (lua_State *lua, const char *name, const char *contents)
{
  lua_createtable (lua, 0, 1);
  lua_pushstring (lua, name);
  lua_pushstring (lua, contents);
  lua_pushcclosure (lua, unknown_member, 2);
  lua_setfield (lua, -2, "__index");
  lua_setmetatable (lua, -2);
}

void
isc_library_push_shape (lua_State *lua)
{
  const IscShape *shape = &isc_sandbox_get (lua)->target->shape;

  lua_createtable (lua, (int)shape->n_dims, 0);
  for (guint i = 0; i < shape->n_dims; i++)
    {
      lua_pushinteger (lua, shape->dims[i]);
      lua_rawseti (lua, -2, i + 1);
    }
}

void
isc_library_push_fan (lua_State *lua, gint64 fan)
{
  if (fan == 0 && isc_sandbox_get (lua)->target->shape.n_dims < 2)
    lua_pushnil (lua);
  else
    lua_pushinteger (lua, fan);
}

int
isc_library_raise_unknown (lua_State *lua, const char *name)
{
  const IscSandbox *sandbox = isc_sandbox_get (lua);

  if (strcmp (name, "fan_in") == 0 || strcmp (name, "fan_out") == 0)
    return luaL_error (lua, "%s needs a weight of at least 2 dimensions, and this one has %d", name,
                       (int)sandbox->target->shape.n_dims);
  if (strcmp (name, "pairs") == 0 || strcmp (name, "next") == 0)
    return luaL_error (lua, "'%s' is not known here: its order is by chance, and ipairs() counts",
                       name);
  if (isc_source_is_file (sandbox->source))
    return luaL_error (lua,
                       "'%s' is not known here: a script has init, layer's fields, rand(), "
                       "randn() and Lua's math",
                       name);
  return luaL_error (lua,
                     "'%s' is not known here: an expression has fan_in, fan_out, shape, row, "
                     "col, index, rand(), randn() and Lua's math",
                     name);
}
