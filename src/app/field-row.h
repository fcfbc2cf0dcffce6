/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ISC_TYPE_FIELD_ROW (isc_field_row_get_type ())
G_DECLARE_FINAL_TYPE (IscFieldRow, isc_field_row, ISC, FIELD_ROW, AdwActionRow)

/**
 * IscFieldRow:
 *
 * A row with a text entry.  Enter, or leaving it, emits "apply" with the text; Escape puts the last
 * text back. What is wrong with the text shows under the title, and the text stays as it was typed.
 */
GtkWidget *isc_field_row_new (const char *title, const char *help);

/** isc_field_row_set_help: one sentence for who points at the row */
void isc_field_row_set_help (IscFieldRow *self, const char *help);

/** isc_field_row_set_text: shows @text, unless the person is typing another one; clears the error
 */
void isc_field_row_set_text (IscFieldRow *self, const char *text);
const char *isc_field_row_get_text (IscFieldRow *self);

/** isc_field_row_set_error: @message: (nullable): what is wrong; %NULL shows the help again */
void isc_field_row_set_error (IscFieldRow *self, const char *message);

/** isc_field_row_set_scale: adds a slider over lg10 (@positive) or the plain value, between @low
 * and @high */
void isc_field_row_set_scale (IscFieldRow *self, double low, double high, gboolean logarithmic);

/** isc_field_row_set_width: how many characters the entry shows */
void isc_field_row_set_width (IscFieldRow *self, int characters);

/** isc_field_row_set_numeric: works out what is typed, "2/3" or "sqrt(2)", as
 * isc_number_entry_read() has it, before it is applied */
void isc_field_row_set_numeric (IscFieldRow *self);

/** isc_field_row_set_wide: puts the entry, in a typewriter's letters, on a line of its own under
 * the title, as wide as the row */
void isc_field_row_set_wide (IscFieldRow *self);

/** isc_field_row_add_button: puts @button behind the entry */
void isc_field_row_add_button (IscFieldRow *self, GtkWidget *button);

/** isc_field_row_set_live: whether every keystroke is applied, so that what is wrong shows as one
 * types */
void isc_field_row_set_live (IscFieldRow *self, gboolean live);

/** isc_field_row_set_placeholder: what an empty entry shows */
void isc_field_row_set_placeholder (IscFieldRow *self, const char *text);

/** isc_field_row_try: types @text and presses Enter, as a person would */
void isc_field_row_try (IscFieldRow *self, const char *text);

G_END_DECLS
