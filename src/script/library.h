/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "script/sandbox.h"

/**
 * isc_library_open:
 *
 * Makes the globals that a script may use; to read any other is an error.  Raises what Lua raises.
 */
void isc_library_open (lua_State *lua);

/**
 * isc_library_guard:
 * @name: what the table is called
 * @contents: what errors say there is
 *
 * Makes it an error to read from the table on top what it lacks.
 */
void isc_library_guard (lua_State *lua, const char *name, const char *contents);

/** isc_library_push_shape: pushes a new table of the target's extents */
void isc_library_push_shape (lua_State *lua);

/** isc_library_push_fan: pushes @fan, or nil if the target has no fans */
void isc_library_push_fan (lua_State *lua, gint64 fan);

/** isc_library_raise_unknown: raises the sentence that there is no global @name, and what there is
 */
int isc_library_raise_unknown (lua_State *lua, const char *name);
