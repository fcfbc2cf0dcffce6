/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/experiment-panel.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/call-group.h"
#include "app/init-list.h"
#include "app/network-list.h"
#include "app/training-group.h"
#include "experiment/check.h"
#include "experiment/problem.h"

struct _IscExperimentPanel
{
  GtkBox parent_instance;

  GtkWidget *data;
  GtkWidget *network;
  GtkWidget *inits;
  GtkWidget *loss;
  GtkWidget *optimizer;
  GtkWidget *schedule;
  GtkWidget *training;

  IscDocument *document;
  /* Whether the rows show an earlier experiment, and whether one shows why it could not be run. */
  gboolean stale;
  gboolean failed;
  /* What the data are said to lack. */
  char *gaps;
};

G_DEFINE_FINAL_TYPE (IscExperimentPanel, isc_experiment_panel, GTK_TYPE_BOX)

static IscExperiment *
experiment_of (IscExperimentPanel *self)
{
  return isc_document_get_experiment (self->document);
}

/* Each group of a call knows its field. */
static void
call_edited_cb (GtkWidget *group, const char *text, const char *gesture, IscExperimentPanel *self)
{
  const char *path = g_object_get_data (G_OBJECT (group), "path");
  g_autoptr (GError) error = NULL;

  if (!isc_document_edit (self->document, path, *text ? text : "null", gesture, &error))
    isc_call_group_set_error (ISC_CALL_GROUP (group),
                              isc_problem_without_path (error->message, path));
}

static void
training_edited_cb (GtkWidget *group, const char *path, const char *value, IscExperimentPanel *self)
{
  g_autoptr (GError) error = NULL;

  if (!isc_document_edit (self->document, path, value, path, &error))
    isc_training_group_set_error (ISC_TRAINING_GROUP (group), path,
                                  isc_problem_without_path (error->message, path));
}

/* Shows a problem at the row of its line; what is at fault within a block, or below the line's own
 * text, is named in front. */
static void
show_at_row (GtkWidget *group, const IscProblem *problem)
{
  const char *open = strchr (problem->path, '[');
  const char *block = open ? strstr (open, "].f") : NULL;
  const char *within = !block && open ? strstr (open, "].bias") : block;
  g_autofree char *message = within ? g_strconcat (within + 2, ": ", problem->message, NULL)
                                    : g_strdup (problem->message);

  isc_list_group_set_error (ISC_LIST_GROUP (group),
                            open ? (guint)g_ascii_strtoull (open + 1, NULL, 10) : G_MAXUINT,
                            message);
}

/* Each problem goes to the control at fault. */
static void
show_problems (IscExperimentPanel *self, GPtrArray *problems)
{
  isc_call_group_set_error (ISC_CALL_GROUP (self->data), isc_problems_find (problems, "data"));
  isc_call_group_set_error (ISC_CALL_GROUP (self->loss), isc_problems_find (problems, "loss"));
  isc_call_group_set_error (ISC_CALL_GROUP (self->optimizer),
                            isc_problems_find (problems, "optimizer"));
  isc_call_group_set_error (ISC_CALL_GROUP (self->schedule),
                            isc_problems_find (problems, "schedule"));
  for (guint i = 0; i < problems->len; i++)
    {
      const IscProblem *problem = problems->pdata[i];
      gboolean network = g_str_has_prefix (problem->path, "network");
      gboolean inits = g_str_has_prefix (problem->path, "inits");

      if (network || inits)
        show_at_row (network ? self->network : self->inits, problem);
      isc_training_group_set_error (ISC_TRAINING_GROUP (self->training), problem->path,
                                    problem->message);
    }
}

static void
update (IscExperimentPanel *self)
{
  IscExperiment *experiment = experiment_of (self);
  g_autoptr (GPtrArray) problems = isc_experiment_check (experiment);

  self->stale = FALSE;
  self->failed = FALSE;
  isc_experiment_panel_show_gaps (self, NULL);
  isc_call_group_set_call (ISC_CALL_GROUP (self->data), isc_experiment_get_data (experiment));
  isc_call_group_set_call (ISC_CALL_GROUP (self->loss), isc_experiment_get_loss (experiment));
  isc_call_group_set_call (ISC_CALL_GROUP (self->optimizer),
                           isc_experiment_get_optimizer (experiment));
  isc_call_group_set_call (ISC_CALL_GROUP (self->schedule),
                           isc_experiment_get_schedule (experiment));
  isc_network_list_show (ISC_LIST_GROUP (self->network), experiment);
  isc_init_list_show (ISC_LIST_GROUP (self->inits), experiment);
  isc_training_group_set_experiment (ISC_TRAINING_GROUP (self->training), experiment);
  show_problems (self, problems);
}

/* Rows that nobody sees wait until somebody does: a drag on the other page changes them 60 times a
 * second. */
static void
changed_cb (IscExperimentPanel *self)
{
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

static void
isc_experiment_panel_map (GtkWidget *widget)
{
  IscExperimentPanel *self = ISC_EXPERIMENT_PANEL (widget);

  if (self->stale)
    update (self);
  GTK_WIDGET_CLASS (isc_experiment_panel_parent_class)->map (widget);
}

static GtkWidget *
make_call_group (
    IscExperimentPanel *self, IscKind kind, const char *path, const char *title, const char *none)
{
  GtkWidget *group = isc_call_group_new (kind, title, none);

  g_object_set_data (G_OBJECT (group), "path", (gpointer)path);
  g_signal_connect (group, "edited", G_CALLBACK (call_edited_cb), self);
  return group;
}

static void
isc_experiment_panel_dispose (GObject *object)
{
  g_clear_object (&ISC_EXPERIMENT_PANEL (object)->document);
  G_OBJECT_CLASS (isc_experiment_panel_parent_class)->dispose (object);
}

static void
isc_experiment_panel_finalize (GObject *object)
{
  g_free (ISC_EXPERIMENT_PANEL (object)->gaps);
  G_OBJECT_CLASS (isc_experiment_panel_parent_class)->finalize (object);
}

static void
isc_experiment_panel_class_init (IscExperimentPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = isc_experiment_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_experiment_panel_finalize;
  GTK_WIDGET_CLASS (klass)->map = isc_experiment_panel_map;
}

static void
isc_experiment_panel_init (IscExperimentPanel *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
  self->inits = isc_init_list_new ();
  self->data = make_call_group (self, ISC_KIND_DATASET, "data", _ ("Data"), NULL);
  self->network = isc_network_list_new ();
  self->loss = make_call_group (self, ISC_KIND_LOSS, "loss", _ ("Loss"), NULL);
  self->optimizer = make_call_group (self, ISC_KIND_OPTIMIZER, "optimizer", _ ("Optimizer"), NULL);
  self->schedule
      = make_call_group (self, ISC_KIND_SCHEDULE, "schedule", _ ("Learning rate"), _ ("Constant"));
  self->training = isc_training_group_new ();

  g_signal_connect (self->training, "edited", G_CALLBACK (training_edited_cb), self);

  gtk_box_append (GTK_BOX (self), self->inits);
  gtk_box_append (GTK_BOX (self), self->data);
  gtk_box_append (GTK_BOX (self), self->network);
  gtk_box_append (GTK_BOX (self), self->optimizer);
  gtk_box_append (GTK_BOX (self), self->schedule);
  gtk_box_append (GTK_BOX (self), self->loss);
  gtk_box_append (GTK_BOX (self), self->training);
}

void
isc_experiment_panel_set_document (IscExperimentPanel *self, IscDocument *document)
{
  g_return_if_fail (ISC_IS_EXPERIMENT_PANEL (self) && !self->document);

  self->document = g_object_ref (document);
  isc_init_list_attach (ISC_LIST_GROUP (self->inits), document);
  isc_network_list_attach (ISC_LIST_GROUP (self->network), document);
  g_signal_connect_object (document, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

void
isc_experiment_panel_show_error (IscExperimentPanel *self, const char *message)
{
  g_autoptr (GPtrArray) problems = isc_problems_new ();
  const char *colon = message ? strstr (message, ": ") : NULL;
  g_autofree char *path = colon ? g_strndup (message, (gsize)(colon - message)) : NULL;

  g_return_if_fail (ISC_IS_EXPERIMENT_PANEL (self));

  if (!message && !self->failed)
    return;
  self->failed = message != NULL;
  if (colon)
    isc_problems_add (problems, path, "%s", colon + 2);
  show_problems (self, problems);
}

void
isc_experiment_panel_show_gaps (IscExperimentPanel *self, const char *gaps)
{
  /* Translators: what may go wrong, as a sentence that begins in lower case */
  g_autofree char *note = gaps ? g_strdup_printf (_ ("Caution: %s."), gaps) : NULL;

  g_return_if_fail (ISC_IS_EXPERIMENT_PANEL (self));

  if (g_strcmp0 (gaps, self->gaps) == 0)
    return;
  g_free (self->gaps);
  self->gaps = g_strdup (gaps);
  isc_call_group_set_note (ISC_CALL_GROUP (self->data), note);
}

GtkWidget *
isc_experiment_panel_find (IscExperimentPanel *self, const char *path)
{
  const struct
  {
    const char *path;
    GtkWidget *widget;
  } controls[] = { { "inits", self->inits },         { "network", self->network },
                   { "data", self->data },           { "loss", self->loss },
                   { "optimizer", self->optimizer }, { "schedule", self->schedule } };

  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    if (g_str_equal (controls[i].path, path))
      return controls[i].widget;
  return isc_training_group_find (ISC_TRAINING_GROUP (self->training), path);
}
