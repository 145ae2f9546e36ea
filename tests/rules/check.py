"""Checks this tree against its rules: python3 tests/rules/check.py. Exit code 1 and a sentence for each violation."""

import sys
from pathlib import Path

import rules
import tables

ROOT = Path(__file__).resolve().parents[2]
CHECKS = (rules.check_rooms, rules.check_libraries, rules.check_thread_lines,
          tables.check_close_codes, tables.check_limits, tables.check_options)

if __name__ == "__main__":
    violations = [violation for check in CHECKS for violation in check(ROOT)]
    if not rules.sources(ROOT):
        violations.append("no sources found: the rules were checked on nothing")
    print("\n".join(violations) or f"{len(rules.sources(ROOT))} files keep the rules")
    sys.exit(1 if violations else 0)
