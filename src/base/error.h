/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * ISC_ERROR:
 *
 * The one error domain of Initscope.  Every message is one sentence that names the thing at fault,
 * its place and what is allowed; it carries no "initscope:" prefix and no final newline.
 */
#define ISC_ERROR (isc_error_quark ())

/**
 * IscError:
 * @ISC_ERROR_IO: a file could not be read or written
 * @ISC_ERROR_RESOURCE: a resource ran out (memory)
 * @ISC_ERROR_INVALID: the input is not valid: a call, a document, a file's content, an option
 * @ISC_ERROR_CANCELLED: the user stopped the work
 */
typedef enum
{
  ISC_ERROR_IO,
  ISC_ERROR_RESOURCE,
  ISC_ERROR_INVALID,
  ISC_ERROR_CANCELLED,
} IscError;

GQuark isc_error_quark (void);

/**
 * isc_error_exit_status:
 * @error: an error
 *
 * The exit status the command line gives for @error: 1 for files and resources, 2 for invalid
 * input, 130 for an interruption.
 */
int isc_error_exit_status (const GError *error);
