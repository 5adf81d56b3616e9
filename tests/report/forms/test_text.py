"""Pages as text: wrapped at words, columns side by side, running text below where it has no room."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.text import Text

from djup.report import document as doc
from djup.report.forms.text import drawn, wrapped


def shown(document: doc.Document, width: int = 80) -> str:
    return drawn(document, Console(width=width, file=io.StringIO(), force_terminal=False))


def test_a_page_reads_from_its_title_to_the_next_step():
    page = doc.document(
        "shop: two hops",
        doc.paragraph("It is on Django 4.2."),
        doc.paragraph("It goes to 5.2."),
        doc.facts([("from", "4.2"), ("to", ""), ("target", "5.2")]),
        doc.section("To do", doc.bullets([doc.item("look at a.py", details=["it imports b"]), "then at c.py"])),
        doc.section("Nothing here", doc.bullets([])),
        doc.next_step("djup upgrade"),
    )
    assert shown(page) == (
        "shop: two hops\n"
        "It is on Django 4.2.\n"
        "It goes to 5.2.\n"
        "\n"
        "from    4.2\n"
        "target  5.2\n"
        "\n"
        "To do\n"
        "  - look at a.py\n"
        "    it imports b\n"
        "  - then at c.py\n"
        "\n"
        "Next: djup upgrade\n"
    )


def test_numbers_stand_to_the_right_and_running_text_wraps_in_its_column():
    page = doc.document("t", doc.table(
        [doc.Column(title="places", align="right"), "change", doc.Column(title="what", prose=True)],
        [["3", "4.0/url", "url() is gone and re_path() takes its place"], ["12", "5.0/x", "short"]],
    ))  # fmt: skip
    assert shown(page, 48) == (
        "t\n"
        "places  change   what\n"
        "     3  4.0/url  url() is gone and re_path()\n"
        "                 takes its place\n"
        "    12  5.0/x    short\n"
    )


def test_running_text_without_room_stands_below_its_row():
    page = doc.document("t", doc.table(
        ["package", "version", doc.Column(title="why", prose=True)],
        [["djangorestframework", "3.15.2", "the first that works with Django 5.0, as its notes say"]],
    ))  # fmt: skip
    assert shown(page, 44) == (
        "t\n"
        "package              version\n"
        "djangorestframework  3.15.2\n"
        "    the first that works with Django 5.0, as\n"
        "    its notes say\n"
    )


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_of_a_table_is_wider_than_the_page(width):
    words = ["a-very-long-name-without-any-blank-in-it" * 3, "some words " * 20, "日本語" * 30, "x"]
    page = doc.document("t", doc.table(["a", doc.Column(title="b", prose=True), "c", "d"], [words, words]))
    from rich.cells import cell_len

    assert max(cell_len(line) for line in shown(page, width).splitlines()) <= width


def test_a_list_tells_how_many_it_leaves_out_and_how_to_see_them():
    page = doc.document("t", doc.bullets(["a", "b", "c"], shown=1, rest="djup report --format json"))
    assert shown(page) == "t\n  - a\n  … and 2 more: djup report --format json\n"


def test_a_command_and_an_address_are_never_torn():
    line = Text.assemble("do ", ("djup fix --from 4.2 --to 5.2", "bold cyan"), " now https://example.org/a/long/path")
    assert [each.plain for each in wrapped(line, 14)] == [
        "do",
        "djup fix --from 4.2 --to 5.2",
        "now",
        "https://example.org/a/long/path",
    ]


def test_code_keeps_its_lines_and_has_no_blanks_at_their_ends():
    assert shown(doc.document("t", doc.Code(text="if x:\n\n\tgo()\n"))) == "t\n    if x:\n\n        go()\n"
