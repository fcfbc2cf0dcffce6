/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * LLVMFuzzerTestOneInput:
 * @data: (array length=size): any bytes
 *
 * What every target defines, for libFuzzer and for replay.c: reads @data with one reader and ends
 * the program if what comes out is not what the reader's header promises.
 *
 * Returns: 0
 */
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/**
 * fuzz_check_error:
 * @done: whether the reader gave anything
 *
 * Ends the program unless there is either a result or an error of the program's own with a
 * sentence.
 */
void fuzz_check_error (gboolean done, const GError *error);
