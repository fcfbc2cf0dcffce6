/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plot/layout.h"

/**
 * IscHit:
 * @panel: index of the panel
 * @label: (transfer none): legend text of the mark, or %NULL
 * @color: its series index
 * @x: the datum
 * @y: the datum
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
  double x;
  double y;
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
 * Returns: %FALSE outside every plot area or where there is no datum
 */
gboolean isc_hit_find (const IscLayout *layout, double px, double py, IscHit *hit);
