/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/datasets/datasets.h"

#include "catalog/datasets/data.h"

extern const IscDataset isc_dataset_random_classification;
extern const IscDataset isc_dataset_random_regression;
extern const IscDataset isc_dataset_random_normal;
extern const IscDataset isc_dataset_spiral;
extern const IscDataset isc_dataset_moons;
extern const IscDataset isc_dataset_circles;
extern const IscDataset isc_dataset_two_gaussians;
extern const IscDataset isc_dataset_xor;
extern const IscDataset isc_dataset_sine;
extern const IscDataset isc_dataset_iris;
extern const IscDataset isc_dataset_wine;
extern const IscDataset isc_dataset_breast_cancer;
extern const IscDataset isc_dataset_digits;
extern const IscDataset isc_dataset_mnist;
extern const IscDataset isc_dataset_fashion_mnist;
extern const IscDataset isc_dataset_csv;
extern const IscDataset isc_dataset_idx;
extern const IscDataset isc_dataset_arrays;

/* THE list: a data set is its own file and one line here. */
static const IscItem *const datasets[] = {
  &isc_dataset_random_classification.item,
  &isc_dataset_random_regression.item,
  &isc_dataset_random_normal.item,
  &isc_dataset_spiral.item,
  &isc_dataset_moons.item,
  &isc_dataset_circles.item,
  &isc_dataset_two_gaussians.item,
  &isc_dataset_xor.item,
  &isc_dataset_sine.item,
  &isc_dataset_iris.item,
  &isc_dataset_wine.item,
  &isc_dataset_breast_cancer.item,
  &isc_dataset_digits.item,
  &isc_dataset_mnist.item,
  &isc_dataset_fashion_mnist.item,
  &isc_dataset_csv.item,
  &isc_dataset_idx.item,
  &isc_dataset_arrays.item,
};

gboolean
isc_dataset_check (const IscDataset *dataset, const IscArguments *arguments, GError **error)
{
  return !dataset->check || dataset->check (arguments, error);
}

gsize
isc_dataset_count_training (const IscDataset *dataset, const IscArguments *arguments)
{
  gsize n = dataset->n_examples ? dataset->n_examples : isc_data_count_samples (arguments);

  return isc_data_count_training (arguments, n);
}

const IscItem *const *
isc_datasets_get_items (guint *n)
{
  *n = G_N_ELEMENTS (datasets);
  return datasets;
}
