/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

/**
 * IscFont:
 * @size: in px
 * @bold: whether it is bold
 *
 * How a text is set; the family is the typesetter's.
 */
typedef struct
{
  double size;
  gboolean bold;
} IscFont;

/**
 * IscTypesetter:
 *
 * Measures and paints single lines of text.  The only user of Pango.  Not to be shared by threads;
 * each thread makes its own, which is cheap: the fonts are kept per thread.
 */
typedef struct _IscTypesetter IscTypesetter;

/**
 * isc_typesetter_prepare:
 *
 * Begins, in the background, what a program's first typesetter would wait for: reading the system's
 * list of fonts, which takes as long as a million numbers' statistics.
 */
void           isc_typesetter_prepare (void);

/** isc_typesetter_new: @family: font families, the first that is installed wins */
IscTypesetter *isc_typesetter_new  (const char *family);
void           isc_typesetter_free (IscTypesetter *typesetter);

/** isc_typesetter_width: Returns: how wide @text is, in px */
double isc_typesetter_width (IscTypesetter *typesetter, IscFont font, const char *text);

/** isc_typesetter_metrics: @ascent: (out): above the baseline; @descent: (out): below it */
void   isc_typesetter_metrics (IscTypesetter *typesetter, IscFont font, double *ascent, double *descent);

/**
 * isc_typesetter_wrap:
 * @width: the measure, in px
 * @max_lines: at least 1
 *
 * Breaks @text between words (within one that is too long); what does not fit into @max_lines is
 * replaced by "…".
 *
 * Returns: (transfer full): the lines
 */
char **isc_typesetter_wrap (IscTypesetter *typesetter, IscFont font, const char *text, double width,
                            guint max_lines);

/** isc_typesetter_shorten: Returns: (transfer full): @text, its middle replaced by "…" as far as it
 *  must be to be no wider than @width; empty if nothing fits */
char  *isc_typesetter_shorten (IscTypesetter *typesetter, IscFont font, const char *text, double width);

/** isc_typesetter_draw: paints @text with the source of @cr, its baseline's left end at (@x, @y) */
void   isc_typesetter_draw (IscTypesetter *typesetter, cairo_t *cr, IscFont font, const char *text,
                            double x, double y);

/** isc_typesetter_outline: adds the outline of @text to the path of @cr */
void   isc_typesetter_outline (IscTypesetter *typesetter, cairo_t *cr, IscFont font, const char *text,
                               double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscTypesetter, isc_typesetter_free)
