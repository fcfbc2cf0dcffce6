/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/experiment-panel.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/call-group.h"
#include "app/fresh-call.h"
#include "app/list-group.h"
#include "app/list-row.h"
#include "app/training-group.h"
#include "catalog/layers/layers.h"
#include "catalog/modules.h"
#include "experiment/check.h"
#include "experiment/edit.h"
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

/* A message without the path that the row at fault stands for. */
static const char *
without_path (const char *message, const char *path)
{
  gsize length = strlen (path);

  return strncmp (message, path, length) == 0 && g_str_has_prefix (message + length, ": ")
             ? message + length + 2
             : message;
}

/* Each group of a call knows its field. */
static void
call_edited_cb (GtkWidget *group, const char *text, const char *gesture, IscExperimentPanel *self)
{
  const char *path = g_object_get_data (G_OBJECT (group), "path");
  g_autoptr (GError) error = NULL;

  if (!isc_document_edit (self->document, path, *text ? text : "null", gesture, &error))
    isc_call_group_set_error (ISC_CALL_GROUP (group), without_path (error->message, path));
}

static void
edit_element (
    IscExperimentPanel *self, GtkWidget *group, const char *path, guint index, const char *value)
{
  g_autoptr (GError) error = NULL;

  if (!isc_document_edit (self->document, path, value, NULL, &error))
    isc_list_group_set_error (ISC_LIST_GROUP (group), index, without_path (error->message, path));
}

static void
module_edited_cb (GtkWidget *group, guint index, const char *text, IscExperimentPanel *self)
{
  g_autofree char *path = g_strdup_printf ("network[%u]", index);

  edit_element (self, group, path, index, text);
}

static void
module_removed_cb (GtkWidget *group, guint index, IscExperimentPanel *self)
{
  g_autofree char *path = g_strdup_printf ("network[%u]", index);

  edit_element (self, group, path, index, NULL);
}

static void
module_moved_cb (GtkWidget *group, guint index, int by, IscExperimentPanel *self)
{
  IscExperiment *experiment = experiment_of (self);
  gint64 to = (gint64)index + by;
  g_autofree char *path = g_strdup_printf ("network[%u]", index);
  g_autofree char *text = isc_call_to_text (isc_experiment_get_module (experiment, index));
  g_autoptr (IscExperiment) without = NULL;
  IscExperiment *moved;

  if (to < 0 || to >= isc_experiment_get_n_modules (experiment))
    return;
  without = isc_experiment_edit (experiment, path, NULL, NULL);
  moved = without ? isc_experiment_insert (without, "network", (guint)to, text, NULL) : NULL;
  if (moved)
    isc_document_take (self->document, moved, NULL);
}

/* As many units as come out of the network's last Linear, wherever it stands. */
static gint64
last_width (IscExperiment *experiment)
{
  g_autoptr (GPtrArray) modules = isc_modules_new (isc_experiment_get_network (experiment), NULL);

  for (guint i = modules ? modules->len : 0; i > 0; i--)
    {
      const IscModule *module = isc_modules_get (modules, i - 1);

      if (g_str_equal (module->item->id, "Linear"))
        return isc_arguments_integer (module->arguments, "out_features");
    }
  return 10;
}

/* A layer that the network as it is can be followed by. */
static char *
next_layer (IscExperimentPanel *self, const char *name)
{
  gint64 width = last_width (experiment_of (self));
  g_autofree char *linear
      = g_strdup_printf ("Linear(%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ")", width, width);

  if (g_str_equal (name, "Linear"))
    return g_steal_pointer (&linear);
  if (g_str_equal (name, "Residual"))
    return g_strdup_printf ("Residual(%s, ReLU())", linear);
  return isc_fresh_call (isc_catalog_find (ISC_KIND_LAYER, name, NULL));
}

static gboolean
is_sequential (const char *text)
{
  g_autoptr (IscCall) call = isc_call_parse (text, NULL);

  return call && g_str_equal (isc_call_get_name (call), "Sequential");
}

/* One module is added; a pasted model takes the network's place. */
static void
module_added_cb (GtkWidget *group, const char *text, IscExperimentPanel *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *spelled
      = isc_catalog_find (ISC_KIND_LAYER, text, NULL) ? next_layer (self, text) : g_strdup (text);
  g_autoptr (GPtrArray) calls = isc_call_parse_list (spelled, &error);
  gboolean whole = calls && (calls->len > 1 || is_sequential (spelled));
  guint n = isc_experiment_get_n_modules (experiment_of (self));

  if (!calls
      || !(whole ? isc_document_edit (self->document, "network", spelled, NULL, &error)
                 : isc_document_insert (self->document, "network", n, spelled, &error)))
    isc_list_group_set_error (ISC_LIST_GROUP (group), G_MAXUINT, error->message);
}

static void
init_edited_cb (GtkWidget *group, guint index, const char *text, IscExperimentPanel *self)
{
  g_autofree char *path = g_strdup_printf ("inits[%u].weight", index);

  edit_element (self, group, path, index, *text ? text : NULL);
}

static void
init_removed_cb (GtkWidget *group, guint index, IscExperimentPanel *self)
{
  g_autofree char *path = g_strdup_printf ("inits[%u]", index);

  edit_element (self, group, path, index, NULL);
}

static void
init_renamed_cb (GtkWidget *group, guint index, const char *name, IscExperimentPanel *self)
{
  g_autofree char *path = g_strdup_printf ("inits[%u].label", index);

  edit_element (self, group, path, index, name);
}

static gboolean
has_label (IscExperiment *experiment, const char *label)
{
  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    if (g_str_equal (isc_experiment_get_init_label (experiment, i), label))
      return TRUE;
  return FALSE;
}

/* What a new entry is called: the scheme's name where that is all there is to say. */
static char *
label_of (IscExperiment *experiment, const IscCall *call)
{
  const IscItem *item = isc_catalog_find (ISC_KIND_SCHEME, isc_call_get_name (call), NULL);

  return item && isc_call_get_n_args (call) == 0 && !has_label (experiment, item->label)
             ? g_strdup (item->label)
             : isc_call_to_text (call);
}

static void
init_added_cb (GtkWidget *group, const char *text, IscExperimentPanel *self)
{
  IscExperiment *experiment = experiment_of (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  g_autofree char *spelled = call ? isc_call_to_text (call) : NULL;
  g_autofree char *label = call ? label_of (experiment, call) : NULL;
  g_autofree char *escaped = spelled ? g_strescape (spelled, NULL) : NULL;
  g_autofree char *escaped_label = label ? g_strescape (label, NULL) : NULL;
  g_autofree char *entry
      = g_strdup_printf ("{\"label\": \"%s\", \"weight\": \"%s\", \"bias\": \"zeros_()\"}",
                         escaped_label, escaped);

  if (!call
      || !isc_document_insert (self->document, "inits", isc_experiment_get_n_inits (experiment),
                               entry, &error))
    isc_list_group_set_error (ISC_LIST_GROUP (group), G_MAXUINT, error->message);
}

static void
training_edited_cb (GtkWidget *group, const char *path, const char *value, IscExperimentPanel *self)
{
  g_autoptr (GError) error = NULL;

  if (!isc_document_edit (self->document, path, value, path, &error))
    isc_training_group_set_error (ISC_TRAINING_GROUP (group), path,
                                  without_path (error->message, path));
}

static void
show_network (IscExperimentPanel *self, IscExperiment *experiment)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < isc_experiment_get_n_modules (experiment); i++)
    {
      g_ptr_array_add (names, g_strdup_printf (_ ("Module %u"), i));
      g_ptr_array_add (texts, isc_call_to_text (isc_experiment_get_module (experiment, i)));
    }
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (texts, NULL);
  isc_list_group_set_items (ISC_LIST_GROUP (self->network), (const char *const *)names->pdata,
                            (const char *const *)texts->pdata);
}

static void
show_inits (IscExperimentPanel *self, IscExperiment *experiment)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    {
      char *text = isc_experiment_get_init_text (experiment, i, FALSE);

      g_ptr_array_add (names, g_strdup (isc_experiment_get_init_label (experiment, i)));
      g_ptr_array_add (texts, text ? text : g_strdup (""));
    }
  g_ptr_array_add (names, NULL);
  g_ptr_array_add (texts, NULL);
  isc_list_group_set_items (ISC_LIST_GROUP (self->inits), (const char *const *)names->pdata,
                            (const char *const *)texts->pdata);
  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    {
      g_autofree char *bias = isc_experiment_get_init_text (experiment, i, TRUE);
      g_autofree char *detail = bias ? g_strdup_printf (_ ("biases: %s"), bias) : NULL;

      isc_list_row_set_detail (ISC_LIST_ROW (
                                   isc_list_group_get_row (ISC_LIST_GROUP (self->inits), i)),
                               detail);
    }
}

/* Shows a problem at the row of its line; what is at fault within a block is named in front. */
static void
show_at_row (GtkWidget *group, const IscProblem *problem)
{
  const char *open = strchr (problem->path, '[');
  const char *within = open ? strstr (open, "].f") : NULL;
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
  show_network (self, experiment);
  show_inits (self, experiment);
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

/* Everything of a kind that can be trained, to add with one click. */
static GMenu *
menu_of (IscKind kind)
{
  GMenu *menu = g_menu_new ();
  guint n;
  const IscItem *const *items = isc_catalog_get_items (kind, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (items[i]->label, NULL);
      g_autofree char *text = NULL;

      if (kind == ISC_KIND_LAYER && !isc_layer_can_train ((const IscLayer *)items[i]))
        continue;
      /* How wide a layer is depends on the network it is added to. */
      text = kind == ISC_KIND_LAYER ? g_strdup (items[i]->id) : isc_fresh_call (items[i]);
      g_menu_item_set_action_and_target (item, "list.add", "s", text);
      g_menu_append_item (menu, item);
    }
  return menu;
}

static void
set_menus (IscExperimentPanel *self)
{
  g_autoptr (GMenu) schemes = menu_of (ISC_KIND_SCHEME);
  g_autoptr (GMenu) layers = menu_of (ISC_KIND_LAYER);
  g_autoptr (GMenu) activations = menu_of (ISC_KIND_ACTIVATION);
  g_autoptr (GMenu) paste = g_menu_new ();
  g_autoptr (GMenu) modules = g_menu_new ();

  g_menu_append (paste, _ ("_Paste a Model"), "list.paste");
  g_menu_append_section (modules, NULL, G_MENU_MODEL (layers));
  g_menu_append_section (modules, NULL, G_MENU_MODEL (activations));
  g_menu_append_section (modules, NULL, G_MENU_MODEL (paste));
  isc_list_group_set_menu (ISC_LIST_GROUP (self->inits), G_MENU_MODEL (schemes),
                           _ ("Add a scheme"));
  isc_list_group_set_menu (ISC_LIST_GROUP (self->network), G_MENU_MODEL (modules),
                           _ ("Add a module or paste a model"));
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
  self->inits = isc_list_group_new (_ ("Schemes"), TRUE,
                                    _ ("A scheme, as in kaiming_normal_(nonlinearity='relu')."),
                                    "orthogonal_()");
  self->data = make_call_group (self, ISC_KIND_DATASET, "data", _ ("Data"), NULL);
  self->network
      = isc_list_group_new (_ ("Network"), FALSE,
                            _ ("A module, as in Linear(10, 3), or a pasted nn.Sequential(...)."),
                            "Linear(10, 3)");
  self->loss = make_call_group (self, ISC_KIND_LOSS, "loss", _ ("Loss"), NULL);
  self->optimizer = make_call_group (self, ISC_KIND_OPTIMIZER, "optimizer", _ ("Optimizer"), NULL);
  self->schedule
      = make_call_group (self, ISC_KIND_SCHEDULE, "schedule", _ ("Learning rate"), _ ("Constant"));
  self->training = isc_training_group_new ();

  g_signal_connect (self->training, "edited", G_CALLBACK (training_edited_cb), self);
  g_signal_connect (self->network, "edited", G_CALLBACK (module_edited_cb), self);
  g_signal_connect (self->network, "moved", G_CALLBACK (module_moved_cb), self);
  g_signal_connect (self->network, "removed", G_CALLBACK (module_removed_cb), self);
  g_signal_connect (self->network, "added", G_CALLBACK (module_added_cb), self);
  g_signal_connect (self->inits, "edited", G_CALLBACK (init_edited_cb), self);
  g_signal_connect (self->inits, "renamed", G_CALLBACK (init_renamed_cb), self);
  g_signal_connect (self->inits, "removed", G_CALLBACK (init_removed_cb), self);
  g_signal_connect (self->inits, "added", G_CALLBACK (init_added_cb), self);

  gtk_box_append (GTK_BOX (self), self->inits);
  gtk_box_append (GTK_BOX (self), self->data);
  gtk_box_append (GTK_BOX (self), self->network);
  gtk_box_append (GTK_BOX (self), self->optimizer);
  gtk_box_append (GTK_BOX (self), self->schedule);
  gtk_box_append (GTK_BOX (self), self->loss);
  gtk_box_append (GTK_BOX (self), self->training);
  set_menus (self);
}

void
isc_experiment_panel_set_document (IscExperimentPanel *self, IscDocument *document)
{
  g_return_if_fail (ISC_IS_EXPERIMENT_PANEL (self) && !self->document);

  self->document = g_object_ref (document);
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
