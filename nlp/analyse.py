"""From a document to its analysis: characters, layout, sentences, tokens and entities."""

from __future__ import annotations

from nlp import morphology, networks
from nlp.analysis import Analysis, Entity, Sentence, Token
from nlp.characters import normalise
from nlp.layout import RELEASE, layout
from nlp.schema import Document


def analyse(document: Document) -> Analysis:
    """Split a release into sentences and tokens, and find its entities; furniture of the page is left out.

    >>> analyse(Document("Хартию подписали 386 предприятий.")).sentences[0].tokens[0].lemma
    'хартия'
    """
    from razdel import sentenize, tokenize

    source = normalise(document.text)
    text = source.text
    analysis = Analysis(
        text, document.published, document.source_region, document.url, blocks=layout(text), source=source
    )
    for index, block in enumerate(analysis.blocks):
        if block.role not in RELEASE:
            continue
        for sent in sentenize(text[block.start : block.stop]):
            start = block.start + sent.start
            tokens = [
                Token(
                    start + t.start,
                    start + t.stop,
                    t.text,
                    morphology.lemma(t.text),
                    str(morphology.parses(t.text)[0].tag),
                )
                for t in tokenize(sent.text)
            ]
            analysis.sentences.append(Sentence(start, block.start + sent.stop, tokens, index))
    markup = networks.ner()(text)
    analysis.entities = [Entity(s.start, s.stop, s.type) for s in markup.spans]
    return analysis
