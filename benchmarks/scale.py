"""docs/scale.md, computed: what ten years of all regions would take. Made of costs.yaml (measured) and scale.yaml.

python -m benchmarks.scale > docs/scale.md
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import yaml

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows from costs and assumptions: core-hours, hours, bytes, dollars."""

    extract: float  # core-hours
    read: float  # core-hours
    pass_over: float  # core-hours more, where the releases lie in a foreign archive
    load: float  # hours of the one loader
    load_late: float  # the same, were all documents as dear as the last measured ones
    workers: int  # to be done in time
    most_workers: int  # beyond these the loader is what is waited for
    database: float  # GB
    archive: float  # GB
    memory: float  # GB of all workers


def plan(costs: Mapping[str, float], given: Mapping[str, float]) -> Plan:
    """All from the two files, by nothing but multiplication."""
    millions = given["documents"] / 3.6e6  # hours for each millisecond a document takes
    plain = 1 - given["relevant"]
    extract = millions * given["pages_a_release"] * costs["extract_ms"]
    read = millions * (costs["read_mix_ms"] + costs["lemmatise_ms"])
    load = millions * (plain * costs["load_irrelevant_ms"] + given["relevant"] * costs["load_relevant_ms"])
    late = millions * (plain * costs["load_irrelevant_ms"] + given["relevant"] * costs["load_relevant_late_ms"])
    beside = (extract + read) / given["efficiency"]
    workers = ceil(beside / given["hours"])
    row = plain * costs["database_bytes_irrelevant"] + given["relevant"] * costs["database_bytes_relevant"]
    return Plan(
        extract=extract,
        read=read,
        pass_over=millions * given["others_a_release"] * costs["pass_over_ms"],
        load=load,
        load_late=late,
        workers=workers,
        most_workers=max(1, int(beside / load)),
        database=given["documents"] * row / 1e9,
        archive=given["documents"] * given["pages_a_release"] * costs["archived_bytes"] / 1e9,
        memory=workers * costs["worker_mb"] / 1000,
    )


def markdown(costs: Mapping[str, float], given: Mapping[str, float]) -> str:
    it = plan(costs, given)
    cores = it.extract + it.read + it.load
    month = it.archive * given["gigabyte_month"] + it.database * given["gigabyte_month"] * given["database_disk"]
    days = max((it.extract + it.read) / 2 / given["efficiency"], it.load) / 24
    growth, others = costs["load_relevant_late_ms"] / costs["load_relevant_ms"], given["others_a_release"]
    return f"""\
<!-- Made by `python -m benchmarks.scale`. Do not edit: change benchmarks/scale.yaml, or measure costs.yaml anew. -->
# Scale: ten years of all regions

{given["documents"] / 1e6:.0f} million releases, {given["relevant"]:.0%} of which tell events. Every figure is computed
from what one document costs, measured ([costs.yaml](../benchmarks/costs.yaml), `python -m benchmarks.costs`), and from
what is assumed ([scale.yaml](../benchmarks/scale.yaml)). How the work is spread: `zamena backfill` on Dask,
[operating.md](operating.md#archives).

## What one document costs

Measured on {costs["measured_on"]} with extractor `{costs["extractor"]}`, in processor time, the database server's
included, which other users of the machine change little.

| step | ms a document | where |
|---|---|---|
| pass over a response that is no release | {costs["pass_over_ms"]:.2f} | worker |
| extract a release from its page of {costs["page_bytes"] / 1000:.0f} KB | {costs["extract_ms"]:.2f} | worker |
| read it, nine of ten irrelevant | {costs["read_mix_ms"]:.2f} | worker |
| read a relevant one | {costs["read_relevant_ms"]:.2f} | worker |
| lemmatise it for search | {costs["lemmatise_ms"]:.2f} | worker |
| load an irrelevant one | {costs["load_irrelevant_ms"]:.2f} | loader |
| load a relevant one | {costs["load_relevant_ms"]:.2f} | loader |
| the same, with as many in the database | {costs["load_relevant_late_ms"]:.2f} | loader |

A page takes {costs["archived_bytes"] / 1000:.1f} KB of the archive; a document
{costs["database_bytes_irrelevant"] / 1000:.1f} KB of the database if it tells nothing and
{costs["database_bytes_relevant"] / 1000:.1f} KB if it tells events, indexes included. A worker holds
{costs["worker_mb"]:.0f} MB.

## What all of them cost

| | |
|---|---|
| extracting | {it.extract:,.0f} core-hours |
| reading, lemmas included | {it.read:,.0f} core-hours |
| loading, by one loader at a time | {it.load:,.0f} hours, or {it.load_late:,.0f} at the last measured price |
| workers to be done in {given["hours"]:.0f} hours | {it.workers}, with {it.memory:.0f} GB of memory in all |
| workers beyond which the loader is waited for | {it.most_workers} |
| on two cores, reading and loading side by side | {days:,.0f} days |
| out of a foreign archive, {others:.0f} other pages a release | {it.pass_over:,.0f} core-hours more |
| archive | {it.archive:,.0f} GB |
| database | {it.database:,.0f} GB |
| computing, once | {cores:,.0f} core-hours, ${cores * given["core_hour"]:,.0f} |
| storage, a month | ${month:,.0f} |

Crawling is not computed: it is bound by manners. At one page in 3 seconds a host, ten years of a source with
20 releases a week (10,400) take 9 hours, and hosts are crawled side by side; a re-reading of the archive asks nobody.

## What breaks first

1. **The loader.** Resolution wants one writer at a time (an advisory lock): beyond {it.most_workers} workers more of
   them do not help, and {it.load:,.0f} hours is the least the whole can take. What helps, in this order: backfill
   year by year into one database, so that the newest is of use first; work out what resolution asks of each document
   by itself (MinHash, names) before the lock is taken, as its lemmas are now; a database for each federal district,
   since initiatives hardly cross them.
2. **Loading as the database grows.** A relevant document costs {growth:.2f} times as much with twice as many known.
   That was measured on thousands, not millions: see the slope of `make bench` (`BENCH_DOCUMENTS=100000`) before
   machines are rented; the loader's hours grow with it.
3. **The database's memory.** At {it.database:,.0f} GB the indexes no longer fit into the memory of one ordinary server:
   give PostgreSQL the indexes' size in memory, or keep texts and lemmas (most of the bytes) on a disk of their own.
4. **SQLite** is out well before: one machine, one file. Move with `zamena copy-database` before the first million.
5. **Prefect's server** has a row a file, not a document: {it.archive * 1e9 / 256e6:,.0f} files of 256 MB. Put it on
   PostgreSQL, and let retention clear its runs.
6. **Dask's scheduler** has a task a file: far from its limits. A lost worker costs its file's work since the last
   transaction of 64 documents, not the file.
"""


def inputs() -> tuple[dict[str, float], dict[str, float]]:
    costs, given = (yaml.safe_load((HERE / name).read_text(encoding="utf-8")) for name in ("costs.yaml", "scale.yaml"))
    return costs, {name: float(value) for name, value in given.items()}


if __name__ == "__main__":
    print(markdown(*inputs()), end="")
