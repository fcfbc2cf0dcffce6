/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The gradient norm of every weight matrix over the steps, as a picture: a row a layer, the input's
 * first, log10 of the norm in colour.  Where signals vanish or explode with depth, the rows fade;
 * where training goes wrong, a column does. */

#include <math.h>

#include "base/number-text.h"
#include "experiment/json.h"
#include "views/parameters.h"
#include "views/shown.h"
#include "views/views.h"
#include "views/words.h"

/* From so many cells a side on, a dot may stand for several. */
#define MANY 128

/* Colours that span more than this many powers of ten tell nothing apart. */
#define MOST_DECADES 16.0

/* Norms of one run, rows of matrices by columns of steps. */
typedef struct
{
  const IscRunResult *run;
  GArray *matrices;
  IscTensor *cells;
  gsize n_columns;
  gsize n_not_finite;
  gsize n_zero;
  double low;
  double high;
} Map;

static void
map_clear (Map *map)
{
  g_clear_pointer (&map->matrices, g_array_unref);
  g_clear_pointer (&map->cells, isc_tensor_unref);
}

/* Takes @norm into a cell, which keeps the greatest; what is not finite is greater than anything.
 */
static void
take (float *cell, float norm)
{
  if (isnan (*cell) || norm <= *cell)
    return;
  *cell = isfinite (norm) ? norm : NAN;
}

static void
take_logarithms (Map *map, float *cells, gsize n)
{
  map->low = INFINITY;
  map->high = -INFINITY;
  for (gsize i = 0; i < n; i++)
    {
      map->n_not_finite += isnan (cells[i]);
      map->n_zero += cells[i] == 0.0f;
      cells[i] = log10f (cells[i]);
      if (isfinite (cells[i]))
        {
          map->low = fmin (map->low, (double)cells[i]);
          map->high = fmax (map->high, (double)cells[i]);
        }
    }
}

/* Returns: %FALSE if there is nothing to show, or no memory for it. */
static gboolean
map_init (Map *map, const IscRunResult *run)
{
  gsize span = isc_trace_get_span (run->trace);
  IscShape shape;
  float *cells;

  *map = (Map){ .run = run, .matrices = isc_parameters_get_matrices (run) };
  map->n_columns = (run->n_steps + span - 1) / span;
  if (map->matrices->len == 0 || map->n_columns == 0)
    return FALSE;
  shape = isc_shape (2, (gint64)map->matrices->len, (gint64)map->n_columns);
  map->cells = isc_tensor_new (NULL, &shape, NULL);
  if (!map->cells)
    return FALSE;
  cells = isc_tensor_edit_data (map->cells);
  for (guint i = 0; i < map->matrices->len; i++)
    {
      guint column = ISC_TRACE_PARAMETERS + g_array_index (map->matrices, guint, i);
      float *row = cells + i * map->n_columns;

      for (gsize j = 0; j < map->n_columns; j++)
        row[j] = -1.0f;
      for (gsize j = 0; j < run->n_rows; j++)
        {
          gsize at = isc_trace_get_step (run->trace, j) / span;

          take (&row[MIN (at, map->n_columns - 1)], (float)isc_trace_get (run->trace, j, column));
        }
      /* A bucket without a row, at the seam of thinned and raw ones, is like the one before. */
      for (gsize j = 1; j < map->n_columns; j++)
        row[j] = row[j] == -1.0f ? row[j - 1] : row[j];
    }
  take_logarithms (map, cells, map->matrices->len * map->n_columns);
  return TRUE;
}

/* Zeros have no logarithm: they are drawn at the lower end of the colours, and counted in words. */
static void
fill_panel (IscPanel *panel, const Map *map, double low, double high)
{
  gsize n = map->matrices->len;
  g_autofree double *positions = g_new (double, n);
  g_autofree const char **names = g_new (const char *, n);
  gsize span = isc_trace_get_span (map->run->trace);
  float *cells = isc_tensor_edit_data (map->cells);
  IscImage image = { .tensor = map->cells,
                     .rows = n,
                     .columns = map->n_columns,
                     .x0 = 0.5,
                     .x1 = 0.5 + (double)(map->n_columns * span),
                     .y0 = -0.5,
                     .y1 = (double)n - 0.5,
                     .map = ISC_MAP_SEQUENTIAL,
                     .low = low,
                     .high = high,
                     .pooling = ISC_POOL_GREATEST };

  for (gsize i = 0; i < n * map->n_columns; i++)
    if (cells[i] == -INFINITY)
      cells[i] = (float)low;
  for (gsize i = 0; i < n; i++)
    {
      positions[i] = (double)i;
      names[i] = isc_trace_get_name (map->run->trace, g_array_index (map->matrices, guint, i));
    }
  isc_panel_set_axis (panel, ISC_AXIS_X, "step", ISC_SCALE_LINEAR);
  isc_panel_set_integer (panel, ISC_AXIS_X, TRUE);
  isc_panel_set_axis (panel, ISC_AXIS_Y, NULL, ISC_SCALE_LINEAR);
  isc_panel_set_categories (panel, ISC_AXIS_Y, positions, names, n);
  isc_panel_set_reversed (panel, ISC_AXIS_Y, TRUE);
  isc_panel_set_color_label (panel, "log₁₀ norm");
  isc_panel_add_image (panel, &image);
}

/* The median over steps of a row, a power of ten. */
static double
summarize_row (const Map *map, gsize row)
{
  const float *cells = isc_tensor_get_data (map->cells) + row * map->n_columns;
  double sum = 0.0;
  gsize n = 0;

  for (gsize i = 0; i < map->n_columns; i++)
    if (isfinite (cells[i]))
      {
        sum += (double)cells[i];
        n++;
      }
  return n > 0 ? pow (10.0, sum / (double)n) : NAN;
}

static void
summarize (GString *text, const Map *map)
{
  gsize n = map->matrices->len;
  g_autofree char *first = isc_number_to_label (summarize_row (map, 0), 2);
  g_autofree char *last = isc_number_to_label (summarize_row (map, n - 1), 2);

  g_string_append_printf (text, " %s: typically %s in %s and %s in %s", map->run->label, first,
                          isc_trace_get_name (map->run->trace,
                                              g_array_index (map->matrices, guint, 0)),
                          last,
                          isc_trace_get_name (map->run->trace,
                                              g_array_index (map->matrices, guint, n - 1)));
  if (map->n_not_finite > 0)
    g_string_append_printf (text, ", %" G_GSIZE_FORMAT " not finite", map->n_not_finite);
  g_string_append_c (text, '.');
}

static char *
describe_cells (gsize span, gboolean many, gboolean cut, gsize n_zero, gsize n_cells)
{
  g_autofree char *bucket
      = span > 1 ? g_strdup_printf ("greatest of %" G_GSIZE_FORMAT " steps", span) : NULL;
  g_autofree char *count = isc_count_to_label (n_zero);
  g_autofree char *all = isc_count_to_label (n_cells);
  g_autofree char *zeros
      = n_zero > 0 ? g_strdup_printf ("%s of %s are 0 and have the lowest colour", count, all)
                   : NULL;
  g_autofree char *lowest
      = isc_words_join (zeros, cut ? "colours end 16 powers of ten below the greatest" : NULL,
                        NULL);

  return isc_words_join (bucket,
                         many ? "a dot of several steps or layers shows the greatest norm" : NULL,
                         lowest);
}

static IscFigure *
make (IscResult *result, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  g_autoptr (GArray) runs = isc_shown_get_runs (result, options);
  Map *maps = g_new0 (Map, runs->len + 1);
  g_autofree char *json = isc_experiment_to_json (isc_result_get_experiment (result));
  g_autofree char *subtitle
      = isc_shown_subtitle (result, runs, "log₁₀ gradient norm of each weight matrix");
  g_autofree char *caption = isc_words_run_caption (result);
  g_autofree char *left_out = isc_shown_describe_runs (result, runs);
  g_autofree char *cells = NULL, *whole_caption = NULL;
  g_autoptr (GString) text
      = g_string_new ("Gradient norm of each weight matrix over the steps, in colour.");
  double low = INFINITY, high = -INFINITY;
  gsize span = 1, n_zero = 0, n_cells = 0;
  gboolean many = FALSE, cut;

  isc_figure_set_experiment (figure, json);
  for (guint i = 0; i < runs->len; i++)
    {
      if (!map_init (&maps[i], isc_result_get_run (result, g_array_index (runs, guint, i))))
        continue;
      low = fmin (low, maps[i].low);
      high = fmax (high, maps[i].high);
      span = MAX (span, isc_trace_get_span (maps[i].run->trace));
      n_zero += maps[i].n_zero;
      many |= maps[i].n_columns > MANY || maps[i].matrices->len > MANY;
      n_cells += maps[i].matrices->len * maps[i].n_columns;
    }
  cut = low < high - MOST_DECADES;
  low = cut ? high - MOST_DECADES : low;
  /* One value alone has a colour too. */
  if (!(low < high))
    {
      low = isfinite (low) ? low - 0.5 : -1.0;
      high = low + 1.0;
    }
  for (guint i = 0; i < runs->len; i++)
    {
      IscPanel *panel = isc_figure_add_panel (figure);

      isc_shown_title (result, g_array_index (runs, guint, i), runs->len, panel);
      if (!maps[i].cells)
        isc_panel_set_note (panel, maps[i].n_columns > 0 ? "No layer has a matrix of weights"
                                                         : "No step has been trained yet");
      else
        {
          summarize (text, &maps[i]);
          fill_panel (panel, &maps[i], low, high);
        }
    }
  if (runs->len > 1)
    {
      isc_figure_set_shared (figure, ISC_AXIS_Y, TRUE);
      isc_figure_set_shared (figure, ISC_AXIS_X, TRUE);
    }
  cells = describe_cells (span, many, cut, n_zero, n_cells);
  whole_caption = isc_words_join (cells, left_out, caption);
  isc_words_head (figure, result, options, "Gradients by layer", subtitle, whole_caption);
  isc_figure_set_summary (figure, text->str);
  for (guint i = 0; i < runs->len; i++)
    map_clear (&maps[i]);
  g_free (maps);
  return figure;
}

const IscView isc_view_gradient_heatmap = {
  .id = "gradient-heatmap",
  .label = N_ ("Gradients by layer"),
  .summary = N_ ("The gradient norm of each weight matrix over the steps, in colour."),
  .traits = ISC_VIEW_OF_RUN,
  .of_result = make,
};
