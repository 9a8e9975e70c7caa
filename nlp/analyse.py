"""From a document to its analysis: sentences, tokens and entities. First simple version."""

from __future__ import annotations

from nlp import morphology, networks
from nlp.analysis import Analysis, Entity, Sentence, Token
from nlp.schema import Document


def analyse(document: Document) -> Analysis:
    """Split a release into sentences and tokens, and find its entities.

    >>> analyse(Document("Хартию подписали 386 предприятий.")).sentences[0].tokens[0].lemma
    'хартия'
    """
    from razdel import sentenize, tokenize

    text = document.text
    analysis = Analysis(text, document.published, document.source_region, document.url)
    offset = 0
    for block, line in enumerate(text.split("\n")):
        for sent in sentenize(line):
            start = offset + sent.start
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
            analysis.sentences.append(Sentence(start, offset + sent.stop, tokens, block))
        offset += len(line) + 1
    markup = networks.ner()(text)
    analysis.entities = [Entity(s.start, s.stop, s.type) for s in markup.spans]
    return analysis
