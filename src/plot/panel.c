/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A panel of a figure: its axes and the marks on them. */
#include "plot/figure.h"

#include <math.h>
#include <string.h>

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

/* What it spans is asked at every layout, so it is found once. */
static void
measure_mark (IscMark *mark)
{
  mark->spans[ISC_AXIS_X] = mark->spans[ISC_AXIS_Y] = isc_extent_empty;
  mark->kind->extend (mark, &mark->spans[ISC_AXIS_X], &mark->spans[ISC_AXIS_Y]);
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
  measure_mark (mark);
}

static void
add_histogram (IscPanel *panel,
               const IscMarkKind *kind,
               const IscStyle *style,
               const char *label,
               const double *edges,
               const double *heights,
               gsize n_bars)
{
  IscMark *mark = add_mark (panel, kind, style, label);

  mark->x = n_bars > 0 ? copy (edges, n_bars + 1) : NULL;
  mark->y = copy (heights, n_bars);
  mark->n = n_bars;
  measure_mark (mark);
}

static int
compare_categories (gconstpointer a, gconstpointer b)
{
  double x = ((const IscCategory *)a)->at, y = ((const IscCategory *)b)->at;

  return (x > y) - (x < y);
}

static void
clear_category (gpointer data)
{
  g_free (((IscCategory *)data)->label);
}

/* The range of the finite cells; low > high if there are none. */
static void
measure_image (IscPicture *picture)
{
  const IscImage *image = &picture->image;
  const float *values = isc_tensor_get_data (image->tensor) + image->offset;
  gsize n = image->rows * image->columns, n_finite = 0;
  float low = INFINITY, high = -INFINITY;

  for (gsize i = 0; i < n; i++)
    {
      /* Written so that the compiler makes it branch-free: x - x is 0 for what is finite alone. */
      gboolean finite = values[i] - values[i] == 0.0f;

      low = finite && values[i] < low ? values[i] : low;
      high = finite && values[i] > high ? values[i] : high;
      n_finite += (gsize)finite;
    }
  picture->low = (double)low;
  picture->high = (double)high;
  picture->n_not_finite = n - n_finite;
}

void
isc_replace_text (char **field, const char *text)
{
  char *copy = dup_text (text);

  g_free (*field);
  *field = copy;
}

IscPanel *
isc_panel_new (void)
{
  IscPanel *panel = g_new0 (IscPanel, 1);

  panel->marks = g_ptr_array_new_with_free_func (isc_mark_free);
  return panel;
}

void
isc_panel_free (gpointer data)
{
  IscPanel *panel = data;

  g_free (panel->title);
  g_free (panel->note);
  g_free (panel->color_label);
  for (guint i = 0; i < G_N_ELEMENTS (panel->axes); i++)
    {
      g_free (panel->axes[i].label);
      g_clear_pointer (&panel->axes[i].categories, g_array_unref);
    }
  g_ptr_array_unref (panel->marks);
  g_free (panel);
}

void
isc_panel_set_title (IscPanel *panel, const char *title)
{
  g_return_if_fail (panel != NULL);

  isc_replace_text (&panel->title, title);
}

void
isc_panel_set_note (IscPanel *panel, const char *note)
{
  g_return_if_fail (panel != NULL);

  isc_replace_text (&panel->note, note);
}

void
isc_panel_set_axis (IscPanel *panel, IscAxisSide side, const char *label, IscScaleKind scale)
{
  g_return_if_fail (panel != NULL);
  g_return_if_fail (side <= ISC_AXIS_Y);
  g_return_if_fail (scale <= ISC_SCALE_SYMLOG);

  isc_replace_text (&panel->axes[side].label, label);
  panel->axes[side].scale = scale;
}

const char *
isc_panel_get_axis_label (const IscPanel *panel, IscAxisSide side)
{
  g_return_val_if_fail (panel != NULL && side <= ISC_AXIS_Y, NULL);
  return panel->axes[side].label;
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
isc_panel_set_integer (IscPanel *panel, IscAxisSide side, gboolean integer)
{
  g_return_if_fail (panel != NULL);
  g_return_if_fail (side <= ISC_AXIS_Y);

  panel->axes[side].integer = integer;
}

void
isc_panel_set_reversed (IscPanel *panel, IscAxisSide side, gboolean reversed)
{
  g_return_if_fail (panel != NULL);
  g_return_if_fail (side <= ISC_AXIS_Y);

  panel->axes[side].reversed = reversed;
}

void
isc_panel_set_categories (
    IscPanel *panel, IscAxisSide side, const double *positions, const char *const *labels, gsize n)
{
  GArray *categories = NULL;

  g_return_if_fail (panel != NULL);
  g_return_if_fail (side <= ISC_AXIS_Y);
  g_return_if_fail (n == 0 || (positions != NULL && labels != NULL));

  if (n > 0)
    {
      categories = g_array_new (FALSE, FALSE, sizeof (IscCategory));
      g_array_set_clear_func (categories, clear_category);
    }
  for (gsize i = 0; i < n; i++)
    {
      IscCategory category = { positions[i], NULL };

      isc_replace_text (&category.label, labels[i]);
      g_array_append_val (categories, category);
    }
  if (categories != NULL)
    g_array_sort (categories, compare_categories);
  g_clear_pointer (&panel->axes[side].categories, g_array_unref);
  panel->axes[side].categories = categories;
}

void
isc_panel_set_aspect (IscPanel *panel, double aspect)
{
  g_return_if_fail (panel != NULL);

  panel->aspect = aspect > 0.0 && isfinite (aspect) ? aspect : 0.0;
}

void
isc_panel_set_bare (IscPanel *panel, gboolean bare)
{
  g_return_if_fail (panel != NULL);

  panel->bare = bare;
}

void
isc_panel_set_color_label (IscPanel *panel, const char *label)
{
  g_return_if_fail (panel != NULL);

  isc_replace_text (&panel->color_label, label);
}

void
isc_panel_add_bars (IscPanel *panel,
                    const IscStyle *style,
                    const char *label,
                    const double *edges,
                    const double *heights,
                    gsize n_bars)
{
  g_return_if_fail (panel != NULL);
  g_return_if_fail (n_bars == 0 || (edges != NULL && heights != NULL));

  add_histogram (panel, &isc_mark_bars, style, label, edges, heights, n_bars);
}

void
isc_panel_add_steps (IscPanel *panel,
                     const IscStyle *style,
                     const char *label,
                     const double *edges,
                     const double *heights,
                     gsize n_bars)
{
  g_return_if_fail (panel != NULL);
  g_return_if_fail (n_bars == 0 || (edges != NULL && heights != NULL));

  add_histogram (panel, &isc_mark_steps, style, label, edges, heights, n_bars);
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
  measure_mark (mark);
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
  measure_mark (mark);
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

void
isc_panel_add_image (IscPanel *panel, const IscImage *image)
{
  static const IscStyle ink = { .color = ISC_INK };
  IscPicture *picture;
  IscMark *mark;
  gsize n;

  g_return_if_fail (panel != NULL);
  g_return_if_fail (image != NULL && image->tensor != NULL);
  n = isc_tensor_get_count (image->tensor);
  g_return_if_fail (image->rows > 0 && image->columns > 0 && image->offset <= n);
  g_return_if_fail (image->rows <= (n - image->offset) / image->columns);

  picture = g_new0 (IscPicture, 1);
  picture->image = *image;
  picture->image.tensor = isc_tensor_ref (image->tensor);
  picture->image.name = NULL;
  isc_replace_text (&picture->name, image->name);
  measure_image (picture);
  mark = add_mark (panel, &isc_mark_image, &ink,
                   picture->n_not_finite > 0 ? "NaN or infinite" : NULL);
  mark->picture = picture;
  measure_mark (mark);
}
