/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/marks/marks.h"

static const IscMarkKind *const kinds[] = {
  &isc_mark_image, &isc_mark_bars, &isc_mark_steps,  &isc_mark_band, &isc_mark_rule,
  &isc_mark_line,  &isc_mark_stem, &isc_mark_points, &isc_mark_end,
};

const IscMarkKind *const *
isc_mark_kinds_get (guint *n)
{
  if (n != NULL)
    *n = G_N_ELEMENTS (kinds);
  return kinds;
}

gsize
isc_mark_count (const IscMark *mark)
{
  return mark->picture != NULL ? mark->picture->image.rows * mark->picture->image.columns : mark->n;
}

void
isc_mark_tabulate_xy (const IscMark *mark, IscMarkRowFunc func, gpointer data)
{
  IscMarkRow row = { .members = ISC_ROW_X | ISC_ROW_Y };
  gboolean more = TRUE;

  for (gsize i = 0; more && i < mark->n; i++)
    {
      row.x = mark->x[i];
      row.y = mark->y[i];
      more = func (&row, data);
    }
}

void
isc_mark_tell_xy (const IscMark *mark, gsize i, double *x, double *y)
{
  *x = mark->x[i];
  *y = mark->y[i];
}

void
isc_mark_free (gpointer data)
{
  IscMark *mark = data;

  g_free (mark->label);
  g_free (mark->x);
  g_free (mark->y);
  g_free (mark->z);
  if (mark->picture != NULL)
    {
      isc_tensor_unref (mark->picture->image.tensor);
      g_free (mark->picture->name);
      g_free (mark->picture);
    }
  g_free (mark);
}
