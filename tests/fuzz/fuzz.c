/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz/fuzz.h"

#include "base/error.h"

void
fuzz_check_error (gboolean done, const GError *error)
{
  if (done)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_nonnull (error);
  g_assert_true (error->domain == ISC_ERROR);
  g_assert_true (error->code == ISC_ERROR_INVALID || error->code == ISC_ERROR_RESOURCE);
  g_assert_cmpint (error->message[0], !=, '\0');
  g_assert_false (g_str_has_suffix (error->message, "\n"));
}
