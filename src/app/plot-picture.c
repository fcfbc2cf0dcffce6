/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-picture.h"

#include "plot/draw.h"

struct _IscPlotPicture
{
  IscLayout *layout;
  double zoom;
  int width;
  int height;
  int scale_factor;
  GskRenderNode *node;
  gboolean painted;
};

static void
draw (const IscPlotPicture *picture, cairo_t *cr)
{
  cairo_scale (cr, picture->zoom, picture->zoom);
  isc_draw (picture->layout, cr, TRUE);
}

static GskRenderNode *
new_node (const IscPlotPicture *picture)
{
  return gsk_cairo_node_new (
      &GRAPHENE_RECT_INIT (0, 0, (float)picture->width, (float)picture->height));
}

static GskRenderNode *
record (const IscPlotPicture *picture)
{
  GskRenderNode *node = new_node (picture);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  draw (picture, cr);
  cairo_destroy (cr);
  return node;
}

/* A recording too, but of pixels alone.  A texture would be the usual way: GTK's cairo renderer
 * copies and converts all of one in every frame, which takes 7 ms. */
static GskRenderNode *
paint (const IscPlotPicture *picture)
{
  GskRenderNode *node = new_node (picture);
  cairo_t *copy = gsk_cairo_node_get_draw_context (node);
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, picture->width * picture->scale_factor,
                                    picture->height * picture->scale_factor);
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, picture->scale_factor, picture->scale_factor);
  cr = cairo_create (surface);
  draw (picture, cr);
  if (cairo_status (cr) == CAIRO_STATUS_SUCCESS)
    {
      cairo_set_source_surface (copy, surface, 0, 0);
      cairo_paint (copy);
    }
  else
    /* There is no memory for the pixels. */
    draw (picture, copy);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  cairo_destroy (copy);
  return node;
}

IscPlotPicture *
isc_plot_picture_new (IscLayout *layout, double zoom, int width, int height, int scale_factor)
{
  IscPlotPicture *picture = g_new0 (IscPlotPicture, 1);

  picture->layout = isc_layout_ref (layout);
  picture->zoom = zoom;
  picture->width = width;
  picture->height = height;
  picture->scale_factor = scale_factor;
  return picture;
}

void
isc_plot_picture_free (IscPlotPicture *picture)
{
  g_clear_pointer (&picture->node, gsk_render_node_unref);
  isc_layout_unref (picture->layout);
  g_free (picture);
}

void
isc_plot_picture_snapshot (IscPlotPicture *picture, GtkSnapshot *snapshot)
{
  if (!picture->node)
    picture->node = record (picture);
  else if (!picture->painted)
    {
      gsk_render_node_unref (picture->node);
      picture->node = paint (picture);
      picture->painted = TRUE;
    }
  gtk_snapshot_append_node (snapshot, picture->node);
}
