/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/training-group.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/field-row.h"
#include "base/number-text.h"

static char *
integer_text (gint64 value)
{
  return value > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, value) : g_strdup ("");
}

static char *
bound_text (double value)
{
  return value > 0.0 ? isc_number_to_text (value) : g_strdup ("");
}

static char *
get_batch_size (const IscExperiment *experiment)
{
  return integer_text (isc_experiment_get_batch_size (experiment));
}

static char *
get_epochs (const IscExperiment *experiment)
{
  return integer_text (isc_experiment_get_epochs (experiment));
}

static char *
get_seeds (const IscExperiment *experiment)
{
  GString *seeds = g_string_new (NULL);

  for (guint i = 0; i < isc_experiment_get_n_seeds (experiment); i++)
    g_string_append_printf (seeds, "%s%" G_GUINT64_FORMAT, i ? ", " : "",
                            isc_experiment_get_seed (experiment, i));
  return g_string_free (seeds, FALSE);
}

static char *
get_clip_norm (const IscExperiment *experiment)
{
  return bound_text (isc_experiment_get_clip_grad_norm (experiment));
}

static char *
get_clip_value (const IscExperiment *experiment)
{
  return bound_text (isc_experiment_get_clip_grad_value (experiment));
}

static char *
get_target (const IscExperiment *experiment)
{
  double target = isc_experiment_get_target_loss (experiment);

  return isnan (target) ? g_strdup ("") : isc_number_to_text (target);
}

static char *
get_observe (const IscExperiment *experiment)
{
  gint64 every = isc_experiment_get_observe_every (experiment);

  return every < 0 ? g_strdup ("") : g_strdup_printf ("%" G_GINT64_FORMAT, every);
}

/* THE table: a row each, in the order of the sidebar; an empty one says what null stands for. */
static const struct
{
  const char *path;
  const char *title;
  const char *none;
  const char *help;
  char *(*get) (const IscExperiment *experiment);
} fields[] = {
  { "batch_size", N_ ("Batch size"), N_ ("all"), N_ ("Examples a step; empty for all of them."),
    get_batch_size },
  { "epochs", N_ ("Epochs"), NULL, N_ ("Passes over the training examples."), get_epochs },
  { "seeds", N_ ("Seeds"), NULL, N_ ("Every scheme is trained once with each: 0, 1, 2."),
    get_seeds },
  { "clip_grad_norm", N_ ("Clip gradient norm"), N_ ("off"),
    N_ ("The largest total gradient norm of a step; empty for none."), get_clip_norm },
  { "clip_grad_value", N_ ("Clip gradient values"), N_ ("off"),
    N_ ("The largest size of a gradient's element; empty for none."), get_clip_value },
  { "target_loss", N_ ("Target loss"), N_ ("none"),
    N_ ("A run ends when a batch's loss is no greater; empty for never."), get_target },
  { "observe_every", N_ ("Observe every"), N_ ("auto"),
    N_ ("Steps between looks into the layers; empty for a hundred looks, 0 for none."),
    get_observe },
};

struct _IscTrainingGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *rows[G_N_ELEMENTS (fields)];
};

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscTrainingGroup, isc_training_group, ADW_TYPE_PREFERENCES_GROUP)

static void
apply_cb (GtkWidget *row, const char *text, IscTrainingGroup *self)
{
  const char *path = g_object_get_data (G_OBJECT (row), "path");
  gboolean none = g_str_equal (text, "") || g_str_equal (text, "none");

  g_signal_emit (self, signals[EDITED], 0, path, none ? "null" : text);
}

static void
isc_training_group_class_init (IscTrainingGroupClass *klass)
{
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
isc_training_group_init (IscTrainingGroup *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      self->rows[i] = isc_field_row_new (_ (fields[i].title), _ (fields[i].help));
      isc_field_row_set_width (ISC_FIELD_ROW (self->rows[i]), 10);
      /* Seeds are a list, whose comma is none of a number. */
      if (!g_str_equal (fields[i].path, "seeds"))
        isc_field_row_set_numeric (ISC_FIELD_ROW (self->rows[i]));
      if (fields[i].none)
        isc_field_row_set_placeholder (ISC_FIELD_ROW (self->rows[i]), _ (fields[i].none));
      g_object_set_data (G_OBJECT (self->rows[i]), "path", (gpointer)fields[i].path);
      g_signal_connect (self->rows[i], "apply", G_CALLBACK (apply_cb), self);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->rows[i]);
    }
}

GtkWidget *
isc_training_group_new (void)
{
  return g_object_new (ISC_TYPE_TRAINING_GROUP, NULL);
}

void
isc_training_group_set_experiment (IscTrainingGroup *self, IscExperiment *experiment)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = fields[i].get (experiment);

      isc_field_row_set_text (ISC_FIELD_ROW (self->rows[i]), text);
    }
}

void
isc_training_group_set_error (IscTrainingGroup *self, const char *path, const char *message)
{
  g_autofree char *field = g_strndup (path, strcspn (path, "["));
  GtkWidget *row = isc_training_group_find (self, field);

  if (row)
    isc_field_row_set_error (ISC_FIELD_ROW (row), message);
}

GtkWidget *
isc_training_group_find (IscTrainingGroup *self, const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].path, path))
      return self->rows[i];
  return NULL;
}
