/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "views/words.h"

#include "base/number-text.h"
#include "engine/start.h"

/* The filled markers: circle, square, triangle, diamond.  A cross means that a run diverged. */
#define N_MARKERS 4

/* A network of more layers than this is told by its first and last widths. */
#define MAX_WIDTHS 8

/* Argument @name of a call, given by name or at @position. */
static const IscValue *
find_argument (const IscCall *call, const char *name, guint position)
{
  for (guint i = 0; i < isc_call_get_n_args (call); i++)
    {
      const char *key = isc_call_get_key (call, i);

      if (key ? g_str_equal (key, name) : i == position)
        return isc_call_get_value (call, i);
    }
  return NULL;
}

/* A network in short: "784-256-128-10, ReLU"; a deep one "64-64-…-64-10, 20 × Linear, Tanh". */
static char *
describe_network (const IscExperiment *experiment)
{
  g_autoptr (GPtrArray) widths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) others = g_string_new (NULL);
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < isc_experiment_get_n_modules (experiment); i++)
    {
      const IscCall *module = isc_experiment_get_module (experiment, i);
      const char *name = isc_call_get_name (module);
      const IscValue *in = find_argument (module, "in_features", 0);
      const IscValue *out = find_argument (module, "out_features", 1);

      if (in && out && g_str_equal (name, "Linear"))
        {
          if (widths->len == 0)
            g_ptr_array_add (widths, g_strdup_printf ("%" G_GINT64_FORMAT, in->integer));
          g_ptr_array_add (widths, g_strdup_printf ("%" G_GINT64_FORMAT, out->integer));
        }
      else if (g_hash_table_add (named, (gpointer)name))
        g_string_append_printf (others, ", %s", name);
    }
  for (guint i = 0; i < widths->len; i++)
    {
      gboolean shown = widths->len <= MAX_WIDTHS || i < 2 || i + 2 >= widths->len;

      if (shown || i == 2)
        g_string_append_printf (text, "%s%s", i ? "-" : "",
                                shown ? (const char *)widths->pdata[i] : "…");
    }
  if (widths->len > MAX_WIDTHS)
    g_string_append_printf (text, ", %u × Linear", widths->len - 1);
  g_string_append (text, others->str);
  return g_string_free (text, FALSE);
}

const char *
isc_words_pytorch (const IscExperiment *experiment)
{
  return isc_experiment_get_pytorch (experiment) == ISC_PYTORCH_2_11 ? "PyTorch 2.11"
                                                                     : "PyTorch 2.12";
}

char *
isc_words_laws (GPtrArray *libraries, gboolean several, gboolean own)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < libraries->len; i++)
    g_string_append_printf (text, "%s%s's", i > 0 ? " and " : "",
                            (const char *)libraries->pdata[i]);
  g_string_append_printf (text, " law%s%s", several ? "s" : "",
                          own ? ", our own random numbers" : "");
  return g_string_free (text, FALSE);
}

char *
isc_words_training (const IscResult *result)
{
  const IscExperiment *experiment = isc_result_get_experiment (result);
  g_autofree char *optimizer = isc_call_to_text (isc_experiment_get_optimizer (experiment));
  IscCall *call = isc_experiment_get_schedule (experiment);
  g_autofree char *schedule = call ? isc_call_to_text (call) : NULL;
  GString *text = g_string_new (optimizer);
  gint64 batch = isc_experiment_get_batch_size (experiment);
  gsize planned
      = isc_result_get_n_runs (result) ? isc_result_get_run (result, 0)->planned_steps : 0;
  g_autofree char *steps = isc_count_to_label (planned);

  if (schedule)
    g_string_append_printf (text, " · %s", schedule);
  if (batch > 0)
    g_string_append_printf (text, " · batch %" G_GINT64_FORMAT, batch);
  else
    g_string_append (text, " · full batch");
  if (planned > 0)
    g_string_append_printf (text, " · %s steps", steps);
  if (isc_experiment_get_clip_grad_norm (experiment) > 0.0)
    {
      g_autofree char *norm
          = isc_number_to_label (isc_experiment_get_clip_grad_norm (experiment), 4);

      g_string_append_printf (text, " · gradients clipped at %s", norm);
    }
  if (isc_experiment_get_clip_grad_value (experiment) > 0.0)
    {
      g_autofree char *value
          = isc_number_to_label (isc_experiment_get_clip_grad_value (experiment), 4);

      g_string_append_printf (text, " · their values at ±%s", value);
    }
  return g_string_free (text, FALSE);
}

static void
append_seeds (GString *text, const IscExperiment *experiment)
{
  guint n = isc_experiment_get_n_seeds (experiment);

  g_string_append (text, n == 1 ? " · seed " : " · seeds ");
  for (guint i = 0; i < MIN (n, 5); i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i ? ", " : "",
                            isc_experiment_get_seed (experiment, i));
  if (n > 5)
    g_string_append_printf (text, " and %u more", n - 5);
  if (!isc_experiment_get_reseed (experiment))
    g_string_append (text, ", one stream");
}

char *
isc_words_run_caption (const IscResult *result)
{
  const IscExperiment *experiment = isc_result_get_experiment (result);
  g_autofree char *data = isc_call_to_text (isc_experiment_get_data (experiment));
  g_autofree char *network = describe_network (experiment);
  g_autoptr (GPtrArray) foreign = isc_start_list_foreign (experiment);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s · %s", data, network);
  append_seeds (text, experiment);
  g_string_append_printf (text, " · %s", isc_words_pytorch (experiment));
  if (foreign->len > 0)
    {
      g_autofree char *laws = isc_words_laws (foreign, foreign->len > 1, TRUE);

      g_string_append_printf (text, " · %s", laws);
    }
  return g_string_free (text, FALSE);
}

void
isc_words_head (IscFigure *figure,
                const IscResult *result,
                const IscViewOptions *options,
                const char *name,
                const char *subtitle,
                const char *caption)
{
  const char *title = isc_experiment_get_title (isc_result_get_experiment (result));

  if (options->compact)
    {
      if (!options->untitled)
        isc_figure_set_title (figure, name);
      return;
    }
  isc_figure_set_title (figure, *title ? title : name);
  isc_figure_set_subtitle (figure, subtitle);
  isc_figure_set_caption (figure, caption);
}

char *
isc_words_join (const char *first, const char *second, const char *third)
{
  const char *const parts[] = { first, second, third };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] && *parts[i])
      g_string_append_printf (text, "%s%s", text->len ? " · " : "", parts[i]);
  return g_string_free (text, FALSE);
}

char *
isc_words_of_run (const IscResult *result, guint index)
{
  const IscRunResult *run = isc_result_get_run (result, index);
  GString *text = g_string_new (run->label);

  if (isc_experiment_get_n_seeds (isc_result_get_experiment (result)) > 1)
    g_string_append_printf (text, ", seed %" G_GUINT64_FORMAT, run->seed);
  if (run->diverged_at >= 0)
    g_string_append_printf (text, " · diverged, step %" G_GINT64_FORMAT, run->diverged_at + 1);
  return g_string_free (text, FALSE);
}

char *
isc_words_lost (const IscResult *result)
{
  guint n_runs = isc_result_get_n_runs (result);
  guint n_lost = 0;
  gsize n_steps = 0;
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GHashTable) named = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_runs; i++)
    {
      const IscRunResult *run = isc_result_get_run (result, i);

      n_steps = MAX (n_steps, run->n_steps);
      if (run->diverged_at != 0)
        continue;
      n_lost++;
      /* A scheme is named once, whichever of its seeds were lost. */
      if (g_hash_table_add (named, GUINT_TO_POINTER (run->init + 1)))
        g_string_append_printf (names, "%s%s", names->len ? ", " : "", run->label);
    }
  if (n_steps == 0)
    return g_strdup ("No step has been trained yet");
  if (n_lost == 0)
    return NULL;
  if (n_lost == n_runs)
    return g_strdup (n_runs == 1 ? "The run diverged at its first step"
                                 : "Every run diverged at its first step");
  return g_strdup_printf ("%s diverged at %s first step", names->str,
                          g_hash_table_size (named) == 1 ? "its" : "their");
}

const char *
isc_words_run_label (const IscResult *result, guint index)
{
  const IscRunResult *run = isc_result_get_run (result, index);

  for (guint i = 0; i < index; i++)
    if (isc_result_get_run (result, i)->init == run->init)
      return NULL;
  return run->label;
}

IscStyle
isc_words_style (guint init)
{
  static const IscDash dashes[]
      = { ISC_DASH_SOLID, ISC_DASH_DASHED, ISC_DASH_DASH_DOT, ISC_DASH_DOTTED };

  return (IscStyle){ .color = (int)init,
                     .marker = ISC_MARKER_CIRCLE + init % N_MARKERS,
                     .dash = dashes[(init / ISC_N_SERIES_COLORS) % G_N_ELEMENTS (dashes)] };
}
