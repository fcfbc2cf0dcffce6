/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/tensor.h"
#include "catalog/datasets/datasets.h"
#include "engine/network.h"

/** Cells a side of a map: enough for a smooth border, few enough to be made a hundred times a run.
 */
#define ISC_BOUNDARY_SIDE 64

/** Examples that a map shows at most. */
#define ISC_BOUNDARY_POINTS 400

/**
 * IscBoundary:
 * @cells: (ISC_BOUNDARY_SIDE, ISC_BOUNDARY_SIDE), rows by @y0..@y1: of classes k + s, class k with
 *   share s of the way from a guess to certainty; of values the first output
 * @of_classes: which of the two
 * @x0: where the first column begins
 * @x1: where the last one ends
 * @y0: where the first row begins
 * @y1: where the last one ends
 * @n_points: examples of the training set, evenly from it
 * @x: (array length=n_points): their first input
 * @y: (array length=n_points): their second
 * @classes: (array length=n_points): their classes; -1 for values
 *
 * What a network says of every point of a plane, and what it was trained on.
 */
typedef struct
{
  IscTensor *cells;
  gboolean of_classes;
  double x0, x1;
  double y0, y1;
  guint n_points;
  double *x;
  double *y;
  int *classes;
} IscBoundary;

/** isc_boundary_is_of: Returns: whether examples of @data are points of a plane */
gboolean isc_boundary_is_of (const IscData *data);

/**
 * isc_boundary_new:
 * @network: runs as it does in evaluation, and is in training again after that
 * @max_batch: examples it takes at once
 *
 * Returns: (transfer full) (nullable): the map; %NULL if there is none or no memory
 */
IscBoundary *isc_boundary_new (IscNetwork *network, const IscData *data, gsize max_batch);
void isc_boundary_free (IscBoundary *boundary);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscBoundary, isc_boundary_free)
