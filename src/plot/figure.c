/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/figure.h"

#include <math.h>
#include <string.h>

#include "base/ref-count.h"
#include "plot/figure-data.h"
#include "plot/marks/marks.h"

/* A label comes from a document that somebody else may have written.  Shaping costs time in
 * proportion to the text, so it is cut where no figure has room for it anyway. */
#define MAX_TEXT_BYTES 4096

static char *
dup_text (const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  valid = g_utf8_make_valid (text, (gssize)strnlen (text, MAX_TEXT_BYTES));
  g_strdelimit (valid, "\n\r\t", ' ');
  return g_steal_pointer (&valid);
}

static void
replace_text (char **field, const char *text)
{
  char *copy = dup_text (text);

  g_free (*field);
  *field = copy;
}

static void
panel_free (gpointer data)
{
  IscPanel *panel = data;

  g_free (panel->title);
  g_free (panel->note);
  for (guint i = 0; i < G_N_ELEMENTS (panel->axes); i++)
    g_free (panel->axes[i].label);
  g_ptr_array_unref (panel->marks);
  g_free (panel);
}

static IscMark *
add_mark (IscPanel *panel, const IscMarkKind *kind, const IscStyle *style, const char *text)
{
  IscMark *mark = g_new0 (IscMark, 1);

  mark->kind = kind;
  mark->style = style != NULL ? *style : (IscStyle){ 0 };
  if (!(mark->style.width > 0.0))
    mark->style.width = 1.0;
  if (!(mark->style.opacity > 0.0))
    mark->style.opacity = 1.0;
  mark->label = dup_text (text);
  g_ptr_array_add (panel->marks, mark);
  return mark;
}

static double *
copy (const double *values, gsize n)
{
  return n > 0 ? g_memdup2 (values, n * sizeof *values) : NULL;
}

static void
add_xy (IscPanel *panel,
        const IscMarkKind *kind,
        const IscStyle *style,
        const char *label,
        const double *x,
        const double *y,
        gsize n)
{
  IscMark *mark = add_mark (panel, kind, style, label);

  mark->x = copy (x, n);
  mark->y = copy (y, n);
  mark->n = n;
}

IscFigure *
isc_figure_new (void)
{
  IscFigure *figure = g_new0 (IscFigure, 1);

  isc_ref_count_init (&figure->ref_count);
  figure->panels = g_ptr_array_new_with_free_func (panel_free);
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

  replace_text (&figure->title, title);
}

void
isc_figure_set_subtitle (IscFigure *figure, const char *subtitle)
{
  g_return_if_fail (figure != NULL);

  replace_text (&figure->subtitle, subtitle);
}

void
isc_figure_set_caption (IscFigure *figure, const char *caption)
{
  g_return_if_fail (figure != NULL);

  replace_text (&figure->caption, caption);
}

void
isc_figure_set_summary (IscFigure *figure, const char *summary)
{
  g_return_if_fail (figure != NULL);

  replace_text (&figure->summary, summary);
}

void
isc_figure_set_experiment (IscFigure *figure, const char *json)
{
  g_return_if_fail (figure != NULL);

  g_free (figure->experiment);
  figure->experiment = json != NULL ? g_utf8_make_valid (json, -1) : NULL;
}

void
isc_figure_set_columns (IscFigure *figure, guint columns)
{
  g_return_if_fail (figure != NULL);

  figure->columns = columns;
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

  panel = g_new0 (IscPanel, 1);
  panel->marks = g_ptr_array_new_with_free_func (isc_mark_free);
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

void
isc_panel_set_title (IscPanel *panel, const char *title)
{
  g_return_if_fail (panel != NULL);

  replace_text (&panel->title, title);
}

void
isc_panel_set_note (IscPanel *panel, const char *note)
{
  g_return_if_fail (panel != NULL);

  replace_text (&panel->note, note);
}

void
isc_panel_set_axis (IscPanel *panel, IscAxisSide side, const char *label, IscScaleKind scale)
{
  g_return_if_fail (panel != NULL);
  g_return_if_fail (side <= ISC_AXIS_Y);
  g_return_if_fail (scale <= ISC_SCALE_LOG);

  replace_text (&panel->axes[side].label, label);
  panel->axes[side].scale = scale;
}

void
isc_panel_set_range (IscPanel *panel, IscAxisSide side, double low, double high)
{
  g_return_if_fail (panel != NULL);
  g_return_if_fail (side <= ISC_AXIS_Y);

  panel->axes[side].fixed = isfinite (low) && isfinite (high) && low < high;
  panel->axes[side].low = low;
  panel->axes[side].high = high;
}

void
isc_panel_add_bars (IscPanel *panel,
                    const IscStyle *style,
                    const char *label,
                    const double *edges,
                    const double *heights,
                    gsize n_bars)
{
  IscMark *mark;

  g_return_if_fail (panel != NULL);
  g_return_if_fail (n_bars == 0 || (edges != NULL && heights != NULL));

  mark = add_mark (panel, &isc_mark_bars, style, label);
  mark->x = n_bars > 0 ? copy (edges, n_bars + 1) : NULL;
  mark->y = copy (heights, n_bars);
  mark->n = n_bars;
}

void
isc_panel_add_line (IscPanel *panel,
                    const IscStyle *style,
                    const char *label,
                    const double *x,
                    const double *y,
                    gsize n)
{
  g_return_if_fail (panel != NULL);
  g_return_if_fail (n == 0 || (x != NULL && y != NULL));

  add_xy (panel, &isc_mark_line, style, label, x, y, n);
}

void
isc_panel_add_band (IscPanel *panel,
                    const IscStyle *style,
                    const char *label,
                    const double *x,
                    const double *low,
                    const double *high,
                    gsize n)
{
  IscMark *mark;

  g_return_if_fail (panel != NULL);
  g_return_if_fail (n == 0 || (x != NULL && low != NULL && high != NULL));

  mark = add_mark (panel, &isc_mark_band, style, label);
  mark->x = copy (x, n);
  mark->y = copy (low, n);
  mark->z = copy (high, n);
  mark->n = n;
}

void
isc_panel_add_points (IscPanel *panel,
                      const IscStyle *style,
                      const char *label,
                      const double *x,
                      const double *y,
                      gsize n)
{
  g_return_if_fail (panel != NULL);
  g_return_if_fail (n == 0 || (x != NULL && y != NULL));

  add_xy (panel, &isc_mark_points, style, label, x, y, n);
}

void
isc_panel_add_rule (
    IscPanel *panel, const IscStyle *style, const char *label, IscAxisSide side, double value)
{
  IscMark *mark;

  g_return_if_fail (panel != NULL);
  g_return_if_fail (side <= ISC_AXIS_Y);

  mark = add_mark (panel, &isc_mark_rule, style, label);
  mark->side = side;
  mark->x = copy (&value, 1);
  mark->n = 1;
}

void
isc_panel_add_stem (IscPanel *panel, const IscStyle *style, const char *label, double x, double y)
{
  g_return_if_fail (panel != NULL);

  add_xy (panel, &isc_mark_stem, style, label, &x, &y, 1);
}

void
isc_panel_add_end (IscPanel *panel, const IscStyle *style, const char *text, double x, double y)
{
  g_return_if_fail (panel != NULL);

  add_xy (panel, &isc_mark_end, style, text, &x, &y, 1);
}
