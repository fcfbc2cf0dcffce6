/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session is not ended over unsaved work: a session manager of this test's own, on a thread of
 * its own, hears what it is asked. */

#include "gui/gui.h"

static const char interface[]
    = "<node><interface name='org.gnome.SessionManager'>"
      "<method name='Inhibit'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='u' direction='in'/>"
      "<arg type='u' direction='out'/></method>"
      "<method name='Uninhibit'><arg type='u' direction='in'/></method>"
      "</interface></node>";

/* What GNOME calls the end of a session. */
#define LOGOUT 1

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean is_there;
  guint n_made;
  /* How many are in force, and what the last one was for. */
  int n_inhibitors;
  guint flags;
  char *reason;
} Manager;

static Manager manager;

static void
call_cb (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *of,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer data)
{
  GVariant *answer = NULL;

  g_mutex_lock (&manager.mutex);
  if (g_str_equal (method, "Inhibit"))
    {
      g_free (manager.reason);
      g_variant_get (parameters, "(susu)", NULL, NULL, &manager.reason, &manager.flags);
      manager.n_inhibitors++;
      answer = g_variant_new ("(u)", ++manager.n_made);
    }
  else
    manager.n_inhibitors--;
  g_mutex_unlock (&manager.mutex);
  g_dbus_method_invocation_return_value (invocation, answer);
  g_main_context_wakeup (NULL);
}

static void
acquired_cb (GDBusConnection *connection, const char *name, gpointer data)
{
  g_mutex_lock (&manager.mutex);
  manager.is_there = TRUE;
  g_cond_signal (&manager.cond);
  g_mutex_unlock (&manager.mutex);
}

static gpointer
manager_thread (gpointer data)
{
  static const GDBusInterfaceVTable table = { .method_call = call_cb };
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface, NULL);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (context);
  connection = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (connection, "/org/gnome/SessionManager", node->interfaces[0],
                                     &table, NULL, NULL, &error);
  g_assert_no_error (error);
  g_bus_own_name_on_connection (connection, "org.gnome.SessionManager", 0, acquired_cb, NULL, NULL,
                                NULL);
  g_main_loop_run (loop);
  return NULL;
}

static gboolean
are_inhibitors (gpointer n)
{
  gboolean are;

  g_mutex_lock (&manager.mutex);
  are = manager.n_inhibitors == GPOINTER_TO_INT (n);
  g_mutex_unlock (&manager.mutex);
  return are;
}

static void
assert_inhibitors (int n)
{
  g_assert_true (gui_wait (are_inhibitors, GINT_TO_POINTER (n), 5000));
}

static void
change (IscWindow *window, const char *epochs)
{
  g_assert_true (
      isc_document_edit (isc_window_get_document (window), "epochs", epochs, NULL, NULL));
}

static void
test_inhibit (void)
{
  IscWindow *window = gui_open_window ();
  IscWindow *other = gui_open_window ();
  g_autofree char *path = gui_temporary_path ("inhibit.initscope");

  assert_inhibitors (0);
  change (window, "3");
  change (window, "4");
  assert_inhibitors (1);
  g_assert_cmpuint (manager.flags, ==, LOGOUT);
  g_assert_nonnull (strstr (manager.reason, "unsaved"));
  change (other, "5");
  assert_inhibitors (2);
  gui_activate (other, "win.undo", NULL);
  assert_inhibitors (1);
  gui_activate (window, "win.save-to", path);
  assert_inhibitors (0);
  change (window, "6");
  assert_inhibitors (1);
  gui_close_window (window);
  assert_inhibitors (0);
  gui_close_window (other);
}

int
main (int argc, char **argv)
{
  /* It goes on until the program ends. */
  g_thread_unref (g_thread_new ("session-manager", manager_thread, NULL));
  g_mutex_lock (&manager.mutex);
  while (!manager.is_there)
    g_cond_wait (&manager.cond, &manager.mutex);
  g_mutex_unlock (&manager.mutex);
  gui_init (&argc, &argv);
  g_test_add_func ("/inhibit/unsaved", test_inhibit);
  return gui_run ();
}
