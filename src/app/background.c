/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/background.h"

#include <sys/resource.h>

/* How far workers step back for the window's own thread, in units of nice. */
#define WORKER_NICE 10

/* On Linux a thread's priority is its own, and the threads it starts begin with it: a training run
 * on all cores then leaves the window its frames. */
void
isc_background_begin_thread (void)
{
  setpriority (PRIO_PROCESS, 0, WORKER_NICE);
}
