/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/training-figures.h"

#include "app/plot-menu.h"
#include "app/step-link.h"
#include "app/training-figure.h"

struct _IscTrainingFigures
{
  GtkBox parent_instance;

  GtkWidget *upper;
  GtkWidget *separator;
  GtkWidget *lower;

  IscStepLink *link;
  IscResult *result;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscTrainingFigures, isc_training_figures, GTK_TYPE_BOX)

static IscTrainingFigure *
figure_of (IscTrainingFigures *self, guint index)
{
  return ISC_TRAINING_FIGURE (index == 0 ? self->upper : self->lower);
}

static void
chosen_cb (IscTrainingFigures *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* On a projector one figure at a time can be read from the last row. */
static void
bind_alone (IscTrainingFigures *self, GtkWidget *figure, GtkWidget *other)
{
  GtkWidget *alone = isc_training_figure_get_alone (ISC_TRAINING_FIGURE (figure));
  GBindingFlags flags = G_BINDING_INVERT_BOOLEAN;

  g_object_bind_property (alone, "active", other, "visible", flags);
  g_object_bind_property (alone, "active", self->separator, "visible", flags);
}

static void
isc_training_figures_dispose (GObject *object)
{
  IscTrainingFigures *self = ISC_TRAINING_FIGURES (object);

  g_clear_pointer (&self->link, isc_step_link_free);
  g_clear_pointer (&self->result, isc_result_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), ISC_TYPE_TRAINING_FIGURES);
  G_OBJECT_CLASS (isc_training_figures_parent_class)->dispose (object);
}

static void
isc_training_figures_class_init (IscTrainingFiguresClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_training_figures_dispose;
  signals[CHANGED] = g_signal_new ("changed", ISC_TYPE_TRAINING_FIGURES, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (ISC_TYPE_TRAINING_FIGURE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ISC_RESOURCE_BASE "/ui/training-figures.ui");
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigures, upper);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigures, separator);
  gtk_widget_class_bind_template_child (widget_class, IscTrainingFigures, lower);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
isc_training_figures_init (IscTrainingFigures *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->link = isc_step_link_new (figure_of (self, 0), figure_of (self, 1));
  isc_training_figure_choose (figure_of (self, 0), "loss", FALSE);
  isc_training_figure_choose (figure_of (self, 1), "gradient-norms", FALSE);
  for (guint i = 0; i < ISC_N_TRAINING_FIGURES; i++)
    isc_plot_menu_add_export (isc_training_figure_get_plot (figure_of (self, i)), i > 0);
  bind_alone (self, self->upper, self->lower);
  bind_alone (self, self->lower, self->upper);
}

void
isc_training_figures_set_runs (IscTrainingFigures *self, IscExperiment *experiment)
{
  for (guint i = 0; i < ISC_N_TRAINING_FIGURES; i++)
    isc_training_figure_set_runs (figure_of (self, i), experiment);
}

void
isc_training_figures_show (IscTrainingFigures *self, IscResult *result, IscFigure *const *figures)
{
  g_return_if_fail (ISC_IS_TRAINING_FIGURES (self) && result);

  isc_result_ref (result);
  g_clear_pointer (&self->result, isc_result_unref);
  self->result = result;
  for (guint i = 0; i < ISC_N_TRAINING_FIGURES; i++)
    {
      isc_training_figure_set_result (figure_of (self, i), result);
      isc_step_link_show (self->link, figure_of (self, i), figures[i]);
    }
}

void
isc_training_figures_draw (IscTrainingFigures *self)
{
  const IscView *views[ISC_N_TRAINING_FIGURES];
  IscViewOptions options[ISC_N_TRAINING_FIGURES];

  g_return_if_fail (ISC_IS_TRAINING_FIGURES (self) && self->result);

  isc_training_figures_get_views (self, views, options);
  for (guint i = 0; i < ISC_N_TRAINING_FIGURES; i++)
    {
      g_autoptr (IscFigure) figure = views[i]->of_result (self->result, &options[i]);

      isc_step_link_show (self->link, figure_of (self, i), figure);
    }
}

void
isc_training_figures_say (IscTrainingFigures *self, const char *words)
{
  g_return_if_fail (ISC_IS_TRAINING_FIGURES (self));

  g_clear_pointer (&self->result, isc_result_unref);
  for (guint i = 0; i < ISC_N_TRAINING_FIGURES; i++)
    {
      IscTrainingFigure *place = figure_of (self, i);
      g_autoptr (IscFigure) figure = isc_figure_new ();
      IscPanel *panel = isc_figure_add_panel (figure);

      isc_figure_set_summary (figure, words);
      isc_panel_set_bare (panel, TRUE);
      isc_panel_set_note (panel, words);
      isc_training_figure_set_result (place, NULL);
      isc_plot_view_set_figure (isc_training_figure_get_plot (place), figure);
    }
}

void
isc_training_figures_get_views (IscTrainingFigures *self,
                                const IscView **views,
                                IscViewOptions *options)
{
  for (guint i = 0; i < ISC_N_TRAINING_FIGURES; i++)
    views[i] = isc_training_figure_get_view (figure_of (self, i), &options[i]);
}

void
isc_training_figures_choose (IscTrainingFigures *self,
                             guint index,
                             const IscView *view,
                             gboolean log_y,
                             gboolean by_parameter,
                             guint init)
{
  g_return_if_fail (index < ISC_N_TRAINING_FIGURES);

  isc_training_figure_choose (figure_of (self, index), view->id, by_parameter);
  isc_training_figure_set_look (figure_of (self, index), log_y, init);
}

const IscView *
isc_training_figures_get_view (IscTrainingFigures *self, guint index)
{
  IscViewOptions options;

  g_return_val_if_fail (index < ISC_N_TRAINING_FIGURES, NULL);
  return isc_training_figure_get_view (figure_of (self, index), &options);
}

IscViewOptions
isc_training_figures_get_options (IscTrainingFigures *self, guint index)
{
  IscViewOptions options = isc_view_options_default;

  g_return_val_if_fail (index < ISC_N_TRAINING_FIGURES, options);

  isc_training_figure_get_view (figure_of (self, index), &options);
  options.compact = FALSE;
  return options;
}

IscFigure *
isc_training_figures_make (IscTrainingFigures *self, guint index)
{
  IscViewOptions options = isc_training_figures_get_options (self, index);

  g_return_val_if_fail (index < ISC_N_TRAINING_FIGURES, NULL);
  return self->result
             ? isc_training_figures_get_view (self, index)->of_result (self->result, &options)
             : NULL;
}

IscPlotView *
isc_training_figures_get_plot (IscTrainingFigures *self, guint index)
{
  g_return_val_if_fail (index < ISC_N_TRAINING_FIGURES, NULL);
  return isc_training_figure_get_plot (figure_of (self, index));
}

GtkWidget *
isc_training_figures_get_menu (IscTrainingFigures *self)
{
  return isc_training_figure_get_menu (figure_of (self, 0));
}

gboolean
isc_training_figures_shows (IscTrainingFigures *self, guint index)
{
  g_return_val_if_fail (index < ISC_N_TRAINING_FIGURES, FALSE);
  return gtk_widget_get_visible (GTK_WIDGET (figure_of (self, index)));
}

void
isc_training_figures_set_lower_shown (IscTrainingFigures *self, gboolean shown)
{
  GtkWidget *upper = isc_training_figure_get_alone (figure_of (self, 0));
  GtkWidget *lower = isc_training_figure_get_alone (figure_of (self, 1));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (lower), FALSE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (upper), !shown);
}

void
isc_training_figures_set_linked (IscTrainingFigures *self, gboolean linked)
{
  isc_step_link_set_active (self->link, linked);
}

gboolean
isc_training_figures_get_linked (IscTrainingFigures *self)
{
  return isc_step_link_get_active (self->link);
}
