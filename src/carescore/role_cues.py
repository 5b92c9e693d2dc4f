"""The words by which agents and customers give themselves away, and how much each of them tells.

The weights are log-odds: a logistic regression on the difference between the two speakers of a call, held
near 1 where calls say little. It was fitted on the calls in `data/corpus` and on public booking and help
chats, each also without punctuation and cut to a few turns; talk between equals, where nobody is an agent,
was part of it with "either" as the right answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Cue:
    """Something that tells agents (positive weight) or customers (negative) from the other side.

    `phrases` have up to three words, in lower case, with spaces for all punctuation; `enough` different
    ones are all the evidence there is, for more of the same says nothing new.
    """

    weight: float
    reads: str
    phrases: tuple[str, ...] = ()
    enough: int = 1


def _cue(weight: float, reads: str, phrases: str = "", enough: int = 1) -> Cue:
    return Cue(weight, reads, tuple(phrases.split("|")) if phrases else (), enough)


PHRASES: Final = (
    _cue(
        1.1,
        "thanks for calling",
        "for calling|for contacting|for reaching|for choosing|for your call|for ringing|welcome to"
        "|you ve reached|for your business|being a valued|for your loyalty|for your interest"
        "|for your feedback",
    ),
    _cue(
        1.1,
        "asks for patience",
        "for your patience|for holding|for waiting|for bearing with|for the wait|for your time|for staying"
        "|take your time|bear with me|one moment|just a moment|a moment please|please hold|please wait"
        "|on hold for|hold for a|hold while",
    ),
    _cue(
        1.8,
        "offers help",
        "how can i|how may i|how can we|can i help|may i help|help you|assist you|anything else i"
        "|else i can|do for you|of service to|happy to help|glad to help|happy to assist|assist with"
        "|anything else|is there anything",
        enough=2,
    ),
    _cue(
        1.6,
        "asks for name or account",
        "may i have|can i take|could i have|could i get|have your|your name|date of birth|number please"
        "|your account|your order|your full|your date|your address|your phone|your number|your email"
        "|your reservation|your booking|your reference|your policy|your member|your postcode"
        "|security questions|verify|name please|what is your|what s your|please provide|who am i"
        "|am i speaking",
        enough=3,
    ),
    _cue(
        1.8,
        "looks things up",
        "let me|pull up|i can see|i see that|take a look|shall i|i ll check|i m checking|looking at your"
        "|i have found|i found|found it|i m showing|i m seeing|on my screen|the system|on my side"
        "|on our side|our end|my end",
        enough=2,
    ),
    _cue(
        1.2,
        "apologises",
        "sorry to hear|apologise|apologize|sorry for the|sorry about that|inconvenience|our apologies"
        "|my apologies|we are sorry|we re sorry|very sorry|so sorry|regret|unfortunately",
    ),
    _cue(
        2.0,
        "tells the other what to do or expect",
        "you can|you ll|you may|you get|if you|you need to|you should|you want|would you like|do you have"
        "|have you|are you|when you|did you|yours|yourself|suggested",
        enough=3,
    ),
    _cue(
        1.4,
        "speaks for the company",
        "we can|we ll|we do|we don t|our|we offer|customers|our team|the team|working days|business days"
        "|within|hours|our system|we will|we have|contact us|department",
        enough=3,
    ),
    _cue(
        1.5,
        "uses the courtesies of service",
        "absolutely|certainly|of course|i understand|you re welcome|you are welcome|have a great"
        "|have a good|have a nice|have a lovely|have a wonderful|good day|my pleasure|enjoy your|mr|mrs|ms"
        "|sir|ma am|madam|dear",
        enough=2,
    ),
    _cue(
        1.8,
        "says what will be done",
        "i ll put|i ll send|i ll make|i ll get|i ll have|i will send|i will make|i ve put|i ve sent"
        "|i ve added|i m putting|i m sending|have booked|been booked|i have booked|confirmed|booked for you"
        "|for you|arranged|you ll get|you ll receive|you will receive|i ve noted|i ll note",
        enough=2,
    ),
    _cue(
        0.9,
        "gives own name or desk",
        "speaking|you re through|through to|speaking to|speaking with|here from|this side|my name is|this is",
    ),
    _cue(
        -1.7,
        "says why they call",
        "i m calling|i am calling|i m phoning|i m ringing|i need|i want|i d like|i would like|i m looking"
        "|i am looking|i have a|i m having|it s about|i wanted|i was wondering|help me|i m trying"
        "|i am trying|my problem|i was hoping|need help|i wondered|i m writing|i am writing",
        enough=2,
    ),
    _cue(
        -1.8,
        "asks what to do or to expect",
        "how do i|what do i|do i|where do i|how long|what happens|will i|am i|can you|could you|should i"
        "|would i|how much|what about|do you know",
        enough=3,
    ),
    _cue(
        -1.5,
        "thanks for the help",
        "thanks so much|you so much|your help|that s great|that s all|thank god|that is all|sounds good"
        "|that ll be|cheers|ta|appreciate it|oh thank|ok thank|okay thank",
        enough=2,
    ),
    _cue(
        -1.5,
        "tells what happened to them",
        "i ve been|i was|i had|i did|i got|i paid|i called|i bought|i ordered|i tried|i received|told me"
        "|they said|it says|i ve had|i have been|i didn t|i went|i thought|i rang|i ve got|was told|i never"
        "|i haven t|i ve tried|i only|nobody|no one|my husband|my wife|my son|my daughter|my mum|my dad"
        "|my mother|my father|yesterday|last week|this morning|i just",
        enough=4,
    ),
    _cue(
        -1.1,
        "complains",
        "ridiculous|unacceptable|your service|your company|your website|your app|you people|you guys"
        "|frustrated|frustrating|complaint|complain|terrible|your agent|cancel my|speak to",
        enough=2,
    ),
)
# Counted in other ways, in `role_evidence`.
YOUR_OR_MY: Final = _cue(2.4, "says 'your' rather than 'my'")
YOU_OR_I: Final = _cue(2.1, "says 'you' rather than 'I'")
NUMBERS: Final = _cue(-0.6, "reads out numbers")
SENTENCES: Final = _cue(1.1, "writes whole sentences")
SHORT_ANSWERS: Final = _cue(1.0, "asks what takes a few words to answer")
LONG_ANSWERS: Final = _cue(-0.8, "asks what takes many words to answer")
OWN_STORY: Final = _cue(-0.7, "opens with their own story")
SPEAKS_FIRST: Final = _cue(0.5, "speaks first on the phone")
WRITES_FIRST: Final = _cue(-0.6, "writes first")
# Set by hand, for the fitted calls had no labels: a role word in an account name, or a phone number.
LABEL: Final = _cue(2.0, "has a label that says so")

CUES: Final = (
    *PHRASES,
    YOUR_OR_MY,
    YOU_OR_I,
    NUMBERS,
    SENTENCES,
    SHORT_ANSWERS,
    LONG_ANSWERS,
    OWN_STORY,
    SPEAKS_FIRST,
    WRITES_FIRST,
    LABEL,
)

# Words of contacts about a service, on either side; friends need few of them.
_SERVICE: Final = (
    "order orders ordered account accounts refund refunds refunded booking bookings booked book reservation "
    "bill bills billing invoice invoices appointment appointments delivery delivered deliver parcel password "
    "login ticket tickets subscription policy contract payment payments charged charge charges card warranty "
    "reference customer customers service support agent cancel cancelled cancellation claim claims claimed "
    "insurance engineer technician installation install broadband router meter tariff replacement exchange "
    "item items product products shipping tracking returned return complaint member membership website app "
    "registered verify form department price discount credit loan deposit prescription hotel flight train "
    "restaurant available system update reset settings fee fees permit application statement balance"
)
SERVICE_WORDS: Final = frozenset(_SERVICE.split())
# Cues that only an agent gives, each as telling as two words of service.
AGENTS_ONLY: Final = frozenset(
    ("thanks for calling", "asks for patience", "offers help", "gives own name or desk")
)
_NUMBER_WORDS: Final = "zero one two three four five six seven eight nine oh double"
NUMBER_WORDS: Final = frozenset(_NUMBER_WORDS.split())
