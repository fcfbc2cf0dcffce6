#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the suites of a build with `meson test` and counts what its TAP programs said.

A program that crashes, times out or says nothing counts as one failure more.
"""

import json
import pathlib
import re
import subprocess
import sys


def count(test):
    """(passed, failed) of one test program."""
    out = test.get("stdout", "")
    passed = len(re.findall(r"^ok \d+", out, re.M))
    failed = len(re.findall(r"^not ok \d+", out, re.M))
    skipped = len(re.findall(r"^ok \d+.*# SKIP", out, re.M))
    if test["result"] != "OK" and failed == 0:
        failed = 1
    if passed + failed == 0:
        passed = 1
    return passed - skipped, failed + skipped


def main():
    build = pathlib.Path(sys.argv[1])
    log = build / "meson-logs" / "testlog.json"
    log.unlink(missing_ok=True)
    suites = sys.argv[2:]
    command = ["meson", "test", "-C", str(build), "--no-rebuild", "--no-suite", "bench"]
    for suite in suites:
        command += ["--suite", suite]
    status = subprocess.run(command).returncode
    if not log.exists():
        sys.exit(f"no test ran: meson test ended with {status}")

    passed = failed = 0
    for line in log.read_text().splitlines():
        test = json.loads(line)
        good, bad = count(test)
        passed += good
        failed += bad
        if bad:
            print(f"\n---- {test['name']}: {test['result']}")
            print(test.get("stdout", "")[-6000:])
            print(test.get("stderr", "")[-6000:])
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or status else 0)


main()
