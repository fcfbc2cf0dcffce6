/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sparse_: a normal matrix in each of whose columns a fixed number of weights is 0.
 *
 * Martens 2010, section 5: units that see few inputs, with large weights, differ from each other
 * without saturating.  PyTorch puts the zeros into columns: ceil(sparsity · rows) of each, so that
 * an input reaches only some units, while the number of inputs that a unit sees varies.  The
 * variance of the signal is (1 - sparsity) fan_in std², whatever the fan.
 *
 * Which rows are 0 is the beginning of a permutation for each column. */

#include <math.h>

#include "base/error.h"
#include "base/number-text.h"
#include "catalog/schemes/schemes.h"

/* Columns whose zeros are gathered as bits of a word before a row is touched: two cache lines of
 * weights.  A column at a time would touch a line for each zero. */
#define GROUP 32

/* Words drawn at a time: they stay in the first cache. */
#define CHUNK 512

/* @inverse: 2^32 / (rows - i), rounded up
 * @order: the permutation of a column
 * @masks: a bit for each column of the group
 *
 * Each has an element a row. */
typedef struct
{
  guint32 *inverse;
  guint32 *order;
  guint32 *masks;
} Workspace;

static void
workspace_clear (Workspace *w)
{
  g_free (w->inverse);
  g_free (w->order);
  g_free (w->masks);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Workspace, workspace_clear)

static gboolean
workspace_init (Workspace *w, gsize rows, GError **error)
{
  w->inverse = g_try_new (guint32, rows);
  w->order = g_try_new (guint32, rows);
  w->masks = g_try_new (guint32, rows);
  if (!w->inverse || !w->order || !w->masks)
    {
      g_set_error (error, ISC_ERROR, ISC_ERROR_RESOURCE,
                   "sparse_: there is no memory to permute %" G_GSIZE_FORMAT " rows", rows);
      return FALSE;
    }
  /* The last divisor, 1, is never drawn for. */
  for (gsize i = 0; i + 1 < rows; i++)
    w->inverse[i] = (guint32)((G_MAXUINT32 + (guint64)(rows - i)) / (rows - i));
  return TRUE;
}

/* Replaces each word by word mod @divisor, which falls by 1 from word to word, without dividing:
 * the quotient by the rounded inverse is right or 1 too large, and then the rest is negative. */
static void
reduce (guint32 *words, const guint32 *inverse, guint32 divisor, guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    {
      guint32 quotient = (guint32)(((guint64)words[i] * inverse[i]) >> 32);
      guint32 rest = words[i] - quotient * (divisor - i);

      words[i] = rest + ((divisor - i) & -(rest >> 31));
    }
}

/* torch.randperm(rows) as far as its first @n_zeros entries, of which or behind which all get @bit.
 */
static void
mark_column (
    Workspace *w, IscGenerator *generator, gsize rows, gsize n_zeros, gboolean kept, guint32 bit)
{
  guint32 words[CHUNK];

  for (guint32 i = 0; i < (guint32)rows; i++)
    w->order[i] = i;
  for (gsize first = 0; first < rows - 1; first += CHUNK)
    {
      gsize n = MIN (CHUNK, rows - 1 - first);
      guint32 *order = w->order + first;

      isc_generator_words (generator, words, n);
      if (first >= n_zeros)
        continue;
      n = MIN (n, n_zeros - first);
      reduce (words, w->inverse + first, (guint32)(rows - first), (guint32)n);
      for (gsize i = 0; i < n; i++)
        {
          guint32 *other = &order[i + words[i]];
          guint32 drawn = *other;

          *other = order[i];
          order[i] = drawn;
        }
    }
  for (gsize i = kept ? n_zeros : 0; i < (kept ? rows : n_zeros); i++)
    w->masks[w->order[i]] |= bit;
}

static gsize
count_zeros (const IscArguments *arguments, const IscSite *site)
{
  return (gsize)ceil (isc_arguments_number (arguments, "sparsity") * (double)site->shape.dims[0]);
}

static gboolean
fill (const IscArguments *arguments,
      const IscSite *site,
      IscGenerator *generator,
      IscTensor *tensor,
      GError **error)
{
  gsize rows = (gsize)site->shape.dims[0];
  gsize columns = (gsize)site->shape.dims[1];
  gsize n_zeros = count_zeros (arguments, site);
  float *data = isc_tensor_edit_data (tensor);
  gboolean kept = n_zeros > rows / 2; /* The fewer are marked. */
  guint32 bits[GROUP];
  g_auto (Workspace) w = { 0 };

  isc_generator_normal (generator, data, rows * columns, 0.0,
                        isc_arguments_number (arguments, "std"));
  if (rows == 0 || columns == 0)
    return TRUE;
  if (!workspace_init (&w, rows, error))
    return FALSE;

  /* Powers of two in memory: the vector units of old machines shift all lanes alike. */
  for (guint j = 0; j < GROUP; j++)
    bits[j] = 1u << j;
  for (gsize left = 0; left < columns; left += GROUP)
    {
      gsize n = MIN (GROUP, columns - left);

      for (gsize i = 0; i < rows; i++)
        w.masks[i] = 0;
      for (gsize j = 0; j < n; j++)
        mark_column (&w, generator, rows, n_zeros, kept, bits[j]);
      for (gsize i = 0; i < rows; i++)
        {
          float *row = data + i * columns + left;
          guint32 zeros = kept ? ~w.masks[i] : w.masks[i];

          for (gsize j = 0; j < n; j++)
            row[j] = zeros & bits[j] ? 0.0f : row[j];
        }
    }
  return TRUE;
}

static IscLaw
law (const IscArguments *arguments, const IscSite *site)
{
  IscLaw normal = isc_law_normal (0.0, isc_arguments_number (arguments, "std"));

  return isc_law_with_zeros (normal, (double)count_zeros (arguments, site)
                                         / (double)MAX (site->shape.dims[0], 1));
}

static char *
describe (const IscArguments *arguments, const IscSite *site)
{
  IscLaw mixture = law (arguments, site);
  gint64 rows = site->shape.dims[0];
  gint64 n_zeros = (gint64)count_zeros (arguments, site);
  g_autofree char *std = isc_number_to_label (mixture.std, 4);
  g_autofree char *whole = isc_number_to_label (sqrt (isc_law_variance (&mixture)), 4);

  return g_strdup_printf ("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                          " in each column 0, std = %s · √(%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT
                          ") = %s",
                          n_zeros, rows, std, rows - n_zeros, rows, whole);
}

static const IscParameter parameters[] = {
  { "sparsity", ISC_PARAMETER_NUMBER, NULL, 0, 1,
    .help = N_ ("The share of each column that is 0, rounded up to whole weights.") },
  { "std", ISC_PARAMETER_NUMBER, "0.01", 0, G_MAXFLOAT,
    .help = N_ ("The standard deviation of the weights that are not 0.") },
};

const IscScheme isc_scheme_sparse = {
  .item = {
    .id = "sparse_",
    .label = N_ ("Sparse"),
    .summary = N_ ("Few connections for each input, the others 0: units start different without saturating."),
    .formula = "⌈sparsity · rows⌉ weights of each column 0, the others ~ N(0, std²)",
    .citation = "Martens 2010, Deep learning via Hessian-free optimization, section 5",
    .caution = N_ ("Ignores the fan: the default std=0.01 lets the signal of a deep network vanish."),
    ISC_PARAMETERS (parameters),
  },
  .library = "PyTorch",
  .min_dims = 2,
  .max_dims = 2,
  .fill = fill,
  .law = law,
  .describe = describe,
};
