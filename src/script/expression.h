/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "script/script.h"
#include "script/source.h"

/** isc_expression_compile: whether @source is one expression */
gboolean isc_expression_compile (const IscSource *source, GError **error);

/**
 * isc_expression_check:
 *
 * isc_script_check() of an expression.
 */
gboolean
isc_expression_check (const IscSource *source, const IscScriptTarget *target, GError **error);

/**
 * isc_expression_fill:
 *
 * isc_script_fill() of an expression.
 */
gboolean isc_expression_fill (const IscSource *source,
                              const IscScriptTarget *target,
                              IscGenerator *generator,
                              float *data,
                              gsize n,
                              GError **error);
