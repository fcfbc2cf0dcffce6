/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/schemes/gain.h"

#include <math.h>

#include "base/number-text.h"

const char *const isc_gain_nonlinearities[] = {
  "leaky_relu",
  "relu",
  "tanh",
  "sigmoid",
  "selu",
  "linear",
  "conv1d",
  "conv2d",
  "conv3d",
  "conv_transpose1d",
  "conv_transpose2d",
  "conv_transpose3d",
  NULL,
};

const char *const isc_exact_gain_activations[] = {
  "elu",     "erf",  "gelu", "gelu_tanh", "hardtanh", "mish", "relu", "selu",
  "sigmoid", "silu", "sine", "softplus",  "softsign", "tanh", NULL,
};

/* E[φ(z)²] and E[φ'(z)²] of a standard normal z; elu has α = 1, selu the two constants of
 * Klambauer et al.  Integrated to 30 digits and rounded; tests/unit integrates them again. */
static const struct
{
  const char *activation;
  double forward;
  double backward;
} exact_moments[] = {
  { "elu", 0.644945417492923863, 0.668102001223170606 },
  { "erf", 0.464559054397539979, 0.569410034733741647 },
  { "gelu", 0.425221482570298675, 0.455850865649287122 },
  { "gelu_tanh", 0.425193711033099451, 0.455817845962950604 },
  { "hardtanh", 0.516058550961713300, 0.682689492137085897 },
  { "mish", 0.452342192375882771, 0.479083758373969775 },
  { "relu", 0.5, 0.5 },
  { "selu", 1.0, 1.07157499245579926 },
  { "sigmoid", 0.293379035858092963, 0.0448362413501943718 },
  { "silu", 0.355775519817352156, 0.379482351632829309 },
  { "sine", 0.432332358381693654, 0.567667641618306346 },
  { "softplus", 0.921245908859300279, 0.293379035858092963 },
  { "softsign", 0.183014021266547499, 0.227671340422182500 },
  { "tanh", 0.394294490397841174, 0.464402902448268242 },
};

double
isc_gain (const char *nonlinearity, double slope)
{
  if (g_str_equal (nonlinearity, "tanh"))
    return 5.0 / 3.0;
  if (g_str_equal (nonlinearity, "relu"))
    return sqrt (2.0);
  if (g_str_equal (nonlinearity, "leaky_relu"))
    return sqrt (2.0 / (1.0 + slope * slope));
  if (g_str_equal (nonlinearity, "selu"))
    return 3.0 / 4.0;
  return 1.0;
}

char *
isc_gain_to_text (const char *nonlinearity, double slope)
{
  if (g_str_equal (nonlinearity, "tanh"))
    return g_strdup ("5/3");
  if (g_str_equal (nonlinearity, "relu")
      || (g_str_equal (nonlinearity, "leaky_relu") && slope == 0.0))
    return g_strdup ("√2");
  return isc_number_to_label (isc_gain (nonlinearity, slope), 4);
}

double
isc_exact_gain (const char *activation, gboolean backward)
{
  for (guint i = 0; i < G_N_ELEMENTS (exact_moments); i++)
    if (g_str_equal (exact_moments[i].activation, activation))
      return 1.0 / sqrt (backward ? exact_moments[i].backward : exact_moments[i].forward);
  g_return_val_if_reached (NAN);
}
