"""Legends for the help: the meaning of each sign and word on the screens. `{done}` stands for the key of an action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tui.keys.keymap import Keymap, key_name
from tui.keys.registry import Scope
from tui.wording.article_rows import STATES
from tui.wording.estimates import SURE
from tui.wording.signs import BAR, DOUBTFUL, MARKED, MARKS, MORE

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
        "direct": "all its words are in quotation marks",
        "indirect": "none of its words are in quotation marks",
        "mixed": "some of its words are in quotation marks",
        "“warned”:": "the article's verb, if it says more than “said”",
        "negated": "the article says that it was denied or not said,\nin these words: “denied”, “did not say”",
        "hedged": (
            "not certain that it was said (“reportedly told”),\n"
            "or alleged, source not named (“is alleged to”).\n"
            "If a named source alleged it, it is not hedged,\n"
            "and its cue is “alleged”"
        ),
        "speaker": "who said it; “(no speaker)” if that is not known",
        "Ana Li?": "the engine guessed this speaker",
        "or maybe": "another possible speaker; {speaker} chooses",
        "source": "the words for the speaker: “the minister”, “she”",
        "cue": "the words that report it: “said”, “according to”",
        "to": "the addressee: the person or group spoken to",
        "date": "when it was said, if the article says so",
        "dates": "dates that the claim's words mention",
        "engine": (
            "how sure the engine is of the words and of the\n"
            "speaker; of a guessed speaker, how many guesses\n"
            "are right. At the end of a row: both combined"
        ),
        "fact-check": (
            "worth a fact-check: likely, perhaps or hardly;\n"
            "likely if it can be checked and matters to the\n"
            "public, hardly if it is an opinion or a wish"
        ),
        "corrected": "the fields that people corrected, and who",
        "note": "your note",
        "tags": "your own labels, to find claims by",
    },
    "Signs beside the article": {
        "3": "claim 3 begins here",
        f"3{MORE.strip()}": "claim 3 and at least one more begin here",
        BAR.strip(): "words of the current claim",
    },
    "Signs in the claim list": {
        **MARKS_OF_CLAIMS,
        MARKED: "marked with {mark}: the next action is for all of them",
    },
}
"""The legend of the review, by headings. Signs come last, as the key `end` in the help goes there."""

_READ_ALL = "{read_all} reads all and saves the suggestions"
_MARKED = {"▶": "the current row"}

_ARTICLES: Mapping[str, Meanings] = {
    "Signs and words in the list of articles": {
        **_MARKED,
        STATES["new"]: f"not read by the engine yet;\n{_READ_ALL}",
        STATES["suggested"]: "read; none of its claims is decided yet",
        STATES["in_progress"]: "some of its claims are decided, or it was edited",
        STATES["done"]: "all its claims are decided, or {done} marked it done",
        "✗ error": "it cannot be opened; the reason is shown beside",
        "3/12": "3 of its 12 claims are decided",
        "15% may be wrong": ("the engine's estimate for the undecided claims:\nwrong words or a wrong speaker"),
    }
}
_SPEAKERS: Mapping[str, Meanings] = {
    "Signs and words in the list of speakers": {
        **_MARKED,
        "~": "possible duplicate; “maybe” names the other",
        "maybe 2": (
            "possibly two people with one name, described\n"
            "differently; {merge_speakers} confirms one person, {split_speakers} splits"
        ),
        "+": "the speaker that you are merging, after {merge_speakers}",
        "also": "other names of the same speaker",
        "2 unread": f"articles whose speakers are not listed yet;\n{_READ_ALL}",
    }
}
LEGENDS: Mapping[Scope, Mapping[str, Meanings]] = {
    "review": LEGEND, "marking": LEGEND, "library": _ARTICLES, "speakers": _SPEAKERS, "carrying": _SPEAKERS,
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
