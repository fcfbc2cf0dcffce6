/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/viewport.h"

#include <math.h>

#include "base/ref-count.h"
#include "plot/figure-data.h"
#include "plot/scale.h"
#include "plot/series.h"

/* What is said of one axis. */
typedef struct
{
  guint panel;
  IscAxisSide side;
  gboolean has_limits;
  double low;
  double high;
  gboolean has_scale;
  IscScaleKind scale;
} AxisLook;

/* The axes in no order, the hidden names sorted; a look in which neither says anything is NULL. */
struct _IscViewport
{
  IscRefCount ref_count;
  GArray *axes;
  GPtrArray *hidden;
};

static IscViewport *
copy (const IscViewport *viewport)
{
  IscViewport *made = g_new0 (IscViewport, 1);

  isc_ref_count_init (&made->ref_count);
  made->axes = g_array_new (FALSE, FALSE, sizeof (AxisLook));
  made->hidden = g_ptr_array_new_with_free_func (g_free);
  if (viewport == NULL)
    return made;
  g_array_append_vals (made->axes, viewport->axes->data, viewport->axes->len);
  for (guint i = 0; i < viewport->hidden->len; i++)
    g_ptr_array_add (made->hidden, g_strdup (g_ptr_array_index (viewport->hidden, i)));
  return made;
}

/* @viewport, or NULL if it says nothing. */
static IscViewport *
tidy (IscViewport *viewport)
{
  for (guint i = viewport->axes->len; i-- > 0;)
    {
      const AxisLook *axis = &g_array_index (viewport->axes, AxisLook, i);

      if (!axis->has_limits && !axis->has_scale)
        g_array_remove_index_fast (viewport->axes, i);
    }
  if (viewport->axes->len > 0 || viewport->hidden->len > 0)
    return viewport;
  isc_viewport_unref (viewport);
  return NULL;
}

static const AxisLook *
find_axis (const IscViewport *viewport, guint panel, IscAxisSide side)
{
  for (guint i = 0; viewport != NULL && i < viewport->axes->len; i++)
    {
      const AxisLook *axis = &g_array_index (viewport->axes, AxisLook, i);

      if (axis->panel == panel && axis->side == side)
        return axis;
    }
  return NULL;
}

/* For writing; there is one afterwards. */
static AxisLook *
demand_axis (IscViewport *viewport, guint panel, IscAxisSide side)
{
  AxisLook fresh = { .panel = panel, .side = side };

  if (find_axis (viewport, panel, side) == NULL)
    g_array_append_val (viewport->axes, fresh);
  return (AxisLook *)find_axis (viewport, panel, side);
}

static gboolean
same_axis (const AxisLook *a, const AxisLook *b)
{
  return a != NULL && b != NULL && a->has_limits == b->has_limits && a->has_scale == b->has_scale
         && (!a->has_limits || (a->low == b->low && a->high == b->high))
         && (!a->has_scale || a->scale == b->scale);
}

/* Returns: where @label is among the hidden, or where it belongs. */
static guint
find_hidden (const IscViewport *viewport, const char *label, gboolean *found)
{
  guint i = 0;
  int order = -1;

  while (viewport != NULL && i < viewport->hidden->len
         && (order = g_strcmp0 (g_ptr_array_index (viewport->hidden, i), label)) < 0)
    i++;
  *found = viewport != NULL && i < viewport->hidden->len && order == 0;
  return i;
}

static void
show (IscViewport *viewport, const char *label, gboolean shown)
{
  gboolean found;
  guint i = find_hidden (viewport, label, &found);

  if (shown && found)
    g_ptr_array_remove_index (viewport->hidden, i);
  if (!shown && !found)
    g_ptr_array_insert (viewport->hidden, (int)i, g_strdup (label));
}

IscViewport *
isc_viewport_ref (IscViewport *viewport)
{
  g_return_val_if_fail (viewport != NULL, NULL);

  isc_ref_count_inc (&viewport->ref_count);
  return viewport;
}

void
isc_viewport_unref (IscViewport *viewport)
{
  g_return_if_fail (viewport != NULL);

  if (!isc_ref_count_dec (&viewport->ref_count))
    return;
  g_array_unref (viewport->axes);
  g_ptr_array_unref (viewport->hidden);
  g_free (viewport);
}

gboolean
isc_viewport_equal (const IscViewport *a, const IscViewport *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  if (a->axes->len != b->axes->len || a->hidden->len != b->hidden->len)
    return FALSE;
  for (guint i = 0; i < a->axes->len; i++)
    {
      const AxisLook *axis = &g_array_index (a->axes, AxisLook, i);

      if (!same_axis (axis, find_axis (b, axis->panel, axis->side)))
        return FALSE;
    }
  for (guint i = 0; i < a->hidden->len; i++)
    if (g_strcmp0 (g_ptr_array_index (a->hidden, i), g_ptr_array_index (b->hidden, i)) != 0)
      return FALSE;
  return TRUE;
}

IscViewport *
isc_viewport_with_limits (
    const IscViewport *viewport, guint panel, IscAxisSide side, double low, double high)
{
  IscViewport *made = copy (viewport);
  AxisLook *axis = demand_axis (made, panel, side);

  axis->has_limits = isfinite (low) && isfinite (high) && low < high;
  axis->low = low;
  axis->high = high;
  return tidy (made);
}

gboolean
isc_viewport_get_limits (
    const IscViewport *viewport, guint panel, IscAxisSide side, double *low, double *high)
{
  const AxisLook *axis = find_axis (viewport, panel, side);

  if (axis == NULL || !axis->has_limits)
    return FALSE;
  *low = axis->low;
  *high = axis->high;
  return TRUE;
}

IscViewport *
isc_viewport_with_scale (const IscViewport *viewport,
                         guint panel,
                         IscAxisSide side,
                         IscScaleKind kind)
{
  IscViewport *made;
  AxisLook *axis;

  g_return_val_if_fail (kind <= ISC_SCALE_SYMLOG, NULL);

  made = copy (viewport);
  axis = demand_axis (made, panel, side);
  axis->has_scale = TRUE;
  axis->scale = kind;
  axis->has_limits = axis->has_limits && isc_scale_types_get (NULL)[kind]->can_show (axis->low);
  return made;
}

gboolean
isc_viewport_get_scale (const IscViewport *viewport,
                        guint panel,
                        IscAxisSide side,
                        IscScaleKind *kind)
{
  const AxisLook *axis = find_axis (viewport, panel, side);

  if (axis == NULL || !axis->has_scale)
    return FALSE;
  *kind = axis->scale;
  return TRUE;
}

IscViewport *
isc_viewport_with_series (const IscViewport *viewport, const char *label, gboolean shown)
{
  IscViewport *made;

  g_return_val_if_fail (label != NULL, NULL);

  made = copy (viewport);
  show (made, label, shown);
  return tidy (made);
}

IscViewport *
isc_viewport_with_only (const IscViewport *viewport, const IscFigure *figure, const char *label)
{
  g_auto (GStrv) all = NULL;
  IscViewport *made;
  gboolean alone = TRUE;

  g_return_val_if_fail (figure != NULL, NULL);
  g_return_val_if_fail (label != NULL, NULL);

  all = isc_viewport_list_series (figure);
  for (char **name = all; *name != NULL; name++)
    alone = alone && isc_viewport_hides (viewport, *name) != g_str_equal (*name, label);
  made = copy (viewport);
  for (char **name = all; *name != NULL; name++)
    show (made, *name, alone || g_str_equal (*name, label));
  return tidy (made);
}

gboolean
isc_viewport_hides (const IscViewport *viewport, const char *label)
{
  gboolean found = FALSE;

  if (viewport != NULL && label != NULL)
    find_hidden (viewport, label, &found);
  return found;
}

char **
isc_viewport_list_series (const IscFigure *figure)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < figure->panels->len; i++)
    {
      const IscPanel *panel = g_ptr_array_index (figure->panels, i);

      for (guint j = 0; j < panel->marks->len; j++)
        {
          const IscMark *mark = g_ptr_array_index (panel->marks, j);

          if (isc_series_is_named (mark)
              && !g_ptr_array_find_with_equal_func (names, mark->label, g_str_equal, NULL))
            g_ptr_array_add (names, g_strdup (mark->label));
        }
    }
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (names, FALSE);
}
