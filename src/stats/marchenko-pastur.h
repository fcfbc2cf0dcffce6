/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * IscMarchenkoPastur:
 * @k: the shorter side of the matrix
 * @K: its longer side
 * @variance: variance v of an entry
 * @s_min: lower edge, sqrt (v) (sqrt (K) - sqrt (k))
 * @s_max: upper edge, sqrt (v) (sqrt (K) + sqrt (k))
 *
 * The law that the k singular values of a matrix of independent entries of mean 0 follow as both
 * sides grow, whatever the law of the entries.  A plain value made by isc_marchenko_pastur(); read
 * only.  At finite size the edges are uncertain by some K^(-2/3) of themselves.
 *
 * Source: [MP67]; see BIBLIOGRAPHY.md.
 */
typedef struct
{
  double k;
  double K;
  double variance;
  double s_min;
  double s_max;
} IscMarchenkoPastur;

/**
 * isc_marchenko_pastur:
 * @rows: at least 1
 * @columns: at least 1
 * @variance: above 0
 */
IscMarchenkoPastur isc_marchenko_pastur (gsize rows, gsize columns, double variance);

/**
 * isc_marchenko_pastur_density:
 * @s: a singular value
 *
 * Returns: sqrt ((s_max^2 - s^2) (s^2 - s_min^2)) / (pi v k s) between the edges, 0 outside: its
 *   integral is 1
 */
double isc_marchenko_pastur_density (const IscMarchenkoPastur *law, double s);

/** isc_marchenko_pastur_cumulative: Returns: the share of singular values up to @s */
double isc_marchenko_pastur_cumulative (const IscMarchenkoPastur *law, double s);

/**
 * isc_marchenko_pastur_quantile:
 * @p: 0 <= p <= 1
 *
 * Returns: the singular value with the share @p below it, by bisection
 */
double isc_marchenko_pastur_quantile (const IscMarchenkoPastur *law, double p);

/** isc_marchenko_pastur_mean: Returns: the mean of s, by quadrature */
double isc_marchenko_pastur_mean (const IscMarchenkoPastur *law);

/** isc_marchenko_pastur_mean_square: Returns: the mean of s^2, v K, exact at any size */
double isc_marchenko_pastur_mean_square (const IscMarchenkoPastur *law);

/** isc_marchenko_pastur_mean_fourth: Returns: the mean of s^4, v^2 K^2 (1 + k/K) */
double isc_marchenko_pastur_mean_fourth (const IscMarchenkoPastur *law);

/** isc_marchenko_pastur_condition: Returns: s_max / s_min, infinite for a square matrix */
double isc_marchenko_pastur_condition (const IscMarchenkoPastur *law);

/**
 * isc_square_condition_cumulative:
 * @x: a condition number divided by n, above 0
 *
 * Returns: the chance that the condition number of a square Gaussian matrix of n rows is below x n,
 * in the limit of large n: exp (-2/x - 2/x^2).  Source: [Edelman88]
 */
double isc_square_condition_cumulative (double x);

/**
 * isc_square_condition_quantile:
 * @p: 0 < p < 1
 *
 * Returns: the x of which isc_square_condition_cumulative() is @p; 3.6713 for the median
 */
double isc_square_condition_quantile (double p);
