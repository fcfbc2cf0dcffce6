/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-view.h"

#include <adwaita.h>

#include "base/number-text.h"
#include "plot/draw.h"
#include "plot/hit.h"
#include "plot/layout.h"

#define MIN_WIDTH 240
#define MIN_HEIGHT 160

/* A datum further from the pointer than this is not read out. */
#define REACH 40.0

struct _IscPlotView
{
  GtkWidget parent_instance;

  IscFigure *figure;
  IscLayout *layout;
  int layout_width;
  int layout_height;
  gboolean layout_dark;
  gboolean hovering;
  double pointer_x;
  double pointer_y;
};

G_DEFINE_FINAL_TYPE (IscPlotView, isc_plot_view, GTK_TYPE_WIDGET)

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

static void
ensure_layout (IscPlotView *self, int width, int height)
{
  gboolean dark = is_dark ();

  if (self->layout && self->layout_width == width && self->layout_height == height
      && self->layout_dark == dark)
    return;
  g_clear_pointer (&self->layout, isc_layout_unref);
  self->layout
      = isc_layout_new (self->figure, isc_theme_get (dark ? ISC_THEME_DARK : ISC_THEME_LIGHT),
                        width, height);
  self->layout_width = width;
  self->layout_height = height;
  self->layout_dark = dark;
}

static char *
readout (const IscHit *hit)
{
  g_autofree char *x = isc_number_to_label (hit->x, 4);
  g_autofree char *y = isc_number_to_label (hit->y, 4);

  return hit->label ? g_strdup_printf ("%s\n%s, %s", hit->label, x, y)
                    : g_strdup_printf ("%s, %s", x, y);
}

/* A dot on the datum and its numbers beside it, over the figure and apart from it: moving the
 * pointer redraws nothing else. */
static void
snapshot_readout (IscPlotView *self, GtkSnapshot *snapshot, const IscHit *hit)
{
  g_autofree char *text = readout (hit);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GdkRGBA ink = { .alpha = 1 };
  GdkRGBA ground = { .alpha = 0.92f };
  double rgb[3];
  int width, height;
  float x, y;

  isc_theme_series_color (isc_theme_get (self->layout_dark ? ISC_THEME_DARK : ISC_THEME_LIGHT),
                          hit->color, rgb);
  ink.red = (float)rgb[0];
  ink.green = (float)rgb[1];
  ink.blue = (float)rgb[2];
  ground.red = ground.green = ground.blue = self->layout_dark ? 0.16f : 1.0f;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = (float)CLAMP (hit->px + 12.0, 4.0, MAX (4.0, self->layout_width - width - 16.0));
  y = (float)CLAMP (hit->py - height - 16.0, 4.0, MAX (4.0, self->layout_height - height - 12.0));
  gtk_snapshot_append_color (snapshot, &ground,
                             &GRAPHENE_RECT_INIT (x - 4, y - 4, (float)width + 8,
                                                  (float)height + 8));
  gtk_snapshot_append_color (snapshot, &ink,
                             &GRAPHENE_RECT_INIT ((float)hit->px - 3, (float)hit->py - 3, 6, 6));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
isc_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  IscPlotView *self = ISC_PLOT_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  IscHit hit;
  cairo_t *cr;

  if (!self->figure || width < 1 || height < 1)
    return;
  ensure_layout (self, width, height);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  isc_draw (self->layout, cr, TRUE);
  cairo_destroy (cr);

  if (self->hovering && isc_hit_find (self->layout, self->pointer_x, self->pointer_y, &hit)
      && ABS (hit.px - self->pointer_x) < REACH && ABS (hit.py - self->pointer_y) < REACH)
    snapshot_readout (self, snapshot, &hit);
}

static void
isc_plot_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  gboolean horizontal = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = horizontal ? MIN_WIDTH : MIN_HEIGHT;
  *natural = horizontal ? 3 * MIN_WIDTH : 3 * MIN_HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

static void
motion_cb (IscPlotView *self, double x, double y)
{
  self->hovering = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
leave_cb (IscPlotView *self)
{
  self->hovering = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
isc_plot_view_finalize (GObject *object)
{
  IscPlotView *self = ISC_PLOT_VIEW (object);

  g_clear_pointer (&self->figure, isc_figure_unref);
  g_clear_pointer (&self->layout, isc_layout_unref);
  G_OBJECT_CLASS (isc_plot_view_parent_class)->finalize (object);
}

static void
isc_plot_view_class_init (IscPlotViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = isc_plot_view_finalize;
  widget_class->snapshot = isc_plot_view_snapshot;
  widget_class->measure = isc_plot_view_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
isc_plot_view_init (IscPlotView *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

void
isc_plot_view_set_figure (IscPlotView *self, IscFigure *figure)
{
  const char *title;

  g_return_if_fail (ISC_IS_PLOT_VIEW (self));

  if (self->figure == figure)
    return;
  g_clear_pointer (&self->layout, isc_layout_unref);
  g_clear_pointer (&self->figure, isc_figure_unref);
  if (figure)
    {
      self->figure = isc_figure_ref (figure);
      title = isc_figure_get_title (figure);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      title ? title : "", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      isc_figure_get_summary (figure)
                                          ? isc_figure_get_summary (figure)
                                          : "",
                                      -1);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

IscFigure *
isc_plot_view_get_figure (IscPlotView *self)
{
  return self->figure;
}
