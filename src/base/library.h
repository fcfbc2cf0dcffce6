/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** IscLibrarySymbol: @name: of a function; @offset: where its address goes */
typedef struct
{
  const char *name;
  gsize offset;
} IscLibrarySymbol;

/**
 * isc_library_load:
 * @file: the library's name for the dynamic linker, "libopenblas.so.0"
 * @symbols: (array length=n_symbols): what is wanted of it
 * @functions: (out caller-allocates): a struct of pointers to functions
 * @error: return location
 *
 * Loads a library that few commands need, for good.  What is linked instead is loaded by all of
 * them, together with whatever it is itself linked to: half of the time that a command needs to
 * start.
 *
 * Returns: (nullable): what dlsym() takes; %NULL with ISC_ERROR_RESOURCE "cannot load ..."
 */
gpointer isc_library_load (const char *file,
                           const IscLibrarySymbol *symbols,
                           gsize n_symbols,
                           gpointer functions,
                           GError **error);
