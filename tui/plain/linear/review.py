"""The review in lines: reads a command, obeys, and asks again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property

from annotate import edit
from annotate.errors import OnrecordError
from annotate.model import Record, Status
from tui.keys.keymap import Keymap
from tui.plain.linear.letters import help_lines, understood
from tui.plain.linear.lines import context_lines, is_done
from tui.plain.linear.sitting import Ask, Say, Sitting
from tui.session.resume import ResumePoint
from tui.session.session import Session
from tui.wording import fields
from tui.wording.speaker_choices import speaker_choices

_MOST_NAMES = 20
"""Maximum number of speakers offered."""


class LinearReview:
    """The commands, one method each, named after the app's actions.

    Args:
        session: The articles, none of them open yet.
        keymap: The keys in force.
        say: Prints a line.
        ask: Prints a prompt and returns the typed line; raises EOFError at the end of the input.
    """

    def __init__(self, session: Session, keymap: Keymap, say: Say, ask: Ask) -> None:
        self._session = session
        self._keymap = keymap
        self._help = keymap.key_of("help", "everywhere")
        self._sitting = Sitting(session, say, ask)
        self._is_left = False
        self._is_warned = False
        """True once the person has been told that leaving loses something."""

    @cached_property
    def _handlers(self) -> dict[str, Callable[[str], object]]:
        names = (name for name in dir(type(self)) if name.startswith("action_"))
        return {name.removeprefix("action_"): getattr(self, name) for name in names}

    @property
    def point(self) -> ResumePoint:
        """The article and claim to resume at."""
        record = self._session.record
        return ResumePoint(record.id if record else None, self._sitting.claim_id)

    def run(self, index: int, record: Record, claim_id: str | None) -> None:
        """Review from an article and claim on, until the person quits or the input ends."""
        sitting = self._sitting
        sitting.say(f"Type a letter and press enter; {self._help} lists the letters.")
        with suppress(EOFError):
            sitting.show(index, record, claim_id)
            while not self._is_left:
                place = f"{sitting.at + 1} of {len(sitting.claims)}" if sitting.claims else "no claims"
                self._obey(sitting.ask(f"{place}> "))

    def _obey(self, line: str) -> None:
        self._sitting.news.take_in()
        command = understood(line, self._keymap, self._handlers)
        if command is None:
            self._sitting.say(f"{line.strip()} is not a command; {self._help} lists them.")
            return
        self._is_warned = self._is_warned and command.action == "quit"
        self._handlers[command.action](command.rest)

    # ------------------------------------------------------------------ moving

    def action_next_claim(self, _: str) -> None:
        """Go to the next claim."""
        self._sitting.go(self._sitting.at + 1, "That was the last claim.")

    def action_previous_claim(self, _: str) -> None:
        """Go to the claim before."""
        self._sitting.go(self._sitting.at - 1, "That was the first claim.")

    def action_first_claim(self, _: str) -> None:
        """Go to the first claim."""
        self._sitting.go(0, "There is no claim.")

    def action_last_claim(self, _: str) -> None:
        """Go to the last claim."""
        self._sitting.go(len(self._sitting.claims) - 1, "There is no claim.")

    def action_number(self, typed: str) -> None:
        """Go to the claim of a number."""
        self._sitting.go(int(typed) - 1, f"There is no claim {typed}.")

    def action_next_undecided(self, _: str) -> None:
        """Go to the next undecided claim, from the last on to the first."""
        claims, at = self._sitting.claims, self._sitting.at
        order = [*range(at + 1, len(claims)), *range(at + 1)]
        found = next((i for i in order if claims[i].status == "suggested"), -1)
        self._sitting.go(found, "Every claim is decided.")

    def action_next_article(self, _: str) -> None:
        """Open the next article."""
        self._open_other(1)

    def action_previous_article(self, _: str) -> None:
        """Open the article before."""
        self._open_other(-1)

    def _open_other(self, by: int) -> None:
        index = self._session.index + by
        if not 0 <= index < len(self._session.entries):
            self._sitting.say("That was the last article." if by > 0 else "That was the first article.")
            return
        try:
            record = self._session.load(index)
        except OnrecordError as error:
            self._sitting.say(str(error))
            return
        self._sitting.show(index, record)

    def action_read(self, _: str) -> None:
        """Print the claim again."""
        self._sitting.go(self._sitting.at, "There is no claim here.")

    def action_context(self, _: str) -> None:
        """Print the paragraphs of the claim."""
        if claim := self._sitting.wanted_claim():
            self._sitting.say_all(context_lines(self._sitting.record, claim))

    # ------------------------------------------------------------------ deciding

    def action_accept(self, _: str) -> None:
        """Accept the claim and go on."""
        self._decide("accepted")

    def action_reject(self, _: str) -> None:
        """Reject the claim and go on."""
        self._decide("rejected")

    def action_undecided(self, _: str) -> None:
        """Make the claim undecided again."""
        if claim := self._sitting.wanted_claim():
            change = edit.decide(self._sitting.record, claim.id, "suggested", self._session.actor)
            self._sitting.do(change, "Undecided again.", "The claim is undecided already.")

    def _decide(self, status: Status) -> None:
        claim = self._sitting.wanted_claim()
        if claim is None:
            return
        change, at = edit.decide(self._sitting.record, claim.id, status, self._session.actor), self._sitting.at
        was_done = is_done(self._sitting.record)
        # Deciding again as before changes nothing and still goes on, as in the app.
        if change is None or self._sitting.do(change, f"{status.capitalize()}."):
            if is_done(self._sitting.record) and not was_done:
                self._sitting.say("Every claim is decided; the article is done.")
            self._sitting.go(at + 1, "That was the last claim.")

    def action_done(self, _: str) -> None:
        """Mark the article done, or not done."""
        done = is_done(self._sitting.record)
        change = edit.set_state(self._sitting.record, "in_progress" if done else "done", self._session.actor)
        self._sitting.do(change, "The article is open again." if done else "The article is done.")

    # ------------------------------------------------------------------ correcting

    def action_speaker(self, typed: str) -> None:
        """Set the speaker, by a number of the list or a name."""
        claim = self._sitting.wanted_claim()
        names = list(speaker_choices(self._sitting.record, claim))[:_MOST_NAMES] if claim else []
        if claim and not typed:
            self._sitting.say_all(f"{number}: {name}" for number, name in enumerate(names, 1))
            typed = self._sitting.ask("Speaker, a number or a name; 0 for none, enter alone to leave it: ").strip()
        if typed.isdecimal() and int(typed) > len(names):
            self._sitting.say(f"There is no speaker {typed} in the list.")
        elif typed:
            self._set("speaker", names[int(typed) - 1] if typed.isdecimal() and int(typed) else typed)

    def action_date(self, typed: str) -> None:
        """Set the date."""
        self._set("date", typed or self._typed("date"))

    def action_type(self, typed: str) -> None:
        """Set the type."""
        self._set("type", typed or self._typed("type"))

    def action_note(self, typed: str) -> None:
        """Write a note."""
        self._set("note", typed or self._typed("note"))

    def _typed(self, name: str) -> str:
        field, claim = fields.field(name), self._sitting.wanted_claim()
        if claim is None:
            return ""
        now = field.value(self._sitting.record, claim) or "none"
        hint = f"{field.hint}; 0 for none, enter alone to leave it"
        return self._sitting.ask(f"{name.capitalize()}, now {now} ({hint}): ").strip()

    def _set(self, name: str, typed: str) -> None:
        """Set a field of the claim from typed words: `0` empties it, and no words leave it."""
        field, claim = fields.field(name), self._sitting.wanted_claim() if typed else None
        if claim is None:
            return
        value = "" if typed == "0" else typed
        verdict = field.check(self._sitting.record, claim, value)
        if not verdict.ok:
            self._sitting.say(f"{typed} cannot be the {name}: {verdict.says}")
            return
        said = f"{name.capitalize()}: {value or 'none'}{f', {verdict.says}' if verdict.says else ''}"
        self._sitting.do(field.change(self._sitting.record, claim, value, self._session.actor), said)

    # ------------------------------------------------------------------ saving, undo, leaving

    def action_undo(self, _: str) -> None:
        """Undo the last action, in any article."""
        self._sitting.step("Undone", self._session.undo)

    def action_redo(self, _: str) -> None:
        """Redo the last undone action."""
        self._sitting.step("Redone", self._session.redo)

    def action_retry(self, _: str) -> None:
        """Start the engine again after it failed, and wait for the article."""
        self._session.retry_engine()
        self._sitting.news.take_in()
        self._sitting.show(self._session.index, self._sitting.record, self._sitting.claim_id)

    def action_help(self, _: str) -> None:
        """List the commands."""
        self._sitting.say_all(help_lines(self._keymap, self._handlers))

    def action_quit(self, _: str) -> None:
        """Leave; say first if something is not saved."""
        save = self._session.save
        self._is_left = save.state != "unsaved" or self._is_warned
        if not self._is_left:
            self._is_warned = True
            self._sitting.say(f"Not saved: {save.error}. Quit once more to lose what is not saved.")
