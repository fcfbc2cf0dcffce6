/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/ref-count.h"
#include "plot/figure.h"

/* What a figure is made of, for the files of this folder alone. */

/* A place on an axis that has a name instead of a number. */
typedef struct
{
  double at;
  char *label;
} IscCategory;

typedef struct
{
  char *label;
  IscScaleKind scale;
  gboolean fixed;
  double low;
  double high;
  gboolean integer;
  gboolean reversed;
  GArray *categories;
} IscAxis;

struct _IscPanel
{
  char *title;
  char *note;
  IscAxis axes[2];
  double aspect;
  gboolean bare;
  char *color_label;
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
  gboolean shared[2];
  GPtrArray *panels;
};

/** isc_replace_text: sets @field to a copy of @text that is valid, on one line and no longer than any
 *  figure has room for; %NULL for an empty one */
void isc_replace_text (char **field, const char *text);

IscPanel *isc_panel_new  (void);
void      isc_panel_free (gpointer panel);
