/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CrossEntropyLoss, from logits, and NLLLoss, from log-probabilities.
 *
 * An example of class y costs Σ_c q_c (−log p_c), where q_c = w_c ((1 − ε) [c = y] + ε / classes)
 * with label smoothing ε; the mean divides by the sum of w_y over the batch, as PyTorch's does, and
 * not by the number of examples.
 *
 * At the start of a good initialization it is near ln(classes): anything much above says that the
 * logits are too large. */

#include <math.h>

#include "base/clones.h"
#include "catalog/exponential.h"
#include "catalog/losses/losses.h"

static gboolean
check (const IscArguments *arguments, gsize width, GError **error)
{
  return isc_loss_check_weights (arguments, "weight", width, error);
}

static double
weight_of (const IscArguments *arguments, gsize class)
{
  return isc_arguments_is_none (arguments, "weight")
             ? 1.0
             : isc_arguments_item (arguments, "weight", (guint) class);
}

/* What the batch's total is divided by. */
static double
divisor_of (const IscArguments *arguments, const IscTargets *targets, gsize batch)
{
  double sum = 0.0;

  if (!isc_loss_is_mean (arguments))
    return 1.0;
  if (isc_arguments_is_none (arguments, "weight"))
    return (double)batch;
  for (gsize i = 0; i < batch; i++)
    sum += weight_of (arguments, (gsize)targets->classes[i]);
  return sum;
}

/* What an example's target asks for. */
typedef struct
{
  const IscArguments *arguments;
  gsize class;
  gboolean is_weighted;
  IscReal hard;
  IscReal soft;
} Target;

/* q of class @j; without smoothing nothing but the target's own. */
static inline IscReal
target_share (const Target *target, gsize j)
{
  IscReal share = j == target->class ? target->hard : 0.0f;

  if (target->soft != 0.0f)
    share += target->is_weighted ? target->soft * (IscReal)weight_of (target->arguments, j)
                                 : target->soft;
  return share;
}

/* A NaN need not be found here: its exponential, and with it the sum, is none either. */
static inline IscReal
greatest_of (const IscReal *logits, gsize width)
{
  IscReal greatest = logits[0];

  for (gsize j = 1; j < width; j++)
    greatest = logits[j] > greatest ? logits[j] : greatest;
  return greatest;
}

/* exp(z - max z) of every logit of the batch, in one walk: most examples are shorter than a vector.
 */
ISC_CLONES static void
exponentiate (IscReal *x, gsize n)
{
  for (gsize i = 0; i < n; i++)
    x[i] = isc_exp (x[i]);
}

static void
write_exponentials (const IscReal *logits, gsize batch, gsize width, IscReal *exponentials)
{
  for (gsize i = 0; i < batch * width; i += width)
    {
      IscReal greatest = greatest_of (logits + i, width);

      for (gsize j = i; j < i + width; j++)
        exponentials[j] = logits[j] - greatest;
    }
  exponentiate (exponentials, batch * width);
}

/* One example.  Writes (p Σq − q) / divisor into @gradient, which holds the exponentials. */
static double
evaluate_logits (
    const Target *target, const IscReal *logits, gsize width, double divisor, IscReal *gradient)
{
  IscReal greatest = greatest_of (logits, width);
  IscReal sum = 0.0f;
  IscReal shares = target->hard;
  IscReal cost;

  for (gsize j = 0; j < width; j++)
    sum += gradient ? gradient[j] : isc_exp (logits[j] - greatest);

  cost = target->hard * (isc_real_log (sum) - (logits[target->class] - greatest));
  if (target->soft != 0.0f)
    {
      shares = 0.0f;
      cost = 0.0f;
      for (gsize j = 0; j < width; j++)
        {
          IscReal share = target_share (target, j);

          shares += share;
          cost += share * (isc_real_log (sum) - (logits[j] - greatest));
        }
    }

  for (gsize j = 0; gradient && j < width; j++)
    gradient[j] = (shares * (gradient[j] / sum) - target_share (target, j)) / (IscReal)divisor;
  return (double)cost;
}

static double
evaluate_cross_entropy (const IscArguments *arguments,
                        const IscReal *outputs,
                        const IscTargets *targets,
                        gsize batch,
                        gsize width,
                        IscReal *gradient)
{
  double smoothing = isc_arguments_number (arguments, "label_smoothing");
  double divisor = divisor_of (arguments, targets, batch);
  double total = 0.0;
  Target target = {
    .arguments = arguments,
    .is_weighted = !isc_arguments_is_none (arguments, "weight"),
    .soft = (IscReal)(smoothing / (double)width),
  };

  if (gradient)
    write_exponentials (outputs, batch, width, gradient);
  for (gsize i = 0; i < batch; i++)
    {
      target.class = (gsize)targets->classes[i];
      target.hard = (IscReal)((1.0 - smoothing)
                              * (target.is_weighted ? weight_of (arguments, target.class) : 1.0));
      total += evaluate_logits (&target, outputs + i * width, width, divisor,
                                gradient ? gradient + i * width : NULL);
    }
  return total / divisor;
}

static double
evaluate_nll (const IscArguments *arguments,
              const IscReal *outputs,
              const IscTargets *targets,
              gsize batch,
              gsize width,
              IscReal *gradient)
{
  double divisor = divisor_of (arguments, targets, batch);
  double total = 0.0;

  for (gsize i = 0; i < batch; i++)
    {
      gsize class = (gsize)targets->classes[i];
      double weight = weight_of (arguments, class);

      total -= weight * (double)outputs[i * width + class];
      for (gsize j = 0; gradient && j < width; j++)
        gradient[i * width + j] = j == class ? (IscReal)(-weight / divisor) : 0.0f;
    }
  return total / divisor;
}

#define WEIGHT                                                                                     \
  {                                                                                                \
    "weight", ISC_PARAMETER_NUMBERS, "None", 0, 1e6,                                               \
        .help = N_ ("A weight for each class, for classes of unlike size.")                        \
  }

static const IscParameter cross_entropy_parameters[] = {
  WEIGHT,
  ISC_LOSS_REDUCTION,
  { "label_smoothing", ISC_PARAMETER_NUMBER, "0.0", 0, 1,
    .help = N_ ("The share of each target that is spread over all classes.") },
};

static const IscParameter nll_parameters[] = { WEIGHT, ISC_LOSS_REDUCTION };

const IscLoss isc_loss_cross_entropy = {
  .item = {
    .id = "CrossEntropyLoss",
    .label = N_ ("Cross-entropy"),
    .summary = N_ ("The loss of classification, from logits."),
    .formula = "L = mean over the batch of log Σ exp(z) − z_y",
    .citation = "torch.nn.CrossEntropyLoss; label smoothing: Szegedy, Vanhoucke, Ioffe, Shlens, Wojna 2016, "
                "Rethinking the Inception architecture for computer vision, sec. 7",
    .caution = N_ ("With weights the mean divides by the sum of the targets' weights, as in PyTorch."),
    ISC_PARAMETERS (cross_entropy_parameters),
  },
  .wants_classes = TRUE,
  .check = check,
  .evaluate = evaluate_cross_entropy,
};

const IscLoss isc_loss_nll = {
  .item = {
    .id = "NLLLoss",
    .label = N_ ("Negative log-likelihood"),
    .summary = N_ ("The loss of classification, from log-probabilities."),
    .formula = "L = mean over the batch of −x_y",
    .citation = "torch.nn.NLLLoss",
    .caution = N_ ("Needs a network that ends in LogSoftmax(): of logits it has no least value."),
    ISC_PARAMETERS (nll_parameters),
  },
  .wants_classes = TRUE,
  .check = check,
  .evaluate = evaluate_nll,
};
