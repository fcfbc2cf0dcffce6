/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/cells.h"
#include "base/generator.h"
#include "base/ref-count.h"
#include "base/tensor.h"
#include "catalog/item.h"

/**
 * IscSplit:
 * @inputs: (n, ...) one example a row
 * @classes: (nullable): n class indices
 * @values: (nullable): (n, ...) target values
 * @n: how many examples; 0 for a split that is not there
 *
 * Training or test examples.
 */
typedef struct
{
  IscTensor *inputs;
  gint64 *classes;
  IscTensor *values;
  gsize n;
} IscSplit;

/**
 * IscData:
 * @train: what is trained on
 * @test: what is only looked at, possibly empty
 * @n_classes: how many classes; 0 for values
 *
 * A data set in memory.  Immutable once made, reference-counted.
 */
typedef struct
{
  IscRefCount ref_count;
  IscSplit train;
  IscSplit test;
  gint64 n_classes;
} IscData;

/** isc_data_new: Returns: (transfer full): an empty data set, to be filled by its maker */
IscData *isc_data_new (void);
IscData *isc_data_ref (IscData *data);
void isc_data_unref (IscData *data);

/**
 * isc_data_explain_gaps:
 *
 * Returns: (transfer full) (nullable): a sentence on classes that no training example is of, so
 *   that nothing but their bias is learned; %NULL if there are none
 */
char *isc_data_explain_gaps (const IscData *data);

/** Classes whose number is known only when the files are read. */
#define ISC_DATA_COUNTED G_GINT64_CONSTANT (-1)

/**
 * IscDataInfo:
 * @input: the shape of one example; no dimensions if it is known only when the files are read
 * @n_classes: how many classes; 0 if the targets are values, %ISC_DATA_COUNTED if only the files
 *   tell
 * @n_targets: how many target values an example has; 0 for classes
 * @known: whether it is known that the targets are classes, or are values
 *
 * What can be said of a data set from its call alone.
 */
typedef struct
{
  IscShape input;
  gint64 n_classes;
  gint64 n_targets;
  gboolean known;
} IscDataInfo;

/**
 * IscDataFormat:
 * @ISC_DATA_NPY: one array of NumPy's
 * @ISC_DATA_IDX: MNIST's format, gzip-compressed or not
 * @ISC_DATA_CSV: a table, gzip-compressed or not
 */
typedef enum
{
  ISC_DATA_NPY,
  ISC_DATA_IDX,
  ISC_DATA_CSV,
} IscDataFormat;

/**
 * IscDatasetSource:
 * @resource: a shipped file below the datasets resource, or %NULL
 * @parameter: the parameter that holds a path, possibly None, or %NULL
 * @format: how it is read
 *
 * A file a data set is made from.  The engine reads it.
 */
typedef struct
{
  const char *resource;
  const char *parameter;
  IscDataFormat format;
} IscDatasetSource;

/**
 * IscDataFile:
 * @tensor: (nullable): the numbers of an array or of images
 * @cells: (nullable): the cells of a table
 *
 * What was read of a source; both are %NULL if its parameter is None.  Whoever makes the data may
 * take them, so that they are not there twice.
 */
typedef struct
{
  IscTensor *tensor;
  IscCells *cells;
} IscDataFile;

/**
 * IscDataset:
 * @item: the head
 * @sources: (array length=n_sources): the files it needs
 * @n_examples: of a shipped set: how many examples test_fraction is taken of; 0 for others
 * @check: (nullable): whether its arguments fit each other; ISC_ERROR_INVALID
 * @describe: what its call says before any data are made
 * @draws_from_run: (nullable): whether it draws from the run's generator, so that each run has its
 *   own
 * @make: makes the data from what was read of @sources, in their order, and @generator (the run's,
 *   used only if @draws_from_run says so)
 *
 * A data set.
 */
typedef struct
{
  IscItem item;
  const IscDatasetSource *sources;
  guint n_sources;
  gsize n_examples;
  gboolean (*check) (const IscArguments *arguments, GError **error);
  void (*describe) (const IscArguments *arguments, IscDataInfo *info);
  gboolean (*draws_from_run) (const IscArguments *arguments);
  IscData *(*make) (const IscArguments *arguments,
                    IscDataFile *files,
                    IscGenerator *generator,
                    GError **error);
} IscDataset;

/** isc_dataset_check: Returns: whether the arguments fit each other; %FALSE with ISC_ERROR_INVALID
 */
gboolean
isc_dataset_check (const IscDataset *dataset, const IscArguments *arguments, GError **error);

/** isc_dataset_count_training: Returns: how many training examples a call will make; 0 if only its
 * files tell */
gsize isc_dataset_count_training (const IscDataset *dataset, const IscArguments *arguments);

/** isc_datasets_get_items: Returns: (array length=n): the list of data sets */
const IscItem *const *isc_datasets_get_items (guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IscData, isc_data_unref)
