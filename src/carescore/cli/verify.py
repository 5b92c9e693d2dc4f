"""`carescore verify`: do saved results come out again?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from carescore.cli.options import Agents, Estimators, Output


class VerifyFormat(StrEnum):
    """How the verification is written."""

    text = "text"
    json = "json"


def verify(
    results: Annotated[
        Path, typer.Argument(help="Results of `carescore score`, as JSON or JSONL.", metavar="RESULT")
    ],
    transcript: Annotated[
        list[Path],
        typer.Option(help="The transcript, or a folder with it; may be given several times.", metavar="FILE"),
    ],
    scorecard: Annotated[Path | None, typer.Option(help="The scorecard that the receipt names.")] = None,
    model: Annotated[Path | None, typer.Option(help="The model folder that the receipt names.")] = None,
    estimators: Estimators = None,
    agent: Annotated[
        str | None, typer.Option(help="Who the agent is, as it was said when the call was scored.")
    ] = None,
    agents: Agents = None,
    redact: Annotated[
        bool,
        typer.Option("--redact", help="Results of earlier versions, which do not say: made with --redact."),
    ] = False,
    format: Annotated[VerifyFormat, typer.Option(help="How to write it.")] = VerifyFormat.text,
    output: Output = None,
) -> None:
    """Score again what a result was made from, and say that the numbers are the same, or what differs.

    Agents that had been named are named again, and calls that had been redacted are redacted again. Exit
    codes: 0 all the same, 1 something differs or a transcript was not found, 2 wrong usage.
    """
    from carescore.cli.destination import write_text
    from carescore.cli.given import check_there, own_scorer, read_agents
    from carescore.reading import read_each
    from carescore.safe_text import as_json
    from carescore.saved_results import read_results
    from carescore.verification import told_agents, verify_each
    from carescore.verification_text import verification_text

    check_there([results, *transcript])
    saved = list(read_results(results))
    names = agent or (told_agents(saved) if agents is None else read_agents(agents))
    scorer = own_scorer(model=model, scorecard=scorecard, estimators=estimators)
    found = list(verify_each(saved, read_each(transcript, agent=names), scorer=scorer, redact=redact))
    if format is VerifyFormat.json:
        rows = [one.to_dict() for one in found]
        write_text(as_json(rows, indent=1) + "\n", output)
    else:
        write_text(verification_text(found), output)
    if not found or not all(one.same for one in found):
        raise typer.Exit(1)
