"""Whether a call has enough in it to be scored at all. If not, the result abstains and says why."""

from __future__ import annotations

from typing import Final

from carescore.scorecard import Scorecard
from carescore.transcript import Transcript

# Words of English calls are known to 90% and more, words of other languages to 20–45%.
LEAST_KNOWN_WORDS: Final = 0.6


def why_not(call: Transcript, scorecard: Scorecard, known_words: float) -> str | None:
    """The sentence that says why the call cannot be scored, or `None` if it can.

    `known_words` is the share of the call's words that the model has seen (0–1).
    """
    agent = [turn for turn in call.turns if turn.role == "agent"]
    customer = [turn for turn in call.turns if turn.role == "customer"]
    unknown = [turn for turn in call.turns if turn.role == "unknown"]
    if len({turn.speaker for turn in call.turns}) == 1 and not (agent and customer):
        return "Only one person speaks in it; care cannot be judged without the other side."
    if unknown and not (agent and customer):
        names = ", ".join(f"'{name}'" for name in dict.fromkeys(turn.speaker for turn in unknown))
        return (
            f'It is not known who the agent is (speakers: {names}). Say it with agent="NAME", or on the '
            "command line with --agent NAME."
        )
    if not agent:
        bots = any(turn.role == "bot" for turn in call.turns)
        return (
            "Only a bot spoke with the customer; bots are not scored as people."
            if bots
            else ("Nobody in it is an agent, so there is nothing to score.")
        )
    if not customer:
        return "Only the agent speaks in it; care cannot be judged without the customer's side."
    if len(agent) < scorecard.minimum_turns:
        return f"The agent has {len(agent)} turns; the scorecard asks for at least {scorecard.minimum_turns}."
    words = 0
    for turn in (*agent, *customer):
        words += len(turn.text.split())
        if words >= scorecard.minimum_words:
            break  # the rest need not be counted
    if words < scorecard.minimum_words:
        return f"It has {words} words; the scorecard asks for at least {scorecard.minimum_words}."
    if known_words < LEAST_KNOWN_WORDS:
        return (
            f"The model knows only {known_words:.0%} of its words. It reads English; is the call in another "
            "language, or is the file garbled?"
        )
    return None
