"""A process that reads a lake as users do, without end, and fails at the first read that is not whole."""

from __future__ import annotations

import sys
import time
from itertools import count
from pathlib import Path

from test_under_fire import N_DAYS, PAUSE, read_as_users_do

if __name__ == "__main__":
    for number in count():
        seen = read_as_users_do(Path(sys.argv[1]), number)
        if len(seen) != 3 * N_DAYS:
            sys.exit(f"an entry was lost: {seen}")
        time.sleep(PAUSE)
