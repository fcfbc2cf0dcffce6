/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/figure.h"

/**
 * IscViewport:
 *
 * How a person looks at a figure: which part of each axis, on which scale, and which series are
 * hidden.  The figure stays as it is, so a look survives new data, can be gone back to, and travels
 * into an export.  Immutable; %NULL is the look that a figure has of itself.
 */
typedef struct _IscViewport IscViewport;

IscViewport *isc_viewport_ref   (IscViewport *viewport);
void         isc_viewport_unref (IscViewport *viewport);

/** isc_viewport_equal: @a: (nullable): a look; @b: (nullable): another; Returns: whether nobody could
 *  tell them apart */
gboolean isc_viewport_equal (const IscViewport *a, const IscViewport *b);

/**
 * isc_viewport_with_limits:
 * @viewport: (nullable): the look so far
 * @panel: index of a panel
 * @side: which axis
 * @low: where it begins; NaN to fit the data again
 * @high: where it ends, above @low; NaN likewise
 *
 * This is about one panel; isc_navigate_limits() sees to those that share the axis.
 *
 * Returns: (transfer full) (nullable): the look with these limits
 */
IscViewport *isc_viewport_with_limits (const IscViewport *viewport, guint panel, IscAxisSide side,
                                       double low, double high);

/** isc_viewport_get_limits: @low: (out); @high: (out); Returns: whether @viewport fixes this axis */
gboolean isc_viewport_get_limits (const IscViewport *viewport, guint panel, IscAxisSide side,
                                  double *low, double *high);

/** isc_viewport_with_scale: Returns: (transfer full): the look with that axis linear, log or symlog,
 *  whatever the figure says; limits that the scale can't show are forgotten.  Axes of names and of
 *  pictures stay linear.  This is about one panel, see isc_navigate_scale(). */
IscViewport *isc_viewport_with_scale (const IscViewport *viewport, guint panel, IscAxisSide side,
                                      IscScaleKind kind);

/** isc_viewport_get_scale: @kind: (out); Returns: whether @viewport chooses the scale of this axis */
gboolean isc_viewport_get_scale (const IscViewport *viewport, guint panel, IscAxisSide side,
                                 IscScaleKind *kind);

/** isc_viewport_with_series: @label: a name in the legend; Returns: (transfer full) (nullable): the
 *  look with that series shown or hidden; a hidden one stays in the legend, dimmed */
IscViewport *isc_viewport_with_series (const IscViewport *viewport, const char *label,
                                       gboolean shown);

/** isc_viewport_with_only: @figure: whose series; Returns: (transfer full) (nullable): the look with
 *  that series alone, or with all of them if it was alone already */
IscViewport *isc_viewport_with_only (const IscViewport *viewport, const IscFigure *figure,
                                     const char *label);

/** isc_viewport_hides: @label: (nullable); Returns: whether that series is hidden */
gboolean isc_viewport_hides (const IscViewport *viewport, const char *label);

/** isc_viewport_list_series: Returns: (transfer full) (array zero-terminated=1): the names that can be
 *  hidden, each once, in the order of the legend; g_strfreev() */
char **isc_viewport_list_series (const IscFigure *figure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscViewport, isc_viewport_unref)
