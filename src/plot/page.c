/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plot/composer.h"

#include <math.h>

#include "plot/axes.h"
#include "plot/endlabels.h"

#define MARGIN 16.0
#define NARROW_MARGIN 8.0

/* A side shorter than this has the narrow margin. */
#define NARROW 420.0

/* Rows of a legend above the plot; more of them stand at the right. */
#define MAX_LEGEND_ROWS 3

/* What a plot area should at least measure before anything is left out for it, in type sizes. */
#define LEAST_WIDTH 6.0
#define LEAST_HEIGHT 4.5

/* ... without numbers, which have nothing to tell then. */
#define LEAST_BARE_HEIGHT 2.0

/* Where there is little room a caption is this much smaller, but never under 7 points. */
#define SMALL_CAPTION 0.8
#define SMALLEST_TYPE (7.0 * 4.0 / 3.0)

/* 11 points: what a screen needs. */
#define READABLE_TYPE (11.0 * 4.0 / 3.0)

/* Details that are left out before type becomes smaller. */
#define N_DISPENSABLE 3

/* What parts the items of a caption. */
#define ITEM_BREAK " · "
#define NO_BREAK_SPACE "\302\240"
#define WORD_JOINER "\342\201\240"

static char **
wrap (IscComposer *composer, IscDetail detail, const char *text, IscFont font, guint max_lines)
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

/* Lines of a subtitle or a caption end between its items, which dots part, unless an item is longer
 * than a line.
 */
static char **
wrap_items (
    IscComposer *composer, IscDetail detail, const char *text, IscFont font, guint max_lines)
{
  double measure = composer->layout->width - 2.0 * composer->margin;
  g_auto (GStrv) items = g_strsplit (text != NULL ? text : "", ITEM_BREAK, -1);
  g_autofree char *bound = NULL;
  char **lines;

  for (char **item = items; *item != NULL; item++)
    {
      if (isc_typesetter_width (composer->typesetter, font, *item) < measure - 2.0 * font.size)
        {
          replace_all (item, " ", NO_BREAK_SPACE);
          replace_all (item, "–", WORD_JOINER "–" WORD_JOINER);
        }
    }
  bound = g_strjoinv (ITEM_BREAK, items);
  replace_all (&bound, ITEM_BREAK, NO_BREAK_SPACE "· ");
  lines = wrap (composer, detail, text != NULL ? bound : NULL, font, max_lines);
  for (char **line = lines; *line != NULL; line++)
    {
      replace_all (line, NO_BREAK_SPACE, " ");
      replace_all (line, WORD_JOINER, "");
      replace_all (line, " ·…", " …");
    }
  return lines;
}

static void
set_words (IscComposer *composer)
{
  const IscTheme *theme = &composer->layout->theme;
  const IscFigure *figure = composer->figure;
  guint most = composer->details & ISC_DETAIL_ROOMY ? 2 : 1;
  double caption_lines;

  isc_page_clear (composer);
  composer->title = wrap (composer, ISC_DETAIL_TITLE, figure->title,
                          (IscFont){ theme->title_size, TRUE }, most);
  composer->subtitle = wrap_items (composer, ISC_DETAIL_SUBTITLE, figure->subtitle,
                                   (IscFont){ theme->text_size, FALSE }, most);
  composer->caption_size = theme->caption_size;
  if (!(composer->details & ISC_DETAIL_ROOMY))
    composer->caption_size
        = MIN (theme->caption_size, MAX (SMALL_CAPTION * theme->caption_size, SMALLEST_TYPE));
  caption_lines = floor (0.2 * composer->layout->height / (ISC_LINE * composer->caption_size));
  if (!(composer->details & ISC_DETAIL_WHOLE_CAPTION))
    caption_lines = 1.0;
  composer->caption = wrap_items (composer, ISC_DETAIL_CAPTION, figure->caption,
                                  (IscFont){ composer->caption_size, FALSE },
                                  (guint)CLAMP (caption_lines, 1.0, 6.0));
}

static double
words_height (const IscComposer *composer)
{
  const IscTheme *theme = &composer->layout->theme;
  double height = g_strv_length (composer->title) * ISC_LINE * theme->title_size
                  + g_strv_length (composer->subtitle) * ISC_LINE * theme->text_size;

  return height > 0.0 ? height + ISC_GAP : 0.0;
}

static void
set_content (IscComposer *composer)
{
  double top = composer->margin + words_height (composer);

  composer->content.x = composer->margin;
  composer->content.width = MAX (composer->layout->width - 2.0 * composer->margin, 1.0);
  composer->content.y = top;
  composer->content.height
      = composer->layout->height - composer->margin - isc_page_caption_height (composer) - top;
}

/* Names at the ends of the curves if they can stand there, else a legend above the plot, else at
 * its right. */
static void
set_legend (IscComposer *composer)
{
  const IscTheme *theme = &composer->layout->theme;
  IscRectangle *content = &composer->content;
  double height;

  composer->end_labels = FALSE;
  composer->legend_column = FALSE;
  composer->legend_area = (IscRectangle){ 0 };
  if (!(composer->details & ISC_DETAIL_LEGEND) || isc_legend_get_n_entries (composer->legend) == 0)
    return;

  if (composer->n_cells == 1)
    {
      /* Decided where all data are seen: names must not come and go while a person moves in them.
       */
      IscPane home = composer->cells[0].pane;

      isc_grid_divide_rows (composer);
      home.frame.area = composer->cells[0].pane.frame.area;
      home.frame.x = composer->cells[0].home[ISC_AXIS_X];
      home.frame.y = composer->cells[0].home[ISC_AXIS_Y];
      composer->end_labels
          = isc_end_labels_measure (&home, composer->cells[0].panel, 0.28 * content->width,
                                    &composer->legend_width);
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
      content->y += height + ISC_GAP;
      content->height -= height + ISC_GAP;
      return;
    }
  composer->legend_column = TRUE;
  composer->legend_width = isc_legend_get_column_width (composer->legend, composer->layout,
                                                        composer->typesetter, 0.3 * content->width);
  composer->legend_area = (IscRectangle){ content->x + content->width - composer->legend_width,
                                          content->y, composer->legend_width, content->height };
  content->width -= composer->legend_width + 2.0 * ISC_GAP;
}

/* Returns: whether the plot areas are as large as they should at least be. */
static gboolean
compose (IscComposer *composer, guint details)
{
  const IscTheme *theme = &composer->layout->theme;
  double smaller = MIN (composer->layout->width, composer->layout->height), overhang, gap;
  double least = details & ISC_DETAIL_TICKS ? LEAST_HEIGHT : LEAST_BARE_HEIGHT;

  composer->details = details;
  composer->margin
      = details & ISC_DETAIL_MARGIN ? (smaller < NARROW ? NARROW_MARGIN : MARGIN) : 0.0;
  set_words (composer);
  set_content (composer);
  set_legend (composer);
  isc_grid_divide_rows (composer);
  isc_grid_fit_y_ticks (composer);
  composer->indent = 0.0;
  isc_grid_divide_columns (composer, 0.0, ISC_PANEL_GAP);
  isc_grid_fit_x_ticks (composer, &overhang, &gap);
  if (composer->end_labels)
    overhang = 0.0;
  if (overhang > 0.0 || composer->indent > 0.0 || (composer->columns > 1 && gap > ISC_PANEL_GAP))
    {
      isc_grid_divide_columns (composer, overhang, gap);
      isc_grid_fit_x_ticks (composer, &overhang, &gap);
    }
  for (guint i = 0; i < composer->n_cells; i++)
    {
      const IscRectangle *area = &composer->cells[i].pane.frame.area;

      if (area->width < LEAST_WIDTH * theme->text_size || area->height < least * theme->text_size)
        return FALSE;
    }
  return TRUE;
}

/* Type that is larger than a screen needs becomes smaller before names are left out for it. */
static void
set_type (IscTheme *theme, const IscTheme *full, double scale)
{
  double least
      = full->text_size < READABLE_TYPE ? MIN (full->text_size, SMALLEST_TYPE) : READABLE_TYPE;

  theme->text_size = MAX (scale * full->text_size, least);
  theme->title_size = full->title_size * theme->text_size / full->text_size;
  theme->caption_size = MAX (full->caption_size * theme->text_size / full->text_size,
                             MIN (full->caption_size, SMALLEST_TYPE));
}

void
isc_page_compose (IscComposer *composer)
{
  static const double scales[] = { 1.0, 0.85, 0.7, 0.55 };
  IscTheme *theme = &composer->layout->theme, full = *theme;
  gboolean done = FALSE;

  /* One detail less each time until the plot is large enough. */
  for (guint j = 0; j < G_N_ELEMENTS (scales) && !done; j++)
    {
      double before = j > 0 ? theme->text_size : 0.0;

      set_type (theme, &full, scales[j]);
      if (theme->text_size == before)
        break;
      for (guint i = 0; i <= N_DISPENSABLE && !done; i++)
        done = compose (composer, (1 << ISC_N_DETAILS) - (1 << i));
    }
  for (guint i = N_DISPENSABLE + 1; i <= ISC_N_DETAILS && !done; i++)
    done = compose (composer, (1 << ISC_N_DETAILS) - (1 << i));
  isc_grid_apply_aspects (composer);
}

double
isc_page_caption_height (const IscComposer *composer)
{
  guint n = g_strv_length (composer->caption);

  return n > 0 ? n * ISC_LINE * composer->caption_size + ISC_GAP : 0.0;
}

void
isc_page_clear (IscComposer *composer)
{
  g_clear_pointer (&composer->title, g_strfreev);
  g_clear_pointer (&composer->subtitle, g_strfreev);
  g_clear_pointer (&composer->caption, g_strfreev);
}
