/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "script/layer.h"

#include <float.h>
#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number-text.h"
#include "script/library.h"

/* Keys of the registry, and the first is what errors call the type. */
#define TENSOR "tensor"
#define SCHEMES "schemes"
#define INIT "init"

/* A step of a whole tensor's methods does so many weights. */
#define WEIGHTS_PER_STEP 16

typedef struct
{
  float *data;
  gsize n;
} Tensor;

/* The tensor that a method is called on, whose work is charged. */
static Tensor *
use_tensor (lua_State *lua)
{
  Tensor *tensor = luaL_checkudata (lua, 1, TENSOR);

  isc_sandbox_charge (lua, (gint64)(tensor->n / WEIGHTS_PER_STEP));
  return tensor;
}

/* Methods that change a tensor return it, so that calls can follow each other. */
static int
return_tensor (lua_State *lua)
{
  lua_settop (lua, 1);
  return 1;
}

static int
fill_with (lua_State *lua, double value)
{
  Tensor *tensor = use_tensor (lua);

  for (gsize i = 0; i < tensor->n; i++)
    tensor->data[i] = (float)value;
  return return_tensor (lua);
}

static int
tensor_fill (lua_State *lua)
{
  return fill_with (lua, luaL_checknumber (lua, 2));
}

static int
tensor_zero (lua_State *lua)
{
  return fill_with (lua, 0.0);
}

static int
tensor_ones (lua_State *lua)
{
  return fill_with (lua, 1.0);
}

static int
tensor_uniform (lua_State *lua)
{
  Tensor *tensor = use_tensor (lua);
  double a = luaL_optnumber (lua, 2, 0.0), b = luaL_optnumber (lua, 3, 1.0);

  if (!(a <= b))
    return luaL_error (lua, "uniform_: a=%f is above b=%f: a must be at most b", a, b);
  if (a < -FLT_MAX || b > FLT_MAX || b - a > FLT_MAX)
    return luaL_error (lua, "uniform_: a=%f and b=%f are too far out for float32", a, b);
  isc_generator_uniform (isc_sandbox_get (lua)->generator, tensor->data, tensor->n, a, b);
  return return_tensor (lua);
}

static int
tensor_normal (lua_State *lua)
{
  Tensor *tensor = use_tensor (lua);
  double mean = luaL_optnumber (lua, 2, 0.0), std = luaL_optnumber (lua, 3, 1.0);

  if (!(std >= 0.0))
    return luaL_error (lua, "normal_: std=%f must be at least 0", std);
  isc_generator_normal (isc_sandbox_get (lua)->generator, tensor->data, tensor->n, mean, std);
  return return_tensor (lua);
}

/* PyTorch rounds a number to the tensor's type before it calculates. */
static int
tensor_multiply (lua_State *lua)
{
  Tensor *tensor = use_tensor (lua);
  float factor = (float)luaL_checknumber (lua, 2);

  for (gsize i = 0; i < tensor->n; i++)
    tensor->data[i] *= factor;
  return return_tensor (lua);
}

static int
tensor_add (lua_State *lua)
{
  Tensor *tensor = use_tensor (lua);
  float term = (float)luaL_checknumber (lua, 2);

  for (gsize i = 0; i < tensor->n; i++)
    tensor->data[i] += term;
  return return_tensor (lua);
}

/* Either bound may be nil.  As in PyTorch, NaN stays and the upper bound wins. */
static int
tensor_clamp (lua_State *lua)
{
  Tensor *tensor = use_tensor (lua);
  float low = (float)luaL_optnumber (lua, 2, -INFINITY);
  float high = (float)luaL_optnumber (lua, 3, INFINITY);

  if (isnan (low) || isnan (high))
    return luaL_error (lua, "clamp_: a bound is NaN, and numbers are wanted");
  for (gsize i = 0; i < tensor->n; i++)
    {
      float value = tensor->data[i] < low ? low : tensor->data[i];

      tensor->data[i] = value > high ? high : value;
    }
  return return_tensor (lua);
}

static float *
weight_at (lua_State *lua)
{
  Tensor *tensor = luaL_checkudata (lua, 1, TENSOR);
  lua_Integer index = luaL_checkinteger (lua, 2);

  if (index < 0 || (lua_Unsigned)index >= tensor->n)
    luaL_error (lua, "the index %I is outside 0..%I", (LUAI_UACINT)index,
                (LUAI_UACINT)tensor->n - 1);
  return &tensor->data[index];
}

static int
tensor_get (lua_State *lua)
{
  lua_pushnumber (lua, (double)*weight_at (lua));
  return 1;
}

static int
tensor_set (lua_State *lua)
{
  float *weight = weight_at (lua);

  *weight = (float)luaL_checknumber (lua, 3);
  return return_tensor (lua);
}

static int
tensor_count (lua_State *lua)
{
  const Tensor *tensor = luaL_checkudata (lua, 1, TENSOR);

  lua_pushinteger (lua, (lua_Integer)tensor->n);
  return 1;
}

static void
push_number (lua_State *lua, double value)
{
  char spelled[64];
  char *text = isc_number_to_text (value);

  /* Freed before Lua can jump out of here. */
  g_strlcpy (spelled, text, sizeof spelled);
  g_free (text);
  if (!isfinite (value))
    luaL_error (lua, "%s is no number that a scheme takes", spelled);
  lua_pushstring (lua, spelled);
}

/* Pushes the value at @index as it is spelled in a call: True, 'relu', 0.02, (-2, 2). */
static void
push_spelling (lua_State *lua, int index)
{
  switch (lua_type (lua, index))
    {
    case LUA_TNIL:
      lua_pushliteral (lua, "None");
      break;
    case LUA_TBOOLEAN:
      lua_pushstring (lua, lua_toboolean (lua, index) ? "True" : "False");
      break;
    case LUA_TNUMBER:
      if (lua_isinteger (lua, index))
        lua_pushfstring (lua, "%I", (LUAI_UACINT)lua_tointeger (lua, index));
      else
        push_number (lua, lua_tonumber (lua, index));
      break;
    case LUA_TSTRING:
      luaL_gsub (lua, lua_tostring (lua, index), "\\", "\\\\");
      luaL_gsub (lua, lua_tostring (lua, -1), "'", "\\'");
      lua_remove (lua, -2);
      lua_pushfstring (lua, "'%s'", lua_tostring (lua, -1));
      lua_remove (lua, -2);
      break;
    case LUA_TTABLE:
      lua_pushliteral (lua, "(");
      for (lua_Unsigned i = 1; i <= lua_rawlen (lua, index); i++)
        {
          if (lua_rawgeti (lua, index, (lua_Integer)i) == LUA_TTABLE)
            luaL_error (lua, "a tuple inside a tuple is no argument of a scheme");
          push_spelling (lua, lua_gettop (lua));
          lua_remove (lua, -2);
          lua_pushliteral (lua, ",");
          lua_concat (lua, 3);
        }
      lua_pushliteral (lua, ")");
      lua_concat (lua, 2);
      break;
    default:
      luaL_error (lua, "a %s is no argument of a scheme", luaL_typename (lua, index));
    }
}

/* Appends "name=value," to the text on top for each member of the table at @index. */
static void
append_named (lua_State *lua, int index)
{
  for (lua_pushnil (lua); lua_next (lua, index);)
    {
      int value = lua_gettop (lua);

      if (lua_type (lua, value - 1) != LUA_TSTRING)
        luaL_error (lua, "arguments of a scheme stand before those with a name");
      push_spelling (lua, value);
      lua_pushfstring (lua, "%s%s=%s,", lua_tostring (lua, value - 2),
                       lua_tostring (lua, value - 1), lua_tostring (lua, -1));
      lua_replace (lua, value - 2);
      lua_settop (lua, value - 1);
    }
}

/* init.NAME (tensor, ..., {name=value}), NAME being the upvalue. */
static int
call_scheme (lua_State *lua)
{
  IscSandbox *sandbox = isc_sandbox_get (lua);
  const IscScriptTarget *target = sandbox->target;
  int n = lua_gettop (lua);
  IscCall *call;
  GError *error = NULL;
  gboolean done;

  use_tensor (lua);
  lua_pushfstring (lua, "%s(", lua_tostring (lua, lua_upvalueindex (1)));
  for (int i = 2; i <= n; i++)
    if (i == n && lua_istable (lua, i) && lua_rawlen (lua, i) == 0)
      append_named (lua, i);
    else
      {
        push_spelling (lua, i);
        lua_pushliteral (lua, ",");
        lua_concat (lua, 3);
      }
  lua_pushliteral (lua, ")");
  lua_concat (lua, 2);

  call = isc_call_parse (lua_tostring (lua, -1), &error);
  done = call && target->schemes->fill (target->user_data, call, sandbox->generator, &error);
  g_clear_pointer (&call, isc_call_unref);
  return done ? return_tensor (lua) : isc_sandbox_raise (lua, error);
}

static int
calculate_gain (lua_State *lua)
{
  const IscScriptTarget *target = isc_sandbox_get (lua)->target;
  const char *nonlinearity = luaL_checkstring (lua, 1);
  double slope = luaL_optnumber (lua, 2, NAN), gain;
  GError *error = NULL;

  if (!target->schemes->gain (target->user_data, nonlinearity, slope, &gain, &error))
    return isc_sandbox_raise (lua, error);
  lua_pushnumber (lua, gain);
  return 1;
}

/* __index of the schemes. */
static int
find_scheme (lua_State *lua)
{
  const char *name = luaL_checkstring (lua, 2);

  if (!isc_sandbox_get (lua)->target->schemes)
    return luaL_error (lua, "'init.%s' is not known here", name);
  if (strcmp (name, "calculate_gain") == 0)
    lua_pushcfunction (lua, calculate_gain);
  else
    {
      lua_pushvalue (lua, 2);
      lua_pushcclosure (lua, call_scheme, 1);
    }
  return 1;
}

/* __index of the globals. */
static int
get_global (lua_State *lua)
{
  const char *name = lua_isstring (lua, 2) ? lua_tostring (lua, 2) : "?";

  if (strcmp (name, INIT) != 0)
    return isc_library_raise_unknown (lua, name);
  lua_getfield (lua, LUA_REGISTRYINDEX, SCHEMES);
  return 1;
}

/* __newindex of the globals: init is never among them, so that init.NAME() goes on to be the
 * schemes inside the function init(layer). */
static int
set_global (lua_State *lua)
{
  if (lua_isstring (lua, 2) && strcmp (lua_tostring (lua, 2), INIT) == 0)
    lua_setfield (lua, LUA_REGISTRYINDEX, INIT);
  else
    lua_rawset (lua, 1);
  return 0;
}

static const luaL_Reg methods[] = {
  { "uniform_", tensor_uniform },
  { "normal_", tensor_normal },
  { "fill_", tensor_fill },
  { "zero_", tensor_zero },
  { "ones_", tensor_ones },
  { "mul_", tensor_multiply },
  { "add_", tensor_add },
  { "clamp_", tensor_clamp },
  { "get", tensor_get },
  { "set", tensor_set },
  { NULL, NULL },
};

void
isc_layer_open (lua_State *lua)
{
  luaL_newmetatable (lua, TENSOR);
  lua_pushcfunction (lua, tensor_count);
  lua_setfield (lua, -2, "__len");
  luaL_newlib (lua, methods);
  isc_library_guard (lua, TENSOR,
                     "a tensor has uniform_, normal_, fill_, zero_, ones_, mul_, add_, clamp_, get "
                     "and "
                     "set");
  lua_setfield (lua, -2, "__index");
  lua_pop (lua, 1);

  lua_newtable (lua);
  lua_createtable (lua, 0, 1);
  lua_pushcfunction (lua, find_scheme);
  lua_setfield (lua, -2, "__index");
  lua_setmetatable (lua, -2);
  lua_setfield (lua, LUA_REGISTRYINDEX, SCHEMES);

  lua_pushglobaltable (lua);
  lua_getmetatable (lua, -1);
  lua_pushcfunction (lua, get_global);
  lua_setfield (lua, -2, "__index");
  lua_pushcfunction (lua, set_global);
  lua_setfield (lua, -2, "__newindex");
  lua_pop (lua, 2);
}

void
isc_layer_push_init (lua_State *lua)
{
  if (lua_getfield (lua, LUA_REGISTRYINDEX, INIT) != LUA_TFUNCTION)
    luaL_error (lua, "a function init(layer) is wanted, and the file defines none");
}

void
isc_layer_push (lua_State *lua, float *data, gsize n)
{
  const IscScriptTarget *target = isc_sandbox_get (lua)->target;
  const char *parameter = target->parameter ? target->parameter : "weight";
  Tensor *tensor;

  lua_newtable (lua);
  lua_pushstring (lua, target->kind);
  lua_setfield (lua, -2, "kind");
  lua_pushstring (lua, target->name);
  lua_setfield (lua, -2, "name");
  lua_pushstring (lua, parameter);
  lua_setfield (lua, -2, "parameter");
  isc_library_push_shape (lua);
  lua_setfield (lua, -2, "shape");
  isc_library_push_fan (lua, target->fan_in);
  lua_setfield (lua, -2, "fan_in");
  isc_library_push_fan (lua, target->fan_out);
  lua_setfield (lua, -2, "fan_out");

  tensor = lua_newuserdatauv (lua, sizeof *tensor, 0);
  *tensor = (Tensor){ .data = data, .n = n };
  luaL_setmetatable (lua, TENSOR);
  lua_setfield (lua, -2, parameter);
}
