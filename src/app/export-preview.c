/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-preview.h"

#include <math.h>

#include "plot/draw.h"

#define MARGIN 12.0
#define CHECK 8.0

struct _IscExportPreview
{
  GtkWidget parent_instance;

  IscLayout *layout;
  double width;
  double height;
  IscThemeId theme;
  IscDrawFlags flags;
};

G_DEFINE_FINAL_TYPE (IscExportPreview, isc_export_preview, GTK_TYPE_WIDGET)

/* Of the theme's own ground, a little towards ink: what is drawn can be read as on the paper that
 * it was made for. */
static void
set_gray (cairo_t *cr, const IscTheme *theme, double share)
{
  cairo_set_source_rgb (cr, theme->ground[0] + share * (theme->ink[0] - theme->ground[0]),
                        theme->ground[1] + share * (theme->ink[1] - theme->ground[1]),
                        theme->ground[2] + share * (theme->ink[2] - theme->ground[2]));
}

static void
draw_checkerboard (cairo_t *cr, const IscTheme *theme, double width, double height)
{
  set_gray (cr, theme, 0.04);
  cairo_rectangle (cr, 0.0, 0.0, width, height);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  set_gray (cr, theme, 0.14);
  for (int i = 0; i * CHECK < height; i++)
    for (int j = i % 2; j * CHECK < width; j += 2)
      cairo_rectangle (cr, j * CHECK, i * CHECK, CHECK, CHECK);
  cairo_fill (cr);
}

static void
isc_export_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  IscExportPreview *self = ISC_EXPORT_PREVIEW (widget);
  double room_x = gtk_widget_get_width (widget) - 2.0 * MARGIN;
  double room_y = gtk_widget_get_height (widget) - 2.0 * MARGIN;
  double scale, width, height;
  graphene_rect_t area;
  GskRoundedRect frame;
  cairo_t *cr;

  if (!self->layout || room_x < 1.0 || room_y < 1.0)
    return;
  scale = fmin (room_x / self->width, room_y / self->height);
  width = fmax (1.0, scale * self->width);
  height = fmax (1.0, scale * self->height);
  graphene_rect_init (&area, (float)floor (MARGIN + 0.5 * (room_x - width)),
                      (float)floor (MARGIN + 0.5 * (room_y - height)), (float)width, (float)height);

  /* A sheet on a table: a white figure in a white window would have no edge. */
  gsk_rounded_rect_init_from_rect (&frame, &area, 0.0f);
  gtk_snapshot_append_outset_shadow (snapshot, &frame, &(GdkRGBA){ 0.0f, 0.0f, 0.0f, 0.35f }, 0.0f,
                                     1.0f, 0.0f, 5.0f);
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  cairo_translate (cr, area.origin.x, area.origin.y);
  if (self->flags & ISC_DRAW_TRANSPARENT)
    draw_checkerboard (cr, isc_theme_get (self->theme), width, height);
  cairo_scale (cr, scale, scale);
  isc_draw (self->layout, cr, self->flags);
  cairo_destroy (cr);
}

static void
isc_export_preview_finalize (GObject *object)
{
  g_clear_pointer (&ISC_EXPORT_PREVIEW (object)->layout, isc_layout_unref);
  G_OBJECT_CLASS (isc_export_preview_parent_class)->finalize (object);
}

static void
isc_export_preview_class_init (IscExportPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = isc_export_preview_finalize;
  widget_class->snapshot = isc_export_preview_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
isc_export_preview_init (IscExportPreview *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

void
isc_export_preview_show (IscExportPreview *self, IscFigure *figure, const IscExportOptions *options)
{
  g_return_if_fail (ISC_IS_EXPORT_PREVIEW (self));

  g_clear_pointer (&self->layout, isc_layout_unref);
  if (options)
    {
      self->layout = isc_layout_new_in (figure, options->viewport, isc_theme_get (options->theme),
                                        options->width, options->height);
      self->width = options->width;
      self->height = options->height;
      self->theme = options->theme;
      self->flags = options->transparent ? ISC_DRAW_TRANSPARENT : 0;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
