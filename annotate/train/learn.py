"""Decisions in, a better model out: training goes on from a model, and only what does better takes its place."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotate.errors import OutputError
from annotate.tagger.decode import LEAST
from annotate.tagger.model import CONFIG, NETWORK, TOKENIZER, Model, fingerprint, is_current
from annotate.train.corpus import Corpus, Labelled
from annotate.train.fit import Settings
from annotate.train.held_out import claims
from annotate.train.measure import Score, measure
from annotate.train.rebuild import rebuilt
from annotate.train.run import Reports, Start, train

SETTINGS = Settings(encoder_rate=1e-4, head_rate=3e-4)
"""Smaller steps than from an encoder: less of what is known is lost (docs/model.md says how they were chosen)."""
_CANDIDATE = "candidate"
"""Where in the output folder the new model stays until it has shown what it can do."""


@dataclass(frozen=True)
class Outcome:
    """What came of learning."""

    rival: Path
    """The model to beat: the one begun with, or a better one that was in the output folder."""
    articles: int
    """Held out."""
    claims: int
    """In these."""
    before: Score
    """The rival's, on the articles held out."""
    after: Score
    """The new model's on the same."""

    @property
    def better(self) -> bool:
        """Whether the new model is, and has been put in place."""
        return self.after.rank() > self.before.rank()

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "better": self.better, "rival": str(self.rival), "held_out": self.articles, "held_out_claims": self.claims,
            "before": self.before.values(), "after": self.after.values(),
        }  # fmt: skip


def learn(
    learned: Corpus, held: Sequence[Labelled], base: Path, output: Path, settings: Settings, reports: Reports
) -> Outcome:
    """Go on training a model, and put what comes of it into a folder if it does better on articles held out.

    Args:
        learned: What to learn.
        held: What to judge by.
        base: Folder of the model to begin with.
        output: Folder for the new model; a model of this version in it is replaced by a better one only.
        settings: How; size and context of windows are those of the model.
        reports: Called on the way.

    Raises:
        EngineError: there is no model to begin with, or none that training can go on from.
        UsageError: a former run with other data or settings was stopped in the output folder.
        OutputError: the folder cannot be written.
    """
    rivals = [base, *([output] if is_current(output) else [])]
    scores = {rival: measured(rival, held) for rival in rivals}
    rival = max(rivals, key=lambda folder: scores[folder].rank())
    candidate = output / _CANDIDATE
    if candidate.is_symlink():
        raise OutputError(f"{candidate} is a link, and none is followed here", "move it away")
    go_on(learned, held, base, candidate, settings, reports)
    outcome = Outcome(rival, len(held), claims(held), scores[rival], measured(candidate, held))
    try:
        for name in (TOKENIZER, NETWORK, CONFIG):
            if outcome.better:
                (candidate / name).replace(output / name)
            else:
                (candidate / name).unlink()
    except OSError as error:
        raise OutputError(
            f"{output} cannot be written ({error.strerror})", f"the new model is in {candidate}"
        ) from None
    with suppress(OSError):  # they stay where something else is in them
        candidate.rmdir()
        output.rmdir()
    return outcome


def go_on(
    learned: Corpus, held: Sequence[Labelled], base: Path, output: Path, settings: Settings, reports: Reports
) -> dict[str, Any]:
    """Train on from a model, write what comes of it, and return what its `config.json` says."""
    settings = replace(settings, layout=Model.load(base).layout)
    start = Start(rebuilt(base), base / TOKENIZER, fingerprint(base))
    # What an epoch has made of it is not told: all contents count there, and beside the verdict that would confuse.
    return train(learned, held, output, start, settings, replace(reports, epoch=None))


def measured(folder: Path, articles: Sequence[Labelled]) -> Score:
    """Return how well a model does on articles, counting the contents that the engine would make claims of.

    Raises:
        EngineError: there is no model in the folder, or none that this version can use.
    """
    model = Model.load(folder)
    return measure(articles, model.cutter, model.forward, model.layout, LEAST)
