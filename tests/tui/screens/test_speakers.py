"""The speakers of all articles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.widgets import OptionList

from annotate.model import Record, Review, SpeakerKind
from tests.made_up import spoken
from tests.tui.sitting import MakeApp, answer, key_line, notices, on_top, press, review
from tui.app import OnrecordApp
from tui.screens.ask import AskScreen
from tui.screens.speakers import SpeakersScreen
from tui.widgets.bars import TopBar


def said(article: str, *speakers: tuple[str, SpeakerKind]) -> Record:
    """An article in which each speaker says one word, to be reviewed."""
    return replace(spoken(article, *speakers), title=article.title(), review=Review("suggested"))


@pytest.fixture
def library() -> tuple[Record, ...]:
    return (
        said("one", ("Ana Li", "person"), ("Harbour Board", "organisation"), ("residents", "group")),
        said("two", ("Ana Li", "person"), ("Li", "person")),
        said("three", ("Bo Ra", "person"), ("Ana Li", "person")),
    )


def listed(screen: object) -> list[tuple[str, int, int]]:
    assert isinstance(screen, SpeakersScreen)
    return [(entry.name, entry.claims, len(entry.articles)) for entry in screen.rows]


def lines(screen: object) -> list[str]:
    assert isinstance(screen, SpeakersScreen)
    return [screen.line(row, 100, marked=False) for row in screen.rows]


def pane_title(app: OnrecordApp) -> str:
    return str(app.screen.query_one(".pane").border_title)


def top_bar(app: OnrecordApp) -> str:
    return app.screen.query_one(TopBar).render().plain


async def test_a_surname_is_merged_into_the_name_it_belongs_to_and_back(
    make_app: MakeApp, library: tuple[Record, ...]
) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "W")
        screen = on_top(app)
        assert listed(screen) == [("Ana Li", 3, 3), ("Bo Ra", 1, 1), ("Harbour Board", 1, 1), ("Li", 1, 1)]
        await press(pilot, "G m")
        assert isinstance(on_top(app), AskScreen), "whoever it may be is asked for"
        await press(pilot, "1 enter")
        assert listed(screen) == [("Ana Li", 4, 3), ("Bo Ra", 1, 1), ("Harbour Board", 1, 1)]
        assert "merged Li into Ana Li" in notices(app)
        assert {c.speaker for c in app.session.store.get("two").claims} == {"s1"}
        await press(pilot, "u")
        assert ("Li", 1, 1) in listed(screen)
        await press(pilot, "U")
        assert ("Ana Li", 4, 3) in listed(screen)
        await press(pilot, "escape")
        assert on_top(app) is review(app)


@pytest.fixture
def candidates() -> tuple[Record, ...]:
    """Articles with a name of two claims and a nickname of one."""
    names = ("Hillary Clinton", "Hillary Clinton", "Crooked Hillary Clinton", "Bo Ra")
    articles = ("one", "two", "three", "four")
    return tuple(said(article, (name, "person")) for article, name in zip(articles, names, strict=True))


def offered(screen: object) -> list[str]:
    """Return the names that a dialog offers, as it shows them."""
    assert isinstance(screen, AskScreen)
    shown = screen.query_one(OptionList)
    return [str(shown.get_option_at_index(i).prompt) for i in range(shown.option_count)]


@pytest.mark.parametrize("into", ["W / c r o o enter m H i l enter g m", "W m C r o o enter m"])
async def test_merging_asks_for_the_name_with_the_more_frequent_first(
    make_app: MakeApp, candidates: tuple[Record, ...], into: str
) -> None:
    app = make_app(*candidates)
    async with app.run_test() as pilot:
        await press(pilot, into)
        assert offered(on_top(app)) == [
            "1 Hillary Clinton  2 articles · 2 claims",
            "2 Crooked Hillary Clinton  1 article · 1 claim",
        ]
        await press(pilot, "enter")
        assert "merged Crooked Hillary Clinton into Hillary Clinton" in notices(app)
        await press(pilot, "/ ctrl+u enter")
        assert listed(on_top(app)) == [("Hillary Clinton", 3, 3), ("Bo Ra", 1, 1)]


async def test_the_other_name_can_be_chosen_and_merging_given_up(
    make_app: MakeApp, candidates: tuple[Record, ...]
) -> None:
    app = make_app(*candidates)
    async with app.run_test() as pilot:
        await press(pilot, "W m C r o o enter m escape")
        assert len(listed(on_top(app))) == 3, "nothing was merged"
        await press(pilot, "g m C r o o enter m 2")
        assert listed(on_top(app))[0] == ("Crooked Hillary Clinton", 3, 3)
        assert "merged Hillary Clinton into Crooked Hillary Clinton" in notices(app)
        await press(pilot, "u")
        assert listed(on_top(app))[0] == ("Hillary Clinton", 2, 2)


async def test_a_confirmed_name_comes_first_and_earlier_names_last(
    make_app: MakeApp, candidates: tuple[Record, ...]
) -> None:
    app = make_app(*candidates)
    async with app.run_test() as pilot:
        await press(pilot, "W / b o enter S ctrl+u H . space C l i n t o n enter / ctrl+u enter")
        await press(pilot, "m / h . enter m")
        assert offered(on_top(app)) == [
            "1 H. Clinton  1 article · 1 claim · confirmed",
            "2 Hillary Clinton  2 articles · 2 claims",
            "3 Bo Ra  earlier name",
        ]
        await press(pilot, "3")
        assert "merged both into Bo Ra" in notices(app)
        assert listed(on_top(app))[0] == ("Bo Ra", 3, 3)


async def test_two_of_one_name_are_merged_without_asking_for_it(make_app: MakeApp) -> None:
    app = make_app(said("one", ("Li", "person")), said("two", ("Li", "person")))
    async with app.run_test() as pilot:
        await press(pilot, "W m 1")
        assert listed(on_top(app)) == [("Li", 2, 2)]
        assert "merged both into Li" in notices(app)


async def test_two_of_one_name_are_split(make_app: MakeApp, library: tuple[Record, ...]) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "W M 2")
        assert listed(on_top(app))[0] == ("Ana Li", 2, 2)
        assert ("Ana Li", 1, 1) in listed(on_top(app))


async def test_a_speaker_is_renamed_in_all_articles_the_open_one_too(
    make_app: MakeApp, library: tuple[Record, ...]
) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "W S - Q u i s t enter")
        assert listed(on_top(app))[0] == ("Ana Li-Quist", 3, 3)
        await press(pilot, "escape")
        record = review(app).state.record
        assert record is not None
        assert record.speakers[0].name == "Ana Li-Quist"
        await press(pilot, "u")
        assert "in 3 articles" in notices(app)
        assert app.session.store.get("three").speakers[1].name == "Ana Li"


async def test_enter_goes_to_what_somebody_says_in_an_article(make_app: MakeApp, library: tuple[Record, ...]) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "L W enter 3")
        record = review(app).state.record
        assert on_top(app) is review(app)
        assert record is not None
        assert (record.id, review(app).state.claim_id) == ("three", "c2")


async def test_what_is_carried_can_be_put_down(make_app: MakeApp, library: tuple[Record, ...]) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "W j m")
        assert isinstance(on_top(app), SpeakersScreen), "nobody is like Bo Ra: it is looked for in the list"
        await press(pilot, "enter m")
        assert "choose another speaker" in notices(app)
        await press(pilot, "escape k m escape")
        assert listed(on_top(app))[0] == ("Ana Li", 3, 3)


async def test_one_escape_ends_merging_from_the_line_and_from_the_list(
    make_app: MakeApp, library: tuple[Record, ...]
) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "W / r a enter")
        before = listed(on_top(app))
        for typed in ("H a r", "H a r enter"):
            await press(pilot, "m")
            assert len(listed(on_top(app))) == 4, "all are there to choose from"
            await press(pilot, typed)
            assert listed(on_top(app)) == [("Harbour Board", 1, 1)]
            assert "Bo Ra: merge with …" in key_line(app)
            assert "escape cancel" in key_line(app)
            assert "Merge Bo Ra with" in pane_title(app)
            await press(pilot, "escape")
            assert listed(on_top(app)) == before, "as it was before"
            assert "rename" in key_line(app)
            assert "Bo Ra: merge with …" not in key_line(app)
            assert "Merge" not in pane_title(app)


async def test_a_hostile_name_does_no_harm_over_the_list(make_app: MakeApp) -> None:
    app = make_app(said("one", ("Bo \x1b[31mRa [bold]", "person"), ("Ana Li", "person")))
    async with app.run_test() as pilot:
        await press(pilot, "W G m")
        assert "[bold]" in pane_title(app)
        assert "\x1b" not in pane_title(app)


async def test_a_name_that_another_has_is_asked_about(make_app: MakeApp, library: tuple[Record, ...]) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "W j S ctrl+u A n a space L i enter")
        assert isinstance(on_top(app), AskScreen)
        await press(pilot, "escape")
        assert ("Bo Ra", 1, 1) in listed(on_top(app))
        await press(pilot, "S ctrl+u A n a space L i enter 2")
        assert [row for row in listed(on_top(app)) if row[0] == "Ana Li"] == [("Ana Li", 3, 3), ("Ana Li", 1, 1)]
        assert "in Three" in lines(on_top(app))[1], "two of one name are told apart"
        await press(pilot, "u S ctrl+u A n a space L i enter 1")
        assert listed(on_top(app))[0] == ("Ana Li", 4, 3)


async def test_the_keys_of_merging_are_shown_and_lead_out(make_app: MakeApp, library: tuple[Record, ...]) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "W j m")
        assert "Bo Ra: merge with …" in key_line(app)
        assert "rename" not in key_line(app)
        await press(pilot, "H a r enter S")
        assert isinstance(on_top(app), SpeakersScreen), "nothing else can be done meanwhile"
        assert listed(on_top(app)) == [("Harbour Board", 1, 1)]
        await press(pilot, "escape")
        assert "rename" in key_line(app)


async def test_two_of_one_article_are_parted_again(make_app: MakeApp, library: tuple[Record, ...]) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "W G m 1 enter M")
        assert isinstance(on_top(app), AskScreen)
        await press(pilot, "4")
        assert "Li was split off" in notices(app)
        assert {c.speaker for c in app.session.store.get("two").claims} == {"s1", "s2"}


async def test_what_was_merged_is_called_as_before_where_it_is_split_off(
    make_app: MakeApp, library: tuple[Record, ...]
) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "W j m A n a enter m enter")
        assert listed(on_top(app))[0] == ("Ana Li", 4, 3)
        await press(pilot, "M 3")
        assert isinstance(on_top(app), SpeakersScreen)
        assert "was split off" in notices(app)


async def test_a_name_of_the_same_article_is_asked_about_too(make_app: MakeApp) -> None:
    app = make_app(said("one", ("Gus Pell", "unknown"), ("Bo Ra", "person")))
    async with app.run_test() as pilot:
        await press(pilot, "W S ctrl+u G u s space P e l l enter")
        assert isinstance(on_top(app), AskScreen)
        await press(pilot, "1")
        assert listed(on_top(app)) == [("Gus Pell", 2, 1)]


async def test_coming_back_goes_on_with_the_same_speaker(make_app: MakeApp, library: tuple[Record, ...]) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "W G enter")
        assert on_top(app) is review(app)
        await press(pilot, "W")
        screen = on_top(app)
        assert isinstance(screen, SpeakersScreen)
        assert screen.current is not None
        assert screen.current.name == "Li"


async def test_the_row_is_there_again_after_going_back(make_app: MakeApp, library: tuple[Record, ...]) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "W j j escape W")
        screen = on_top(app)
        assert isinstance(screen, SpeakersScreen)
        assert screen.current is not None
        assert screen.current.name == "Harbour Board"


async def test_the_words_and_the_row_are_there_again_after_a_look_at_an_article(
    make_app: MakeApp, library: tuple[Record, ...]
) -> None:
    app = make_app(*library)
    async with app.run_test() as pilot:
        await press(pilot, "W / l i enter j enter")
        assert on_top(app) is review(app)
        await press(pilot, "W")
        screen = on_top(app)
        assert isinstance(screen, SpeakersScreen)
        assert listed(screen) == [("Ana Li", 3, 3), ("Li", 1, 1)]
        assert screen.at == 1
        await press(pilot, "escape")
        assert len(listed(screen)) == 4


def keller(article: str, role: str | None, *, name: str = "Tom Keller") -> Record:
    """An article in which a person of a role speaks."""
    record = said(article, (name, "person"))
    return replace(record, speakers=(replace(record.speakers[0], description=role),))


async def test_those_of_one_name_who_may_be_two_are_shown_and_split(make_app: MakeApp) -> None:
    app = make_app(keller("one", "Harbour director"), keller("two", "governor"), keller("three", "governor"))
    async with app.run_test() as pilot:
        await press(pilot, "W")
        assert "~ Tom Keller · maybe 2: governor / Harbour director" in lines(on_top(app))[0]
        await press(pilot, "space M 1")
        assert listed(on_top(app)) == [("Tom Keller", 2, 2), ("Tom Keller", 1, 1)]
        assert "maybe" not in "".join(lines(on_top(app)))
        await press(pilot, "space")
        assert "no possible duplicates in this list" in notices(app)


async def test_two_of_one_name_in_one_article_are_split(make_app: MakeApp) -> None:
    both = said("one", ("Tom Keller", "person"), ("Tom Keller", "person"))
    described = zip(both.speakers, ("governor", "poet"), strict=True)
    app = make_app(replace(both, speakers=tuple(replace(who, description=role) for who, role in described)))
    async with app.run_test() as pilot:
        await press(pilot, "W")
        assert listed(on_top(app)) == [("Tom Keller", 2, 1)]
        await press(pilot, "M 1")
        assert listed(on_top(app)) == [("Tom Keller", 1, 1)] * 2


async def test_those_of_one_name_are_said_to_be_one_and_that_is_undone(make_app: MakeApp) -> None:
    app = make_app(keller("one", "Harbour director"), keller("two", "governor"))
    async with app.run_test() as pilot:
        await press(pilot, "W m 1")
        assert "maybe" not in lines(on_top(app))[0]
        assert "Tom Keller was confirmed as one person" in notices(app)
        await press(pilot, "u")
        assert "maybe 2" in lines(on_top(app))[0]


async def test_what_else_is_said_by_deciding_about_one_who_may_be_several_is_told(make_app: MakeApp) -> None:
    app = make_app(keller("one", "poet"), keller("two", "governor"), keller("three", "nurse"))
    async with app.run_test() as pilot:
        await press(pilot, "W M 3")
        assert "confirmed as one: poet and governor" in notices(app)
        await press(pilot, "u S e r enter")
        assert "confirmed as one: poet and governor and nurse" in notices(app)


async def test_whom_somebody_may_be_is_told_apart_where_they_have_one_name(make_app: MakeApp) -> None:
    app = make_app(keller("one", "poet"), keller("two", "governor"), said("three", ("Keller", "person")))
    async with app.run_test() as pilot:
        await press(pilot, "W M 1")
        assert "maybe Tom Keller, poet or Tom Keller, governor" in lines(on_top(app))[0]


async def test_what_is_asked_stands_in_full_on_a_small_screen(make_app: MakeApp) -> None:
    name = "Maximilian Featherstonehaugh-Cholmondeley of Upper Calder"
    app = make_app(
        keller("one", None, name=name), keller("two", "dean", name=name), said("three", ("Calder", "person"))
    )
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in ("W m", "escape M", "escape enter"):
            await press(pilot, keys)
            dialog = on_top(app)
            assert isinstance(dialog, AskScreen)
            title = str(dialog.query_one(".panel").border_title)
            assert len(title) < 20
            assert name in str(dialog.query_one(".text").render())


async def test_names_of_any_script_are_names(make_app: MakeApp) -> None:
    app = make_app(said("one", ("李明", "unknown"), ("a passer-by", "unknown"), ("villagers", "group")))
    async with app.run_test() as pilot:
        await press(pilot, "W")
        assert listed(on_top(app)) == [("李明", 1, 1)]
        await press(pilot, "f")
        assert len(listed(on_top(app))) == 3


async def test_articles_that_were_only_looked_at_are_in_it(make_app: MakeApp, library: tuple[Record, ...]) -> None:
    unread = [replace(record, speakers=(), claims=(), review=Review("new")) for record in library[:1]]
    app = make_app(*unread)
    async with app.run_test() as pilot:
        app.session.hear(answer(library[0]))
        await pilot.pause()
        await press(pilot, "W")
        assert len(listed(on_top(app))) == 2
        assert "unread" not in top_bar(app)


async def test_articles_that_nobody_has_read_are_counted(make_app: MakeApp, library: tuple[Record, ...]) -> None:
    unread = replace(library[0], speakers=(), claims=(), review=Review("new"))
    app = make_app(unread, *library[1:])
    async with app.run_test() as pilot:
        await press(pilot, "W")
        assert "engine has not read 1; A reads all" in top_bar(app)


async def test_what_the_engine_finds_meanwhile_comes_in(make_app: MakeApp, library: tuple[Record, ...]) -> None:
    unread = replace(library[2], speakers=(), claims=(), review=Review("new"))
    app = make_app(*library[:2], unread)
    async with app.run_test() as pilot:
        await press(pilot, "W")
        assert listed(on_top(app))[0] == ("Ana Li", 2, 2)
        app.session.hear(answer(library[2]))
        for _ in range(100):
            await pilot.pause(0.02)
            if listed(on_top(app))[0] == ("Ana Li", 3, 3):
                break
        assert listed(on_top(app))[0] == ("Ana Li", 3, 3)


async def test_a_file_open_for_reading_only_says_so(make_app: MakeApp, library: tuple[Record, ...]) -> None:
    app = make_app(*library)
    app.session.store.sync()
    app.session.store.read_only = True
    async with app.run_test() as pilot:
        for key in ("W S", "M", "m"):
            await press(pilot, key)
            assert "reading only" in notices(app)
            assert isinstance(on_top(app), SpeakersScreen), "before anything is asked"
    app.session.store.read_only = False
