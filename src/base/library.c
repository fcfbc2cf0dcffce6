/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/library.h"

#include <dlfcn.h>

#include "base/error.h"

gpointer
isc_library_load (const char *file,
                  const IscLibrarySymbol *symbols,
                  gsize n_symbols,
                  gpointer functions,
                  GError **error)
{
  gpointer handle = dlopen (file, RTLD_LAZY | RTLD_LOCAL);

  for (gsize i = 0; handle && i < n_symbols; i++)
    {
      gpointer *place = G_STRUCT_MEMBER_P (functions, symbols[i].offset);

      *place = dlsym (handle, symbols[i].name);
      if (!*place)
        handle = NULL;
    }
  if (!handle)
    g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE, "cannot load %s: %s", file, dlerror ());
  return handle;
}
