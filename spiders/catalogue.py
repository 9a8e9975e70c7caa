"""Pages of documentation made from the data: the table of sources and the table of reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from spiders.reasons import reasons
from spiders.registry import Source

_BASES = {
    "seen": "met in public material",
    "pattern": "like a sibling site's, which was met",
    "own": "from memory",
    "homepage": "only the front page is known",
    "played": "played by the playground",
}
_BODIES = {
    "governor": "governor",
    "government": "government",
    "ministry_industry": "ministry of industry",
    "ministry_economy": "ministry of economy",
    "press_agency": "press agency",
    "telegram": "Telegram channel",
}
_MADE = "<!-- Made by `zamena sources docs`. Do not edit: change the data. -->"


def sources_page(sources: Iterable[Source], names: Mapping[str, str]) -> str:
    """docs/sources.md. `names` are the regions' by code."""
    sources = list(sources)
    bases = "; ".join(f"`{code}` – {text}" for code, text in _BASES.items())
    lines = [
        _MADE,
        "# Sources",
        "",
        f"{len(sources)} sources of {len({source.region for source in sources})} regions, declared in "
        "`spiders/sources/`, one file a region. `status` is `unchecked` until somebody has opened the source live; "
        f"`basis` says where its address comes from: {bases}. `weekly` is an estimate of its releases a week.",
        "",
        _tally("Status", (source.status for source in sources)),
        _tally("Platform", (source.platform for source in sources)),
        _tally("Basis", (source.basis for source in sources)),
    ]
    for region in dict.fromkeys(source.region for source in sources):
        lines += ["", f"## {names.get(region, region)} ({region})", "", _row(_HEAD), _row("---" for _ in _HEAD)]
        lines += [_row(_cells(source)) for source in sources if source.region == region]
    return "\n".join(lines) + "\n"


def reasons_page() -> str:
    """docs/reasons.md."""
    lines = [
        _MADE,
        "# How a crawl ends",
        "",
        "Every crawl ends with an outcome and a reason, both in its report and in the table `crawls`.",
        "",
        "- **complete**: all that was asked for was seen.",
        "- **truncated**: something was seen, not all; it never counts as success, and the next crawl does not stop at "
        "what it knows.",
        "- **failed**: nothing can be concluded.",
        "",
        "Severity: `temporary` may pass by itself; `soft` wants a look within days; `hard` stays until it is mended.",
        "",
        "Left alone: the host is asked for nothing more in that crawl when this befalls a `list`; `always`: even when "
        "it befalls a single release's page.",
        "",
        _row(("Reason", "Outcome", "Severity", "Left alone", "Meaning", "What to do")),
        _row("---" for _ in range(6)),
    ]
    lines += [_row((f"`{r.code}`", r.outcome, r.severity, r.leave, r.meaning, r.action)) for r in reasons().values()]
    return "\n".join(lines) + "\n"


_HEAD = ("Id", "Body", "Name", "Platform", "Address", "Basis", "Weekly", "Status", "robots.txt")


def _cells(source: Source) -> tuple[str, ...]:
    address = source.list or source.feed or source.sitemap or ""
    status = f"{source.status}: {source.reason}" if source.reason else source.status
    return (
        f"`{source.id}`",
        _BODIES[source.body],
        source.name,
        source.platform,
        f"<{address}>",
        source.basis,
        f"{source.weekly:g}",
        status,
        source.robots or "not seen",
    )


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _tally(title: str, values: Iterable[str]) -> str:
    return f"- {title}: " + ", ".join(f"{value} {number}" for value, number in Counter(values).most_common())
