/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/training-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/data-probe.h"
#include "app/experiment-panel.h"
#include "app/training-job.h"
#include "app/run-table.h"
#include "app/settings.h"
#include "app/transport.h"
#include "engine/comparison.h"
#include "experiment/check.h"
#include "experiment/json.h"
#include "experiment/problem.h"

/* Runs from which on their table scrolls. */
#define SCROLLED_RUNS 6

struct _IscTrainingPage
{
  AdwBin parent_instance;

  GtkWidget *flap;
  GtkWidget *panel;
  GtkWidget *figures;
  GtkWidget *transport;
  GtkWidget *table;
  GtkWidget *table_scroller;
  GtkWidget *comparison;

  IscDocument *document;
  IscTrainingJob *job;
  IscDataProbe *probe;
  IscResult *result;
  gboolean fits;
  /* Whether its data are known not to be what it needs. */
  gboolean failed;
  gboolean running;
  /* Where it is going while it runs, G_MAXSIZE for the end. */
  gsize target;
  /* What the job was made of: another weights section does not disturb a run. */
  char *trained;
};

enum
{
  PROP_LINK_STEPS = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

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
  static const char *const others[]
      = { "weights", "bins", "range", "stat", "bandwidth", "kernel", "title", NULL };

  return isc_experiment_to_json_without (experiment, others);
}

static void
update_controls (IscTrainingPage *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "training.play", self->fits);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "training.step", self->fits && !self->running);
  /* On while it is on its way to a step: a button that is off for a moment loses the focus. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "training.advance",
                                 self->fits && !(self->running && self->target == G_MAXSIZE));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "training.reset", self->fits);
}

static void
show_progress (IscTrainingPage *self)
{
  isc_transport_show (ISC_TRANSPORT (self->transport), self->result, self->running, self->target);
  isc_run_table_set_result (ISC_RUN_TABLE (self->table), experiment_of (self), self->result,
                            self->running);
}

/* Which scheme was first, once the runs have come to rest.  Its line is there before, so that
 * nothing moves when it comes. */
static void
show_comparison (IscTrainingPage *self)
{
  g_autofree char *text = NULL;

  if (self->result && !self->running)
    {
      g_autoptr (IscComparison) comparison = isc_comparison_new (self->result, NAN);

      text = isc_comparison_describe (comparison);
    }
  gtk_label_set_text (GTK_LABEL (self->comparison), text ? text : "");
}

static void
update_cb (IscResult *result,
           IscFigure *const *figures,
           const GError *error,
           gboolean idle,
           gpointer owner)
{
  IscTrainingPage *self = owner;
  g_autofree char *gaps = isc_training_job_dup_gaps (self->job);

  if (result)
    {
      g_clear_pointer (&self->result, isc_result_unref);
      self->result = isc_result_ref (result);
      isc_training_figures_show (ISC_TRAINING_FIGURES (self->figures), result, figures);
    }
  if (idle)
    self->running = FALSE;
  show_progress (self);
  show_comparison (self);
  update_controls (self);
  isc_experiment_panel_show_error (ISC_EXPERIMENT_PANEL (self->panel),
                                   error ? error->message : NULL);
  isc_experiment_panel_show_gaps (ISC_EXPERIMENT_PANEL (self->panel), gaps);
  if (error)
    isc_transport_show_error (ISC_TRANSPORT (self->transport), error->message);
}

static void
set_views (IscTrainingPage *self)
{
  const IscView *views[ISC_N_TRAINING_FIGURES];
  IscViewOptions options[ISC_N_TRAINING_FIGURES];

  isc_training_figures_get_views (ISC_TRAINING_FIGURES (self->figures), views, options);
  if (self->job)
    isc_training_job_set_views (self->job, views, options);
  /* Between runs nobody makes figures, so a new choice is drawn here. */
  if (self->result && !self->running)
    isc_training_figures_draw (ISC_TRAINING_FIGURES (self->figures));
}

/* An empty place says what to do about it. */
static void
show_nothing_yet (IscTrainingPage *self)
{
  const char *words = self->fits && !self->failed
                          ? _ ("Press Play, or the space bar, to train")
                          : _ ("What does not fit together is marked in the sidebar");

  isc_training_figures_say (ISC_TRAINING_FIGURES (self->figures), words);
}

void
isc_training_page_reset (IscTrainingPage *self)
{
  g_clear_pointer (&self->job, isc_training_job_free);
  g_clear_pointer (&self->result, isc_result_unref);
  self->running = FALSE;
  if (self->fits)
    {
      g_autoptr (GSettings) settings = isc_settings_new ();
      int n_threads = 0;

      isc_settings_get (settings, "threads", "i", &n_threads);
      self->job = isc_training_job_new (experiment_of (self), (guint)n_threads, update_cb,
                                        G_OBJECT (self));
      set_views (self);
    }
  show_nothing_yet (self);
  show_progress (self);
  show_comparison (self);
  update_controls (self);
}

static void
set_going (IscTrainingPage *self, gsize target)
{
  self->running = TRUE;
  self->target = target;
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
      show_progress (self);
      update_controls (self);
    }
  else
    {
      if (self->result && isc_result_is_finished (self->result))
        isc_training_page_reset (self);
      set_views (self);
      isc_training_job_advance (self->job, G_MAXSIZE);
      set_going (self, G_MAXSIZE);
    }
}

void
isc_training_page_step (IscTrainingPage *self)
{
  if (!self->fits || self->running)
    return;
  set_views (self);
  isc_training_job_advance_by (self->job, 1);
}

void
isc_training_page_seek (IscTrainingPage *self, gsize step)
{
  gsize position = isc_transport_get_position (ISC_TRANSPORT (self->transport));

  if (!self->fits || !self->result || (step == position && !self->running))
    return;
  set_views (self);
  if (step > position)
    isc_training_job_advance (self->job, step);
  else
    isc_training_job_rewind (self->job, step);
  set_going (self, step);
}

void
isc_training_page_train_to (IscTrainingPage *self, gsize step)
{
  gsize position = isc_transport_get_position (ISC_TRANSPORT (self->transport));
  gboolean over = self->result && isc_result_is_finished (self->result);

  if (!self->fits
      || (self->result && !self->running && (step == position || (over && step > position))))
    return;
  set_views (self);
  if (self->result && step < position)
    isc_training_job_rewind (self->job, step);
  else
    isc_training_job_advance (self->job, step);
  set_going (self, step);
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

/* So many steps more, also than those it is still to make. */
static void
advance_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IscTrainingPage *self = ISC_TRAINING_PAGE (widget);
  gsize n_steps = (gsize)g_variant_get_uint64 (parameter);

  if (!self->fits || (self->running && self->target == G_MAXSIZE))
    return;
  set_views (self);
  if (self->running)
    {
      isc_training_job_advance (self->job, self->target + n_steps);
      set_going (self, self->target + n_steps);
    }
  else
    {
      isc_training_job_advance_by (self->job, n_steps);
      set_going (self, isc_transport_get_position (ISC_TRANSPORT (self->transport)) + n_steps);
    }
}

static void
seek_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  isc_training_page_seek (ISC_TRAINING_PAGE (widget), (gsize)g_variant_get_uint64 (parameter));
}

/* One step back from where it is, or from where it is going. */
static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IscTrainingPage *self = ISC_TRAINING_PAGE (widget);
  gsize step = self->running && self->target != G_MAXSIZE
                   ? self->target
                   : isc_transport_get_position (ISC_TRANSPORT (self->transport));

  if (step > 0)
    isc_training_page_seek (self, step - 1);
}

static void
reset_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  isc_training_page_reset (ISC_TRAINING_PAGE (widget));
}

static void
chosen_cb (IscTrainingPage *self)
{
  if (!self->document)
    return;
  set_views (self);
  if (!self->result)
    show_nothing_yet (self);
}

/* What does not fit together can't be trained; the Weights page's own problems don't matter here.
 */
static gboolean
can_train (IscExperiment *experiment)
{
  g_autoptr (GPtrArray) problems = isc_experiment_check (experiment);

  for (guint i = 0; i < problems->len; i++)
    {
      const IscProblem *problem = problems->pdata[i];

      if (!g_str_has_prefix (problem->path, "weights"))
        return FALSE;
    }
  return TRUE;
}

/* Few runs are seen whole; many scroll, so that they leave the figures room. */
static void
fit_table (IscTrainingPage *self, IscExperiment *experiment)
{
  guint n = isc_experiment_get_n_inits (experiment) * isc_experiment_get_n_seeds (experiment);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->table_scroller), GTK_POLICY_AUTOMATIC,
                                  n > SCROLLED_RUNS ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
}

static void
changed_cb (IscTrainingPage *self)
{
  IscExperiment *experiment = experiment_of (self);
  g_autofree char *text = training_text (experiment);

  self->fits = can_train (experiment);
  if (g_strcmp0 (text, self->trained) == 0)
    return;
  self->failed = FALSE;
  g_free (self->trained);
  self->trained = g_steal_pointer (&text);
  isc_training_figures_set_runs (ISC_TRAINING_FIGURES (self->figures), experiment);
  fit_table (self, experiment);
  isc_training_page_reset (self);
  isc_data_probe_request (self->probe, self->fits ? experiment : NULL);
}

static void
probed_cb (IscTrainingPage *self, const char *error, const char *gaps)
{
  /* Training tells the same, of the same data. */
  if (self->running || self->result)
    return;
  self->failed = error != NULL;
  isc_experiment_panel_show_error (ISC_EXPERIMENT_PANEL (self->panel), error);
  isc_experiment_panel_show_gaps (ISC_EXPERIMENT_PANEL (self->panel), gaps);
  show_nothing_yet (self);
}

/* Keys that no entry or button wanted. */
static gboolean
key_cb (IscTrainingPage *self, guint key, guint code, GdkModifierType state)
{
  switch (key)
    {
    case GDK_KEY_space:
      isc_training_page_toggle (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_period:
      isc_training_page_step (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_comma:
      gtk_widget_activate_action (GTK_WIDGET (self), "training.back", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      /* Alone it is pressed by chance, and a long run is gone. */
      if (!(state & GDK_CONTROL_MASK))
        return GDK_EVENT_PROPAGATE;
      isc_training_page_seek (self, 0);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
isc_training_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_LINK_STEPS)
    g_value_set_boolean (value, isc_training_figures_get_linked (
                                    isc_training_page_get_figures (ISC_TRAINING_PAGE (object))));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
isc_training_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  IscTrainingPage *self = ISC_TRAINING_PAGE (object);
  gboolean active = g_value_get_boolean (value);

  if (id != PROP_LINK_STEPS)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  else if (active != isc_training_figures_get_linked (ISC_TRAINING_FIGURES (self->figures)))
    {
      isc_training_figures_set_linked (ISC_TRAINING_FIGURES (self->figures), active);
      g_object_notify_by_pspec (object, spec);
    }
}

static void
isc_training_page_dispose (GObject *object)
{
  IscTrainingPage *self = ISC_TRAINING_PAGE (object);

  g_clear_pointer (&self->job, isc_training_job_free);
  g_clear_object (&self->probe);
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

  G_OBJECT_CLASS (klass)->get_property = isc_training_page_get_property;
  G_OBJECT_CLASS (klass)->set_property = isc_training_page_set_property;
  G_OBJECT_CLASS (klass)->dispose = isc_training_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_training_page_finalize;
  g_type_ensure (ISC_TYPE_EXPERIMENT_PANEL);
  g_type_ensure (ISC_TYPE_TRAINING_FIGURES);
  g_type_ensure (ISC_TYPE_RUN_TABLE);
  g_type_ensure (ISC_TYPE_TRANSPORT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ISC_RESOURCE_BASE "/ui/training-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, flap);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, panel);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, figures);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, transport);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, table);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, table_scroller);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingPage, comparison);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
  gtk_widget_class_install_action (widget_class, "training.play", NULL, play_action);
  gtk_widget_class_install_action (widget_class, "training.step", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "training.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "training.advance", "t", advance_action);
  gtk_widget_class_install_action (widget_class, "training.seek", "t", seek_action);
  gtk_widget_class_install_action (widget_class, "training.reset", NULL, reset_action);
  /* Whether both figures show the same steps. */
  properties[PROP_LINK_STEPS]
      = g_param_spec_boolean ("link-steps", NULL, NULL, TRUE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPERTIES, properties);
  gtk_widget_class_install_property_action (widget_class, "training.link-steps", "link-steps");
}

static void
isc_training_page_init (IscTrainingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->probe = isc_data_probe_new ();
  g_signal_connect_object (self->probe, "probed", G_CALLBACK (probed_cb), self, G_CONNECT_SWAPPED);
}

void
isc_training_page_set_document (IscTrainingPage *self, IscDocument *document)
{
  g_return_if_fail (ISC_IS_TRAINING_PAGE (self) && !self->document);

  self->document = g_object_ref (document);
  isc_experiment_panel_set_document (ISC_EXPERIMENT_PANEL (self->panel), document);
  g_signal_connect_object (document, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

IscTrainingFigures *
isc_training_page_get_figures (IscTrainingPage *self)
{
  return ISC_TRAINING_FIGURES (self->figures);
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

GtkWidget *
isc_training_page_find (IscTrainingPage *self, const char *name)
{
  if (g_str_equal (name, "transport"))
    return self->transport;
  if (g_str_equal (name, "runs"))
    return self->table_scroller;
  if (g_str_equal (name, "comparison"))
    return self->comparison;
  if (g_str_equal (name, "figure-menu"))
    return isc_training_figures_get_menu (ISC_TRAINING_FIGURES (self->figures));
  return NULL;
}
