/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-history.h"

/* Nobody goes back further. */
#define MOST 64

struct _IscPlotHistory
{
  GPtrArray *looks;
  guint present;
};

static void
clear_look (gpointer viewport)
{
  if (viewport)
    isc_viewport_unref (viewport);
}

static void
append (IscPlotHistory *history, IscViewport *viewport)
{
  g_ptr_array_add (history->looks, viewport ? isc_viewport_ref (viewport) : NULL);
  history->present = history->looks->len - 1;
}

IscPlotHistory *
isc_plot_history_new (void)
{
  IscPlotHistory *history = g_new0 (IscPlotHistory, 1);

  history->looks = g_ptr_array_new_with_free_func (clear_look);
  append (history, NULL);
  return history;
}

void
isc_plot_history_free (IscPlotHistory *history)
{
  g_ptr_array_unref (history->looks);
  g_free (history);
}

void
isc_plot_history_add (IscPlotHistory *history, IscViewport *viewport, gboolean goes_on)
{
  g_autoptr (IscViewport) kept = viewport ? isc_viewport_ref (viewport) : NULL;

  if (isc_viewport_equal (history->looks->pdata[history->present], viewport))
    return;
  /* The first is nobody's movement: it can't go on. */
  g_ptr_array_set_size (history->looks,
                        (int)history->present + (goes_on && history->present > 0 ? 0 : 1));
  if (history->looks->len == MOST)
    g_ptr_array_remove_index (history->looks, 1);
  append (history, kept);
}

gboolean
isc_plot_history_can_go (const IscPlotHistory *history, int by)
{
  return by < 0 ? history->present > 0 : history->present + 1 < history->looks->len;
}

IscViewport *
isc_plot_history_go (IscPlotHistory *history, int by)
{
  if (isc_plot_history_can_go (history, by))
    history->present += (guint)by;
  return history->looks->pdata[history->present];
}

void
isc_plot_history_clear (IscPlotHistory *history)
{
  g_ptr_array_set_size (history->looks, 1);
  history->present = 0;
}
