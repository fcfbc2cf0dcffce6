/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/spotlight.h"

#include <adwaita.h>
#include <math.h>

#include "app/curve-points.h"

/* Around what is lit, in px. */
#define MARGIN 6.0f

/* Of the pen that marks a curve, in px. */
#define PEN_WIDTH 14.0

/**
 * Beam:
 * @target: (owned): a control or a plot
 * @is_area: whether only @x and @y of it are lit
 * @label: (nullable): the curve to be marked
 */
typedef struct
{
  GtkWidget *target;
  gboolean is_area;
  double x[2];
  double y[2];
  char *label;
} Beam;

struct _IscSpotlight
{
  GtkWidget parent_instance;

  GPtrArray *beams;
};

G_DEFINE_FINAL_TYPE (IscSpotlight, isc_spotlight, GTK_TYPE_WIDGET)

static void
free_beam (gpointer data)
{
  Beam *beam = data;

  g_object_unref (beam->target);
  g_free (beam->label);
  g_free (beam);
}

/* A span of data between the edges of the plot area, in device units. */
static gboolean
find_span (const IscLayout *layout,
           IscAxisSide side,
           const double span[2],
           double start,
           double length,
           double device[2])
{
  for (guint i = 0; i < 2; i++)
    {
      double at = isfinite (span[i]) ? isc_layout_to_device (layout, 0, side, span[i]) : NAN;

      /* The y axis grows upwards. */
      if (!isfinite (at))
        at = (side == ISC_AXIS_X) == (i == 0) ? start : start + length;
      device[i] = CLAMP (at, start, start + length);
    }
  return device[0] != device[1];
}

static gboolean
find_area (const Beam *beam, graphene_rect_t *rect)
{
  IscPlotView *plot = ISC_PLOT_VIEW (beam->target);
  IscLayout *layout = isc_plot_view_get_layout (plot);
  double zoom = isc_plot_view_get_zoom (plot);
  double x, y, width, height, across[2], down[2];

  if (!layout || isc_figure_get_n_panels (isc_plot_view_get_figure (plot)) == 0)
    return FALSE;
  isc_layout_get_area (layout, 0, &x, &y, &width, &height);
  if (!find_span (layout, ISC_AXIS_X, beam->x, x, width, across)
      || !find_span (layout, ISC_AXIS_Y, beam->y, y, height, down))
    return FALSE;
  graphene_rect_init (rect, (float)(MIN (across[0], across[1]) * zoom),
                      (float)(MIN (down[0], down[1]) * zoom),
                      (float)(fabs (across[1] - across[0]) * zoom),
                      (float)(fabs (down[1] - down[0]) * zoom));
  return TRUE;
}

/* What a beam lights, in the spotlight's own px; nothing where its target is not to be seen. */
static gboolean
find_rect (IscSpotlight *self, const Beam *beam, graphene_rect_t *rect)
{
  graphene_rect_t bounds;
  graphene_point_t origin;

  if (!gtk_widget_get_mapped (beam->target)
      || !gtk_widget_compute_bounds (beam->target, GTK_WIDGET (self), &bounds)
      || !gtk_widget_compute_point (beam->target, GTK_WIDGET (self), &GRAPHENE_POINT_INIT (0, 0),
                                    &origin))
    return FALSE;
  if (!beam->is_area)
    {
      *rect = bounds;
      return TRUE;
    }
  if (!find_area (beam, rect))
    return FALSE;
  graphene_rect_offset (rect, origin.x, origin.y);
  return TRUE;
}

static void
get_accent (GtkWidget *widget, GdkRGBA *color)
{
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_color",
                                       color))
    *color = (GdkRGBA){ 0.1f, 0.4f, 0.8f, 1.0f };
}

/* Everything but what is lit. */
static void
snapshot_dimness (IscSpotlight *self, GtkSnapshot *snapshot, const graphene_rect_t *lit, guint n)
{
  cairo_rectangle_int_t all = { 0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                                gtk_widget_get_height (GTK_WIDGET (self)) };
  cairo_region_t *region = cairo_region_create_rectangle (&all);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GdkRGBA shade = { 0, 0, 0, dark ? 0.55f : 0.32f };

  for (guint i = 0; i < n; i++)
    {
      cairo_rectangle_int_t rect
          = { (int)floorf (lit[i].origin.x), (int)floorf (lit[i].origin.y),
              (int)ceilf (lit[i].size.width), (int)ceilf (lit[i].size.height) };

      cairo_region_subtract_rectangle (region, &rect);
    }
  for (int i = 0; i < cairo_region_num_rectangles (region); i++)
    {
      cairo_rectangle_int_t rect;

      cairo_region_get_rectangle (region, i, &rect);
      gtk_snapshot_append_color (snapshot, &shade,
                                 &GRAPHENE_RECT_INIT ((float)rect.x, (float)rect.y,
                                                      (float)rect.width, (float)rect.height));
    }
  cairo_region_destroy (region);
}

static void
snapshot_ring (IscSpotlight *self, GtkSnapshot *snapshot, const graphene_rect_t *rect)
{
  GskRoundedRect outline;
  GdkRGBA color;

  get_accent (GTK_WIDGET (self), &color);
  gsk_rounded_rect_init_from_rect (&outline, rect, 4.0f);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 2, 2, 2, 2 },
                              (GdkRGBA[4]){ color, color, color, color });
}

/* A broad stroke along the curve, which one sees the curve through. */
static void
snapshot_pen (IscSpotlight *self, GtkSnapshot *snapshot, const Beam *beam)
{
  IscPlotView *plot = ISC_PLOT_VIEW (beam->target);
  IscLayout *layout = isc_plot_view_get_layout (plot);
  g_autoptr (GArray) points = layout ? isc_curve_points_new (layout, beam->label) : NULL;
  double zoom = isc_plot_view_get_zoom (plot);
  graphene_point_t origin;
  /* A text marker's yellow. */
  const GdkRGBA color = { 1.0f, 0.8f, 0.0f, 0.45f };
  cairo_t *cr;

  if (!points || points->len == 0
      || !gtk_widget_compute_point (beam->target, GTK_WIDGET (self), &GRAPHENE_POINT_INIT (0, 0),
                                    &origin))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0,
                                                                 (float)gtk_widget_get_width (
                                                                     GTK_WIDGET (self)),
                                                                 (float)gtk_widget_get_height (
                                                                     GTK_WIDGET (self))));
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, PEN_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < points->len; i++)
    {
      const IscCurvePoint *point = &g_array_index (points, IscCurvePoint, i);

      if (isfinite (point->px) && isfinite (point->py))
        cairo_line_to (cr, (double)origin.x + point->px * zoom,
                       (double)origin.y + point->py * zoom);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
isc_spotlight_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  IscSpotlight *self = ISC_SPOTLIGHT (widget);
  g_autofree graphene_rect_t *lit = g_new (graphene_rect_t, self->beams->len + 1);
  guint n = 0;

  for (guint i = 0; i < self->beams->len; i++)
    if (find_rect (self, self->beams->pdata[i], &lit[n]))
      {
        graphene_rect_inset (&lit[n], -MARGIN, -MARGIN);
        n++;
      }
  if (n == 0)
    return;
  snapshot_dimness (self, snapshot, lit, n);
  for (guint i = 0; i < n; i++)
    snapshot_ring (self, snapshot, &lit[i]);
  for (guint i = 0; i < self->beams->len; i++)
    if (((Beam *)self->beams->pdata[i])->label)
      snapshot_pen (self, snapshot, self->beams->pdata[i]);
}

static void
isc_spotlight_dispose (GObject *object)
{
  isc_spotlight_clear (ISC_SPOTLIGHT (object));
  G_OBJECT_CLASS (isc_spotlight_parent_class)->dispose (object);
}

static void
isc_spotlight_finalize (GObject *object)
{
  g_ptr_array_unref (ISC_SPOTLIGHT (object)->beams);
  G_OBJECT_CLASS (isc_spotlight_parent_class)->finalize (object);
}

static void
isc_spotlight_class_init (IscSpotlightClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_spotlight_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_spotlight_finalize;
  widget_class->snapshot = isc_spotlight_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
isc_spotlight_init (IscSpotlight *self)
{
  self->beams = g_ptr_array_new_with_free_func (free_beam);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

static Beam *
add_beam (IscSpotlight *self, GtkWidget *target)
{
  /* Of a plot the last one too. */
  static const char *const changes[] = { "map", "unmap", "layout-changed" };
  Beam *beam = g_new0 (Beam, 1);

  beam->target = g_object_ref (target);
  g_ptr_array_add (self->beams, beam);
  for (guint i = 0; i < (ISC_IS_PLOT_VIEW (target) ? 3u : 2u); i++)
    g_signal_connect_object (target, changes[i], G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return beam;
}

GtkWidget *
isc_spotlight_new (void)
{
  return g_object_new (ISC_TYPE_SPOTLIGHT, NULL);
}

void
isc_spotlight_clear (IscSpotlight *self)
{
  g_return_if_fail (ISC_IS_SPOTLIGHT (self));

  for (guint i = 0; i < self->beams->len; i++)
    {
      const Beam *beam = self->beams->pdata[i];

      g_signal_handlers_disconnect_by_func (beam->target, gtk_widget_queue_draw, self);
    }
  g_ptr_array_set_size (self->beams, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
isc_spotlight_add_widget (IscSpotlight *self, GtkWidget *target)
{
  g_return_if_fail (ISC_IS_SPOTLIGHT (self) && GTK_IS_WIDGET (target));

  add_beam (self, target);
}

void
isc_spotlight_add_area (IscSpotlight *self, IscPlotView *plot, const double *x, const double *y)
{
  Beam *beam;

  g_return_if_fail (ISC_IS_SPOTLIGHT (self) && ISC_IS_PLOT_VIEW (plot));

  beam = add_beam (self, GTK_WIDGET (plot));
  beam->is_area = TRUE;
  for (guint i = 0; i < 2; i++)
    {
      beam->x[i] = x[i];
      beam->y[i] = y[i];
    }
}

void
isc_spotlight_add_curve (IscSpotlight *self, IscPlotView *plot, const char *label)
{
  g_return_if_fail (ISC_IS_SPOTLIGHT (self) && ISC_IS_PLOT_VIEW (plot) && label != NULL);

  add_beam (self, GTK_WIDGET (plot))->label = g_strdup (label);
}

guint
isc_spotlight_count_lit (IscSpotlight *self)
{
  graphene_rect_t rect;
  guint n = 0;

  g_return_val_if_fail (ISC_IS_SPOTLIGHT (self), 0);

  for (guint i = 0; i < self->beams->len; i++)
    n += find_rect (self, self->beams->pdata[i], &rect);
  return n;
}
