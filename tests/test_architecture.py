"""The shape of the code: who may import whom, no circles, nothing long, nothing that runs data."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.examples import SOURCES

# From the foundation to the command line. A module or package may import only what stands on a line above
# its own. Type annotations may name anything.
LAYERS = """
    placeholders
    codebook computed_once errors id_table intervals notes plain_words refused_words repeats role_cues runs
    safe_text scenarios spans talk_words version whole_file workers
    alike pieces render
    tokens
    shown
    __init__ features results scorecard transcript
    behaviours coaching criteria differences elimination frame gate moments raters review saved_results team
    timeline
    agreement batch call_features differences_of_many estimators evidence practice readers redact retention
    talk trends
    bundle differences_text plot practice_text report resume role_evidence scoring
    batched role_guess
    call_results roles
    reading
    scorer training
    dossier evaluation spark verification
    bench verification_text
    cli
    __main__
"""
LAYER = {name: place for place, line in enumerate(LAYERS.strip().splitlines()) for name in line.split()}

# What judges a call from probabilities, so that other tools can bring their own and nothing heavy is loaded.
JUDGES = (
    *("scoring", "batched", "moments", "call_features", "criteria"),
    *("coaching", "gate", "repeats", "results"),
)
NEVER_FOR_JUDGES = {"tokens", "features", "behaviours", "bundle", "spacy", "sklearn", "scipy", "safetensors"}

# The only places that may import these, at the top or inside a function.
HOMES = {
    "spacy": ("bench", "tokens"),
    "sklearn": ("bench", "evaluation", "training"),
    "safetensors": ("bundle", "training"),
    "typer": ("cli",),
    "jinja2": ("render",),
    "matplotlib": ("plot",),
    "stdnum": ("redact",),
    "presidio_analyzer": ("evaluation",),
    "skops": ("estimators",),
}
RUNS_DATA = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve"}

LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def module_of(path: Path) -> str:
    """The dotted name of a file inside the package, "__init__" for the package itself."""
    parts = path.relative_to(SOURCES).with_suffix("").parts
    return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)


FILES = {module_of(path): path for path in sorted(SOURCES.rglob("*.py"))}
UNITS = sorted({name.split(".")[0] for name in FILES})


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(FILES[module].read_text(encoding="utf-8"))


def imports_of(module: str) -> Iterator[str]:
    """The dotted names that a module imports anywhere, "carescore." left out, but for type checkers only."""
    waiting: list[ast.AST] = [tree_of(module)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            waiting.extend(node.orelse)
            continue
        waiting.extend(ast.iter_child_nodes(node))
        if isinstance(node, ast.Import):
            yield from (alias.name.removeprefix("carescore.") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            home = (node.module or "").removeprefix("carescore").removeprefix(".")
            if node.module != "carescore" and not (node.module or "").startswith("carescore."):
                yield node.module or ""
            else:
                for alias in node.names:
                    inner = f"{home}.{alias.name}".removeprefix(".")
                    yield inner if inner in FILES else home or "__init__"


def units_of(unit: str) -> set[str]:
    """The units and outside packages that a unit imports."""
    inside = [module for module in FILES if module.split(".")[0] == unit]
    return {name.split(".")[0] for module in inside for name in imports_of(module)} - {unit}


def test_every_module_has_its_place():
    assert [name for name in UNITS if name not in LAYER] == [], "give them a place in LAYERS"
    assert [name for name in LAYER if name not in UNITS] == [], "they are gone: take them out of LAYERS"


@pytest.mark.parametrize("unit", UNITS)
def test_a_module_imports_only_what_stands_above_it(unit):
    own = LAYER[unit]
    assert sorted(name for name in units_of(unit) & set(UNITS) if LAYER[name] >= own) == []


def test_no_imports_go_in_a_circle():
    edges = {module: {name for name in imports_of(module) if name in FILES} for module in FILES}
    for module, found in edges.items():
        found.discard(module)  # a package's own file names things of the package
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path[path.index(module) :], module))
        if module not in done:
            for other in sorted(edges[module]):
                visit(other, (*path, module))
            done.add(module)

    for module in FILES:
        visit(module, ())
    assert done == set(FILES)


@pytest.mark.parametrize("unit", JUDGES)
def test_what_judges_a_call_knows_no_tokens_and_no_learning(unit):
    reached, waiting = set(), [unit]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(units_of(name) if name in UNITS else ())
    assert sorted(reached & NEVER_FOR_JUDGES) == []
    assert len(reached) > 1


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_only_in_its_home(library):
    users = {unit for unit in UNITS if library in units_of(unit)}
    assert users <= set(HOMES[library])
    assert users


@pytest.mark.parametrize("module", FILES)
def test_a_module_is_short_and_runs_nothing_it_reads(module):
    text = FILES[module].read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    long, calls = [], set()
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            long += [f"{node.name}: {length} lines"] if length > LONGEST_FUNCTION else []
        if isinstance(node, ast.Call):
            calls.add(ast.unparse(node.func))
    assert long == []
    assert (
        calls & {"print", "eval", "exec", "compile", "__import__", "joblib.load", "np.load", "numpy.load"}
        == set()
    )
    assert not calls & {"os.system", "subprocess.run", "subprocess.Popen"}
    assert {name.split(".")[0] for name in imports_of(module)} & RUNS_DATA == set()


@pytest.mark.parametrize("module", FILES)
def test_a_module_says_what_it_is_for(module):
    assert ast.get_docstring(tree_of(module))


def test_these_checks_see_what_they_look_for():
    assert {"errors", "transcript"} <= units_of("readers")
    assert "spacy" in units_of("tokens")
    assert "scorer" not in units_of("batch")  # named there for type checkers only
    assert {"batch", "reading"} <= units_of("scorer")  # imported inside functions
    assert "readers.source" in set(imports_of("reading"))
