"""What a scorecard may ask: behaviours and the customer's feelings, never the agent's."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from carescore.errors import ScorecardError
from carescore.refused_words import refused_word
from carescore.scorecard import bundled_text, parse_scorecard

REFUSED = [
    ("Emotion", ""),
    ("Agent sentiment", ""),
    ("Sentiment", "How positive was the call?"),
    ("Stress", "Did the agent sound stressed?"),
    ("Composure", "Was the agent stressed in front of the customer?"),
    ("Mood", "What mood was the representative in when the customer rang?"),
    ("Engagement", "How does the employee feel about the work? Rate the feelings."),
    ("Self-control", "Does the agent keep their own emotions away from the customer?"),
    ("Self-control", "Did the adviser control his anger?"),
    ("Energy", "Shows the agent's enthusiasm."),
    ("Resilience", "Rate signs of burnout."),
    ("Voice", "Tone of voice is warm."),
    ("Character", "Judge the agent's personality."),
    ("Frustration", "Was the agent frustrated with the caller?"),
    ("Positive", "Are you happy while you speak?"),
    ("Emotional intelligence", ""),
    ("EMOTIONS", ""),
    ("Feelings", "The agent’s feelings."),
]
ALLOWED = [
    ("Empathy", "Did the agent show empathy?"),
    ("Customer distress", "Was customer distress met at once?"),
    ("Customer sentiment", "How did the customer's sentiment change?"),
    ("Sentiment", "Did the sentiment of the customer improve by the end?"),
    ("Emotions", "Did the agent acknowledge the customer's emotions?"),
    ("Acknowledgement", "Acknowledges the emotion and the effort before solving."),
    ("Empathy", "Did the agent respond to the feelings the caller voiced?"),
    ("De-escalation", "Met frustration with patience; defuses anger."),
    ("De-escalation", "Did the agent handle the client’s anger calmly?"),
    ("Reassurance", "Eases the stress of the guest."),
    ("Clarity", "The agent stressed the importance of the deadline."),
    ("Effort", "Was the customer upset by being passed around?"),
    ("Patience", "Did the agent stay patient when asked a third time?"),
    ("Courtesy", "Says 'happy to help' without a reason? Was the agent kind?"),
    ("Hardship", "Did the agent notice that the customer is under stress?"),
    ("Distress", ""),
    ("Character set", "Spells out difficult names."),
    ("Overall", "Would this customer tell a good story about this call?"),
]
CARD = """
schema = "carescore.scorecard/1"
name = "team"
version = "1.0.0"
{description}
[[criteria]]
id = "{id}"
name = "{name}"
asks = "{asks}"
points = {{ "shows empathy" = 2.0 }}
"""


def card(name="Empathy", asks="", id="warmth", description=""):
    return parse_scorecard(CARD.format(name=name, asks=asks, id=id, description=description))


@pytest.mark.parametrize(("name", "asks"), REFUSED)
def test_a_scorecard_that_asks_how_an_agent_feels_or_is_is_refused(name, asks):
    with pytest.raises(ScorecardError, match=r"criteria\[0\]\.\w+: it asks how the agent feels .* Grade a"):
        card(name, asks)


@pytest.mark.parametrize(("name", "asks"), ALLOWED)
def test_behaviours_and_customers_feelings_may_be_asked(name, asks):
    assert card(name, asks).criteria[0].asks == asks


def test_ids_and_descriptions_are_read_too():
    with pytest.raises(ScorecardError, match=r"criteria\[0\]\.id: it asks how .* \('sentiment'"):
        card(id="agent_sentiment")
    assert card(id="customer_sentiment")
    with pytest.raises(ScorecardError, match=r"scorecard: description: it asks how .* \('stress'"):
        card(description='description = "Finds out how high the stress of our agents is."')
    assert card(description='description = "How we meet customers in distress."')


def test_the_reason_is_told():
    with pytest.raises(ScorecardError, match=r"words do not show it.*AI Act, Art\. 5\(1\)\(f\)"):
        card("Stress")


def test_the_bundled_scorecard_asks_for_behaviours():
    assert parse_scorecard(bundled_text())


def test_every_word_of_the_file_can_refuse():
    words = tomllib.loads(files("carescore").joinpath("refused_words.toml").read_text(encoding="utf-8"))
    for word in (*words["states"], *words["feelings"]):
        assert refused_word([f"Rate the agent's {word.rstrip('*')}."]), word
    for word in words["states"]:
        assert refused_word([f"Rate {word.rstrip('*')}."]), word
        assert refused_word([f"Rate the customer's {word.rstrip('*')}."]) is None, word
    for word in words["feelings"]:
        assert refused_word([f"Rate {word.rstrip('*')}."]) is None, word
