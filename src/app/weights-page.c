/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/weights-page.h"

#include <glib/gi18n.h>

#include "app/weights-job.h"
#include "app/plot-menu.h"
#include "app/drag-handle.h"
#include "app/plot-view.h"
#include "app/statistics-card.h"
#include "app/text-zoom.h"
#include "app/weights-sidebar.h"
#include "base/error.h"
#include "base/file.h"
#include "base/number-text.h"
#include "experiment/code.h"
#include "experiment/edit.h"
#include "formats/weights-file.h"

#define SIDEBAR_WIDTH 340

/* Milliseconds after which it is said that something is being done. */
#define PATIENCE 500

struct _IscWeightsPage
{
  AdwBin parent_instance;

  GtkWidget *flap;
  GtkWidget *side;
  GtkWidget *sidebar;
  GtkWidget *chooser;
  GtkWidget *arrangement;
  GtkWidget *tail;
  GtkWidget *library;
  GtkWidget *file;
  GtkWidget *file_name;
  GtkWidget *plot;
  GtkWidget *drag_handle;
  GtkWidget *plot_menu;
  GtkWidget *foot;
  GtkWidget *statistics;
  GtkWidget *status;
  GtkWidget *take_away;

  IscDocument *document;
  IscWeightsJob *job;
  /* Until something is said of what takes long. */
  guint patience;
  /* The views of weights, in the chooser's order. */
  GPtrArray *views;
  /* What was asked of the job last: the document's experiment, or one with a file's title. */
  IscExperiment *requested;
  /* A file's tensors, shown in place of the document's weights until those change. */
  GPtrArray *given;
  IscWeights *weights;
  IscFit fit;
  gboolean fitted;
  gboolean current;
};

G_DEFINE_FINAL_TYPE (IscWeightsPage, isc_weights_page, ADW_TYPE_BIN)

static IscExperiment *
experiment_of (IscWeightsPage *self)
{
  return isc_document_get_experiment (self->document);
}

static const IscView *
chosen_view (IscWeightsPage *self)
{
  return self->views->pdata[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->chooser))];
}

static IscViewOptions
chosen_options (IscWeightsPage *self)
{
  IscViewOptions options = isc_view_options_default;

  options.arrangement
      = (IscArrangement)gtk_drop_down_get_selected (GTK_DROP_DOWN (self->arrangement));
  options.ccdf = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->tail));
  return options;
}

/* Whose defaults are shown; %NULL if it is the document's weights. */
static const IscDefaultLibrary *
chosen_library (IscWeightsPage *self)
{
  guint n;
  const IscDefaultLibrary *libraries = isc_default_libraries_get (&n);

  return chosen_view (self)->of_defaults
             ? &libraries[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->library))]
             : NULL;
}

static const IscWeightEntry *
shown_entry (IscWeightsPage *self)
{
  return self->weights && isc_weights_get_n_entries (self->weights) > 0
             ? isc_weights_get_entry (self->weights, 0)
             : NULL;
}

/* Controls that the chosen view has no use for are not there. */
static void
update_controls (IscWeightsPage *self)
{
  const char *view = chosen_view (self)->id;
  gboolean several = self->given ? self->given->len > 1
                                 : isc_experiment_get_n_pins (experiment_of (self)) > 0
                                       || isc_experiment_get_weights_target (experiment_of (self))
                                              == ISC_WEIGHTS_OF_INITS;

  gtk_widget_set_visible (self->arrangement, several && g_str_equal (view, "histogram"));
  gtk_widget_set_visible (self->tail, g_str_equal (view, "ecdf"));
  gtk_widget_set_visible (self->library, chosen_library (self) != NULL);
  gtk_widget_set_visible (self->foot, chosen_library (self) == NULL);
}

static gboolean
impatient_cb (gpointer page)
{
  IscWeightsPage *self = page;

  self->patience = 0;
  gtk_label_set_text (GTK_LABEL (self->status), _ ("Generating weights…"));
  return G_SOURCE_REMOVE;
}

static void
request (IscWeightsPage *self)
{
  IscViewOptions options = chosen_options (self);
  const char *title = gtk_label_get_text (GTK_LABEL (self->file_name));
  IscExperiment *titled
      = self->given ? isc_experiment_edit (experiment_of (self), "title", title, NULL) : NULL;

  self->current = FALSE;
  g_clear_pointer (&self->requested, isc_experiment_unref);
  self->requested = titled ? titled : isc_experiment_ref (experiment_of (self));
  isc_weights_job_request (self->job, self->requested, chosen_view (self), &options,
                           chosen_library (self), self->given);
  if (self->patience == 0)
    self->patience = g_timeout_add (PATIENCE, impatient_cb, self);
}

static void
drop_file (IscWeightsPage *self)
{
  g_clear_pointer (&self->given, g_ptr_array_unref);
  gtk_widget_set_visible (self->file, FALSE);
}

static void
close_file_cb (IscWeightsPage *self)
{
  drop_file (self);
  update_controls (self);
  request (self);
}

static void
again_cb (IscWeightsPage *self)
{
  isc_weights_job_forget (self->job);
  request (self);
  gtk_label_set_text (GTK_LABEL (self->status), _ ("Same seed, same weights"));
}

static void
look_cb (IscWeightsPage *self)
{
  if (!self->document)
    return;
  update_controls (self);
  request (self);
}

/* Whoever chooses another scheme wants to see it; a file's weights can be counted otherwise. */
static void
changed_cb (IscWeightsPage *self)
{
  if (self->given && self->weights && isc_weights_get_experiment (self->weights) == self->requested
      && !isc_weights_are_of (self->weights, experiment_of (self)))
    drop_file (self);
  update_controls (self);
  request (self);
}

/* Where there is no figure yet, its place says why. */
static void
show_reason (IscWeightsPage *self, const char *message)
{
  g_autoptr (IscFigure) figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);

  isc_panel_set_bare (panel, TRUE);
  isc_panel_set_note (panel, message);
  isc_figure_set_summary (figure, message);
  isc_plot_view_set_figure (ISC_PLOT_VIEW (self->plot), figure);
}

static void
done_cb (IscWeights *weights,
         IscFigure *figure,
         gboolean is_preview,
         const GError *error,
         gpointer owner)
{
  IscWeightsPage *self = owner;
  const IscWeightEntry *entry;

  g_clear_handle_id (&self->patience, g_source_remove);
  if (!weights)
    {
      gtk_label_set_text (GTK_LABEL (self->status), error->message);
      isc_weights_sidebar_show_failure (ISC_WEIGHTS_SIDEBAR (self->sidebar), error->message);
      if (!isc_plot_view_get_figure (ISC_PLOT_VIEW (self->plot)))
        show_reason (self, error->message);
      return;
    }
  g_clear_pointer (&self->weights, isc_weights_unref);
  self->weights = isc_weights_ref (weights);
  self->fitted = FALSE;
  /* Only what is exact is exported. */
  self->current = !is_preview && isc_weights_get_experiment (weights) == self->requested;
  isc_plot_view_set_subject (ISC_PLOT_VIEW (self->plot), chosen_view (self)->id);
  isc_plot_view_set_figure (ISC_PLOT_VIEW (self->plot), figure);
  /* A library's layers are many, and the statistics are of one tensor. */
  entry = isc_weights_get_n_entries (weights) > 0 && isc_weights_get_entry (weights, 0)->documented
              ? NULL
              : shown_entry (self);
  isc_statistics_card_set_entry (ISC_STATISTICS_CARD (self->statistics), entry, NULL);
  if (!entry)
    gtk_label_set_text (GTK_LABEL (self->status), "");
  else
    {
      g_autofree char *count = isc_count_to_label (isc_tensor_get_count (entry->tensor));
      g_autofree char *status
          = self->given
                /* Translators: the name of a tensor, and how many weights it has */
                ? g_strdup_printf (_ ("%s: %s weights, tested against a normal law of their "
                                      "own mean and deviation"),
                                   entry->label, count)
                : g_strdup_printf (_ ("Generated %s weights"), count);

      gtk_label_set_text (GTK_LABEL (self->status), status);
      if (!self->given)
        isc_weights_sidebar_set_entry (ISC_WEIGHTS_SIDEBAR (self->sidebar), entry);
    }
}

static void
fitted_cb (IscWeights *weights, const IscFit *fit, gpointer owner)
{
  IscWeightsPage *self = owner;

  if (weights != self->weights)
    return;
  self->fit = *fit;
  self->fitted = TRUE;
  isc_statistics_card_set_entry (ISC_STATISTICS_CARD (self->statistics), shown_entry (self),
                                 &self->fit);
}

static void
set_clipboard (IscWeightsPage *self, const char *text, const char *status)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_label_set_text (GTK_LABEL (self->status), status);
}

static void
copy_statistics_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autofree char *text = isc_weights_page_get_statistics (ISC_WEIGHTS_PAGE (widget));

  set_clipboard (ISC_WEIGHTS_PAGE (widget), text, _ ("Statistics copied"));
}

static void
copy_code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  IscWeightsPage *self = ISC_WEIGHTS_PAGE (widget);
  const IscCodeLanguage *language
      = isc_code_language_find (g_variant_get_string (parameter, NULL), NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = language ? isc_code_new (experiment_of (self), language, &error) : NULL;
  g_autofree char *status = NULL;

  if (code)
    {
      /* Translators: PyTorch, Keras, JAX or NumPy */
      status = g_strdup_printf (_ ("%s code copied"), language->label);
      set_clipboard (self, code, status);
    }
  else if (error)
    gtk_label_set_text (GTK_LABEL (self->status), error->message);
}

/* What a person can carry off: code in every language, statistics, the weights themselves. */
static GMenuModel *
take_away_menu (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) codes = g_menu_new ();
  g_autoptr (GMenu) numbers = g_menu_new ();
  guint n;
  const IscCodeLanguage *const *languages = isc_code_languages_get (&n);

  for (guint i = 0; i < n; i++)
    {
      /* Translators: PyTorch, Keras, JAX or NumPy */
      g_autofree char *label = g_strdup_printf (_ ("Copy as %s"), languages[i]->label);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "weights.copy-code", "s", languages[i]->id);
      g_menu_append_item (codes, item);
    }
  g_menu_append (numbers, _ ("Copy Statistics"), "weights.copy-statistics");
  g_menu_append (numbers, _ ("Save Weights…"), "win.save-weights");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (codes));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (numbers));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
fill_chooser (IscWeightsPage *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint n;
  const IscView *const *views = isc_views_get (&n);

  for (guint i = 0; i < n; i++)
    if (views[i]->of_weights || views[i]->of_defaults)
      {
        g_ptr_array_add (self->views, (gpointer)views[i]);
        gtk_string_list_append (list, _ (views[i]->label));
      }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->chooser), G_LIST_MODEL (list));
}

static void
fill_libraries (IscWeightsPage *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint n;
  const IscDefaultLibrary *libraries = isc_default_libraries_get (&n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, libraries[i].label);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->library), G_LIST_MODEL (list));
}

static void
isc_weights_page_dispose (GObject *object)
{
  IscWeightsPage *self = ISC_WEIGHTS_PAGE (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_pointer (&self->job, isc_weights_job_free);
  g_clear_pointer (&self->weights, isc_weights_unref);
  g_clear_pointer (&self->requested, isc_experiment_unref);
  g_clear_pointer (&self->given, g_ptr_array_unref);
  g_clear_object (&self->document);
  /* The bin lets go of its child before the template does: each would unparent it. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ISC_TYPE_WEIGHTS_PAGE);
  G_OBJECT_CLASS (isc_weights_page_parent_class)->dispose (object);
}

static void
isc_weights_page_finalize (GObject *object)
{
  g_ptr_array_unref (ISC_WEIGHTS_PAGE (object)->views);
  G_OBJECT_CLASS (isc_weights_page_parent_class)->finalize (object);
}

static void
isc_weights_page_class_init (IscWeightsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_weights_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_weights_page_finalize;
  g_type_ensure (ISC_TYPE_DRAG_HANDLE);
  g_type_ensure (ISC_TYPE_PLOT_VIEW);
  g_type_ensure (ISC_TYPE_STATISTICS_CARD);
  g_type_ensure (ISC_TYPE_WEIGHTS_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ISC_RESOURCE_BASE "/ui/weights-page.ui");
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, flap);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, side);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, arrangement);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, tail);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, library);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, file);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, file_name);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, plot);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, drag_handle);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, plot_menu);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, foot);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, statistics);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, status);
  gtk_widget_class_bind_template_child (widget_class, IscWeightsPage, take_away);
  gtk_widget_class_bind_template_callback (widget_class, again_cb);
  gtk_widget_class_bind_template_callback (widget_class, look_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_file_cb);
  gtk_widget_class_install_action (widget_class, "weights.copy-statistics", NULL,
                                   copy_statistics_action);
  gtk_widget_class_install_action (widget_class, "weights.copy-code", "s", copy_code_action);
}

static void
isc_weights_page_init (IscWeightsPage *self)
{
  g_autoptr (GMenuModel) menu = take_away_menu ();

  self->views = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_chooser (self);
  fill_libraries (self);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->take_away), menu);
  isc_plot_menu_add_export (ISC_PLOT_VIEW (self->plot), FALSE);
  isc_plot_menu_attach (ISC_PLOT_VIEW (self->plot), GTK_MENU_BUTTON (self->plot_menu));
}

void
isc_weights_page_set_document (IscWeightsPage *self, IscDocument *document)
{
  g_return_if_fail (ISC_IS_WEIGHTS_PAGE (self) && !self->document);

  self->document = g_object_ref (document);
  self->job = isc_weights_job_new (done_cb, fitted_cb, G_OBJECT (self));
  isc_weights_sidebar_set_document (ISC_WEIGHTS_SIDEBAR (self->sidebar), document);
  g_signal_connect_object (document, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}

void
isc_weights_page_choose_view (IscWeightsPage *self, const char *id)
{
  for (guint i = 0; i < self->views->len; i++)
    if (g_str_equal (((const IscView *)self->views->pdata[i])->id, id))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), i);
}

const IscView *
isc_weights_page_get_view (IscWeightsPage *self)
{
  return chosen_view (self);
}

IscViewOptions
isc_weights_page_get_options (IscWeightsPage *self)
{
  return chosen_options (self);
}

IscWeights *
isc_weights_page_get_weights (IscWeightsPage *self)
{
  return self->current && !chosen_library (self) ? self->weights : NULL;
}

IscFigure *
isc_weights_page_get_figure (IscWeightsPage *self)
{
  return self->current ? isc_plot_view_get_figure (ISC_PLOT_VIEW (self->plot)) : NULL;
}

void
isc_weights_page_set_window_width (IscWeightsPage *self, int width)
{
  int wide = (int)(SIDEBAR_WIDTH * isc_text_zoom (GTK_WIDGET (self)));

  gtk_widget_set_size_request (self->side, width >= 2.5 * wide ? wide : SIDEBAR_WIDTH, -1);
  /* On a phone there is no other program beside it. */
  gtk_widget_set_visible (self->drag_handle, width >= 1.5 * wide);
}

AdwFlap *
isc_weights_page_get_flap (IscWeightsPage *self)
{
  return ADW_FLAP (self->flap);
}

IscPlotView *
isc_weights_page_get_plot (IscWeightsPage *self)
{
  return ISC_PLOT_VIEW (self->plot);
}

char *
isc_weights_page_get_statistics (IscWeightsPage *self)
{
  const IscWeightEntry *entry = shown_entry (self);

  return entry ? isc_statistics_to_text (entry, self->fitted ? &self->fit : NULL) : g_strdup ("");
}

gboolean
isc_weights_page_open (IscWeightsPage *self, const char *path, GError **error)
{
  GPtrArray *tensors = isc_weights_file_read (path, error);
  g_autofree char *name = g_filename_display_basename (path);

  if (!tensors)
    return FALSE;
  drop_file (self);
  self->given = tensors;
  gtk_label_set_text (GTK_LABEL (self->file_name), name);
  gtk_widget_set_visible (self->file, TRUE);
  /* Their defaults are in no file. */
  if (chosen_library (self))
    isc_weights_page_choose_view (self, "histogram");
  update_controls (self);
  request (self);
  return TRUE;
}

gboolean
isc_weights_page_save (IscWeightsPage *self, const char *path, GError **error)
{
  g_autoptr (GPtrArray) tensors = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  if (chosen_library (self))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID, "%s",
                   _ ("The figure shows a library's defaults: choose another to save weights"));
      return FALSE;
    }
  for (guint i = 0; self->weights && i < isc_weights_get_n_entries (self->weights); i++)
    if (!isc_weights_get_entry (self->weights, i)->is_pin)
      g_ptr_array_add (tensors, isc_weights_get_entry (self->weights, i)->tensor);
  bytes = isc_weights_file_to_bytes (tensors, path, error);
  return bytes && isc_file_write (path, bytes, error);
}

char *
isc_weights_page_dup_file_name (IscWeightsPage *self)
{
  const IscWeightEntry *entry = shown_entry (self);
  const char *view = chosen_view (self)->id;
  g_autofree char *scheme = NULL;
  g_autofree char *shape = NULL;

  if (self->given)
    return g_strdup_printf ("%s_%s", gtk_label_get_text (GTK_LABEL (self->file_name)), view);
  if (!entry || isc_weights_get_n_entries (self->weights) > 2)
    return g_strdup (view);
  scheme = g_ascii_strdown (entry->scheme_label, -1);
  /* A layer is written inputs by outputs. */
  shape = entry->fan_in > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT "x%" G_GINT64_FORMAT,
                                               entry->fan_in, entry->fan_out)
                            : isc_shape_to_text (isc_tensor_get_shape (entry->tensor), "x");
  return g_strdup_printf ("%s_%s_seed%" G_GUINT64_FORMAT "%s%s", g_strdelimit (scheme, " _()", '-'),
                          shape, entry->seed, g_str_equal (view, "histogram") ? "" : "_",
                          g_str_equal (view, "histogram") ? "" : view);
}

GtkWidget *
isc_weights_page_find (IscWeightsPage *self, const char *name)
{
  if (g_str_equal (name, "statistics"))
    return self->foot;
  if (g_str_equal (name, "figure-menu"))
    return self->chooser;
  if (g_str_equal (name, "status"))
    return self->status;
  return isc_weights_sidebar_find (ISC_WEIGHTS_SIDEBAR (self->sidebar), name);
}
