/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/site.h"

IscSite
isc_site_of_shape (const IscShape *shape)
{
  IscSite site = { .shape = *shape };

  /* Fewer than two dimensions have no fans: schemes that need them ask for two. */
  isc_shape_fans (shape, &site.fan_in, &site.fan_out, NULL);
  return site;
}
