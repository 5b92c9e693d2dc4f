"""Private things out of calls: cards, numbers, addresses and names, written and spoken, as placeholders."""

from carescore.redact.lexicon import FORMS
from carescore.redact.redaction import Redaction, Span, redact, redacted

__all__ = ["FORMS", "Redaction", "Span", "redact", "redacted"]
