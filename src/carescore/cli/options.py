"""Options that several commands have: named, explained and read alike."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")]
Card = Annotated[Path | None, typer.Option("--scorecard", help="Your own scorecard (TOML).")]
Model = Annotated[Path | None, typer.Option(help="Your own model folder.")]
Estimators = Annotated[
    list[str] | None,
    typer.Option(
        "--estimator",
        help="Your own estimator of a behaviour, a skops file: empathy=mine.skops, or empathy=mine.skops@0.6 "
        "to count it as present from 0.6 up. May be given several times.",
        metavar="BEHAVIOUR=FILE",
    ),
]
Agent = Annotated[
    str | None, typer.Option(help="Who the agent is: a name, 'spk_0', 'channel 1', as in the file.")
]
Agents = Annotated[
    Path | None, typer.Option(help="CSV with two columns: file name or call id, and the agent in it.")
]
InputFormat = Annotated[
    str | None, typer.Option(help="Read as this format (see `carescore formats`), whatever it looks like.")
]
Redact = Annotated[bool, typer.Option("--redact", help="Take out cards, numbers, addresses and names first.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", help="Processes; -1 for every core.")]
Reviews = Annotated[
    Path | None, typer.Option(help="Review log, to tell which calls people have reviewed.", metavar="LOG")
]
FirstDay = Annotated[str | None, typer.Option("--from", help="First day, as 2024-05-01.", metavar="DAY")]
LastDay = Annotated[str | None, typer.Option("--to", help="Last day, as 2024-05-31.", metavar="DAY")]
Seed = Annotated[int, typer.Option(help="Decides which random calls to listen to.")]
