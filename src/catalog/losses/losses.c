/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/losses/losses.h"

#include "base/error.h"

extern const IscLoss isc_loss_cross_entropy;
extern const IscLoss isc_loss_nll;
extern const IscLoss isc_loss_mse;
extern const IscLoss isc_loss_l1;
extern const IscLoss isc_loss_smooth_l1;
extern const IscLoss isc_loss_bce_with_logits;

/* THE list: a loss is its own file and one line here. */
static const IscItem *const losses[] = {
  &isc_loss_cross_entropy.item, &isc_loss_nll.item,
  &isc_loss_mse.item,           &isc_loss_l1.item,
  &isc_loss_smooth_l1.item,     &isc_loss_bce_with_logits.item,
};

const char *const isc_loss_reductions[] = { "mean", "sum", NULL };

const IscItem *const *
isc_losses_get (guint *n)
{
  *n = G_N_ELEMENTS (losses);
  return losses;
}

gboolean
isc_loss_check (const IscLoss *loss, const IscArguments *arguments, gsize width, GError **error)
{
  return !loss->check || loss->check (arguments, width, error);
}

gboolean
isc_loss_is_mean (const IscArguments *arguments)
{
  return isc_arguments_text (arguments, "reduction")[0] == 'm';
}

gboolean
isc_loss_check_weights (const IscArguments *arguments,
                        const char *name,
                        gsize width,
                        GError **error)
{
  gsize n = isc_arguments_n_items (arguments, name);

  if (n == 0 || n == width)
    return TRUE;
  g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
               "%s: %s has %" G_GSIZE_FORMAT " number%s, and an example has %" G_GSIZE_FORMAT
               " outputs",
               isc_arguments_get_item (arguments)->id, name, n, n == 1 ? "" : "s", width);
  return FALSE;
}
