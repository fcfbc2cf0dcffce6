/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/** isc_lesson_text_to_markup: Returns: (transfer full): a lesson's text for a label: *emphasis* in
 * italics, `code` in typewriter letters; a mark without its partner is a letter like any other */
char *isc_lesson_text_to_markup (const char *text);
