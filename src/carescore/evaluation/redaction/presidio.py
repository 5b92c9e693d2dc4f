"""Microsoft's Presidio on the same snippets, where it is installed, to compare with."""

from __future__ import annotations

from typing import Final

from carescore.errors import UsageError
from carescore.evaluation.redaction.marked_set import Mark
from carescore.evaluation.redaction.measure import Finder
from carescore.transcript import Transcript

# Presidio's entities and the form that each stands for here.
_ENTITIES: Final = {
    "CREDIT_CARD": "card",
    "US_SSN": "ssn",
    "US_ITIN": "ssn",
    "UK_NINO": "ssn",
    "IBAN_CODE": "iban",
    "PHONE_NUMBER": "phone",
    "EMAIL_ADDRESS": "email",
    "DATE_TIME": "birth_date",
    "US_BANK_NUMBER": "account",
    "US_PASSPORT": "account",
    "US_DRIVER_LICENSE": "account",
    "UK_NHS": "account",
    "LOCATION": "address",
    "PERSON": "name",
}


def by_presidio(model: str) -> Finder:
    """What Presidio finds in each turn, with the spaCy pipeline `model` (a name or a folder).

    Its own settings are used, without a threshold. It reads a turn at a time, for it knows no calls.
    Raises `UsageError` if Presidio or the pipeline is not installed.
    """
    try:
        from presidio_analyzer import AnalyzerEngine
        from presidio_analyzer.nlp_engine import NlpEngineProvider
    except ImportError:
        raise UsageError(
            "to compare with Presidio, install it beside carescore: pip install presidio-analyzer"
        ) from None
    models = [{"lang_code": "en", "model_name": model}]
    try:
        engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models})
        analyzer = AnalyzerEngine(nlp_engine=engine.create_engine(), supported_languages=["en"])
    except (OSError, ValueError, SystemExit):
        raise UsageError(
            f"Presidio needs a spaCy pipeline with names of people, and '{model}' is none that is installed; "
            "see https://spacy.io/models, and give its name or the folder it lies in."
        ) from None
    known = set(analyzer.get_supported_entities("en"))
    wanted = [entity for entity in _ENTITIES if entity in known]

    def find(call: Transcript) -> list[Mark]:
        return [
            Mark(turn.index, found.start, found.end, _ENTITIES[found.entity_type])
            for turn in call.turns
            for found in analyzer.analyze(text=turn.text, language="en", entities=wanted)
        ]

    return find
