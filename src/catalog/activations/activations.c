/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/activations/activations.h"

extern const IscActivation isc_activation_relu;
extern const IscActivation isc_activation_leaky_relu;
extern const IscActivation isc_activation_elu;
extern const IscActivation isc_activation_selu;
extern const IscActivation isc_activation_celu;
extern const IscActivation isc_activation_gelu;
extern const IscActivation isc_activation_silu;
extern const IscActivation isc_activation_mish;
extern const IscActivation isc_activation_softplus;
extern const IscActivation isc_activation_tanh;
extern const IscActivation isc_activation_sigmoid;
extern const IscActivation isc_activation_softsign;
extern const IscActivation isc_activation_hardtanh;
extern const IscActivation isc_activation_erf;
extern const IscActivation isc_activation_sine;
extern const IscActivation isc_activation_identity;
extern const IscActivation isc_activation_softmax;
extern const IscActivation isc_activation_log_softmax;

/* THE list: an activation is its own file and one line here.  Rectifiers first, then sigmoids. */
static const IscItem *const activations[] = {
  &isc_activation_relu.item,     &isc_activation_leaky_relu.item, &isc_activation_elu.item,
  &isc_activation_selu.item,     &isc_activation_celu.item,       &isc_activation_gelu.item,
  &isc_activation_silu.item,     &isc_activation_mish.item,       &isc_activation_softplus.item,
  &isc_activation_tanh.item,     &isc_activation_sigmoid.item,    &isc_activation_softsign.item,
  &isc_activation_hardtanh.item, &isc_activation_erf.item,        &isc_activation_sine.item,
  &isc_activation_identity.item, &isc_activation_softmax.item,    &isc_activation_log_softmax.item,
};

const IscItem *const *
isc_activations_get (guint *n)
{
  *n = G_N_ELEMENTS (activations);
  return activations;
}

gboolean
isc_activation_check (const IscActivation *activation,
                      const IscArguments *arguments,
                      const IscShape *input,
                      GError **error)
{
  return !activation->check || activation->check (arguments, input, error);
}

void
isc_activation_forward (const IscActivation *activation,
                        const IscArguments *arguments,
                        const IscReal *x,
                        IscReal *y,
                        gsize batch,
                        gsize width)
{
  if (!activation->by_rows)
    activation->forward (arguments, x, y, batch * width);
  else
    for (gsize i = 0; i < batch; i++)
      activation->forward (arguments, x + i * width, y + i * width, width);
}

void
isc_activation_backward (const IscActivation *activation,
                         const IscArguments *arguments,
                         const IscReal *x,
                         const IscReal *y,
                         const IscReal *dy,
                         IscReal *dx,
                         gsize batch,
                         gsize width)
{
  if (!activation->by_rows)
    activation->backward (arguments, x, y, dy, dx, batch * width);
  else
    for (gsize i = 0; i < batch; i++)
      activation->backward (arguments, x + i * width, y + i * width, dy + i * width, dx + i * width,
                            width);
}
