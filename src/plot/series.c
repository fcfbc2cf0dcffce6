/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/series.h"

/* Of several names of one colour the one with the mark's own dash, else the first. */
static const char *
find_in_panel (const IscPanel *panel, const IscMark *mark)
{
  const char *found = NULL;

  for (guint i = 0; i < panel->marks->len; i++)
    {
      const IscMark *other = g_ptr_array_index (panel->marks, i);

      if (!isc_series_is_named (other) || other->style.color != mark->style.color)
        continue;
      if (other->style.dash == mark->style.dash)
        return other->label;
      if (found == NULL)
        found = other->label;
    }
  return found;
}

gboolean
isc_series_is_named (const IscMark *mark)
{
  return mark->label != NULL && mark->kind->key != ISC_KEY_NONE && mark->picture == NULL;
}

const char *
isc_series_find (const IscFigure *figure, const IscPanel *panel, const IscMark *mark)
{
  const char *found;

  if (isc_series_is_named (mark))
    return mark->label;
  if (mark->style.color < 0 || mark->picture != NULL)
    return NULL;
  found = find_in_panel (panel, mark);
  for (guint i = 0; found == NULL && i < figure->panels->len; i++)
    found = find_in_panel (g_ptr_array_index (figure->panels, i), mark);
  return found;
}
