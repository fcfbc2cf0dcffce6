/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/ask-to-save.h"

#include <glib/gi18n.h>

#include "app/file-verbs.h"

/* What a window finds its question by: it is asked once at a time. */
#define QUESTION "isc-ask-to-save"

static void
discard_response_cb (AdwMessageDialog *dialog, const char *response, IscWindow *self)
{
  g_object_set_data (G_OBJECT (self), QUESTION, NULL);
  if (g_str_equal (response, "cancel"))
    return;
  /* The dialog goes away a moment after the window, and would look for it. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  if (g_str_equal (response, "save"))
    isc_file_verbs_save_and_close (self);
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

void
isc_ask_to_save (IscWindow *self)
{
  g_autofree char *name = isc_window_dup_name (self);
  GtkWindow *asked = g_object_get_data (G_OBJECT (self), QUESTION);
  GtkWidget *dialog;

  if (asked)
    {
      gtk_window_present (asked);
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Save Changes?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  /* Translators: the name of an experiment */
                                  _ ("“%s” has changes that are not saved. Changes that are not "
                                     "saved are lost."),
                                  name);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard",
                                    _ ("_Discard"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data (G_OBJECT (self), QUESTION, dialog);
  g_signal_connect (dialog, "response", G_CALLBACK (discard_response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}
