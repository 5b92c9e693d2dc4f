"""What a skops file describes, checked as plain data before anything is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final, NoReturn

from carescore.errors import ModelError, ModelVersionError
from carescore.estimators.allowed import (
    LONGEST_NGRAM,
    MOST_BUCKETS,
    NAMES,
    ROOT,
    SETTINGS,
    TYPES,
)
from carescore.safe_text import visible

PROTOCOL: Final = 2  # of skops' format; an older one would be read by older, less careful code
MOST_NODES: Final = 1_000_000
DEEPEST: Final = 40
_LONGEST_SHOWN: Final = 80

_EVERY: Final = {"__class__", "__module__", "__loader__", "__id__"}
_KEYS: Final[dict[str, set[str]]] = {
    "ObjectNode": {"content"},
    "DictNode": {"content", "key_types"},
    "ListNode": {"content"},
    "TupleNode": {"content"},
    "SetNode": {"content"},
    "JsonNode": {"content", "is_json"},
    "NdArrayNode": {"type", "file"},
    "TypeNode": set(),
    "LossNode": {"__reduce__", "content"},
}
_AT_ROOT: Final = {"protocol", "_skops_version"}

Node = dict[str, Any]


def check_content(schema: Node, arrays: frozenset[str], name: str) -> None:
    """Raise `ModelError` unless all of the file is on the constant list, settings included."""
    if type(schema.get("protocol")) is not int or schema["protocol"] != PROTOCOL:
        raise ModelVersionError(
            f"{name}: not written in version {PROTOCOL} of the skops format. Save the estimator again with "
            "a current skops."
        )
    root = {key: value for key, value in schema.items() if key not in _AT_ROOT}
    if _type_of(root) != ROOT:
        raise ModelError(
            f"{name}: holds {_shown(_type_of(root))}; expected a Pipeline from texts to probabilities."
        )
    nodes = list(_nodes(root, name))
    _check_ids(nodes, name)
    for node, _ in nodes:
        if node["__loader__"] == "NdArrayNode" and (node["type"] != "numpy" or node["file"] not in arrays):
            raise ModelError(f"{name}: an array in it is missing, or holds objects.")
        if node["__loader__"] == "LossNode" and (
            node["__reduce__"]["args"]["content"] or _items(node["content"])
        ):
            raise ModelError(f"{name}: its loss has settings, which that of logistic regression has not.")
        if node["__loader__"] == "ObjectNode":
            _check_object(node, name)


def _nodes(root: Node, name: str) -> Iterator[tuple[Node, tuple[int, ...]]]:
    """Every node, its kind, type and keys being allowed, with the ids of those that it is in."""
    waiting: list[tuple[Any, tuple[int, ...]]] = [(root, ())]
    number = 0
    while waiting:
        node, above = waiting.pop()
        number += 1
        if number > MOST_NODES or len(above) > DEEPEST:
            raise ModelError(f"{name}: has more parts, or deeper ones, than any estimator of these kinds.")
        _check_kind(node, name)
        inside = (*above, node["__id__"])
        waiting.extend((child, inside) for child in _children(node, name))
        yield node, above


def _check_ids(nodes: list[tuple[Node, tuple[int, ...]]], name: str) -> None:
    """By its id skops takes an object for one that it made before, whatever else the file says of it."""
    known: dict[int, tuple[str, str]] = {}
    for node, above in nodes:
        said = (node["__loader__"], _type_of(node))
        if known.setdefault(node["__id__"], said) != said or node["__id__"] in above:
            raise ModelError(f"{name}: says two things of one object, or holds one inside itself.")


def _check_kind(node: Any, name: str) -> None:
    if not isinstance(node, dict) or type(node.get("__id__")) is not int:
        _refuse_part(name)
    loader = node.get("__loader__")
    if not isinstance(loader, str) or loader not in TYPES or _type_of(node) not in TYPES[loader]:
        raise ModelError(
            f"{name}: holds {_shown(_type_of(node))}, which is not opened. What is: {', '.join(NAMES)}, "
            "with numbers and texts in them."
        )
    if set(node) != _EVERY | _KEYS[loader]:
        _refuse_part(name)
    if loader == "JsonNode" and not _is_scalar(node["content"]):
        _refuse_part(name)


def _children(node: Node, name: str) -> Iterator[Any]:
    loader, content = node["__loader__"], node.get("content")
    if loader == "ObjectNode":
        if not isinstance(content, dict) or content.get("__loader__") != "DictNode":
            _refuse_part(name)
        yield content
    elif loader == "DictNode":
        types = node["key_types"]
        if not isinstance(content, dict) or len(_items(types) or ()) != len(content):
            _refuse_part(name)
        if any(
            not isinstance(one, dict) or one.get("__loader__") != "TypeNode" for one in _items(types) or ()
        ):
            _refuse_part(name)
        yield types
        yield from content.values()
    elif loader in ("ListNode", "TupleNode", "SetNode"):
        if not isinstance(content, list):
            _refuse_part(name)
        yield from content
    elif loader == "LossNode":
        reduce = node["__reduce__"]
        if not isinstance(reduce, dict) or set(reduce) != {"args"}:
            _refuse_part(name)
        yield reduce["args"]
        yield content


def _check_object(node: Node, name: str) -> None:
    """Whether an estimator has only data for attributes, and only settings that are allowed."""
    module, _, kind = _type_of(node).rpartition(".")
    own = set(dir(getattr(import_module(module), kind)))
    attributes = node["content"]["content"]
    for attribute, value in attributes.items():
        if attribute in own or "__" in attribute or not attribute.isidentifier():
            raise ModelError(f"{name}: puts {_shown(attribute)} in the place of something that {kind} does.")
        if not _is_allowed(attribute, value):
            raise ModelError(
                f"{name}: '{_shown(attribute)}' of {kind} is {_shown(_said(value))}, which is not allowed "
                f"here; allowed: {_allowed_values(attribute)}."
            )
    saved = _scalar(attributes.get("_sklearn_version"))
    if saved is not None and saved != version("scikit-learn"):
        raise ModelVersionError(
            f"{name}: saved with scikit-learn {_shown(saved)}, and {version('scikit-learn')} is installed, "
            "which may give other probabilities. Train and save it again, or install that version."
        )


def _is_allowed(attribute: str, value: Node) -> bool:
    if attribute in SETTINGS:
        return value["__loader__"] == "JsonNode" and _scalar(value) in SETTINGS[attribute]
    if attribute == "n_features":
        number = _scalar(value)
        return type(number) is int and 0 < number <= MOST_BUCKETS
    if attribute == "ngram_range":
        sizes = [_scalar(one) for one in _items(value) or ()]
        return (
            len(sizes) == 2
            and all(type(size) is int for size in sizes)
            and 1 <= sizes[0] <= sizes[1] <= LONGEST_NGRAM
        )
    return True


def _allowed_values(attribute: str) -> str:
    if attribute in SETTINGS:
        return ", ".join(map(str, SETTINGS[attribute]))
    return f"1 to {MOST_BUCKETS:,}" if attribute == "n_features" else f"from 1 up to {LONGEST_NGRAM}"


def _type_of(node: Node) -> str:
    return f"{node.get('__module__')}.{node.get('__class__')}"


def _items(node: Any) -> Any:
    return node.get("content") if isinstance(node, dict) else None


def _is_scalar(content: Any) -> bool:
    if not isinstance(content, str):
        return False
    try:
        return isinstance(json.loads(content), str | int | float | None)
    except (ValueError, RecursionError):
        return False


def _scalar(node: Node | None) -> Any:
    return json.loads(node["content"]) if node is not None and node["__loader__"] == "JsonNode" else None


def _said(node: Node) -> str:
    if node["__loader__"] == "JsonNode":
        return str(_scalar(node))
    return f"a {node['__class__']}"


def _refuse_part(name: str) -> NoReturn:
    raise ModelError(f"{name}: holds a part that no estimator of these kinds has.")


def _shown(value: object) -> str:
    """A stranger's word as an error may show it: short, and nothing in it steers a terminal."""
    text = visible(str(value))
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
