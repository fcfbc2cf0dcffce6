/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/ref-count.h"
#include "plot/figure.h"

/* What a figure is made of, for the files of this folder alone. */

typedef struct
{
  char *label;
  IscScaleKind scale;
  gboolean fixed;
  double low;
  double high;
} IscAxis;

struct _IscPanel
{
  char *title;
  char *note;
  IscAxis axes[2];
  GPtrArray *marks;
};

struct _IscFigure
{
  IscRefCount ref_count;
  char *title;
  char *subtitle;
  char *caption;
  char *summary;
  char *experiment;
  guint columns;
  gboolean shared[2];
  GPtrArray *panels;
};
