/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv-text.h"

#include <string.h>

void
isc_csv_append_text (GString *csv, const char *text)
{
  if (!strpbrk (text, ",\"\n\r"))
    {
      g_string_append (csv, text);
      return;
    }
  g_string_append_c (csv, '"');
  for (const char *c = text; *c; c++)
    g_string_append_printf (csv, *c == '"' ? "\"\"" : "%c", *c);
  g_string_append_c (csv, '"');
}
