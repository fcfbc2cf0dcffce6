/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * comma_locale_enter:
 *
 * Puts the program into a German locale, where printf() writes 0,5.  The locale is made for the
 * occasion with localedef, so no machine needs to have it installed; what goes wrong ends the test.
 */
void comma_locale_enter (void);

/** comma_locale_leave: goes back to the locale "C" */
void comma_locale_leave (void);
