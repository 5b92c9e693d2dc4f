"""`carescore formats`: every transcript format that can be read."""

from __future__ import annotations

import typer


def formats() -> None:
    """List the transcript formats, how each tells who the agent is, and how it was verified."""
    from carescore.readers import READERS

    rows = [("FORMAT", "NAME", "ROLES", "VERIFIED ON")]
    rows += [(reader.id, reader.name, reader.roles, reader.verified) for reader in READERS]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)]
        typer.echo("  ".join(cells).rstrip())
    typer.echo(
        "\nROLES: told by the file, joined from another part of it, guessed (say --agent to decide), or none."
    )
