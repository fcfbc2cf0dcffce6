/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/** isc_background_begin_thread: makes the calling thread, and those it starts, step back for the
 * window's own */
void isc_background_begin_thread (void);
