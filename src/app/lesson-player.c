/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lesson-player.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/lesson-panel.h"
#include "app/lesson-stage.h"
#include "app/presenter.h"
#include "app/sketch.h"
#include "app/text-zoom.h"
#include "base/number-text.h"
#include "lessons/lessons.h"
#include "lessons/read.h"

/* Below this width of the window the lesson stands under the figure. */
#define NARROW 760

/* Beside the figure, in px for letters of the usual size. */
#define PANEL_WIDTH 340

#define ISC_TYPE_LESSON_PLAYER (isc_lesson_player_get_type ())
G_DECLARE_FINAL_TYPE (IscLessonPlayer, isc_lesson_player, ISC, LESSON_PLAYER, GObject)

struct _IscLessonPlayer
{
  GObject parent_instance;

  /* It lives as long as its window. */
  IscWindow *window;
  IscLesson *lesson;
  guint step;
  IscLessonStage *stage;
  /* An idle callback that says how near the sketch came. */
  guint telling;
};

G_DEFINE_FINAL_TYPE (IscLessonPlayer, isc_lesson_player, G_TYPE_OBJECT)

static IscLessonPlayer *
player_of (IscWindow *window)
{
  return g_object_get_data (G_OBJECT (window), "isc-lesson-player");
}

static IscLessonPanel *
panel_of (IscLessonPlayer *self)
{
  return ISC_LESSON_PANEL (isc_window_find (self->window, "lesson"));
}

static IscSketch *
sketch_of (IscLessonPlayer *self)
{
  return ISC_SKETCH (isc_window_find (self->window, "sketch"));
}

static void
enable (IscLessonPlayer *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->window), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_verbs (IscLessonPlayer *self)
{
  guint n = self->lesson ? isc_lesson_get_n_steps (self->lesson) : 0;
  const IscLessonStep *step = n ? isc_lesson_get_step (self->lesson, self->step) : NULL;

  enable (self, "lesson-back", n && self->step > 0);
  enable (self, "lesson-next", self->step + 1 < n);
  enable (self, "lesson-close", n > 0);
  enable (self, "lesson-answer", step && step->answer);
  enable (self, "lesson-reveal", isc_sketch_is_asking (sketch_of (self)));
}

/* Hides the data until somebody has said what they expect. */
static void
ask (IscLessonPlayer *self, const IscLessonStep *step)
{
  const IscPrediction *prediction = step->prediction;
  const IscView *view = step->figures[0].view;
  const char *y_title = !step->training ? _ ("density") : view ? _ (view->label) : _ ("loss");

  isc_lesson_stage_set (self->stage, step, TRUE);
  isc_sketch_ask (sketch_of (self), isc_lesson_stage_get_plot (self->stage, step, FALSE),
                  prediction->x, prediction->y, step->training ? _ ("step") : _ ("weight"),
                  y_title);
  isc_lesson_panel_show_sketch (panel_of (self),
                                _ ("Draw what you expect on the empty axes, with the pointer or "
                                   "with the arrow keys."),
                                TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (sketch_of (self)));
}

static void
show_data (IscLessonPlayer *self, const IscLessonStep *step)
{
  isc_lesson_stage_set (self->stage, step, FALSE);
  isc_lesson_stage_light (self->stage, step);
}

/* The data are shown on the axes that they were guessed on. */
static void
look_at_axes (IscLessonPlayer *self, const IscPrediction *prediction)
{
  IscPlotView *plot = isc_sketch_get_plot (sketch_of (self));
  g_autoptr (IscViewport) across
      = isc_viewport_with_limits (NULL, 0, ISC_AXIS_X, prediction->x[0], prediction->x[1]);
  g_autoptr (IscViewport) both
      = isc_viewport_with_limits (across, 0, ISC_AXIS_Y, prediction->y[0], prediction->y[1]);

  isc_plot_view_set_viewport (plot, both);
}

/* Leaves the sketch, and the axes that it was drawn on. */
static void
leave_sketch (IscLessonPlayer *self)
{
  IscPlotView *plot = isc_sketch_get_plot (sketch_of (self));

  if (plot)
    isc_plot_view_set_viewport (plot, NULL);
  isc_sketch_clear (sketch_of (self));
}

/* How near the sketch came, once there is something to compare it with. */
static void
tell_miss (IscLessonPlayer *self)
{
  IscSketch *sketch = sketch_of (self);
  const IscLessonStep *step = self->lesson ? isc_lesson_get_step (self->lesson, self->step) : NULL;
  IscPlotView *plot = isc_sketch_get_plot (sketch);
  IscLayout *layout = plot ? isc_plot_view_get_layout (plot) : NULL;
  g_autoptr (GArray) points = NULL;
  g_autofree char *percent = NULL;
  g_autofree char *text = NULL;
  double miss;

  if (!step || !step->prediction || !layout || isc_sketch_is_asking (sketch)
      || !isc_sketch_is_drawn (sketch)
      || (step->training
          && isc_training_page_is_running (isc_window_get_training_page (self->window))))
    return;
  points = isc_curve_points_new (layout, step->prediction->run);
  miss = isc_sketch_curve_miss (isc_sketch_get_curve (sketch), points);
  if (isnan (miss))
    return;
  percent = isc_number_to_label (100.0 * miss, miss < 0.1 ? 1 : 2);
  text = g_strdup_printf (
      _ ("Your sketch is dashed. On average it is %s %% of the axis away from the data."), percent);
  isc_lesson_panel_show_sketch (panel_of (self), text, FALSE);
}

static gboolean
tell_cb (gpointer player)
{
  IscLessonPlayer *self = player;

  self->telling = 0;
  tell_miss (self);
  return G_SOURCE_REMOVE;
}

/* The layout is made when it is asked for, and a figure is on its way to be changed now. */
static void
tell_later (IscLessonPlayer *self)
{
  if (self->telling == 0)
    self->telling = g_idle_add (tell_cb, self);
}

static void
show_step (IscLessonPlayer *self)
{
  const IscLessonStep *step = isc_lesson_get_step (self->lesson, self->step);

  leave_sketch (self);
  isc_lesson_panel_show (panel_of (self), self->lesson, self->step);
  isc_lesson_panel_show_sketch (panel_of (self), NULL, FALSE);
  isc_document_show (isc_window_get_document (self->window), isc_experiment_ref (step->experiment));
  if (step->prediction)
    ask (self, step);
  else
    show_data (self, step);
  update_verbs (self);
}

static void
place_cb (IscLessonPlayer *self)
{
  isc_lesson_player_place (self->window);
}

/* The sketch lies over its plot. */
static gboolean
child_position_cb (IscLessonPlayer *self, GtkWidget *child, GdkRectangle *place)
{
  IscPlotView *plot;
  graphene_rect_t bounds;

  if (!ISC_IS_SKETCH (child))
    return FALSE;
  plot = isc_sketch_get_plot (ISC_SKETCH (child));
  if (!plot
      || !gtk_widget_compute_bounds (GTK_WIDGET (plot), isc_window_find (self->window, "overlay"),
                                     &bounds))
    return FALSE;
  *place = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width,
                           (int)bounds.size.height };
  return TRUE;
}

static void
lesson_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IscLesson) lesson
      = isc_lesson_load_built_in (g_variant_get_string (parameter, NULL), &error);

  if (lesson)
    isc_lesson_player_open (window, lesson);
  else
    isc_window_say_error (window, error);
}

static void
next_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_lesson_player_go (window, isc_lesson_player_get_step (window) + 1);
}

static void
back_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_lesson_player_go (window, isc_lesson_player_get_step (window) - 1);
}

static void
answer_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_lesson_panel_show_answer (panel_of (player_of (window)));
}

static void
reveal_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_lesson_player_reveal (window);
}

static void
close_action (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  isc_lesson_player_close (window);
}

/* The verbs of lessons. */
static const IscVerb verbs[] = {
  { { "lesson", lesson_action, "s", NULL, NULL, { 0 } }, { NULL } },
  { { "lesson-next", next_action, NULL, NULL, NULL, { 0 } }, { "<Alt>Right" } },
  { { "lesson-back", back_action, NULL, NULL, NULL, { 0 } }, { "<Alt>Left" } },
  { { "lesson-answer", answer_action, NULL, NULL, NULL, { 0 } }, { NULL } },
  { { "lesson-reveal", reveal_action, NULL, NULL, NULL, { 0 } }, { NULL } },
  { { "lesson-close", close_action, NULL, NULL, NULL, { 0 } }, { NULL } },
};

static void
isc_lesson_player_finalize (GObject *object)
{
  IscLessonPlayer *self = ISC_LESSON_PLAYER (object);

  g_clear_handle_id (&self->telling, g_source_remove);
  g_clear_pointer (&self->lesson, isc_lesson_unref);
  isc_lesson_stage_free (self->stage);
  G_OBJECT_CLASS (isc_lesson_player_parent_class)->finalize (object);
}

static void
isc_lesson_player_class_init (IscLessonPlayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = isc_lesson_player_finalize;
}

static void
isc_lesson_player_init (IscLessonPlayer *self)
{
}

void
isc_lesson_player_add (IscWindow *window)
{
  IscLessonPlayer *self = g_object_new (ISC_TYPE_LESSON_PLAYER, NULL);

  self->window = window;
  self->stage = isc_lesson_stage_new (window);
  g_object_set_data_full (G_OBJECT (window), "isc-lesson-player", self, g_object_unref);
  isc_window_add_verbs (window, verbs, G_N_ELEMENTS (verbs));
  g_signal_connect_object (window, "notify::default-width", G_CALLBACK (place_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::default-height", G_CALLBACK (place_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (isc_window_find (window, "overlay"), "get-child-position",
                           G_CALLBACK (child_position_cb), self, G_CONNECT_SWAPPED);
  update_verbs (self);
}

void
isc_lesson_player_open (IscWindow *window, IscLesson *lesson)
{
  IscLessonPlayer *self = player_of (window);

  g_return_if_fail (ISC_IS_WINDOW (window) && lesson != NULL);

  isc_lesson_ref (lesson);
  if (!self->lesson)
    isc_lesson_stage_enter (self->stage);
  g_clear_pointer (&self->lesson, isc_lesson_unref);
  self->lesson = lesson;
  self->step = 0;
  isc_lesson_player_place (window);
  gtk_widget_set_visible (GTK_WIDGET (panel_of (self)), TRUE);
  show_step (self);
  if (!isc_lesson_player_is_asking (window))
    gtk_widget_grab_focus (GTK_WIDGET (panel_of (self)));
}

gboolean
isc_lesson_player_open_file (IscWindow *window, const char *path, GError **error)
{
  g_autoptr (IscLesson) lesson = isc_lesson_load (path, NULL, error);

  if (!lesson)
    return FALSE;
  isc_lesson_player_open (window, lesson);
  return TRUE;
}

void
isc_lesson_player_go (IscWindow *window, guint index)
{
  IscLessonPlayer *self = player_of (window);

  if (!self->lesson || index >= isc_lesson_get_n_steps (self->lesson))
    return;
  self->step = index;
  show_step (self);
}

gboolean
isc_lesson_player_is_asking (IscWindow *window)
{
  return isc_sketch_is_asking (sketch_of (player_of (window)));
}

void
isc_lesson_player_reveal (IscWindow *window)
{
  IscLessonPlayer *self = player_of (window);

  if (!isc_lesson_player_is_asking (window))
    return;
  isc_sketch_reveal (sketch_of (self));
  isc_lesson_panel_show_sketch (panel_of (self),
                                isc_sketch_is_drawn (sketch_of (self))
                                    ? _ ("Your sketch is dashed.")
                                    : NULL,
                                FALSE);
  look_at_axes (self, isc_lesson_get_step (self->lesson, self->step)->prediction);
  show_data (self, isc_lesson_get_step (self->lesson, self->step));
  g_signal_handlers_disconnect_by_func (isc_sketch_get_plot (sketch_of (self)), tell_later, self);
  g_signal_connect_object (isc_sketch_get_plot (sketch_of (self)), "layout-changed",
                           G_CALLBACK (tell_later), self, G_CONNECT_SWAPPED);
  tell_later (self);
  update_verbs (self);
}

void
isc_lesson_player_place (IscWindow *window)
{
  IscLessonPlayer *self = player_of (window);
  GtkWidget *panel = GTK_WIDGET (panel_of (self));
  GtkOrientable *body = GTK_ORIENTABLE (isc_window_find (window, "body"));
  gboolean presenting = isc_presenter_is_on (window);
  double zoom = isc_text_zoom (panel);
  int width, height;
  gboolean wide;

  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  wide = presenting || width >= NARROW * zoom;
  gtk_orientable_set_orientation (body,
                                  wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_size_request (panel,
                               wide ? (int)(PANEL_WIDTH * zoom * (presenting ? 1.4 : 1.0)) : -1,
                               wide ? -1 : height / 3);
}

void
isc_lesson_player_close (IscWindow *window)
{
  IscLessonPlayer *self = player_of (window);

  if (!self->lesson)
    return;
  leave_sketch (self);
  isc_lesson_stage_leave (self->stage);
  gtk_widget_set_visible (GTK_WIDGET (panel_of (self)), FALSE);
  g_clear_pointer (&self->lesson, isc_lesson_unref);
  self->step = 0;
  update_verbs (self);
}

IscLesson *
isc_lesson_player_get_lesson (IscWindow *window)
{
  return player_of (window)->lesson;
}

guint
isc_lesson_player_get_step (IscWindow *window)
{
  return player_of (window)->step;
}
