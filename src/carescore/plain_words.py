"""Words that spaCy's English tokenizer leaves as they are, so that it need not be asked about each of them.

Letters alone are one token, and letters before a comma, a full stop or another mark are two, unless spaCy
has a rule of its own for them ("cannot", "dr.").
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

# After a capital a full stop may belong to a name or an abbreviation: spaCy decides.
_PLAIN: Final = re.compile(r"([A-Za-z]+)([,?!]|(?<=[a-z])\.)?")


def tokens_of(piece: str, rules: Container[str]) -> tuple[str, ...] | None:
    """The tokens of a run without white space, or `None` if spaCy has to read it; `rules` are spaCy's own.

    >>> tokens_of("Sorry,", {"dr."})
    ('Sorry', ',')
    """
    found = _PLAIN.fullmatch(piece)
    if found is None or piece in rules or found[1] in rules:
        return None
    return (found[1], found[2]) if found[2] else (found[1],)
