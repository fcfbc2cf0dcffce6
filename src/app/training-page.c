/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/training-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/call-group.h"
#include "app/field-row.h"
#include "app/job.h"
#include "app/list-group.h"
#include "app/plot-view.h"
#include "app/run-table.h"
#include "base/number-text.h"
#include "experiment/check.h"
#include "experiment/edit.h"
#include "experiment/json.h"
#include "experiment/problem.h"

/* Fields of one line each, in the order of the sidebar. */
static const struct
{
  const char *path;
  const char *title;
  const char *help;
} fields[] = {
  { "batch_size", N_ ("Batch size"), N_ ("Examples a step; null for the full batch.") },
  { "epochs", N_ ("Epochs"), N_ ("Passes over the training examples.") },
  { "seeds", N_ ("Seeds"), N_ ("Every scheme is trained once with each: 0, 1, 2.") },
  { "clip_grad_norm", N_ ("Clip gradient norm"),
    N_ ("The largest total gradient norm of a step; null for none.") },
};

/* What the lower figure can be. */
static const struct
{
  const char *view;
  gboolean by_parameter;
} lower_views[]
    = { { "gradient-norms", FALSE }, { "gradient-norms", TRUE }, { "accuracy", FALSE } };

struct _IscTrainingPage
{
  AdwBin parent_instance;

  GtkWidget *flap;
  GtkWidget *sidebar;
  GtkWidget *upper;
  GtkWidget *lower;
  GtkWidget *chooser;
  GtkWidget *of_run;
  GtkWidget *play;
  GtkWidget *status;
  GtkWidget *progress;
  GtkWidget *table;

  GtkWidget *data;
  GtkWidget *network;
  GtkWidget *inits;
  GtkWidget *loss;
  GtkWidget *optimizer;
  GtkWidget *rows[G_N_ELEMENTS (fields)];

  IscDocument *document;
  IscTrainingJob *job;
  IscResult *result;
  gboolean fits;
  gboolean running;
  gboolean updating;
  /* What the job was made of: another weights section does not disturb a run. */
  char *trained;
};

G_DEFINE_FINAL_TYPE (IscTrainingPage, isc_training_page, ADW_TYPE_BIN)

static IscExperiment *
experiment_of (IscTrainingPage *self)
{
  return isc_document_get_experiment (self->document);
}

/* The part of the document that training depends on. */
static char *
training_text (IscExperiment *experiment)
{
  g_autoptr (IscExperiment) without = isc_experiment_ref (experiment);
  static const char *const paths[] = { "weights", "bins", "bandwidth", "title" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      IscExperiment *less = isc_experiment_edit (without, paths[i], NULL, NULL);

      if (!less)
        continue;
      isc_experiment_unref (without);
      without = less;
    }
  return isc_experiment_to_json (without);
}

static void
update_controls (IscTrainingPage *self)
{
  gtk_button_set_icon_name (GTK_BUTTON (self->play), self->running
                                                         ? "media-playback-pause-symbolic"
                                                         : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play,
                               self->running ? _ ("Pause (Space)") : _ ("Play (Space)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->running ? _ ("Pause") : _ ("Play"), -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "training.play", self->fits);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "training.step", self->fits && !self->running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "training.reset", self->fits);
}

static void
show_progress (IscTrainingPage *self)
{
  gsize done = 0;
  gsize planned = 0;
  gsize furthest = 0;
  double seconds = 0.0;
  guint n = self->result ? isc_result_get_n_runs (self->result) : 0;
  guint n_diverged = 0;
  g_autofree char *step = NULL;
  g_autofree char *speed = NULL;
  g_autofree char *text = NULL;
  const char *state;

  for (guint i = 0; i < n; i++)
    {
      const IscRunResult *run = isc_result_get_run (self->result, i);

      done += run->n_steps;
      planned += run->state == ISC_RUN_DIVERGED ? run->n_steps : run->planned_steps;
      furthest = MAX (furthest, run->n_steps);
      seconds += run->seconds;
      n_diverged += run->state == ISC_RUN_DIVERGED;
    }
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 planned ? (double)done / (double)planned : 0.0);
  state = self->running                           ? _ ("Running")
          : n == 0 || done == 0                   ? _ ("Ready")
          : isc_result_is_finished (self->result) ? _ ("Finished")
                                                  : _ ("Paused");
  step = isc_count_to_label (furthest);
  speed = isc_count_to_label (seconds > 0.0 ? (guint64)((double)done / seconds) : 0);
  text = done > 0 ? g_strdup_printf (_ ("%s · step %s · %s steps/s a core"), state, step, speed)
                  : g_strdup (state);
  if (n_diverged > 0)
    {
      g_autofree char *more
          = g_strdup_printf (ngettext ("%s · %u run diverged", "%s · %u runs diverged", n_diverged),
                             text, n_diverged);

      gtk_label_set_text (GTK_LABEL (self->status), more);
    }
  else
    gtk_label_set_text (GTK_LABEL (self->status), text);
  isc_run_table_set_result (ISC_RUN_TABLE (self->table), self->result);
}

static void
update_cb (IscResult *result,
           IscFigure *const *figures,
           const GError *error,
           gboolean idle,
           gpointer owner)
{
  IscTrainingPage *self = owner;

  if (result)
    {
      g_clear_pointer (&self->result, isc_result_unref);
      self->result = isc_result_ref (result);
      isc_plot_view_set_figure (ISC_PLOT_VIEW (self->upper), figures[0]);
      isc_plot_view_set_figure (ISC_PLOT_VIEW (self->lower), figures[1]);
    }
  if (idle)
    self->running = FALSE;
  show_progress (self);
  update_controls (self);
  if (error)
    gtk_label_set_text (GTK_LABEL (self->status), error->message);
}

/* The two views as they are chosen now. */
static IscViewOptions
chosen_views (IscTrainingPage *self, const IscView *views[ISC_TRAINING_FIGURES])
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser));
  guint of_run = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->of_run));
  IscViewOptions options = isc_view_options_default;

  if (selected >= G_N_ELEMENTS (lower_views))
    selected = 0;
  views[0] = isc_views_find ("loss", NULL);
  views[1] = isc_views_find (lower_views[selected].view, NULL);
  options.compact = TRUE;
  options.by_parameter = lower_views[selected].by_parameter;
  options.run = of_run == GTK_INVALID_LIST_POSITION ? 0 : of_run;
  return options;
}

static void
set_views (IscTrainingPage *self)
{
  const IscView *views[ISC_TRAINING_FIGURES];
  IscViewOptions options = chosen_views (self, views);

  gtk_widget_set_visible (self->of_run, options.by_parameter);
  if (self->job)
    isc_training_job_set_views (self->job, views, &options);
  /* Between runs nobody makes figures, so a new choice is drawn here. */
  if (self->result && !self->running)
    {
      g_autoptr (IscFigure) figure = views[1]->of_result (self->result, &options);

      isc_plot_view_set_figure (ISC_PLOT_VIEW (self->lower), figure);
    }
}

static void
list_runs (IscTrainingPage *self)
{
  IscExperiment *experiment = experiment_of (self);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    gtk_string_list_append (list, isc_experiment_get_init_label (experiment, i));
  self->updating = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->of_run), G_LIST_MODEL (list));
  self->updating = FALSE;
}

static void
show_nothing_yet (IscTrainingPage *self)
{
  const IscView *views[ISC_TRAINING_FIGURES];
  IscViewOptions options = chosen_views (self, views);
  g_autoptr (IscResult) none
      = isc_result_new_take (experiment_of (self), g_new0 (IscRunResult, 1), 0);
  g_autoptr (IscFigure) upper = views[0]->of_result (none, &options);
  g_autoptr (IscFigure) lower = views[1]->of_result (none, &options);

  isc_plot_view_set_figure (ISC_PLOT_VIEW (self->upper), upper);
  isc_plot_view_set_figure (ISC_PLOT_VIEW (self->lower), lower);
}

void
isc_training_page_reset (IscTrainingPage *self)
{
  g_clear_pointer (&self->job, isc_training_job_free);
  g_clear_pointer (&self->result, isc_result_unref);
  self->running = FALSE;
  if (self->fits)
    {
      self->job = isc_training_job_new (experiment_of (self), update_cb, G_OBJECT (self));
      set_views (self);
    }
  show_nothing_yet (self);
  show_progress (self);
  update_controls (self);
}

void
isc_training_page_toggle (IscTrainingPage *self)
{
  if (!self->fits)
    return;
  if (self->running)
    {
      isc_training_job_pause (self->job);
      self->running = FALSE;
    }
  else
    {
      if (self->result && isc_result_is_finished (self->result))
        isc_training_page_reset (self);
      set_views (self);
      isc_training_job_advance (self->job, G_MAXSIZE);
      self->running = TRUE;
    }
  show_progress (self);
  update_controls (self);
}

void
isc_training_page_step (IscTrainingPage *self)
{
  gsize furthest = 0;

  if (!self->fits || self->running)
    return;
  for (guint i = 0; self->result && i < isc_result_get_n_runs (self->result); i++)
    furthest = MAX (furthest, isc_result_get_run (self->result, i)->n_steps);
  set_views (self);
  isc_training_job_advance (self->job, furthest + 1);
}

static void
play_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  isc_training_page_toggle (ISC_TRAINING_PAGE (widget));
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  isc_training_page_step (ISC_TRAINING_PAGE (widget));
}

static void
reset_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  isc_training_page_reset (ISC_TRAINING_PAGE (widget));
}

static void
chosen_cb (IscTrainingPage *self)
{
  if (!self->updating && self->document)
    set_views (self);
}

/* A message without the path that the row at fault stands for. */
static const char *
without_path (const char *message, const char *path)
{
  gsize length = strlen (path);

  return strncmp (message, path, length) == 0 && g_str_has_prefix (message + length, ": ")
             ? message + length + 2
             : message;
}

static void
call_edited (IscTrainingPage *self,
             GtkWidget *group,
             const char *path,
             const char *text,
             const char *gesture)
{
  g_autoptr (GError) error = NULL;

  if (!isc_document_edit (self->document, path, text, gesture, &error))
    isc_call_group_set_error (ISC_CALL_GROUP (group), without_path (error->message, path));
}

static void
data_edited_cb (GtkWidget *group, const char *text, const char *gesture, IscTrainingPage *self)
{
  call_edited (self, group, "data", text, gesture);
}

static void
loss_edited_cb (GtkWidget *group, const char *text, const char *gesture, IscTrainingPage *self)
{
  call_edited (self, group, "loss", text, gesture);
}

static void
optimizer_edited_cb (GtkWidget *group, const char *text, const char *gesture, IscTrainingPage *self)
{
  call_edited (self, group, "optimizer", text, gesture);
}

static void
edit_element (
    IscTrainingPage *self, GtkWidget *group, const char *path, guint index, const char *value)
{
  g_autoptr (GError) error = NULL;

  if (!isc_document_edit (self->document, path, value, NULL, &error))
    isc_list_group_set_error (ISC_LIST_GROUP (group), index, without_path (error->message, path));
}

static void
module_edited_cb (GtkWidget *group, guint index, const char *text, IscTrainingPage *self)
{
  g_autofree char *path = g_strdup_printf ("network[%u]", index);

  edit_element (self, group, path, index, text);
}

static void
module_removed_cb (GtkWidget *group, guint index, IscTrainingPage *self)
{
  g_autofree char *path = g_strdup_printf ("network[%u]", index);

  edit_element (self, group, path, index, NULL);
}

/* One module is added; a pasted model takes the network's place. */
static void
module_added_cb (GtkWidget *group, const char *text, IscTrainingPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = isc_call_parse_list (text, &error);
  gboolean whole = calls && (calls->len > 1 || strstr (text, "Sequential"));
  guint n = isc_experiment_get_n_modules (experiment_of (self));

  if (!calls
      || !(whole ? isc_document_edit (self->document, "network", text, NULL, &error)
                 : isc_document_insert (self->document, "network", n, text, &error)))
    isc_list_group_set_error (ISC_LIST_GROUP (group), G_MAXUINT, error->message);
}

static void
init_edited_cb (GtkWidget *group, guint index, const char *text, IscTrainingPage *self)
{
  g_autofree char *path = g_strdup_printf ("inits[%u].weight", index);

  edit_element (self, group, path, index, *text ? text : NULL);
}

static void
init_removed_cb (GtkWidget *group, guint index, IscTrainingPage *self)
{
  g_autofree char *path = g_strdup_printf ("inits[%u]", index);

  edit_element (self, group, path, index, NULL);
}

static void
init_added_cb (GtkWidget *group, const char *text, IscTrainingPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  g_autofree char *spelled = call ? isc_call_to_text (call) : NULL;
  g_autofree char *escaped = spelled ? g_strescape (spelled, NULL) : NULL;
  g_autofree char *entry
      = g_strdup_printf ("{\"label\": \"%s\", \"weight\": \"%s\", \"bias\": \"zeros_()\"}", escaped,
                         escaped);
  guint n = isc_experiment_get_n_inits (experiment_of (self));

  if (!call || !isc_document_insert (self->document, "inits", n, entry, &error))
    isc_list_group_set_error (ISC_LIST_GROUP (group), G_MAXUINT, error->message);
}

static void
field_apply_cb (GtkWidget *row, const char *text, IscTrainingPage *self)
{
  const char *path = g_object_get_data (G_OBJECT (row), "path");
  gboolean none = g_str_equal (text, "") || g_str_equal (text, "none");
  g_autoptr (GError) error = NULL;

  if (!isc_document_edit (self->document, path, none ? "null" : text, path, &error))
    isc_field_row_set_error (ISC_FIELD_ROW (row), without_path (error->message, path));
}

static char *
field_text (IscExperiment *experiment, const char *path)
{
  if (g_str_equal (path, "batch_size"))
    return isc_experiment_get_batch_size (experiment)
               ? g_strdup_printf ("%" G_GINT64_FORMAT, isc_experiment_get_batch_size (experiment))
               : g_strdup ("null");
  if (g_str_equal (path, "epochs"))
    return isc_experiment_get_epochs (experiment)
               ? g_strdup_printf ("%" G_GINT64_FORMAT, isc_experiment_get_epochs (experiment))
               : g_strdup ("");
  if (g_str_equal (path, "clip_grad_norm"))
    return isc_experiment_get_clip_grad_norm (experiment) > 0.0
               ? isc_number_to_text (isc_experiment_get_clip_grad_norm (experiment))
               : g_strdup ("null");
  {
    GString *seeds = g_string_new (NULL);

    for (guint i = 0; i < isc_experiment_get_n_seeds (experiment); i++)
      g_string_append_printf (seeds, "%s%" G_GUINT64_FORMAT, i ? ", " : "",
                              isc_experiment_get_seed (experiment, i));
    return g_string_free (seeds, FALSE);
  }
}

static void
show_network (IscTrainingPage *self, IscExperiment *experiment)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < isc_experiment_get_n_modules (experiment); i++)
    {
      g_ptr_array_add (titles, g_strdup_printf ("%u", i));
      g_ptr_array_add (texts, isc_call_to_text (isc_experiment_get_module (experiment, i)));
    }
  g_ptr_array_add (titles, NULL);
  g_ptr_array_add (texts, NULL);
  isc_list_group_set_items (ISC_LIST_GROUP (self->network), (const char *const *)titles->pdata,
                            (const char *const *)texts->pdata, FALSE);
}

static void
show_inits (IscTrainingPage *self, IscExperiment *experiment)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    {
      char *text = isc_experiment_get_init_text (experiment, i, FALSE);

      g_ptr_array_add (titles,
                       g_markup_escape_text (isc_experiment_get_init_label (experiment, i), -1));
      g_ptr_array_add (texts, text ? text : g_strdup (""));
    }
  g_ptr_array_add (titles, NULL);
  g_ptr_array_add (texts, NULL);
  isc_list_group_set_items (ISC_LIST_GROUP (self->inits), (const char *const *)titles->pdata,
                            (const char *const *)texts->pdata, TRUE);
}

/* Each problem goes to the control at fault. */
static void
show_problems (IscTrainingPage *self, GPtrArray *problems)
{
  self->fits = TRUE;
  isc_call_group_set_error (ISC_CALL_GROUP (self->data), isc_problems_find (problems, "data"));
  isc_call_group_set_error (ISC_CALL_GROUP (self->loss), isc_problems_find (problems, "loss"));
  isc_call_group_set_error (ISC_CALL_GROUP (self->optimizer),
                            isc_problems_find (problems, "optimizer"));
  for (guint i = 0; i < problems->len; i++)
    {
      const IscProblem *problem = problems->pdata[i];
      gboolean network = g_str_has_prefix (problem->path, "network");
      gboolean inits = g_str_has_prefix (problem->path, "inits");
      const char *open = strchr (problem->path, '[');

      if (!g_str_has_prefix (problem->path, "weights"))
        self->fits = FALSE;
      if (network || inits)
        isc_list_group_set_error (ISC_LIST_GROUP (network ? self->network : self->inits),
                                  open ? (guint)g_ascii_strtoull (open + 1, NULL, 10) : G_MAXUINT,
                                  problem->message);
    }
}

static void
changed_cb (IscTrainingPage *self)
{
  IscExperiment *experiment = experiment_of (self);
  g_autoptr (GPtrArray) problems = isc_experiment_check (experiment);
  g_autofree char *text = training_text (experiment);

  isc_call_group_set_call (ISC_CALL_GROUP (self->data), isc_experiment_get_data (experiment));
  isc_call_group_set_call (ISC_CALL_GROUP (self->loss), isc_experiment_get_loss (experiment));
  isc_call_group_set_call (ISC_CALL_GROUP (self->optimizer),
                           isc_experiment_get_optimizer (experiment));
  show_network (self, experiment);
  show_inits (self, experiment);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value = field_text (experiment, fields[i].path);

      isc_field_row_set_text (ISC_FIELD_ROW (self->rows[i]), value);
    }
  show_problems (self, problems);
  if (g_strcmp0 (text, self->trained) == 0)
    return;
  g_free (self->trained);
  self->trained = g_steal_pointer (&text);
  list_runs (self);
  isc_training_page_reset (self);
}

static void
build_sidebar (IscTrainingPage *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  self->inits = isc_list_group_new (_ ("Schemes"), _ ("Add"),
                                    _ ("A scheme, as in kaiming_normal_(nonlinearity='relu')."),
                                    "orthogonal_()");
  self->data = isc_call_group_new (ISC_KIND_DATASET, _ ("Data"), NULL);
  self->network
      = isc_list_group_new (_ ("Network"), _ ("Add"),
                            _ ("A module, as in Linear(10, 3), or a pasted nn.Sequential(...)."),
                            "Linear(10, 3)");
  self->loss = isc_call_group_new (ISC_KIND_LOSS, _ ("Loss"), NULL);
  self->optimizer = isc_call_group_new (ISC_KIND_OPTIMIZER, _ ("Optimizer"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      self->rows[i] = isc_field_row_new (_ (fields[i].title), _ (fields[i].help));
      isc_field_row_set_width (ISC_FIELD_ROW (self->rows[i]), 10);
      g_object_set_data (G_OBJECT (self->rows[i]), "path", (gpointer)fields[i].path);
      g_signal_connect (self->rows[i], "apply", G_CALLBACK (field_apply_cb), self);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->rows[i]);
    }

  g_signal_connect (self->data, "edited", G_CALLBACK (data_edited_cb), self);
  g_signal_connect (self->loss, "edited", G_CALLBACK (loss_edited_cb), self);
  g_signal_connect (self->optimizer, "edited", G_CALLBACK (optimizer_edited_cb), self);
  g_signal_connect (self->network, "edited", G_CALLBACK (module_edited_cb), self);
  g_signal_connect (self->network, "removed", G_CALLBACK (module_removed_cb), self);
  g_signal_connect (self->network, "added", G_CALLBACK (module_added_cb), self);
  g_signal_connect (self->inits, "edited", G_CALLBACK (init_edited_cb), self);
  g_signal_connect (self->inits, "removed", G_CALLBACK (init_removed_cb), self);
  g_signal_connect (self->inits, "added", G_CALLBACK (init_added_cb), self);

  gtk_box_append (GTK_BOX (self->sidebar), self->inits);
  gtk_box_append (GTK_BOX (self->sidebar), self->data);
  gtk_box_append (GTK_BOX (self->sidebar), self->network);
  gtk_box_append (GTK_BOX (self->sidebar), self->optimizer);
  gtk_box_append (GTK_BOX (self->sidebar), self->loss);
  gtk_box_append (GTK_BOX (self->sidebar), group);
}

/* Space that no entry or button wanted. */
static gboolean
key_cb (IscTrainingPage *self, guint key)
{
  if (key != GDK_KEY_space)
    return GDK_EVENT_PROPAGATE;
  isc_training_page_toggle (self);
  return GDK_EVENT_STOP;
}

static void
isc_training_page_dispose (GObject *object)
{
  IscTrainingPage *self = ISC_TRAINING_PAGE (object);

  g_clear_pointer (&self->job, isc_training_job_free);
  g_clear_pointer (&self->result, isc_result_unref);
  g_clear_object (&self->document);
  /* The bin lets go of its child before the template does: each would unparent it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ISC_TYPE_TRAINING_PAGE);
  G_OBJECT_CLASS (isc_training_page_parent_class)->dispose (object);
}

static void
isc_training_page_finalize (GObject *object)
{
  g_free (ISC_TRAINING_PAGE (object)->trained);
  G_OBJECT_CLASS (isc_training_page_parent_class)->finalize (object);
}

static void
isc_training_page_class_init (IscTrainingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_training_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_training_page_finalize;
  g_type_ensure (ISC_TYPE_PLOT_VIEW);
  g_type_ensure (ISC_TYPE_RUN_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ISC_RESOURCE_BASE "/ui/training-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, flap);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, upper);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, lower);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, of_run);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, play);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, status);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, progress);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, table);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_install_action (widget_class, "training.play", NULL, play_action);
  gtk_widget_class_install_action (widget_class, "training.step", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "training.reset", NULL, reset_action);
}

static void
isc_training_page_init (IscTrainingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  build_sidebar (self);
}

void
isc_training_page_set_document (IscTrainingPage *self, IscDocument *document)
{
  g_return_if_fail (ISC_IS_TRAINING_PAGE (self) && !self->document);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

IscFigure *
isc_training_page_make_figure (IscTrainingPage *self, guint index)
{
  const IscView *views[ISC_TRAINING_FIGURES];
  IscViewOptions options = chosen_views (self, views);

  g_return_val_if_fail (index < ISC_TRAINING_FIGURES, NULL);

  options.compact = FALSE;
  return self->result ? views[index]->of_result (self->result, &options) : NULL;
}

AdwFlap *
isc_training_page_get_flap (IscTrainingPage *self)
{
  return ADW_FLAP (self->flap);
}

IscResult *
isc_training_page_get_result (IscTrainingPage *self)
{
  return self->result;
}

gboolean
isc_training_page_is_running (IscTrainingPage *self)
{
  return self->running;
}
