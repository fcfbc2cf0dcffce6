/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-view.h"

#include <adwaita.h>

#include "app/text-zoom.h"
#include "plot/draw.h"
#include "plot/hit.h"
#include "plot/layout.h"

#define MIN_WIDTH 240
#define MIN_HEIGHT 160

/* A panel beside others that is smaller has no room for its title and its ticks: whoever shows many
 * on a small screen lets them scroll. */
#define PANEL_WIDTH 240
#define PANEL_HEIGHT 150

/* A datum further from the pointer than this is not read out. */
#define REACH 40.0

struct _IscPlotView
{
  GtkWidget parent_instance;

  IscFigure *figure;
  /* The figure at the widget's size, and drawn: what the pointer's moves do not change. */
  IscLayout *layout;
  GskRenderNode *drawing;
  IscTheme theme;
  int width;
  int height;
  int scale_factor;
  double zoom;
  double enlarged;
  gboolean hovering;
  double pointer_x;
  double pointer_y;
};

enum
{
  LAYOUT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscPlotView, isc_plot_view, GTK_TYPE_WIDGET)

static void
drop_layout (IscPlotView *self)
{
  g_clear_pointer (&self->layout, isc_layout_unref);
  g_clear_pointer (&self->drawing, gsk_render_node_unref);
}

/* The next layout will be another; whoever draws by it asks for it then. */
static void
change_layout (IscPlotView *self)
{
  drop_layout (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

static GskRenderNode *
draw (IscPlotView *self)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)self->width,
                                                                          (float)self->height));

  cairo_scale (cr, self->zoom, self->zoom);
  isc_draw (self->layout, cr, ISC_DRAW_TRANSPARENT);
  cairo_destroy (cr);
  return gtk_snapshot_to_node (snapshot);
}

/* Made when it is asked for: of many changes in a frame only the last is worked out. */
static gboolean
ensure_layout (IscPlotView *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  if (self->layout)
    return TRUE;
  self->width = gtk_widget_get_width (GTK_WIDGET (self));
  self->height = gtk_widget_get_height (GTK_WIDGET (self));
  if (!self->figure || self->width < 1 || self->height < 1)
    return FALSE;
  self->scale_factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  self->zoom = isc_plot_view_get_zoom (self);
  self->theme = *isc_theme_get (dark ? ISC_THEME_DARK : ISC_THEME_LIGHT);
  self->theme.detail = self->scale_factor * self->zoom;
  self->layout = isc_layout_new (self->figure, &self->theme, self->width / self->zoom,
                                 self->height / self->zoom);
  return TRUE;
}

/* The datum near the pointer. */
static gboolean
find_datum (IscPlotView *self, IscHit *hit)
{
  double x = self->pointer_x / self->zoom, y = self->pointer_y / self->zoom;

  return isc_hit_find (self->layout, x, y, hit) && ABS (hit->px - x) < REACH
         && ABS (hit->py - y) < REACH;
}

/* A dot on the datum and what it says beside it, over the figure and apart from it. */
static void
snapshot_readout (IscPlotView *self, GtkSnapshot *snapshot, const IscHit *hit)
{
  g_autofree char *text = isc_hit_to_text (hit);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  const double *ground = self->theme.ground;
  GdkRGBA paper = { (float)ground[0], (float)ground[1], (float)ground[2], 0.92f };
  GdkRGBA ink = { .alpha = 1 };
  double rgb[3];
  double px = hit->px * self->zoom, py = hit->py * self->zoom;
  int width, height;
  float x, y;

  isc_theme_series_color (&self->theme, hit->n_rows > 0 ? ISC_INK : hit->color, rgb);
  ink.red = (float)rgb[0];
  ink.green = (float)rgb[1];
  ink.blue = (float)rgb[2];

  pango_layout_get_pixel_size (layout, &width, &height);
  x = (float)CLAMP (px + 12.0, 4.0, MAX (4.0, self->width - width - 16.0));
  y = (float)CLAMP (py - height - 16.0, 4.0, MAX (4.0, self->height - height - 12.0));
  gtk_snapshot_append_color (snapshot, &paper,
                             &GRAPHENE_RECT_INIT (x - 4, y - 4, (float)width + 8,
                                                  (float)height + 8));
  gtk_snapshot_append_color (snapshot, &ink,
                             &GRAPHENE_RECT_INIT ((float)px - 3, (float)py - 3, 6, 6));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
isc_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  IscPlotView *self = ISC_PLOT_VIEW (widget);
  IscHit hit;

  if (!ensure_layout (self))
    return;
  if (!self->drawing)
    self->drawing = draw (self);
  gtk_snapshot_append_node (snapshot, self->drawing);
  if (self->hovering && find_datum (self, &hit))
    snapshot_readout (self, snapshot, &hit);
}

static int
min_height (IscPlotView *self, int width)
{
  double zoom = isc_plot_view_get_zoom (self);
  int n = self->figure ? (int)isc_figure_get_n_panels (self->figure) : 1;
  int columns = width < 0 ? n : CLAMP ((int)(width / (zoom * PANEL_WIDTH)), 1, n);

  return n > 1 ? MAX (MIN_HEIGHT, (int)(zoom * PANEL_HEIGHT) * ((n + columns - 1) / columns))
               : MIN_HEIGHT;
}

static GtkSizeRequestMode
isc_plot_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
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

  *minimum = horizontal ? MIN_WIDTH : min_height (ISC_PLOT_VIEW (widget), for_size);
  *natural = MAX (*minimum, horizontal ? 3 * MIN_WIDTH : 3 * MIN_HEIGHT);
  *minimum_baseline = *natural_baseline = -1;
}

static void
isc_plot_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  IscPlotView *self = ISC_PLOT_VIEW (widget);

  if (width != self->width || height != self->height)
    change_layout (self);
}

static void
zoomed_cb (GtkWidget *widget)
{
  change_layout (ISC_PLOT_VIEW (widget));
  gtk_widget_queue_resize (widget);
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
  drop_layout (self);
  G_OBJECT_CLASS (isc_plot_view_parent_class)->finalize (object);
}

static void
isc_plot_view_class_init (IscPlotViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = isc_plot_view_finalize;
  widget_class->snapshot = isc_plot_view_snapshot;
  widget_class->get_request_mode = isc_plot_view_get_request_mode;
  widget_class->measure = isc_plot_view_measure;
  widget_class->size_allocate = isc_plot_view_size_allocate;
  signals[LAYOUT_CHANGED] = g_signal_new ("layout-changed", ISC_TYPE_PLOT_VIEW, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
  self->enlarged = 1.0;
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (change_layout), NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (change_layout), self, G_CONNECT_SWAPPED);
  isc_text_zoom_follow (GTK_WIDGET (self), zoomed_cb);
}

void
isc_plot_view_set_figure (IscPlotView *self, IscFigure *figure)
{
  const char *title;
  int height;

  g_return_if_fail (ISC_IS_PLOT_VIEW (self));

  if (self->figure == figure)
    return;
  height = min_height (self, gtk_widget_get_width (GTK_WIDGET (self)));
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
  if (min_height (self, gtk_widget_get_width (GTK_WIDGET (self))) != height)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  change_layout (self);
}

char *
isc_plot_view_read_out (IscPlotView *self, double x, double y)
{
  IscHit hit;

  motion_cb (self, x, y);
  return ensure_layout (self) && find_datum (self, &hit) ? isc_hit_to_text (&hit) : NULL;
}

IscFigure *
isc_plot_view_get_figure (IscPlotView *self)
{
  return self->figure;
}

IscLayout *
isc_plot_view_get_layout (IscPlotView *self)
{
  g_return_val_if_fail (ISC_IS_PLOT_VIEW (self), NULL);
  return ensure_layout (self) ? self->layout : NULL;
}

double
isc_plot_view_get_zoom (IscPlotView *self)
{
  return self->enlarged * isc_text_zoom (GTK_WIDGET (self));
}

void
isc_plot_view_set_enlarged (IscPlotView *self, double factor)
{
  g_return_if_fail (ISC_IS_PLOT_VIEW (self) && factor > 0.0);

  if (self->enlarged == factor)
    return;
  self->enlarged = factor;
  zoomed_cb (GTK_WIDGET (self));
}
