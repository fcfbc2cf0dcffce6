/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-menu.h"

#include <glib/gi18n.h>
#include <math.h>

/* More names than these are found in the legend alone. */
#define MOST_SERIES 12

static void
append_icon (GMenu *menu, const char *label, const char *icon, const char *action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "verb-icon", "s", icon);
  g_menu_append_item (menu, item);
}

static void
append_target (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

/* The mouse-shy's row of buttons. */
static void
append_views (GMenu *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenuItem) item = NULL;

  append_icon (section, _ ("Zoom Out"), "zoom-out-symbolic", "plot.zoom-out");
  append_icon (section, _ ("Zoom In"), "zoom-in-symbolic", "plot.zoom-in");
  append_icon (section, _ ("Show All Data"), "zoom-fit-best-symbolic", "plot.fit");
  append_icon (section, _ ("Previous View"), "go-previous-symbolic", "plot.previous-view");
  append_icon (section, _ ("Next View"), "go-next-symbolic", "plot.next-view");
  item = g_menu_item_new_section (NULL, G_MENU_MODEL (section));
  g_menu_item_set_attribute (item, "display-hint", "s", "horizontal-buttons");
  g_menu_append_item (menu, item);
}

static void
append_axes (GMenu *menu)
{
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_append (section, _ ("Zoom to _Rectangle"), "plot.box");
  append_target (section, _ ("_Horizontal Axis…"), "plot.limits", "x");
  append_target (section, _ ("_Vertical Axis…"), "plot.limits", "y");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static void
append_series (GMenu *menu, IscPlotView *view, const char *label)
{
  IscViewport *viewport = isc_plot_view_get_viewport (view);
  g_autofree char *toggle
      = g_strdup_printf (isc_viewport_hides (viewport, label) ? _ ("Show %s") : _ ("Hide %s"),
                         label);

  append_target (menu, toggle, "plot.toggle-series", label);
}

/* The series that is meant, and all others one level deeper. */
static void
append_legend (GMenu *menu, IscPlotView *view, const char *series)
{
  IscFigure *figure = isc_plot_view_get_figure (view);
  g_auto (GStrv) labels = isc_viewport_list_series (figure);
  guint n = g_strv_length (labels);
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenu) all = g_menu_new ();

  if (n == 0)
    return;
  if (series)
    {
      /* Translators: the name of a series in the figure */
      g_autofree char *only = g_strdup_printf (_ ("Show Only %s"), series);

      append_series (section, view, series);
      append_target (section, only, "plot.only-series", series);
    }
  for (guint i = 0; i < MIN (n, MOST_SERIES); i++)
    append_series (all, view, labels[i]);
  g_menu_append (all, _ ("Show All"), "plot.show-all");
  g_menu_append_submenu (section, _ ("_Series"), G_MENU_MODEL (all));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

/* There is a here where a datum is read out. */
static void
append_markers (GMenu *menu, IscPlotView *view)
{
  g_autoptr (GMenu) section = g_menu_new ();
  IscHit hit;

  if (isc_plot_view_get_hit (view, &hit))
    {
      g_menu_append (section, _ ("Put Marker _A Here"), "plot.marker-a");
      g_menu_append (section, _ ("Put Marker _B Here"), "plot.marker-b");
    }
  g_menu_append (section, _ ("_Clear Markers"), "plot.clear-markers");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

GMenuModel *
isc_plot_menu_new (IscPlotView *view, const char *series)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) data = g_menu_new ();
  GMenuModel *extra = isc_plot_view_get_extra_menu (view);

  append_views (menu);
  append_axes (menu);
  if (isc_plot_view_get_figure (view))
    append_legend (menu, view, series);
  append_markers (menu, view);
  g_menu_append (data, _ ("Data _Table"), "plot.table");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (data));
  if (extra)
    g_menu_append_section (menu, NULL, extra);
  return G_MENU_MODEL (menu);
}

/* The items' actions run after it is closed.  The pointer may be anywhere by then. */
static gboolean
unparent_cb (gpointer popover)
{
  GtkWidget *view = gtk_widget_get_parent (popover);

  if (!view)
    return G_SOURCE_REMOVE;
  gtk_widget_unparent (popover);
  isc_plot_view_point (ISC_PLOT_VIEW (view), NAN, NAN);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

void
isc_plot_menu_open (IscPlotView *view, double x, double y, const char *series)
{
  g_autoptr (GMenuModel) menu = isc_plot_menu_new (view, series);
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);

  gtk_widget_set_parent (popover, GTK_WIDGET (view));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){ (int)x, (int)y, 1, 1 });
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

gboolean
isc_plot_menu_is_open (IscPlotView *view)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER_MENU (child))
      return TRUE;
  return FALSE;
}

static void
create_popup_cb (GtkMenuButton *button, gpointer view)
{
  g_autoptr (GMenuModel) menu = isc_plot_menu_new (view, NULL);

  gtk_menu_button_set_menu_model (button, menu);
}

void
isc_plot_menu_attach (IscPlotView *view, GtkMenuButton *button)
{
  gtk_widget_insert_action_group (GTK_WIDGET (button), "plot", isc_plot_view_get_actions (view));
  gtk_menu_button_set_create_popup_func (button, create_popup_cb, view, NULL);
}

void
isc_plot_menu_add_export (IscPlotView *view, gboolean lower)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _ ("_Export…"), lower ? "win.export-lower" : "win.export");
  g_menu_append (menu, _ ("_Copy Image"), lower ? "win.copy-lower-image" : "win.copy-image");
  g_menu_append (menu, _ ("Copy _Data"), lower ? "win.copy-lower-data" : "win.copy-data");
  isc_plot_view_set_extra_menu (view, G_MENU_MODEL (menu));
}
