"""Organisations of a sentence, and of a release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from nlp.analysis import Analysis, Sentence, Token
from nlp.layout import RELEASE
from nlp.morphology import Case, lemma_and_tag
from nlp.organisations.heads import known, with_head, with_legal_form
from nlp.organisations.lexicon import COORDINATORS, HEADS, LEGAL_FORMS, NAME_FORMS
from nlp.organisations.mention import Found, OrganisationKind, OrganisationMention
from nlp.organisations.network import abbreviations, of_network
from nlp.organisations.quoted import bare
from nlp.phrases import Frame, frames, is_name, lowered
from nlp.tokens import tokenise

MARKS = frozenset('«„“”"')
CLOSING = frozenset('»”“"')
RESOLVED = frozenset({"authority", "association", "institution"})
NAMESAKES = 20  # announced names that a bare one is compared with, at most
LONGEST_HEAD = 160  # characters of a line that names the publisher


def find_organisations(analysis: Analysis) -> list[OrganisationMention]:
    """Every mention of an organisation, in order of position; mentions do not overlap."""
    mentions = [mention for frame in frames(analysis) for mention in organisations_of(frame)]
    return resolved(mentions, publishers(analysis))


def organisations_of(frame: Frame) -> list[OrganisationMention]:
    """The organisations of one sentence."""
    found = list(_scan(frame))
    found += of_network(frame, found)
    found += abbreviations(frame, found)
    return [mention_of(frame, f) for f in sorted(found, key=lambda f: f.first)]


def body_at(frame: Frame, i: int, case: Case = "gent") -> tuple[int, OrganisationMention | None] | None:
    """(index after it, the organisation) of a body in `case` that begins at token i, as an office governs it.

    Here any generic noun will do: «депутат муниципального собрания», «капитан сборной».
    """
    tokens, n = frame.tokens, len(frame.tokens)
    h = i
    while h < min(n, i + 4) and frame.word(h).adjective_in(case) and lowered(tokens[h].text) not in HEADS:
        h += 1
    if h >= n or frame.labels[h] == "PER" or case not in frame.word(h).cases:
        return None
    head = HEADS.get(lowered(tokens[h].text))
    if not head:
        return None
    found = with_head(frame, h, head, i, governed=True)
    if found is None or found.first > i:
        return None
    return found.last, mention_of(frame, found)


def publishers(analysis: Analysis) -> list[OrganisationMention]:
    """The bodies that a release's own head names («Комитет по промышленной политике …»), outside its sentences."""
    sentences = []
    for index, block in enumerate(analysis.blocks):
        if block.role in RELEASE and index > 0:
            break
        opening = re.match(r"\w+", analysis.text[block.start : block.stop])
        if (
            block.role not in RELEASE
            and opening
            and block.stop - block.start < LONGEST_HEAD
            and lowered(opening[0]) in HEADS
        ):
            tokens = [
                Token(a, b, analysis.text[a:b], *lemma_and_tag(analysis.text[a:b]))
                for a, b in tokenise(analysis.text, block.start, block.stop)
            ]
            sentences.append(Sentence(block.start, block.stop, tokens, index))
    head = Analysis(analysis.text, None, None, sentences=sentences)
    return [mention for frame in frames(head) for mention in organisations_of(frame)]


def resolved(mentions: list[OrganisationMention], before: list[OrganisationMention]) -> list[OrganisationMention]:
    """Mentions that say less than others of the same release, given what those say.

    A body named by its noun alone («комитет», «палата») is the last one named in full with that noun. A bare quoted
    name takes the undeclined form and the kind it has where a noun announces it: «Алькора» of «компания «Алькор»».
    """
    full = {mention.head: mention.name for mention in before if " " in mention.name}
    announced: dict[str, list[tuple[str, OrganisationKind]]] = {}
    for mention in mentions:
        name = mention.name.rpartition("«")[2].rstrip("»")
        if mention.head and "«" in mention.name:
            announced.setdefault(name[:3].lower(), []).append((name, mention.kind))
    found = []
    for mention in mentions:
        if mention.kind in RESOLVED and lowered(mention.name) == mention.head and mention.head in full:
            mention = replace(mention, name=full[mention.head], named=True)
        elif mention.named and " " in mention.name and mention.head:
            full[mention.head] = mention.name
        elif not mention.head:
            for name, kind in announced.get(mention.name[:3].lower(), [])[:NAMESAKES]:
                if _same_word(name, mention.name):
                    mention = replace(mention, name=name, kind=kind)
                    break
        found.append(mention)
    return found


def _same_word(name: str, other: str) -> bool:
    """Whether two names of one word differ by a case ending at most."""
    stem = min(len(name), len(other)) - 2
    return " " not in name and abs(len(name) - len(other)) <= 2 and stem >= 2 and name[:stem] == other[:stem]


@lru_cache(maxsize=20_000)
def _announces(text: str) -> bool:
    """Whether a word or mark may begin a name: most do not, and are passed over quickly."""
    return text in MARKS or text in LEGAL_FORMS or text in NAME_FORMS or lowered(text) in HEADS


def _scan(frame: Frame) -> Iterator[Found]:
    tokens = frame.tokens
    taken = 0  # tokens before are inside a mention, or are known to be none
    listed: OrganisationKind | None = None  # kind of the quoted name that ended just before, for «А» и «Б»
    refused = -1  # token after a quoted name that is none: its equals in the list are none either
    for i in [k for k, token in enumerate(tokens) if _announces(token.text)]:
        if i < taken:
            continue
        text = tokens[i].text
        found: Found | None = None
        if i in frame.quotes:
            if is_name(frame, i):
                if refused < 0 or not _joined(frame, refused, i):
                    found = bare(frame, i, listed if taken and _joined(frame, taken, i) else None)
                if found is None:
                    refused = taken = frame.quotes[i] + 1
        elif text in LEGAL_FORMS:
            found = with_legal_form(frame, i, taken)
        elif lowered(text) in HEADS and frame.labels[i] != "PER":
            found = with_head(frame, i, HEADS[lowered(text)], taken)
        elif text in NAME_FORMS:
            found = known(frame, i, taken)
        if found:
            yield found
            listed = found.kind if tokens[found.last - 1].text in CLOSING else None
            taken = found.last


def _joined(frame: Frame, end: int, start: int) -> bool:
    """Whether only «и», a comma or the like stands between two names."""
    return 0 < start - end <= 3 and all(frame.tokens[k].text in COORDINATORS for k in range(end, start))


def mention_of(frame: Frame, f: Found) -> OrganisationMention:
    start, stop = frame.tokens[f.first].start, frame.tokens[f.last - 1].stop
    return OrganisationMention(start, stop, f.name, f.kind, f.named, f.head)
