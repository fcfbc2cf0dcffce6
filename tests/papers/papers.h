/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run.h"

/*
 * What the reproductions of papers share: built-in examples, changed in what a paper varies.  Names
 * that do not exist and edits that can't be made end the test.
 */

/** papers_example: Returns: (transfer full): a built-in example */
IscExperiment *papers_example (const char *id);

/** papers_edit: changes a field of *@experiment */
void papers_edit (IscExperiment **experiment, const char *path, const char *value);

/**
 * papers_set_depth:
 * @depth: Linear layers
 * @widths: (array length=3): inputs, units of a hidden layer, outputs
 * @activation: (nullable): what follows every one but the last, "ReLU()"
 */
void papers_set_depth (IscExperiment **experiment,
                       guint depth,
                       const guint widths[3],
                       const char *activation);

/** papers_run: Returns: (transfer full): all runs at their end, on two threads */
IscResult *papers_run (IscExperiment *experiment);
