/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdatomic.h>

/**
 * IscRefCount:
 *
 * An atomic reference count of a shared, immutable object.  GLib's own would serve as well, but its
 * functions are out of sight of a thread checker, which then takes the last owner's freeing for a race.
 */
typedef atomic_int IscRefCount;

static inline void
isc_ref_count_init (IscRefCount *count)
{
  atomic_init (count, 1);
}

static inline void
isc_ref_count_inc (IscRefCount *count)
{
  atomic_fetch_add_explicit (count, 1, memory_order_relaxed);
}

/** isc_ref_count_dec: Returns: whether that was the last reference */
static inline gboolean
isc_ref_count_dec (IscRefCount *count)
{
  return atomic_fetch_sub_explicit (count, 1, memory_order_acq_rel) == 1;
}
