/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "script/sandbox.h"

/**
 * isc_layer_open:
 *
 * Adds to isc_library_open()'s globals what a file has besides: init, which is the schemes when it
 * is read and takes the file's function when it is set.
 */
void isc_layer_open (lua_State *lua);

/** isc_layer_push_init: pushes the file's function, or raises that there is none */
void isc_layer_push_init (lua_State *lua);

/** isc_layer_push: @data: (array length=n): the weights.  Pushes the layer, its tensor standing for
 *  them */
void isc_layer_push (lua_State *lua, float *data, gsize n);
