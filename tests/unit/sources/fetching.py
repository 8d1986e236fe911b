"""A world for fetching without network and without waiting: a clock that only sleep moves, and scripted answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dateline.model import Pairs
from dateline.sources.fetch import Fetcher
from dateline.sources.http import Answer
from dateline.sources.pacing import Pacer

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


@dataclass
class World:
    """Answers by URL one after the other, the last one for ever; an exception is raised. `asked`: (second, URL)."""

    folder: Path
    answers: dict[str, list[Answer | Exception]] = field(default_factory=dict)
    asked: list[tuple[float, str]] = field(default_factory=list)
    sent: list[Pairs] = field(default_factory=list)
    seconds: float = 0.0

    def clock(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.seconds += seconds

    def on(self, url: str, *answers: Answer | Exception) -> None:
        self.answers[url] = list(answers)

    def send(self, url: str, headers: Pairs, max_bytes: int) -> Answer:
        self.asked.append((self.seconds, url))
        self.sent.append(headers)
        self.seconds += 0.5
        answers = self.answers.get(url, [Answer(404, ())])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def pacer(self) -> Pacer:
        return Pacer(self.folder, self.clock, self.sleep)

    def fetcher(self) -> Fetcher:
        return Fetcher(self.send, self.pacer(), self.clock, 1000)

    def times(self, url: str) -> list[float]:
        return [at for at, asked in self.asked if asked == url]
