/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/losses/losses.h"

extern const IscLoss isc_loss_cross_entropy;
extern const IscLoss isc_loss_mse;

/* THE list: a loss is its own file and one line here. */
static const IscItem *const losses[] = {
  &isc_loss_cross_entropy.item,
  &isc_loss_mse.item,
};

const IscItem *const *
isc_losses_get (guint *n)
{
  *n = G_N_ELEMENTS (losses);
  return losses;
}
