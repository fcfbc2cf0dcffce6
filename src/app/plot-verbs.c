/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-verbs.h"

#include <math.h>

#include "app/plot-limits.h"
#include "app/plot-menu.h"
#include "app/plot-table.h"
#include "plot/navigate.h"
#include "plot/scale.h"

/* A step of a key or a button. */
#define ZOOM 1.25

static const char *const side_names[] = { "x", "y" };

static IscAlong
along_of (const char *name)
{
  return g_str_equal (name, "x")   ? ISC_ALONG_X
         : g_str_equal (name, "y") ? ISC_ALONG_Y
                                   : ISC_ALONG_BOTH;
}

static gboolean
find_side (const char *name, IscAxisSide *side)
{
  *side = g_str_equal (name, "y") ? ISC_AXIS_Y : ISC_AXIS_X;
  return g_str_equal (name, side_names[*side]);
}

guint
isc_plot_verbs_get_panel (IscPlotView *view)
{
  IscHit hit;

  return isc_plot_view_get_hit (view, &hit) ? hit.panel : 0;
}

/* What a verb looks at: nothing on the screen, nothing done. */
static IscLayout *
layout_of (IscPlotView *view)
{
  IscLayout *layout = isc_plot_view_get_layout (view);

  return layout && isc_figure_get_n_panels (isc_plot_view_get_figure (view)) > 0 ? layout : NULL;
}

/* About the datum that is read out, which stays where it is, or the middle. */
static void
zoom (IscPlotView *view, IscAlong along, double factor)
{
  IscLayout *layout = layout_of (view);
  g_autoptr (IscViewport) viewport = NULL;
  double x, y, width, height;
  IscHit hit;

  if (!layout)
    return;
  isc_layout_get_area (layout, isc_plot_verbs_get_panel (view), &x, &y, &width, &height);
  if (isc_plot_view_get_hit (view, &hit))
    viewport = isc_navigate_zoom (layout, hit.panel, along, hit.px, hit.py, factor);
  else
    viewport = isc_navigate_zoom (layout, 0, along, x + width / 2, y + height / 2, factor);
  isc_plot_view_look (view, viewport, FALSE);
}

static void
zoom_in_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  zoom (view, ISC_ALONG_BOTH, ZOOM);
}

static void
zoom_out_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  zoom (view, ISC_ALONG_BOTH, 1.0 / ZOOM);
}

static void
zoom_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  const char *axis;
  double factor;

  g_variant_get (parameter, "(&sd)", &axis, &factor);
  if (factor > 0.0)
    zoom (view, along_of (axis), factor);
}

static void
pan_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  IscLayout *layout = layout_of (view);
  guint panel = isc_plot_verbs_get_panel (view);
  g_autoptr (IscViewport) viewport = NULL;
  double x, y, width, height, right, up;

  if (!layout)
    return;
  g_variant_get (parameter, "(dd)", &right, &up);
  isc_layout_get_area (layout, panel, &x, &y, &width, &height);
  /* To see what is at the right, what is seen goes to the left. */
  viewport = isc_navigate_pan (layout, panel,
                               (right != 0.0 ? ISC_ALONG_X : 0) | (up != 0.0 ? ISC_ALONG_Y : 0),
                               -right * width, up * height);
  isc_plot_view_look (view, viewport, FALSE);
}

/* Takes @viewport and returns it without the limits of an axis. */
static IscViewport *
forget_limits (IscViewport *viewport, guint panel, IscAxisSide side)
{
  g_autoptr (IscViewport) former = viewport;

  return isc_viewport_with_limits (former, panel, side, NAN, NAN);
}

static void
fit_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  IscFigure *figure = isc_plot_view_get_figure (view);
  IscViewport *present = isc_plot_view_get_viewport (view);
  IscViewport *made = present ? isc_viewport_ref (present) : NULL;
  g_autoptr (IscViewport) fitted = NULL;

  for (guint i = 0; figure && i < isc_figure_get_n_panels (figure); i++)
    made = forget_limits (forget_limits (made, i, ISC_AXIS_X), i, ISC_AXIS_Y);
  fitted = made;
  isc_plot_view_look (view, fitted, FALSE);
}

static void
previous_view_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  isc_plot_view_go (view, -1);
}

static void
next_view_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  isc_plot_view_go (view, 1);
}

static void
limits_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  IscAxisSide side;

  if (layout_of (view) && find_side (g_variant_get_string (parameter, NULL), &side))
    isc_plot_limits_open (view, isc_plot_verbs_get_panel (view), side);
}

static void
set_limits_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  IscAxisSide side;
  const char *axis, *from, *to;

  g_variant_get (parameter, "(&s&s&s)", &axis, &from, &to);
  if (layout_of (view) && find_side (axis, &side))
    isc_plot_limits_try (view, isc_plot_verbs_get_panel (view), side, from, to);
}

static void
scale_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  IscAxisSide side
      = g_str_equal (g_action_get_name (G_ACTION (action)), "scale-y") ? ISC_AXIS_Y : ISC_AXIS_X;
  const char *name = g_variant_get_string (parameter, NULL);
  guint n;
  const IscScaleType *const *types = isc_scale_types_get (&n);

  for (guint i = 0; layout_of (view) && i < n; i++)
    if (g_str_equal (types[i]->name, name))
      {
        g_autoptr (IscViewport) viewport
            = isc_navigate_scale (layout_of (view), isc_plot_verbs_get_panel (view), side,
                                  types[i]->kind);

        isc_plot_view_look (view, viewport, FALSE);
      }
}

static void
show_series (IscPlotView *view, const char *label, gboolean shown)
{
  g_autoptr (IscViewport) viewport
      = isc_viewport_with_series (isc_plot_view_get_viewport (view), label, shown);

  isc_plot_view_look (view, viewport, FALSE);
}

static void
toggle_series_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  const char *label = g_variant_get_string (parameter, NULL);

  show_series (view, label, isc_viewport_hides (isc_plot_view_get_viewport (view), label));
}

static void
hide_series_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  show_series (view, g_variant_get_string (parameter, NULL), FALSE);
}

static void
show_series_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  show_series (view, g_variant_get_string (parameter, NULL), TRUE);
}

static void
only_series_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  IscFigure *figure = isc_plot_view_get_figure (view);
  g_autoptr (IscViewport) viewport = NULL;

  if (!figure)
    return;
  viewport = isc_viewport_with_only (isc_plot_view_get_viewport (view), figure,
                                     g_variant_get_string (parameter, NULL));
  isc_plot_view_look (view, viewport, FALSE);
}

static void
show_all_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  IscFigure *figure = isc_plot_view_get_figure (view);
  g_autoptr (IscViewport) viewport = NULL;
  g_auto (GStrv) labels = figure ? isc_viewport_list_series (figure) : g_new0 (char *, 1);

  if (isc_plot_view_get_viewport (view))
    viewport = isc_viewport_ref (isc_plot_view_get_viewport (view));
  for (guint i = 0; labels[i]; i++)
    {
      IscViewport *shown = isc_viewport_with_series (viewport, labels[i], TRUE);

      g_clear_pointer (&viewport, isc_viewport_unref);
      viewport = shown;
    }
  isc_plot_view_look (view, viewport, FALSE);
}

static void
marker_a_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  isc_plot_view_mark (view, 0);
}

static void
marker_b_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  isc_plot_view_mark (view, 1);
}

static void
clear_markers_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  isc_plot_view_clear_marks (view);
}

static void
table_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  if (isc_plot_view_get_figure (view))
    gtk_window_present (GTK_WINDOW (isc_plot_table_new (view)));
}

static void
menu_action (GSimpleAction *action, GVariant *parameter, gpointer view)
{
  IscHit hit;
  double zoom = isc_plot_view_get_zoom (view);

  if (isc_plot_view_get_hit (view, &hit))
    isc_plot_menu_open (view, hit.px * zoom, hit.py * zoom, hit.label);
  else
    isc_plot_menu_open (view, gtk_widget_get_width (GTK_WIDGET (view)) / 2.0,
                        gtk_widget_get_height (GTK_WIDGET (view)) / 2.0, NULL);
}

static const GActionEntry verbs[] = {
  { "zoom-in", zoom_in_action, NULL, NULL, NULL, { 0 } },
  { "zoom-out", zoom_out_action, NULL, NULL, NULL, { 0 } },
  { "zoom", zoom_action, "(sd)", NULL, NULL, { 0 } },
  { "pan", pan_action, "(dd)", NULL, NULL, { 0 } },
  { "fit", fit_action, NULL, NULL, NULL, { 0 } },
  { "previous-view", previous_view_action, NULL, NULL, NULL, { 0 } },
  { "next-view", next_view_action, NULL, NULL, NULL, { 0 } },
  { "box", NULL, NULL, "false", NULL, { 0 } },
  { "limits", limits_action, "s", NULL, NULL, { 0 } },
  { "set-limits", set_limits_action, "(sss)", NULL, NULL, { 0 } },
  { "scale-x", scale_action, "s", NULL, NULL, { 0 } },
  { "scale-y", scale_action, "s", NULL, NULL, { 0 } },
  { "toggle-series", toggle_series_action, "s", NULL, NULL, { 0 } },
  { "hide-series", hide_series_action, "s", NULL, NULL, { 0 } },
  { "show-series", show_series_action, "s", NULL, NULL, { 0 } },
  { "only-series", only_series_action, "s", NULL, NULL, { 0 } },
  { "show-all", show_all_action, NULL, NULL, NULL, { 0 } },
  { "marker-a", marker_a_action, NULL, NULL, NULL, { 0 } },
  { "marker-b", marker_b_action, NULL, NULL, NULL, { 0 } },
  { "clear-markers", clear_markers_action, NULL, NULL, NULL, { 0 } },
  { "table", table_action, NULL, NULL, NULL, { 0 } },
  { "menu", menu_action, NULL, NULL, NULL, { 0 } },
};

GActionGroup *
isc_plot_verbs_new (IscPlotView *view)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), verbs, G_N_ELEMENTS (verbs), view);
  return G_ACTION_GROUP (group);
}

static void
enable (IscPlotView *view, const char *name, gboolean enabled)
{
  GAction *action
      = g_action_map_lookup_action (G_ACTION_MAP (isc_plot_view_get_actions (view)), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* Whether some axis shows less or more than its data. */
static gboolean
is_zoomed (IscPlotView *view)
{
  IscViewport *viewport = isc_plot_view_get_viewport (view);
  IscFigure *figure = isc_plot_view_get_figure (view);
  double low, high;

  for (guint i = 0; viewport && figure && i < isc_figure_get_n_panels (figure); i++)
    if (isc_viewport_get_limits (viewport, i, ISC_AXIS_X, &low, &high)
        || isc_viewport_get_limits (viewport, i, ISC_AXIS_Y, &low, &high))
      return TRUE;
  return FALSE;
}

void
isc_plot_verbs_update (IscPlotView *view)
{
  enable (view, "fit", is_zoomed (view));
  enable (view, "previous-view", isc_plot_view_can_go (view, -1));
  enable (view, "next-view", isc_plot_view_can_go (view, 1));
}

static gboolean
walk_cb (GtkWidget *widget, GVariant *move, gpointer data)
{
  return isc_plot_view_walk (ISC_PLOT_VIEW (widget), (IscCursorMove)g_variant_get_int32 (move));
}

/* Escape ends what was begun, and is the window's if nothing was. */
static gboolean
escape_cb (GtkWidget *widget, GVariant *none, gpointer data)
{
  GActionGroup *actions = isc_plot_view_get_actions (ISC_PLOT_VIEW (widget));
  g_autoptr (GVariant) box = g_action_group_get_action_state (actions, "box");

  if (g_variant_get_boolean (box))
    {
      g_action_group_change_action_state (actions, "box", g_variant_new_boolean (FALSE));
      return GDK_EVENT_STOP;
    }
  return isc_plot_view_clear_marks (ISC_PLOT_VIEW (widget));
}

/* Hides or isolates the series that is read out. */
static gboolean
series_cb (GtkWidget *widget, GVariant *verb, gpointer data)
{
  IscHit hit;

  if (!isc_plot_view_get_hit (ISC_PLOT_VIEW (widget), &hit) || !hit.label)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action (widget, g_variant_get_string (verb, NULL), "s", hit.label);
}

void
isc_plot_verbs_bind_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    IscCursorMove move;
  } moves[] = {
    { GDK_KEY_Right, 0, ISC_CURSOR_NEXT },
    { GDK_KEY_Left, 0, ISC_CURSOR_PREVIOUS },
    { GDK_KEY_Page_Down, 0, ISC_CURSOR_PAGE_NEXT },
    { GDK_KEY_Page_Up, 0, ISC_CURSOR_PAGE_PREVIOUS },
    { GDK_KEY_Home, 0, ISC_CURSOR_FIRST },
    { GDK_KEY_End, 0, ISC_CURSOR_LAST },
    { GDK_KEY_Down, 0, ISC_CURSOR_NEXT_SERIES },
    { GDK_KEY_Up, 0, ISC_CURSOR_PREVIOUS_SERIES },
    { GDK_KEY_Right, GDK_CONTROL_MASK, ISC_CURSOR_NEXT_PANEL },
    { GDK_KEY_Left, GDK_CONTROL_MASK, ISC_CURSOR_PREVIOUS_PANEL },
  };
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
    /* As text; %NULL for none. */
    const char *parameter;
  } keys[] = {
    { GDK_KEY_plus, 0, "plot.zoom-in", NULL },
    { GDK_KEY_plus, GDK_SHIFT_MASK, "plot.zoom-in", NULL },
    { GDK_KEY_equal, 0, "plot.zoom-in", NULL },
    { GDK_KEY_KP_Add, 0, "plot.zoom-in", NULL },
    { GDK_KEY_minus, 0, "plot.zoom-out", NULL },
    { GDK_KEY_KP_Subtract, 0, "plot.zoom-out", NULL },
    { GDK_KEY_x, 0, "plot.zoom", "('x', 1.25)" },
    { GDK_KEY_x, GDK_SHIFT_MASK, "plot.zoom", "('x', 0.8)" },
    { GDK_KEY_y, 0, "plot.zoom", "('y', 1.25)" },
    { GDK_KEY_y, GDK_SHIFT_MASK, "plot.zoom", "('y', 0.8)" },
    { GDK_KEY_Right, GDK_SHIFT_MASK, "plot.pan", "(0.1, 0.0)" },
    { GDK_KEY_Left, GDK_SHIFT_MASK, "plot.pan", "(-0.1, 0.0)" },
    { GDK_KEY_Up, GDK_SHIFT_MASK, "plot.pan", "(0.0, 0.1)" },
    { GDK_KEY_Down, GDK_SHIFT_MASK, "plot.pan", "(0.0, -0.1)" },
    { GDK_KEY_f, 0, "plot.fit", NULL },
    { GDK_KEY_Left, GDK_ALT_MASK, "plot.previous-view", NULL },
    { GDK_KEY_Right, GDK_ALT_MASK, "plot.next-view", NULL },
    { GDK_KEY_r, 0, "plot.box", NULL },
    { GDK_KEY_l, 0, "plot.limits", "'x'" },
    { GDK_KEY_l, GDK_SHIFT_MASK, "plot.limits", "'y'" },
    { GDK_KEY_a, 0, "plot.marker-a", NULL },
    { GDK_KEY_b, 0, "plot.marker-b", NULL },
    { GDK_KEY_t, 0, "plot.table", NULL },
    { GDK_KEY_h, GDK_SHIFT_MASK, "plot.show-all", NULL },
    { GDK_KEY_Menu, 0, "plot.menu", NULL },
    { GDK_KEY_F10, GDK_SHIFT_MASK, "plot.menu", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_add_binding (widget_class, moves[i].key, moves[i].modifiers, walk_cb, "i",
                                  (int)moves[i].move);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GtkShortcut) shortcut
          = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, keys[i].modifiers),
                              gtk_named_action_new (keys[i].action));

      if (keys[i].parameter)
        {
          g_autoptr (GVariant) parameter
              = g_variant_parse (NULL, keys[i].parameter, NULL, NULL, NULL);

          gtk_shortcut_set_arguments (shortcut, parameter);
        }
      gtk_widget_class_add_shortcut (widget_class, shortcut);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_h, 0, series_cb, "s", "plot.hide-series");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_o, 0, series_cb, "s", "plot.only-series");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}
