/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalog/schemes/schemes.h"

/** Standard deviation of a standard normal kept inside ±2, as Keras, JAX and timm write it. */
#define ISC_CUT_AT_2_STD 0.87962566103423978

/**
 * IscScaling:
 * @scale: the factor of the variance
 * @mode: what divides it: "fan_in", "fan_out", "fan_avg", "fan_geo_avg"
 * @distribution: "truncated_normal", "uniform", and "normal" or "untruncated_normal" for the same
 *
 * Weights of variance scale / fan, the family behind Glorot's, He's and LeCun's rules in Keras,
 * JAX and timm.  A truncated normal is cut at ±2 of its own standard deviation, which is made
 * larger so that what is left has the variance.  A scheme's variant, or for the general ones its
 * arguments.
 */
typedef struct
{
  double scale;
  const char *mode;
  const char *distribution;
} IscScaling;

/* The items' texts, which Keras and JAX share. */
#define ISC_GLOROT_UNIFORM_TEXTS                                                                   \
  .summary = N_ (                                                                                  \
      "Keeps the variance of activations and gradients with tanh-like units, within hard "         \
      "bounds."),                                                                                  \
  .formula = "w ~ U(−bound, bound), bound = √(6 / (fan_in + fan_out))",                            \
  .citation = "Glorot, Bengio 2010, Understanding the difficulty of training deep feedforward "    \
              "neural networks, eq. 16",                                                           \
  .caution                                                                                         \
      = N_ ("Derived for units that are linear around zero: a deep ReLU network loses half of "    \
            "the signal at each layer.")
#define ISC_GLOROT_NORMAL_TEXTS                                                                    \
  .summary = N_ ("Keeps the variance of activations and gradients with tanh-like units; a normal " \
                 "without tails."),                                                                \
  .formula = "w ~ N(0, s²) cut at ±2s, s = √(2 / (fan_in + fan_out)) / 0.8796",                    \
  .citation = "Glorot, Bengio 2010, Understanding the difficulty of training deep feedforward "    \
              "neural networks, eq. 16",                                                           \
  .caution = N_ ("Truncated, unlike PyTorch's xavier_normal_: the same variance, another shape.")
#define ISC_HE_UNIFORM_TEXTS                                                                       \
  .summary = N_ ("Keeps the variance of the signal through ReLU units, within hard bounds."),      \
  .formula = "w ~ U(−bound, bound), bound = √(6 / fan_in)",                                        \
  .citation = "He, Zhang, Ren, Sun 2015, Delving deep into rectifiers, eq. 10",                    \
  .caution = N_ ("Made for rectifiers: sigmoid and tanh units are driven into saturation.")
#define ISC_HE_NORMAL_TEXTS                                                                        \
  .summary = N_ ("Keeps the variance of the signal through ReLU units; a normal without tails."),  \
  .formula = "w ~ N(0, s²) cut at ±2s, s = √(2 / fan_in) / 0.8796",                                \
  .citation = "He, Zhang, Ren, Sun 2015, Delving deep into rectifiers, eq. 10",                    \
  .caution = N_ ("Truncated, unlike PyTorch's kaiming_normal_: the same variance, another shape.")
#define ISC_LECUN_UNIFORM_TEXTS                                                                    \
  .summary                                                                                         \
      = N_ ("Keeps the variance of sums, for units of slope 1 such as SELU, within hard bounds."), \
      .formula = "w ~ U(−bound, bound), bound = √(3 / fan_in)",                                    \
      .citation = "LeCun, Bottou, Orr, Müller 1998, Efficient BackProp, section 4.6",              \
      .caution = N_ ("A ReLU network loses half of the signal at each layer.")
#define ISC_LECUN_NORMAL_TEXTS                                                                     \
  .summary                                                                                         \
      = N_ ("Keeps the variance of sums, for units of slope 1 such as SELU; a normal without "     \
            "tails."),                                                                             \
      .formula = "w ~ N(0, s²) cut at ±2s, s = √(1 / fan_in) / 0.8796",                            \
      .citation = "LeCun, Bottou, Orr, Müller 1998, Efficient BackProp, section 4.6; Klambauer, " \
                  "Unterthiner, Mayr, Hochreiter 2017, Self-normalizing neural networks",          \
      .caution = N_ ("A ReLU network loses half of the signal at each layer.")
#define ISC_SCALING_TEXTS                                                                          \
  .summary = N_ ("The rule behind Glorot's, He's and LeCun's: any factor, fan and shape."),        \
  .formula = "variance = scale / fan",                                                             \
  .citation = "He, Zhang, Ren, Sun 2015, eq. 10 and 14; Glorot, Bengio 2010, eq. 16"

/** isc_scaling_law: the law of a weight at @site, for schemes that have a scaling as their variant
 * or whose arguments name one */
IscLaw isc_scaling_law (const IscArguments *arguments, const IscSite *site);

/** isc_scaling_describe: likewise the formula with its numbers */
char *isc_scaling_describe (const IscArguments *arguments, const IscSite *site);
