"""Telling English from other languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.engine import analyse
from annotate.language import ENGLISH, language_of

TEXTS = {
    "en": "The council said on Monday that it would not close the old mill, though nobody knows who is to pay for it.",
    "de": "Der Rat sagte am Montag, dass er die alte Mühle nicht schließen werde, obwohl niemand weiß, wer für sie "
    "zahlt und wie lange.",
    "fr": "Le conseil a dit lundi qu'il ne fermerait pas le vieux moulin, bien que personne ne sache qui va payer.",
    "es": "El consejo dijo el lunes que no iba a cerrar el viejo molino, aunque nadie sabe quién va a pagar por todo.",
    "ru": "Совет сказал в понедельник, что он не будет закрывать старую мельницу, хотя никто не знает, кто за всё это "
    "заплатит, и жители с этим не согласны.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_or_two_tell_the_language(code: str) -> None:
    assert language_of(TEXTS[code]) == code


def test_what_is_too_short_to_tell_is_english() -> None:
    assert language_of("Nein, sagte er.") == ENGLISH


def test_a_language_not_known_here_is_undetermined() -> None:
    assert language_of("zug blorp fnord " * 20) == "und"


def test_a_list_of_names_and_results_is_no_reason_to_read_nothing() -> None:
    line = "The Harriers of Lowmarsh beat the Rovers of Quillhaven by 3 to 1, and the coach said it was a good day. "
    assert language_of(line + "Brell, Ruiz, Okafor, Varga. " * 4) == ENGLISH


@given(st.text(max_size=400))
def test_any_text_has_an_answer(text: str) -> None:
    assert language_of(text)


def test_of_another_language_nothing_is_claimed_and_the_record_says_which() -> None:
    record = analyse("„Wir schließen die alte Mühle nicht“, sagte Bürgermeisterin Ana Brell am 3. Mai. " + TEXTS["de"])
    assert (record.language, record.claims, record.speakers, record.dates) == ("de", (), (), ())
    assert record.blocks
