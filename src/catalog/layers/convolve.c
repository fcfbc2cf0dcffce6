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

/* What is at hand of one group of one example.  Columns end with a row of ones: the bias is the
 * weight of an input that is always 1. */
typedef struct
{
  IscReal *planes;
  IscReal *columns;
  IscReal *d_columns;
  IscReal *weights; /* of all groups, each output's followed by its bias */
} Room;

/* Returns how much there is of it. */
static gsize
divide_scratch (const Geometry *g, IscReal *scratch, Room *room)
{
  gsize n_planes = g->in * isc_slide_count_padded (&g->window) + ISC_SLIDE_SLACK;
  gsize n_columns = (g->rows + 1) * g->positions + ISC_SLIDE_SLACK;
  gsize n_weights = g->groups * g->out * (g->rows + 1);

  if (room)
    *room = (Room){ scratch, scratch + n_planes, scratch + n_planes + n_columns,
                    scratch + n_planes + 2 * n_columns };
  return n_planes + 2 * n_columns + n_weights;
}

gsize
isc_convolve_measure_scratch (const IscArguments *arguments, const IscShape *input, gsize batch)
{
  Geometry g;

  return measure (arguments, input, &g, NULL) ? divide_scratch (&g, NULL, NULL) : 0;
}

static void
lay_out_columns (const Geometry *g, const Room *room, const IscReal *x)
{
  isc_slide_pad (&g->window, g->in, x, room->planes);
  isc_slide_unfold (&g->window, g->in, room->planes, room->columns);
  for (gsize p = 0; p < g->positions; p++)
    room->columns[g->rows * g->positions + p] = 1.0f;
}

void
isc_convolve_forward (const IscPass *pass, const IscReal *x, IscReal *y)
{
  Geometry g;
  Room room;
  IscProduct product;

  measure (pass->arguments, &pass->input, &g, NULL);
  divide_scratch (&g, pass->scratch, &room);
  for (gsize i = 0; i < g.groups * g.out; i++)
    {
      IscReal *row = room.weights + i * (g.rows + 1);

      memcpy (row, pass->parameters[WEIGHT] + i * g.rows, g.rows * sizeof *row);
      row[g.rows] = pass->n_parameters > BIAS ? pass->parameters[BIAS][i] : 0.0f;
    }
  product = (IscProduct){
    .rows = g.out,
    .columns = g.positions,
    .depth = g.rows + 1,
    .a_row = g.rows + 1,
    .a_column = 1,
    .b_row = g.positions,
    .b_column = 1,
    .c_row = g.positions,
  };
  for (gsize i = 0; i < pass->batch * g.groups; i++)
    {
      lay_out_columns (&g, &room, x + i * g.in * isc_slide_count_input (&g.window));
      isc_real_product (&product, room.weights + i % g.groups * g.out * (g.rows + 1), room.columns,
                        NULL, y + i * g.out * g.positions);
    }
}

/* The sums over examples are kept on their side: it is easier to turn an output's gradient round
 * than its columns. */
static void
add_gradients (
    const Geometry *g, const Room *room, const IscReal *d_out, IscReal *sums, gboolean is_first)
{
  const IscProduct product = {
    .rows = g->rows + 1,
    .columns = g->out,
    .depth = g->positions,
    .a_row = g->positions,
    .a_column = 1,
    .b_row = 1,
    .b_column = g->positions,
    .start_row = g->out,
    .c_row = g->out,
  };

  isc_real_product (&product, room->columns, d_out, is_first ? NULL : sums, sums);
}

static void
hand_out_gradients (const IscPass *pass, const Geometry *g, const Room *room)
{
  for (gsize i = 0; i < g->groups * g->out; i++)
    {
      const IscReal *sums = room->weights + i / g->out * g->out * (g->rows + 1) + i % g->out;

      for (gsize j = 0; j < g->rows; j++)
        pass->gradients[WEIGHT][i * g->rows + j] = sums[j * g->out];
      if (pass->n_parameters > BIAS)
        pass->gradients[BIAS][i] = sums[g->rows * g->out];
    }
}

static void
pass_back (
    const Geometry *g, const Room *room, const IscReal *weights, const IscReal *d_out, IscReal *dx)
{
  const IscProduct product = {
    .rows = g->rows,
    .columns = g->positions,
    .depth = g->out,
    .a_row = 1,
    .a_column = g->rows,
    .b_row = g->positions,
    .b_column = 1,
    .c_row = g->positions,
  };

  isc_real_product (&product, weights, d_out, NULL, room->d_columns);
  memset (room->planes, 0, g->in * isc_slide_count_padded (&g->window) * sizeof (IscReal));
  isc_slide_fold (&g->window, g->in, room->d_columns, room->planes);
  isc_slide_unpad (&g->window, g->in, room->planes, dx);
}

void
isc_convolve_backward (const IscPass *pass, const IscReal *x, const IscReal *dy, IscReal *dx)
{
  Geometry g;
  Room room;

  measure (pass->arguments, &pass->input, &g, NULL);
  divide_scratch (&g, pass->scratch, &room);
  for (gsize i = 0; i < pass->batch * g.groups; i++)
    {
      gsize group = i % g.groups;
      gsize n_input = g.in * isc_slide_count_input (&g.window);
      const IscReal *d_out = dy + i * g.out * g.positions;

      lay_out_columns (&g, &room, x + i * n_input);
      add_gradients (&g, &room, d_out, room.weights + group * g.out * (g.rows + 1), i < g.groups);
      if (dx)
        pass_back (&g, &room, pass->parameters[WEIGHT] + group * g.out * g.rows, d_out,
                   dx + i * n_input);
    }
  hand_out_gradients (pass, &g, &room);
}
