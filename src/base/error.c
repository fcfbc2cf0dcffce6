/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

G_DEFINE_QUARK (isc - error - quark, isc_error)

int
isc_error_exit_status (const GError *error)
{
  if (error->domain != ISC_ERROR)
    return 1;

  switch ((IscError)error->code)
    {
    case ISC_ERROR_INVALID:
      return 2;
    case ISC_ERROR_CANCELLED:
      return 130;
    case ISC_ERROR_IO:
    case ISC_ERROR_RESOURCE:
    default:
      return 1;
    }
}
