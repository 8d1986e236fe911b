"""`dateline poll` as a user runs it."""

from __future__ import annotations

from command_line import Home, check_whole
from scripted_server import Reply, serve

PAGE = b"""<html><head><title>Mill reopens | The Valley Press</title></head><body><h1>Mill reopens</h1>
<p>HEBDEN BRIDGE, England - The old mill opened its doors again on Saturday, the council said, after volunteers had
repaired its wheel and the roof over the drying loft.</p>
<p>"Nobody thought that it would turn again," miller Joan Firth told visitors. She said that flour would be sold there
from May, as it was until the war.</p></body></html>"""


def home(folder, **environment) -> Home:
    return Home(folder, {"DATELINE_CONTACT": "desk@valley-press.test", "DATELINE_ALLOW_LOOPBACK": "1", **environment})


def test_polling_twice_publishes_once_and_says_what_it_did(tmp_path):
    with serve() as server:
        server.on(
            "/mill",
            lambda asked: Reply(304) if "if-none-match" in asked else Reply(body=PAGE, headers=(("ETag", '"1"'),)),
        )
        (tmp_path / "sources.toml").write_text(
            f'[[list]]\nid = "valley"\ndelay = 1\nurls = ["{server.url("/mill")}"]\n'
        )
        first = home(tmp_path).succeed("poll")
        assert "2 attempts: 1 fetched, 1 gone" in first
        assert "published 1 of 1 entries: 1 article, 0 rejected" in first
        assert "1 attempts: 1 not_modified" in home(tmp_path).succeed("poll", "--source", "valley")
        check_whole(home(tmp_path))
        assert home(tmp_path).ask("SELECT outcome, count(*) FROM captures GROUP BY 1 ORDER BY 1") == [
            ("article", 1),
            ("gone", 1),
            ("not_modified", 1),
        ]


def test_what_is_missing_is_said_in_one_line(tmp_path):
    assert "nothing to poll" in home(tmp_path).succeed("poll")
    (tmp_path / "sources.toml").write_text('[[list]]\nid = "valley"\nurls = ["https://valley-press.test/"]\n')
    assert "set DATELINE_CONTACT" in home(tmp_path, DATELINE_CONTACT="").run("poll").error
    assert "no source 'vale'" in home(tmp_path).run("poll", "--source", "vale").error
    (tmp_path / "sources.toml").write_text("[[list]]\n")
    assert "number 1: id must be" in home(tmp_path).run("poll").error
