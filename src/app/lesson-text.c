/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lesson-text.h"

#include <string.h>

/* Where the words that begin behind the mark at @start end, in the same paragraph; %NULL if it
 * marks nothing. */
static const char *
find_partner (const char *start)
{
  const char *end = strchr (start + 1, *start);
  const char *paragraph = strstr (start, "\n\n");

  if (!end || end == start + 1 || g_ascii_isspace (start[1]) || g_ascii_isspace (end[-1])
      || (paragraph && paragraph < end))
    return NULL;
  return end;
}

static void
append_escaped (GString *markup, const char *text, gsize length)
{
  g_autofree char *escaped = g_markup_escape_text (text, (gssize)length);

  g_string_append (markup, escaped);
}

char *
isc_lesson_text_to_markup (const char *text)
{
  GString *markup = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  while (*text)
    {
      gsize plain = strcspn (text, "*`");
      const char *mark = text + plain;
      const char *partner = *mark ? find_partner (mark) : NULL;

      append_escaped (markup, text, plain);
      text = mark;
      if (partner)
        {
          const char *tag = *mark == '*' ? "i" : "tt";

          g_string_append_printf (markup, "<%s>", tag);
          append_escaped (markup, mark + 1, (gsize)(partner - mark - 1));
          g_string_append_printf (markup, "</%s>", tag);
          text = partner + 1;
        }
      else if (*mark)
        g_string_append_c (markup, *text++);
    }
  return g_string_free (markup, FALSE);
}
