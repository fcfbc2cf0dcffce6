/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/generator.h"
#include "base/law.h"
#include "catalog/item.h"

/**
 * IscPytorch:
 * @ISC_PYTORCH_2_12: PyTorch 2.12 and later
 * @ISC_PYTORCH_2_11: PyTorch 2.11 and earlier
 *
 * Whose numbers: trunc_normal_ changed between the two.
 */
typedef enum
{
  ISC_PYTORCH_2_12,
  ISC_PYTORCH_2_11,
} IscPytorch;

/**
 * IscScheme:
 * @item: the head
 * @library: whose function it is: "PyTorch"
 * @min_dims: the fewest dimensions a weight must have
 * @check: (nullable): refuses arguments or a shape it can't fill, with ISC_ERROR_INVALID
 * @fill: fills @tensor, drawing from @generator exactly what the library draws
 * @law: the exact law of one weight, kind none if there is none
 * @describe: (transfer full): the formula with its numbers filled in, "std = √2 / √784 = 0.0505"
 *
 * An initialization scheme.
 */
typedef struct
{
  IscItem item;
  const char *library;
  guint min_dims;
  gboolean (*check) (const IscArguments *arguments, const IscShape *shape, GError **error);
  gboolean (*fill) (const IscArguments *arguments,
                    IscPytorch pytorch,
                    IscGenerator *generator,
                    IscTensor *tensor,
                    GError **error);
  IscLaw (*law) (const IscArguments *arguments, const IscShape *shape);
  char *(*describe) (const IscArguments *arguments, const IscShape *shape);
} IscScheme;

/** isc_schemes_get: Returns: (array length=n): the list of schemes */
const IscItem *const *isc_schemes_get (guint *n);

/**
 * isc_scheme_check:
 *
 * Checks @shape against a scheme's least dimensions and its own check.
 */
gboolean isc_scheme_check (const IscScheme *scheme,
                           const IscArguments *arguments,
                           const IscShape *shape,
                           GError **error);

/**
 * isc_scheme_fill:
 *
 * Checks and fills.
 *
 * Returns: %FALSE with ISC_ERROR_INVALID, or ISC_ERROR_RESOURCE for lack of working memory
 */
gboolean isc_scheme_fill (const IscScheme *scheme,
                          const IscArguments *arguments,
                          IscPytorch pytorch,
                          IscGenerator *generator,
                          IscTensor *tensor,
                          GError **error);
