from nlp import Document, extract


def test_a_text_that_says_nothing_gives_no_event() -> None:
    assert extract(Document("Погода завтра будет ясной.")).events == ()
