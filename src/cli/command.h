/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * IscCommand:
 * @name: the word behind "initscope"
 * @usage: what follows it, as help shows it
 * @summary: one sentence
 * @run: does it; gets what stands behind the word and returns %FALSE with an error
 *
 * A command.  Commands print their own output; errors are printed by main.c.
 */
typedef struct
{
  const char *name;
  const char *usage;
  const char *summary;
  gboolean (*run) (int argc, char **argv, GCancellable *cancellable, GError **error);
} IscCommand;

/** isc_commands_get: Returns: (array length=n): the list of commands */
const IscCommand *const *isc_commands_get (guint *n);
