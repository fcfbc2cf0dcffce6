/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

extern const IscCommand isc_command_weights;
extern const IscCommand isc_command_code;
extern const IscCommand isc_command_defaults;
extern const IscCommand isc_command_run;
extern const IscCommand isc_command_export;
extern const IscCommand isc_command_export_all;
extern const IscCommand isc_command_inspect;
extern const IscCommand isc_command_check;
extern const IscCommand isc_command_new;
extern const IscCommand isc_command_list;

/* THE list: a command is its own file and one line here. */
static const IscCommand *const commands[] = {
  &isc_command_weights, &isc_command_code,       &isc_command_defaults, &isc_command_run,
  &isc_command_export,  &isc_command_export_all, &isc_command_inspect,  &isc_command_check,
  &isc_command_new,     &isc_command_list,
};

const IscCommand *const *
isc_commands_get (guint *n)
{
  *n = G_N_ELEMENTS (commands);
  return commands;
}
