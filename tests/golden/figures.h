/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/export.h"
#include "plot/figure.h"

/**
 * SampleFigure:
 *
 * A figure that is always the same, for golden dumps and for tests that want one of every sort.
 */
typedef struct
{
  const char *name;
  double width;
  double height;
  IscFigure *(*make) (void);
} SampleFigure;

/**
 * sample_export:
 *
 * isc_export_to_bytes(), for which cairo 1.16's own leak is not reported: its PostScript surface loses
 * five kilobytes for each font that it has to convert from CFF to Type 1.
 */
GBytes *sample_export (IscFigure *figure, IscExportFormat format, const IscExportOptions *options,
                       GError **error);

/** sample_figures_get: Returns: (array length=n): the list */
const SampleFigure *sample_figures_get (guint *n);
