"""Learning from decisions: continue the training of a model, and replace it only by a better one."""

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
"""Training settings, with lower rates than for an encoder, so that the model forgets less (see docs/model.md)."""
_CANDIDATE = "candidate"
"""Subfolder of the output folder for the new model until it has proved better."""


@dataclass(frozen=True)
class Outcome:
    """Result of learning from decisions."""

    rival: Path
    """The model to beat: the base model, or a better one that was in the output folder."""
    articles: int
    """Number of held-out articles."""
    claims: int
    """Number of claims in them."""
    before: Score
    """The rival's score on the held-out articles."""
    after: Score
    """The new model's score on them."""

    @property
    def better(self) -> bool:
        """True if the new model is better, and has been put in place."""
        return self.after.rank() > self.before.rank()

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as plain data."""
        return {
            "better": self.better, "rival": str(self.rival), "held_out": self.articles, "held_out_claims": self.claims,
            "before": self.before.values(), "after": self.after.values(),
        }  # fmt: skip


def learn(
    learned: Corpus, held: Sequence[Labelled], base: Path, output: Path, settings: Settings, reports: Reports
) -> Outcome:
    """Continue the training of a model, and put the result into a folder if it does better on held-out articles.

    Args:
        learned: Articles to learn from.
        held: Held-out articles for evaluation.
        base: Folder of the model to start from.
        output: Folder for the new model; a model of this version in it is replaced by a better one only.
        settings: Training settings; size and context of windows are the base model's.
        reports: Callbacks for progress.

    Raises:
        EngineError: The base model is missing, or training cannot continue from it.
        UsageError: An earlier run with other data or settings was interrupted in the output folder.
        OutputError: The folder cannot be written.
    """
    rivals = [base, *([output] if is_current(output) else [])]
    scores = {rival: measured(rival, held) for rival in rivals}
    rival = max(rivals, key=lambda folder: scores[folder].rank())
    candidate = output / _CANDIDATE
    if candidate.is_symlink():
        raise OutputError(f"{candidate} is a link, and links are not followed here", "move it away")
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
    with suppress(OSError):  # the folders stay if they contain anything else
        candidate.rmdir()
        output.rmdir()
    return outcome


def go_on(
    learned: Corpus, held: Sequence[Labelled], base: Path, output: Path, settings: Settings, reports: Reports
) -> dict[str, Any]:
    """Continue the training of a model, write the result, and return the contents of its `config.json`."""
    settings = replace(settings, layout=Model.load(base).layout)
    start = Start(rebuilt(base), base / TOKENIZER, fingerprint(base))
    # No score is reported per epoch: it counts all contents, which would confuse beside the final result.
    return train(learned, held, output, start, settings, replace(reports, epoch=None))


def measured(folder: Path, articles: Sequence[Labelled]) -> Score:
    """Return a model's score on articles, counting the contents that the engine would turn into claims.

    Raises:
        EngineError: The model is missing, or this version cannot use it.
    """
    model = Model.load(folder)
    return measure(articles, model.cutter, model.forward, model.layout, LEAST)
