"""Claims between quotation marks that stand the wrong way, apart, or glued to words."""

from __future__ import annotations

import pytest

from annotate.engine import analyse


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("“We are late,“ Vera Holm said. ”The bus left at ten,” she added.",
         ["“We are late,“", "”The bus left at ten,”"]),
        ("``We are late,'' Vera Holm said. `The bus left at ten,' she added.",
         ["``We are late,''", "`The bus left at ten,'"]),
        ("’We are late,’ Vera Holm said. ’The bus left at ten,’ she added.",
         ["’We are late,’", "’The bus left at ten,’"]),
        ("“We are late,”said Vera Holm, the guide. She added:“Nobody told us.”The driver,Bo Lund,said:“That is false.”",
         ["“We are late,”", "“Nobody told us.”", "“That is false.”"]),
        ('" The boats wait outside all day , " the minister said , " and no pilot goes out . "',
         ['" The boats wait outside all day , " … " and no pilot goes out . "']),
    ],
)  # fmt: skip
def test_quotations_between_odd_marks_are_found(text: str, contents: list[str]) -> None:
    record = analyse(text)
    assert [record.words(claim.content) for claim in record.claims] == contents
    assert {claim.type for claim in record.claims} == {"direct"}
    assert all(claim.cue and claim.source for claim in record.claims)


def test_one_wrong_mark_leaves_the_sentence_between_two_quotations_alone() -> None:
    record = analyse(
        "“I said no,“ Vera Holm said. Officials urged a different course. “It is good to wait,” she added."
    )
    assert [claim.type for claim in record.claims] == ["direct", "indirect", "direct"]
