/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-gestures.h"

#include <math.h>

#include "app/plot-limits.h"
#include "app/plot-menu.h"
#include "plot/navigate.h"

/* A notch of a wheel. */
#define NOTCH 1.2

/* How many px of a two-finger scroll are a notch where it zooms. */
#define NOTCH_PX 40.0

/* Turns of a wheel that come sooner than this after another, in µs, go on with its movement. */
#define PAUSE 700000

typedef enum
{
  DRAG_NOTHING,
  DRAG_PAN,
  DRAG_BOX,
} Drag;

/* What a hand is doing, for as long as the view lives. */
typedef struct
{
  IscPlotView *view;
  /* Where the pointer is in it. */
  double pointer_x;
  double pointer_y;

  Drag drag;
  /* The layout at the drag's begin: all of its movement counts from there. */
  IscLayout *layout;
  guint panel;
  IscAlong along;
  double x;
  double y;
  gboolean moved;

  gint64 last_turn;
  double last_pinch;
  /* The look before a click in the legend, which a second click goes back to. */
  IscViewport *before_click;
} Hand;

static void
free_hand (gpointer data)
{
  Hand *hand = data;

  g_clear_pointer (&hand->layout, isc_layout_unref);
  g_clear_pointer (&hand->before_click, isc_viewport_unref);
  g_free (hand);
}

/* In units of the layout. */
static double
to_layout (const Hand *hand, double px)
{
  return px / isc_plot_view_get_zoom (hand->view);
}

/* Shift for x alone, Ctrl for y alone. */
static IscAlong
along_of (GdkModifierType modifiers)
{
  switch (modifiers & (GDK_SHIFT_MASK | GDK_CONTROL_MASK))
    {
    case GDK_SHIFT_MASK:
      return ISC_ALONG_X;
    case GDK_CONTROL_MASK:
      return ISC_ALONG_Y;
    default:
      return ISC_ALONG_BOTH;
    }
}

/* What is at a place: an axis, on which things happen along it alone, or a plot area. */
static int
find_place (const Hand *hand, double x, double y, IscAlong *along)
{
  IscLayout *layout = isc_plot_view_get_layout (hand->view);
  IscAxisSide side;
  int panel;

  if (!layout)
    return -1;
  panel = isc_layout_find_panel (layout, to_layout (hand, x), to_layout (hand, y));
  if (panel >= 0)
    return panel;
  panel = isc_layout_find_axis (layout, to_layout (hand, x), to_layout (hand, y), &side);
  if (panel >= 0)
    *along = side == ISC_AXIS_X ? ISC_ALONG_X : ISC_ALONG_Y;
  return panel;
}

static const char *
find_series (const Hand *hand, double x, double y)
{
  IscLayout *layout = isc_plot_view_get_layout (hand->view);

  return layout ? isc_layout_find_series (layout, to_layout (hand, x), to_layout (hand, y)) : NULL;
}

static gboolean
box_is_on (const Hand *hand)
{
  g_autoptr (GVariant) state
      = g_action_group_get_action_state (isc_plot_view_get_actions (hand->view), "box");

  return g_variant_get_boolean (state);
}

/* What would happen here, as the pointer shows it. */
static void
show_cursor (const Hand *hand, double x, double y)
{
  IscAlong along = ISC_ALONG_BOTH;
  const char *name = NULL;

  if (hand->drag == DRAG_PAN && hand->moved)
    name = "grabbing";
  else if (find_series (hand, x, y))
    name = "pointer";
  else if (find_place (hand, x, y, &along) >= 0)
    name = along == ISC_ALONG_X   ? "ew-resize"
           : along == ISC_ALONG_Y ? "ns-resize"
           : box_is_on (hand)     ? "crosshair"
                                  : "grab";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (hand->view), name);
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, Hand *hand)
{
  hand->pointer_x = x;
  hand->pointer_y = y;
  isc_plot_view_point (hand->view, x, y);
  show_cursor (hand, x, y);
}

/* Into a menu over the figure, the datum that the menu is about stays. */
static void
leave_cb (GtkEventControllerMotion *motion, Hand *hand)
{
  if (!isc_plot_menu_is_open (hand->view))
    isc_plot_view_point (hand->view, NAN, NAN);
}

/* Whether what the figure is in has more below or above: then the wheel is for that. */
static gboolean
is_in_scroller (const Hand *hand)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (hand->view), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *vertical;

  if (!scroller)
    return FALSE;
  vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  return gtk_adjustment_get_upper (vertical) > gtk_adjustment_get_page_size (vertical) + 1.0;
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, Hand *hand)
{
  GtkEventController *controller = GTK_EVENT_CONTROLLER (scroll);
  GdkModifierType modifiers = gtk_event_controller_get_current_event_state (controller)
                              & (GDK_SHIFT_MASK | GDK_CONTROL_MASK);
  gboolean fingers = gtk_event_controller_scroll_get_unit (scroll) == GDK_SCROLL_UNIT_SURFACE;
  IscAlong along = along_of (modifiers);
  gint64 now = g_get_monotonic_time ();
  g_autoptr (IscViewport) viewport = NULL;
  IscLayout *layout = isc_plot_view_get_layout (hand->view);
  double x = hand->pointer_x, y = hand->pointer_y;
  int panel;

  if (!modifiers && is_in_scroller (hand))
    return GDK_EVENT_PROPAGATE;
  panel = find_place (hand, x, y, &along);
  if (panel < 0)
    return GDK_EVENT_PROPAGATE;
  /* Two fingers move what they are on; a wheel has nothing to move. */
  if (fingers && !modifiers && along == ISC_ALONG_BOTH)
    viewport = isc_navigate_pan (layout, (guint)panel, along, -to_layout (hand, dx),
                                 -to_layout (hand, dy));
  else
    {
      /* Some systems turn a wheel with Shift into a sideways one. */
      double notches = (dy != 0.0 ? dy : dx) / (fingers ? NOTCH_PX : 1.0);

      viewport = isc_navigate_zoom (layout, (guint)panel, along, to_layout (hand, x),
                                    to_layout (hand, y), pow (NOTCH, -notches));
    }
  isc_plot_view_look (hand->view, viewport, now - hand->last_turn < PAUSE);
  hand->last_turn = now;
  return GDK_EVENT_STOP;
}

/* A finger in something that scrolls scrolls it. */
static gboolean
is_scrolling_finger (const Hand *hand, GtkGesture *gesture)
{
  GdkDevice *device = gtk_gesture_get_device (gesture);

  return device && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN
         && is_in_scroller (hand);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, Hand *hand)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  IscAlong along
      = along_of (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture)));
  int panel = find_place (hand, x, y, &along);

  hand->drag = DRAG_NOTHING;
  hand->moved = FALSE;
  g_clear_pointer (&hand->layout, isc_layout_unref);
  if (panel < 0 || is_scrolling_finger (hand, GTK_GESTURE (gesture)))
    return;
  hand->drag = button == GDK_BUTTON_PRIMARY && !box_is_on (hand) ? DRAG_PAN : DRAG_BOX;
  hand->layout = isc_layout_ref (isc_plot_view_get_layout (hand->view));
  hand->panel = (guint)panel;
  hand->along = along;
  hand->x = x;
  hand->y = y;
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, Hand *hand)
{
  gboolean goes_on = hand->moved;

  if (hand->drag == DRAG_NOTHING
      || (!hand->moved
          && !gtk_drag_check_threshold (GTK_WIDGET (hand->view), 0, 0, (int)dx, (int)dy)))
    return;
  hand->moved = TRUE;
  if (hand->drag == DRAG_PAN)
    {
      g_autoptr (IscViewport) viewport
          = isc_navigate_pan (hand->layout, hand->panel, hand->along, to_layout (hand, dx),
                              to_layout (hand, dy));

      isc_plot_view_look (hand->view, viewport, goes_on);
    }
  else
    isc_plot_view_set_box (hand->view, (int)hand->panel, to_layout (hand, hand->x),
                           to_layout (hand, hand->y), to_layout (hand, hand->x + dx),
                           to_layout (hand, hand->y + dy));
  if (!goes_on)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
      show_cursor (hand, hand->x, hand->y);
    }
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, Hand *hand)
{
  if (hand->drag == DRAG_BOX && hand->moved)
    {
      g_autoptr (IscViewport) viewport
          = isc_navigate_box (hand->layout, hand->panel, to_layout (hand, hand->x),
                              to_layout (hand, hand->y), to_layout (hand, hand->x + dx),
                              to_layout (hand, hand->y + dy));

      isc_plot_view_set_box (hand->view, -1, 0, 0, 0, 0);
      isc_plot_view_look (hand->view, viewport, FALSE);
      g_action_group_change_action_state (isc_plot_view_get_actions (hand->view), "box",
                                          g_variant_new_boolean (FALSE));
    }
  hand->drag = DRAG_NOTHING;
  show_cursor (hand, hand->x + dx, hand->y + dy);
}

/* A gesture that was taken away ended nowhere. */
static void
drag_cancel_cb (GtkGesture *gesture, GdkEventSequence *sequence, Hand *hand)
{
  isc_plot_view_set_box (hand->view, -1, 0, 0, 0, 0);
  hand->drag = DRAG_NOTHING;
}

/* The first of two clicks can't know of the second: it hides, and the second takes that back. */
static void
click_series (Hand *hand, const char *label, int n_clicks)
{
  g_autofree char *kept = g_strdup (label);

  if (n_clicks == 1)
    {
      IscViewport *viewport = isc_plot_view_get_viewport (hand->view);

      g_clear_pointer (&hand->before_click, isc_viewport_unref);
      hand->before_click = viewport ? isc_viewport_ref (viewport) : NULL;
      gtk_widget_activate_action (GTK_WIDGET (hand->view), "plot.toggle-series", "s", kept);
    }
  else if (n_clicks == 2)
    {
      isc_plot_view_look (hand->view, hand->before_click, TRUE);
      gtk_widget_activate_action (GTK_WIDGET (hand->view), "plot.only-series", "s", kept);
    }
}

static void
pressed_cb (GtkGestureClick *gesture, int n_clicks, double x, double y, Hand *hand)
{
  gtk_widget_grab_focus (GTK_WIDGET (hand->view));
}

static void
released_cb (GtkGestureClick *gesture, int n_clicks, double x, double y, Hand *hand)
{
  const char *series = find_series (hand, x, y);
  IscAlong along = ISC_ALONG_BOTH;
  int panel = find_place (hand, x, y, &along);

  if (hand->moved)
    return;
  switch (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)))
    {
    case GDK_BUTTON_PRIMARY:
      if (series)
        click_series (hand, series, n_clicks);
      else if (panel >= 0 && along != ISC_ALONG_BOTH)
        isc_plot_limits_open (hand->view, (guint)panel,
                              along == ISC_ALONG_X ? ISC_AXIS_X : ISC_AXIS_Y);
      else if (panel >= 0 && n_clicks == 2)
        gtk_widget_activate_action (GTK_WIDGET (hand->view), "plot.fit", NULL);
      break;
    case GDK_BUTTON_SECONDARY:
      isc_plot_menu_open (hand->view, x, y, series);
      break;
    case 8:
      isc_plot_view_go (hand->view, -1);
      break;
    case 9:
      isc_plot_view_go (hand->view, 1);
      break;
    default:
      break;
    }
}

static void
long_press_cb (GtkGestureLongPress *gesture, double x, double y, Hand *hand)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  isc_plot_menu_open (hand->view, x, y, find_series (hand, x, y));
}

static void
pinch_begin_cb (GtkGesture *gesture, GdkEventSequence *sequence, Hand *hand)
{
  hand->last_pinch = 1.0;
  hand->moved = FALSE;
}

static void
pinch_cb (GtkGestureZoom *gesture, double scale, Hand *hand)
{
  IscAlong along = ISC_ALONG_BOTH;
  g_autoptr (IscViewport) viewport = NULL;
  double x, y;
  int panel;

  if (!gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y)
      || (panel = find_place (hand, x, y, &along)) < 0)
    return;
  viewport = isc_navigate_zoom (isc_plot_view_get_layout (hand->view), (guint)panel, along,
                                to_layout (hand, x), to_layout (hand, y), scale / hand->last_pinch);
  isc_plot_view_look (hand->view, viewport, hand->moved);
  hand->last_pinch = scale;
  hand->moved = TRUE;
}

static void
add (Hand *hand, GtkEventController *controller)
{
  gtk_widget_add_controller (GTK_WIDGET (hand->view), controller);
}

void
isc_plot_gestures_add (IscPlotView *view)
{
  Hand *hand = g_new0 (Hand, 1);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  hand->view = view;
  g_object_set_data_full (G_OBJECT (view), "hand", hand, free_hand);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), hand);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), hand);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), hand);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), 0);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), hand);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), hand);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), hand);
  g_signal_connect (drag, "cancel", G_CALLBACK (drag_cancel_cb), hand);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), hand);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), hand);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (press, "pressed", G_CALLBACK (long_press_cb), hand);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), hand);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), hand);
  gtk_gesture_group (click, drag);
  gtk_gesture_group (press, drag);
  add (hand, motion);
  add (hand, scroll);
  add (hand, GTK_EVENT_CONTROLLER (drag));
  add (hand, GTK_EVENT_CONTROLLER (click));
  add (hand, GTK_EVENT_CONTROLLER (press));
  add (hand, GTK_EVENT_CONTROLLER (pinch));
}
