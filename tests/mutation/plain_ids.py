"""A pytest plugin that names parametrized cases by number: mutmut asks for them by name, and pytest cannot
find those whose names hold brackets, line ends and the like, as hostile text does.
"""

from __future__ import annotations

from typing import Any

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Leave out the names that a test gives its cases."""
    parametrize = metafunc.parametrize

    def without_names(*args: Any, ids: Any = None, **keys: Any) -> None:
        parametrize(*args, **keys)

    metafunc.parametrize = without_names  # type: ignore[method-assign]


def pytest_make_parametrize_id(argname: str) -> str:
    """The name of the argument; pytest numbers the cases."""
    return argname
