"""Where Dateline meets Airflow, and the only room that imports it: days, pools, errors, shared tasks and run notes."""

from ..one_thread import use_one_thread
from .alerts import announce_failure
from .days import DAY, NO_DAY, resolve_day, utc_now
from .failures import clear_failure, failing_clearly
from .pools import CORPUS, EXTRACT, FETCH, LAKE_WRITE, import_pools, read_pools
from .run import run_dag

use_one_thread()

__all__ = [
    "CORPUS",
    "DAY",
    "EXTRACT",
    "FETCH",
    "LAKE_WRITE",
    "NO_DAY",
    "announce_failure",
    "clear_failure",
    "failing_clearly",
    "import_pools",
    "read_pools",
    "resolve_day",
    "run_dag",
    "utc_now",
]
