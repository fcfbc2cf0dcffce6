/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/weights-sidebar.h"

#include <glib/gi18n.h>

#include "app/call-group.h"
#include "app/count-group.h"
#include "app/field-row.h"
#include "app/layer-sizes.h"
#include "app/pin-list.h"
#include "catalog/layers/layers.h"
#include "catalog/modules.h"
#include "experiment/check.h"
#include "experiment/edit.h"
#include "experiment/problem.h"

struct _IscWeightsSidebar
{
  GtkBox parent_instance;

  GtkWidget *shape;
  GtkWidget *layer;
  GtkWidget *scheme;
  GtkWidget *bias;
  GtkWidget *seed;
  GtkWidget *pins;
  GtkWidget *counting;

  IscDocument *document;
};

enum
{
  AGAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscWeightsSidebar, isc_weights_sidebar, GTK_TYPE_BOX)

static IscExperiment *
experiment_of (IscWeightsSidebar *self)
{
  return isc_document_get_experiment (self->document);
}

static gboolean
is_of_tensor (IscWeightsSidebar *self)
{
  return isc_experiment_get_weights_target (experiment_of (self)) == ISC_WEIGHTS_OF_TENSOR;
}

/* The layer the page shows: the document's, or the network's first. */
static IscCall *
shown_layer (IscWeightsSidebar *self)
{
  IscExperiment *experiment = experiment_of (self);
  g_autoptr (GPtrArray) modules = NULL;

  if (isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_LAYER)
    return isc_experiment_get_weights_modules (experiment)->pdata[0];
  modules = isc_modules_new (isc_experiment_get_network (experiment), NULL);
  for (guint i = 0; modules && i < modules->len; i++)
    {
      const IscModule *module = isc_modules_get (modules, i);

      /* The experiment keeps the call, also one within a block. */
      if (module->kind == ISC_KIND_LAYER && isc_layer_has_weights ((const IscLayer *)module->item))
        return module->call;
    }
  return NULL;
}

static IscCall *
shown_scheme (IscWeightsSidebar *self)
{
  IscExperiment *experiment = experiment_of (self);

  if (isc_experiment_get_weights_target (experiment) == ISC_WEIGHTS_OF_INITS)
    return isc_experiment_get_init (experiment, 0, "0.weight");
  return isc_experiment_get_weights_init (experiment);
}

/* The experiment with a weights section, made from what the page shows if it has none. */
static IscExperiment *
with_section (IscWeightsSidebar *self, GError **error)
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
edit (IscWeightsSidebar *self,
      const char *path,
      const char *value,
      const char *gesture,
      GError **error)
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
edit_from_row (IscWeightsSidebar *self, GtkWidget *row, const char *path, const char *value)
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
call_edited_cb (IscWeightsSidebar *self,
                GtkWidget *group,
                const char *text,
                const char *gesture,
                const char *path)
{
  g_autoptr (GError) error = NULL;

  if (!edit (self, path, *text ? text : NULL, gesture, &error))
    isc_call_group_set_error (ISC_CALL_GROUP (group), error->message);
}

/* The shape that a bare tensor begins with: the layer's, outputs first as PyTorch has it. */
static char *
tensor_text (IscWeightsSidebar *self)
{
  IscCall *layer = shown_layer (self);
  IscLayerSizes sizes;

  return layer && isc_layer_sizes_get (layer, &sizes)
             ? g_strdup_printf ("(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")", sizes.sizes[1],
                                sizes.sizes[0])
             : g_strdup ("(256, 784)");
}

/* A tensor without a layer is not constructed by anything: it needs a scheme. */
static void
take_tensor (IscWeightsSidebar *self)
{
  g_autofree char *text = tensor_text (self);
  gboolean schemed = shown_scheme (self) != NULL;
  g_autoptr (IscExperiment) base = with_section (self, NULL);
  g_autoptr (IscExperiment) tensor
      = base ? isc_experiment_edit (base, "weights.tensor", text, NULL) : NULL;
  g_autoptr (IscExperiment) unbiased
      = tensor ? isc_experiment_edit (tensor, "weights.bias", NULL, NULL) : NULL;

  if (unbiased)
    isc_document_take (self->document,
                       schemed ? g_steal_pointer (&unbiased)
                               : isc_experiment_edit (unbiased, "weights.init", "xavier_uniform_()",
                                                      NULL),
                       NULL);
}

static void
layer_edited_cb (GtkWidget *group, const char *text, const char *gesture, IscWeightsSidebar *self)
{
  if (*text)
    call_edited_cb (self, group, text, gesture, "weights.layer");
  else
    take_tensor (self);
}

static void
scheme_edited_cb (GtkWidget *group, const char *text, const char *gesture, IscWeightsSidebar *self)
{
  call_edited_cb (self, group, text, gesture, "weights.init");
}

static void
bias_edited_cb (GtkWidget *group, const char *text, const char *gesture, IscWeightsSidebar *self)
{
  call_edited_cb (self, group, text, gesture, "weights.bias");
}

static void
counting_edited_cb (GtkWidget *group, const char *path, const char *value, IscWeightsSidebar *self)
{
  g_autoptr (GError) error = NULL;

  if (edit (self, path, value, path, &error))
    isc_count_group_set_experiment (ISC_COUNT_GROUP (group), experiment_of (self));
  else
    isc_count_group_set_error (ISC_COUNT_GROUP (group), error->message);
}

static void
pins_changed_cb (GtkWidget *list, IscExperiment *changed, IscWeightsSidebar *self)
{
  isc_document_take (self->document, isc_experiment_ref (changed), NULL);
}

/* "784 x 256" is in by out, as a layer is written; a tensor's shape is as PyTorch has it. */
static void
shape_apply_cb (GtkWidget *row, const char *text, IscWeightsSidebar *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *call = NULL;
  IscCall *layer = shown_layer (self);
  IscShape shape;

  if (!isc_shape_from_text (text, &shape, &error))
    {
      isc_field_row_set_error (ISC_FIELD_ROW (row), error->message);
      return;
    }
  if (is_of_tensor (self))
    {
      edit_from_row (self, row, "weights.tensor", text);
      return;
    }
  call = shape.n_dims == 2 && layer ? isc_layer_sizes_put (layer, shape.dims) : NULL;
  if (call)
    edit_from_row (self, row, "weights.layer", call);
  else
    isc_field_row_set_error (ISC_FIELD_ROW (row), _ ("a layer has two sizes here, as in 784x256"));
}

static void
seed_apply_cb (GtkWidget *row, const char *text, IscWeightsSidebar *self)
{
  edit_from_row (self, row, "weights.seed", text);
}

static void
again_cb (IscWeightsSidebar *self)
{
  g_signal_emit (self, signals[AGAIN], 0);
}

static void
new_seed_cb (IscWeightsSidebar *self)
{
  g_autofree char *text = g_strdup_printf ("%d", g_random_int_range (0, 100000));

  edit_from_row (self, self->seed, "weights.seed", text);
}

static void
show_shape (IscWeightsSidebar *self)
{
  IscCall *layer = shown_layer (self);
  IscLayerSizes sizes;
  g_autofree char *text = NULL;
  g_autofree char *help = NULL;

  if (is_of_tensor (self))
    {
      IscShape shape = isc_experiment_get_weights_shape (experiment_of (self));

      text = isc_shape_to_text (&shape, " × ");
      help = g_strdup (_ ("The tensor's shape, outputs first, as in 256x784."));
    }
  else if (layer && isc_layer_sizes_get (layer, &sizes))
    {
      text = g_strdup_printf ("%" G_GINT64_FORMAT " × %" G_GINT64_FORMAT, sizes.sizes[0],
                              sizes.sizes[1]);
      /* Translators: the names of two parameters of a layer, as in “in_features × out_features” */
      help = g_strdup_printf (_ ("%s × %s, as in 784x256."), sizes.names[0], sizes.names[1]);
    }
  gtk_widget_set_visible (self->shape, text != NULL);
  if (text)
    isc_field_row_set_help (ISC_FIELD_ROW (self->shape), help);
  isc_field_row_set_text (ISC_FIELD_ROW (self->shape), text);
}

static void
show_problems (IscWeightsSidebar *self)
{
  g_autoptr (GPtrArray) problems = isc_experiment_check (experiment_of (self));
  const char *layer = isc_problems_find (problems, "weights.layer");
  const char *scheme = isc_problems_find (problems, "weights.init");
  g_autofree char *idle = isc_experiment_explain_idle_init (experiment_of (self));

  isc_call_group_set_error (ISC_CALL_GROUP (self->bias),
                            isc_problems_find (problems, "weights.bias"));
  isc_call_group_set_error (ISC_CALL_GROUP (self->layer), layer);
  if (scheme || idle)
    isc_call_group_set_error (ISC_CALL_GROUP (self->scheme), scheme ? scheme : idle);
  for (guint i = 0; i < isc_experiment_get_n_pins (experiment_of (self)); i++)
    {
      g_autofree char *path = g_strdup_printf ("weights.pins[%u]", i);
      const char *pin = isc_problems_find (problems, path);

      if (pin)
        isc_pin_list_set_error (ISC_PIN_LIST (self->pins), i, pin);
    }
}

static void
changed_cb (IscWeightsSidebar *self)
{
  IscExperiment *experiment = experiment_of (self);
  g_autoptr (IscExperiment) section = with_section (self, NULL);
  g_autofree char *seed
      = g_strdup_printf ("%" G_GUINT64_FORMAT, isc_experiment_get_weights_seed (experiment));
  gboolean tensor = is_of_tensor (self);

  gtk_widget_set_visible (self->bias, !tensor);
  show_shape (self);
  isc_call_group_set_call (ISC_CALL_GROUP (self->layer), tensor ? NULL : shown_layer (self));
  isc_call_group_set_call (ISC_CALL_GROUP (self->scheme), shown_scheme (self));
  isc_call_group_set_call (ISC_CALL_GROUP (self->bias),
                           isc_experiment_get_weights_bias (experiment));
  isc_field_row_set_text (ISC_FIELD_ROW (self->seed), seed);
  if (section)
    isc_pin_list_set_experiment (ISC_PIN_LIST (self->pins), section);
  isc_count_group_set_experiment (ISC_COUNT_GROUP (self->counting), experiment);
  show_problems (self);
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

static void
build (IscWeightsSidebar *self)
{
  GtkWidget *again = icon_button ("view-refresh-symbolic", _ ("Same again"));
  GtkWidget *fresh = icon_button ("media-playlist-shuffle-symbolic", _ ("New seed"));
  GtkWidget *place = adw_preferences_group_new ();
  GtkWidget *groups[6];

  self->shape = isc_field_row_new (_ ("Shape"), NULL);
  self->layer = isc_call_group_new (ISC_KIND_LAYER, _ ("Layer"), _ ("Bare tensor"));
  self->scheme = isc_call_group_new (ISC_KIND_SCHEME, _ ("Scheme"), _ ("PyTorch default"));
  self->bias = isc_call_group_new (ISC_KIND_SCHEME, _ ("Bias"), _ ("PyTorch default"));
  self->seed = isc_field_row_new (_ ("Seed"), _ ("What torch.manual_seed() would get."));
  self->pins = isc_pin_list_new ();
  self->counting = isc_count_group_new ();
  isc_field_row_set_width (ISC_FIELD_ROW (self->shape), 12);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->seed), again);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->seed), fresh);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (place), self->shape);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (place), self->seed);
  g_signal_connect (self->shape, "apply", G_CALLBACK (shape_apply_cb), self);
  g_signal_connect (self->seed, "apply", G_CALLBACK (seed_apply_cb), self);
  g_signal_connect (self->layer, "edited", G_CALLBACK (layer_edited_cb), self);
  g_signal_connect (self->scheme, "edited", G_CALLBACK (scheme_edited_cb), self);
  g_signal_connect (self->bias, "edited", G_CALLBACK (bias_edited_cb), self);
  g_signal_connect (self->counting, "edited", G_CALLBACK (counting_edited_cb), self);
  g_signal_connect (self->pins, "changed", G_CALLBACK (pins_changed_cb), self);
  g_signal_connect_swapped (again, "clicked", G_CALLBACK (again_cb), self);
  g_signal_connect_swapped (fresh, "clicked", G_CALLBACK (new_seed_cb), self);

  groups[0] = self->scheme;
  groups[1] = place;
  groups[2] = self->pins;
  groups[3] = self->layer;
  groups[4] = self->bias;
  groups[5] = self->counting;
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_box_append (GTK_BOX (self), groups[i]);
}

static void
isc_weights_sidebar_dispose (GObject *object)
{
  g_clear_object (&ISC_WEIGHTS_SIDEBAR (object)->document);
  G_OBJECT_CLASS (isc_weights_sidebar_parent_class)->dispose (object);
}

static void
isc_weights_sidebar_class_init (IscWeightsSidebarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = isc_weights_sidebar_dispose;
  signals[AGAIN] = g_signal_new ("again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
isc_weights_sidebar_init (IscWeightsSidebar *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  build (self);
}

void
isc_weights_sidebar_set_document (IscWeightsSidebar *self, IscDocument *document)
{
  g_return_if_fail (ISC_IS_WEIGHTS_SIDEBAR (self) && !self->document);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

/* Fans that two countings disagree about are told both ways. */
static char *
describe_fans (const IscWeightEntry *entry)
{
  GString *text = g_string_new (NULL);

  if (entry->fan_in <= 0)
    return g_string_free (text, FALSE);
  g_string_append_printf (text, "fan_in %" G_GINT64_FORMAT " · fan_out %" G_GINT64_FORMAT,
                          entry->fan_in, entry->fan_out);
  if (entry->corrected_fan_in != entry->fan_in || entry->corrected_fan_out != entry->fan_out)
    {
      g_autofree char *fan_in = g_strdup_printf ("%" G_GINT64_FORMAT, entry->corrected_fan_in);
      g_autofree char *fan_out = g_strdup_printf ("%" G_GINT64_FORMAT, entry->corrected_fan_out);

      /* Translators: follows “fan_in 9 · fan_out 9”: the same two counted another way */
      g_string_append_printf (text, _ (", and by what the layer does %s and %s"), fan_in, fan_out);
    }
  return g_string_free (text, FALSE);
}

void
isc_weights_sidebar_set_entry (IscWeightsSidebar *self, const IscWeightEntry *entry)
{
  g_autofree char *fans = describe_fans (entry);
  g_autofree char *idle
      = entry->library ? isc_experiment_explain_idle_init (experiment_of (self)) : NULL;
  g_autoptr (GString) note = g_string_new (entry->formula);

  if (*fans)
    g_string_append_printf (note, "%s%s", note->len ? "\n" : "", fans);
  /* The formula is the layer's own then, which the sentence says. */
  if (idle)
    isc_call_group_set_error (ISC_CALL_GROUP (self->scheme), idle);
  else
    isc_call_group_set_note (ISC_CALL_GROUP (self->scheme), note->str);
}

void
isc_weights_sidebar_show_failure (IscWeightsSidebar *self, const char *message)
{
  static const char *const prefixes[] = { "weights.init: ", "weights: " };

  for (guint i = 0; i < isc_experiment_get_n_pins (experiment_of (self)); i++)
    {
      g_autofree char *prefix = g_strdup_printf ("weights.pins[%u]: ", i);

      if (g_str_has_prefix (message, prefix))
        {
          isc_pin_list_set_error (ISC_PIN_LIST (self->pins), i, message + strlen (prefix));
          return;
        }
    }
  if (isc_count_group_set_error (ISC_COUNT_GROUP (self->counting), message))
    return;
  /* The row stands for the path. */
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (message, prefixes[i]))
      message += strlen (prefixes[i]);
  isc_call_group_set_error (ISC_CALL_GROUP (self->scheme), message);
}

GtkWidget *
isc_weights_sidebar_find (IscWeightsSidebar *self, const char *name)
{
  const struct
  {
    const char *name;
    GtkWidget *widget;
  } controls[] = {
    { "shape", self->shape },   { "seed", self->seed }, { "layer", self->layer },
    { "scheme", self->scheme }, { "bias", self->bias }, { "pins", self->pins },
  };

  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    if (g_str_equal (controls[i].name, name))
      return controls[i].widget;
  return isc_count_group_find (ISC_COUNT_GROUP (self->counting), name);
}
