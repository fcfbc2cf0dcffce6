/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/layout.h"

/**
 * IscHit:
 * @panel: index of the panel
 * @label: (nullable) (transfer none): legend text of the mark, or of the series that it belongs to
 * @color: its series index
 * @name: (nullable) (transfer none): of an image, what it is
 * @x: the datum; of an image the first column
 * @y: the datum; of an image the first row
 * @n_columns: of an image, how many columns the dot stands for; else 0
 * @n_rows: likewise
 * @value: of an image, what the dot shows; else NaN
 * @px: where it is drawn, in device units
 * @py: likewise
 *
 * The datum nearest to a pointer.
 */
typedef struct
{
  guint panel;
  const char *label;
  int color;
  const char *name;
  double x;
  double y;
  gsize n_columns;
  gsize n_rows;
  double value;
  double px;
  double py;
} IscHit;

/**
 * isc_hit_find:
 * @layout: the layout that is on the screen
 * @px: pointer, device units
 * @py: pointer, device units
 * @hit: (out): the nearest datum
 *
 * Hidden series, and what lies beyond the limits of a look, are not met.  Costs some microseconds.
 *
 * Returns: %FALSE outside every plot area or where there is no datum
 */
gboolean isc_hit_find (const IscLayout *layout, double px, double py, IscHit *hit);

/**
 * isc_hit_to_text:
 *
 * Returns: (transfer full): what stands beside the pointer: "histogram\n0.05, 7.9", "row 3, column 5:
 *   0.012", "rows 8–11, columns 0–3: −0.14"
 */
char *isc_hit_to_text (const IscHit *hit);
