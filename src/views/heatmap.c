/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The weights as a picture: a row for each index of the first dimension, a column for each of all
 * others. */

#include <math.h>

#include "base/number-text.h"
#include "views/entries.h"
#include "views/images.h"
#include "views/views.h"

/* Cells are square where the picture then fills most of its room. */
#define LONGEST_SIDE 2

/* From so many cells a side on, a dot may stand for several. */
#define MANY 256

/* Whether rows are the outputs of a layer and columns its inputs, which is better said than their
 * dimensions. */
static gboolean
is_of_linear (const IscWeightEntry *entry, const IscExperiment *experiment)
{
  GPtrArray *modules = isc_experiment_get_weights_modules (experiment);

  return !isc_entry_is_given (entry) && modules->len == 1
         && isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_LAYER
         && g_str_equal (isc_call_get_name (modules->pdata[0]), "Linear");
}

static void
name_axes (IscPanel *panel, const IscShape *shape, gboolean of_linear)
{
  g_autofree char *columns = shape->n_dims > 2
                                 ? g_strdup_printf ("dimensions 1 to %u", shape->n_dims - 1)
                             : shape->n_dims < 2 ? g_strdup ("index")
                                                 : g_strdup (of_linear ? "input" : "dimension 1");

  isc_panel_set_axis (panel, ISC_AXIS_X, columns, ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y,
                      shape->n_dims < 2 ? NULL
                      : of_linear       ? "output"
                                        : "dimension 0",
                      ISC_SCALE_LINEAR);
  isc_panel_set_integer (panel, ISC_AXIS_X, TRUE);
  isc_panel_set_integer (panel, ISC_AXIS_Y, TRUE);
  isc_panel_set_reversed (panel, ISC_AXIS_Y, TRUE);
}

static void
fill_panel (IscPanel *panel, const IscWeightEntry *entry, gboolean of_linear, double most)
{
  gsize rows = isc_entry_get_rows (entry), n = isc_tensor_get_count (entry->tensor);
  IscImage image = {
    .tensor = entry->tensor, .rows = rows, .columns = n / MAX (rows, 1), .low = -most, .high = most
  };

  image.x0 = image.y0 = -0.5;
  image.x1 = (double)image.columns - 0.5;
  image.y1 = (double)rows - 0.5;
  name_axes (panel, isc_tensor_get_shape (entry->tensor), of_linear);
  if (MAX (image.columns, rows) / LONGEST_SIDE <= MIN (image.columns, rows))
    isc_panel_set_aspect (panel, 1.0);
  /* One row has no number worth a tick. */
  if (rows == 1)
    isc_panel_set_categories (panel, ISC_AXIS_Y, (const double[]){ 0.0 },
                              (const char *const[]){ "" }, 1);
  isc_panel_set_color_label (panel, isc_entry_get_noun (entry));
  isc_panel_add_image (panel, &image);
}

static IscFigure *
make (IscWeights *weights, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  g_autoptr (IscEntries) entries = isc_entries_new (weights, options->tensor, ISC_ENTRIES_MOST);
  guint n = isc_entries_get_n (entries);
  g_autofree char *range = NULL;
  g_autoptr (GString) how = g_string_new (NULL);
  gboolean many = FALSE;

  if (!isc_entries_head (entries, figure, options, "Heat map", NULL))
    return figure;
  for (guint i = 0; i < n; i++)
    {
      const IscWeightEntry *entry = isc_entries_get (entries, i);
      IscPanel *panel = isc_figure_add_panel (figure);
      g_autofree char *note = isc_entry_note (entry);
      gsize rows = isc_entry_get_rows (entry), count = isc_tensor_get_count (entry->tensor);

      if (count == 0)
        {
          isc_entries_panel_title (entries, i, panel, NULL);
          isc_panel_set_note (panel, note);
          continue;
        }
      isc_images_note (entries, i, panel, note);
      fill_panel (panel, entry, is_of_linear (entry, isc_weights_get_experiment (weights)),
                  isc_images_range (entry));
      many |= rows > MANY || count / rows > MANY;
    }
  range = isc_images_range_in_words (entries);
  if (range)
    g_string_append (how, range);
  if (many)
    g_string_append_printf (how, "%sa dot of several weights shows the largest in magnitude",
                            how->len > 0 ? " · " : "");
  if (n > 1)
    g_string_append_printf (how, "%seach picture has its own colours", how->len > 0 ? " · " : "");
  isc_entries_caption (entries, figure, options, how->str);
  return figure;
}

const IscView isc_view_heatmap = {
  .id = "heatmap",
  .label = N_ ("Heat map"),
  .summary = N_ ("The weight matrix as a picture."),
  .of_weights = make,
};
