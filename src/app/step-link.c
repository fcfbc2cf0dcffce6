/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/step-link.h"

#include <math.h>

#include "plot/navigate.h"

struct _IscStepLink
{
  IscTrainingFigure *figures[2];
  gboolean active;
  /* What changes now is not a person's doing. */
  gboolean busy;
};

static gboolean
run_together (const IscStepLink *link)
{
  IscViewOptions a, b;
  const IscView *upper = isc_training_figure_get_view (link->figures[0], &a);
  const IscView *lower = isc_training_figure_get_view (link->figures[1], &b);

  return (upper->traits & ISC_VIEW_OVER_TIME) && (lower->traits & ISC_VIEW_OVER_TIME)
         && a.time == b.time;
}

/* Gives @to the steps of @from. */
static void
follow (IscStepLink *link, IscTrainingFigure *from, IscTrainingFigure *to)
{
  IscPlotView *leader = isc_training_figure_get_plot (from);
  IscPlotView *follower = isc_training_figure_get_plot (to);
  IscLayout *layout = isc_plot_view_get_layout (follower);
  g_autoptr (IscViewport) viewport = NULL;
  double low, high;

  /* Who is not on the screen has no axes yet. */
  if (!link->active || link->busy || !layout || !run_together (link))
    return;
  if (!isc_viewport_get_limits (isc_plot_view_get_viewport (leader), 0, ISC_AXIS_X, &low, &high))
    low = high = NAN;
  viewport = isc_navigate_limits (layout, isc_plot_view_get_viewport (follower), 0, ISC_AXIS_X, low,
                                  high);
  link->busy = TRUE;
  isc_plot_view_set_viewport (follower, viewport);
  link->busy = FALSE;
}

static void
upper_changed_cb (IscPlotView *plot, IscStepLink *link)
{
  follow (link, link->figures[0], link->figures[1]);
}

static void
lower_changed_cb (IscPlotView *plot, IscStepLink *link)
{
  follow (link, link->figures[1], link->figures[0]);
}

IscStepLink *
isc_step_link_new (IscTrainingFigure *upper, IscTrainingFigure *lower)
{
  IscStepLink *link = g_new0 (IscStepLink, 1);

  link->figures[0] = upper;
  link->figures[1] = lower;
  link->active = TRUE;
  g_signal_connect (isc_training_figure_get_plot (upper), "viewport-changed",
                    G_CALLBACK (upper_changed_cb), link);
  g_signal_connect (isc_training_figure_get_plot (lower), "viewport-changed",
                    G_CALLBACK (lower_changed_cb), link);
  return link;
}

void
isc_step_link_free (IscStepLink *link)
{
  for (guint i = 0; i < 2; i++)
    g_signal_handlers_disconnect_by_data (isc_training_figure_get_plot (link->figures[i]), link);
  g_free (link);
}

void
isc_step_link_set_active (IscStepLink *link, gboolean active)
{
  link->active = active;
  follow (link, link->figures[0], link->figures[1]);
}

gboolean
isc_step_link_get_active (const IscStepLink *link)
{
  return link->active;
}

void
isc_step_link_show (IscStepLink *link, IscTrainingFigure *in, IscFigure *figure)
{
  gboolean another;

  link->busy = TRUE;
  another = isc_training_figure_show (in, figure);
  link->busy = FALSE;
  if (another)
    follow (link, link->figures[in == link->figures[0] ? 1 : 0], in);
}
