/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-marks.h"

#include "plot/readout.h"

typedef struct
{
  gboolean set;
  IscHit hit;
} Mark;

struct _IscPlotMarks
{
  Mark marks[ISC_N_PLOT_MARKS];
};

static const char *const names[ISC_N_PLOT_MARKS] = { "A", "B" };

IscPlotMarks *
isc_plot_marks_new (void)
{
  return g_new0 (IscPlotMarks, 1);
}

void
isc_plot_marks_free (IscPlotMarks *marks)
{
  g_free (marks);
}

void
isc_plot_marks_set (IscPlotMarks *marks, guint which, const IscHit *hit)
{
  g_return_if_fail (which < ISC_N_PLOT_MARKS);

  marks->marks[which] = (Mark){ TRUE, *hit };
  /* The figure whose words these are may go before the marker does. */
  marks->marks[which].hit.label = NULL;
  marks->marks[which].hit.name = NULL;
}

gboolean
isc_plot_marks_clear (IscPlotMarks *marks)
{
  gboolean any = FALSE;

  for (guint i = 0; i < ISC_N_PLOT_MARKS; i++)
    {
      any |= marks->marks[i].set;
      marks->marks[i].set = FALSE;
    }
  return any;
}

char *
isc_plot_marks_describe (const IscPlotMarks *marks, const IscLayout *layout)
{
  const Mark *a = &marks->marks[0], *b = &marks->marks[1];

  return a->set && b->set ? isc_readout_difference (layout, &a->hit, &b->hit) : NULL;
}

void
isc_plot_marks_snapshot (const IscPlotMarks *marks,
                         const IscPlotOverlay *overlay,
                         GtkSnapshot *snapshot,
                         guint n_panels)
{
  g_autofree char *difference = NULL;

  for (guint i = 0; i < ISC_N_PLOT_MARKS; i++)
    {
      const IscHit *hit = &marks->marks[i].hit;

      if (!marks->marks[i].set || hit->panel >= n_panels)
        continue;
      isc_plot_overlay_marker (overlay, snapshot, hit->panel,
                               isc_layout_to_device (overlay->layout, hit->panel, ISC_AXIS_X,
                                                     hit->x),
                               isc_layout_to_device (overlay->layout, hit->panel, ISC_AXIS_Y,
                                                     hit->y),
                               names[i]);
    }
  /* New data may have fewer panels. */
  if (marks->marks[0].hit.panel >= n_panels || marks->marks[1].hit.panel >= n_panels)
    return;
  difference = isc_plot_marks_describe (marks, overlay->layout);
  if (difference)
    isc_plot_overlay_note (overlay, snapshot, marks->marks[1].hit.panel, difference);
}
