/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <lua.h>

#include "script/script.h"
#include "script/source.h"

/**
 * IscSandbox:
 * @lua: the state
 * @source: what errors speak of
 * @target: the weights
 * @generator: what rand(), randn() and a tensor's methods draw from
 * @credit: steps that may still be taken
 * @budget: for the error: "1,000,000,000 steps"
 * @memory: bytes in use
 * @refused: the last request that was refused
 * @refused_line: where it was made, as @line
 * @line: where the error arose, as a line of what isc_source_wrap() gives; 0 if unknown
 * @error: (nullable): what a C function failed with
 *
 * One Lua state with its limits, for one fill, on one thread.  Nothing outside
 * isc_sandbox_run() may call into @lua: everything there can fail.
 */
typedef struct
{
  lua_State *lua;
  const IscSource *source;
  const IscScriptTarget *target;
  IscGenerator *generator;
  gint64 credit;
  const char *budget;
  gsize memory;
  enum
  {
    ISC_SANDBOX_GAVE_ALL,
    ISC_SANDBOX_REFUSED_MEMORY,
    ISC_SANDBOX_REFUSED_TEXT,
  } refused;
  int refused_line;
  int line;
  GError *error;
} IscSandbox;

/**
 * isc_sandbox_run:
 * @sandbox: everything but the state, zeros behind
 * @body: runs with @data as its one argument, a light userdata; what Lua raises jumps out of it,
 *   so it may hold nothing that has to be freed
 *
 * Opens a state, runs @body in it, closes it.
 *
 * Returns: %FALSE with the error as isc_script_fill() gives it
 */
gboolean isc_sandbox_run (IscSandbox *sandbox, lua_CFunction body, gpointer data, GError **error);

/** isc_sandbox_get: Returns: the sandbox of a state */
IscSandbox *isc_sandbox_get (lua_State *lua);

/** isc_sandbox_charge: takes @steps of the credit; raises when it is gone or the user stopped */
void isc_sandbox_charge (lua_State *lua, gint64 steps);

/** isc_sandbox_raise: raises @error (transfer full) as an error of the line that called */
int isc_sandbox_raise (lua_State *lua, GError *error);

/**
 * isc_sandbox_load:
 * @text: what isc_source_wrap() gave
 * @complaint: (nullable): what to say instead of the compiler's words
 *
 * Pushes @text, compiled, or raises what is wrong with it.
 */
void isc_sandbox_load (lua_State *lua, const char *text, const char *complaint);
