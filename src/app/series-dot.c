/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-dot.h"

#include <adwaita.h>

#include "plot/theme.h"

#define DIAMETER 10

struct _IscSeriesDot
{
  GtkWidget parent_instance;

  guint index;
};

G_DEFINE_FINAL_TYPE (IscSeriesDot, isc_series_dot, GTK_TYPE_WIDGET)

static void
isc_series_dot_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = *natural = DIAMETER;
  *minimum_baseline = *natural_baseline = -1;
}

static void
isc_series_dot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  float x = (float)(gtk_widget_get_width (widget) - DIAMETER) / 2.0f;
  float y = (float)(gtk_widget_get_height (widget) - DIAMETER) / 2.0f;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, DIAMETER, DIAMETER);
  GskRoundedRect circle;
  GdkRGBA color = { .alpha = 1.0f };
  double rgb[3];

  isc_theme_series_color (isc_theme_get (dark ? ISC_THEME_DARK : ISC_THEME_LIGHT),
                          (int)ISC_SERIES_DOT (widget)->index, rgb);
  color.red = (float)rgb[0];
  color.green = (float)rgb[1];
  color.blue = (float)rgb[2];
  gsk_rounded_rect_init_from_rect (&circle, &bounds, DIAMETER / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_color (snapshot, &color, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
isc_series_dot_class_init (IscSeriesDotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = isc_series_dot_measure;
  widget_class->snapshot = isc_series_dot_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
isc_series_dot_init (IscSeriesDot *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

GtkWidget *
isc_series_dot_new (void)
{
  return g_object_new (ISC_TYPE_SERIES_DOT, NULL);
}

void
isc_series_dot_set_index (IscSeriesDot *self, guint index)
{
  g_return_if_fail (ISC_IS_SERIES_DOT (self));

  if (self->index == index)
    return;
  self->index = index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
