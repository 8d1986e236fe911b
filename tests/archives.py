"""Web archives for tests, made on the spot: WARC and WET by warcio, ARC by hand."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SAMPLES = Path(__file__).parents[1] / "include" / "samples" / "inbox"
HTML = ("Content-Type", "text/html; charset=utf-8")


class Archive:
    """A WARC under construction; every method adds a record and returns its id."""

    def __init__(self, *, gz: bool = True) -> None:
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=gz)
        self.count = 0

    def add(
        self, kind: str, url: str, block: bytes, content_type: str, date: str = "2007-07-01T12:00:00Z", **named: str
    ) -> str:
        """A record with this very block; `named` are further headers, with `_` for `-`."""
        record_id = f"<urn:uuid:00000000-0000-4000-8000-{self.count:012d}>"
        self.count += 1
        headers = [("WARC-Type", kind), ("WARC-Record-ID", record_id), ("WARC-Target-URI", url), ("WARC-Date", date)]
        headers += [(name.replace("_", "-"), value) for name, value in named.items()]
        stated = StatusAndHeaders("", headers, protocol="WARC/1.0")
        self.writer.write_record(
            ArcWarcRecord("warc", "warcinfo", stated, io.BytesIO(block), None, content_type, len(block))
        )
        return record_id

    def response(self, url: str, body: bytes, *headers: tuple[str, str], status: str = "200 OK", **options: str) -> str:
        """An HTTP response; without headers it is an HTML page."""
        return self.add("response", url, http(body, *headers, status=status), "application/http; msgtype=response",
                        **options)  # fmt: skip

    def save(self, path: Path) -> Path:
        path.write_bytes(self.out.getvalue())
        return path


def http(body: bytes, *headers: tuple[str, str], status: str = "200 OK") -> bytes:
    """An HTTP response as it goes over the wire."""
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers or (HTML,)), "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


def arc(pages: Iterable[tuple[str, str, bytes]], *, version: int = 1) -> list[bytes]:
    """Records of an ARC file, one a (url, 14 digits, response), with the file's own description first."""
    about = b"%d 0 Test\nURL IP-address Archive-date Content-type Archive-length\n" % version
    records = [b"filedesc://a.arc 0.0.0.0 20070701000000 text/plain %d\n%b\n" % (len(about), about)]
    more = b"200 checksum - 0 a.arc " if version == 2 else b""
    for url, day, response in pages:
        line = f"{url} 192.0.2.1 {day} text/html ".encode() + more + str(len(response)).encode()
        records.append(line + b"\n" + response + b"\n")
    return records


def sample_archive(folder: Path, most: int = 100) -> tuple[Path, Path]:
    """The (first) HTML samples as a WARC with a URL and an instant each, and the text samples as a WET file."""
    warc, wet = Archive(), Archive()
    for path in sorted(SAMPLES.rglob("*.html"))[:most]:
        url = f"http://{re.sub('[^a-z]', '', path.stem.split('-')[0])}.example/{path.stem}"
        warc.response(url, path.read_bytes(), ("Content-Type", "text/html"), date=f"{path.parent.name}T12:00:00Z")
    for path in sorted(SAMPLES.rglob("*.txt"))[:most]:
        url = f"http://ledger.example/{path.stem}"
        wet.add("conversion", url, path.read_bytes(), "text/plain", date=f"{path.parent.name}T12:00:00Z")
    return warc.save(folder / "samples.warc.gz"), wet.save(folder / "samples.warc.wet.gz")
