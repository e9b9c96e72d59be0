"""Legends for the help: the meaning of each sign and word on the screens. `{done}` stands for the key of an action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui.keys.keymap import Keymap, key_name
from tui.keys.registry import Scope
from tui.wording.article_rows import STATES
from tui.wording.estimates import SURE
from tui.wording.signs import BAR, DOUBTFUL, MARKS, MORE

Meanings = Mapping[str, str]
"""Meanings by sign, word or key."""

MARKS_OF_CLAIMS: Meanings = {
    MARKS["suggested"]: "suggested by the engine, for you to decide",
    DOUBTFUL: f"suggested, but the engine is less than {SURE:.0%} sure\nor guessed the speaker",
    MARKS["accepted"]: "accepted",
    MARKS["rejected"]: "rejected",
}

LEGEND: Mapping[str, Meanings] = {
    "Words in the claim list": {
        "direct": "its words stand in quotation marks",
        "indirect": "its words stand without quotation marks",
        "mixed": "some of its words stand in quotation marks",
        "“warned”:": "how it was said, where that is more than “said”",
        "negated": ("the article says that it was denied or not said;\nthe words that say so: “denied”, “did not say”"),
        "hedged": (
            "not certain that it was said (“reportedly told”),\n"
            "or alleged, source not named (“is alleged to”);\n"
            "the claim shows these words. Where somebody\n"
            "alleged it, the cue says so: “alleged”"
        ),
        "speaker": "who said it; (no speaker) where that is not known",
        "Ana Li?": "the engine guessed which speaker it is",
        "or maybe": "another possible speaker; {speaker} chooses",
        "source": "the words that say who: “the minister”, “she”",
        "cue": "the words that say that it was said: “said”",
        "to": "the person or group spoken to, the addressee",
        "date": "when it was said, where the article says so",
        "dates": "dates inside the words said",
        "engine": (
            "how likely it is that these words were said, and\n"
            "by this speaker; of a guess, how often guesses are\n"
            "right. At the end of rows: both together"
        ),
        "fact-check": (
            "whether the words say what could be found true\n"
            "or false and matters to the public: likely,\n"
            "perhaps or hardly; opinions and wishes hardly do"
        ),
        "corrected": "the fields that a person corrected",
        "note": "a note of yours",
        "tags": "your own words to find claims by",
    },
    "Signs beside the article": {
        "3": "claim 3 begins here",
        f"3{MORE.strip()}": "claim 3 and at least one more begin here",
        BAR.strip(): "words of the current claim",
    },
    "Signs in the claim list": MARKS_OF_CLAIMS,
}
"""The legend of the review, by headings; signs last, as the key `end` in the help goes there."""

_READ_ALL = "{read_all} reads all and saves the suggestions"
_MARKED = {"▶": "the current row"}

_ARTICLES: Mapping[str, Meanings] = {
    "Signs and words in the list of articles": {
        **_MARKED,
        STATES["new"]: f"not read by the engine yet;\n{_READ_ALL}",
        STATES["suggested"]: "read; none of its claims is decided yet",
        STATES["in_progress"]: "some of its claims are decided, or it was edited",
        STATES["done"]: "all its claims are decided, or you said so ({done})",
        "✗ error": "it cannot be opened; the reason stands beside",
        "3/12": "3 of its 12 claims are decided",
        "15% may be wrong": ("the engine's estimate for the undecided claims:\nwrong words or a wrong speaker"),
    }
}
_SPEAKERS: Mapping[str, Meanings] = {
    "Signs and words in the list of speakers": {
        **_MARKED,
        "~": "possible duplicate; “maybe” names the other",
        "maybe 2": (
            "possibly two people with one name: articles call\n"
            "them differently; {merge_speakers} confirms one, {split_speakers} splits"
        ),
        "+": "the speaker that you are merging, after {merge_speakers}",
        "also": "other names of the same speaker",
        "2 unread": f"articles whose speakers are not listed yet;\n{_READ_ALL}",
    }
}
LEGENDS: Mapping[Scope, Mapping[str, Meanings]] = {
    "review": LEGEND, "library": _ARTICLES, "speakers": _SPEAKERS, "carrying": _SPEAKERS,
}  # fmt: skip
"""All legends, by active scope."""


def legend(scopes: Iterable[Scope], keymap: Keymap) -> Mapping[str, Meanings]:
    """Return the legend for some scopes, by headings, with the keys in force.

    Args:
        scopes: The active scopes.
        keymap: Names the keys.
    """
    template = next((LEGENDS[scope] for scope in scopes if scope in LEGENDS), {})
    keys = {action.name: " ".join(map(key_name, action.keys[:1])) or "no key" for action in keymap.actions}
    return {
        heading: {sign: says.format_map(keys) for sign, says in meanings.items()}
        for heading, meanings in template.items()
    }
