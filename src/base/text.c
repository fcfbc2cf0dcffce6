/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <string.h>

#define MAX_LENGTH 200

guint
isc_text_distance (const char *a, const char *b)
{
  guint row[MAX_LENGTH + 1];
  gsize n_a = strnlen (a, MAX_LENGTH);
  gsize n_b = strnlen (b, MAX_LENGTH);

  for (guint j = 0; j <= n_b; j++)
    row[j] = j;
  for (gsize i = 0; i < n_a; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint)i + 1;
      for (gsize j = 0; j < n_b; j++)
        {
          gboolean same = g_ascii_tolower (a[i]) == g_ascii_tolower (b[j]);
          guint replaced = diagonal + (same ? 0 : 1);

          diagonal = row[j + 1];
          row[j + 1] = MIN (replaced, MIN (row[j + 1], row[j]) + 1);
        }
    }
  return row[n_b];
}
