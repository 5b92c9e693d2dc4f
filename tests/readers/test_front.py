"""Front: newest first, drafts left out, comments kept as notes, addresses as labels."""

from __future__ import annotations

from typing import Any

import pytest
from spoiled import assert_only_transcript_errors, call_of

QUOTE = "On Tue, Mar 4, 2031 at 2:34 PM Ida &lt;ida@voss.example&gt; wrote:<br>"


def message(body: str, second: int, *, inbound: bool, **more: Any) -> dict[str, Any]:
    handle = "ida@voss.example" if inbound else "help@tarn.example"
    return {
        "_links": {"related": {"conversation": "https://api.front.example/conversations/cnv_5x"}},
        "id": f"msg_{second}",
        "type": "email",
        "is_inbound": inbound,
        "created_at": 1_900_000_000.25 + second,
        "blurb": "...",
        "body": f"<div>{body}</div>",
        "text": "text",
        "author": None if inbound else {"first_name": "Rolf", "last_name": "Amsel", "username": "rolf"},
        "recipients": [
            {"name": "Same Name", "handle": handle, "role": "from"},
            {"name": "Same Name", "handle": "other@x.example", "role": "to"},
        ],
        "is_draft": False,
        **more,
    }


MESSAGES = [
    message("Not sent yet.", 500, inbound=False, is_draft=True),
    message(f"Is it the T4?<div>{QUOTE}<blockquote>My pump leaks.</blockquote></div>", 300, inbound=False),
    message("My pump leaks.", 0, inbound=True),
]
COMMENTS = [{"id": "com_1", "author": {"first_name": "Uma"}, "body": "Old plan.", "posted_at": 1_900_000_100}]
SAID = [
    ("ida@voss.example", "customer", 0.0, "My pump leaks."),
    ("Rolf Amsel", "agent", 300.0, "Is it the T4?"),
]


@pytest.mark.parametrize(
    "document",
    [
        {"_pagination": {"next": None}, "_results": MESSAGES},
        {"id": "cnv_5x", "messages": MESSAGES},
        MESSAGES[1:],
    ],
    ids=["answer of the API", "conversation", "bare list"],
)
def test_a_conversation(document: Any) -> None:
    call = call_of(document)
    assert (call.format, call.call_id, call.channel, call.agent) == ("front", "cnv_5x", "email", "Rolf Amsel")
    assert [(t.speaker, t.role, t.start, t.text) for t in call.turns] == SAID


def test_comments_are_notes_and_pages_are_told() -> None:
    call = call_of({"_pagination": {"next": "https://x"}, "_results": MESSAGES, "comments": COMMENTS})
    assert [(t.speaker, t.role) for t in call.turns][1] == ("Uma", "system")
    assert "pages after it are missing" in call.warnings[0]


def test_an_outbound_mail_without_an_author_is_still_the_agents() -> None:
    call = call_of({"_results": [message("Hello.", 1, inbound=False, author=None)]})
    assert [(t.speaker, t.role) for t in call.turns] == [("help@tarn.example", "agent")]


@pytest.mark.parametrize(("kind", "channel"), [("sms", "chat"), ("call", "voice"), ("front_chat", "chat")])
def test_channels(kind: str, channel: str) -> None:
    assert call_of({"_results": [message("Hello.", 1, inbound=True, type=kind)]}).channel == channel


def test_spoiled_documents_raise_nothing_else() -> None:
    assert_only_transcript_errors(
        {"_results": MESSAGES, "comments": COMMENTS}, "My pump leaks", "Is it the T4"
    )
