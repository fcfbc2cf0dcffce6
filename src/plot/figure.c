/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/figure.h"

#include "base/ref-count.h"
#include "plot/figure-data.h"

IscFigure *
isc_figure_new (void)
{
  IscFigure *figure = g_new0 (IscFigure, 1);

  isc_ref_count_init (&figure->ref_count);
  figure->panels = g_ptr_array_new_with_free_func (isc_panel_free);
  return figure;
}

IscFigure *
isc_figure_ref (IscFigure *figure)
{
  g_return_val_if_fail (figure != NULL, NULL);

  isc_ref_count_inc (&figure->ref_count);
  return figure;
}

void
isc_figure_unref (IscFigure *figure)
{
  g_return_if_fail (figure != NULL);

  if (!isc_ref_count_dec (&figure->ref_count))
    return;
  g_free (figure->title);
  g_free (figure->subtitle);
  g_free (figure->caption);
  g_free (figure->summary);
  g_free (figure->experiment);
  g_ptr_array_unref (figure->panels);
  g_free (figure);
}

void
isc_figure_set_title (IscFigure *figure, const char *title)
{
  g_return_if_fail (figure != NULL);

  isc_replace_text (&figure->title, title);
}

void
isc_figure_set_subtitle (IscFigure *figure, const char *subtitle)
{
  g_return_if_fail (figure != NULL);

  isc_replace_text (&figure->subtitle, subtitle);
}

void
isc_figure_set_caption (IscFigure *figure, const char *caption)
{
  g_return_if_fail (figure != NULL);

  isc_replace_text (&figure->caption, caption);
}

void
isc_figure_set_summary (IscFigure *figure, const char *summary)
{
  g_return_if_fail (figure != NULL);

  isc_replace_text (&figure->summary, summary);
}

void
isc_figure_set_experiment (IscFigure *figure, const char *json)
{
  g_return_if_fail (figure != NULL);

  g_free (figure->experiment);
  figure->experiment = json != NULL ? g_utf8_make_valid (json, -1) : NULL;
}

void
isc_figure_set_shared (IscFigure *figure, IscAxisSide side, gboolean shared)
{
  g_return_if_fail (figure != NULL);
  g_return_if_fail (side <= ISC_AXIS_Y);

  figure->shared[side] = shared;
}

const char *
isc_figure_get_title (const IscFigure *figure)
{
  g_return_val_if_fail (figure != NULL, NULL);

  return figure->title;
}

const char *
isc_figure_get_subtitle (const IscFigure *figure)
{
  g_return_val_if_fail (figure != NULL, NULL);

  return figure->subtitle;
}

const char *
isc_figure_get_caption (const IscFigure *figure)
{
  g_return_val_if_fail (figure != NULL, NULL);

  return figure->caption;
}

const char *
isc_figure_get_summary (const IscFigure *figure)
{
  g_return_val_if_fail (figure != NULL, NULL);

  return figure->summary;
}

const char *
isc_figure_get_experiment (const IscFigure *figure)
{
  g_return_val_if_fail (figure != NULL, NULL);

  return figure->experiment;
}

IscPanel *
isc_figure_add_panel (IscFigure *figure)
{
  IscPanel *panel;

  g_return_val_if_fail (figure != NULL, NULL);

  panel = isc_panel_new ();
  g_ptr_array_add (figure->panels, panel);
  return panel;
}

guint
isc_figure_get_n_panels (const IscFigure *figure)
{
  g_return_val_if_fail (figure != NULL, 0);

  return figure->panels->len;
}

const IscPanel *
isc_figure_get_panel (const IscFigure *figure, guint index)
{
  g_return_val_if_fail (figure != NULL, NULL);
  g_return_val_if_fail (index < figure->panels->len, NULL);

  return g_ptr_array_index (figure->panels, index);
}
