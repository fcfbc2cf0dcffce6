/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/transport.h"

#include <glib/gi18n.h>

#include "base/number-text.h"

struct _IscTransport
{
  GtkBox parent_instance;

  GtkWidget *slider;
  GtkWidget *play;
  GtkWidget *status;

  gsize position;
  /* Between press and release the slider is the pointer's. */
  gboolean dragging;
};

G_DEFINE_FINAL_TYPE (IscTransport, isc_transport, GTK_TYPE_BOX)

/* What is said of all runs together. */
typedef struct
{
  gsize position;
  gsize planned;
  gsize n_steps;
  double seconds;
  guint n_diverged;
  guint n_reached;
  gboolean is_finished;
} Progress;

static Progress
progress_of (const IscResult *result)
{
  guint n = result ? isc_result_get_n_runs (result) : 0;
  Progress progress = { .is_finished = n > 0 && isc_result_is_finished (result) };

  for (guint i = 0; i < n; i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);

      if (progress.is_finished || !isc_run_state_is_over (run->state))
        progress.position = MAX (progress.position, run->n_steps);
      progress.planned = MAX (progress.planned, run->planned_steps);
      progress.n_steps += run->n_steps;
      progress.seconds += run->seconds;
      progress.n_diverged += run->state == ISC_RUN_DIVERGED;
      progress.n_reached += run->state == ISC_RUN_REACHED;
    }
  return progress;
}

static char *
state_in_words (const Progress *progress, gboolean moving, gsize target)
{
  if (moving && target != G_MAXSIZE)
    {
      g_autofree char *step = isc_count_to_label (target);

      return g_strdup_printf (_ ("Going to step %s"), step);
    }
  return g_strdup (moving                   ? _ ("Running")
                   : progress->n_steps == 0 ? _ ("Ready")
                   : progress->is_finished  ? _ ("Finished")
                                            : _ ("Paused"));
}

static char *
progress_in_words (const Progress *progress, gboolean moving, gsize target)
{
  g_autofree char *state = state_in_words (progress, moving, target);
  g_autofree char *step = isc_count_to_label (progress->position);
  g_autofree char *speed = isc_count_to_label (
      progress->seconds > 0.0 ? (guint64)((double)progress->n_steps / progress->seconds) : 0);
  GString *text = g_string_new (state);

  if (progress->n_steps > 0)
    /* Translators: follows the state, as in “Running · step 20 · 300 steps/s a core” */
    g_string_append_printf (text, _ (" · step %s · %s steps/s a core"), step, speed);
  if (progress->n_diverged > 0)
    g_string_append_printf (text,
                            ngettext (" · %u run diverged", " · %u runs diverged",
                                      progress->n_diverged),
                            progress->n_diverged);
  if (progress->n_reached > 0)
    g_string_append_printf (text,
                            ngettext (" · %u run reached its target",
                                      " · %u runs reached their target", progress->n_reached),
                            progress->n_reached);
  return g_string_free (text, FALSE);
}

static void
go_to_slider (IscTransport *self)
{
  double value = gtk_range_get_value (GTK_RANGE (self->slider));

  gtk_widget_activate_action (GTK_WIDGET (self), "training.seek", "t", (guint64)(value + 0.5));
}

static void
moved_cb (IscTransport *self)
{
  if (self->dragging)
    {
      g_autofree char *step
          = isc_count_to_label ((guint64)(gtk_range_get_value (GTK_RANGE (self->slider)) + 0.5));
      g_autofree char *text = g_strdup_printf (_ ("Release to go to step %s"), step);

      gtk_label_set_text (GTK_LABEL (self->status), text);
    }
}

/* By hand only.  Keys and the wheel go there at once, a drag when it ends. */
static gboolean
change_value_cb (IscTransport *self, GtkScrollType scroll, double value)
{
  GtkAdjustment *adjustment = gtk_range_get_adjustment (GTK_RANGE (self->slider));

  gtk_adjustment_set_value (adjustment, (double)(gint64)(value + 0.5));
  if (!self->dragging)
    go_to_slider (self);
  return GDK_EVENT_STOP;
}

/* The slider's own gestures claim the pointer, so that others don't hear of the release. */
static gboolean
event_cb (IscTransport *self, GdkEvent *event)
{
  switch (gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      self->dragging = TRUE;
      break;
    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
      self->dragging = FALSE;
      go_to_slider (self);
      break;
    case GDK_TOUCH_CANCEL:
    case GDK_GRAB_BROKEN:
      self->dragging = FALSE;
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
isc_transport_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ISC_TYPE_TRANSPORT);
  G_OBJECT_CLASS (isc_transport_parent_class)->dispose (object);
}

static void
isc_transport_class_init (IscTransportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_transport_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, ISC_RESOURCE_BASE "/ui/transport.ui");
  gtk_widget_class_bind_template_child (widget_class, IscTransport, slider);
  gtk_widget_class_bind_template_child (widget_class, IscTransport, play);
  gtk_widget_class_bind_template_child (widget_class, IscTransport, status);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_value_cb);
  gtk_widget_class_bind_template_callback (widget_class, event_cb);
}

static void
isc_transport_init (IscTransport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
isc_transport_show (IscTransport *self, const IscResult *result, gboolean moving, gsize target)
{
  Progress progress = progress_of (result);
  gsize shown = moving && target != G_MAXSIZE ? target : progress.position;

  self->position = progress.position;
  gtk_button_set_icon_name (GTK_BUTTON (self->play), moving ? "media-playback-pause-symbolic"
                                                            : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play, moving ? _ ("Pause (Space)") : _ ("Play (Space)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  moving ? _ ("Pause") : _ ("Play"), -1);
  gtk_widget_set_sensitive (self->slider, progress.planned > 0);
  if (self->dragging)
    return;
  gtk_range_set_range (GTK_RANGE (self->slider), 0.0, (double)MAX (progress.planned, 1));
  gtk_range_set_increments (GTK_RANGE (self->slider), 1.0, (double)MAX (progress.planned / 10, 1));
  gtk_range_set_value (GTK_RANGE (self->slider), (double)shown);
  {
    g_autofree char *text = progress_in_words (&progress, moving, target);

    gtk_label_set_text (GTK_LABEL (self->status), text);
  }
}

void
isc_transport_show_error (IscTransport *self, const char *message)
{
  gtk_label_set_text (GTK_LABEL (self->status), message);
}

gsize
isc_transport_get_position (IscTransport *self)
{
  return self->position;
}

const char *
isc_transport_get_status (IscTransport *self)
{
  return gtk_label_get_text (GTK_LABEL (self->status));
}
