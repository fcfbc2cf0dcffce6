/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/result.h"

/** isc_report_print_json: prints every run with what is counted of it and every verdict; Returns:
 * %FALSE with ISC_ERROR_IO */
gboolean isc_report_print_json (IscResult *result, GError **error);

/** isc_report_print: prints a table of the runs, the worst verdict on each init, and which init got
 * to the target first */
void isc_report_print (IscResult *result);
