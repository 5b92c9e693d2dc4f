"""`carescore formats` and the root: every format in a table, the version, and help for everything."""

from __future__ import annotations

import subprocess
import sys

import pytest
import typer

from carescore import __version__
from carescore.cli import app
from carescore.readers import READERS


def test_every_format_has_its_line(terminal):
    ran = terminal.run("formats")
    assert ran.code == 0
    header, *lines = ran.out.partition("\n\n")[0].splitlines()
    assert header.split() == ["FORMAT", "NAME", "ROLES", "VERIFIED", "ON"]
    assert [line.split()[0] for line in lines] == [reader.id for reader in READERS]
    places = [header.index(word) for word in ("NAME", "ROLES", "VERIFIED")]
    for line, reader in zip(lines, READERS, strict=True):
        cells = [line[start:end].strip() for start, end in zip(places, [*places[1:], None], strict=True)]
        assert cells == [reader.name, reader.roles, reader.verified]


def test_version(terminal):
    ran = terminal.run("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"carescore {__version__}\n", "")


@pytest.mark.parametrize("start", [["-m", "carescore"], ["-c", "from carescore.cli import main; main()"]])
def test_it_runs_as_a_module(start):
    ran = subprocess.run([sys.executable, *start, "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"carescore {__version__}\n"


def commands() -> list[list[str]]:
    root = typer.main.get_command(app)
    found = [[]]
    for name, command in sorted(root.commands.items()):
        found.append([name])
        found += [[name, inner] for inner in sorted(getattr(command, "commands", {}))]
    return found


@pytest.mark.parametrize("names", commands(), ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_has_help_for_itself_and_its_options(names, option, terminal):
    ran = terminal.run(*names, option)
    assert ran.code == 0
    assert " ".join(("carescore", *names)) in ran.out.splitlines()[0]
    command = typer.main.get_command(app)
    for name in names:
        command = command.commands[name]
    assert command.help
    assert [option.name for option in command.params if not getattr(option, "help", None)] == []


@pytest.mark.parametrize("arguments", [["scor"], ["--nonsense"], ["score", "--nonsense"]])
def test_what_is_not_there(arguments, terminal):
    ran = terminal.run(*arguments)
    assert ran.code == 2
    assert ran.err.startswith("Usage: ")
