/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "engine/trainer.h"

/*
 * Replaying reference/pytorch/trajectories.json, whose README has the format: for programs in float
 * and in double, each of which compiles this file with its own IscReal.
 */

/** TrajectoryCheck: @entry: a case; @trainer: at the end of its run */
typedef void (*TrajectoryCheck) (JsonObject *entry, IscTrainer *trainer, gpointer user_data);

/**
 * trajectories_replay:
 * @reference: the file's root
 *
 * Runs every case but the chain's whose modules the catalog can train, from its seed.  Start
 * weights that are not the file's, and a run that diverges, end the test.
 *
 * Returns: how many
 */
guint trajectories_replay (JsonObject *reference, TrajectoryCheck check, gpointer user_data);

/** trajectories_replay_chain: runs the chain's cases: a script that is seeded once and draws its
 * data once; Returns: how many */
guint trajectories_replay_chain (JsonObject *reference, TrajectoryCheck check, gpointer user_data);

/** trajectories_chain: Returns: (transfer container): the chain's cases */
GPtrArray *trajectories_chain (JsonObject *reference);

/** trajectory_is_supported: Returns: whether the catalog can train all of its modules */
gboolean trajectory_is_supported (JsonObject *entry);

/** trajectory_experiment: Returns: (transfer full): the experiment of a case; with @chain
 * (nullable), of all of its chain */
IscExperiment *trajectory_experiment (JsonObject *entry, GPtrArray *chain);

/** trajectory_strict_steps: Returns: how many steps are reproducible */
guint trajectory_strict_steps (JsonObject *entry);

/** trajectory_is_noise: Returns: whether rounding noise drives it, so that no two programs agree */
gboolean trajectory_is_noise (JsonObject *entry);

/** trajectory_number: Returns: number @index of the array @key */
double trajectory_number (JsonObject *object, const char *key, guint index);

/** trajectory_buffer: Returns: (transfer none): what @network keeps in buffer @name,
 * "1.running_mean" */
const IscReal *trajectory_buffer (IscNetwork *network, const char *name);

/** trajectory_check: ends the test, naming the case, unless @ours is @theirs within @bound */
void trajectory_check (
    JsonObject *entry, const char *what, guint index, double ours, double theirs, double bound);
