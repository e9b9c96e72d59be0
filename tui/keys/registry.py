"""All actions of the app and their keys, in one registry.

The registry feeds key presses, the key bar, the help, the command palette, `onrecord keys` and `docs/keys.md`; people
rebind keys by an action's name in the config file. Keys are written as the character they type (`]`, `U`), or by
Textual's name where they type none (`space`, `ctrl+r`, `shift+right`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Scope = Literal[
    "everywhere",
    "review",
    "claims",
    "article",
    "selecting",
    "marking",
    "matches",
    "jumping",
    "typing",
    "noting",
    "form",
    "choosing",
    "library",
    "speakers",
    "carrying",
    "finding",
    "list",
    "filtered",
    "filtering",
]
Group = Literal["Move", "Decide", "Edit", "Spans", "Select", "Other"]

SCOPES: Mapping[Scope, str] = {
    "claims": "in the claim list",
    "article": "in the article",
    "review": "in both panes",
    "selecting": "while selecting words",
    "marking": "while marking claims",
    "matches": "after a search",
    "jumping": "while labels are shown",
    "typing": "while typing an answer",
    "noting": "while writing a note",
    "form": "in the claim's fields",
    "choosing": "in a list of choices",
    "library": "in the library",
    "speakers": "in the list of speakers",
    "carrying": "while merging a speaker",
    "finding": "while typing the name of the speaker to merge with",
    "list": "in the library and the list of speakers",
    "filtered": "in a filtered list",
    "filtering": "while typing the filter of a list",
    "everywhere": "everywhere",
}
"""Descriptions of the scopes, in the order of the key table."""


class Action(NamedTuple):
    """An action of the user, and its keys."""

    name: str
    """Name, and the method's after `action_`."""
    keys: tuple[str, ...]
    description: str
    scope: Scope
    group: Group
    footer: str = ""
    """Label in the key bar; empty for actions not shown there."""


ACTIONS: tuple[Action, ...] = (
    Action("accept", ("a",), "Accept and go on to the next claim", "review", "Decide", "accept"),
    Action("reject", ("x",), "Reject and go on to the next claim", "review", "Decide", "reject"),
    Action("next_undecided", ("space",), "Next undecided claim, or article", "review", "Move", "undecided"),
    Action("edit", ("e", "enter"), "Edit the claim's fields", "review", "Edit", "edit"),
    Action("speaker", ("s",), "Choose or name the speaker", "review", "Edit", "speaker"),
    Action("date", ("d",), "Set the claim's date: when it was said", "review", "Edit", "date"),
    Action("undo", ("u",), "Undo the last action, in any article", "review", "Other", "undo"),
    Action("new_claim", ("n",), "Make a new claim: select its words", "review", "Spans", "new"),
    Action("find", ("/",), "Find words in the article", "review", "Move", "find"),
    Action("next_article", (">",), "Next article", "review", "Move", "next article"),
    Action("library", ("L",), "Open the library of all articles", "review", "Move", "library"),
    Action("speakers", ("W",), "Merge, split and rename speakers of all articles", "review", "Move"),
    Action("select", ("v",), "Start selecting words in the article", "review", "Spans", "select"),
    Action("filter", ("f",), "Show only some of the claims", "review", "Move", "filter"),
    Action("order", ("O",), "Sort claims: least sure, most worth a fact-check, or as in the article", "review", "Move"),
    Action("type", ("t",), "Change the type: direct, indirect, mixed", "review", "Edit", "type"),
    Action("note", ("o",), "Write a note", "review", "Edit", "note"),
    Action("tags", ("#",), "Set the tags", "review", "Edit"),
    Action("repeat", ("&",), "Repeat the last edit of a field on this claim", "review", "Edit"),
    Action("recent_speakers", (";",), "Choose from the five most recent speakers", "review", "Edit"),
    Action("history", ("i",), "Show the claim's history: who changed what, and when", "review", "Other"),
    Action("mark", ("V",), "Mark claims, from this one: move, then decide or edit them all", "review", "Edit"),
    Action("merge", ("m",), "Merge the next claim into this one", "review", "Edit", "merge"),
    Action("split", ("M",), "Split the claim between its fragments, or at the cursor", "review", "Edit", "split"),
    Action("copy", ("y",), "Copy the claim as a citation", "review", "Other", "copy"),
    Action("undecided", ("z",), "Make the claim undecided again", "review", "Decide"),
    Action("done", ("D",), "Mark the article done, or not done", "review", "Decide"),
    Action("remove", ("delete", "backspace"), "Remove the claim, or the part chosen for [ ] { }", "review", "Edit"),
    Action("next_part", ("p",), "Choose which part of the claim [ ] { } move", "review", "Spans"),
    Action("end_on", ("]", "shift+right"), "Move the part's end right by a word", "review", "Spans"),
    Action("end_back", ("[", "shift+left"), "Move the part's end left by a word", "review", "Spans"),
    Action("start_on", ("}", "ctrl+right"), "Move the part's start right by a word", "review", "Spans"),
    Action("start_back", ("{", "ctrl+left"), "Move the part's start left by a word", "review", "Spans"),
    Action("other_pane", ("tab", "shift+tab"), "Go to the other pane", "review", "Move"),
    Action("previous_article", ("<",), "Previous article", "review", "Move"),
    Action("layers", ("h",), "Choose what is highlighted", "review", "Move"),
    Action("back", ("escape",), "Clear the filter, or go back to the claim list", "review", "Move"),
    Action("redo", ("U", "ctrl+r"), "Redo the last undone action", "review", "Other"),
    Action("copy_as", ("Y",), "Choose what to copy", "review", "Other"),
    Action("rename_speaker", ("S",), "Rename the speaker in all claims of the article", "review", "Edit"),
    Action("next_date", (".", "' d"), "Next date, with its day", "review", "Move", "date"),
    Action("previous_date", (",", "' D"), "Previous date, with its day", "review", "Move", "previous date"),
    Action("next_named", ("' s",), "Next mention of a named speaker", "review", "Move", "speaker"),
    Action("previous_named", ("' S",), "Previous mention of a named speaker", "review", "Move", "previous speaker"),
    Action("next_cue", ("' r",), "Next cue", "review", "Move", "cue"),
    Action("previous_cue", ("' R",), "Previous cue", "review", "Move", "previous cue"),
    Action("next_quotation", ("' q",), "Next quotation", "review", "Move", "quotation"),
    Action("previous_quotation", ("' Q",), "Previous quotation", "review", "Move", "previous quotation"),
    Action(
        "jump",
        ("' '",),
        "Show letters over speakers, cues, quotations and dates, to jump there",
        "review",
        "Move",
        "labels",
    ),
    Action("correct_date", ("=",), "Correct which day the date under the cursor stands for", "review", "Edit"),
    Action("article_date", ("@",), "Set the article's publication date", "review", "Edit"),
    Action("choose_source", ("c s",), "Choose the source: type its letter", "review", "Spans", "source"),
    Action("choose_cue", ("c r",), "Choose the cue: type its letter", "review", "Spans", "cue"),
    Action("choose_content", ("c c",), "Choose the content: type its letter", "review", "Spans", "content"),
    Action(
        "choose_addressee",
        ("c i",),
        "Choose the addressee: type its letter",
        "review",
        "Spans",
        "addressee",
    ),
    Action("choose_date", ("c d",), "Choose the date: type its letter", "review", "Spans", "date"),
    Action("choose_claim", ("c n",), "Make a new claim from a clause: type its letter", "review", "Spans", "new claim"),
    Action("retry", ("R",), "Start the engine again after it failed", "review", "Other"),
    #
    Action("next_claim", ("j", "down"), "Next claim", "claims", "Move"),
    Action("previous_claim", ("k", "up"), "Previous claim", "claims", "Move"),
    Action("first_claim", ("g", "home"), "First claim", "claims", "Move"),
    Action("last_claim", ("G", "end"), "Last claim", "claims", "Move"),
    Action("claims_down", ("pagedown",), "Page down", "claims", "Move"),
    Action("claims_up", ("pageup",), "Page up", "claims", "Move"),
    Action("accept_shown", ("A",), "Accept all undecided claims in the list", "claims", "Decide"),
    Action("reject_shown", ("X",), "Reject all undecided claims in the list", "claims", "Decide"),
    #
    Action("line_down", ("j", "down"), "Line down", "article", "Move"),
    Action("line_up", ("k", "up"), "Line up", "article", "Move"),
    Action("word_on", ("w", "right"), "Next word", "article", "Move", "word"),
    Action("word_back", ("b", "left"), "Previous word", "article", "Move"),
    Action("sentence_on", (")",), "Next sentence", "article", "Move", "sentence"),
    Action("sentence_back", ("(",), "Previous sentence", "article", "Move"),
    Action("first_line", ("g", "home"), "Start of the article", "article", "Move"),
    Action("last_line", ("G", "end"), "End of the article", "article", "Move"),
    Action("page_down", ("pagedown",), "Page down", "article", "Move"),
    Action("page_up", ("pageup",), "Page up", "article", "Move"),
    #
    Action("word_on", ("w", "right"), "Extend the selection by a word", "selecting", "Select", "word"),
    Action("word_back", ("b", "left"), "Shrink the selection by a word", "selecting", "Select"),
    Action("sentence_on", (")",), "Extend to the end of the sentence", "selecting", "Select"),
    Action("sentence_back", ("(",), "Shrink by a sentence", "selecting", "Select"),
    Action("quotation", ('"',), "Select the whole quotation", "selecting", "Select", "quote"),
    Action("clause", ("l",), "Select the clause; press again for a larger one", "selecting", "Select", "clause"),
    Action("phrase", ("p",), "Select the noun phrase; press again for a larger one", "selecting", "Select", "phrase"),
    Action("line_down", ("j", "down"), "Move the selection's end down a line", "selecting", "Select"),
    Action("line_up", ("k", "up"), "Move the selection's end up a line", "selecting", "Select"),
    Action("make_claim", ("n", "enter"), "Make a new claim from the selection", "selecting", "Spans", "claim"),
    Action("make_content", ("c",), "Use the selection as the content", "selecting", "Spans", "content"),
    Action("make_fragment", ("+",), "Add the selection to the content", "selecting", "Spans"),
    Action("make_cue", ("r",), "Use the selection as the cue", "selecting", "Spans", "cue"),
    Action("make_source", ("s",), "Use the selection as the source", "selecting", "Spans", "source"),
    Action("make_addressee", ("i",), "Use the selection as the addressee", "selecting", "Spans", "addressee"),
    Action("make_date", ("d",), "Use the selection as the date", "selecting", "Spans", "date"),
    Action("next_date", ("' d",), "Extend over the next date", "selecting", "Select", "date"),
    Action("previous_date", ("' D",), "Shrink to the previous date", "selecting", "Select", "previous date"),
    Action("next_named", ("' s",), "Extend over the next named speaker", "selecting", "Select", "speaker"),
    Action(
        "previous_named",
        ("' S",),
        "Shrink to the previous named speaker",
        "selecting",
        "Select",
        "speaker before",
    ),
    Action("next_cue", ("' r",), "Extend over the next cue", "selecting", "Select", "cue"),
    Action("previous_cue", ("' R",), "Shrink to the previous cue", "selecting", "Select", "previous cue"),
    Action("next_quotation", ("' q",), "Extend over the next quotation", "selecting", "Select", "quotation"),
    Action(
        "previous_quotation",
        ("' Q",),
        "Shrink to the previous quotation",
        "selecting",
        "Select",
        "quotation before",
    ),
    Action(
        "jump",
        ("' '",),
        "Extend the selection to a place: type its letter",
        "selecting",
        "Select",
        "labels",
    ),
    Action("stop_selecting", ("escape",), "Stop selecting", "selecting", "Move", "stop"),
    #
    Action("accept_marked", ("a",), "Accept the marked claims", "marking", "Decide", "accept"),
    Action("reject_marked", ("x",), "Reject the marked claims", "marking", "Decide", "reject"),
    Action("undecide_marked", ("z",), "Make the marked claims undecided again", "marking", "Decide"),
    Action("speaker_of_marked", ("s",), "Choose the speaker of the marked claims", "marking", "Edit", "speaker"),
    Action("type_of_marked", ("t",), "Choose the type of the marked claims", "marking", "Edit", "type"),
    Action("tag_marked", ("#",), "Add tags to the marked claims", "marking", "Edit", "tags"),
    Action("stop_marking", ("escape", "V"), "Stop marking", "marking", "Move", "stop"),
    Action("remove_marked", ("delete", "backspace"), "Remove the marked claims", "marking", "Edit"),
    Action("next_claim", ("j", "down"), "Extend or shrink by a claim", "marking", "Move"),
    Action("previous_claim", ("k", "up"), "Extend or shrink by a claim, upwards", "marking", "Move"),
    Action("next_undecided", ("space",), "Extend to the next undecided claim", "marking", "Move"),
    Action("first_claim", ("g", "home"), "Extend to the first claim", "marking", "Move"),
    Action("last_claim", ("G", "end"), "Extend to the last claim", "marking", "Move"),
    Action("claims_down", ("pagedown",), "Page down", "marking", "Move"),
    Action("claims_up", ("pageup",), "Page up", "marking", "Move"),
    #
    Action("next_match", ("n",), "Next match", "matches", "Move", "next match"),
    Action("previous_match", ("N",), "Previous match", "matches", "Move", "previous"),
    Action("end_search", ("escape",), "End the search", "matches", "Move", "end search"),
    #
    Action("stop_jumping", ("escape",), "Hide the labels", "jumping", "Move", "cancel"),
    #
    Action("confirm", ("enter",), "Confirm what you typed", "typing", "Edit", "confirm"),
    Action("cancel", ("escape",), "Cancel", "typing", "Move", "cancel"),
    #
    Action("break_line", ("ctrl+j",), "Begin a new line", "noting", "Edit", "new line"),
    #
    Action("next_field", ("tab", "down"), "Save the field and go to the next", "form", "Edit", "save, next field"),
    Action("previous_field", ("shift+tab", "up"), "Save the field and go to the previous one", "form", "Edit"),
    Action("close_form", ("enter",), "Save the field and close", "form", "Edit", "save and close"),
    Action(
        "restore_field",
        ("escape",),
        "Restore the field; press again to close",
        "form",
        "Edit",
        "restore field",
    ),
    #
    Action("next_choice", ("down", "ctrl+n"), "Next choice", "choosing", "Move"),
    Action("previous_choice", ("up",), "Previous choice", "choosing", "Move"),
    Action("choose", ("enter",), "Choose this row; a digit chooses its row at once", "choosing", "Edit", "choose"),
    Action("cancel", ("escape",), "Cancel", "choosing", "Move", "cancel"),
    #
    Action("open_row", ("enter", "e"), "Open the article", "library", "Move", "open"),
    Action("next_unfinished", ("space",), "Next unfinished article", "library", "Move", "unfinished"),
    Action("filter_state", ("f",), "Show all, unfinished or finished articles", "library", "Move", "by state"),
    Action("order_rows", ("O",), "Sort articles: least sure first, or as opened", "library", "Move", "least sure"),
    Action("speakers", ("W",), "Open the speakers of these articles", "library", "Move", "speakers"),
    Action("back", ("escape", "L"), "Back to the article", "library", "Move", "back"),
    #
    Action("open_row", ("enter",), "Open an article with this speaker", "speakers", "Move", "articles"),
    Action(
        "merge_speakers",
        ("m",),
        "Merge with another speaker, or confirm that all are one",
        "speakers",
        "Edit",
        "merge",
    ),
    Action("split_speakers", ("M",), "Split into two speakers: choose what to split off", "speakers", "Edit", "split"),
    Action("rename_speaker", ("S", "e"), "Rename the speaker in all articles", "speakers", "Edit", "rename"),
    Action("next_unsure", ("space",), "Next speaker who may be a duplicate", "speakers", "Move", "duplicate"),
    Action("filter_kind", ("f",), "Show all speakers, or only those with a name", "speakers", "Move", "named"),
    Action("undo", ("u",), "Undo the last action, in any article", "speakers", "Other", "undo"),
    Action("redo", ("U", "ctrl+r"), "Redo the last undone action", "speakers", "Other"),
    Action("back", ("escape", "W"), "Go back", "speakers", "Move", "back"),
    #
    Action("put_together", ("m", "enter"), "Merge with this speaker", "carrying", "Edit", "merge"),
    Action("put_down", ("escape",), "Cancel", "carrying", "Move", "cancel"),
    #
    Action("confirm", ("enter",), "Go to the list to choose a speaker", "finding", "Move", "to the list"),
    Action("put_down", ("escape",), "Cancel", "finding", "Move", "cancel"),
    #
    Action("next_row", ("j", "down"), "Next row", "list", "Move"),
    Action("previous_row", ("k", "up"), "Previous row", "list", "Move"),
    Action("first_row", ("g", "home"), "First row", "list", "Move"),
    Action("last_row", ("G", "end"), "Last row", "list", "Move"),
    Action("rows_down", ("pagedown",), "Page down", "list", "Move"),
    Action("rows_up", ("pageup",), "Page up", "list", "Move"),
    Action("filter_rows", ("/",), "Filter the rows by words", "list", "Move", "filter"),
    Action("read_all", ("A",), "Let the engine read all articles and save its suggestions", "list", "Other"),
    #
    Action("cancel", ("escape",), "Show all rows again", "filtered", "Move", "show all"),
    #
    Action("confirm", ("enter",), "Keep the filter and go to the list", "filtering", "Move", "to the list"),
    Action("next_row", ("down",), "Next row", "filtering", "Move"),
    Action("previous_row", ("up",), "Previous row", "filtering", "Move"),
    Action("cancel", ("escape",), "Show all rows again", "filtering", "Move", "show all"),
    #
    Action("help", ("?",), "Show the keys that work here, and what the signs mean", "everywhere", "Other", "help"),
    Action("palette", (":", "ctrl+p"), "Open the command palette", "everywhere", "Other"),
    Action("suspend", ("ctrl+z",), "Suspend the app and go to the shell; `fg` resumes", "everywhere", "Other"),
    Action("quit", ("q", "ctrl+q"), "Quit; everything is already saved", "everywhere", "Other"),
)
