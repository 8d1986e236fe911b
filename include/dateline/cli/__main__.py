"""`python -m dateline.cli` is `dateline`."""

from . import main

main()
