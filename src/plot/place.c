/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/composer.h"

#include "plot/axes.h"
#include "plot/colorbar.h"
#include "plot/endlabels.h"

/* Areas are under the axis line, curves over it: one that runs along it is seen. */
#define FIRST_LINE_LEVEL 2

static double
place_lines (
    IscComposer *composer, const char *part, char **lines, IscFont font, int color, double y)
{
  double ascent, descent;

  isc_typesetter_metrics (composer->typesetter, font, &ascent, &descent);
  for (char **line = lines; *line != NULL; line++)
    {
      isc_layout_add_text (composer->layout, part, -1, font, color, *line,
                           isc_typesetter_width (composer->typesetter, font, *line),
                           composer->margin,
                           y + 0.5 * (ISC_LINE * font.size - ascent - descent) + ascent);
      y += ISC_LINE * font.size;
    }
  return y;
}

static void
place_words (IscComposer *composer)
{
  const IscTheme *theme = &composer->layout->theme;
  IscFont caption = { composer->caption_size, FALSE };
  double y = composer->margin;

  y = place_lines (composer, "title", composer->title, (IscFont){ theme->title_size, TRUE },
                   ISC_INK, y);
  place_lines (composer, "subtitle", composer->subtitle, (IscFont){ theme->text_size, FALSE },
               ISC_SOFT_INK, y);
  place_lines (composer, "caption", composer->caption, caption, ISC_SOFT_INK,
               composer->layout->height - composer->margin - isc_page_caption_height (composer)
                   + ISC_GAP);
}

static void
place_legend (IscComposer *composer)
{
  const IscRectangle *area = &composer->legend_area;

  if (composer->legend_column)
    isc_legend_place_column (composer->legend, composer->layout, composer->typesetter, area->x,
                             area->y, area->width, area->height);
  else if (area->height > 0.0)
    isc_legend_place_rows (composer->legend, composer->layout, composer->typesetter, area->x,
                           area->y, area->width);
}

/* The widest labels in front of a column's plot areas, so that titles one under the other are
 * flush. */
static double
column_labels_width (IscComposer *composer, guint column)
{
  double width = 0.0;

  for (guint i = 0; i < composer->n_cells && composer->details & ISC_DETAIL_TICKS; i++)
    {
      const IscCell *cell = &composer->cells[i];

      if (cell->column == column && cell->prints_y)
        width = MAX (width, isc_axes_left_width (composer->typesetter, &composer->layout->theme,
                                                 cell->y_ticks, &cell->pane.frame.y));
    }
  return width;
}

/* Over the plot area: the panel's title, and under that the title of its vertical axis. */
static void
place_panel_titles (IscComposer *composer, IscCell *cell)
{
  const IscTheme *theme = &composer->layout->theme;
  const IscRectangle *area = &cell->pane.frame.area;
  double headroom = composer->details & ISC_DETAIL_TICKS ? ISC_HEADROOM : 0.0;
  double line = ISC_LINE * theme->text_size;
  double baseline = area->y - (headroom + 0.3) * theme->text_size;
  double left = area->x - column_labels_width (composer, cell->column);
  IscFont font = { theme->text_size, FALSE };
  gboolean row_has_title = FALSE;

  for (guint i = 0; i < composer->n_cells; i++)
    row_has_title |= composer->cells[i].row == cell->row
                     && isc_cell_prints_y_title (composer, &composer->cells[i]);
  if (isc_cell_prints_y_title (composer, cell))
    {
      g_autofree char *title
          = isc_axes_dup_title (cell->panel->axes[ISC_AXIS_Y].label, &cell->pane.frame.y);
      g_autofree char *text = isc_typesetter_shorten (composer->typesetter, font, title,
                                                      area->x + area->width - left);

      isc_layout_add_text (composer->layout, "y-title", cell->pane.index, font, ISC_SOFT_INK, text,
                           isc_typesetter_width (composer->typesetter, font, text), left, baseline);
    }
  if (composer->details & ISC_DETAIL_TICKS)
    isc_colorbar_place (&cell->pane, row_has_title ? cell->panel->color_label : NULL,
                        area->x + 0.5 * area->width, baseline);
  baseline -= row_has_title ? line : 0.0;
  font.bold = TRUE;
  if (isc_cell_prints_panel_title (composer, cell))
    {
      g_autofree char *text
          = isc_typesetter_shorten (composer->typesetter, font, cell->panel->title,
                                    area->x + area->width - left);

      isc_layout_add_text (composer->layout, "panel-title", cell->pane.index, font, ISC_INK, text,
                           isc_typesetter_width (composer->typesetter, font, text), left, baseline);
    }
}

/* Returns: (transfer full) (nullable): why a panel shows nothing, unless its maker has said so */
static char *
dup_note (const IscCell *cell)
{
  const IscFrame *frame = &cell->pane.frame;

  if (cell->panel->note != NULL)
    return g_strdup (cell->panel->note);
  if (cell->panel->marks->len == 0)
    return g_strdup ("Nothing to show");
  if (cell->marks->len == 0)
    return g_strdup ("All series are hidden");
  if (cell->spans[ISC_AXIS_X].n_finite > 0 && cell->spans[ISC_AXIS_Y].n_finite == 0
      && cell->spans[ISC_AXIS_Y].n_not_finite > 0)
    return g_strdup_printf ("Nothing to show: all %" G_GSIZE_FORMAT " values are NaN or infinite",
                            cell->spans[ISC_AXIS_Y].n_not_finite);
  if (frame->y.rug && !frame->y.shows)
    return g_strdup (frame->y.rug_negative
                         ? "No value is above 0, where a logarithmic axis begins"
                         : "All values are 0, which a logarithmic axis can't show");
  if (!frame->x.shows || !frame->y.shows)
    return g_strdup ("No data");
  return NULL;
}

/* Whether two histograms lie over each other; bars beside each other stay bars. */
static gboolean
bars_overlap (const GPtrArray *marks)
{
  for (guint i = 0; i < marks->len; i++)
    for (guint j = 0; j < i; j++)
      {
        const IscMark *a = marks->pdata[i], *b = marks->pdata[j];

        if (a->kind == &isc_mark_bars && b->kind == &isc_mark_bars && a->n > 0 && b->n > 0
            && a->x[0] < b->x[b->n] && b->x[0] < a->x[a->n])
          return TRUE;
      }
  return FALSE;
}

/* Adds the marks of the levels from @first to the one before @end. */
static void
place_marks (IscCell *cell, guint first, guint end)
{
  for (guint level = first; level < end; level++)
    for (guint i = 0; i < cell->marks->len; i++)
      {
        const IscMark *mark = g_ptr_array_index (cell->marks, i);

        if (mark->kind->level == level)
          mark->kind->place (mark, &cell->pane);
      }
}

static void
place_cell (IscComposer *composer, IscCell *cell)
{
  gboolean ticks = (composer->details & ISC_DETAIL_TICKS) != 0;
  g_autofree char *note = dup_note (cell);
  g_autofree char *x_title
      = isc_axes_dup_title (cell->panel->axes[ISC_AXIS_X].label, &cell->pane.frame.x);
  const IscFrame *frame = &cell->pane.frame;

  if (!cell->panel->bare)
    isc_axes_place_grid (&cell->pane, cell->y_ticks);
  cell->pane.bars_as_steps = bars_overlap (cell->panel->marks);
  place_marks (cell, 0, FIRST_LINE_LEVEL);
  if (!cell->panel->bare)
    isc_axes_place_x (&cell->pane, cell->x_ticks, ticks && cell->prints_x,
                      isc_cell_prints_x_title (composer, cell) ? x_title : NULL);
  place_marks (cell, FIRST_LINE_LEVEL, ISC_N_MARK_LEVELS);
  if (ticks && cell->prints_y)
    isc_axes_place_y (&cell->pane, cell->y_ticks);
  /* The note first: the numbers of flags keep off what is written. */
  if (note != NULL && ticks)
    isc_axes_place_note (&cell->pane, note, !frame->x.shows || !frame->y.shows);
  if (ticks)
    isc_pane_place_flags (&cell->pane);
  g_clear_pointer (&cell->pane.flags, g_array_unref);
  if (composer->end_labels)
    isc_end_labels_place (&cell->pane, cell->panel);
  place_panel_titles (composer, cell);
}

void
isc_page_place (IscComposer *composer)
{
  place_words (composer);
  place_legend (composer);
  for (guint i = 0; i < composer->n_cells; i++)
    {
      place_cell (composer, &composer->cells[i]);
      g_array_append_val (composer->layout->frames, composer->cells[i].pane.frame);
    }
}
