/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run.h"

/* Runs of experiments in tests.  What can't be done fails the test. */

IscExperiment *runs_read (const char *json);

/* A copy with the field at @path changed. */
IscExperiment *runs_edit (IscExperiment *experiment, const char *path, const char *value);

IscRun *runs_new (IscExperiment *experiment);
void runs_advance (IscRun *run, gsize until, guint n_threads);
void runs_advance_by (IscRun *run, gsize n_steps, guint n_threads);
void runs_rewind (IscRun *run, gsize step, guint n_threads);
IscResult *runs_to_end (IscExperiment *experiment, guint n_threads);

/* Every number but the time it took. */
void runs_assert_same_run (const IscRunResult *a, const IscRunResult *b);
void runs_assert_same (const IscResult *a, const IscResult *b);
void runs_assert_same_weights (
    IscRun *a, IscRun *b); /** runs_assert_same_record: fails unless every number that two runs
                            * recorded is the same, but for the seconds and what was observed */
void runs_assert_same_record (const IscRunResult *a, const IscRunResult *b);
