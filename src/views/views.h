/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <glib/gi18n.h>

#include "engine/result.h"
#include "engine/weights.h"
#include "plot/figure.h"

/**
 * IscArrangement:
 * @ISC_ARRANGE_AUTO: whichever shows these entries best
 * @ISC_ARRANGE_OVERLAY: all on one pair of axes, as outlines
 * @ISC_ARRANGE_RIDGES: one ridge above another on one axis
 * @ISC_ARRANGE_MULTIPLES: a panel each
 *
 * How a histogram shows several entries.
 */
typedef enum
{
  ISC_ARRANGE_AUTO,
  ISC_ARRANGE_OVERLAY,
  ISC_ARRANGE_RIDGES,
  ISC_ARRANGE_MULTIPLES,
} IscArrangement;

/**
 * IscTimeAxis:
 * @ISC_TIME_STEP: steps, from 1
 * @ISC_TIME_EPOCH: epochs
 * @ISC_TIME_SECONDS: seconds spent training
 *
 * What training is drawn against.
 */
typedef enum
{
  ISC_TIME_STEP,
  ISC_TIME_EPOCH,
  ISC_TIME_SECONDS,
} IscTimeAxis;

/** The run that stands for every init's first. */
#define ISC_VIEW_EVERY_INIT G_MAXUINT

/**
 * IscViewOptions:
 * @log_y: a logarithmic value axis where the view has the choice
 * @by_parameter: gradient norms: one line a parameter of run @run instead of every run's total
 * @run: which run; %ISC_VIEW_EVERY_INIT for the first run of every init, where a view shows runs
 * one by one
 * @compact: for a live view beside others: the view's own name for a title, no caption
 * @untitled: training: with @compact, no title either, because what shows the view names it
 * @show_kde: histogram: draw the kernel density estimate
 * @show_law: histogram: draw the scheme's exact density
 * @arrangement: histogram: how several entries are shown
 * @ccdf: cumulative shares: of the weights above a value, on a logarithmic axis
 * @preview: what takes long may be done quickly and less exactly, see @has_preview of #IscView
 * @smoothing: training: the weight of the past, 0..1, in an exponential mean drawn over the raw
 * line; 0 for none
 * @time: training: what it is drawn against
 * @at_step: observations: the last one at or before this step; %G_MAXSIZE for the latest
 * @parameter: which parameter of the network, where a view shows one
 * @tensor: (nullable): figures of weights: only tensors of this name, biases too
 * @cancellable: (nullable): asked by views that compute for long; their figure is then of no use
 *
 * How a view is looked at.  A plain value; what decides numbers is in the experiment instead.
 */
typedef struct
{
  gboolean log_y;
  gboolean by_parameter;
  guint run;
  gboolean compact;
  gboolean untitled;
  gboolean show_kde;
  gboolean show_law;
  IscArrangement arrangement;
  gboolean ccdf;
  gboolean preview;
  double smoothing;
  IscTimeAxis time;
  gsize at_step;
  guint parameter;
  const char *tensor;
  GCancellable *cancellable;
} IscViewOptions;

extern const IscViewOptions isc_view_options_default;

/**
 * IscViewTraits:
 * @ISC_VIEW_HAS_LOG: log_y
 * @ISC_VIEW_OF_RUN: run, where by_parameter is set or the view always shows one run
 * @ISC_VIEW_BY_PARAMETER: by_parameter
 * @ISC_VIEW_OF_PARAMETER: parameter
 * @ISC_VIEW_OVER_TIME: smoothing and time
 * @ISC_VIEW_AT_STEP: at_step
 * @ISC_VIEW_OF_LATEST: shows the latest observation unless told otherwise, and not the first
 *
 * Which options a view of results heeds, so that the window offers those.
 */
typedef enum
{
  ISC_VIEW_HAS_LOG = 1 << 0,
  ISC_VIEW_OF_RUN = 1 << 1,
  ISC_VIEW_BY_PARAMETER = 1 << 2,
  ISC_VIEW_OF_PARAMETER = 1 << 3,
  ISC_VIEW_OVER_TIME = 1 << 4,
  ISC_VIEW_AT_STEP = 1 << 5,
  ISC_VIEW_OF_LATEST = 1 << 6,
} IscViewTraits;

/**
 * IscView:
 * @id: its name on the command line: "histogram", "loss", "gradient-norms"
 * @label: its name in the window
 * @summary: one sentence
 * @traits: which options it heeds
 * @of_weights: (nullable): makes the figure from initial weights
 * @of_result: (nullable): makes the figure from a result
 * @of_defaults: (nullable): makes the figure from a library's defaults
 * @has_preview: (nullable): whether a figure of @weights takes so long that one with the option
 *   preview is worth showing before it
 *
 * A view: a pure function from numbers to a figure, safe on any thread.  It has one of the three
 * makers. It never fails: what it can't show it says in words in the figure's own area.
 */
typedef struct
{
  const char *id;
  const char *label;
  const char *summary;
  IscViewTraits traits;
  IscFigure *(*of_weights) (IscWeights *weights, const IscViewOptions *options);
  IscFigure *(*of_result) (IscResult *result, const IscViewOptions *options);
  IscFigure *(*of_defaults) (IscWeights *weights, const IscViewOptions *options);
  gboolean (*has_preview) (IscWeights *weights);
} IscView;

/** isc_views_get: Returns: (array length=n): the list of views */
const IscView *const *isc_views_get (guint *n);

/** isc_views_find: Returns: (transfer none): the view; %NULL with ISC_ERROR_INVALID, naming those
 * there are */
const IscView *isc_views_find (const char *id, GError **error);
