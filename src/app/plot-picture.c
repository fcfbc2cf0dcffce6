/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-picture.h"

#include "plot/draw.h"

/* What is painted faster than this, in µs, is replayed as fast as an image of its size is copied.
 */
#define CHEAP 1500

struct _IscPlotPicture
{
  IscLayout *layout;
  double zoom;
  int width;
  int height;
  int scale_factor;
  GskRenderNode *node;
  /* Whether it is known that the node is the better of the two. */
  gboolean settled;
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

/* A recording of nothing but an image.  Every renderer copies that as quickly as it can, and only
 * where something has changed; a texture would be turned into floats and back in each frame by that
 * of cairo.
 *
 * Returns: %NULL if there is no memory for it */
static GskRenderNode *
paint (const IscPlotPicture *picture)
{
  int scale = picture->scale_factor;
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, picture->width * scale,
                                    picture->height * scale);
  GskRenderNode *node = NULL;
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  draw (picture, cr);
  if (cairo_status (cr) == CAIRO_STATUS_SUCCESS)
    {
      cairo_t *recording;

      node = new_node (picture);
      recording = gsk_cairo_node_get_draw_context (node);
      cairo_set_source_surface (recording, surface, 0.0, 0.0);
      cairo_paint (recording);
      cairo_destroy (recording);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return node;
}

static void
settle (IscPlotPicture *picture)
{
  gint64 start = g_get_monotonic_time ();
  GskRenderNode *painted = paint (picture);

  picture->settled = TRUE;
  if (painted && g_get_monotonic_time () - start > CHEAP)
    {
      gsk_render_node_unref (picture->node);
      picture->node = painted;
    }
  else
    g_clear_pointer (&painted, gsk_render_node_unref);
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
  else if (!picture->settled)
    settle (picture);
  gtk_snapshot_append_node (snapshot, picture->node);
}
