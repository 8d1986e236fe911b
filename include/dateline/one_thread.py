"""One BLAS thread a process."""

from __future__ import annotations

import os


def use_one_thread() -> None:
    """Tell BLAS libraries that are not loaded yet to use one thread; a value that the user has set stays.

    A page's matrices are too small to share: with the threads that BLAS starts by itself, recognising names
    took three times as long on two cores.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
