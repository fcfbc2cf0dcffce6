/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/images.h"

#include <math.h>

/* Where colours end, in root mean squares, and up to what largest magnitude: of ten million normal
 * weights the largest is at 5.4. */
#define COLORS_END 3.0
#define FARTHEST 6.5

double
isc_images_range (const IscWeightEntry *entry)
{
  const IscMoments *moments = isc_summary_get_moments (entry->summary);
  double most = fmax (fabs (moments->min), fabs (moments->max));
  double root = hypot (moments->mean, moments->std);

  if (!(most > 0.0))
    return 0.0;
  return most > COLORS_END * root && most < FARTHEST * root ? COLORS_END * root : most;
}

void
isc_images_note (const IscEntries *entries, guint index, IscPanel *panel, const char *note)
{
  if (isc_entries_get_n (entries) > 1)
    isc_entries_panel_title (entries, index, panel, note);
  else
    isc_panel_set_title (panel, note);
}

char *
isc_images_range_in_words (const IscEntries *entries)
{
  for (guint i = 0; i < isc_entries_get_n (entries); i++)
    {
      const IscWeightEntry *entry = isc_entries_get (entries, i);
      const IscMoments *moments = isc_summary_get_moments (entry->summary);

      if (isc_images_range (entry) < fmax (fabs (moments->min), fabs (moments->max)))
        return g_strdup ("colours end at 3 root mean squares");
    }
  return NULL;
}
