"""Markup to plain text."""

from __future__ import annotations

import pytest

from spiders.extraction import html_to_text

CASES = {
    "<p>Один.</p><p>Два.</p>": "Один.\nДва.",
    "Один<br>два<br/><br>три": "Один\nдва\nтри",
    "<p>Перенос\n  строки   и   пробелы</p>": "Перенос строки и пробелы",
    "<p>№&nbsp;5 и&nbsp;6</p>": "№\xa05 и\xa06",
    "<p>про<b>мыш</b>ленность</p>": "промышленность",
    "<ul><li>первое<li>второе</ul>": "первое\nвторое",
    "<table><tr><td>Завод</td><td>12</td></tr></table>": "Завод\n12",
    "<p>Текст<script>var x = '<p>нет</p>'</script> дальше</p>": "Текст дальше",
    "<div>Начало<div>середина</div>конец</div>": "Начало\nсередина\nконец",
    "просто текст": "просто текст",
    "a &lt; b &amp; c": "a < b & c",
    "<p>&nbsp;</p><p> </p>": "",
    "": "",
    "<!-- ничего -->": "",
    "<p>Не закрыт <b>жирный<p>Второй": "Не закрыт жирный\nВторой",
    "нуль\0 байт": "нуль байт",
}


@pytest.mark.parametrize(("html", "text"), CASES.items())
def test_html_to_text(html: str, text: str) -> None:
    assert html_to_text(html) == text


def test_unclosed_marks_of_type_lose_no_text() -> None:
    assert html_to_text("<p>абзац" + "<font><b>слово " * 500) == "абзац" + "слово " * 499 + "слово"


def test_a_hostile_depth_ends_the_page() -> None:
    assert html_to_text("верх" + "<div>" * 1500 + "дно") == "верх"
