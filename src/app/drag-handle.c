/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/drag-handle.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "app/export-choice.h"
#include "app/settings.h"
#include "app/shown-figure.h"
#include "app/training-figure.h"
#include "base/error.h"

/* Dots an inch of the picture under the pointer. */
#define ICON_DPI 16.0

struct _IscDragHandle
{
  GtkWidget parent_instance;

  GtkWidget *image;
};

G_DEFINE_FINAL_TYPE (IscDragHandle, isc_drag_handle, GTK_TYPE_WIDGET)

static gboolean
find_figure (IscDragHandle *self, IscShownFigure *shown, GError **error)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkWidget *window = gtk_widget_get_ancestor (widget, ISC_TYPE_WINDOW);
  GtkWidget *figure = gtk_widget_get_ancestor (widget, ISC_TYPE_TRAINING_FIGURE);
  IscTrainingPage *page = figure ? isc_window_get_training_page (ISC_WINDOW (window)) : NULL;
  gboolean lower
      = figure
        && gtk_widget_is_ancestor (
            GTK_WIDGET (isc_training_figures_get_plot (isc_training_page_get_figures (page), 1)),
            figure);

  isc_shown_figure_init (shown, ISC_WINDOW (window), lower);
  if (shown->figure)
    return TRUE;
  g_set_error_literal (error, ISC_ERROR, ISC_ERROR_INVALID,
                       _ ("There is no finished figure to drag yet"));
  return FALSE;
}

/* A folder for files that were dragged, empty: whoever takes one copies it. */
static char *
empty_folder (void)
{
  char *folder = g_build_filename (g_get_user_cache_dir (), "initscope", "dragged", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_mkdir_with_parents (folder, 0700);
  dir = g_dir_open (folder, 0, NULL);
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  return folder;
}

static GdkContentProvider *
offer_file (const IscShownFigure *shown, GError **error)
{
  g_autoptr (GSettings) settings = isc_settings_new ();
  g_autofree char *folder = empty_folder ();
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  IscExportChoice choice;
  guint n;

  isc_export_choice_load (&choice, settings);
  choice.look.viewport = shown->viewport;
  name = g_strconcat (shown->name, ".", isc_export_kinds_get (&n)[choice.kind].name, NULL);
  path = g_build_filename (folder, name, NULL);
  if (!isc_export_to_file (shown->figure, path, &choice.look, error))
    return NULL;
  file = g_file_new_for_path (path);
  return gdk_content_provider_new_typed (G_TYPE_FILE, file);
}

static GdkContentProvider *
offer (const IscShownFigure *shown, GError **error)
{
  g_autoptr (GdkContentProvider) image = isc_shown_figure_offer (shown, error);
  g_autoptr (GdkContentProvider) file = image ? offer_file (shown, error) : NULL;
  GdkContentProvider *all[2];

  if (!file)
    return NULL;
  all[0] = g_steal_pointer (&image);
  all[1] = g_steal_pointer (&file);
  return gdk_content_provider_new_union (all, G_N_ELEMENTS (all));
}

static GdkPaintable *
make_icon (const IscShownFigure *shown)
{
  IscExportOptions look = isc_export_options_default;
  g_autoptr (GBytes) png = NULL;

  look.viewport = shown->viewport;
  look.dpi = ICON_DPI;
  png = isc_export_to_bytes (shown->figure, ISC_EXPORT_PNG, &look, NULL);
  return png ? GDK_PAINTABLE (gdk_texture_new_from_bytes (png, NULL)) : NULL;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, IscDragHandle *self)
{
  g_auto (IscShownFigure) shown = { NULL, NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPaintable) icon = NULL;
  GdkContentProvider *content = find_figure (self, &shown, &error) ? offer (&shown, &error) : NULL;

  if (content)
    {
      icon = make_icon (&shown);
      gtk_drag_source_set_icon (source, icon, 0, 0);
    }
  else
    {
      GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), ISC_TYPE_WINDOW);

      isc_window_say_error (ISC_WINDOW (window), error);
    }
  return content;
}

static void
isc_drag_handle_dispose (GObject *object)
{
  IscDragHandle *self = ISC_DRAG_HANDLE (object);

  g_clear_pointer (&self->image, gtk_widget_unparent);
  G_OBJECT_CLASS (isc_drag_handle_parent_class)->dispose (object);
}

static void
isc_drag_handle_class_init (IscDragHandleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = isc_drag_handle_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
isc_drag_handle_init (IscDragHandle *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  const char *words = _ ("Drag the figure to another program");

  self->image = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  gtk_widget_set_parent (self->image, GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grab");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

GdkContentProvider *
isc_drag_handle_offer (IscDragHandle *self, GError **error)
{
  g_auto (IscShownFigure) shown = { NULL, NULL, NULL };

  g_return_val_if_fail (ISC_IS_DRAG_HANDLE (self), NULL);
  return find_figure (self, &shown, error) ? offer (&shown, error) : NULL;
}
