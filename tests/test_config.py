from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from annotate import config
from annotate.errors import ConfigError


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty home: the developer's settings must not affect a test."""
    path = tmp_path / "onrecord" / "config.toml"
    monkeypatch.setattr(config, "config_path", lambda: path)
    monkeypatch.delenv("ONRECORD_USER", raising=False)
    monkeypatch.delenv("ONRECORD_DB", raising=False)
    return path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_without_a_file_everything_has_its_default() -> None:
    assert config.load() == config.Config(reviewer=None, theme=None, keys={})


def test_all_settings_are_read(no_settings: Path) -> None:
    write(no_settings, 'reviewer = "Ana Li"\ntheme = "nord"\n[keys]\naccept = "y"\nnext_claim = ["j", "down"]\n')
    loaded = config.load()
    assert (loaded.reviewer, loaded.theme) == ("Ana Li", "nord")
    assert loaded.keys == {"accept": ("y",), "next_claim": ("j", "down")}


def test_a_byte_order_mark_does_no_harm(no_settings: Path) -> None:
    write(no_settings, '\ufeffreviewer = "Zoë"\n')
    assert config.load().reviewer == "Zoë"


def test_bad_toml_names_file_and_line(no_settings: Path) -> None:
    write(no_settings, 'reviewer = "Ana"\ntheme = \n')
    with pytest.raises(ConfigError) as caught:
        config.load()
    assert str(no_settings) in caught.value.message
    assert "line 2" in caught.value.message


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("reviewr = 'Ana'\n", "reviewr"),
        ("reviewer = 3\n", "reviewer"),
        ("theme = ' '\n", "theme"),
        ("keys = 'j'\n", "keys"),
        ("[keys]\naccept = 1\n", "accept"),
        ("[keys]\naccept = []\n", "accept"),
        ("[keys]\naccept = ['']\n", "accept"),
        ("[keys]\naccept = ['a', 2]\n", "accept"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named(no_settings: Path, text: str, named: str) -> None:
    write(no_settings, text)
    with pytest.raises(ConfigError) as caught:
        config.load()
    assert named in caught.value.message
    assert str(no_settings) in caught.value.message
    assert caught.value.hint


def test_bytes_that_are_no_utf8_are_reported(no_settings: Path) -> None:
    no_settings.parent.mkdir()
    no_settings.write_bytes(b'reviewer = "Jos\xe9"\n')
    with pytest.raises(ConfigError, match=r"config\.toml"):
        config.load()


def test_a_folder_in_its_place_is_reported(no_settings: Path) -> None:
    no_settings.mkdir(parents=True)
    with pytest.raises(ConfigError, match=r"config\.toml"):
        config.load()


def test_the_reviewer_is_the_first_that_is_set(no_settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    assert config.reviewer() == "login"
    write(no_settings, 'reviewer = "From File"\n')
    assert config.reviewer() == "From File"
    monkeypatch.setenv("ONRECORD_USER", "from-env")
    assert config.reviewer() == "from-env"
    assert config.reviewer("given") == "given"


def test_a_blank_name_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    monkeypatch.setenv("ONRECORD_USER", "  ")
    assert config.reviewer(" ") == "login"


def test_a_name_is_one_line() -> None:
    assert config.reviewer(" Ana \n Li ") == "Ana Li"


@pytest.mark.parametrize("error", [KeyError("uid"), OSError("no user"), ImportError("pwd")])
def test_a_user_without_a_name_still_can_review(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def nameless() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert config.reviewer() == "anonymous"


def test_the_save_file_is_here_unless_the_environment_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert config.default_db() == Path("annotations.json")
    monkeypatch.setenv("ONRECORD_DB", "/elsewhere/news.json")
    assert config.default_db() == Path("/elsewhere/news.json")


def test_the_file_is_where_the_platform_keeps_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = config.config_path()
    assert path is not None
    assert path.name == "config.toml"
    assert path.parent.name == "onrecord"
