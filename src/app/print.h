/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

G_BEGIN_DECLS

/**
 * isc_print:
 * @figure: what to print, in the print theme, as wide as the paper's margins leave room for
 * @viewport: (nullable): how a person looks at it
 * @name: what the printer's queue calls it
 *
 * Asks for printer and paper, which are remembered, and prints; what goes wrong says @window.
 */
void isc_print (IscWindow *window, IscFigure *figure, IscViewport *viewport, const char *name);

/** isc_print_to_file: prints the same as a PDF at @path, on the paper remembered; Returns: %FALSE
 * with an error */
gboolean isc_print_to_file (
    IscWindow *window, IscFigure *figure, IscViewport *viewport, const char *path, GError **error);

G_END_DECLS
