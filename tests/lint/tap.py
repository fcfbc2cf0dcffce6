# SPDX-License-Identifier: GPL-3.0-or-later
"""A few lines of TAP for the lints."""


class Report:
    """Prints a line for each check, with its problems as notes."""

    def __init__(self):
        self.n = 0
        self.failed = 0

    def check(self, what, problems):
        """Reports that @what holds, unless there are @problems."""
        problems = list(problems)
        self.n += 1
        self.failed += bool(problems)
        print(f"{'not ok' if problems else 'ok'} {self.n} {what}")
        for problem in problems:
            print(f"# {problem}")

    def done(self):
        """Prints the plan; returns the exit status."""
        print(f"1..{self.n}")
        return 1 if self.failed else 0
