"""Tasks of Airflow may start processes of their own, as reading a shard that was cut off does."""

from __future__ import annotations

import os
import sys
import types
from contextlib import nullcontext
from types import ModuleType

import pytest

pytestmark = pytest.mark.filterwarnings("ignore")


def read_in_a_child(may: bool, script: str | None) -> str:
    """What an executor's process, then Airflow's fork, then a task does; returns what became of its child."""
    out, into = os.pipe()
    pid = os.fork()
    if pid == 0:
        from dateline.airflow_edge.children import children_allowed
        from dateline.pipeline.children import Observer

        sys.modules["__main__"] = ModuleType("__main__")
        if script:
            sys.modules["__main__"].__file__ = script
        try:
            with children_allowed() if may else nullcontext(), Observer() as observer:
                said = f"read: {observer.run(abs, -7)}"
        except BaseException as error:
            said = f"failed: {error}"
        os.write(into, said.encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out) as stream:
        said = stream.read()
    os.waitpid(pid, 0)
    return said


@pytest.mark.parametrize(("may", "said"), [(True, "read: 7"), (False, "failed: daemonic processes are not allowed")])
def test_task_of_celerys_pool_has_children_once_it_is_allowed_to(may, said):
    pool = pytest.importorskip("billiard.pool").Pool(1)
    try:
        assert pool.apply(read_in_a_child, (may, None)).startswith(said)
    finally:
        pool.terminate()
        pool.join()


@pytest.mark.parametrize(("may", "said"), [(True, "read: 7"), (False, "failed: no process can be started")])
def test_children_do_not_run_the_command_that_runs_the_task(tmp_path, may, said):
    script = tmp_path / "airflow"
    script.write_text("raise RuntimeError('tasks have no database')\n")
    assert read_in_a_child(may, str(script)).startswith(said)


@pytest.mark.parametrize("stated", [{"__file__": "/bin/airflow", "__spec__": "a spec"}, {"__spec__": None}])
def test_what_the_main_module_says_of_itself_comes_back(monkeypatch, stated):
    from dateline.airflow_edge.children import children_allowed

    main = types.ModuleType("__main__")
    vars(main).pop("__file__", None)
    vars(main).update(stated)
    monkeypatch.setitem(sys.modules, "__main__", main)
    before = dict(vars(main))
    with children_allowed():
        assert getattr(main, "__file__", None) is None and main.__spec__ is None
    assert vars(main) == before
