/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

/** sample_figures_get: Returns: (array length=n): the list */
const SampleFigure *sample_figures_get (guint *n);
