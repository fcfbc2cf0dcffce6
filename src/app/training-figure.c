/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/training-figure.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/drag-handle.h"
#include "base/number-text.h"

struct _IscTrainingFigure
{
  GtkWidget parent_instance;

  GtkWidget *overlay;
  GtkWidget *plot;
  GtkWidget *chooser;
  GtkWidget *of_run;
  GtkWidget *alone;
  GtkWidget *log;
  GtkWidget *by_parameter;
  GtkWidget *smoothing;
  GtkWidget *smoothing_row;
  GtkWidget *time;
  GtkWidget *time_row;
  GtkWidget *parameter;
  GtkWidget *parameter_row;
  GtkWidget *step;
  GtkWidget *step_row;

  /* The views of results, in the chooser's order. */
  GPtrArray *views;
  guint n_names;
  gsize furthest;
  gboolean updating;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscTrainingFigure, isc_training_figure, GTK_TYPE_WIDGET)

static guint
selected_of (GtkWidget *drop_down)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (drop_down));

  return selected == GTK_INVALID_LIST_POSITION ? 0 : selected;
}

static const IscView *
chosen_view (IscTrainingFigure *self)
{
  return self->views->pdata[selected_of (self->chooser)];
}

/* Only what the view heeds is offered. */
static void
update_rows (IscTrainingFigure *self)
{
  IscViewTraits traits = chosen_view (self)->traits;
  gboolean by_parameter = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->by_parameter));

  gtk_widget_set_visible (self->of_run, (traits & ISC_VIEW_OF_RUN)
                                            && (!(traits & ISC_VIEW_BY_PARAMETER) || by_parameter));
  gtk_widget_set_visible (self->log, (traits & ISC_VIEW_HAS_LOG) != 0);
  gtk_widget_set_visible (self->by_parameter, (traits & ISC_VIEW_BY_PARAMETER) != 0);
  gtk_widget_set_visible (self->smoothing_row, (traits & ISC_VIEW_OVER_TIME) != 0);
  gtk_widget_set_visible (self->time_row, (traits & ISC_VIEW_OVER_TIME) != 0);
  gtk_widget_set_visible (self->parameter_row, (traits & ISC_VIEW_OF_PARAMETER) != 0);
  gtk_widget_set_visible (self->step_row, (traits & ISC_VIEW_AT_STEP) != 0);
}

static void
changed_cb (IscTrainingFigure *self)
{
  if (self->updating)
    return;
  update_rows (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static char *
format_step_cb (GtkScale *scale, double value, gpointer data)
{
  IscTrainingFigure *self = data;

  return value >= (double)self->furthest ? g_strdup (_ ("latest"))
                                         : isc_count_to_label ((guint64)value);
}

static void
list_views (IscTrainingFigure *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint n;
  const IscView *const *views = isc_views_get (&n);

  self->views = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    if (views[i]->of_result)
      {
        g_ptr_array_add (self->views, (gpointer)views[i]);
        gtk_string_list_append (list, _ (views[i]->label));
      }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->chooser), G_LIST_MODEL (list));
}

static void
isc_training_figure_dispose (GObject *object)
{
  IscTrainingFigure *self = ISC_TRAINING_FIGURE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ISC_TYPE_TRAINING_FIGURE);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  G_OBJECT_CLASS (isc_training_figure_parent_class)->dispose (object);
}

static void
isc_training_figure_class_init (IscTrainingFigureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_training_figure_dispose;
  g_type_ensure (ISC_TYPE_DRAG_HANDLE);
  g_type_ensure (ISC_TYPE_PLOT_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ISC_RESOURCE_BASE "/ui/training-figure.ui");
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, overlay);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, plot);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, chooser);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, of_run);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, alone);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, log);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, by_parameter);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, smoothing);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, smoothing_row);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, time);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, time_row);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, parameter);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, parameter_row);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, step);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigure, step_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  signals[CHANGED] = g_signal_new ("changed", ISC_TYPE_TRAINING_FIGURE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
isc_training_figure_init (IscTrainingFigure *self)
{
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  /* It takes all the room there is, which its plot can't ask for through it. */
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_scale_set_format_value_func (GTK_SCALE (self->step), format_step_cb, self, NULL);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "plot",
                                  isc_plot_view_get_actions (ISC_PLOT_VIEW (self->plot)));
  list_views (self);
  self->updating = FALSE;
  update_rows (self);
}

void
isc_training_figure_choose (IscTrainingFigure *self, const char *id, gboolean by_parameter)
{
  g_return_if_fail (ISC_IS_TRAINING_FIGURE (self));

  self->updating = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->by_parameter), by_parameter);
  for (guint i = 0; i < self->views->len; i++)
    if (g_str_equal (((const IscView *)self->views->pdata[i])->id, id))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->chooser), i);
  self->updating = FALSE;
  changed_cb (self);
}

void
isc_training_figure_set_look (IscTrainingFigure *self, gboolean log_y, guint init)
{
  g_return_if_fail (ISC_IS_TRAINING_FIGURE (self));

  self->updating = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->log), log_y);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->of_run), init);
  self->updating = FALSE;
  changed_cb (self);
}

const IscView *
isc_training_figure_get_view (IscTrainingFigure *self, IscViewOptions *options)
{
  const IscView *view;
  double step;

  g_return_val_if_fail (ISC_IS_TRAINING_FIGURE (self), NULL);

  view = chosen_view (self);
  step = gtk_range_get_value (GTK_RANGE (self->step));
  *options = isc_view_options_default;
  options->compact = options->untitled = TRUE;
  options->log_y = (view->traits & ISC_VIEW_HAS_LOG)
                   && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->log));
  options->by_parameter = (view->traits & ISC_VIEW_BY_PARAMETER)
                          && gtk_check_button_get_active (GTK_CHECK_BUTTON (self->by_parameter));
  options->run = selected_of (self->of_run);
  options->smoothing = gtk_range_get_value (GTK_RANGE (self->smoothing));
  options->time = (IscTimeAxis)selected_of (self->time);
  options->parameter = selected_of (self->parameter);
  options->at_step = step >= (double)self->furthest ? G_MAXSIZE : (gsize)step;
  return view;
}

gboolean
isc_training_figure_show (IscTrainingFigure *self, IscFigure *figure)
{
  IscViewOptions options;
  const IscView *view = isc_training_figure_get_view (self, &options);
  g_autofree char *subject
      = g_strdup_printf ("%s, log %d, by parameter %d, %u over %d", view->id, options.log_y,
                         options.by_parameter, options.parameter, (int)options.time);
  gboolean another = isc_plot_view_set_subject (ISC_PLOT_VIEW (self->plot), subject);

  isc_plot_view_set_figure (ISC_PLOT_VIEW (self->plot), figure);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->plot), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (view->label), -1);
  return another;
}

void
isc_training_figure_set_runs (IscTrainingFigure *self, IscExperiment *experiment)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  g_return_if_fail (ISC_IS_TRAINING_FIGURE (self));

  for (guint i = 0; i < isc_experiment_get_n_inits (experiment); i++)
    gtk_string_list_append (list, isc_experiment_get_init_label (experiment, i));
  self->updating = TRUE;
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->of_run), G_LIST_MODEL (list));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->parameter), NULL);
  self->n_names = 0;
  self->updating = FALSE;
}

static void
list_parameters (IscTrainingFigure *self, const IscTrace *trace)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  self->n_names = isc_trace_get_n_parameters (trace);
  for (guint i = 0; i < self->n_names; i++)
    gtk_string_list_append (list, isc_trace_get_name (trace, i));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->parameter), G_LIST_MODEL (list));
}

void
isc_training_figure_set_result (IscTrainingFigure *self, IscResult *result)
{
  GtkRange *range = GTK_RANGE (self->step);
  gsize furthest = 0;
  gboolean at_latest;

  g_return_if_fail (ISC_IS_TRAINING_FIGURE (self));

  for (guint i = 0; result && i < isc_result_get_n_runs (result); i++)
    furthest = MAX (furthest, isc_result_get_run (result, i)->n_steps);
  self->updating = TRUE;
  /* What follows the latest step goes on following it. */
  at_latest = gtk_range_get_value (range) >= (double)self->furthest;
  self->furthest = furthest;
  gtk_range_set_range (range, 0.0, (double)MAX (furthest, 1));
  if (at_latest)
    gtk_range_set_value (range, (double)MAX (furthest, 1));
  if (result && isc_result_get_n_runs (result) > 0 && self->n_names == 0)
    list_parameters (self, isc_result_get_run (result, 0)->trace);
  self->updating = FALSE;
}

IscPlotView *
isc_training_figure_get_plot (IscTrainingFigure *self)
{
  g_return_val_if_fail (ISC_IS_TRAINING_FIGURE (self), NULL);
  return ISC_PLOT_VIEW (self->plot);
}

GtkWidget *
isc_training_figure_get_menu (IscTrainingFigure *self)
{
  g_return_val_if_fail (ISC_IS_TRAINING_FIGURE (self), NULL);
  return gtk_widget_get_parent (self->chooser);
}

GtkWidget *
isc_training_figure_get_alone (IscTrainingFigure *self)
{
  g_return_val_if_fail (ISC_IS_TRAINING_FIGURE (self), NULL);
  return self->alone;
}
