/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lesson-picture.h"

#include <adwaita.h>
#include <math.h>

#include "app/training-job.h"
#include "plot/draw.h"
#include "plot/layout.h"

/* In px. */
#define WIDTH 96
#define HEIGHT 48

/* Enough to tell who falls, and made before one has read the titles. */
#define STEPS 60

/* The weight of the past in the mean that is drawn: batches jump about. */
#define SMOOTHING 0.7

/* Losses that begin at more than this many times the least are cut there. */
#define MOST_TIMES 1.6

struct _IscLessonPicture
{
  GtkWidget parent_instance;

  IscLesson *lesson;
  IscTrainingJob *job;
  IscFigure *figure;
};

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscLessonPicture, isc_lesson_picture, GTK_TYPE_WIDGET)

/* Where the axis ends: above the losses that begin sensibly. */
static double
find_top (const IscResult *result)
{
  double least = INFINITY, greatest = 0.0;

  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);
      double first = run->n_rows > 0 ? (double)isc_trace_get (run->trace, 0, ISC_TRACE_LOSS) : NAN;

      least = fmin (least, first);
      greatest = fmax (greatest, first);
    }
  return isfinite (least) ? MIN (greatest, MOST_TIMES * least) * 1.05 : 1.0;
}

static void
add_run (IscPanel *panel, const IscRunResult *run, double top)
{
  const IscStyle style = { .color = (int)run->init };
  gsize n = MIN (run->n_rows, STEPS);
  double x[STEPS], y[STEPS], mean = NAN;

  for (gsize i = 0; i < n; i++)
    {
      double loss = (double)isc_trace_get (run->trace, i, ISC_TRACE_LOSS);

      mean = isnan (mean) ? loss : SMOOTHING * mean + (1.0 - SMOOTHING) * loss;
      x[i] = (double)i;
      y[i] = isfinite (mean) ? MIN (mean, top) : NAN;
    }
  if (n > 1)
    isc_panel_add_line (panel, &style, NULL, x, y, n);
}

static IscFigure *
make_figure (const IscResult *result)
{
  IscFigure *figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  double top = find_top (result);

  isc_panel_set_bare (panel, TRUE);
  isc_panel_set_range (panel, ISC_AXIS_X, 0.0, STEPS - 1);
  isc_panel_set_range (panel, ISC_AXIS_Y, 0.0, top);
  for (guint i = 0; i < isc_result_get_n_runs (result); i++)
    add_run (panel, isc_result_get_run (result, i), top);
  return figure;
}

static void
update_cb (IscResult *result,
           IscFigure *const *figures,
           const GError *error,
           gboolean idle,
           gpointer owner)
{
  IscLessonPicture *self = owner;

  if (!idle)
    return;
  /* What can't be trained has no picture. */
  if (result && !error)
    self->figure = make_figure (result);
  g_clear_pointer (&self->job, isc_training_job_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[DONE], 0);
}

static void
isc_lesson_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  IscLessonPicture *self = ISC_LESSON_PICTURE (widget);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const IscTheme *theme = isc_theme_get (dark ? ISC_THEME_DARK : ISC_THEME_LIGHT);
  g_autoptr (IscLayout) layout = NULL;
  cairo_t *cr;

  if (!self->figure)
    return;
  layout = isc_layout_new (self->figure, theme, WIDTH, HEIGHT);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  isc_draw (layout, cr, ISC_DRAW_TRANSPARENT);
  cairo_destroy (cr);
}

static void
isc_lesson_picture_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

static void
isc_lesson_picture_dispose (GObject *object)
{
  IscLessonPicture *self = ISC_LESSON_PICTURE (object);

  g_clear_pointer (&self->job, isc_training_job_free);
  G_OBJECT_CLASS (isc_lesson_picture_parent_class)->dispose (object);
}

static void
isc_lesson_picture_finalize (GObject *object)
{
  IscLessonPicture *self = ISC_LESSON_PICTURE (object);

  isc_lesson_unref (self->lesson);
  g_clear_pointer (&self->figure, isc_figure_unref);
  G_OBJECT_CLASS (isc_lesson_picture_parent_class)->finalize (object);
}

static void
isc_lesson_picture_class_init (IscLessonPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_lesson_picture_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_lesson_picture_finalize;
  widget_class->snapshot = isc_lesson_picture_snapshot;
  widget_class->measure = isc_lesson_picture_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  signals[DONE] = g_signal_new ("done", ISC_TYPE_LESSON_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
isc_lesson_picture_init (IscLessonPicture *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
isc_lesson_picture_new (IscLesson *lesson)
{
  IscLessonPicture *self = g_object_new (ISC_TYPE_LESSON_PICTURE, NULL);

  self->lesson = isc_lesson_ref (lesson);
  return GTK_WIDGET (self);
}

void
isc_lesson_picture_start (IscLessonPicture *self)
{
  g_return_if_fail (ISC_IS_LESSON_PICTURE (self) && !self->job && !self->figure);

  self->job = isc_training_job_new (isc_lesson_get_step (self->lesson, 0)->experiment, 1, update_cb,
                                    G_OBJECT (self));
  isc_training_job_advance (self->job, STEPS);
}

IscFigure *
isc_lesson_picture_get_figure (IscLessonPicture *self)
{
  g_return_val_if_fail (ISC_IS_LESSON_PICTURE (self), NULL);
  return self->figure;
}
