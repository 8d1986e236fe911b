"""What the system says of a disk becomes one line that says what to do."""

from __future__ import annotations

import errno
import os

import pytest

from dateline.pipeline.errors import DiskError, PipelineError, disk_trouble, telling_disk_trouble


def system_error(number: int, path: object = None) -> OSError:
    return OSError(number, os.strerror(number), *([str(path)] if path else []))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_says_make_room(settings, number):
    with pytest.raises(DiskError, match="make room there, then run the same again") as caught, disk_trouble(settings):
        raise system_error(number)
    assert "\n" not in str(caught.value) and str(settings.lake) in str(caught.value)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_a_forbidden_folder_is_named(settings, number):
    for path in (settings.lake / "_runs/one", settings.raw, settings.lake.parent):
        with pytest.raises(DiskError, match="make the folder writable") as caught, disk_trouble(settings):
            raise system_error(number, path)
        assert str(path) in str(caught.value)


def test_other_errors_pass(settings, tmp_path):
    for error in (system_error(errno.EACCES, tmp_path / "page.html"), system_error(errno.EIO), PipelineError("x")):
        with pytest.raises(type(error)) as caught, disk_trouble(settings):
            raise error
        assert caught.value is error


def test_a_step_tells_and_keeps_its_answer(settings):
    @telling_disk_trouble
    def step(given, number, *, full=False):
        if full:
            raise system_error(errno.ENOSPC)
        return given.lake, number

    assert step(settings, 2) == (settings.lake, 2)
    with pytest.raises(DiskError):
        step(settings, 2, full=True)
