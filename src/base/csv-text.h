/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** isc_csv_append_text: appends @text as a cell of a CSV file, in quotes if it must be (RFC 4180)
 */
void isc_csv_append_text (GString *csv, const char *text);
