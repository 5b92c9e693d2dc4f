"""Invented calls for the tests of coaching."""

from __future__ import annotations

from carescore.transcript import Transcript
from tests.examples import call

# One distress and one effort that get no word, then a brush-off.
COLD = (
    "A: Harlow Boilers, account number.",
    "C: Hello, my boiler has been dead since Monday, I've rung four times and nobody came. I'm worried sick.",
    "A: Account number please.",
    "C: 4417. There's no hot water and my baby is freezing.",
    "A: It says the engineer called. Is there anything else?",
    "C: He did not. I want to speak to your supervisor.",
    "A: She would only tell you the same.",
    "C: Then I will go to the ombudsman. Goodbye.",
    "A: That's up to you.",
)

WARM = (
    "A: Harlow Boilers, Ines speaking, how can I help?",
    "C: Hello, my boiler has been dead since Monday, I've rung four times and nobody came. I'm worried sick.",
    "A: Four calls and nobody at the door, with a cold house all week: no wonder you're worried. "
    "When did it last light, and what does the display say?",
    "C: On Monday morning. It says F22.",
    "A: So it went off on Monday and shows F22, have I got that right? That means the pressure is too low, "
    "because water has got out somewhere, so it shuts itself off to be safe.",
    "C: Yes, that's right.",
    "A: I'm sending Tomek myself, he'll be with you by four today, and I'll ring you at five to hear that "
    "it's warm. If he is not there by four, ring this number and ask for me. I've taken off the call-out fee "
    "too, and keep the tap under the boiler shut until then, so that it doesn't empty itself.",
    "C: Oh thank you, that's such a relief. You've been wonderful.",
    "A: Get yourself something hot to drink, you've earned it.",
)


def cold_call() -> Transcript:
    """A call that went badly."""
    return call(*COLD, call_id="cold", channel="voice", agent="Rolf")


def warm_call() -> Transcript:
    """The same need, met."""
    return call(*WARM, call_id="warm", channel="voice", agent="Ines")
