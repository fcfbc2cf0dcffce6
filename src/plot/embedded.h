/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** Name of the PNG chunk and of the SVG element that carry the experiment. */
#define ISC_EMBEDDED_KEYWORD "initscope"

/** Namespace of the SVG element. */
#define ISC_EMBEDDED_NAMESPACE "https://initscope.github.io/ns/1"

/** The largest experiment that is read back from a figure: 16 MiB. */
#define ISC_EMBEDDED_MAX_BYTES ((gsize) 16 << 20)

/** isc_export_is_figure: Returns: whether @bytes begin as a PNG, SVG, PDF or EPS file does */
gboolean isc_export_is_figure (GBytes *bytes);

/**
 * isc_export_read_experiment:
 * @bytes: a figure exported as PNG, SVG, PDF or EPS; any other bytes are refused
 * @error: return location
 *
 * Takes the experiment out of a figure, so that opening a picture restores what made it.  Bounded in
 * time and memory by the size of @bytes, whatever they are; the text is valid UTF-8 but not checked to
 * be an experiment.
 *
 * Returns: (transfer full) (nullable): the JSON text; %NULL with ISC_ERROR_INVALID
 */
char *isc_export_read_experiment (GBytes *bytes, GError **error);

/** isc_embedded_to_ascii: @json: UTF-8.  Returns: (transfer full): the same JSON in ASCII, everything
 *  else as \\uXXXX: PDF and PostScript know no UTF-8 */
char *isc_embedded_to_ascii (const char *json);
