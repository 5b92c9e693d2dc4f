"""Score customer-support conversations the way a good coach would.

>>> import carescore as cs
>>> sorted(cs.__all__)[:3]
['CallScore', 'CareScoreError', 'Evidence']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from carescore.errors import CareScoreError
from carescore.version import __version__

if TYPE_CHECKING:
    from carescore.reading import read, read_all
    from carescore.results import CallScore, Evidence
    from carescore.scorecard import Scorecard
    from carescore.scorer import Scorer
    from carescore.transcript import Transcript, Turn
    from carescore.verification import verify

__all__ = [
    "CallScore",
    "CareScoreError",
    "Evidence",
    "Scorecard",
    "Scorer",
    "Transcript",
    "Turn",
    "__version__",
    "read",
    "read_all",
    "verify",
]

# Imported when first asked for, so that `import carescore` stays light.
_HOMES: Final = {
    "CallScore": "carescore.results",
    "Evidence": "carescore.results",
    "Scorecard": "carescore.scorecard",
    "Scorer": "carescore.scorer",
    "Transcript": "carescore.transcript",
    "Turn": "carescore.transcript",
    "read": "carescore.reading",
    "read_all": "carescore.reading",
    "verify": "carescore.verification",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'carescore' has no attribute '{name}'")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
