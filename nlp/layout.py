"""Which lines of a page are the release: its title, datelines and body, without furniture and other articles.

Decided by structure first: prose (a line that ends like a sentence) holds the release together; short lines
without a full stop after its last prose are headlines of other articles; what stands under a heading such as
«Читайте также» is not the release until a long paragraph comes. lexicons/furniture.yaml holds the headings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from nlp import morphology
from nlp.lexicon import load

Role = Literal["title", "subtitle", "dateline", "body", "heading", "list_item", "quote", "furniture", "trailing"]
RELEASE: frozenset[Role] = frozenset({"title", "subtitle", "body", "heading", "list_item", "quote"})

LONG = 200  # characters of a paragraph that is the release again after a list of other articles
SHORT = 200  # a line of furniture is shorter
HEADLINE = 160  # a headline is shorter
MENU = 4  # as many very short lines in a row are a menu

MONTH = (
    "(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|янв|фев|мар|апр|авг|сен|окт|ноя|дек)"
)
DATE = re.compile(
    rf"\b\d{{1,2}}\.\d{{1,2}}\.(?:19|20)?\d\d\b|\b\d{{1,2}}\s{MONTH}[а-я]*\.?(?:,?\s(?:19|20)\d\d)?", re.IGNORECASE
)
# «КЫЗЫЛ, 2 ноября. », «НАЛЬЧИК. », «Чита, 14 марта 2025 года. », «16 апреля, Пермь. » in front of a paragraph.
PLACE = r"(?:г\.\s?)?[А-ЯЁ][\w-]+(?:\s(?:[А-ЯЁ]|на-)[\w-]+)?"
DAY = rf"\d{{1,2}}\s{MONTH}[а-я]*(?:,?\s(?:19|20)\d\d)?(?:\s(?:года|г\.))?"
OPENING = re.compile(
    rf"(?:{PLACE}[,.]\s{DAY}|{DAY},?\s{PLACE}|[А-ЯЁ][А-ЯЁ-]{{3,}}(?:\s[А-ЯЁ-]{{3,}})?)"
    rf"(?:\.|\s?[-–—:](?=\s)|\s?[/(][^/()]{{2,40}}[/)][.:]?)(?=\s)"
)
MARKS = re.compile(r"^(?:[^\w«»\"“„(\[{+#@©-]|[-–—](?=\s))+")  # bullets, emoji, arrows
BULLET = re.compile(r"[•▪●◦■□–—*🔹🔸✅✔➡👉▫·-]|\d{1,2}[.)]\s|[а-я]\)\s")
ENDING = re.compile(r"[.!…][»\"”)\]]*$|[.!?…]?[»\"”)][.!…]$")
EMOJI = re.compile(r"[\U0001f000-\U0001faff\u2190-\u2bff\ufe0f\u20e3\u200d\s]+$")
ADDRESS = re.compile(r"https?://\S*|\b[\w.-]+\.(?:ru|рф|com|org|info|net)\b|(?:^|\s)@\w+", re.IGNORECASE)
PHONE = re.compile(r"(?:\+7|\b8)[\s-]?[(-]\d{3,5}|\(\d{3,5}\)\s?\d{2,3}-\d\d|\b\d\d-\d\d-\d\d\b|\b8-800-")
AGE = re.compile(r"\b(?:0|6|12|16|18)\+(?!\w)")
SEPARATOR = re.compile(r"\s[|•·→/»]\s")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(slots=True)
class Block:
    """A line of the page; the span leaves out spaces around it."""

    start: int
    stop: int
    role: Role


@dataclass(slots=True)
class Line:
    """What is seen of a line by itself."""

    start: int
    text: str
    key: str  # to compare with the lexicon
    prose: bool  # ends as a sentence does, or opens a list; no question or fragment
    ended: bool

    @property
    def short(self) -> bool:
        return len(self.text) < SHORT


def layout(text: str) -> list[Block]:
    """The lines of a normalised text that are not empty, in order, each with its role.

    >>> [block.role for block in layout("Подписана хартия\\n\\nХартию подписали в крае.\\nФото: пресс-служба")]
    ['title', 'body', 'furniture']
    """
    lines = _lines(text)
    roles: list[Role | None] = [_furniture(line) for line in lines]
    _drop_repeats(lines, roles)
    _cut_lists(lines, roles)
    last = max((i for i, line in enumerate(lines) if line.prose and roles[i] is None), default=-1)
    _head(lines, roles, last)
    _tail(lines, roles, last)
    blocks = []
    for line, role in zip(lines, roles, strict=True):
        blocks.append(Block(line.start, line.start + len(line.text), role or _inner(line)))
    return blocks


def dateline(text: str, block: Block) -> tuple[int, int] | None:
    """The span of place and date in front of a paragraph, or of a whole dateline.

    >>> dateline("КЫЗЫЛ, 2 ноября. Заработал завод.", Block(0, 33, "body"))
    (0, 16)
    """
    if block.role == "dateline":
        return block.start, block.stop
    if block.role in ("title", "subtitle", "furniture", "trailing"):
        return None
    match = OPENING.match(text, block.start, min(block.stop, block.start + 100))
    return match.span() if match else None


def _lines(text: str) -> list[Line]:
    lines = []
    offset = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = offset + raw.index(stripped[0])
            key = MARKS.sub("", stripped[:LONG]).lower().replace("ё", "е")
            bare = EMOJI.sub("", stripped[-LONG:])
            ended = bool(ENDING.search(bare)) or (len(bare) < len(stripped[-LONG:]) and len(bare) > 40)
            prose = len(stripped) > 60 if stripped.endswith(":") else ended and len(stripped) > 25
            lines.append(Line(start, stripped, key, prose, ended))
        offset += len(raw) + 1
    return lines


@cache
def _lexicon(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Beginnings and whole lines."""
    entries = [str(entry) for entry in load("furniture")[name]]
    return tuple(e[:-1] for e in entries if e.endswith("…")), frozenset(e for e in entries if not e.endswith("…"))


@cache
def _inline() -> tuple[str, ...]:
    """Headings of other articles that a colon parts from the articles in one line."""
    beginnings, wholes = _lexicon("sections")
    return tuple(f"{heading}:" for heading in (*(b.strip() for b in beginnings), *wholes))


def _is(line: Line, name: str) -> bool:
    beginnings, wholes = _lexicon(name)
    return line.short and (line.key.startswith(beginnings) or re.sub(r"[\s:.(\d)]+$", "", line.key) in wholes)


def _furniture(line: Line) -> Role | None:
    """The role of a line that gives itself away, else None."""
    text = line.text
    if text.startswith((">>", "»»")):
        return "trailing"
    if not line.short:
        return None
    if not WORD.search(text):
        return "dateline" if DATE.search(text) else "furniture"
    words = len(WORD.findall(text))
    date = DATE.search(text)
    if date and (line.key.startswith(("дата ", "опубликован", "создан")) or _only_a_date(text, words)):
        return "dateline"
    if _is(line, "boilerplate") or (not line.prose and _is(line, "openings")):
        return "furniture"
    if any(part in line.key for part in _lexicon("inside")[1]):
        return "furniture"
    if text.startswith("#") and all(word.startswith("#") for word in text.split()):
        return "furniture"
    if PHONE.search(text) and len(text) < 160:
        return "furniture"
    if not line.ended and words <= 8 and (ADDRESS.search(text) or AGE.search(text)):
        return "furniture"
    if line.ended and words <= 12 and AGE.search(text[-4:]):
        return "furniture"
    return None


def _only_a_date(text: str, words: int) -> bool:
    """«10.07.2014 | Пресс-служба губернатора», «Новый Уренгой, 23 октября», «29 ноя в 21:14»."""
    if len(text) > 100 or words > 9 or ENDING.search(text):
        return False
    rest = [w for w in WORD.findall(DATE.sub(" ", text)) if w.lower() not in ("года", "г", "в")]
    return len(rest) <= 2 or (bool(SEPARATOR.search(text) or ", " in text) and not _has_verb(text))


def _has_verb(text: str) -> bool:
    return any(
        morphology.parses(word)[0].tag.POS in ("VERB", "INFN", "PRTS", "PRED") for word in WORD.findall(text[:HEADLINE])
    )


def _drop_repeats(lines: list[Line], roles: list[Role | None]) -> None:
    """A line told again (a lead repeated under its picture) is furniture."""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if line.text in seen and len(line.text) > 40:
            roles[index] = roles[index] or "furniture"
        seen.add(line.text)


def _cut_lists(lines: list[Line], roles: list[Role | None]) -> None:
    """What stands under a heading of other articles, or under one of comments, is not the release."""
    listing = closed = False
    prose = 0
    for index, line in enumerate(lines):
        glued = bool(ADDRESS.search(line.text)) and line.key.endswith(tuple(h for s in _lexicon("sections") for h in s))
        inline = line.key.startswith(_inline()) and not line.prose  # however long
        if closed:
            roles[index] = roles[index] or "trailing"
        elif index > 1 and prose and _is(line, "closings") and not line.prose:
            roles[index] = "furniture"
            closed = True
        elif index > 1 and (glued or inline or (_is(line, "sections") and not line.prose)):
            roles[index] = "furniture"
            rest = line.key.partition(":")[2].strip()
            listing = not rest or glued
        elif listing and len(line.text) >= LONG and line.prose and roles[index] is None:
            listing = False
        elif listing:
            roles[index] = roles[index] or "trailing"
        prose += line.prose


def _head(lines: list[Line], roles: list[Role | None], last: int) -> None:
    """Title, subtitles and datelines: the lines before the first prose."""
    first = next((i for i, line in enumerate(lines) if line.prose and roles[i] is None and len(line.text) > 60), last)
    rows = [i for i in range(min(first, len(lines))) if roles[i] is None] if first > 0 else []
    menu = 0
    for index in rows:
        menu = menu + 1 if len(WORD.findall(lines[index].text)) <= 2 and not lines[index].ended else 0
        if menu >= MENU:
            for back in range(index - menu + 1, index + 1):
                roles[back] = "furniture"
    rows = [i for i in rows if roles[i] is None]
    titled = False
    for position, index in enumerate(rows):
        line = lines[index]
        others = len(rows) > 1 and (titled or position + 1 < len(rows))
        if others and not line.prose and _names_publisher(line):
            roles[index] = "dateline"
        elif not titled:
            roles[index] = "title"
            titled = True
        elif not line.prose and len(line.text) > 25 and index < 6:
            roles[index] = "subtitle"
    if not rows and lines and first == 0 and len(lines) > 1 and roles[0] is None:
        roles[0] = "title"


def _names_publisher(line: Line) -> bool:
    """«Министерство промышленности края», «Олег Николаев | Глава Чувашии», «Главная → Новости»."""
    if len(line.text) > 100 or _has_verb(line.text):
        return False
    words = WORD.findall(line.text)
    name = len(words) == 2 and all(word.istitle() for word in words)
    return name or bool(SEPARATOR.search(line.text)) or line.key.startswith(_lexicon("publishers")[0])


def _tail(lines: list[Line], roles: list[Role | None], last: int) -> None:
    """Lines without a full stop after the last prose are headlines of others, sign-offs and widgets."""
    if last < 0:
        return
    open_list = lines[last].text.endswith(":")
    for index in range(last + 1, len(lines)):
        line = lines[index]
        if roles[index] is not None:
            continue
        if open_list and BULLET.match(line.text):
            roles[index] = "list_item"
        elif line.text.endswith(":") and index + 1 < len(lines) and BULLET.match(lines[index + 1].text):
            roles[index] = "body"
        elif line.key.startswith(_lexicon("publishers")[0]) and _names_publisher(line):
            roles[index] = "dateline"
        elif len(line.text) < HEADLINE or line.text.endswith("?"):
            roles[index] = "trailing"
        open_list = (open_list and roles[index] == "list_item") or line.text.endswith(":")


def _inner(line: Line) -> Role:
    if re.match(r"[-–—]\s?[А-ЯЁ«]", line.text) or (line.text[0] in '«"' and line.ended and len(line.text) > 60):
        return "quote"
    if BULLET.match(line.text) and not line.prose:
        return "list_item"
    if not line.ended and not line.text.endswith((":", ";", ",")) and len(line.text) < HEADLINE:
        return "heading"
    return "list_item" if BULLET.match(line.text) else "body"
