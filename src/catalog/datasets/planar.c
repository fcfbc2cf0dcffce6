/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/datasets/planar.h"

#include "catalog/datasets/data.h"

IscData *
isc_data_new_planar (const IscArguments *arguments,
                     gint64 n_classes,
                     IscPlanarPoint place,
                     GError **error)
{
  gint64 n = isc_arguments_integer (arguments, "samples");
  IscShape shape = isc_shape (2, n, G_GINT64_CONSTANT (2));
  g_autoptr (IscTensor) inputs = isc_tensor_new (NULL, &shape, error);
  g_autofree gint64 *classes = isc_data_new_indices ((gsize)n, error);
  g_autoptr (IscGenerator) generator = isc_generator_new (isc_arguments_seed (arguments, "seed"));
  float *x;

  if (!inputs || !classes)
    return NULL;
  x = isc_tensor_edit_data (inputs);
  isc_generator_normal (generator, x, 2 * (gsize)n, 0.0, isc_arguments_number (arguments, "noise"));
  for (gint64 i = 0; i < n; i++)
    {
      double point[2];
      gint64 class = i % n_classes;
      gsize n_in_class = (gsize)((n - class + n_classes - 1) / n_classes);

      place (arguments, class, (gsize)(i / n_classes), n_in_class, point);
      x[2 * i] += (float)point[0];
      x[2 * i + 1] += (float)point[1];
      classes[i] = class;
    }
  return isc_data_new_common (arguments, inputs, classes, NULL, n_classes, error);
}

void
isc_data_describe_planar (gint64 n_classes, IscDataInfo *info)
{
  info->known = TRUE;
  info->input = isc_shape (1, G_GINT64_CONSTANT (2));
  info->n_classes = n_classes;
}
