"""The mutation score: `python -m tests.mutation.run_mutmut FOLDER [--each 80] [--seed 1] [--only TARGET]`.

Puts a copy of the project into FOLDER, draws mutants of each target at random, and runs the tests on each
of them, one at a time: 80 of each take about a quarter of an hour. Tables and patterns outside functions
are not mutated. What is computed once or on import escapes tests in a process that has run before, so a
mutant which few tests reach, or which ended in any way but passed or failed, is tried again on all tests of
its target in a process of its own. Mutants that survive are printed; some change nothing that matters.
Needs `pip install 'carescore[mutation]'`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.state import state
from mutmut.stats import load_stats, status_by_exit_code
from mutmut.utils.format_utils import get_mutant_name, mangled_name_from_mutant_name
from scipy.stats import binomtest

from tests.mutation.plain import without_decorators

ROOT: Final = Path(__file__).resolve().parents[2]
SOURCES: Final = "src/carescore"
TARGETS: Final = {
    "loading": ("bundle.py",),
    "escaping": ("safe_text.py", "render.py", "report/marked.py", "report/workbook.py", "report/folder.py"),
    "redaction": ("redact/*.py",),
    "scoring": ("scoring.py", "criteria.py", "moments.py", "call_features.py"),
}
TESTS: Final = {
    "loading": ("tests/test_bundle.py", "tests/test_hostile_models.py"),
    "escaping": ("tests/test_safe_text.py", "tests/test_render.py", "tests/report"),
    "redaction": ("tests/redact",),
    "scoring": (
        *("tests/test_scoring.py", "tests/test_criteria.py", "tests/test_moments.py"),
        *("tests/test_call_features.py", "tests/test_scorer.py", "tests/batched"),
    ),
}
# A mutant should not count as noticed because the machine was busy.
_TIMED: Final = "not time_grows and not costs_little and not many_calls_are_redacted_alike"
_IDS: Final = "tests.mutation.plain_ids"
_PYTEST: Final = (
    "-o",
    "addopts=",
    "-m",
    "not slow and not heavy",
    "-p",
    "no:cacheprovider",
    "-p",
    _IDS,
    "-k",
    _TIMED,
)
_FEW: Final = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=80, help="mutants of each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=TARGETS, action="append")
    asked = parser.parse_args()
    folder: Path = asked.folder.resolve()
    _copy(folder)
    os.chdir(folder)
    drawn = {target: _drawn(target, asked.each, asked.seed) for target in asked.only or TARGETS}
    names = [name for sample in drawn.values() for name in sample]
    _run(names)
    load_stats()
    for target, sample in drawn.items():
        _tell(target, sample, [name for name in sample if not _noticed(target, name, sample[name])])


def _copy(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("src", "tests", "data", "models"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True)
    for path in _files(folder, *TARGETS):
        path.write_text(without_decorators(path.read_text(encoding="utf-8")), encoding="utf-8")
    settings = {
        "source_paths": ["src"],
        "only_mutate": [f"{SOURCES}/{pattern}" for patterns in TARGETS.values() for pattern in patterns],
        "also_copy": ["data", "models"],
        "pytest_add_cli_args": list(_PYTEST),
        "pytest_add_cli_args_test_selection": [path for paths in TESTS.values() for path in paths],
    }
    lines = [f"{key} = {value}" for key, value in settings.items()]
    lines.append('process_isolation = "forkserver"')
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    text = "\n".join([project, "[tool.mutmut]", *lines, ""])
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")


def _files(folder: Path, *targets: str) -> list[Path]:
    sources = folder / SOURCES
    return sorted(path for target in targets for pattern in TARGETS[target] for path in sources.glob(pattern))


def _drawn(target: str, count: int, seed: int) -> dict[str, Path]:
    """So many mutants of a target, each with its file."""
    every: dict[str, Path] = {}
    for path in (file.relative_to(Path.cwd()) for file in _files(Path.cwd(), target)):
        names = mutate_file_contents(str(path), path.read_text(encoding="utf-8")).mutant_names
        every.update({get_mutant_name(path, name): path for name in names})
    _say(f"{target}: {min(count, len(every))} of {len(every)} mutants")
    names = random.Random(seed).sample(sorted(every), min(count, len(every)))
    return {name: every[name] for name in names}


def _run(names: list[str]) -> None:
    with Path("mutmut.log").open("w", encoding="utf-8") as log:
        ran = subprocess.run(
            [_beside("mutmut"), "run", "--max-children", "1", *names],
            env=_environment(),
            stdout=log,
            stderr=log,
        )
    if ran.returncode != 0:
        sys.exit(f"mutmut could not go on: {Path('mutmut.log').absolute()} says why.")


def _environment(**more: str) -> dict[str, str]:
    """For processes that tests start, too, carescore is the mutated one."""
    mutants = Path.cwd() / "mutants"
    paths = [str(mutants), str(mutants / "src"), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), **more}


def _noticed(target: str, name: str, path: Path) -> bool:
    found = SourceFileMutationData(path=path)
    found.load()
    status = status_by_exit_code[found.exit_code_by_key[name]]
    if status == "killed" or (status == "survived" and len(_tests_of(name)) > _FEW):
        return status == "killed"
    command = [sys.executable, "-m", "pytest", "-x", "-q", *_PYTEST, *TESTS[target]]
    again = subprocess.run(
        command, cwd="mutants", env=_environment(MUTANT_UNDER_TEST=name), capture_output=True
    )
    return again.returncode != 0


def _tests_of(name: str) -> set[str]:
    return state().tests_by_mangled_function_name[mangled_name_from_mutant_name(name)]


def _tell(target: str, sample: dict[str, Path], missed: list[str]) -> None:
    for name in missed:
        subprocess.run([_beside("mutmut"), "show", name], check=True)
    noticed = len(sample) - len(missed)
    interval = binomtest(noticed, len(sample)).proportion_ci(0.9, method="wilson")
    _say(
        f"{target}: {noticed} of {len(sample)} noticed, {noticed / len(sample):.1%} "
        f"(90% interval {interval.low:.1%} to {interval.high:.1%})"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _beside(command: str) -> str:
    return str(Path(sys.executable).with_name(command))


if __name__ == "__main__":
    main()
