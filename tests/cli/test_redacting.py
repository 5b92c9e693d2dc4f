"""`--redact` wherever transcripts are read: what is found is in nothing that a command writes."""

from __future__ import annotations

import json

import pytest

CARD, MAIL, NAME = "4111 1111 1111 1111", "zq.canary@example.com", "Quillfeather"
CALL = f"""\
Agent: Good morning, I am sorry, who am I speaking to?
Customer: My name is Zebulon {NAME}, I am frustrated and I called you twice for this.
Agent: Mr {NAME}, how exhausting. I see to it myself, you have it by Monday.
Customer: My card is {CARD} and I am frustrated, mail me at {MAIL} please.
Agent: That is nonsense, {NAME}. I mail {MAIL} myself on Monday. How exhausting with {CARD}.
Customer: I am frustrated, {NAME} is what I am called. What a relief, thank you.
"""


@pytest.fixture
def private(tmp_path):
    """Two attempts at one scenario, full of private things, their names included."""
    folder = tmp_path / "calls"
    folder.mkdir()
    for number in (1, 2):
        text = CALL.replace("how exhausting", "too bad") if number == 1 else CALL
        (folder / f"{NAME} refund try {number}.txt").write_text(text, encoding="utf-8")
    return folder


def survivors(text: str) -> set[str]:
    return {canary for canary in (CARD, MAIL, NAME) if canary in text}


COMMANDS = {
    "score": "score {calls} --format jsonl",
    "coach": "coach {calls}",
    "coach beside colleagues": "coach {calls} --colleagues {calls}",
    "report": "report {first}",
    "report of all": "report {calls} --format markdown",
    "report as table": "report {calls} --format csv",
    "report of the team": "report {calls} --team",
    "team": "team {calls}",
    "team as data": "team {calls} --format json",
    "practice": "practice run {calls}",
    "two attempts": "practice compare {first} {second}",
    "talk": "talk {calls} --format json",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_no_canary_is_printed(name, terminal, private, tiny_model):
    files = dict(zip(("first", "second"), map(str, sorted(private.iterdir())), strict=True))
    command = [part.format(calls=private, **files) for part in COMMANDS[name].split()]
    model = () if name == "talk" else ("--model", tiny_model)
    plain = terminal.run(*command, *model)
    redacted = terminal.run(*command, *model, "--redact")
    assert redacted.code == plain.code == 0
    assert NAME in survivors(plain.out)
    assert survivors(redacted.out + redacted.err) == set()


def test_no_page_of_a_folder_holds_one(terminal, private, tiny_model, tmp_path):
    for redact, found in (((), {CARD, MAIL, NAME}), (("--redact",), set())):
        terminal.run("report", private, "--model", tiny_model, "-o", tmp_path / "pages", *redact)
        text = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "pages").iterdir())
        assert survivors(text) == found


@pytest.mark.parametrize("command", ["report", "team"])
def test_saved_results_cannot_be_redacted_later(command, terminal, private, tiny_model, tmp_path):
    output = tmp_path / "results.jsonl"
    for made, code in (((), 2), (("--redact",), 0)):
        terminal.run("score", private, "--model", tiny_model, "-o", output, *made)
        ran = terminal.run(command, output, "--redact")
        assert ran.code == code
        assert ("results.jsonl: holds results of calls that were not redacted" in ran.err) is (code == 2)


@pytest.mark.parametrize("first", [(), ("--redact",)])
def test_a_run_goes_on_as_it_began(first, terminal, private, tiny_model, tmp_path):
    output = tmp_path / "results.jsonl"
    command = ("score", private, "--model", tiny_model, "-o", output, "--resume")
    assert terminal.run(*command, *first).code == 0
    before = output.read_bytes()
    assert terminal.run(*command, *first).code == 0
    ran = terminal.run(*command, *(() if first else ("--redact",)))
    assert ran.code == 2
    assert f"made {'with' if first else 'without'} --redact" in ran.err
    assert output.read_bytes() == before


def test_receipts_say_it_and_verify_goes_by_them(terminal, private, tiny_model, tmp_path):
    output = tmp_path / "results.jsonl"
    (private / "empty.txt").write_text("", encoding="utf-8")
    lines = []
    for made in ((), ("--redact",)):
        terminal.run("score", private, "--model", tiny_model, "-o", output, *made)
        lines += output.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
        said = {row["status"]: row["receipt"]["redacted"] for row in rows}
        assert said == {"draft": bool(made), "unscored": None}
        ran = terminal.run("verify", output, "--transcript", private, "--model", tiny_model)
        assert (ran.code, ran.out.splitlines()[-1]) == (0, "3 of 3 results verified.")
    output.write_text("\n".join(lines), encoding="utf-8")
    ran = terminal.run("verify", output, "--transcript", private, "--model", tiny_model)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "6 of 6 results verified.")


def test_diff_names_it_as_a_cause(terminal, calls, tiny_model, tmp_path):
    text = (calls / "one.txt").read_text(encoding="utf-8")
    (calls / "one.txt").write_text(
        text.replace("What a relief", f"Mail {MAIL}, what a relief"), encoding="utf-8"
    )
    for name, made in (("old", ()), ("new", ("--redact",))):
        terminal.run("score", calls, "--model", tiny_model, "-o", tmp_path / f"{name}.jsonl", *made)
    ran = terminal.run("diff", tmp_path / "old.jsonl", tmp_path / "new.jsonl")
    assert ran.code == 1
    assert "Redacted before scoring in one of the two only: 2 calls." in ran.out
    assert "  redacted before scoring: no → yes\n" in ran.out
    assert "placeholders stand where the other has words" in ran.out
