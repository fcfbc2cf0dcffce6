/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * isc_name_is_readable:
 * @name: (nullable): what a file calls one of its tensors
 *
 * Whether @name may be shown in a terminal and in a sentence: UTF-8 of at most 1000 bytes without
 * control characters.
 */
gboolean isc_name_is_readable (const char *name);
