/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/weights-page.h"

#include <glib/gi18n.h>

#include "app/call-group.h"
#include "app/field-row.h"
#include "app/job.h"
#include "app/plot-view.h"
#include "app/statistics-card.h"
#include "base/number-text.h"
#include "experiment/check.h"
#include "experiment/edit.h"
#include "experiment/problem.h"

struct _IscWeightsPage
{
  AdwBin parent_instance;

  GtkWidget *flap;
  GtkWidget *sidebar;
  GtkWidget *plot;
  GtkWidget *statistics;
  GtkWidget *status;

  GtkWidget *shape;
  GtkWidget *layer;
  GtkWidget *scheme;
  GtkWidget *bias;
  GtkWidget *seed;
  GtkWidget *bins;
  GtkWidget *bandwidth;

  IscDocument *document;
  IscWeightsJob *job;
  IscWeights *weights;
  gboolean current;
};

G_DEFINE_FINAL_TYPE (IscWeightsPage, isc_weights_page, ADW_TYPE_BIN)

static IscExperiment *
experiment_of (IscWeightsPage *self)
{
  return isc_document_get_experiment (self->document);
}

/* The layer the page shows: the document's, or the network's first. */
static IscCall *
shown_layer (IscWeightsPage *self)
{
  IscExperiment *experiment = experiment_of (self);
  GPtrArray *modules = isc_experiment_get_weights_modules (experiment);

  if (isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_LAYER)
    return modules->pdata[0];
  for (guint i = 0; i < isc_experiment_get_n_modules (experiment); i++)
    {
      IscCall *module = isc_experiment_get_module (experiment, i);

      if (isc_catalog_find (ISC_KIND_LAYER, isc_call_get_name (module), NULL))
        return module;
    }
  return NULL;
}

static IscCall *
shown_scheme (IscWeightsPage *self)
{
  IscExperiment *experiment = experiment_of (self);

  if (isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_INITS)
    return isc_experiment_get_init (experiment, 0, "0.weight");
  return isc_experiment_get_weights_init (experiment);
}

/* The experiment with a weights section, made from what the page shows if it has none. */
static IscExperiment *
with_section (IscWeightsPage *self, GError **error)
{
  IscExperiment *experiment = experiment_of (self);
  IscCall *layer = shown_layer (self);
  IscCall *scheme = shown_scheme (self);
  g_autoptr (IscExperiment) with_layer = NULL;
  g_autofree char *text = NULL;
  g_autofree char *scheme_text = NULL;

  if (isc_experiment_get_weights_target (experiment) != ISC_WEIGHTS_OF_INITS)
    return isc_experiment_ref (experiment);
  text = layer ? isc_call_to_text (layer) : g_strdup ("Linear(784, 256)");
  with_layer = isc_experiment_edit (experiment, "weights.layer", text, error);
  if (!with_layer || !scheme)
    return g_steal_pointer (&with_layer);
  scheme_text = isc_call_to_text (scheme);
  return isc_experiment_edit (with_layer, "weights.init", scheme_text, error);
}

static gboolean
edit (
    IscWeightsPage *self, const char *path, const char *value, const char *gesture, GError **error)
{
  g_autoptr (IscExperiment) base = with_section (self, error);
  IscExperiment *changed = base ? isc_experiment_edit (base, path, value, error) : NULL;

  if (!changed)
    return FALSE;
  isc_document_take (self->document, changed, gesture);
  return TRUE;
}

/* An edit from a row: its error goes back to the row, without the path that the row stands for. */
static void
edit_from_row (IscWeightsPage *self, GtkWidget *row, const char *path, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *prefix = g_strconcat (path, ": ", NULL);

  if (edit (self, path, value, path, &error))
    isc_field_row_set_error (ISC_FIELD_ROW (row), NULL);
  else
    isc_field_row_set_error (ISC_FIELD_ROW (row), g_str_has_prefix (error->message, prefix)
                                                      ? error->message + strlen (prefix)
                                                      : error->message);
}

static void
call_edited_cb (
    IscWeightsPage *self, GtkWidget *group, const char *text, const char *gesture, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (!edit (self, path, *text ? text : NULL, gesture, &error))
    isc_call_group_set_error (ISC_CALL_GROUP (group), error->message);
}

static void
layer_edited_cb (GtkWidget *group, const char *text, const char *gesture, IscWeightsPage *self)
{
  call_edited_cb (self, group, text, gesture, "weights.layer");
}

static void
scheme_edited_cb (GtkWidget *group, const char *text, const char *gesture, IscWeightsPage *self)
{
  call_edited_cb (self, group, text, gesture, "weights.init");
}

static void
bias_edited_cb (GtkWidget *group, const char *text, const char *gesture, IscWeightsPage *self)
{
  call_edited_cb (self, group, text, gesture, "weights.bias");
}

/* "784 x 256" is in by out, as a layer is written. */
static void
shape_apply_cb (GtkWidget *row, const char *text, IscWeightsPage *self)
{
  IscCall *layer = shown_layer (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *call = NULL;
  IscShape shape;

  if (!isc_shape_from_text (text, &shape, &error))
    {
      isc_field_row_set_error (ISC_FIELD_ROW (row), error->message);
      return;
    }
  if (isc_experiment_get_weights_target (experiment_of (self)) == ISC_WEIGHTS_OF_TENSOR)
    {
      edit_from_row (self, row, "weights.tensor", text);
      return;
    }
  if (shape.n_dims != 2)
    {
      isc_field_row_set_error (ISC_FIELD_ROW (row),
                               _ ("a linear layer has two sizes, inputs × outputs, as in 784x256"));
      return;
    }
  call = g_strdup_printf ("%s(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")",
                          layer ? isc_call_get_name (layer) : "Linear", shape.dims[0],
                          shape.dims[1]);
  edit_from_row (self, row, "weights.layer", call);
}

static void
seed_apply_cb (GtkWidget *row, const char *text, IscWeightsPage *self)
{
  edit_from_row (self, row, "weights.seed", text);
}

static void
bins_apply_cb (GtkWidget *row, const char *text, IscWeightsPage *self)
{
  edit_from_row (self, row, "bins", text);
}

static void
bandwidth_apply_cb (GtkWidget *row, const char *text, IscWeightsPage *self)
{
  edit_from_row (self, row, "bandwidth", text);
}

static void
request (IscWeightsPage *self)
{
  self->current = FALSE;
  isc_weights_job_request (self->job, experiment_of (self), isc_views_find ("histogram", NULL),
                           &isc_view_options_default);
}

static void
same_again_cb (IscWeightsPage *self)
{
  request (self);
  gtk_label_set_text (GTK_LABEL (self->status), _ ("Same seed, same weights"));
}

static void
new_seed_cb (IscWeightsPage *self)
{
  g_autofree char *text = g_strdup_printf ("%d", g_random_int_range (0, 100000));

  edit_from_row (self, self->seed, "weights.seed", text);
}

static const IscWeightEntry *
shown_entry (IscWeightsPage *self)
{
  return self->weights && isc_weights_get_n_entries (self->weights) > 0
             ? isc_weights_get_entry (self->weights, 0)
             : NULL;
}

/* Why there are no weights stands beside the row at fault: only the statistics know the rules'
 * names. */
static void
show_failure (IscWeightsPage *self, const char *message)
{
  const struct
  {
    const char *prefix;
    GtkWidget *row;
  } rows[] = { { "bins: ", self->bins }, { "bandwidth: ", self->bandwidth } };

  gtk_label_set_text (GTK_LABEL (self->status), message);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_has_prefix (message, rows[i].prefix))
      {
        isc_field_row_set_error (ISC_FIELD_ROW (rows[i].row), message + strlen (rows[i].prefix));
        return;
      }
  isc_call_group_set_error (ISC_CALL_GROUP (self->scheme), message);
}

static void
done_cb (IscWeights *weights, IscFigure *figure, const GError *error, gpointer owner)
{
  IscWeightsPage *self = owner;
  const IscWeightEntry *entry;

  if (!weights)
    {
      show_failure (self, error->message);
      return;
    }
  g_clear_pointer (&self->weights, isc_weights_unref);
  self->weights = isc_weights_ref (weights);
  self->current = isc_weights_get_experiment (weights) == experiment_of (self);
  isc_plot_view_set_figure (ISC_PLOT_VIEW (self->plot), figure);
  entry = shown_entry (self);
  isc_statistics_card_set_entry (ISC_STATISTICS_CARD (self->statistics), entry);
  if (entry)
    {
      g_autofree char *count = isc_count_to_label (isc_tensor_get_count (entry->tensor));
      g_autofree char *status = g_strdup_printf (_ ("Generated %s weights"), count);

      gtk_label_set_text (GTK_LABEL (self->status), status);
      isc_call_group_set_note (ISC_CALL_GROUP (self->scheme), entry->formula);
    }
}

static void
show_problems (IscWeightsPage *self, GPtrArray *problems)
{
  const char *layer = isc_problems_find (problems, "weights.layer");
  const char *scheme = isc_problems_find (problems, "weights.init");
  const char *bias = isc_problems_find (problems, "weights.bias");

  isc_call_group_set_error (ISC_CALL_GROUP (self->bias), bias);
  if (layer)
    isc_field_row_set_error (ISC_FIELD_ROW (self->shape), layer);
  if (scheme)
    isc_call_group_set_error (ISC_CALL_GROUP (self->scheme), scheme);
}

static void
show_shape (IscWeightsPage *self)
{
  IscExperiment *experiment = experiment_of (self);
  IscCall *layer = shown_layer (self);
  g_autofree char *text = NULL;

  if (isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_TENSOR)
    {
      IscShape shape = isc_experiment_get_weights_shape (experiment);

      text = isc_shape_to_text (&shape, " × ");
    }
  else if (layer && isc_call_get_n_args (layer) >= 2)
    {
      g_autofree char *in = isc_value_to_text (isc_call_get_value (layer, 0));
      g_autofree char *out = isc_value_to_text (isc_call_get_value (layer, 1));

      text = g_strdup_printf ("%s × %s", in, out);
    }
  isc_field_row_set_text (ISC_FIELD_ROW (self->shape), text);
}

static void
changed_cb (IscWeightsPage *self)
{
  IscExperiment *experiment = experiment_of (self);
  g_autofree char *seed
      = g_strdup_printf ("%" G_GUINT64_FORMAT, isc_experiment_get_weights_seed (experiment));
  g_autoptr (GPtrArray) problems = isc_experiment_check (experiment);
  gboolean tensor = isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_TENSOR;

  gtk_widget_set_visible (self->layer, !tensor);
  gtk_widget_set_visible (self->bias, !tensor);
  show_shape (self);
  isc_call_group_set_call (ISC_CALL_GROUP (self->layer), tensor ? NULL : shown_layer (self));
  isc_call_group_set_call (ISC_CALL_GROUP (self->scheme), shown_scheme (self));
  isc_call_group_set_call (ISC_CALL_GROUP (self->bias),
                           isc_experiment_get_weights_bias (experiment));
  isc_field_row_set_text (ISC_FIELD_ROW (self->seed), seed);
  isc_field_row_set_text (ISC_FIELD_ROW (self->bins), isc_experiment_get_bins (experiment));
  isc_field_row_set_text (ISC_FIELD_ROW (self->bandwidth),
                          isc_experiment_get_bandwidth (experiment));
  show_problems (self, problems);
  request (self);
}

static void
copy_cb (IscWeightsPage *self)
{
  g_autofree char *text = isc_weights_page_get_statistics (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_label_set_text (GTK_LABEL (self->status), _ ("Statistics copied"));
}

static GtkWidget *
icon_button (const char *icon, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  return button;
}

static GtkWidget *
group_of (GtkWidget *first, ...)
{
  GtkWidget *group = adw_preferences_group_new ();
  va_list rows;

  va_start (rows, first);
  for (GtkWidget *row = first; row; row = va_arg (rows, GtkWidget *))
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  va_end (rows);
  return group;
}

/* "auto, fd, ..., or a count": the rules there are, in the words of their list. */
static char *
list_bin_rules (void)
{
  GString *names = g_string_new (NULL);
  gsize n;
  const IscBinRuleInfo *const *rules = isc_bin_rules (&n);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (names, "%s, ", rules[i]->name);
  g_string_append (names, _ ("or a count"));
  return g_string_free (names, FALSE);
}

static char *
list_bandwidth_rules (void)
{
  GString *names = g_string_new (NULL);
  gsize n;
  const IscBandwidthRuleInfo *const *rules = isc_bandwidth_rules (&n);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (names, "%s, ", rules[i]->name);
  g_string_append (names, _ ("or a number"));
  return g_string_free (names, FALSE);
}

static void
build_sidebar (IscWeightsPage *self)
{
  g_autofree char *bins_help = list_bin_rules ();
  g_autofree char *bandwidth_help = list_bandwidth_rules ();
  GtkWidget *again = icon_button ("view-refresh-symbolic", _ ("Same again"));
  GtkWidget *fresh = icon_button ("media-playlist-shuffle-symbolic", _ ("New seed"));
  GtkWidget *groups[5];

  self->shape = isc_field_row_new (_ ("Shape"), _ ("Inputs × outputs, as in 784x256."));
  self->layer = isc_call_group_new (ISC_KIND_LAYER, _ ("Layer"), NULL);
  self->scheme = isc_call_group_new (ISC_KIND_SCHEME, _ ("Scheme"), _ ("PyTorch default"));
  self->bias = isc_call_group_new (ISC_KIND_SCHEME, _ ("Bias"), _ ("PyTorch default"));
  self->seed = isc_field_row_new (_ ("Seed"), _ ("What torch.manual_seed() would get."));
  self->bins = isc_field_row_new (_ ("Bins"), bins_help);
  self->bandwidth = isc_field_row_new (_ ("Bandwidth"), bandwidth_help);
  isc_field_row_set_width (ISC_FIELD_ROW (self->shape), 12);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->seed), again);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->seed), fresh);

  g_signal_connect (self->shape, "apply", G_CALLBACK (shape_apply_cb), self);
  g_signal_connect (self->seed, "apply", G_CALLBACK (seed_apply_cb), self);
  g_signal_connect (self->bins, "apply", G_CALLBACK (bins_apply_cb), self);
  g_signal_connect (self->bandwidth, "apply", G_CALLBACK (bandwidth_apply_cb), self);
  g_signal_connect (self->layer, "edited", G_CALLBACK (layer_edited_cb), self);
  g_signal_connect (self->scheme, "edited", G_CALLBACK (scheme_edited_cb), self);
  g_signal_connect (self->bias, "edited", G_CALLBACK (bias_edited_cb), self);
  g_signal_connect_swapped (again, "clicked", G_CALLBACK (same_again_cb), self);
  g_signal_connect_swapped (fresh, "clicked", G_CALLBACK (new_seed_cb), self);

  groups[0] = self->scheme;
  groups[1] = group_of (self->shape, self->seed, NULL);
  groups[2] = self->layer;
  groups[3] = self->bias;
  groups[4] = group_of (self->bins, self->bandwidth, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_box_append (GTK_BOX (self->sidebar), groups[i]);
}

static void
isc_weights_page_dispose (GObject *object)
{
  IscWeightsPage *self = ISC_WEIGHTS_PAGE (object);

  g_clear_pointer (&self->job, isc_weights_job_free);
  g_clear_pointer (&self->weights, isc_weights_unref);
  g_clear_object (&self->document);
  /* The bin lets go of its child before the template does: each would unparent it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ISC_TYPE_WEIGHTS_PAGE);
  G_OBJECT_CLASS (isc_weights_page_parent_class)->dispose (object);
}

static void
isc_weights_page_class_init (IscWeightsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_weights_page_dispose;
  g_type_ensure (ISC_TYPE_PLOT_VIEW);
  g_type_ensure (ISC_TYPE_STATISTICS_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ISC_RESOURCE_BASE "/ui/weights-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, flap);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, plot);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, statistics);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, status);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
isc_weights_page_init (IscWeightsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  build_sidebar (self);
}

void
isc_weights_page_set_document (IscWeightsPage *self, IscDocument *document)
{
  g_return_if_fail (ISC_IS_WEIGHTS_PAGE (self) && !self->document);

  self->document = g_object_ref (document);
  self->job = isc_weights_job_new (done_cb, G_OBJECT (self));
  g_signal_connect_object (document, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

IscFigure *
isc_weights_page_get_figure (IscWeightsPage *self)
{
  return self->current ? isc_plot_view_get_figure (ISC_PLOT_VIEW (self->plot)) : NULL;
}

AdwFlap *
isc_weights_page_get_flap (IscWeightsPage *self)
{
  return ADW_FLAP (self->flap);
}

char *
isc_weights_page_get_statistics (IscWeightsPage *self)
{
  const IscWeightEntry *entry = shown_entry (self);

  return entry ? isc_statistics_to_text (entry) : g_strdup ("");
}

char *
isc_weights_page_dup_file_name (IscWeightsPage *self)
{
  const IscWeightEntry *entry = shown_entry (self);
  g_autofree char *scheme = NULL;
  g_autofree char *shape = NULL;

  if (!entry || isc_weights_get_n_entries (self->weights) > 2)
    return g_strdup ("histogram");
  scheme = g_ascii_strdown (entry->scheme_label, -1);
  /* A layer is written inputs by outputs. */
  shape = entry->fan_in > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT "x%" G_GINT64_FORMAT,
                                               entry->fan_in, entry->fan_out)
                            : isc_shape_to_text (isc_tensor_get_shape (entry->tensor), "x");
  return g_strdup_printf ("%s_%s_seed%" G_GUINT64_FORMAT, g_strdelimit (scheme, " _", '-'), shape,
                          entry->seed);
}

GtkWidget *
isc_weights_page_find (IscWeightsPage *self, const char *name)
{
  const struct
  {
    const char *name;
    GtkWidget *widget;
  } controls[] = {
    { "shape", self->shape },         { "seed", self->seed },   { "bins", self->bins },
    { "bandwidth", self->bandwidth }, { "layer", self->layer }, { "scheme", self->scheme },
    { "bias", self->bias },
  };

  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    if (g_str_equal (controls[i].name, name))
      return controls[i].widget;
  return NULL;
}
