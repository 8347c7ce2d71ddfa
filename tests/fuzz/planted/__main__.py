"""``python -m tests.fuzz.planted``: a table of the planted bugs, and of what found each."""

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.fuzz.planted.trial import verdicts


def main() -> int:
    """Try them all; 1 when one was not found, or something was found where there is nothing."""
    about = "Plant bugs of contracts one after the other, and show which check finds each; under a minute."
    argparse.ArgumentParser(description=about).parse_args()
    table = Table("surface", "operation", "kind", "bug", "found by", "without it")
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for each in verdicts(Path(folder)):
            missed += not each.is_found
            found, without = ", ".join(sorted(each.found_by)), ", ".join(sorted(each.without))
            mark = "" if each.is_found else "MISSED "
            bug = each.bug
            table.add_row(bug.surface, bug.operation, bug.kind, bug.name, mark + found, without or "-")
    out = Console(width=200)
    out.print(table)
    out.print(f"{table.row_count} bugs, {missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
