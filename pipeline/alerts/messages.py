"""What is written to readers: the request to confirm, and the digest. Plain text. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.alerts.following import Wish
from pipeline.alerts.links import Links
from pipeline.filters import Filter
from pipeline.models.following import Channel
from pipeline.records import Record
from pipeline.reference import regions
from pipeline.russian import KINDS, STATUSES, TYPES, count, day, headline, money, plural

Names = Mapping[str, str]  # of pipeline.names.named: of whom the filter asks
MOST_SHOWN: Mapping[Channel, int] = {"email": 50, "telegram": 5}  # facts; a Telegram message holds 4,096 characters
MOST_NAMED, MOST_QUOTED = 150, 240  # characters
FREQUENCIES = {"at_once": "сразу", "daily": "раз в день", "weekly": "раз в неделю"}


@dataclass(frozen=True, slots=True)
class Message:
    subject: str
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)  # of an e-mail


def described(wanted: Filter, names: Names) -> str:
    """The filter in words: «Омская область; хартия; с 1 мая 2026»."""
    places = {row["code"]: row["name"] for row in regions()}
    parts = [
        wanted.initiative and names.get("initiative", f"инициатива {wanted.initiative}"),
        wanted.person and names.get("person", f"человек {wanted.person}"),
        wanted.organization and names.get("organization", f"организация {wanted.organization}"),
        wanted.region and places.get(wanted.region, wanted.region),
        wanted.type and TYPES[wanted.type],
        wanted.status and STATUSES[wanted.status],
        wanted.kind and KINDS[wanted.kind],
        wanted.source and f"источник {wanted.source}",
        wanted.since and f"с {day(wanted.since)}",
        wanted.until and f"по {day(wanted.until)}",
    ]
    return "; ".join(_cut(part, MOST_NAMED) for part in parts if part) or "все факты"


def confirmation(wish: Wish, names: Names, links: Links) -> Message:
    """Asks the owner of an address whether the wish is theirs."""
    return Message(
        "Замена: подтвердите подписку",
        f"Кто-то, надеемся, что вы, попросил присылать сюда ({FREQUENCIES[wish.frequency]}) новое из реестра «Замена»: "
        f"{described(Filter.of(wish.query), names)}.\n\n"
        f"Подтвердить: {links.confirm(wish)}\n\n"
        "Если это были не вы, ничего делать не нужно: без подтверждения мы больше не напишем. "
        "Ссылка действует три дня.",
    )


def digest(wish: Wish, names: Names, told: Sequence[Record], links: Links) -> Message:
    """The facts that are new in a list, the first few in full, with the way to all of them and the way out."""
    wanted = Filter.of(wish.query)
    about = described(wanted, names)
    shown = told[: MOST_SHOWN[wish.channel]]
    parts = [f"Новое в списке «{about}»: {plural(len(told), 'факт фактов факта')}."]
    parts += [f"{number}. {_item(event, links)}" for number, event in enumerate(shown, 1)]
    if len(shown) < len(told):
        parts.append(f"И ещё {plural(len(told) - len(shown), 'факт фактов факта')}.")
    ending = links.unsubscribe(wish.id)
    parts.append(f"Весь список: {links.list(wanted.query_string())}\nОтписаться: {ending}")
    return Message(
        f"Замена: новое в списке «{about}»",
        "\n\n".join(parts),
        {"List-Unsubscribe": f"<{ending}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _item(event: Record, links: Links) -> str:
    about = event["initiative"] or KINDS.get(event["kind"] or "")
    numbers = [
        event["count"] and count(event["count"]["value"], event["count"]["comparator"], event["count"]["unit"]),
        event["money"] and money(event["money"]["value"], event["money"]["currency"], event["money"]["comparator"]),
    ]
    lines = [
        headline(event["type"], event["status"], about and _cut(about, MOST_NAMED)),
        "; ".join(number for number in numbers if number),
        f"«{_cut(event['quote'], MOST_QUOTED)}»",
        f"{_cut(event['source'], MOST_NAMED)}, {day(event['published'])}",
        links.event(event["document_key"], event["id"]),
        f"Оригинал: {event['url']}" if event["url"] else "",
    ]
    return "\n   ".join(line for line in lines if line)


def _cut(text: str, most: int) -> str:
    """In one line, and cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + "…"
