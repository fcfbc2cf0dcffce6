/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pin-list.h"

#include <glib/gi18n.h>

#include "app/series-dot.h"
#include "catalog/catalog.h"
#include "experiment/edit.h"

struct _IscPinList
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows;
  IscExperiment *experiment;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscPinList, isc_pin_list, ADW_TYPE_PREFERENCES_GROUP)

/* Comparisons that a lesson begins with: the first scheme is the one shown. */
static const struct
{
  const char *id;
  const char *label;
  const char *schemes[6];
} comparisons[] = {
  { "he",
    N_ ("He in PyTorch, Keras and JAX"),
    { "kaiming_normal_(nonlinearity='relu')", "keras.HeNormal()",
      "jax.nn.initializers.he_normal()" } },
  { "xavier",
    N_ ("Xavier in PyTorch, Keras and JAX"),
    { "xavier_uniform_()", "keras.GlorotUniform()", "jax.nn.initializers.glorot_uniform()" } },
  { "defaults",
    N_ ("What each library does by default"),
    { "", "keras.GlorotUniform()", "jax.nn.initializers.lecun_normal()" } },
  { "truncated",
    N_ ("Truncated normals of std 0.02"),
    { "trunc_normal_(std=0.02)", "timm.trunc_normal_tf_(std=0.02)",
      "keras.TruncatedNormal(stddev=0.02)" } },
  { "classes",
    N_ ("The five of the classroom"),
    { "", "xavier_uniform_()", "kaiming_normal_(nonlinearity='relu')", "normal_(std=0.02)",
      "orthogonal_()" } },
};

static void
take_change (IscPinList *self, IscExperiment *changed)
{
  g_autoptr (IscExperiment) owned = changed;

  if (owned)
    g_signal_emit (self, signals[CHANGED], 0, owned);
}

/* The first colour that neither the scheme shown nor a pin has. */
static guint
free_color (IscExperiment *experiment)
{
  guint n = isc_experiment_get_n_pins (experiment);

  for (guint color = 0;; color++)
    {
      gboolean taken = color == isc_experiment_get_weights_color (experiment);

      for (guint i = 0; i < n; i++)
        taken = taken || color == isc_experiment_get_pin_color (experiment, i);
      if (!taken)
        return color;
    }
}

static IscExperiment *
edit (IscExperiment *experiment, const char *path, const char *value)
{
  return experiment ? isc_experiment_edit (experiment, path, value, NULL) : NULL;
}

static IscExperiment *
edit_number (IscExperiment *experiment, const char *path, guint value)
{
  g_autofree char *text = g_strdup_printf ("%u", value);

  return edit (experiment, path, text);
}

static gboolean
is_pinned (IscExperiment *experiment, IscCall *init)
{
  for (guint i = 0; i < isc_experiment_get_n_pins (experiment); i++)
    {
      IscCall *pin = isc_experiment_get_pin_init (experiment, i);

      if (pin == init || (pin && init && isc_call_equal (pin, init)))
        return TRUE;
    }
  return FALSE;
}

static void
remove_cb (GtkButton *button, IscPinList *self)
{
  isc_pin_list_remove (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index")));
}

static char *
scheme_label (IscCall *call)
{
  const IscItem *item
      = call ? isc_catalog_find (ISC_KIND_SCHEME, isc_call_get_name (call), NULL) : NULL;

  return g_strdup (item ? _ (item->label) : _ ("PyTorch default"));
}

static GtkWidget *
make_row (IscCall *call, guint color, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *dot = isc_series_dot_new ();
  g_autofree char *label = scheme_label (call);
  g_autofree char *title = g_markup_escape_text (label, -1);
  g_autofree char *text = call && !subtitle ? isc_call_to_text (call) : g_strdup (subtitle);
  g_autofree char *markup = text ? g_markup_escape_text (text, -1) : NULL;

  isc_series_dot_set_index (ISC_SERIES_DOT (dot), color);
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), dot);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  return row;
}

static GtkWidget *
make_remove_button (IscPinList *self, guint index)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Remove from the comparison"));
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remove from the comparison"), -1);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  return button;
}

static void
add_row (IscPinList *self, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
pin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  isc_pin_list_pin (ISC_PIN_LIST (widget));
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IscPinList *self = ISC_PIN_LIST (widget);

  take_change (self, edit (self->experiment, "weights.pins", "[]"));
}

static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  isc_pin_list_compare (ISC_PIN_LIST (widget), g_variant_get_string (parameter, NULL));
}

static GtkWidget *
make_header (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *pin = gtk_button_new_with_label (_ ("Pin This"));
  GtkWidget *more = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) offers = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (comparisons[i].label), NULL);

      g_menu_item_set_action_and_target (item, "pins.compare", "s", comparisons[i].id);
      g_menu_append_item (offers, item);
    }
  g_menu_append (rest, _ ("Remove All"), "pins.clear");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (offers));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (pin), "pins.pin");
  gtk_widget_set_tooltip_text (pin, _ ("Keep this scheme and compare others with it (Ctrl+D)"));
  gtk_widget_add_css_class (pin, "flat");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (more), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (more), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (more, _ ("Comparisons"));
  gtk_widget_add_css_class (more, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Comparisons"), -1);
  gtk_box_append (GTK_BOX (box), pin);
  gtk_box_append (GTK_BOX (box), more);
  return box;
}

static void
isc_pin_list_finalize (GObject *object)
{
  IscPinList *self = ISC_PIN_LIST (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->experiment, isc_experiment_unref);
  G_OBJECT_CLASS (isc_pin_list_parent_class)->finalize (object);
}

static void
isc_pin_list_class_init (IscPinListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = isc_pin_list_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_install_action (widget_class, "pins.pin", NULL, pin_action);
  gtk_widget_class_install_action (widget_class, "pins.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "pins.compare", "s", compare_action);
}

static void
isc_pin_list_init (IscPinList *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Compare"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), make_header ());
}

GtkWidget *
isc_pin_list_new (void)
{
  return g_object_new (ISC_TYPE_PIN_LIST, NULL);
}

void
isc_pin_list_set_experiment (IscPinList *self, IscExperiment *experiment)
{
  guint n = isc_experiment_get_n_pins (experiment);

  g_return_if_fail (ISC_IS_PIN_LIST (self));

  isc_experiment_ref (experiment);
  g_clear_pointer (&self->experiment, isc_experiment_unref);
  self->experiment = experiment;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "pins.clear", n > 0);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  if (n > 0)
    add_row (self, make_row (isc_experiment_get_weights_init (experiment),
                             isc_experiment_get_weights_color (experiment), _ ("shown")));
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = make_row (isc_experiment_get_pin_init (experiment, i),
                                 isc_experiment_get_pin_color (experiment, i), NULL);

      adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_remove_button (self, i));
      add_row (self, row);
    }
}

void
isc_pin_list_set_error (IscPinList *self, guint index, const char *message)
{
  g_autofree char *markup = g_markup_escape_text (message, -1);

  /* The scheme that is shown has the first row. */
  if (index + 1 >= self->rows->len)
    return;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows->pdata[index + 1]), markup);
  gtk_widget_add_css_class (self->rows->pdata[index + 1], "error");
}

/* The pin takes the colour that the scheme had, so that the eye stays with it. */
void
isc_pin_list_pin (IscPinList *self)
{
  IscExperiment *experiment = self->experiment;
  guint n = isc_experiment_get_n_pins (experiment);
  IscCall *init = isc_experiment_get_weights_init (experiment);
  g_autofree char *call = init ? isc_call_to_text (init) : NULL;
  g_autofree char *escaped = call ? g_strescape (call, "'") : NULL;
  g_autofree char *path = g_strdup_printf ("weights.pins[%u]", n);
  g_autofree char *value = call ? g_strdup_printf ("{\"init\": \"%s\", \"color\": %u}", escaped,
                                                   isc_experiment_get_weights_color (experiment))
                                : g_strdup_printf ("{\"init\": null, \"color\": %u}",
                                                   isc_experiment_get_weights_color (experiment));
  g_autoptr (IscExperiment) pinned = edit (experiment, path, value);

  if (pinned && !is_pinned (experiment, init))
    take_change (self, edit_number (pinned, "weights.color", free_color (pinned)));
}

void
isc_pin_list_remove (IscPinList *self, guint index)
{
  g_autofree char *path = g_strdup_printf ("weights.pins[%u]", index);

  take_change (self, edit (self->experiment, path, NULL));
}

void
isc_pin_list_compare (IscPinList *self, const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    {
      const char *const *schemes = comparisons[i].schemes;
      g_autoptr (IscExperiment) shown = NULL;
      g_autoptr (IscExperiment) colored = NULL;
      g_autoptr (GString) pins = g_string_new ("[");

      if (!g_str_equal (comparisons[i].id, id))
        continue;
      shown = edit (self->experiment, "weights.init", *schemes[0] ? schemes[0] : NULL);
      colored = edit_number (shown, "weights.color", 0);
      for (guint j = 1; schemes[j]; j++)
        g_string_append_printf (pins, "%s\"%s\"", j > 1 ? ", " : "", schemes[j]);
      g_string_append_c (pins, ']');
      take_change (self, edit (colored, "weights.pins", pins->str));
    }
}
