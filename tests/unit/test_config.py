from __future__ import annotations

from pathlib import Path

import pytest

from dateline.config import DEFAULTS, MEANING, SettingsError, load_settings, setting_names


def test_environment_beats_file_beats_default(tmp_path):
    (tmp_path / "dateline.toml").write_text('lake = "from-file"\nraw = "raw-from-file"\n')
    settings = load_settings({"DATELINE_LAKE": "from-environment"}, tmp_path)
    assert settings.lake == tmp_path / "from-environment"
    assert settings.raw == tmp_path / "raw-from-file"
    assert settings.inbox == tmp_path / "inbox"
    assert settings.origin["lake"] == "environment DATELINE_LAKE"
    assert settings.origin["raw"] == "dateline.toml"
    assert settings.origin["inbox"] == "default"


def test_allowed_roots_are_a_list_in_the_file_and_a_path_list_outside(tmp_path):
    settings = load_settings({"DATELINE_ALLOWED_ROOTS": "/a:b"}, tmp_path)
    assert [root.as_posix() for root in settings.allowed_roots] == ["/a", (tmp_path / "b").as_posix()]


def test_paths_are_relative_to_the_file_that_states_them_wherever_a_process_was_started(tmp_path):
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "news.toml").write_text('lake = "lake"\nallowed_roots = ["pages", "/data"]\n')
    environ = {"DATELINE_CONFIG": str(tmp_path / "etc" / "news.toml"), "DATELINE_INBOX": "inbox"}
    settings = load_settings(environ, tmp_path / "started")
    assert settings.lake == tmp_path / "etc" / "lake"
    assert settings.raw == tmp_path / "etc" / "raw"
    assert settings.allowed_roots == (tmp_path / "etc" / "pages", Path("/data"))
    assert settings.inbox == tmp_path / "started" / "inbox"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lake = ", "not valid TOML"),
        ('colour = "red"', "unknown setting 'colour'"),
        ('max_bytes = "big"', "not a whole number"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(tmp_path, text, words):
    (tmp_path / "dateline.toml").write_text(text)
    with pytest.raises(SettingsError, match=words) as caught:
        load_settings({}, tmp_path)
    assert "\n" not in str(caught.value)


def test_every_setting_is_explained():
    assert set(DEFAULTS) == set(MEANING) == set(setting_names())
