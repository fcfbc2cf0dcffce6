/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/count-group.h"

#include <glib/gi18n.h>

#include "app/field-row.h"
#include "experiment/fields.h"
#include "stats/summary.h"

/* How weights are counted and drawn: texts and choices of the document, in the order of the rows.
 */
static const char *
fans_of (const IscExperiment *experiment)
{
  return isc_fields_find ("fans")->choices[isc_experiment_get_fans (experiment)];
}

static const char *
pytorch_of (const IscExperiment *experiment)
{
  return isc_fields_find ("pytorch")->choices[isc_experiment_get_pytorch (experiment)];
}

static const struct
{
  const char *path;
  const char *(*get) (const IscExperiment *experiment);
} looks[] = {
  { "stat", isc_experiment_get_stat },
  { "bins", isc_experiment_get_bins },
  { "range", isc_experiment_get_range },
  { "kernel", isc_experiment_get_kernel },
  { "bandwidth", isc_experiment_get_bandwidth },
  { "fans", fans_of },
  { "pytorch", pytorch_of },
};

#define N_LOOKS G_N_ELEMENTS (looks)

struct _IscCountGroup
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *rows[N_LOOKS];
  gboolean updating;
};

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscCountGroup, isc_count_group, ADW_TYPE_PREFERENCES_GROUP)

static const char *
look_path (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "path");
}

static void
look_apply_cb (GtkWidget *row, const char *text, IscCountGroup *self)
{
  g_signal_emit (self, signals[EDITED], 0, look_path (row), text);
}

static void
look_selected_cb (GtkWidget *row, GParamSpec *pspec, IscCountGroup *self)
{
  const char *const *choices = isc_fields_find (look_path (row))->choices;
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (row));

  if (!self->updating && selected != GTK_INVALID_LIST_POSITION)
    g_signal_emit (self, signals[EDITED], 0, look_path (row), choices[selected]);
}

/* "auto, fd, ..., a count or width=0.01": the rules there are, in the words of their list. */
static char *
look_help (const char *path)
{
  GString *names = g_string_new (NULL);
  gsize n;

  if (g_str_equal (path, "bins"))
    {
      const IscBinRuleInfo *const *rules = isc_bin_rules (&n);

      for (gsize i = 0; i < n; i++)
        g_string_append_printf (names, "%s, ", rules[i]->name);
      g_string_append (names, _ ("a count, or width=0.01"));
    }
  else if (g_str_equal (path, "bandwidth"))
    {
      const IscBandwidthRuleInfo *const *rules = isc_bandwidth_rules (&n);

      for (gsize i = 0; i < n; i++)
        g_string_append_printf (names, "%s, ", rules[i]->name);
      g_string_append (names, _ ("or a number"));
    }
  else
    g_string_append (names, _ (isc_fields_find (path)->help));
  return g_string_free (names, FALSE);
}

static GtkWidget *
make_look_row (IscCountGroup *self, const char *path)
{
  const IscField *field = isc_fields_find (path);
  g_autofree char *help = look_help (path);
  GtkWidget *row;

  if (field->choices)
    {
      g_autoptr (GtkStringList) list = gtk_string_list_new (field->choices);

      row = adw_combo_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (field->label));
      gtk_widget_set_tooltip_text (row, _ (field->help));
      adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
      g_signal_connect (row, "notify::selected", G_CALLBACK (look_selected_cb), self);
    }
  else
    {
      row = isc_field_row_new (_ (field->label), help);
      if (!g_str_equal (path, "range"))
        isc_field_row_set_numeric (ISC_FIELD_ROW (row));
      g_signal_connect (row, "apply", G_CALLBACK (look_apply_cb), self);
    }
  g_object_set_data (G_OBJECT (row), "path", (gpointer)path);
  return row;
}

static void
isc_count_group_class_init (IscCountGroupClass *klass)
{
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
isc_count_group_init (IscCountGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Counting"));
  self->updating = TRUE;
  for (guint i = 0; i < N_LOOKS; i++)
    {
      self->rows[i] = make_look_row (self, looks[i].path);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->rows[i]);
    }
  self->updating = FALSE;
}

GtkWidget *
isc_count_group_new (void)
{
  return g_object_new (ISC_TYPE_COUNT_GROUP, NULL);
}

void
isc_count_group_set_experiment (IscCountGroup *self, IscExperiment *experiment)
{
  self->updating = TRUE;
  for (guint i = 0; i < N_LOOKS; i++)
    {
      const char *value = looks[i].get (experiment);
      const char *const *choices = isc_fields_find (looks[i].path)->choices;

      if (!choices)
        isc_field_row_set_text (ISC_FIELD_ROW (self->rows[i]), value);
      for (guint j = 0; choices && choices[j]; j++)
        if (g_str_equal (choices[j], value))
          adw_combo_row_set_selected (ADW_COMBO_ROW (self->rows[i]), j);
    }
  self->updating = FALSE;
}

gboolean
isc_count_group_set_error (IscCountGroup *self, const char *message)
{
  for (guint i = 0; i < N_LOOKS; i++)
    {
      g_autofree char *prefix = g_strconcat (looks[i].path, ": ", NULL);

      if (!g_str_has_prefix (message, prefix))
        continue;
      if (ISC_IS_FIELD_ROW (self->rows[i]))
        isc_field_row_set_error (ISC_FIELD_ROW (self->rows[i]), message + strlen (prefix));
      return TRUE;
    }
  return FALSE;
}

GtkWidget *
isc_count_group_find (IscCountGroup *self, const char *path)
{
  for (guint i = 0; i < N_LOOKS; i++)
    if (g_str_equal (looks[i].path, path))
      return self->rows[i];
  return NULL;
}
