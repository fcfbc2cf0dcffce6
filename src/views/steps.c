/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/steps.h"

#include <math.h>

#include "base/number-text.h"
#include "views/bands.h"
#include "views/clock.h"
#include "views/curve.h"
#include "views/quartiles.h"
#include "views/words.h"

/* Every step under a curve, as look.md has a raw line under another; fainter among seeds. */
#define RAW_OPACITY 0.35
#define RAW_OPACITY_SEEDS 0.2
#define RAW_OPACITY_BANDS 0.1

/* One seed's curve under the median of all. */
#define SEED_OPACITY 0.4
#define SEED_WIDTH 0.6

#define CURVE_WIDTH 1.4

/* More epochs are a line of their own accord: their markers would touch. */
#define MAX_MARKERS 30

static guint
get_n_seeds (const IscSteps *steps)
{
  return steps->alone ? 1 : isc_experiment_get_n_seeds (isc_result_get_experiment (steps->result));
}

static gboolean
is_loss (const IscSteps *steps)
{
  return steps->n_columns == 1 && steps->columns[0] == ISC_TRACE_LOSS;
}

static gboolean
is_smoothed (const IscSteps *steps)
{
  return steps->options->smoothing > 0.0;
}

/* The thick curve of a run, if it has one. */
static IscCurve *
curve_new_thick (const IscSteps *steps, const IscRunResult *run, const IscCurve *rows)
{
  if (is_smoothed (steps))
    return isc_curve_new_smoothed (rows, isc_trace_get_span (run->trace),
                                   steps->options->smoothing);
  return isc_curve_new_epochs (run, rows, is_loss (steps));
}

/* What asks isc_curve_new_epochs() without the work. */
static gboolean
has_thick (const IscSteps *steps, const IscRunResult *run)
{
  return is_smoothed (steps)
         || (run->n_epochs >= 2 && (is_loss (steps) || isc_trace_get_span (run->trace) == 1));
}

static gboolean
has_bands (const IscSteps *steps)
{
  return get_n_seeds (steps) >= ISC_QUARTILES_MIN_MEDIAN;
}

static void
add_line (const IscSteps *steps,
          IscPanel *panel,
          guint index,
          const IscCurve *curve,
          const IscStyle *style,
          const char *label,
          gboolean markers)
{
  IscClock clock = isc_clock_new (steps->result, index, steps->options);
  g_autofree double *x = g_new (double, curve->n + 1);

  if (curve->n == 0)
    return;
  for (gsize i = 0; i < curve->n; i++)
    x[i] = isc_clock_at (&clock, curve->steps[i]);
  isc_panel_add_line (panel, style, label, x, curve->y, curve->n);
  if (markers)
    {
      IscStyle plain = *style;

      plain.width = 0.0;
      isc_panel_add_points (panel, &plain, NULL, x, curve->y, curve->n);
    }
}

/* A cross where a run diverged. */
static void
add_end (const IscSteps *steps, IscPanel *panel, guint index, const IscStyle *style)
{
  const IscRunResult *run = isc_result_get_run (steps->result, index);
  g_autoptr (IscCurve) rows = NULL;
  g_autofree char *text = NULL;
  IscClock clock;
  gsize last;

  if (run->diverged_at < 0)
    return;
  rows = isc_curve_new_rows (run, steps->columns, steps->n_columns);
  /* The loss may outlive the gradient by a step. */
  for (last = rows->n; last > 0 && !isfinite (rows->y[last - 1]);)
    last--;
  if (last == 0)
    return;
  clock = isc_clock_new (steps->result, index, steps->options);
  /* Of many seeds the caption says how many. */
  text = has_bands (steps)
             ? g_strdup ("")
             : g_strdup_printf ("diverged, step %" G_GINT64_FORMAT, run->diverged_at + 1);
  isc_panel_add_end (panel, style, text, isc_clock_at (&clock, rows->steps[last - 1]),
                     rows->y[last - 1]);
}

void
isc_steps_add_raw (
    const IscSteps *steps, IscPanel *panel, guint index, const IscStyle *style, const char *label)
{
  const IscRunResult *run = isc_result_get_run (steps->result, index);
  g_autoptr (IscCurve) rows = isc_curve_new_rows (run, steps->columns, steps->n_columns);
  gboolean under = has_thick (steps, run);
  IscStyle own = *style;

  if (under)
    own.opacity = get_n_seeds (steps) > 1 ? RAW_OPACITY_SEEDS : RAW_OPACITY;
  add_line (steps, panel, index, rows, &own, under ? NULL : label, FALSE);
}

void
isc_steps_add_curve (
    const IscSteps *steps, IscPanel *panel, guint index, const IscStyle *style, const char *label)
{
  const IscRunResult *run = isc_result_get_run (steps->result, index);
  gboolean one = get_n_seeds (steps) == 1;
  IscStyle own = *style;
  g_autoptr (IscCurve) rows = NULL;
  g_autoptr (IscCurve) curve = NULL;

  if (!has_thick (steps, run))
    return;
  rows = isc_curve_new_rows (run, steps->columns, steps->n_columns);
  curve = curve_new_thick (steps, run, rows);
  own.width = one ? CURVE_WIDTH : 1.0;
  add_line (steps, panel, index, curve, &own, label,
            one && !is_smoothed (steps) && curve->n <= MAX_MARKERS);
}

/* The seeds of one init under their median and the band between their quartiles. */
static void
add_bands (const IscSteps *steps, IscPanel *panel, guint init)
{
  g_autoptr (GArray) runs = isc_bands_get_runs (steps->result, init);
  g_autoptr (GPtrArray) curves = g_ptr_array_new_with_free_func ((GDestroyNotify)isc_curve_free);
  const char *label
      = isc_experiment_get_init_label (isc_result_get_experiment (steps->result), init);
  IscBands bands = { steps->result, steps->options, INFINITY };
  IscStyle style = isc_words_style (init), raw = style, thin = style;

  raw.opacity = RAW_OPACITY_BANDS;
  thin.opacity = SEED_OPACITY;
  raw.width = thin.width = SEED_WIDTH;
  for (guint i = 0; i < runs->len; i++)
    {
      guint index = g_array_index (runs, guint, i);
      const IscRunResult *run = isc_result_get_run (steps->result, index);
      IscCurve *rows = isc_curve_new_rows (run, steps->columns, steps->n_columns);
      IscCurve *curve = curve_new_thick (steps, run, rows);

      add_line (steps, panel, index, rows, curve ? &raw : &thin, NULL, FALSE);
      if (curve)
        {
          add_line (steps, panel, index, curve, &thin, NULL, FALSE);
          isc_curve_free (rows);
        }
      g_ptr_array_add (curves, curve ? curve : rows);
    }
  isc_bands_add (&bands, panel, (const guint *)(gpointer)runs->data,
                 (IscCurve *const *)curves->pdata, runs->len, &style, label);
}

void
isc_steps_add_inits (const IscSteps *steps, IscPanel *panel)
{
  const IscResult *result = steps->result;
  guint n_runs = isc_result_get_n_runs (result);

  if (has_bands (steps))
    for (guint i = 0; i < isc_experiment_get_n_inits (isc_result_get_experiment (result)); i++)
      add_bands (steps, panel, i);
  for (guint pass = 0; pass < 2 && !has_bands (steps); pass++)
    for (guint i = 0; i < n_runs; i++)
      {
        IscStyle style = isc_words_style (isc_result_get_run (result, i)->init);

        (pass == 0 ? isc_steps_add_raw : isc_steps_add_curve) (steps, panel, i, &style,
                                                               isc_words_run_label (result, i));
      }
  for (guint i = 0; i < n_runs; i++)
    {
      IscStyle style = isc_words_style (isc_result_get_run (result, i)->init);

      add_end (steps, panel, i, &style);
    }
}

static void
append (GString *text, const char *part)
{
  if (part)
    g_string_append_printf (text, "%s%s", text->len ? " · " : "", part);
}

char *
isc_steps_caption (const IscSteps *steps)
{
  GString *text = g_string_new (NULL);
  g_autofree char *weight = isc_number_to_label (steps->options->smoothing, 4);
  g_autofree char *raw = NULL, *lost = steps->alone ? NULL : isc_bands_losses (steps->result);
  gboolean thick = FALSE;
  gsize span = 1;

  for (guint i = 0; i < isc_result_get_n_runs (steps->result); i++)
    {
      const IscRunResult *run = isc_result_get_run (steps->result, i);

      thick = thick || has_thick (steps, run);
      span = MAX (span, isc_trace_get_span (run->trace));
    }
  raw = span == 1 ? g_strdup ("every step")
                  : g_strdup_printf ("least and greatest of %" G_GSIZE_FORMAT " steps", span);
  if (!thick)
    g_string_append (text, raw);
  else if (is_smoothed (steps))
    g_string_append_printf (text, "%s: %s, %s: exponential mean%s, weight %s, unbiased",
                            has_bands (steps) ? "faint" : "thin", raw,
                            has_bands (steps) ? "thin" : "thick",
                            span > 1 ? " of their middles" : "", weight);
  else
    g_string_append_printf (text, "%s: %s, %s: mean of each epoch",
                            has_bands (steps) ? "faint" : "thin", raw,
                            has_bands (steps) ? "thin" : "thick");
  append (text, isc_bands_caption (get_n_seeds (steps)));
  append (text, lost);
  append (text, isc_clock_caption (steps->options));
  return g_string_free (text, FALSE);
}

char *
isc_steps_note (const IscSteps *steps)
{
  char *lost = isc_words_lost (steps->result);

  return lost ? lost : g_strdup (isc_clock_note (steps->result, steps->options));
}
