/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/item.h"

/** isc_fresh_call: Returns: (transfer full): a call of @item, just chosen, with nothing but what it
 * can't do without */
char *isc_fresh_call (const IscItem *item);
