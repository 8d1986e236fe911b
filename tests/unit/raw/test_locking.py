from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dateline.raw.durable import write_file
from dateline.raw.locking import LockHeldError, hold_lock


def test_a_held_lock_names_its_holder(tmp_path):
    with hold_lock(tmp_path / "lock"):
        waiting = hold_lock(tmp_path / "lock", patience=0)
        with pytest.raises(LockHeldError, match=f"process {os.getpid()} on .* end that process"):
            waiting.__enter__()
    with hold_lock(tmp_path / "lock", patience=0):
        pass


def test_one_at_a_time(tmp_path):
    inside = []

    def work(number):
        with hold_lock(tmp_path / "lock"):
            inside.append(number)
            time.sleep(0.01)
            assert inside.pop() == number

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(8)))


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_file(path, b"old")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["file"]
