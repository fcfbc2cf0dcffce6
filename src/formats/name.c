/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/name.h"

#include <string.h>

#define MAX_BYTES 1000

gboolean
isc_name_is_readable (const char *name)
{
  if (!name || strlen (name) > MAX_BYTES || !g_utf8_validate (name, -1, NULL))
    return FALSE;
  for (; *name; name = g_utf8_next_char (name))
    if (g_unichar_iscntrl (g_utf8_get_char (name)))
      return FALSE;
  return TRUE;
}
