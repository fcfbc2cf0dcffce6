/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Singular values of the weight matrix beside Marchenko and Pastur's law, or beside the gain where
 * a scheme makes them all equal. */

#include <math.h>

#include "base/number-text.h"
#include "stats/histogram.h"
#include "stats/marchenko-pastur.h"
#include "stats/spectrum.h"
#include "views/entries.h"
#include "views/views.h"

/* Points of the law's curve. */
#define N_CURVE 513

/* Up to so many multiplications the exact method is used: about two seconds. */
#define MOST_EXACT 1e10

/* ... and beyond these none at all: minutes. */
#define MOST_WORK 3e12

/* From so many on the quick method shows first: a tenth of a second. */
#define WORTH_PREVIEW 5e8

/* Values nearer to each other than this part of the largest are one: float32 entries have no more
 * digits. */
#define ONE_VALUE 2e-5

#define EMPHASIS 1.4

/* What is known of one matrix. */
typedef struct
{
  const IscWeightEntry *entry;
  gsize rows;
  gsize columns;
  gboolean one_tap;
  IscSpectrum *spectrum;
  char *why;
} Matrix;

static void
matrix_free (gpointer data)
{
  Matrix *matrix = data;

  g_clear_pointer (&matrix->spectrum, isc_spectrum_unref);
  g_free (matrix->why);
  g_free (matrix);
}

/* Multiplications for all singular values of a matrix with @n entries. */
static double
work_of (gsize n, gsize rows)
{
  return (double)n * (double)MIN (rows, n / MAX (rows, 1));
}

/* The gain that an orthogonal scheme promises; 0 for any other. */
static double
promised_gain (const IscWeightEntry *entry)
{
  return entry->law.kind == ISC_LAW_SPHERE ? entry->law.std : 0.0;
}

/* What is promised orthogonal beside zeros is one tap of a convolution's kernel.  Returns:
 * (nullable): the columns that are not all zeros, which are @matrix's columns from now on; none if
 * memory ran out or there is nothing but zeros. */
static float *
take_tap (Matrix *matrix, const float *values)
{
  gsize columns = matrix->columns, n = matrix->rows * columns, n_filled = 0, n_taken = 0;
  g_autofree gboolean *filled = g_try_new0 (gboolean, columns);
  float *taken;

  if (!filled)
    return NULL;
  for (gsize i = 0; i < n; i++)
    filled[i % columns] |= values[i] != 0.0f;
  for (gsize j = 0; j < columns; j++)
    n_filled += (gsize)filled[j];
  taken = n_filled > 0 ? g_try_new (float, matrix->rows *n_filled) : NULL;
  if (!taken)
    return NULL;
  for (gsize i = 0; i < n; i++)
    if (filled[i % columns])
      taken[n_taken++] = values[i];
  matrix->columns = n_filled;
  matrix->one_tap = TRUE;
  return taken;
}

static Matrix *
matrix_new (const IscWeightEntry *entry, gboolean preview, GCancellable *cancellable)
{
  Matrix *matrix = g_new0 (Matrix, 1);
  const IscMoments *moments = isc_summary_get_moments (entry->summary);
  const float *values = isc_tensor_get_data (entry->tensor);
  gsize n = isc_tensor_get_count (entry->tensor);
  g_autofree float *tap = NULL;
  double work;
  g_autoptr (GError) error = NULL;

  matrix->entry = entry;
  matrix->rows = isc_entry_get_rows (entry);
  matrix->columns = n / MAX (matrix->rows, 1);
  work = work_of (n, matrix->rows);
  preview = preview && work > WORTH_PREVIEW;
  if (n == 0 || moments->count < n)
    matrix->why = isc_entry_note (entry);
  else if (isc_tensor_get_shape (entry->tensor)->n_dims < 2)
    matrix->why
        = g_strdup ("Singular values need a matrix: this tensor has fewer than two dimensions");
  else if (work > MOST_WORK)
    matrix->why = g_strdup ("The singular values of so large a matrix would take minutes");
  if (matrix->why)
    return matrix;
  if (promised_gain (entry) > 0.0 && entry->law.zeros > 0.0)
    tap = take_tap (matrix, values);
  matrix->spectrum
      = isc_spectrum_new (tap ? tap : values, matrix->rows, matrix->columns,
                          preview || work > MOST_EXACT ? ISC_SPECTRUM_PREVIEW : ISC_SPECTRUM_EXACT,
                          cancellable, &error);
  if (!matrix->spectrum)
    matrix->why = g_strdup_printf ("The singular values are not known: %s", error->message);
  return matrix;
}

/* Whether all singular values are one number. */
static gboolean
is_one_value (const Matrix *matrix)
{
  gsize k;
  const double *values = isc_spectrum_get_values (matrix->spectrum, &k);

  return values[0] - values[k - 1] <= ONE_VALUE * values[0];
}

/* Variance of an entry: the law's, or the sample's where there is none.  A mean other than 0 moves
 * one singular value out of the law and leaves the others in it. */
static double
variance_of (const IscWeightEntry *entry)
{
  double std = isc_summary_get_moments (entry->summary)->std;

  return entry->law.kind != ISC_LAW_NONE ? isc_law_variance (&entry->law) : std * std;
}

/* Whether Marchenko and Pastur's law says anything of it: not where one value is promised or found,
 * nor of entries that do not vary or are copies of each other. */
static gboolean
has_law (const Matrix *matrix)
{
  return matrix->spectrum && !is_one_value (matrix) && promised_gain (matrix->entry) == 0.0
         && variance_of (matrix->entry) > 0.0 && matrix->entry->law.copies < 2;
}

static void
add_histogram (IscPanel *panel, const Matrix *matrix, const IscStyle *style, const char *label)
{
  gsize k;
  const double *values = isc_spectrum_get_values (matrix->spectrum, &k);
  /* Values past float32's are of huge weights. */
  double unit = values[0] > (double)G_MAXFLOAT ? values[0] : 1.0;
  g_autofree float *floats = g_new (float, k);
  g_autofree double *edges = NULL;
  g_autofree double *heights = NULL;
  g_autoptr (IscHistogram) histogram = NULL;
  IscBinRule rule;
  guint n;

  for (gsize i = 0; i < k; i++)
    floats[i] = (float)(values[i] / unit);
  isc_bin_rule_parse ("auto", &rule, NULL);
  histogram = isc_histogram_new (floats, k, &rule, NULL);
  if (!histogram)
    return;
  n = isc_histogram_get_n_bins (histogram);
  heights = g_new (double, n);
  edges = g_new (double, n + 1);
  for (guint i = 0; i < n; i++)
    heights[i] = isc_histogram_get_density (histogram, i) / unit;
  for (guint i = 0; i <= n; i++)
    edges[i] = isc_histogram_get_edges (histogram)[i] * unit;
  isc_panel_add_bars (panel, style, label, edges, heights, n);
}

static void
add_law (IscPanel *panel, const Matrix *matrix, gboolean legend)
{
  IscStyle curve = { .color = ISC_INK, .dash = ISC_DASH_DASHED };
  IscStyle edge = { .color = ISC_INK, .dash = ISC_DASH_DOTTED, .width = 0.8 };
  IscMarchenkoPastur law
      = isc_marchenko_pastur (matrix->rows, matrix->columns, variance_of (matrix->entry));
  double x[N_CURVE], y[N_CURVE];

  for (int i = 0; i < N_CURVE; i++)
    {
      /* Closer at the edges, where the curve is steep. */
      double at = 0.5 - 0.5 * cos (G_PI * i / (N_CURVE - 1));

      x[i] = law.s_min + at * (law.s_max - law.s_min);
      y[i] = isc_marchenko_pastur_density (&law, x[i]);
    }
  isc_panel_add_line (panel, &curve, legend ? "Marchenko–Pastur" : NULL, x, y, N_CURVE);
  isc_panel_add_rule (panel, &edge, legend ? "its edges" : NULL, ISC_AXIS_X, law.s_min);
  isc_panel_add_rule (panel, &edge, NULL, ISC_AXIS_X, law.s_max);
}

/* All singular values are one: a stem at it and, where it was promised, a rule at the gain. */
static void
add_one_value (IscPanel *panel, const Matrix *matrix, const IscStyle *style, gboolean legend)
{
  IscStyle rule = { .color = ISC_INK, .dash = ISC_DASH_DASHED };
  double gain = promised_gain (matrix->entry), at;
  gsize k;
  const double *values = isc_spectrum_get_values (matrix->spectrum, &k);
  g_autofree char *count = isc_count_to_label (k);
  g_autofree char *value = isc_number_to_label (values[0], 5);
  g_autofree char *note = k == 1
                              ? g_strdup_printf ("The one singular value is %s", value)
                              : g_strdup_printf ("All %s singular values equal %s", count, value);

  isc_panel_set_axis (panel, ISC_AXIS_Y, "share of singular values", ISC_SCALE_LINEAR);
  isc_panel_set_note (panel, note);
  if (gain > 0.0)
    isc_panel_add_rule (panel, &rule, legend ? "gain" : NULL, ISC_AXIS_X, gain);
  /* A rounding beside the gain would make an axis of roundings. */
  at = fabs (values[0] - gain) <= ONE_VALUE * gain ? gain : values[0];
  isc_panel_add_stem (panel, style, legend ? "singular values" : NULL, at, 1.0);
}

static void
fill_panel (IscPanel *panel, const Matrix *matrix, int color, gboolean legend, gboolean show_law)
{
  IscStyle style = { .color = color };

  isc_panel_set_axis (panel, ISC_AXIS_X, "singular value", ISC_SCALE_LINEAR);
  isc_panel_set_axis (panel, ISC_AXIS_Y, "density", ISC_SCALE_LINEAR);
  isc_panel_set_note (panel, matrix->why);
  if (!matrix->spectrum)
    return;
  if (is_one_value (matrix))
    {
      style.width = EMPHASIS;
      add_one_value (panel, matrix, &style, legend);
      return;
    }
  add_histogram (panel, matrix, &style, legend ? "singular values" : NULL);
  if (show_law && has_law (matrix))
    add_law (panel, matrix, legend);
}

/* "0.6 to 2.2 · condition 3.6", or how far from orthogonal where that was promised or is so. @what:
 * what the first numbers are, where nothing else says it. */
static char *
numbers_in_words (const Matrix *matrix, const char *what)
{
  gsize k;
  const double *values = isc_spectrum_get_values (matrix->spectrum, &k);
  double condition = isc_spectrum_get_condition (matrix->spectrum), gain, frobenius;
  g_autofree char *number = isc_number_to_label (condition, 3);
  g_autofree char *least = isc_number_to_label (values[k - 1], 3);
  g_autofree char *most = isc_number_to_label (values[0], 3);
  g_autofree char *away = NULL;
  g_autofree char *gain_text = NULL;
  gboolean preview = isc_spectrum_get_method (matrix->spectrum) == ISC_SPECTRUM_PREVIEW;
  const char *product = matrix->rows >= matrix->columns ? "WᵀW" : "WWᵀ";

  gain = promised_gain (matrix->entry);
  if (gain == 0.0 && k > 1 && values[0] > 0.0 && is_one_value (matrix))
    gain = values[0];
  if (gain > 0.0)
    {
      isc_spectrum_get_deviation (matrix->spectrum, gain, NULL, &frobenius);
      away = isc_number_to_label (frobenius, 2);
      gain_text = isc_number_to_label (gain, 4);
      if (fabs (gain - 1.0) < ONE_VALUE)
        return g_strdup_printf ("condition %s · ‖%s − I‖ %s", number, product, away);
      return g_strdup_printf ("condition %s · ‖%s/%s² − I‖ %s", number, product, gain_text, away);
    }
  if (k == 1)
    return g_strdup_printf ("%s%s", what, most);
  if (isc_spectrum_is_singular (matrix->spectrum))
    return g_strdup_printf ("%sup to %s · singular%s", what, most,
                            preview ? " as far as is seen" : "");
  return g_strdup_printf ("%s%s to %s · condition %s%s", what, least, most, preview ? "about " : "",
                          number);
}

/* How far the smallest singular value may be off by the quick method; 0 for the exact one. */
static double
preview_error (const Matrix *matrix)
{
  gsize k;
  const double *values = isc_spectrum_get_values (matrix->spectrum, &k);

  return isc_spectrum_get_method (matrix->spectrum) == ISC_SPECTRUM_PREVIEW
             ? isc_spectrum_get_error (matrix->spectrum, values[k - 1])
             : 0.0;
}

static void
caption (const IscEntries *entries,
         IscFigure *figure,
         const IscViewOptions *options,
         GPtrArray *matrices)
{
  g_autoptr (GString) how = g_string_new (NULL);
  gboolean law = FALSE, fitted = FALSE, taps = FALSE;
  double uncertainty = 0.0;

  for (guint i = 0; i < matrices->len; i++)
    {
      const Matrix *matrix = matrices->pdata[i];

      if (!matrix->spectrum)
        continue;
      uncertainty = fmax (uncertainty, preview_error (matrix));
      taps |= matrix->one_tap;
      law |= has_law (matrix);
      fitted |= has_law (matrix) && matrix->entry->law.kind == ISC_LAW_NONE;
    }
  if (law && options->show_law)
    g_string_append_printf (how, "Marchenko–Pastur with the variance of the %s",
                            fitted ? "weights" : "law");
  if (taps)
    g_string_append_printf (how, "%staps of zeros are left out", how->len > 0 ? " · " : "");
  if (uncertainty > 0.0)
    {
      g_autofree char *error = isc_number_to_label (uncertainty, 1);

      g_string_append_printf (how, "%squick method: the smallest value within ±%s",
                              how->len > 0 ? " · " : "", error);
    }
  isc_entries_caption (entries, figure, options, how->str);
}

static IscFigure *
make (IscWeights *weights, const IscViewOptions *options)
{
  IscFigure *figure = isc_figure_new ();
  g_autoptr (IscEntries) entries = isc_entries_new (weights, options->tensor, ISC_ENTRIES_MOST);
  g_autoptr (GPtrArray) matrices = g_ptr_array_new_with_free_func (matrix_free);
  guint n = isc_entries_get_n (entries);
  g_autofree char *lead = NULL;
  gboolean legend = TRUE;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (matrices, matrix_new (isc_entries_get (entries, i), options->preview,
                                           options->cancellable));
  if (n == 1 && ((Matrix *)matrices->pdata[0])->spectrum)
    lead = numbers_in_words (matrices->pdata[0], "singular values ");
  if (!isc_entries_head (entries, figure, options, "Singular values", lead))
    return figure;
  isc_figure_set_shared (figure, ISC_AXIS_X, n > 1 && entries->compared);
  for (guint i = 0; i < n; i++)
    {
      const Matrix *matrix = matrices->pdata[i];
      IscPanel *panel = isc_figure_add_panel (figure);
      g_autofree char *numbers = matrix->spectrum ? numbers_in_words (matrix, "") : NULL;

      fill_panel (panel, matrix, entries->compared ? isc_entries_style (entries, i).color : 0,
                  legend, options->show_law);
      legend = legend && !(matrix->spectrum && !is_one_value (matrix));
      isc_entries_panel_title (entries, i, panel, numbers);
    }
  caption (entries, figure, options, matrices);
  return figure;
}

static gboolean
has_preview (IscWeights *weights)
{
  g_autoptr (IscEntries) entries = isc_entries_new (weights, NULL, ISC_ENTRIES_MOST);

  for (guint i = 0; i < isc_entries_get_n (entries); i++)
    {
      const IscWeightEntry *entry = isc_entries_get (entries, i);
      double work = work_of (isc_tensor_get_count (entry->tensor), isc_entry_get_rows (entry));

      if (work > WORTH_PREVIEW && work <= MOST_EXACT)
        return TRUE;
    }
  return FALSE;
}

const IscView isc_view_spectrum = {
  .id = "spectrum",
  .label = N_ ("Spectrum"),
  .summary = N_ ("Singular values of the weight matrix, and the law they follow."),
  .of_weights = make,
  .has_preview = has_preview,
};
