/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/call.h"
#include "fuzz/fuzz.h"

/* A call that is read can be written, and what is written is read as the same call. */
static void
check_spelling (const IscCall *call)
{
  g_autofree char *text = isc_call_to_text (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (IscCall) again = isc_call_parse (text, &error);

  g_assert_no_error (error);
  g_assert_true (isc_call_equal (again, call));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) list_error = NULL;
  g_autoptr (IscCall) call = isc_call_parse (text, &error);
  g_autoptr (GPtrArray) calls = isc_call_parse_list (text, &list_error);

  fuzz_check_error (call != NULL, error);
  fuzz_check_error (calls != NULL, list_error);
  if (call)
    check_spelling (call);
  for (guint i = 0; calls && i < calls->len; i++)
    check_spelling (calls->pdata[i]);
  return 0;
}
