/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/recovery-offer.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "app/recovery.h"

/* More names than these don't help anybody to decide. */
#define MAX_NAMES 5

static char *
name_of (const IscRecovered *recovered)
{
  const char *title = isc_experiment_get_title (recovered->experiment);

  return recovered->document ? g_filename_display_basename (recovered->document)
         : title             ? g_strdup (title)
                             : g_strdup (_ ("New experiment"));
}

static char *
describe (GPtrArray *found)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("Initscope ended before %u experiment was saved:",
                                    "Initscope ended before %u experiments were saved:",
                                    found->len),
                          found->len);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < MIN (found->len, MAX_NAMES); i++)
    {
      g_autofree char *name = name_of (found->pdata[i]);

      g_string_append_printf (text, "\n%s", name);
    }
  if (found->len > MAX_NAMES)
    g_string_append (text, "\n…");
  return g_string_free (text, FALSE);
}

static void
response_cb (GtkWidget *dialog, const char *response, GPtrArray *found)
{
  IscWindow *window = ISC_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));

  if (g_str_equal (response, "recover"))
    isc_recovery_offer_take (window, found);
  else if (g_str_equal (response, "discard"))
    isc_recovery_offer_discard (found);
}

void
isc_recovery_offer_present (IscWindow *window, GPtrArray *found)
{
  g_autofree char *text = describe (found);
  GtkWidget *widget
      = adw_message_dialog_new (GTK_WINDOW (window), _ ("Recover Unsaved Experiments?"), text);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_add_responses (dialog, "later", _ ("_Not Now"), "discard", _ ("_Discard"),
                                    "recover", _ ("_Recover"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "recover", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "recover");
  adw_message_dialog_set_close_response (dialog, "later");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), g_ptr_array_ref (found),
                         (GClosureNotify)(void (*) (void))g_ptr_array_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
isc_recovery_offer_take (IscWindow *window, GPtrArray *found)
{
  AdwApplication *application = ADW_APPLICATION (gtk_window_get_application (GTK_WINDOW (window)));

  for (guint i = 0; i < found->len; i++)
    {
      IscRecovered *recovered = found->pdata[i];
      g_autofree char *name = name_of (recovered);
      IscWindow *into = isc_window_is_fresh (window) ? window : isc_window_new (application);

      /* The old file goes when the window's own holds the same. */
      if (isc_window_recover (into, recovered->experiment, recovered->document))
        g_unlink (recovered->path);
      isc_window_say (into, _ ("Recovered %s, which is not saved yet"), name);
      gtk_window_present (GTK_WINDOW (into));
    }
  g_ptr_array_set_size (found, 0);
}

void
isc_recovery_offer_discard (GPtrArray *found)
{
  for (guint i = 0; i < found->len; i++)
    g_unlink (((IscRecovered *)found->pdata[i])->path);
  g_ptr_array_set_size (found, 0);
}
