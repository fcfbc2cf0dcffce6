/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-overlay.h"

#include <math.h>
#include <string.h>

/* All in px. */
#define DOT 8.0f
#define AWAY 12.0f
#define EDGE 4.0f
#define PAD_X 8.0f
#define PAD_Y 5.0f
#define CORNER 6.0f

/* A plot area that is not so many times as high as a note has room for one line of it. */
#define LOW 3.0f

static GdkRGBA
color_of (const double rgb[3], double alpha)
{
  return (GdkRGBA){ (float)rgb[0], (float)rgb[1], (float)rgb[2], (float)alpha };
}

static GdkRGBA
series_color (const IscPlotOverlay *overlay, const IscHit *hit)
{
  double rgb[3];

  isc_theme_series_color (overlay->theme, hit->n_rows > 0 ? ISC_INK : hit->color, rgb);
  return color_of (rgb, 1.0);
}

/* The plot area in px of the widget. */
static graphene_rect_t
area_of (const IscPlotOverlay *overlay, guint panel)
{
  double x, y, width, height;

  isc_layout_get_area (overlay->layout, panel, &x, &y, &width, &height);
  return GRAPHENE_RECT_INIT ((float)(x * overlay->zoom), (float)(y * overlay->zoom),
                             (float)(width * overlay->zoom), (float)(height * overlay->zoom));
}

/* A hair covers one column or row of px, whatever the fraction it falls on. */
static float
crisp (double at)
{
  return (float)floor (at);
}

static void
append_dot (GtkSnapshot *snapshot, float x, float y, float size, const GdkRGBA *color)
{
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x - size / 2, y - size / 2, size, size);
  GskRoundedRect circle;

  gsk_rounded_rect_init_from_rect (&circle, &bounds, size / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_color (snapshot, color, &bounds);
  gtk_snapshot_pop (snapshot);
}

void
isc_plot_overlay_crosshair (const IscPlotOverlay *overlay, GtkSnapshot *snapshot, const IscHit *hit)
{
  graphene_rect_t area = area_of (overlay, hit->panel);
  GdkRGBA hair = color_of (overlay->theme->ink, 0.35);
  GdkRGBA ground = color_of (overlay->theme->ground, 1.0);
  GdkRGBA color = series_color (overlay, hit);
  double x = hit->px * overlay->zoom, y = hit->py * overlay->zoom;

  gtk_snapshot_append_color (snapshot, &hair,
                             &GRAPHENE_RECT_INIT (crisp (x), area.origin.y, 1, area.size.height));
  gtk_snapshot_append_color (snapshot, &hair,
                             &GRAPHENE_RECT_INIT (area.origin.x, crisp (y), area.size.width, 1));
  append_dot (snapshot, (float)x, (float)y, DOT + 3, &ground);
  append_dot (snapshot, (float)x, (float)y, DOT, &color);
}

static PangoLayout *
make_text (const IscPlotOverlay *overlay, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (overlay->widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (overlay->enlarged));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

/* Letters on a slip of paper, its top left corner at (@x, @y). */
static void
append_slip (const IscPlotOverlay *overlay,
             GtkSnapshot *snapshot,
             PangoLayout *text,
             float x,
             float y,
             float width,
             float height)
{
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, width, height);
  const float hair[4] = { 1, 1, 1, 1 };
  GdkRGBA paper = color_of (overlay->theme->ground, 0.94);
  GdkRGBA ink = color_of (overlay->theme->ink, 1.0);
  GdkRGBA rim = color_of (overlay->theme->ink, 0.25);
  const GdkRGBA rims[4] = { rim, rim, rim, rim };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &paper, &bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, hair, rims);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + PAD_X, y + PAD_Y));
  gtk_snapshot_append_layout (snapshot, text, &ink);
  gtk_snapshot_restore (snapshot);
}

void
isc_plot_overlay_readout (const IscPlotOverlay *overlay,
                          GtkSnapshot *snapshot,
                          const IscHit *hit,
                          const char *text)
{
  g_autoptr (PangoLayout) layout = make_text (overlay, text);
  const char *line = strchr (text, '\n');
  float room_x = (float)gtk_widget_get_width (overlay->widget);
  float room_y = (float)gtk_widget_get_height (overlay->widget);
  float px = (float)(hit->px * overlay->zoom), py = (float)(hit->py * overlay->zoom);
  float width, height, x, y;
  int text_width, text_height;

  if (line && hit->n_rows == 0)
    {
      GdkRGBA color = series_color (overlay, hit);
      PangoAttribute *attribute = pango_attr_foreground_new ((guint16)(color.red * 65535.0f),
                                                             (guint16)(color.green * 65535.0f),
                                                             (guint16)(color.blue * 65535.0f));

      attribute->end_index = (guint)(line - text);
      pango_attr_list_insert (pango_layout_get_attributes (layout), attribute);
      attribute = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
      attribute->end_index = (guint)(line - text);
      pango_attr_list_insert (pango_layout_get_attributes (layout), attribute);
      pango_layout_context_changed (layout);
    }
  pango_layout_set_width (layout, (int)(MAX (room_x - 2 * (EDGE + PAD_X), 1) * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  width = (float)text_width + 2 * PAD_X;
  height = (float)text_height + 2 * PAD_Y;
  /* Above and at the right, else on the other side; never outside. */
  x = px + AWAY + width <= room_x - EDGE ? px + AWAY : px - AWAY - width;
  y = py - AWAY - height >= EDGE ? py - AWAY - height : py + AWAY;
  x = MAX (MIN (x, room_x - EDGE - width), EDGE);
  y = MAX (MIN (y, room_y - EDGE - height), EDGE);
  append_slip (overlay, snapshot, layout, x, y, width, height);
}

void
isc_plot_overlay_marker (const IscPlotOverlay *overlay,
                         GtkSnapshot *snapshot,
                         guint panel,
                         double px,
                         double py,
                         const char *name)
{
  g_autoptr (PangoLayout) layout = make_text (overlay, name);
  graphene_rect_t area = area_of (overlay, panel);
  GdkRGBA ink = color_of (overlay->theme->ink, 0.8);
  GdkRGBA ground = color_of (overlay->theme->ground, 1.0);
  double x = px * overlay->zoom, y = py * overlay->zoom;
  int width, height;

  /* It stands where it was put, which may have been moved out of sight. */
  if (!(x >= area.origin.x - 1 && x <= area.origin.x + area.size.width + 1 && y >= area.origin.y - 1
        && y <= area.origin.y + area.size.height + 1))
    return;
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_append_color (snapshot, &ink,
                             &GRAPHENE_RECT_INIT (crisp (x), area.origin.y, 1, area.size.height));
  append_dot (snapshot, (float)x, (float)y, DOT + 3, &ground);
  append_dot (snapshot, (float)x, (float)y, DOT, &ink);
  append_slip (overlay, snapshot, layout,
               (float)CLAMP (x - width / 2.0 - PAD_X, area.origin.x,
                             MAX (area.origin.x,
                                  area.origin.x + area.size.width - (float)width - 2 * PAD_X)),
               area.origin.y, (float)width + 2 * PAD_X, (float)height + 2 * PAD_Y);
}

static char *
one_line (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv (" · ", lines);
}

void
isc_plot_overlay_note (const IscPlotOverlay *overlay,
                       GtkSnapshot *snapshot,
                       guint panel,
                       const char *text)
{
  g_autoptr (PangoLayout) layout = make_text (overlay, text);
  graphene_rect_t area = area_of (overlay, panel);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  if ((float)height > area.size.height / LOW)
    {
      g_autofree char *line = one_line (text);

      pango_layout_set_text (layout, line, -1);
      pango_layout_get_pixel_size (layout, &width, &height);
    }
  append_slip (overlay, snapshot, layout, area.origin.x + EDGE,
               area.origin.y + area.size.height - EDGE - (float)height - 2 * PAD_Y,
               (float)width + 2 * PAD_X, (float)height + 2 * PAD_Y);
}

void
isc_plot_overlay_box (const IscPlotOverlay *overlay,
                      GtkSnapshot *snapshot,
                      guint panel,
                      double px0,
                      double py0,
                      double px1,
                      double py1)
{
  graphene_rect_t area = area_of (overlay, panel);
  graphene_rect_t box
      = GRAPHENE_RECT_INIT ((float)(px0 * overlay->zoom), (float)(py0 * overlay->zoom),
                            (float)((px1 - px0) * overlay->zoom),
                            (float)((py1 - py0) * overlay->zoom));
  const float hair[4] = { 1, 1, 1, 1 };
  GdkRGBA ink = color_of (overlay->theme->ink, 0.7);
  GdkRGBA fill = color_of (overlay->theme->ink, 0.08);
  const GdkRGBA inks[4] = { ink, ink, ink, ink };
  GskRoundedRect outline;

  graphene_rect_normalize (&box);
  if (!graphene_rect_intersection (&box, &area, &box))
    return;
  gsk_rounded_rect_init_from_rect (&outline, &box, 0);
  gtk_snapshot_append_color (snapshot, &fill, &box);
  gtk_snapshot_append_border (snapshot, &outline, hair, inks);
}
