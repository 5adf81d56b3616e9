"""Where a value comes from, and what is said of one that does not fit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from djup.config import load_config
from djup.errors import UsageError


def test_defaults(tmp_path: Path):
    config = load_config(tmp_path, {}, {})
    assert (config.to, config.via, dict(config.origins)) == ("latest", "each", {})


def test_the_command_line_beats_the_environment_beats_the_file(tmp_path: Path):
    (tmp_path / "djup.toml").write_text('to = "4.2"\nvia = "lts"\nsettings = "a"\n')
    config = load_config(tmp_path, {"to": "5.2"}, {"DJUP_TO": "5.1", "DJUP_SETTINGS": "b"})
    assert (config.to, config.settings, config.via) == ("5.2", "b", "lts")
    assert config.origins == {"to": "command line", "settings": "DJUP_SETTINGS", "via": "djup.toml"}


def test_the_table_in_pyproject(tmp_path: Path):
    (tmp_path / "pyproject.toml").write_text('[tool.djup]\ntest-command = "pytest"\nenv = { A = "1" }\n')
    config = load_config(tmp_path, {"env": {"B": "2"}}, {})
    assert config.test_command == "pytest"
    assert config.env == {"A": "1", "B": "2"}


def test_a_pyproject_without_the_table_says_nothing(tmp_path: Path):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n')
    assert load_config(tmp_path, {}, {}).origins == {}


def test_lists_in_variables_are_separated_by_commas(tmp_path: Path):
    assert load_config(tmp_path, {}, {"DJUP_SKIP": "4.0/a, 4.1/b"}).skip == ("4.0/a", "4.1/b")


def test_an_unknown_key_names_file_line_and_the_nearest(tmp_path: Path):
    (tmp_path / "djup.toml").write_text('to = "5.2"\ntest_comand = "pytest"\n')
    with pytest.raises(
        UsageError, match=r"djup\.toml:2: 'test_comand' is not a setting of djup\. Did you mean 'test_command'\?"
    ):
        load_config(tmp_path, {}, {})


def test_a_value_of_the_wrong_type_names_the_line(tmp_path: Path):
    (tmp_path / "djup.toml").write_text("test_timeout = 'long'\n")
    with pytest.raises(UsageError, match=r"djup\.toml:1: .*'test_timeout' does not fit"):
        load_config(tmp_path, {}, {})


def test_numbers_in_variables_are_read(tmp_path: Path):
    assert load_config(tmp_path, {}, {"DJUP_TEST_TIMEOUT": "60"}).test_timeout == 60


def test_broken_toml_is_said_with_its_file(tmp_path: Path):
    (tmp_path / "djup.toml").write_text("to = \n")
    with pytest.raises(UsageError, match=r"djup\.toml: this is not TOML"):
        load_config(tmp_path, {}, {})


def test_what_is_switched_off_on_the_command_line_is_off(tmp_path: Path):
    (tmp_path / "djup.toml").write_text("packages = true\n")
    assert not load_config(tmp_path, {"packages": False}, {}).packages
    assert load_config(tmp_path, {"packages": None}, {}).packages
    assert not load_config(tmp_path, {}, {"DJUP_PACKAGES": "false"}).packages


def test_a_cooldown_is_written_in_days(tmp_path: Path):
    assert load_config(tmp_path, {"within": "30d"}, {}).cooldown == dt.timedelta(days=30)
    with pytest.raises(UsageError, match=r"the command line: 'within' does not fit"):
        load_config(tmp_path, {"within": "a month"}, {})
