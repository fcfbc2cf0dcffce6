/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/layers/convolve.h"

#include <string.h>

#include "base/error.h"
#include "catalog/layers/slide.h"

enum
{
  WEIGHT,
  BIAS,
};

/* A convolution of one example: (out, in · kernel) times (in · kernel, positions), by groups. */
typedef struct
{
  IscSlide window;
  gsize groups;
  gsize in;
  gsize out;
  gsize rows;
  gsize positions;
} Geometry;

static gboolean
measure (const IscArguments *arguments, const IscShape *input, Geometry *g, GError **error)
{
  const char *id = isc_arguments_get_item (arguments)->id;
  gint64 in = isc_arguments_integer (arguments, "in_channels");
  guint n_dims = (guint)g_ascii_digit_value (id[strlen (id) - 2]);

  if (!isc_slide_new (arguments, n_dims, input, &g->window, error))
    return FALSE;
  if (g->window.channels != in)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s takes %" G_GINT64_FORMAT " channels (in_channels), and %" G_GINT64_FORMAT
                   " come",
                   id, in, g->window.channels);
      return FALSE;
    }
  if (!g_str_equal (isc_arguments_text (arguments, "padding_mode"), "zeros"))
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_INVALID,
                   "%s: padding_mode='%s' can't be trained yet: 'zeros' can", id,
                   isc_arguments_text (arguments, "padding_mode"));
      return FALSE;
    }
  g->groups = (gsize)isc_arguments_integer (arguments, "groups");
  g->in = (gsize)in / g->groups;
  g->out = (gsize)isc_arguments_integer (arguments, "out_channels") / g->groups;
  g->rows = g->in * isc_slide_count_kernel (&g->window);
  g->positions = isc_slide_count_output (&g->window);
  return TRUE;
}

gboolean
isc_convolve_infer_shape (const IscArguments *arguments,
                          const IscShape *input,
                          IscShape *output,
                          GError **error)
{
  Geometry g;

  if (!measure (arguments, input, &g, error))
    return FALSE;
  *output = isc_slide_shape (&g.window, isc_arguments_integer (arguments, "out_channels"));
  return TRUE;
}

/* The columns of one group of one example, and their gradient. */
gsize
isc_convolve_measure_scratch (const IscArguments *arguments, const IscShape *input, gsize batch)
{
  Geometry g;

  return measure (arguments, input, &g, NULL) ? 2 * g.rows * g.positions : 0;
}

void
isc_convolve_forward (const IscPass *pass, const IscReal *x, IscReal *y)
{
  gboolean bias = isc_arguments_boolean (pass->arguments, "bias");
  Geometry g;

  measure (pass->arguments, &pass->input, &g, NULL);
  for (gsize i = 0; i < pass->batch * g.groups; i++)
    {
      gsize group = i % g.groups;
      IscReal *out = y + i * g.out * g.positions;

      isc_slide_unfold (&g.window, g.in, x + i * g.in * isc_slide_count_input (&g.window),
                        pass->scratch);
      for (gsize c = 0; bias && c < g.out; c++)
        for (gsize p = 0; p < g.positions; p++)
          out[c * g.positions + p] = pass->parameters[BIAS][group * g.out + c];
      isc_real_gemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)g.out, (int)g.positions,
                     (int)g.rows, 1.0f, pass->parameters[WEIGHT] + group * g.out * g.rows,
                     (int)g.rows, pass->scratch, (int)g.positions, bias ? 1.0f : 0.0f, out,
                     (int)g.positions);
    }
}

void
isc_convolve_backward (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx)
{
  gboolean bias = isc_arguments_boolean (pass->arguments, "bias");
  IscReal *d_columns;
  Geometry g;

  measure (pass->arguments, &pass->input, &g, NULL);
  d_columns = pass->scratch + g.rows * g.positions;
  memset (pass->gradients[WEIGHT], 0, g.groups * g.out * g.rows * sizeof (IscReal));
  if (bias)
    memset (pass->gradients[BIAS], 0, g.groups * g.out * sizeof (IscReal));
  if (dx)
    memset (dx, 0,
            pass->batch * g.groups * g.in * isc_slide_count_input (&g.window) * sizeof (IscReal));

  for (gsize i = 0; i < pass->batch * g.groups; i++)
    {
      gsize group = i % g.groups;
      gsize n_input = g.in * isc_slide_count_input (&g.window);
      const IscReal *d_out = dy + i * g.out * g.positions;

      isc_slide_unfold (&g.window, g.in, x + i * n_input, pass->scratch);
      isc_real_gemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int)g.out, (int)g.rows,
                     (int)g.positions, 1.0f, d_out, (int)g.positions, pass->scratch,
                     (int)g.positions, 1.0f, pass->gradients[WEIGHT] + group * g.out * g.rows,
                     (int)g.rows);
      for (gsize c = 0; bias && c < g.out; c++)
        {
          IscReal sum = 0.0f;

          for (gsize p = 0; p < g.positions; p++)
            sum += d_out[c * g.positions + p];
          pass->gradients[BIAS][group * g.out + c] += sum;
        }
      if (!dx)
        continue;
      isc_real_gemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int)g.rows, (int)g.positions,
                     (int)g.out, 1.0f, pass->parameters[WEIGHT] + group * g.out * g.rows,
                     (int)g.rows, d_out, (int)g.positions, 0.0f, d_columns, (int)g.positions);
      isc_slide_fold (&g.window, g.in, d_columns, dx + i * n_input);
    }
}
