/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ISC_TYPE_EXAMPLES_PAGE (isc_examples_page_get_type ())
G_DECLARE_FINAL_TYPE (IscExamplesPage, isc_examples_page, ISC, EXAMPLES_PAGE, AdwBin)

/**
 * IscExamplesPage:
 *
 * The built-in lessons and experiments, a row each, which the verbs "win.lesson" and "win.example"
 * open.  It is filled when it is first seen.
 */

G_END_DECLS
