"""Where packages come from: the places where people keep their indexes and credentials."""

from __future__ import annotations

from pathlib import Path

from djup.environments.sources import PYPI, Sources, of_uv_table, read_sources


def test_without_a_word_it_is_pypi(tmp_path: Path):
    assert read_sources({}, tmp_path) == Sources()
    assert Sources().urls == (PYPI,)
    assert Sources().variables() == {}


def test_variables_of_uv_beat_all_that_is_said_for_pip(tmp_path: Path):
    (tmp_path / ".config" / "pip").mkdir(parents=True)
    (tmp_path / ".config" / "pip" / "pip.conf").write_text("[global]\nindex-url = https://pip.example/simple\n")
    found = read_sources(
        {"UV_DEFAULT_INDEX": "https://uv.example/simple", "UV_INDEX": "own=https://own.example/s"}, tmp_path
    )
    assert found.urls == ("https://own.example/s", "https://uv.example/simple")
    assert read_sources({}, tmp_path).urls == ("https://pip.example/simple",)


def test_variables_of_pip_beat_its_files(tmp_path: Path):
    (tmp_path / ".pip").mkdir()
    (tmp_path / ".pip" / "pip.conf").write_text(
        "[global]\nindex-url = https://file.example/simple\nextra-index-url =\n  https://a.example/s\n  https://b.example/s\n"
    )
    found = read_sources({"PIP_INDEX_URL": "https://variable.example/simple"}, tmp_path)
    assert found.index == "https://variable.example/simple"
    assert found.others == ("https://a.example/s", "https://b.example/s")


def test_a_file_of_pip_of_ones_own(tmp_path: Path):
    (tmp_path / "own.conf").write_text("[global]\nindex-url = https://own.example/simple\n")
    assert read_sources({"PIP_CONFIG_FILE": str(tmp_path / "own.conf")}, tmp_path).index == "https://own.example/simple"


def test_what_lies_on_this_disk_counts_for_pip_only_where_no_index_is_asked(tmp_path: Path):
    assert read_sources({"PIP_INDEX_URL": "file:///srv/simple", "PIP_FIND_LINKS": "/srv/wheels"}, tmp_path) == Sources()
    alone = read_sources({"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/srv/wheels"}, tmp_path)
    assert alone == Sources(no_index=True, find_links=("/srv/wheels",))
    assert alone.urls == ()


def test_the_users_file_of_uv(tmp_path: Path):
    (tmp_path / ".config" / "uv").mkdir(parents=True)
    (tmp_path / ".config" / "uv" / "uv.toml").write_text(
        'offline = true\n[[index]]\nname = "own"\nurl = "https://own.example/s"\n'
        '[[index]]\nurl = "https://main.example/simple"\ndefault = true\n'
    )
    found = read_sources({}, tmp_path)
    assert found == Sources(index="https://main.example/simple", others=("https://own.example/s",), offline=True)


def test_the_old_spelling_of_uvs_table():
    table = {
        "pip": {"index-url": "https://a.example/s", "extra-index-url": ["https://b.example/s"], "find-links": ["w"]}
    }
    found = of_uv_table(table)
    assert found == Sources(index="https://a.example/s", others=("https://b.example/s",), find_links=("w",))


def test_credentials_in_variables_are_filled_in(tmp_path: Path):
    environ = {
        "PIP_INDEX_URL": "https://${OWN_USER}:${OWN_PASSWORD}@a.example/s",
        "OWN_USER": "bob",
        "OWN_PASSWORD": "x",
    }
    assert read_sources(environ, tmp_path).index == "https://bob:x@a.example/s"


def test_a_variable_that_is_not_set_stays_as_it_is(tmp_path: Path):
    assert (
        read_sources({"PIP_INDEX_URL": "https://${NOBODY}@a.example/s"}, tmp_path).index
        == "https://${NOBODY}@a.example/s"
    )


def test_uv_is_told_by_variables_not_by_arguments():
    sources = Sources(
        index="https://bob:x@a.example/s", others=("https://b.example/s",), find_links=("/w",), offline=True
    )
    assert sources.variables() == {
        "UV_DEFAULT_INDEX": "https://bob:x@a.example/s",
        "UV_INDEX": "https://b.example/s",
        "UV_FIND_LINKS": "/w",
        "UV_OFFLINE": "1",
    }


def test_what_is_nearer_comes_first():
    far = Sources(index="https://far.example/s", others=("https://x.example/s",))
    near = Sources(index="https://near.example/s", others=("https://y.example/s",))
    assert far.under(near).urls == ("https://y.example/s", "https://x.example/s", "https://near.example/s")
    assert far.under(Sources(offline=True)).urls == far.urls
