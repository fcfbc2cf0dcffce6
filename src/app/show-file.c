/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/show-file.h"

#define FILE_MANAGER "org.freedesktop.FileManager1"

typedef struct
{
  GtkWindow *parent;
  char *path;
} Request;

static void
request_free (Request *request)
{
  g_clear_weak_pointer (&request->parent);
  g_free (request->path);
  g_free (request);
}

static void
open_folder (Request *request)
{
  g_autoptr (GFile) file = g_file_new_for_path (request->path);
  g_autoptr (GFile) folder = g_file_test (request->path, G_FILE_TEST_IS_DIR)
                                 ? g_object_ref (file)
                                 : g_file_get_parent (file);
  g_autofree char *uri = folder ? g_file_get_uri (folder) : NULL;

  if (uri)
    gtk_show_uri (request->parent, uri, GDK_CURRENT_TIME);
}

static void
shown_cb (GObject *bus, GAsyncResult *result, gpointer data)
{
  Request *request = data;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);

  if (!answer)
    open_folder (request);
  request_free (request);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Request *request = data;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (request->path);
  g_autofree char *uri = g_file_get_uri (file);
  const char *uris[] = { uri, NULL };

  if (!bus)
    {
      open_folder (request);
      request_free (request);
      return;
    }
  g_dbus_connection_call (bus, FILE_MANAGER, "/org/freedesktop/FileManager1", FILE_MANAGER,
                          "ShowItems", g_variant_new ("(^ass)", uris, ""), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, shown_cb, request);
}

void
isc_show_file (GtkWindow *parent, const char *path)
{
  Request *request = g_new0 (Request, 1);

  g_set_weak_pointer (&request->parent, parent);
  request->path = g_strdup (path);
  g_bus_get (G_BUS_TYPE_SESSION, NULL, connected_cb, request);
}
