/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/activations/activations.h"

extern const IscActivation isc_activation_relu;
extern const IscActivation isc_activation_leaky_relu;
extern const IscActivation isc_activation_tanh;
extern const IscActivation isc_activation_sigmoid;
extern const IscActivation isc_activation_identity;

/* THE list: an activation is its own file and one line here. */
static const IscItem *const activations[] = {
  &isc_activation_relu.item,    &isc_activation_leaky_relu.item, &isc_activation_tanh.item,
  &isc_activation_sigmoid.item, &isc_activation_identity.item,
};

const IscItem *const *
isc_activations_get (guint *n)
{
  *n = G_N_ELEMENTS (activations);
  return activations;
}
