/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lesson-stage.h"

#include "app/spotlight.h"

struct _IscLessonStage
{
  IscWindow *window;
  /* What the step hides. */
  GPtrArray *hidden;
  /* Which sidebars the lesson has folded: of Weights, of Training. */
  gboolean folded[2];
};

static IscSpotlight *
spotlight_of (IscLessonStage *stage)
{
  return ISC_SPOTLIGHT (isc_window_find (stage->window, "spotlight"));
}

static AdwFlap *
flap_of (IscLessonStage *stage, gboolean training)
{
  return training ? isc_training_page_get_flap (isc_window_get_training_page (stage->window))
                  : isc_weights_page_get_flap (isc_window_get_weights_page (stage->window));
}

static GtkWidget *
find_control (IscLessonStage *stage, const char *name, gboolean training)
{
  if (g_str_equal (name, "pages"))
    return isc_window_find (stage->window, "title");
  if (g_str_equal (name, "sidebar"))
    return adw_flap_get_flap (flap_of (stage, training));
  return training ? isc_training_page_find (isc_window_get_training_page (stage->window), name)
                  : isc_weights_page_find (isc_window_get_weights_page (stage->window), name);
}

static void
show_hidden (IscLessonStage *stage)
{
  for (guint i = 0; i < stage->hidden->len; i++)
    gtk_widget_set_visible (stage->hidden->pdata[i], TRUE);
  g_ptr_array_set_size (stage->hidden, 0);
}

static void
hide_widget (IscLessonStage *stage, GtkWidget *widget)
{
  if (!widget || !gtk_widget_get_visible (widget))
    return;
  gtk_widget_set_visible (widget, FALSE);
  g_ptr_array_add (stage->hidden, g_object_ref (widget));
}

static void
hide_controls (IscLessonStage *stage, const IscLessonStep *step)
{
  for (guint i = 0; step->hidden && step->hidden[i]; i++)
    if (g_str_equal (step->hidden[i], "sidebar"))
      {
        adw_flap_set_reveal_flap (flap_of (stage, step->training), FALSE);
        hide_widget (stage, isc_window_find (stage->window, "sidebar_button"));
      }
    else
      hide_widget (stage, find_control (stage, step->hidden[i], step->training));
}

/* Which init has that label; 0 where none is named. */
static guint
find_init (IscExperiment *experiment, const char *label)
{
  for (guint i = 0; label && i < isc_experiment_get_n_inits (experiment); i++)
    if (g_strcmp0 (isc_experiment_get_init_label (experiment, i), label) == 0)
      return i;
  return 0;
}

static void
choose_figures (IscLessonStage *stage, const IscLessonStep *step)
{
  IscTrainingPage *page = isc_window_get_training_page (stage->window);

  if (!step->training)
    {
      if (step->figures[0].view)
        isc_weights_page_choose_view (isc_window_get_weights_page (stage->window),
                                      step->figures[0].view->id);
      return;
    }
  for (guint i = 0; i < ISC_LESSON_FIGURES; i++)
    {
      const IscLessonFigure *figure = &step->figures[i];

      if (figure->view)
        isc_training_figures_choose (isc_training_page_get_figures (page), i, figure->view,
                                     figure->log_y, figure->by_parameter,
                                     find_init (step->experiment, figure->run));
    }
  if (step->figures[0].view)
    isc_training_figures_set_lower_shown (isc_training_page_get_figures (page), step->has_lower);
}

static void
train (IscLessonStage *stage, const IscLessonStep *step, gsize until)
{
  if (step->training)
    isc_training_page_train_to (isc_window_get_training_page (stage->window), until);
}

IscLessonStage *
isc_lesson_stage_new (IscWindow *window)
{
  IscLessonStage *stage = g_new0 (IscLessonStage, 1);

  stage->window = window;
  stage->hidden = g_ptr_array_new_with_free_func (g_object_unref);
  return stage;
}

void
isc_lesson_stage_free (IscLessonStage *stage)
{
  g_ptr_array_unref (stage->hidden);
  g_free (stage);
}

void
isc_lesson_stage_enter (IscLessonStage *stage)
{
  for (guint i = 0; i < G_N_ELEMENTS (stage->folded); i++)
    {
      stage->folded[i] = adw_flap_get_reveal_flap (flap_of (stage, i));
      adw_flap_set_reveal_flap (flap_of (stage, i), FALSE);
    }
}

void
isc_lesson_stage_leave (IscLessonStage *stage)
{
  show_hidden (stage);
  isc_spotlight_clear (spotlight_of (stage));
  for (guint i = 0; i < G_N_ELEMENTS (stage->folded); i++)
    if (stage->folded[i])
      adw_flap_set_reveal_flap (flap_of (stage, i), TRUE);
}

void
isc_lesson_stage_set (IscLessonStage *stage, const IscLessonStep *step, gboolean secret)
{
  static const char *const tell_tales[] = { "runs", "comparison", "transport", "statistics" };

  isc_spotlight_clear (spotlight_of (stage));
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.page", "s",
                              step->training ? "training" : "weights");
  choose_figures (stage, step);
  show_hidden (stage);
  hide_controls (stage, step);
  for (guint i = 0; secret && i < G_N_ELEMENTS (tell_tales); i++)
    hide_widget (stage, find_control (stage, tell_tales[i], step->training));
  if (secret)
    train (stage, step, 0);
}

void
isc_lesson_stage_light (IscLessonStage *stage, const IscLessonStep *step)
{
  IscSpotlight *spotlight = spotlight_of (stage);

  train (stage, step, step->run);
  isc_spotlight_clear (spotlight);
  for (guint i = 0; i < step->highlights->len; i++)
    {
      const IscHighlight *highlight = step->highlights->pdata[i];
      IscPlotView *plot = isc_lesson_stage_get_plot (stage, step, highlight->lower);

      if (highlight->kind == ISC_HIGHLIGHT_CONTROL)
        isc_spotlight_add_widget (spotlight, find_control (stage, highlight->name, step->training));
      else if (highlight->kind == ISC_HIGHLIGHT_CURVE)
        isc_spotlight_add_curve (spotlight, plot, highlight->name);
      else
        isc_spotlight_add_area (spotlight, plot, highlight->x, highlight->y);
    }
}

IscPlotView *
isc_lesson_stage_get_plot (IscLessonStage *stage, const IscLessonStep *step, gboolean lower)
{
  return step->training
             ? isc_training_figures_get_plot (isc_training_page_get_figures (
                                                  isc_window_get_training_page (stage->window)),
                                              lower)
             : isc_weights_page_get_plot (isc_window_get_weights_page (stage->window));
}
