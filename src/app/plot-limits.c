/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-limits.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/number-entry.h"
#include "base/error.h"
#include "base/number-text.h"
#include "plot/navigate.h"
#include "plot/scale.h"

/* What a limit is written with; a pixel is coarser. */
#define DIGITS 6

/* The size, in px, at which the whole of the data is looked for; any will do. */
#define PROBE 400.0

struct _IscPlotLimits
{
  GtkPopover parent_instance;

  GtkWidget *title;
  GtkWidget *from;
  GtkWidget *to;
  GtkWidget *error;
  GtkWidget *scale;

  IscPlotView *view;
  guint panel;
  IscAxisSide side;
  /* The limits as they are and as they are written: who leaves one as it is means just that. */
  double low;
  double high;
  char *low_text;
  char *high_text;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (IscPlotLimits, isc_plot_limits, GTK_TYPE_POPOVER)

static void
show_error (IscPlotLimits *self, GtkWidget *entry, const char *message)
{
  gtk_widget_remove_css_class (self->from, "error");
  gtk_widget_remove_css_class (self->to, "error");
  gtk_label_set_text (GTK_LABEL (self->error), message ? message : "");
  gtk_widget_set_visible (self->error, message != NULL);
  if (!entry)
    return;
  gtk_widget_add_css_class (entry, "error");
  gtk_widget_grab_focus (entry);
}

static char *
write_limit (double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%." G_STRINGIFY (DIGITS) "g", value);
  return isc_number_to_text (g_ascii_strtod (digits, NULL));
}

static void
show_axis (IscPlotLimits *self)
{
  IscLayout *layout = isc_plot_view_get_layout (self->view);
  IscScaleKind kind
      = isc_layout_get_limits (layout, self->panel, self->side, &self->low, &self->high);

  self->updating = TRUE;
  g_free (self->low_text);
  g_free (self->high_text);
  self->low_text = write_limit (self->low);
  self->high_text = write_limit (self->high);
  gtk_editable_set_text (GTK_EDITABLE (self->from), self->low_text);
  gtk_editable_set_text (GTK_EDITABLE (self->to), self->high_text);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->scale), kind);
  self->updating = FALSE;
  show_error (self, NULL, NULL);
}

static gboolean
read_number (const char *text, double *value, GError **error)
{
  g_autofree char *number = isc_number_entry_read (text);

  if (isc_number_from_text (number ? number : text, value) && isfinite (*value))
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               _ ("“%s” is not a number: write 0.001, 1e-3, 2/3 or sqrt(2)"), text);
  return FALSE;
}

/* An empty entry is for where the data end, which is NaN. */
static gboolean
read_limit (GtkWidget *entry, const char *written, double present, double *value, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  *value = g_str_equal (text, written) ? present : NAN;
  return *text == '\0' || g_str_equal (text, written) || read_number (text, value, error);
}

/* One limit is given: the other is where the data end. */
static void
complete (IscPlotLimits *self, IscLayout *layout, double *from, double *to)
{
  g_autoptr (IscViewport) fitted
      = isc_navigate_fit (layout, self->panel,
                          self->side == ISC_AXIS_X ? ISC_ALONG_X : ISC_ALONG_Y);
  g_autoptr (IscLayout) whole = isc_layout_new_in (isc_plot_view_get_figure (self->view), fitted,
                                                   isc_theme_get (ISC_THEME_LIGHT), PROBE, PROBE);
  double low, high;

  isc_layout_get_limits (whole, self->panel, self->side, &low, &high);
  *from = isnan (*from) ? low : *from;
  *to = isnan (*to) ? high : *to;
}

/* Who leaves both limits as they are fixes nothing. */
static gboolean
apply (IscPlotLimits *self)
{
  IscLayout *layout = isc_plot_view_get_layout (self->view);
  g_autoptr (IscViewport) viewport = NULL;
  g_autoptr (GError) error = NULL;
  IscScaleKind kind;
  double from, to;

  if (!layout)
    return FALSE;
  kind = isc_layout_get_limits (layout, self->panel, self->side, &from, &to);
  if (!read_limit (self->from, self->low_text, self->low, &from, &error))
    show_error (self, self->from, error->message);
  else if (!read_limit (self->to, self->high_text, self->high, &to, &error))
    show_error (self, self->to, error->message);
  else if (from >= to)
    show_error (self, self->to, _ ("An axis ends above where it begins"));
  else if (kind == ISC_SCALE_LOG && (from <= 0.0 || to <= 0.0))
    show_error (self, from <= 0.0 ? self->from : self->to,
                _ ("A logarithmic axis shows numbers above 0 alone"));
  else if (from == self->low && to == self->high)
    return TRUE;
  else
    {
      if (isnan (from) != isnan (to))
        complete (self, layout, &from, &to);
      viewport = isc_navigate_limits (layout, isc_plot_view_get_viewport (self->view), self->panel,
                                      self->side, from, to);
      isc_plot_view_look (self->view, viewport, FALSE);
      return TRUE;
    }
  return FALSE;
}

static void
apply_cb (IscPlotLimits *self)
{
  if (apply (self))
    gtk_popover_popdown (GTK_POPOVER (self));
}

static void
fit_cb (IscPlotLimits *self)
{
  IscLayout *layout = isc_plot_view_get_layout (self->view);
  g_autoptr (IscViewport) viewport = NULL;

  if (!layout)
    return;
  viewport = isc_navigate_fit (layout, self->panel,
                               self->side == ISC_AXIS_X ? ISC_ALONG_X : ISC_ALONG_Y);
  isc_plot_view_look (self->view, viewport, FALSE);
  show_axis (self);
}

static void
scale_cb (IscPlotLimits *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->scale));
  g_autoptr (IscViewport) viewport = NULL;

  if (self->updating || selected == GTK_INVALID_LIST_POSITION)
    return;
  viewport = isc_navigate_scale (isc_plot_view_get_layout (self->view), self->panel, self->side,
                                 (IscScaleKind)selected);
  isc_plot_view_look (self->view, viewport, FALSE);
  show_axis (self);
}

/* In the order of IscScaleKind. */
static void
list_scales (IscPlotLimits *self)
{
  static const char *const names[] = { N_ ("Linear"), N_ ("Logarithmic"), N_ ("Symmetric log") };
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint n;

  isc_scale_types_get (&n);
  for (guint i = 0; i < MIN (n, G_N_ELEMENTS (names)); i++)
    gtk_string_list_append (list, _ (names[i]));
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->scale), G_LIST_MODEL (list));
}

static gboolean
unparent_cb (gpointer self)
{
  if (gtk_widget_get_parent (self))
    gtk_widget_unparent (self);
  return G_SOURCE_REMOVE;
}

/* Not while its own signal is running. */
static void
isc_plot_limits_closed (GtkPopover *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

static void
isc_plot_limits_dispose (GObject *object)
{
  ISC_PLOT_LIMITS (object)->updating = TRUE;
  gtk_popover_set_child (GTK_POPOVER (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ISC_TYPE_PLOT_LIMITS);
  G_OBJECT_CLASS (isc_plot_limits_parent_class)->dispose (object);
}

static void
isc_plot_limits_finalize (GObject *object)
{
  IscPlotLimits *self = ISC_PLOT_LIMITS (object);

  g_free (self->low_text);
  g_free (self->high_text);
  G_OBJECT_CLASS (isc_plot_limits_parent_class)->finalize (object);
}

static void
isc_plot_limits_class_init (IscPlotLimitsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_plot_limits_dispose;
  G_OBJECT_CLASS (klass)->finalize = isc_plot_limits_finalize;
  GTK_POPOVER_CLASS (klass)->closed = isc_plot_limits_closed;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               ISC_RESOURCE_BASE "/ui/plot-limits.ui");
  gtk_widget_class_bind_template_child (widget_class, IscPlotLimits, title);
  gtk_widget_class_bind_template_child (widget_class, IscPlotLimits, from);
  gtk_widget_class_bind_template_child (widget_class, IscPlotLimits, to);
  gtk_widget_class_bind_template_child (widget_class, IscPlotLimits, error);
  gtk_widget_class_bind_template_child (widget_class, IscPlotLimits, scale);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, fit_cb);
  gtk_widget_class_bind_template_callback (widget_class, scale_cb);
}

static void
isc_plot_limits_init (IscPlotLimits *self)
{
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  list_scales (self);
  self->updating = FALSE;
}

/* The middle of the axis, in px of the widget. */
static GdkRectangle
place_of (IscPlotLimits *self)
{
  double zoom = isc_plot_view_get_zoom (self->view);
  double x, y, width, height;

  isc_layout_get_area (isc_plot_view_get_layout (self->view), self->panel, &x, &y, &width, &height);
  return self->side == ISC_AXIS_X
             ? (GdkRectangle){ (int)((x + width / 2) * zoom), (int)((y + height) * zoom), 1, 1 }
             : (GdkRectangle){ (int)(x * zoom), (int)((y + height / 2) * zoom), 1, 1 };
}

static void
close_other (IscPlotView *view)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child;
       child = gtk_widget_get_next_sibling (child))
    if (ISC_IS_PLOT_LIMITS (child))
      {
        gtk_widget_unparent (child);
        return;
      }
}

/* At its axis, but not yet on the screen. */
static IscPlotLimits *
make (IscPlotView *view, guint panel, IscAxisSide side)
{
  IscPlotLimits *self = g_object_new (ISC_TYPE_PLOT_LIMITS, NULL);
  const char *title
      = isc_panel_get_axis_label (isc_figure_get_panel (isc_plot_view_get_figure (view), panel),
                                  side);
  GdkRectangle place;

  self->view = view;
  self->panel = panel;
  self->side = side;
  if (!title)
    title = side == ISC_AXIS_X ? _ ("Horizontal axis") : _ ("Vertical axis");
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  show_axis (self);
  place = place_of (self);
  close_other (view);
  gtk_widget_set_parent (GTK_WIDGET (self), GTK_WIDGET (view));
  gtk_popover_set_position (GTK_POPOVER (self), side == ISC_AXIS_X ? GTK_POS_TOP : GTK_POS_RIGHT);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &place);
  return self;
}

void
isc_plot_limits_open (IscPlotView *view, guint panel, IscAxisSide side)
{
  g_return_if_fail (isc_plot_view_get_layout (view) != NULL);
  gtk_popover_popup (GTK_POPOVER (make (view, panel, side)));
}

gboolean
isc_plot_limits_try (
    IscPlotView *view, guint panel, IscAxisSide side, const char *from, const char *to)
{
  IscPlotLimits *self;
  gboolean right;

  g_return_val_if_fail (isc_plot_view_get_layout (view) != NULL, FALSE);

  self = make (view, panel, side);
  gtk_editable_set_text (GTK_EDITABLE (self->from), from);
  gtk_editable_set_text (GTK_EDITABLE (self->to), to);
  right = apply (self);
  if (right)
    gtk_widget_unparent (GTK_WIDGET (self));
  else
    gtk_popover_popup (GTK_POPOVER (self));
  return right;
}

const char *
isc_plot_limits_get_error (IscPlotLimits *self)
{
  g_return_val_if_fail (ISC_IS_PLOT_LIMITS (self), NULL);
  return gtk_widget_get_visible (self->error) ? gtk_label_get_text (GTK_LABEL (self->error)) : NULL;
}
