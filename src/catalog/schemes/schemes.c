/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/schemes/schemes.h"

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/schemes/draw.h"

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
extern const IscScheme isc_scheme_sparse;
extern const IscScheme isc_scheme_eye;
extern const IscScheme isc_scheme_dirac;
extern const IscScheme isc_scheme_exact_gain_normal;
extern const IscScheme isc_scheme_exact_gain_uniform;
extern const IscScheme isc_scheme_custom;
extern const IscScheme isc_scheme_script;
extern const IscScheme isc_scheme_lsuv;
extern const IscScheme isc_scheme_fixup;
extern const IscScheme isc_scheme_siren;
extern const IscScheme isc_scheme_zero_hadamard;
extern const IscScheme isc_scheme_irnn_identity;
extern const IscScheme isc_scheme_unit_forget_bias;
extern const IscScheme isc_scheme_chrono;
extern const IscScheme isc_scheme_icnr;
extern const IscScheme isc_scheme_gpt2;
extern const IscScheme isc_scheme_small_init;
extern const IscScheme isc_scheme_wang_init;
extern const IscScheme isc_scheme_t_fixup;
extern const IscScheme isc_scheme_deepnorm;
extern const IscScheme isc_scheme_mup;
extern const IscScheme isc_scheme_mean_field;
extern const IscScheme isc_scheme_mean_field_bias;
extern const IscScheme isc_scheme_keras_he_normal;
extern const IscScheme isc_scheme_keras_he_uniform;
extern const IscScheme isc_scheme_keras_glorot_normal;
extern const IscScheme isc_scheme_keras_glorot_uniform;
extern const IscScheme isc_scheme_keras_lecun_normal;
extern const IscScheme isc_scheme_keras_lecun_uniform;
extern const IscScheme isc_scheme_keras_variance_scaling;
extern const IscScheme isc_scheme_keras_random_normal;
extern const IscScheme isc_scheme_keras_random_uniform;
extern const IscScheme isc_scheme_keras_truncated_normal;
extern const IscScheme isc_scheme_keras_orthogonal;
extern const IscScheme isc_scheme_keras_identity;
extern const IscScheme isc_scheme_keras_constant;
extern const IscScheme isc_scheme_keras_ones;
extern const IscScheme isc_scheme_keras_zeros;
extern const IscScheme isc_scheme_jax_he_normal;
extern const IscScheme isc_scheme_jax_he_uniform;
extern const IscScheme isc_scheme_jax_glorot_normal;
extern const IscScheme isc_scheme_jax_glorot_uniform;
extern const IscScheme isc_scheme_jax_lecun_normal;
extern const IscScheme isc_scheme_jax_lecun_uniform;
extern const IscScheme isc_scheme_jax_variance_scaling;
extern const IscScheme isc_scheme_jax_normal;
extern const IscScheme isc_scheme_jax_uniform;
extern const IscScheme isc_scheme_jax_truncated_normal;
extern const IscScheme isc_scheme_jax_orthogonal;
extern const IscScheme isc_scheme_jax_delta_orthogonal;
extern const IscScheme isc_scheme_jax_constant;
extern const IscScheme isc_scheme_jax_ones;
extern const IscScheme isc_scheme_jax_zeros;
extern const IscScheme isc_scheme_timm_trunc_normal_tf;
extern const IscScheme isc_scheme_timm_variance_scaling;
extern const IscScheme isc_scheme_timm_lecun_normal;

/* THE list: a scheme is its own file, or a descriptor beside its relatives, and one line here. */
/* clang-format off */
static const IscItem *const schemes[] = {
  /* torch.nn.init */
  &isc_scheme_kaiming_normal.item,
  &isc_scheme_kaiming_uniform.item,
  &isc_scheme_xavier_normal.item,
  &isc_scheme_xavier_uniform.item,
  &isc_scheme_normal.item,
  &isc_scheme_uniform.item,
  &isc_scheme_trunc_normal.item,
  &isc_scheme_orthogonal.item,
  &isc_scheme_sparse.item,
  &isc_scheme_eye.item,
  &isc_scheme_dirac.item,
  &isc_scheme_constant.item,
  &isc_scheme_ones.item,
  &isc_scheme_zeros.item,

  /* Keras */
  &isc_scheme_keras_he_normal.item,
  &isc_scheme_keras_he_uniform.item,
  &isc_scheme_keras_glorot_normal.item,
  &isc_scheme_keras_glorot_uniform.item,
  &isc_scheme_keras_lecun_normal.item,
  &isc_scheme_keras_lecun_uniform.item,
  &isc_scheme_keras_variance_scaling.item,
  &isc_scheme_keras_random_normal.item,
  &isc_scheme_keras_random_uniform.item,
  &isc_scheme_keras_truncated_normal.item,
  &isc_scheme_keras_orthogonal.item,
  &isc_scheme_keras_identity.item,
  &isc_scheme_keras_constant.item,
  &isc_scheme_keras_ones.item,
  &isc_scheme_keras_zeros.item,

  /* JAX */
  &isc_scheme_jax_he_normal.item,
  &isc_scheme_jax_he_uniform.item,
  &isc_scheme_jax_glorot_normal.item,
  &isc_scheme_jax_glorot_uniform.item,
  &isc_scheme_jax_lecun_normal.item,
  &isc_scheme_jax_lecun_uniform.item,
  &isc_scheme_jax_variance_scaling.item,
  &isc_scheme_jax_normal.item,
  &isc_scheme_jax_uniform.item,
  &isc_scheme_jax_truncated_normal.item,
  &isc_scheme_jax_orthogonal.item,
  &isc_scheme_jax_delta_orthogonal.item,
  &isc_scheme_jax_constant.item,
  &isc_scheme_jax_ones.item,
  &isc_scheme_jax_zeros.item,

  /* timm */
  &isc_scheme_timm_trunc_normal_tf.item,
  &isc_scheme_timm_variance_scaling.item,
  &isc_scheme_timm_lecun_normal.item,

  /* Research */
  &isc_scheme_lsuv.item,
  &isc_scheme_fixup.item,
  &isc_scheme_siren.item,
  &isc_scheme_zero_hadamard.item,
  &isc_scheme_irnn_identity.item,
  &isc_scheme_unit_forget_bias.item,
  &isc_scheme_chrono.item,
  &isc_scheme_icnr.item,
  &isc_scheme_gpt2.item,
  &isc_scheme_small_init.item,
  &isc_scheme_wang_init.item,
  &isc_scheme_t_fixup.item,
  &isc_scheme_deepnorm.item,
  &isc_scheme_mup.item,
  &isc_scheme_mean_field.item,
  &isc_scheme_mean_field_bias.item,

  /* Our own */
  &isc_scheme_exact_gain_normal.item,
  &isc_scheme_exact_gain_uniform.item,
  &isc_scheme_custom.item,
  &isc_scheme_script.item,
};
/* clang-format on */

const IscItem *const *
isc_schemes_get (guint *n)
{
  *n = G_N_ELEMENTS (schemes);
  return schemes;
}

/* "at least 2 dimensions", "3 to 5 dimensions", "exactly 1 dimension". */
static char *
wanted_dims (const IscScheme *scheme)
{
  if (scheme->max_dims == 0)
    return g_strdup_printf ("at least %u dimensions", scheme->min_dims);
  if (scheme->max_dims == scheme->min_dims)
    return g_strdup_printf ("exactly %u dimension%s", scheme->min_dims,
                            scheme->min_dims == 1 ? "" : "s");
  return g_strdup_printf ("%u to %u dimensions", scheme->min_dims, scheme->max_dims);
}

static IscArguments *
bind (const char *text, const IscScheme **scheme, GError **error)
{
  g_autoptr (IscCall) call = isc_call_parse (text, error);

  for (guint i = 0; call && i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (schemes[i]->id, isc_call_get_name (call)))
      {
        *scheme = (const IscScheme *)schemes[i];
        return isc_arguments_new (schemes[i], call, error);
      }
  g_return_val_if_reached (NULL);
}

gboolean
isc_scheme_check (const IscScheme *scheme,
                  const IscArguments *arguments,
                  const IscSite *site,
                  GError **error)
{
  guint n_dims = site->shape.n_dims;

  if (n_dims < scheme->min_dims || (scheme->max_dims > 0 && n_dims > scheme->max_dims))
    {
      g_autofree char *text = isc_shape_to_text (&site->shape, "×");
      g_autofree char *wanted = wanted_dims (scheme);

      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s needs a weight of %s, and this one has %u (%s)", scheme->item.id, wanted,
                   n_dims, text);
      return FALSE;
    }
  return !scheme->check || scheme->check (arguments, site, error);
}

gboolean
isc_scheme_fill (const IscScheme *scheme,
                 const IscArguments *arguments,
                 const IscSite *site,
                 IscGenerator *generator,
                 IscTensor *tensor,
                 GError **error)
{
  IscLaw law;

  g_return_val_if_fail (isc_shape_equal (&site->shape, isc_tensor_get_shape (tensor)), FALSE);

  if (!isc_scheme_check (scheme, arguments, site, error))
    return FALSE;
  if (scheme->fill)
    return scheme->fill (arguments, site, generator, tensor, error);
  law = scheme->law (arguments, site);
  isc_draw_law (&law, generator, isc_tensor_edit_data (tensor), isc_tensor_get_count (tensor));
  return TRUE;
}

gboolean
isc_scheme_check_call (const char *call, const IscSite *site, GError **error)
{
  const IscScheme *scheme;
  g_autoptr (IscArguments) arguments = bind (call, &scheme, error);

  return arguments && isc_scheme_check (scheme, arguments, site, error);
}

gboolean
isc_scheme_fill_call (const char *call,
                      const IscSite *site,
                      IscGenerator *generator,
                      IscTensor *tensor,
                      GError **error)
{
  const IscScheme *scheme;
  g_autoptr (IscArguments) arguments = bind (call, &scheme, error);

  return arguments && isc_scheme_fill (scheme, arguments, site, generator, tensor, error);
}

char *
isc_scheme_describe_law (const IscArguments *arguments, const IscSite *site)
{
  IscLaw law = ((const IscScheme *)isc_arguments_get_item (arguments))->law (arguments, site);
  g_autofree char *before = isc_number_to_label (law.std, 4);
  g_autofree char *std = isc_number_to_label (sqrt (isc_law_variance (&law)), 4);

  if (law.kind == ISC_LAW_TRUNCATED_NORMAL)
    return g_strdup_printf ("std = %s, %s after truncation", before, std);
  return g_strdup_printf ("std = %s", std);
}
