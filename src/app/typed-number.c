/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/typed-number.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/call.h"
#include "base/error.h"

/* As a script would write it. */
static char *
to_source (const char *text)
{
  GString *source = g_string_new (text);

  g_string_replace (source, "−", "-", 0);
  if (g_str_equal (localeconv ()->decimal_point, ","))
    g_string_replace (source, ",", ".", 0);
  return g_string_free (source, FALSE);
}

gboolean
isc_typed_number (const char *text, double *value, GError **error)
{
  g_autofree char *source = to_source (text);
  g_autofree char *expression = g_strdup_printf ("number(%s)", source);
  /* Numbers are read as those of a call, which knows fractions and roots. */
  g_autoptr (IscCall) call = isc_call_parse (expression, NULL);

  if (call && isc_call_get_n_args (call) == 1 && !isc_call_get_key (call, 0))
    {
      const IscValue *read = isc_call_get_value (call, 0);

      if ((read->kind == ISC_VALUE_INTEGER || read->kind == ISC_VALUE_NUMBER)
          && isfinite (read->number))
        {
          *value = read->number;
          return TRUE;
        }
    }
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               _ ("“%s” is not a number: write 0.001, 1e-3, 2/3 or sqrt(2)"), text);
  return FALSE;
}
