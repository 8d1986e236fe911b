"""Commands and settings as Markdown: run `python -m dateline.cli.reference > docs/reference.md`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from ..config import DEFAULTS, FILE_NAME, MEANING, PREFIX
from . import main

INTRODUCTION = f"""\
# Commands and settings

Generated from the program. Answers go to standard output, everything else to standard error; an error is one line that
says what to do, and the exit status is not 0.

A setting is taken from the environment, else from `{FILE_NAME}` in the current folder, else it has its default. A
relative path in `{FILE_NAME}` is relative to that file. `dateline doctor` prints the settings that hold and where each
comes from.
"""


def write_reference() -> str:
    """The whole page.

    >>> write_reference().splitlines()[0]
    '# Commands and settings'
    """
    lines = [
        INTRODUCTION,
        "## Settings\n",
        "| setting | environment | default | meaning |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{name}` | `{PREFIX}{name.upper()}` | {_default(value)} | {MEANING[name]} |"
        for name, value in DEFAULTS.items()
    ]
    lines.append("\n## Commands\n")
    for name in sorted(main.commands):
        lines += _command(name, main.commands[name])
    return "\n".join(lines).rstrip() + "\n"


def _default(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(f"`{item}`" for item in value)
    return "" if value is None else f"`{value}`"


def _command(name: str, command: click.Command) -> Iterator[str]:
    with click.Context(command, info_name=f"dateline {name}") as context:
        usage = " ".join(command.collect_usage_pieces(context))
        options = [
            record
            for item in command.params
            if isinstance(item, click.Option) and (record := item.get_help_record(context))
        ]
    yield f"### dateline {name}\n"
    yield f"```text\ndateline {name} {usage}\n```\n"
    yield " ".join((command.help or "").split()) + "\n"
    if options:
        yield "| option | meaning |"
        yield "| --- | --- |"
        yield from (f"| `{_cell(option)}` | {_cell(meaning)} |" for option, meaning in options)
        yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    print(write_reference(), end="")
