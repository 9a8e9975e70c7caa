from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from nlp.explain import explain, to_html, to_terminal
from nlp.schema import Document

RELEASE = Document(
    "В крае подписана хартия технологического суверенитета\n\n"
    "Хартию 1 июля под\u00adписали 386 предприятий Хабаровского края.\n"
    "Завод работает с 1932 года.\n"
    "Погода в крае стояла ясная, сообщил Иван Петров.\n"
    "Фото: <b>пресс-служба</b>",
    date(2024, 7, 2),
)


def test_every_line_is_told_with_its_events_or_its_silence() -> None:
    explanation = explain(RELEASE)
    assert [passage.role for passage in explanation.passages] == ["title", "body", "body", "body", "furniture"]
    events = [event for passage in explanation.passages for event in passage.events]
    assert events == list(explanation.extraction.events)
    assert events
    assert all(bool(passage.events) != bool(passage.silence) for passage in explanation.passages)
    assert {mark.kind for passage in explanation.passages for mark in passage.marks} >= {
        "trigger",
        "initiative",
        "date",
    }


def test_terminal_shows_the_text_and_the_events() -> None:
    console = Console(width=200, record=True, soft_wrap=True, file=None, force_terminal=False, quiet=True)
    with console.capture() as capture:
        console.quiet = False
        console.print(to_terminal(explain(RELEASE)))
    shown = capture.get()
    assert "Хартию 1 июля подписали 386 предприятий Хабаровского края." in shown
    assert "→ charter_signing, done" in shown


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_escapes_what_it_shows() -> None:
    page = to_html([explain(RELEASE)])
    parser = Words()
    parser.feed(page)
    assert "<b>пресс-служба</b>" in parser.words
    assert parser.tags.count("html") == 1
    assert "script" not in parser.tags


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_explained(text: str) -> None:
    explanation = explain(Document(text))
    to_terminal(explanation)
    to_html([explanation])
    spans = [(passage.start, passage.stop) for passage in explanation.passages]
    assert spans == sorted(spans)
