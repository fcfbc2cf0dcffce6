/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "app/plot-gestures.h"
#include "app/plot-history.h"
#include "app/plot-marks.h"
#include "app/plot-overlay.h"
#include "app/plot-picture.h"
#include "app/plot-pointer.h"
#include "app/plot-verbs.h"
#include "app/text-zoom.h"
#include "plot/readout.h"

#define MIN_WIDTH 240
#define MIN_HEIGHT 160

/* A panel beside others that is smaller has no room for its title and its ticks: whoever shows many
 * on a small screen lets them scroll. */
#define PANEL_WIDTH 240
#define PANEL_HEIGHT 150

/* A reader is told of new data no more often than this, in ms. */
#define PACE 1000

/* Between the button and the edges of the plot area, in px. */
#define BUTTON_GAP 6

struct _IscPlotView
{
  GtkWidget parent_instance;

  IscFigure *figure;
  char *subject;
  IscViewport *viewport;
  IscPlotHistory *history;
  GActionGroup *actions;
  GMenuModel *extra_menu;
  /* The way back for who sees a part of the figure alone. */
  GtkWidget *fit_button;

  /* The figure at the widget's size, and drawn: what the pointer's moves do not change. */
  IscLayout *layout;
  IscPlotPicture *picture;
  IscTheme theme;
  int width;
  int height;
  double zoom;
  double enlarged;

  IscPlotPointer *pointer;
  IscPlotMarks *marks;
  int box_panel;
  double box[4];

  /* What a screen reader was told, and when it may be told again. */
  char *told;
  guint tell_source;
};

enum
{
  LAYOUT_CHANGED,
  VIEWPORT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (IscPlotView, isc_plot_view, GTK_TYPE_WIDGET)

/* The next layout will be another; whoever draws by it asks for it then. */
static void
change_layout (IscPlotView *self)
{
  g_clear_pointer (&self->layout, isc_layout_unref);
  g_clear_pointer (&self->picture, isc_plot_picture_free);
  isc_plot_pointer_forget (self->pointer);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

static const IscTheme *
choose_theme (void)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (style);

  if (adw_style_manager_get_high_contrast (style))
    return isc_theme_get (dark ? ISC_THEME_HIGH_CONTRAST_DARK : ISC_THEME_HIGH_CONTRAST);
  return isc_theme_get (dark ? ISC_THEME_DARK : ISC_THEME_LIGHT);
}

/* Made when it is asked for: of many changes in a frame only the last is worked out. */
static gboolean
ensure_layout (IscPlotView *self)
{
  if (self->layout)
    return TRUE;
  self->width = gtk_widget_get_width (GTK_WIDGET (self));
  self->height = gtk_widget_get_height (GTK_WIDGET (self));
  if (!self->figure || self->width < 1 || self->height < 1)
    return FALSE;
  self->zoom = isc_plot_view_get_zoom (self);
  self->theme = *choose_theme ();
  self->theme.detail = gtk_widget_get_scale_factor (GTK_WIDGET (self)) * self->zoom;
  self->layout = isc_layout_new_in (self->figure, self->viewport, &self->theme,
                                    self->width / self->zoom, self->height / self->zoom);
  return TRUE;
}

/* The datum that is read out, or NULL. */
static const IscHit *
find_hit (IscPlotView *self)
{
  return ensure_layout (self) ? isc_plot_pointer_find (self->pointer, self->layout) : NULL;
}

/* While a key walks the data its datum is the description, which screen readers speak as it changes
 * on what has the focus: GTK 4.8 can't announce, and a picture has no value that is passed on. */
static void
tell (IscPlotView *self)
{
  const char *summary = self->figure ? isc_figure_get_summary (self->figure) : NULL;
  const IscHit *hit = isc_plot_pointer_is_walking (self->pointer) ? find_hit (self) : NULL;
  g_autofree char *text
      = hit ? isc_readout_sentence (self->layout, hit) : g_strdup (summary ? summary : "");

  if (g_strcmp0 (text, self->told) == 0)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  g_free (self->told);
  self->told = g_steal_pointer (&text);
}

static gboolean
tell_cb (gpointer data)
{
  ISC_PLOT_VIEW (data)->tell_source = 0;
  tell (data);
  return G_SOURCE_REMOVE;
}

/* New data come many times a second. */
static void
tell_in_time (IscPlotView *self)
{
  if (self->tell_source)
    return;
  tell (self);
  self->tell_source = g_timeout_add (PACE, tell_cb, self);
}

static void
isc_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  IscPlotView *self = ISC_PLOT_VIEW (widget);
  IscPlotOverlay overlay = { widget, NULL, &self->theme, 1.0, self->enlarged };
  const IscHit *hit;

  if (!ensure_layout (self))
    return;
  if (!self->picture)
    self->picture = isc_plot_picture_new (self->layout, self->zoom, self->width, self->height,
                                          gtk_widget_get_scale_factor (widget));
  isc_plot_picture_snapshot (self->picture, snapshot);
  gtk_widget_snapshot_child (widget, self->fit_button, snapshot);
  overlay.layout = self->layout;
  overlay.zoom = self->zoom;
  isc_plot_marks_snapshot (self->marks, &overlay, snapshot, isc_figure_get_n_panels (self->figure));
  hit = find_hit (self);
  if (self->box_panel >= 0)
    isc_plot_overlay_box (&overlay, snapshot, (guint)self->box_panel, self->box[0], self->box[1],
                          self->box[2], self->box[3]);
  else if (hit)
    {
      g_autofree char *text = isc_readout_text (self->layout, hit);

      isc_plot_overlay_crosshair (&overlay, snapshot, hit);
      isc_plot_overlay_readout (&overlay, snapshot, hit, text);
    }
}

static int
min_height (IscPlotView *self, int width)
{
  double zoom = isc_plot_view_get_zoom (self);
  int n = self->figure ? (int)isc_figure_get_n_panels (self->figure) : 1;
  int columns = width < 0 ? n : CLAMP ((int)(width / (zoom * PANEL_WIDTH)), 1, n);
  int least = (int)(zoom * MIN_HEIGHT);

  return n > 1 ? MAX (least, (int)(zoom * PANEL_HEIGHT) * ((n + columns - 1) / columns)) : least;
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

/* In the upper right corner of the first plot area, where curves seldom are. */
static void
place_button (IscPlotView *self)
{
  GtkAllocation place = { 0 };
  GtkRequisition size;
  double x, y, width, height;

  if (!gtk_widget_should_layout (self->fit_button) || !ensure_layout (self))
    return;
  isc_layout_get_area (self->layout, 0, &x, &y, &width, &height);
  gtk_widget_get_preferred_size (self->fit_button, &size, NULL);
  place.x = (int)((x + width) * self->zoom) - size.width - BUTTON_GAP;
  place.y = (int)(y * self->zoom) + BUTTON_GAP;
  place.width = size.width;
  place.height = size.height;
  gtk_widget_size_allocate (self->fit_button, &place, -1);
}

static void
isc_plot_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  IscPlotView *self = ISC_PLOT_VIEW (widget);

  if (width != self->width || height != self->height)
    change_layout (self);
  place_button (self);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static void
zoomed_cb (GtkWidget *widget)
{
  change_layout (ISC_PLOT_VIEW (widget));
  gtk_widget_queue_resize (widget);
}

/* Whoever leaves the figure has its summary again. */
static void
focus_left_cb (IscPlotView *self)
{
  isc_plot_pointer_rest (self->pointer, FALSE);
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
isc_plot_view_dispose (GObject *object)
{
  IscPlotView *self = ISC_PLOT_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->tell_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "plot", NULL);
  g_clear_object (&self->actions);
  g_clear_object (&self->extra_menu);
  G_OBJECT_CLASS (isc_plot_view_parent_class)->dispose (object);
}

static void
isc_plot_view_finalize (GObject *object)
{
  IscPlotView *self = ISC_PLOT_VIEW (object);

  g_clear_pointer (&self->picture, isc_plot_picture_free);
  g_clear_pointer (&self->layout, isc_layout_unref);
  g_clear_pointer (&self->viewport, isc_viewport_unref);
  g_clear_pointer (&self->figure, isc_figure_unref);
  g_clear_pointer (&self->history, isc_plot_history_free);
  g_clear_pointer (&self->marks, isc_plot_marks_free);
  g_clear_pointer (&self->pointer, isc_plot_pointer_free);
  g_free (self->subject);
  g_free (self->told);
  G_OBJECT_CLASS (isc_plot_view_parent_class)->finalize (object);
}

static void
isc_plot_view_class_init (IscPlotViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_plot_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_plot_view_finalize;
  widget_class->snapshot = isc_plot_view_snapshot;
  widget_class->get_request_mode = isc_plot_view_get_request_mode;
  widget_class->measure = isc_plot_view_measure;
  widget_class->size_allocate = isc_plot_view_size_allocate;
  signals[LAYOUT_CHANGED] = g_signal_new ("layout-changed", ISC_TYPE_PLOT_VIEW, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[VIEWPORT_CHANGED] = g_signal_new ("viewport-changed", ISC_TYPE_PLOT_VIEW,
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  isc_plot_verbs_bind_keys (widget_class);
}

static GtkWidget *
make_fit_button (IscPlotView *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("zoom-fit-best-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "plot.fit");
  gtk_widget_set_tooltip_text (button, _ ("Show all data (F)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show all data"), -1);
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "osd");
  gtk_widget_set_visible (button, FALSE);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static void
isc_plot_view_init (IscPlotView *self)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->enlarged = 1.0;
  self->pointer = isc_plot_pointer_new ();
  self->box_panel = -1;
  self->history = isc_plot_history_new ();
  self->marks = isc_plot_marks_new ();
  self->fit_button = make_fit_button (self);
  self->actions = isc_plot_verbs_new (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "plot", self->actions);
  isc_plot_verbs_update (self);
  /* A figure and what is read out of it run from left to right in every language. */
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  isc_plot_gestures_add (self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (change_layout), NULL);
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (change_layout), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (change_layout), self,
                           G_CONNECT_SWAPPED);
  isc_text_zoom_follow (GTK_WIDGET (self), zoomed_cb);
}

static void
update_verbs (IscPlotView *self)
{
  isc_plot_verbs_update (self);
  gtk_widget_set_visible (self->fit_button,
                          g_action_group_get_action_enabled (self->actions, "fit"));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
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
                                      title ? title : "", -1);
    }
  change_layout (self);
  if (gtk_widget_get_visible (self->fit_button))
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  tell_in_time (self);
  if (min_height (self, gtk_widget_get_width (GTK_WIDGET (self))) != height)
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

IscFigure *
isc_plot_view_get_figure (IscPlotView *self)
{
  return self->figure;
}

gboolean
isc_plot_view_set_subject (IscPlotView *self, const char *subject)
{
  g_return_val_if_fail (ISC_IS_PLOT_VIEW (self), FALSE);

  if (g_strcmp0 (subject, self->subject) == 0)
    return FALSE;
  g_free (self->subject);
  self->subject = g_strdup (subject);
  isc_plot_pointer_rest (self->pointer, TRUE);
  isc_plot_view_clear_marks (self);
  isc_plot_history_clear (self->history);
  isc_plot_view_set_viewport (self, NULL);
  update_verbs (self);
  return TRUE;
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

IscViewport *
isc_plot_view_get_viewport (IscPlotView *self)
{
  g_return_val_if_fail (ISC_IS_PLOT_VIEW (self), NULL);
  return self->viewport;
}

void
isc_plot_view_set_viewport (IscPlotView *self, IscViewport *viewport)
{
  IscViewport *former = self->viewport;

  g_return_if_fail (ISC_IS_PLOT_VIEW (self));

  if (isc_viewport_equal (former, viewport))
    return;
  self->viewport = viewport ? isc_viewport_ref (viewport) : NULL;
  g_clear_pointer (&former, isc_viewport_unref);
  update_verbs (self);
  change_layout (self);
  g_signal_emit (self, signals[VIEWPORT_CHANGED], 0);
}

void
isc_plot_view_look (IscPlotView *self, IscViewport *viewport, gboolean goes_on)
{
  g_return_if_fail (ISC_IS_PLOT_VIEW (self));

  isc_plot_history_add (self->history, viewport, goes_on);
  isc_plot_view_set_viewport (self, viewport);
}

gboolean
isc_plot_view_can_go (IscPlotView *self, int by)
{
  return isc_plot_history_can_go (self->history, by);
}

void
isc_plot_view_go (IscPlotView *self, int by)
{
  g_return_if_fail (ISC_IS_PLOT_VIEW (self));
  isc_plot_view_set_viewport (self, isc_plot_history_go (self->history, by));
}

static gboolean
same_datum (const IscHit *a, const IscHit *b)
{
  return a->panel == b->panel && a->label == b->label && a->x == b->x && a->y == b->y
         && a->px == b->px && a->py == b->py;
}

void
isc_plot_view_point (IscPlotView *self, double x, double y)
{
  const IscHit *hit = find_hit (self);
  IscHit former = hit ? *hit : (IscHit){ 0 };
  gboolean had = hit != NULL;

  g_return_if_fail (ISC_IS_PLOT_VIEW (self));

  if (!isc_plot_pointer_move (self->pointer, x / isc_plot_view_get_zoom (self),
                              y / isc_plot_view_get_zoom (self)))
    return;
  hit = find_hit (self);
  if (had != (hit != NULL) || (hit && !same_datum (&former, hit)))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
isc_plot_view_walk (IscPlotView *self, IscCursorMove move)
{
  g_return_val_if_fail (ISC_IS_PLOT_VIEW (self), FALSE);

  if (!ensure_layout (self))
    return FALSE;
  isc_plot_pointer_walk (self->pointer, self->layout, move);
  tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return find_hit (self) != NULL;
}

gboolean
isc_plot_view_get_hit (IscPlotView *self, IscHit *hit)
{
  const IscHit *found;

  g_return_val_if_fail (ISC_IS_PLOT_VIEW (self) && hit, FALSE);

  found = find_hit (self);
  if (found)
    *hit = *found;
  return found != NULL;
}

char *
isc_plot_view_read_out (IscPlotView *self, double x, double y)
{
  IscHit hit;

  isc_plot_view_point (self, x, y);
  return isc_plot_view_get_hit (self, &hit) ? isc_readout_text (self->layout, &hit) : NULL;
}

gboolean
isc_plot_view_mark (IscPlotView *self, guint which)
{
  IscHit hit;

  g_return_val_if_fail (ISC_IS_PLOT_VIEW (self) && which < ISC_N_PLOT_MARKS, FALSE);

  if (!isc_plot_view_get_hit (self, &hit))
    return FALSE;
  isc_plot_marks_set (self->marks, which, &hit);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

gboolean
isc_plot_view_clear_marks (IscPlotView *self)
{
  g_return_val_if_fail (ISC_IS_PLOT_VIEW (self), FALSE);

  gtk_widget_queue_draw (GTK_WIDGET (self));
  return isc_plot_marks_clear (self->marks);
}

char *
isc_plot_view_dup_difference (IscPlotView *self)
{
  g_return_val_if_fail (ISC_IS_PLOT_VIEW (self), NULL);
  return ensure_layout (self) ? isc_plot_marks_describe (self->marks, self->layout) : NULL;
}

void
isc_plot_view_set_box (IscPlotView *self, int panel, double px0, double py0, double px1, double py1)
{
  self->box_panel = panel;
  self->box[0] = px0;
  self->box[1] = py0;
  self->box[2] = px1;
  self->box[3] = py1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
isc_plot_view_set_extra_menu (IscPlotView *self, GMenuModel *menu)
{
  g_return_if_fail (ISC_IS_PLOT_VIEW (self));
  g_set_object (&self->extra_menu, menu);
}

GMenuModel *
isc_plot_view_get_extra_menu (IscPlotView *self)
{
  return self->extra_menu;
}

GActionGroup *
isc_plot_view_get_actions (IscPlotView *self)
{
  return self->actions;
}
