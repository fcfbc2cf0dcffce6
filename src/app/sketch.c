/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sketch.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "base/number-text.h"

/* An arrow key moves a knot by this share of the axis; with Shift five times as much. */
#define KEY_SHARE 0.02

/* Of the sketch, in px. */
#define PEN_WIDTH 3.0

struct _IscSketch
{
  GtkWidget parent_instance;

  /* Empty ones, once something was asked. */
  GtkWidget *axes;
  double enlarged;
  /* Not owned: cleared before it goes. */
  IscPlotView *plot;
  IscSketchCurve curve;
  gboolean asking;
  gboolean drawn;
  guint knot;
  /* A tick callback. */
  guint resizing;
  /* Where the pointer was, in data units. */
  double last_x;
  double last_y;
};

G_DEFINE_FINAL_TYPE (IscSketch, isc_sketch, GTK_TYPE_WIDGET)

/* Whose axes the sketch is drawn on. */
static IscPlotView *
ground_of (IscSketch *self)
{
  return self->asking ? ISC_PLOT_VIEW (self->axes) : self->plot;
}

static IscLayout *
layout_of (IscSketch *self)
{
  return self->plot ? isc_plot_view_get_layout (ground_of (self)) : NULL;
}

/* For those who can't see it. */
static void
describe (IscSketch *self)
{
  g_autofree char *x = isc_number_to_label (isc_sketch_curve_get_x (&self->curve, self->knot), 3);
  g_autofree char *y = isc_number_to_label (self->curve.values[self->knot], 3);
  /* Translators: where the sketch goes through, "at 100: 0.5". */
  g_autofree char *text = g_strdup_printf (_ ("at %s: %s"), x, y);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  self->curve.y[0], GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  self->curve.y[1], GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  self->curve.values[self->knot],
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

static void
change (IscSketch *self)
{
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
to_data (IscSketch *self, double px, double py, double *x, double *y)
{
  IscLayout *layout = layout_of (self);
  double zoom = isc_plot_view_get_zoom (ground_of (self));

  if (!layout)
    return FALSE;
  *x = isc_layout_to_value (layout, 0, ISC_AXIS_X, px / zoom);
  *y = isc_layout_to_value (layout, 0, ISC_AXIS_Y, py / zoom);
  return isfinite (*x) && isfinite (*y);
}

static void
drag_begin_cb (IscSketch *self, double px, double py)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->asking && to_data (self, px, py, &self->last_x, &self->last_y))
    isc_sketch_draw (self, self->last_x, self->last_y, self->last_x, self->last_y);
}

static void
drag_update_cb (IscSketch *self, double dx, double dy, GtkGestureDrag *drag)
{
  double px, py, x, y;

  gtk_gesture_drag_get_start_point (drag, &px, &py);
  if (!self->asking || !to_data (self, px + dx, py + dy, &x, &y))
    return;
  isc_sketch_draw (self, self->last_x, self->last_y, x, y);
  self->last_x = x;
  self->last_y = y;
}

static gboolean
key_cb (IscSketch *self, guint key, guint code, GdkModifierType state)
{
  double share = state & GDK_SHIFT_MASK ? 5.0 * KEY_SHARE : KEY_SHARE;

  if (!self->asking || state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
      self->knot -= self->knot > 0;
      break;
    case GDK_KEY_Right:
      self->knot += self->knot + 1 < ISC_SKETCH_KNOTS;
      break;
    case GDK_KEY_Home:
      self->knot = 0;
      break;
    case GDK_KEY_End:
      self->knot = ISC_SKETCH_KNOTS - 1;
      break;
    case GDK_KEY_Up:
      isc_sketch_curve_move (&self->curve, self->knot, share);
      self->drawn = TRUE;
      break;
    case GDK_KEY_Down:
      isc_sketch_curve_move (&self->curve, self->knot, -share);
      self->drawn = TRUE;
      break;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.lesson-reveal", NULL);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
  change (self);
  return GDK_EVENT_STOP;
}

/* Ink, which no series has. */
static void
get_color (GtkWidget *widget, GdkRGBA *color)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
}

/* The plot is being laid out when it says so. */
static gboolean
resize_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ISC_SKETCH (widget)->resizing = 0;
  gtk_widget_queue_resize (widget);
  return G_SOURCE_REMOVE;
}

/* Another page has come to the front, or this one again. */
static void
show_with_plot_cb (IscSketch *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
hide_with_plot_cb (IscSketch *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
follow_plot_cb (IscSketch *self)
{
  if (self->resizing == 0)
    self->resizing = gtk_widget_add_tick_callback (GTK_WIDGET (self), resize_cb, NULL, NULL);
}

static void
snapshot_curve (IscSketch *self, GtkSnapshot *snapshot)
{
  IscLayout *layout = layout_of (self);
  double zoom = isc_plot_view_get_zoom (ground_of (self));
  double x, y, width, height;
  GdkRGBA color;
  cairo_t *cr;

  if (!layout)
    return;
  isc_layout_get_area (layout, 0, &x, &y, &width, &height);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT ((float)(x * zoom), (float)(y * zoom),
                                                       (float)(width * zoom),
                                                       (float)(height * zoom)));
  get_color (GTK_WIDGET (self), &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, PEN_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (!self->asking)
    cairo_set_dash (cr, (double[2]){ 8.0, 5.0 }, 2, 0.0);
  for (guint i = 0; i < ISC_SKETCH_KNOTS; i++)
    {
      double px
          = isc_layout_to_device (layout, 0, ISC_AXIS_X, isc_sketch_curve_get_x (&self->curve, i));
      double py = isc_layout_to_device (layout, 0, ISC_AXIS_Y, self->curve.values[i]);

      if (isfinite (px) && isfinite (py))
        cairo_line_to (cr, px * zoom, py * zoom);
    }
  cairo_stroke (cr);
  if (self->asking && gtk_widget_has_focus (GTK_WIDGET (self)))
    {
      double px = isc_layout_to_device (layout, 0, ISC_AXIS_X,
                                        isc_sketch_curve_get_x (&self->curve, self->knot));
      double py = isc_layout_to_device (layout, 0, ISC_AXIS_Y, self->curve.values[self->knot]);

      cairo_arc (cr, px * zoom, py * zoom, 2.0 * PEN_WIDTH, 0.0, 2.0 * G_PI);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
}

static void
isc_sketch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  IscSketch *self = ISC_SKETCH (widget);

  if (!self->plot)
    return;
  if (self->asking)
    gtk_widget_snapshot_child (widget, self->axes, snapshot);
  if (self->asking || self->drawn)
    snapshot_curve (self, snapshot);
}

static void
isc_sketch_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  IscSketch *self = ISC_SKETCH (widget);

  if (self->axes && gtk_widget_should_layout (self->axes))
    gtk_widget_allocate (self->axes, width, height, -1, NULL);
}

/* As small as it has to be: the plot below decides. */
static void
isc_sketch_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  IscSketch *self = ISC_SKETCH (widget);

  if (self->axes)
    gtk_widget_measure (self->axes, orientation, -1, minimum, natural, NULL, NULL);
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
}

static void
isc_sketch_dispose (GObject *object)
{
  IscSketch *self = ISC_SKETCH (object);

  isc_sketch_clear (self);
  g_clear_pointer (&self->axes, gtk_widget_unparent);
  G_OBJECT_CLASS (isc_sketch_parent_class)->dispose (object);
}

static void
isc_sketch_class_init (IscSketchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_sketch_dispose;
  widget_class->snapshot = isc_sketch_snapshot;
  widget_class->size_allocate = isc_sketch_size_allocate;
  widget_class->measure = isc_sketch_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
isc_sketch_init (IscSketch *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *widget = GTK_WIDGET (self);

  self->enlarged = 1.0;
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, key);
  gtk_widget_add_controller (widget, focus);
  gtk_widget_set_visible (widget, FALSE);
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_cursor_from_name (widget, "crosshair");
  gtk_widget_add_css_class (widget, "view");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Your sketch"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ ("Left and Right choose a place, Up and Down move the curve "
                                     "there, Enter reveals the data"),
                                  -1);
}

GtkWidget *
isc_sketch_new (void)
{
  return g_object_new (ISC_TYPE_SKETCH, NULL);
}

/* A window that shows no lesson needs none. */
static void
ensure_axes (IscSketch *self)
{
  if (self->axes)
    return;
  self->axes = g_object_new (ISC_TYPE_PLOT_VIEW, NULL);
  gtk_widget_set_can_target (self->axes, FALSE);
  gtk_widget_set_focusable (self->axes, FALSE);
  gtk_widget_set_parent (self->axes, GTK_WIDGET (self));
  isc_plot_view_set_enlarged (ISC_PLOT_VIEW (self->axes), self->enlarged);
}

static IscFigure *
make_axes (const double *x, const double *y, const char *x_title, const char *y_title)
{
  IscFigure *figure = isc_figure_new ();
  IscPanel *panel = isc_figure_add_panel (figure);
  const IscStyle faint = { .color = ISC_INK, .opacity = 1e-6 };

  isc_figure_set_title (figure, _ ("What do you expect?"));
  isc_panel_set_axis (panel, ISC_AXIS_X, x_title, ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y, y_title, ISC_SCALE_LINEAR);
  isc_panel_set_range (panel, ISC_AXIS_X, x[0], x[1]);
  isc_panel_set_range (panel, ISC_AXIS_Y, y[0], y[1]);
  /* Axes are drawn for data: here for two corners, too faint to be seen. */
  isc_panel_add_points (panel, &faint, NULL, x, y, 2);
  return figure;
}

void
isc_sketch_ask (IscSketch *self,
                IscPlotView *plot,
                const double *x,
                const double *y,
                const char *x_title,
                const char *y_title)
{
  g_autoptr (IscFigure) figure = make_axes (x, y, x_title, y_title);

  g_return_if_fail (ISC_IS_SKETCH (self) && ISC_IS_PLOT_VIEW (plot));

  isc_sketch_clear (self);
  ensure_axes (self);
  self->plot = plot;
  self->asking = TRUE;
  self->drawn = FALSE;
  self->knot = 0;
  isc_sketch_curve_init (&self->curve, x, y);
  isc_plot_view_set_figure (ISC_PLOT_VIEW (self->axes), figure);
  gtk_widget_set_child_visible (self->axes, TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), TRUE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "view");
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (plot, "layout-changed", G_CALLBACK (follow_plot_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (plot, "map", G_CALLBACK (show_with_plot_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (plot, "unmap", G_CALLBACK (hide_with_plot_cb), self, G_CONNECT_SWAPPED);
  change (self);
}

void
isc_sketch_set_enlarged (IscSketch *self, double factor)
{
  g_return_if_fail (ISC_IS_SKETCH (self));

  self->enlarged = factor;
  if (self->axes)
    isc_plot_view_set_enlarged (ISC_PLOT_VIEW (self->axes), factor);
}

void
isc_sketch_reveal (IscSketch *self)
{
  g_return_if_fail (ISC_IS_SKETCH (self));

  self->asking = FALSE;
  if (self->axes)
    gtk_widget_set_child_visible (self->axes, FALSE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "view");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
isc_sketch_clear (IscSketch *self)
{
  g_return_if_fail (ISC_IS_SKETCH (self));

  if (self->plot)
    {
      g_signal_handlers_disconnect_by_func (self->plot, follow_plot_cb, self);
      g_signal_handlers_disconnect_by_func (self->plot, show_with_plot_cb, self);
      g_signal_handlers_disconnect_by_func (self->plot, hide_with_plot_cb, self);
    }
  self->plot = NULL;
  self->asking = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

IscPlotView *
isc_sketch_get_plot (IscSketch *self)
{
  g_return_val_if_fail (ISC_IS_SKETCH (self), NULL);
  return self->plot;
}

gboolean
isc_sketch_is_asking (IscSketch *self)
{
  g_return_val_if_fail (ISC_IS_SKETCH (self), FALSE);
  return self->asking;
}

gboolean
isc_sketch_is_drawn (IscSketch *self)
{
  g_return_val_if_fail (ISC_IS_SKETCH (self), FALSE);
  return self->drawn;
}

const IscSketchCurve *
isc_sketch_get_curve (IscSketch *self)
{
  g_return_val_if_fail (ISC_IS_SKETCH (self), NULL);
  return &self->curve;
}

void
isc_sketch_draw (IscSketch *self, double x0, double y0, double x1, double y1)
{
  g_return_if_fail (ISC_IS_SKETCH (self) && self->asking);

  self->drawn = TRUE;
  isc_sketch_curve_draw (&self->curve, x0, y0, x1, y1);
  change (self);
}
