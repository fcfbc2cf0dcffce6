/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Vanishing and exploding gradients.  The bounds are where deep ReLU networks were measured to wait
 * for hundreds of steps (watch) or not to start at all (problem). */

#include <math.h>

#include "base/number-text.h"
#include "engine/verdicts/judge.h"

#define BACKWARD_WATCH 1e2
#define BACKWARD_PROBLEM 1e4

/* rms of a gradient over that of its weights. */
#define GRADIENT_WATCH 1e-4
#define GRADIENT_PROBLEM 1e-6

/* A scheme that suits the activation that most modules have. */
static const char *
suitable_scheme (const IscObservation *observation)
{
  static const struct
  {
    const char *id;
    const char *scheme;
  } rows[] = {
    { "ReLU", "kaiming_normal_(nonlinearity='relu') keeps the scale of a ReLU network." },
    { "LeakyReLU", "kaiming_normal_() with the slope as a keeps the scale." },
    { "SELU", "lecun_normal_() is what SELU's fixed point asks for." },
    { "Tanh", "xavier_normal_(gain=5/3), or orthogonal_(), keeps the scale of a tanh network." },
    { "Sigmoid", "A sigmoid's slope is at most 1/4: xavier_normal_(gain=4) makes up for it." },
  };
  guint counts[G_N_ELEMENTS (rows)] = { 0 };
  guint best = 0;

  for (guint i = 0; i < observation->n_modules; i++)
    for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
      counts[j] += g_str_equal (observation->modules[i].id, rows[j].id);
  for (guint j = 1; j < G_N_ELEMENTS (rows); j++)
    best = counts[j] > counts[best] ? j : best;
  return counts[best] > 0
             ? rows[best].scheme
             : "A gain that suits the activation keeps the scale, and so do normalizing "
               "layers.";
}

void
isc_judge_gradients (const IscCase *judged)
{
  const IscObservation *now = judged->latest;
  const IscModuleObservation *first, *last;
  g_autofree char *when = isc_judge_when (now->step);
  g_autofree char *label = NULL;
  double ratio;
  IscLevel level;

  if (!isc_judge_find_ends (now, &first, &last) || !(last->gradient.rms > 0.0))
    return;
  ratio = first->gradient.rms / last->gradient.rms;
  label = isc_number_to_label (ratio, 2);
  level = isc_level_below (ratio, 1.0 / BACKWARD_WATCH, 1.0 / BACKWARD_PROBLEM);
  if (level != ISC_LEVEL_OK)
    isc_judge_add (judged, "vanishing", level, now->step, first->name, ratio,
                   g_strdup_printf ("Gradients vanish: at module %s they are %s of those at %s %s.",
                                    first->name, label, last->name, when),
                   suitable_scheme (now));
  level = isc_level_above (ratio, BACKWARD_WATCH, BACKWARD_PROBLEM);
  if (level != ISC_LEVEL_OK)
    isc_judge_add (judged, "exploding", level, now->step, first->name, ratio,
                   g_strdup_printf ("Gradients explode: at module %s they are %s times those at %s "
                                    "%s.",
                                    first->name, label, last->name, when),
                   suitable_scheme (now));
}

/* In a vanishing ReLU network all layers have the same small gradient: forward and backward decay
 * multiply to a constant.  So they are held against the weights too. */
void
isc_judge_gradient_to_weights (const IscCase *judged)
{
  const IscObservation *now = judged->latest;
  const IscParameterObservation *worst = NULL;
  double least = INFINITY;

  for (guint i = 0; i < now->n_parameters; i++)
    {
      const IscParameterObservation *one = &now->parameters[i];
      double ratio = one->gradient.rms / one->values.rms;

      if (one->n_rows > 0 && one->values.rms > 0.0 && ratio < least)
        {
          least = ratio;
          worst = one;
        }
    }
  if (worst && isc_level_below (least, GRADIENT_WATCH, GRADIENT_PROBLEM) != ISC_LEVEL_OK)
    {
      g_autofree char *label = isc_number_to_label (least, 2);
      g_autofree char *when = isc_judge_when (now->step);

      isc_judge_add (
          judged, "vanishing", isc_level_below (least, GRADIENT_WATCH, GRADIENT_PROBLEM), now->step,
          worst->name, least,
          g_strdup_printf ("%s: the gradient is %s of the weights %s.", worst->name, label, when),
          now->step > 0 && least > GRADIENT_PROBLEM
              ? "At the end of training that is as it should be; at its start, a larger gain "
                "helps."
              : suitable_scheme (now));
    }
}
