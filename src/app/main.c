/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "app/application.h"
#include "base/runtime.h"

int
main (int argc, char **argv)
{
  g_autoptr (IscApplication) application = NULL;

  setlocale (LC_ALL, "");
  isc_runtime_init ();
  application = isc_application_new (G_APPLICATION_HANDLES_OPEN);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
