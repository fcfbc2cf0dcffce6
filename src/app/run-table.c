/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/run-table.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/series-dot.h"
#include "base/number-text.h"
#include "engine/verdict.h"

#define N_COLUMNS 8

/* More runs than this would push the figures out of the window. */
#define MAX_ROWS 12

/* The columns that others name. */
enum
{
  STATE = 6,
  DIAGNOSIS = 7,
};

struct _IscRunTable
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkWidget *more;
  /* The cells, N_COLUMNS a run, a dot and labels, made when there are more runs than ever before.
   */
  GPtrArray *cells;
};

G_DEFINE_FINAL_TYPE (IscRunTable, isc_run_table, GTK_TYPE_WIDGET)

static void
isc_run_table_dispose (GObject *object)
{
  IscRunTable *self = ISC_RUN_TABLE (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  G_OBJECT_CLASS (isc_run_table_parent_class)->dispose (object);
}

static void
isc_run_table_class_init (IscRunTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = isc_run_table_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_label (const char *text, gboolean number, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), number ? 1.0f : 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           number ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
isc_run_table_init (IscRunTable *self)
{
  const char *const headings[N_COLUMNS] = { "",
                                            _ ("scheme"),
                                            _ ("loss"),
                                            _ ("accuracy"),
                                            _ ("first gradient"),
                                            _ ("last gradient"),
                                            _ ("state"),
                                            _ ("diagnosis") };

  self->cells = g_ptr_array_new ();
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 16);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 2);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  for (int i = 0; i < N_COLUMNS; i++)
    {
      GtkWidget *label = make_label (headings[i], i > 1 && i < 6, "dim-label");

      gtk_widget_add_css_class (label, "caption");
      /* What is left over goes to the labels. */
      gtk_widget_set_hexpand (label, i == 1);
      if (i == 1)
        /* A long name is cut in its middle, but never to nothing. */
        gtk_label_set_width_chars (GTK_LABEL (label), 14);
      if (i == DIAGNOSIS)
        {
          gtk_widget_set_hexpand (label, TRUE);
          gtk_label_set_width_chars (GTK_LABEL (label), 12);
        }
      gtk_grid_attach (GTK_GRID (self->grid), label, i, 0, 1, 1);
    }
  self->more = make_label ("", FALSE, "dim-label");
  gtk_grid_attach (GTK_GRID (self->grid), self->more, 1, MAX_ROWS + 1, N_COLUMNS - 1, 1);
}

static void
ensure_rows (IscRunTable *self, guint n)
{
  for (guint row = self->cells->len / N_COLUMNS; row < n; row++)
    for (int i = 0; i < N_COLUMNS; i++)
      {
        GtkWidget *label
            = i == 0 ? isc_series_dot_new () : make_label ("", i > 1 && i < 6, "numeric");

        /* Of a sentence the beginning counts, of a name both ends, of all else every letter. */
        if (i > 1)
          gtk_label_set_ellipsize (GTK_LABEL (label),
                                   i == DIAGNOSIS ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
        gtk_grid_attach (GTK_GRID (self->grid), label, i, (int)row + 1, 1, 1);
        g_ptr_array_add (self->cells, label);
      }
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_set_visible (self->cells->pdata[i], i / N_COLUMNS < n);
}

static void
show_more (IscRunTable *self, guint n)
{
  g_autofree char *text = g_strdup_printf (ngettext ("and %u more run, in the figures",
                                                     "and %u more runs, in the figures", n),
                                           n);

  gtk_label_set_text (GTK_LABEL (self->more), text);
  gtk_widget_set_visible (self->more, n > 0);
}

static void
set_cell (IscRunTable *self, guint row, guint column, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->cells->pdata[row * N_COLUMNS + column]), text);
}

/* The worst verdict in its cell, all of them with what to try where the pointer rests. */
static void
show_verdicts (IscRunTable *self, guint row, const IscResult *result, guint index)
{
  GtkWidget *cell = self->cells->pdata[row * N_COLUMNS + DIAGNOSIS];
  g_autoptr (GPtrArray) verdicts = isc_verdicts_new (result, index);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < verdicts->len; i++)
    {
      const IscVerdict *one = verdicts->pdata[i];

      g_string_append_printf (all, "%s%s%s%s", i ? "\n" : "", one->text, one->advice ? " " : "",
                              one->advice ? one->advice : "");
    }
  gtk_label_set_text (GTK_LABEL (cell),
                      verdicts->len ? ((const IscVerdict *)verdicts->pdata[0])->text : "–");
  gtk_widget_set_tooltip_text (cell, all->len ? all->str : NULL);
}

static char *
label_of (const char *label, guint64 seed, gboolean several_seeds)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, seed);

  /* Translators: the name of a scheme, and the seed of its run */
  return several_seeds ? g_strdup_printf (_ ("%s, seed %s"), label, number) : g_strdup (label);
}

static void
show_run (
    IscRunTable *self, guint row, const IscResult *result, gboolean several_seeds, gboolean moving)
{
  const IscRunResult *run = isc_result_get_run (result, row);
  g_autofree char *label = label_of (run->label, run->seed, several_seeds);
  g_autofree char *loss = isc_number_to_label (run->final_loss, 4);
  g_autofree char *diverged_at = g_strdup_printf ("%" G_GINT64_FORMAT, run->diverged_at + 1);
  g_autofree char *accuracy
      = isnan (run->accuracy) ? g_strdup ("–") : g_strdup_printf ("%.1f %%", 100.0 * run->accuracy);
  g_autofree char *state = run->diverged_at >= 0
                               ? g_strdup_printf (_ ("diverged, step %s"), diverged_at)
                           : run->state == ISC_RUN_RUNNING && !moving
                               ? g_strdup (_ ("paused"))
                               : g_strdup (_ (isc_run_state_get_name (run->state)));
  guint n = isc_trace_get_n_parameters (run->trace);

  isc_series_dot_set_index (ISC_SERIES_DOT (self->cells->pdata[row * N_COLUMNS]), run->init);
  set_cell (self, row, 1, label);
  set_cell (self, row, 2, run->n_steps ? loss : "–");
  set_cell (self, row, 3, accuracy);
  set_cell (self, row, 4, "–");
  set_cell (self, row, 5, "–");
  if (run->n_rows > 0 && n > 0)
    {
      /* The last layer's weight, not its bias. */
      guint last = n - 1;
      g_autofree char *first_norm = NULL;
      g_autofree char *last_norm = NULL;

      if (last > 0 && g_str_has_suffix (isc_trace_get_name (run->trace, last), ".bias"))
        last--;
      first_norm = isc_number_to_label ((double)isc_trace_get (run->trace, run->n_rows - 1,
                                                               ISC_TRACE_PARAMETERS),
                                        3);
      last_norm = isc_number_to_label ((double)isc_trace_get (run->trace, run->n_rows - 1,
                                                              ISC_TRACE_PARAMETERS + last),
                                       3);
      set_cell (self, row, 4, first_norm);
      set_cell (self, row, 5, last_norm);
    }
  set_cell (self, row, STATE, state);
  show_verdicts (self, row, result, row);
}

/* What there will be: the rows stand before the first step, so that nothing moves when it comes. */
static void
show_waiting (IscRunTable *self, IscExperiment *experiment, guint n)
{
  guint n_inits = isc_experiment_get_n_inits (experiment);
  guint n_seeds = isc_experiment_get_n_seeds (experiment);

  for (guint row = 0; row < n; row++)
    {
      guint init = row % n_inits;
      g_autofree char *label
          = label_of (isc_experiment_get_init_label (experiment, init),
                      isc_experiment_get_seed (experiment, row / n_inits), n_seeds > 1);

      isc_series_dot_set_index (ISC_SERIES_DOT (self->cells->pdata[row * N_COLUMNS]), init);
      set_cell (self, row, 1, label);
      for (guint column = 2; column < N_COLUMNS; column++)
        set_cell (self, row, column, "–");
      gtk_widget_set_tooltip_text (self->cells->pdata[row * N_COLUMNS + DIAGNOSIS], NULL);
      set_cell (self, row, STATE, _ (isc_run_state_get_name (ISC_RUN_WAITING)));
    }
}

void
isc_run_table_set_result (IscRunTable *self,
                          IscExperiment *experiment,
                          IscResult *result,
                          gboolean moving)
{
  guint n_runs
      = result ? isc_result_get_n_runs (result)
               : isc_experiment_get_n_inits (experiment) * isc_experiment_get_n_seeds (experiment);
  guint n = MIN (MAX_ROWS, n_runs);

  g_return_if_fail (ISC_IS_RUN_TABLE (self));

  ensure_rows (self, n);
  show_more (self, n_runs - n);
  if (!result)
    show_waiting (self, experiment, n);
  for (guint i = 0; result && i < n; i++)
    show_run (self, i, result, isc_experiment_get_n_seeds (experiment) > 1, moving);
}
