/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/schemes/schemes.h"

#include "base/error.h"

extern const IscScheme isc_scheme_zeros;
extern const IscScheme isc_scheme_ones;
extern const IscScheme isc_scheme_constant;
extern const IscScheme isc_scheme_uniform;
extern const IscScheme isc_scheme_normal;
extern const IscScheme isc_scheme_trunc_normal;
extern const IscScheme isc_scheme_xavier_uniform;
extern const IscScheme isc_scheme_xavier_normal;
extern const IscScheme isc_scheme_kaiming_uniform;
extern const IscScheme isc_scheme_kaiming_normal;
extern const IscScheme isc_scheme_orthogonal;

/* THE list: a scheme is its own file and one line here. */
static const IscItem *const schemes[] = {
  &isc_scheme_kaiming_normal.item, &isc_scheme_kaiming_uniform.item, &isc_scheme_xavier_normal.item,
  &isc_scheme_xavier_uniform.item, &isc_scheme_normal.item,          &isc_scheme_uniform.item,
  &isc_scheme_trunc_normal.item,   &isc_scheme_orthogonal.item,      &isc_scheme_constant.item,
  &isc_scheme_ones.item,           &isc_scheme_zeros.item,
};

const IscItem *const *
isc_schemes_get (guint *n)
{
  *n = G_N_ELEMENTS (schemes);
  return schemes;
}

gboolean
isc_scheme_check (const IscScheme *scheme,
                  const IscArguments *arguments,
                  const IscShape *shape,
                  GError **error)
{
  if (shape->n_dims < scheme->min_dims)
    {
      g_autofree char *text = isc_shape_to_text (shape, "×");

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s needs a weight of at least %u dimensions, and this one has %u (%s)",
                   scheme->item.id, scheme->min_dims, shape->n_dims, text);
      return FALSE;
    }
  return !scheme->check || scheme->check (arguments, shape, error);
}

gboolean
isc_scheme_fill (const IscScheme *scheme,
                 const IscArguments *arguments,
                 IscPytorch pytorch,
                 IscGenerator *generator,
                 IscTensor *tensor,
                 GError **error)
{
  if (!isc_scheme_check (scheme, arguments, isc_tensor_get_shape (tensor), error))
    return FALSE;
  return scheme->fill (arguments, pytorch, generator, tensor, error);
}
