/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/layout.h"

#include <math.h>

#include "plot/axes.h"
#include "plot/endlabels.h"
#include "plot/figure-data.h"
#include "plot/layout-data.h"
#include "plot/legend.h"
#include "plot/pane.h"
#include "plot/ticks.h"

/* px at 96 an inch, on a grid of 8. */
#define MARGIN 16.0
#define NARROW_MARGIN 8.0
#define GAP 8.0
#define PANEL_GAP 24.0
#define ROW_GAP 16.0

/* In type sizes: height of a line; room over the top tick label. */
#define LINE 1.35
#define HEADROOM 0.5

/* Rows of a legend above the plot; more of them stand at the right. */
#define MAX_LEGEND_ROWS 3

/* What a plot area should at least measure before anything is left out for it, in type sizes. */
#define LEAST_WIDTH 6.0
#define LEAST_HEIGHT 4.5

/* What parts the items of a caption. */
#define ITEM_BREAK " · "
#define NO_BREAK_SPACE "\302\240"

/* What a plot area should look like. */
#define ASPECT (5.0 / 3.0)

/* What is left out, one after the other, where there is no room. */
typedef enum
{
  DETAIL_CAPTION = 1 << 0,
  DETAIL_SUBTITLE = 1 << 1,
  DETAIL_LEGEND = 1 << 2,
  DETAIL_AXIS_TITLES = 1 << 3,
  DETAIL_TITLE = 1 << 4,
  DETAIL_TICKS = 1 << 5,
  DETAIL_MARGIN = 1 << 6,
} Detail;

#define N_DETAILS 7

typedef struct
{
  const IscPanel *panel;
  IscPane pane;
  IscExtent x;
  IscExtent y;
  GArray *x_ticks;
  GArray *y_ticks;
  guint row;
  guint column;
  gboolean prints_x;
  gboolean prints_y;
} Cell;

typedef struct
{
  IscLayout *layout;
  const IscFigure *figure;
  IscTypesetter *typesetter;
  const IscLegend *legend;
  Cell *cells;
  guint n_cells;
  guint columns;
  guint rows;
  guint details;
  double margin;
  char **title;
  char **subtitle;
  char **caption;
  gboolean end_labels;
  gboolean legend_column;
  double legend_width;
  IscRectangle legend_area;
  IscRectangle content;
} Composer;

static void
clear_item (gpointer data)
{
  IscItem *item = data;

  g_array_unref (item->points);
  g_free (item->text);
  g_clear_pointer (&item->data, g_array_unref);
}

static void
clear_text (Composer *composer)
{
  g_clear_pointer (&composer->title, g_strfreev);
  g_clear_pointer (&composer->subtitle, g_strfreev);
  g_clear_pointer (&composer->caption, g_strfreev);
}

/* --- What the axes span -------------------------------------------------------------------------
 */

static void
measure_data (Composer *composer)
{
  IscExtent all[2] = { isc_extent_empty, isc_extent_empty };

  for (guint i = 0; i < composer->n_cells; i++)
    {
      Cell *cell = &composer->cells[i];

      cell->x = cell->y = isc_extent_empty;
      for (guint j = 0; j < cell->panel->marks->len; j++)
        {
          const IscMark *mark = g_ptr_array_index (cell->panel->marks, j);

          mark->kind->extend (mark, &cell->x, &cell->y);
        }
      isc_extent_merge (&all[ISC_AXIS_X], &cell->x);
      isc_extent_merge (&all[ISC_AXIS_Y], &cell->y);
    }

  for (guint i = 0; i < composer->n_cells; i++)
    {
      Cell *cell = &composer->cells[i];
      const IscAxis *axes = cell->panel->axes;
      IscFrame *frame = &cell->pane.frame;

      frame->x = isc_scale_fit (axes[ISC_AXIS_X].scale,
                                composer->figure->shared[ISC_AXIS_X] ? &all[ISC_AXIS_X] : &cell->x);
      frame->y = isc_scale_fit (axes[ISC_AXIS_Y].scale,
                                composer->figure->shared[ISC_AXIS_Y] ? &all[ISC_AXIS_Y] : &cell->y);
      if (axes[ISC_AXIS_X].fixed)
        isc_scale_fix (&frame->x, axes[ISC_AXIS_X].low, axes[ISC_AXIS_X].high);
      if (axes[ISC_AXIS_Y].fixed)
        isc_scale_fix (&frame->y, axes[ISC_AXIS_Y].low, axes[ISC_AXIS_Y].high);
    }
}

/* --- The grid of panels -------------------------------------------------------------------------
 */

/* The number of columns that gives panels the shape nearest to 5:3, with few places left empty. */
static guint
choose_columns (const Composer *composer)
{
  guint n = composer->n_cells, best = 1;
  double least = INFINITY;

  if (composer->figure->columns > 0)
    return CLAMP (composer->figure->columns, 1, MAX (n, 1));
  for (guint columns = 1; columns <= n; columns++)
    {
      guint rows = (n + columns - 1) / columns;
      double aspect = composer->layout->width / columns / (composer->layout->height / rows);
      double cost = fabs (log (aspect / ASPECT)) + 0.3 * (rows * columns - n);

      if (cost < least)
        {
          least = cost;
          best = columns;
        }
    }
  return best;
}

static void
arrange_cells (Composer *composer)
{
  composer->columns = choose_columns (composer);
  composer->rows
      = composer->n_cells > 0 ? (composer->n_cells + composer->columns - 1) / composer->columns : 1;
  for (guint i = 0; i < composer->n_cells; i++)
    {
      Cell *cell = &composer->cells[i];

      cell->row = i / composer->columns;
      cell->column = i % composer->columns;
      cell->prints_x
          = !composer->figure->shared[ISC_AXIS_X] || i + composer->columns >= composer->n_cells;
      cell->prints_y = !composer->figure->shared[ISC_AXIS_Y] || cell->column == 0;
    }
}

static gboolean
prints_x_title (const Composer *composer, const Cell *cell)
{
  return composer->details & DETAIL_AXIS_TITLES && cell->prints_x
         && cell->panel->axes[ISC_AXIS_X].label != NULL;
}

static gboolean
prints_y_title (const Composer *composer, const Cell *cell)
{
  return composer->details & DETAIL_AXIS_TITLES && cell->prints_y
         && cell->panel->axes[ISC_AXIS_Y].label != NULL;
}

static gboolean
prints_panel_title (const Composer *composer, const Cell *cell)
{
  return composer->details & DETAIL_TITLE && cell->panel->title != NULL;
}

/* Room over and under the plot areas of each row; the height that is left for each area. */
static double
divide_height (const Composer *composer, double *above, double *below)
{
  const IscTheme *theme = &composer->layout->theme;
  double left = composer->content.height - (composer->rows - 1) * ROW_GAP;

  for (guint row = 0; row < composer->rows; row++)
    {
      gboolean panel_title = FALSE, y_title = FALSE, x_labels = FALSE, x_title = FALSE;

      for (guint i = 0; i < composer->n_cells; i++)
        {
          const Cell *cell = &composer->cells[i];

          if (cell->row != row)
            continue;
          panel_title |= prints_panel_title (composer, cell);
          y_title |= prints_y_title (composer, cell);
          x_title |= prints_x_title (composer, cell);
          x_labels |= cell->prints_x && composer->details & DETAIL_TICKS;
        }
      above[row] = (composer->details & DETAIL_TICKS ? HEADROOM * theme->text_size : 0.0)
                   + (panel_title + y_title) * LINE * theme->text_size;
      below[row] = x_labels ? isc_axes_below_height (composer->typesetter, theme, x_title) : 1.0;
      left -= above[row] + below[row];
    }
  return left / composer->rows;
}

static void
divide_rows (Composer *composer)
{
  g_autofree double *above = g_new0 (double, composer->rows);
  g_autofree double *below = g_new0 (double, composer->rows);
  double height = divide_height (composer, above, below), y = composer->content.y;

  for (guint row = 0; row < composer->rows; row++)
    {
      double top = y + above[row];

      for (guint i = 0; i < composer->n_cells; i++)
        if (composer->cells[i].row == row)
          {
            IscRectangle *area = &composer->cells[i].pane.frame.area;

            area->y = floor (top);
            area->height = MAX (floor (top + height) + 0.5 - area->y, 1.0);
          }
      y = top + height + below[row] + ROW_GAP;
    }
}

static void
fit_y_ticks (Composer *composer)
{
  for (guint i = 0; i < composer->n_cells; i++)
    {
      Cell *cell = &composer->cells[i];

      g_clear_pointer (&cell->y_ticks, g_array_unref);
      cell->y_ticks = isc_axes_fit_ticks (composer->typesetter, &composer->layout->theme,
                                          &cell->pane.frame.y, ISC_AXIS_Y,
                                          cell->pane.frame.area.height
                                              - isc_pane_rug (&cell->pane, ISC_AXIS_Y));
    }
}

/* Widths: all plot areas alike, each column as much room at its left as its labels need, @overhang
 * at the right for the last label of the axis. */
static void
divide_columns (Composer *composer, double overhang, double gap)
{
  g_autofree double *lefts = g_new0 (double, composer->columns);
  double width = composer->content.width - overhang - (composer->columns - 1) * gap, x;

  for (guint i = 0; i < composer->n_cells; i++)
    {
      Cell *cell = &composer->cells[i];
      double left;

      if (!(composer->details & DETAIL_TICKS) || !cell->prints_y)
        continue;
      left = isc_axes_left_width (composer->typesetter, &composer->layout->theme, cell->y_ticks,
                                  &cell->pane.frame.y);
      lefts[cell->column] = MAX (lefts[cell->column], left);
    }
  for (guint column = 0; column < composer->columns; column++)
    width -= lefts[column];
  width = MAX (floor (width / composer->columns), 1.0);

  x = composer->content.x;
  for (guint column = 0; column < composer->columns; column++)
    {
      x += lefts[column];
      for (guint i = 0; i < composer->n_cells; i++)
        if (composer->cells[i].column == column)
          {
            composer->cells[i].pane.frame.area.x = floor (x);
            composer->cells[i].pane.frame.area.width = width;
          }
      x += width + gap;
    }
}

/* @overhang: (out): how far the last labels reach beyond the room at the right; @gap: (out): the
 * room between two columns in which their labels do not meet. */
static void
fit_x_ticks (Composer *composer, double *overhang, double *gap)
{
  IscFont font = { composer->layout->theme.text_size, FALSE };
  double farthest = 0.0, beyond_right = 0.0, beyond_left = 0.0;

  for (guint i = 0; i < composer->n_cells; i++)
    {
      Cell *cell = &composer->cells[i];
      const IscRectangle *area = &cell->pane.frame.area;

      g_clear_pointer (&cell->x_ticks, g_array_unref);
      cell->x_ticks
          = isc_axes_fit_ticks (composer->typesetter, &composer->layout->theme, &cell->pane.frame.x,
                                ISC_AXIS_X, area->width - isc_pane_rug (&cell->pane, ISC_AXIS_X));
      for (guint j = 0; j < cell->x_ticks->len && cell->prints_x; j++)
        {
          const IscTick *tick = &g_array_index (cell->x_ticks, IscTick, j);

          double x = isc_pane_x (&cell->pane, tick->value), half;

          if (tick->label == NULL)
            continue;
          half = 0.5 * isc_typesetter_width (composer->typesetter, font, tick->label);
          farthest = MAX (farthest, x + half);
          beyond_right = MAX (beyond_right, x + half - (area->x + area->width));
          /* Labels of a vertical axis keep a distance of their own. */
          if (!cell->prints_y)
            beyond_left = MAX (beyond_left, area->x - (x - half));
        }
    }
  *overhang = MAX (0.0, ceil (farthest - (composer->layout->width - 0.5 * composer->margin)));
  *gap = MAX (PANEL_GAP, ceil (beyond_left + beyond_right + font.size));
}

/* --- The page -----------------------------------------------------------------------------------
 */

static char **
wrap (Composer *composer, Detail detail, const char *text, IscFont font, guint max_lines)
{
  if (!(composer->details & detail) || text == NULL)
    return g_new0 (char *, 1);
  return isc_typesetter_wrap (composer->typesetter, font, text,
                              composer->layout->width - 2.0 * composer->margin, max_lines);
}

static void
replace_all (char **text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (*text, from, -1);

  g_free (*text);
  *text = g_strjoinv (to, parts);
}

/* Lines of a caption end between its items, which dots part, unless an item is longer than a line.
 */
static char **
wrap_items (Composer *composer, const char *text, IscFont font, guint max_lines)
{
  double measure = composer->layout->width - 2.0 * composer->margin;
  g_auto (GStrv) items = g_strsplit (text != NULL ? text : "", ITEM_BREAK, -1);
  g_autofree char *bound = NULL;
  char **lines;

  for (char **item = items; *item != NULL; item++)
    {
      if (isc_typesetter_width (composer->typesetter, font, *item) < measure - 2.0 * font.size)
        replace_all (item, " ", NO_BREAK_SPACE);
    }
  bound = g_strjoinv (ITEM_BREAK, items);
  replace_all (&bound, ITEM_BREAK, NO_BREAK_SPACE "· ");
  lines = wrap (composer, DETAIL_CAPTION, text != NULL ? bound : NULL, font, max_lines);
  for (char **line = lines; *line != NULL; line++)
    replace_all (line, NO_BREAK_SPACE, " ");
  return lines;
}

static void
set_words (Composer *composer)
{
  const IscTheme *theme = &composer->layout->theme;
  const IscFigure *figure = composer->figure;
  double caption_lines = floor (0.2 * composer->layout->height / (LINE * theme->caption_size));

  clear_text (composer);
  composer->title
      = wrap (composer, DETAIL_TITLE, figure->title, (IscFont){ theme->title_size, TRUE }, 2);
  composer->subtitle
      = wrap (composer, DETAIL_SUBTITLE, figure->subtitle, (IscFont){ theme->text_size, FALSE }, 2);
  composer->caption
      = wrap_items (composer, figure->caption, (IscFont){ theme->caption_size, FALSE },
                    (guint)CLAMP (caption_lines, 1.0, 6.0));
}

static double
words_height (const Composer *composer)
{
  const IscTheme *theme = &composer->layout->theme;
  double height = g_strv_length (composer->title) * LINE * theme->title_size
                  + g_strv_length (composer->subtitle) * LINE * theme->text_size;

  return height > 0.0 ? height + GAP : 0.0;
}

static double
caption_height (const Composer *composer)
{
  guint n = g_strv_length (composer->caption);

  return n > 0 ? n * LINE * composer->layout->theme.caption_size + GAP : 0.0;
}

static void
set_content (Composer *composer)
{
  double top = composer->margin + words_height (composer);

  composer->content.x = composer->margin;
  composer->content.width = MAX (composer->layout->width - 2.0 * composer->margin, 1.0);
  composer->content.y = top;
  composer->content.height
      = composer->layout->height - composer->margin - caption_height (composer) - top;
}

/* Names at the ends of the curves if they can stand there, else a legend above the plot, else at
 * its right. */
static void
set_legend (Composer *composer)
{
  const IscTheme *theme = &composer->layout->theme;
  IscRectangle *content = &composer->content;
  double height;

  composer->end_labels = FALSE;
  composer->legend_column = FALSE;
  composer->legend_area = (IscRectangle){ 0 };
  if (!(composer->details & DETAIL_LEGEND) || isc_legend_get_n_entries (composer->legend) == 0)
    return;

  if (composer->n_cells == 1)
    {
      divide_rows (composer);
      composer->end_labels
          = isc_end_labels_measure (&composer->cells[0].pane, composer->cells[0].panel,
                                    0.28 * content->width, &composer->legend_width);
      if (composer->end_labels)
        {
          content->width -= composer->legend_width;
          return;
        }
    }
  height = isc_legend_get_rows_height (composer->legend, composer->layout, composer->typesetter,
                                       content->width);
  if (height <= MAX_LEGEND_ROWS * 1.5 * theme->text_size && height <= 0.3 * content->height)
    {
      composer->legend_area = (IscRectangle){ content->x, content->y, content->width, height };
      content->y += height + GAP;
      content->height -= height + GAP;
      return;
    }
  composer->legend_column = TRUE;
  composer->legend_width = isc_legend_get_column_width (composer->legend, composer->layout,
                                                        composer->typesetter, 0.3 * content->width);
  composer->legend_area = (IscRectangle){ content->x + content->width - composer->legend_width,
                                          content->y, composer->legend_width, content->height };
  content->width -= composer->legend_width + 2.0 * GAP;
}

/* Returns: whether the plot areas are as large as they should at least be. */
static gboolean
compose (Composer *composer, guint details)
{
  const IscTheme *theme = &composer->layout->theme;
  double smaller = MIN (composer->layout->width, composer->layout->height), overhang, gap;

  composer->details = details;
  composer->margin = details & DETAIL_MARGIN ? (smaller < 420.0 ? NARROW_MARGIN : MARGIN) : 0.0;
  set_words (composer);
  set_content (composer);
  set_legend (composer);
  divide_rows (composer);
  fit_y_ticks (composer);
  divide_columns (composer, 0.0, PANEL_GAP);
  fit_x_ticks (composer, &overhang, &gap);
  if (composer->end_labels)
    overhang = 0.0;
  if (overhang > 0.0 || (composer->columns > 1 && gap > PANEL_GAP))
    {
      divide_columns (composer, overhang, gap);
      fit_x_ticks (composer, &overhang, &gap);
    }
  for (guint i = 0; i < composer->n_cells; i++)
    {
      const IscRectangle *area = &composer->cells[i].pane.frame.area;

      if (area->width < LEAST_WIDTH * theme->text_size
          || area->height < LEAST_HEIGHT * theme->text_size)
        return FALSE;
    }
  return TRUE;
}

/* --- Placing ------------------------------------------------------------------------------------
 */

static double
place_lines (Composer *composer, const char *part, char **lines, IscFont font, int color, double y)
{
  double ascent, descent;

  isc_typesetter_metrics (composer->typesetter, font, &ascent, &descent);
  for (char **line = lines; *line != NULL; line++)
    {
      isc_layout_add_text (composer->layout, part, -1, font, color, *line,
                           isc_typesetter_width (composer->typesetter, font, *line),
                           composer->margin,
                           y + 0.5 * (LINE * font.size - ascent - descent) + ascent);
      y += LINE * font.size;
    }
  return y;
}

static void
place_words (Composer *composer)
{
  const IscTheme *theme = &composer->layout->theme;
  IscFont caption = { theme->caption_size, FALSE };
  double y = composer->margin;

  y = place_lines (composer, "title", composer->title, (IscFont){ theme->title_size, TRUE },
                   ISC_INK, y);
  place_lines (composer, "subtitle", composer->subtitle, (IscFont){ theme->text_size, FALSE },
               ISC_SOFT_INK, y);
  place_lines (composer, "caption", composer->caption, caption, ISC_SOFT_INK,
               composer->layout->height - composer->margin - caption_height (composer) + GAP);
}

static void
place_legend (Composer *composer)
{
  const IscRectangle *area = &composer->legend_area;

  if (composer->legend_column)
    isc_legend_place_column (composer->legend, composer->layout, composer->typesetter, area->x,
                             area->y, area->width, area->height);
  else if (area->height > 0.0)
    isc_legend_place_rows (composer->legend, composer->layout, composer->typesetter, area->x,
                           area->y, area->width);
}

/* Over the plot area: the panel's title, and under that the title of its vertical axis. */
static void
place_panel_titles (Composer *composer, Cell *cell)
{
  const IscTheme *theme = &composer->layout->theme;
  const IscRectangle *area = &cell->pane.frame.area;
  double line = LINE * theme->text_size,
         baseline = area->y - HEADROOM * theme->text_size - 0.3 * theme->text_size;
  double left = cell->prints_y && composer->details & DETAIL_TICKS
                    ? area->x
                          - isc_axes_left_width (composer->typesetter, theme, cell->y_ticks,
                                                 &cell->pane.frame.y)
                    : area->x;
  IscFont font = { theme->text_size, FALSE };

  if (prints_y_title (composer, cell))
    {
      g_autofree char *text
          = isc_typesetter_shorten (composer->typesetter, font, cell->panel->axes[ISC_AXIS_Y].label,
                                    area->x + area->width - left);

      isc_layout_add_text (composer->layout, "y-title", cell->pane.index, font, ISC_SOFT_INK, text,
                           isc_typesetter_width (composer->typesetter, font, text), left, baseline);
      baseline -= line;
    }
  else
    {
      for (guint i = 0; i < composer->n_cells; i++)
        if (composer->cells[i].row == cell->row && prints_y_title (composer, &composer->cells[i]))
          {
            baseline -= line;
            break;
          }
    }
  font.bold = TRUE;
  if (prints_panel_title (composer, cell))
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
dup_note (const Cell *cell)
{
  const IscFrame *frame = &cell->pane.frame;

  if (cell->panel->note != NULL)
    return g_strdup (cell->panel->note);
  if (cell->panel->marks->len == 0)
    return g_strdup ("Nothing to show");
  if (cell->x.n_finite > 0 && cell->y.n_finite == 0 && cell->y.n_not_finite > 0)
    return g_strdup_printf ("Nothing to show: all %" G_GSIZE_FORMAT " values are NaN or infinite",
                            cell->y.n_not_finite);
  if (frame->y.rug && !frame->y.shows)
    return g_strdup (frame->y.rug_negative
                         ? "No value is above 0, where a logarithmic axis begins"
                         : "All values are 0, which a logarithmic axis can't show");
  if (!frame->x.shows || !frame->y.shows)
    return g_strdup ("No data");
  return NULL;
}

static void
place_marks (Cell *cell)
{
  guint n_bars = 0;

  for (guint i = 0; i < cell->panel->marks->len; i++)
    n_bars += ((const IscMark *)g_ptr_array_index (cell->panel->marks, i))->kind == &isc_mark_bars;
  cell->pane.bars_as_steps = n_bars > 1;
  for (guint level = 0; level < ISC_N_MARK_LEVELS; level++)
    for (guint i = 0; i < cell->panel->marks->len; i++)
      {
        const IscMark *mark = g_ptr_array_index (cell->panel->marks, i);

        if (mark->kind->level == level)
          mark->kind->place (mark, &cell->pane);
      }
}

static void
place_cell (Composer *composer, Cell *cell)
{
  gboolean ticks = (composer->details & DETAIL_TICKS) != 0;
  g_autofree char *note = dup_note (cell);
  const IscFrame *frame = &cell->pane.frame;

  isc_axes_place_grid (&cell->pane, cell->y_ticks);
  place_marks (cell);
  isc_axes_place_x (&cell->pane, cell->x_ticks, ticks && cell->prints_x,
                    prints_x_title (composer, cell) ? cell->panel->axes[ISC_AXIS_X].label : NULL);
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

static void
compose_and_place (Composer *composer)
{
  /* Tried in this order until the plot is large enough. */
  static const guint left_out[N_DETAILS + 1] = {
    0,
    DETAIL_CAPTION,
    DETAIL_CAPTION | DETAIL_SUBTITLE,
    DETAIL_CAPTION | DETAIL_SUBTITLE | DETAIL_LEGEND,
    DETAIL_CAPTION | DETAIL_SUBTITLE | DETAIL_LEGEND | DETAIL_AXIS_TITLES,
    DETAIL_CAPTION | DETAIL_SUBTITLE | DETAIL_LEGEND | DETAIL_AXIS_TITLES | DETAIL_TITLE,
    DETAIL_CAPTION | DETAIL_SUBTITLE | DETAIL_LEGEND | DETAIL_AXIS_TITLES | DETAIL_TITLE
        | DETAIL_TICKS,
    (1 << N_DETAILS) - 1,
  };

  for (guint i = 0; i <= N_DETAILS; i++)
    if (compose (composer, ((1 << N_DETAILS) - 1) & ~left_out[i]))
      break;

  place_words (composer);
  place_legend (composer);
  for (guint i = 0; i < composer->n_cells; i++)
    {
      place_cell (composer, &composer->cells[i]);
      g_array_append_val (composer->layout->frames, composer->cells[i].pane.frame);
    }
}

IscItem *
isc_layout_add_item (IscLayout *layout, IscItemKind kind, const char *part, int panel)
{
  IscItem item = {
    .kind = kind,
    .part = part,
    .panel = panel,
    .color = ISC_INK,
    .opacity = 1.0,
    .width = 1.0,
    .points = g_array_new (FALSE, FALSE, sizeof (IscPoint)),
  };

  g_array_append_val (layout->items, item);
  return &g_array_index (layout->items, IscItem, layout->items->len - 1);
}

IscItem *
isc_layout_add_text (IscLayout *layout,
                     const char *part,
                     int panel,
                     IscFont font,
                     int color,
                     const char *text,
                     double width,
                     double x,
                     double y)
{
  IscItem *item = isc_layout_add_item (layout, ISC_ITEM_TEXT, part, panel);

  item->font = font;
  item->color = color;
  item->text = g_strdup (text);
  item->width = width;
  isc_item_add_point (item, x, y);
  return item;
}

void
isc_item_add_point (IscItem *item, double x, double y)
{
  IscPoint point = { x, y };

  g_array_append_val (item->points, point);
}

IscLayout *
isc_layout_new (IscFigure *figure, const IscTheme *theme, double width, double height)
{
  g_autoptr (IscLegend) legend = NULL;
  g_autoptr (IscTypesetter) typesetter = NULL;
  IscLayout *layout;
  Composer composer = { 0 };

  g_return_val_if_fail (figure != NULL, NULL);
  g_return_val_if_fail (theme != NULL, NULL);

  layout = g_new0 (IscLayout, 1);
  g_atomic_ref_count_init (&layout->ref_count);
  layout->figure = isc_figure_ref (figure);
  layout->theme = *theme;
  layout->theme.family = g_intern_string (theme->family);
  layout->width = isfinite (width) ? MAX (width, 1.0) : 1.0;
  layout->height = isfinite (height) ? MAX (height, 1.0) : 1.0;
  layout->frames = g_array_new (FALSE, FALSE, sizeof (IscFrame));
  layout->items = g_array_new (FALSE, FALSE, sizeof (IscItem));
  g_array_set_clear_func (layout->items, clear_item);

  typesetter = isc_typesetter_new (layout->theme.family);
  legend = isc_legend_new (figure);
  composer.layout = layout;
  composer.figure = figure;
  composer.typesetter = typesetter;
  composer.legend = legend;
  composer.n_cells = figure->panels->len;
  composer.cells = g_new0 (Cell, composer.n_cells);
  for (guint i = 0; i < composer.n_cells; i++)
    {
      composer.cells[i].panel = g_ptr_array_index (figure->panels, i);
      composer.cells[i].pane
          = (IscPane){ .layout = layout, .typesetter = typesetter, .index = (int)i };
    }
  arrange_cells (&composer);
  measure_data (&composer);
  compose_and_place (&composer);

  clear_text (&composer);
  for (guint i = 0; i < composer.n_cells; i++)
    {
      g_array_unref (composer.cells[i].x_ticks);
      g_array_unref (composer.cells[i].y_ticks);
    }
  g_free (composer.cells);
  return layout;
}

IscLayout *
isc_layout_ref (IscLayout *layout)
{
  g_return_val_if_fail (layout != NULL, NULL);

  g_atomic_ref_count_inc (&layout->ref_count);
  return layout;
}

void
isc_layout_unref (IscLayout *layout)
{
  g_return_if_fail (layout != NULL);

  if (!g_atomic_ref_count_dec (&layout->ref_count))
    return;
  g_array_unref (layout->items);
  g_array_unref (layout->frames);
  isc_figure_unref (layout->figure);
  g_free (layout);
}
