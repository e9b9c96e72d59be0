from __future__ import annotations

import string

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from annotate.tagger.words import Cutter

SPECIAL = ("[PAD]", "[unused0]", "[UNK]", "[CLS]", "[SEP]")


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    """A tokenizer of small letters, each a piece, and a few words."""
    pieces = [*SPECIAL, *string.ascii_lowercase, *(f"##{c}" for c in string.ascii_lowercase), *'.,“”"', "said", "rain"]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    made = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = BertNormalizer(lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    return made


@pytest.fixture(scope="session")
def cutter(tokenizer: Tokenizer) -> Cutter:
    return Cutter(tokenizer)
