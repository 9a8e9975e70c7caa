"""Reading: quality on the gold sets, then speed and memory beside natasha's README pipeline in the same run."""

from __future__ import annotations

from benchmarks import corpora, factrueval
from benchmarks.quality import scored
from benchmarks.speed import measure

TARGETS = {"news": 20, "crawl mix": 80}  # times natasha's speed
MOST_MEMORY = 400  # MB of a worker


def run() -> None:
    quality()
    speed()
    memory()


def quality() -> None:
    print(f"{'corpus':8} {'relevance':>9} {'regions':>8} {'event F1':>9} {'slot F1':>8} {'sure and right':>15}")
    for name, path in corpora.CORPORA.items():
        if path.exists():
            result = scored(path)
            sure = [right for confidence, right in result.judged if confidence >= 0.9]
            right = f"{sum(sure)}/{len(sure)}"
            print(
                f"{name:8} {result.relevance.f1:9.3f} {result.regions.recall:8.3f} {result.event.f1:9.3f} "
                f"{result.slot.f1:8.3f} {right:>15}"
            )
    if corpora.FACTRUEVAL.exists():
        for mode, counts in factrueval.measure(corpora.records(corpora.FACTRUEVAL)).items():
            print(f"Occupation, factRuEval-2016 dev, {mode}: F1 {counts.f1:.3f}")


def speed() -> None:
    for name, texts in (("news", corpora.news()), ("crawl mix", corpora.crawl_mix())):
        base = measure("natasha", texts[:60])
        print(f"{name}: natasha's README pipeline {base['per_second']:.1f} documents/s, {base['peak_mb']:.0f} MB")
        for system, what in (("ours", "zamena"), ("everyone", "zamena, officials of irrelevant texts too")):
            found = measure(system, texts)
            times = found["per_second"] / base["per_second"]
            goal = f" (to reach: {TARGETS[name]})" if system == "ours" else ""
            print(
                f"  {what}: {found['per_second']:.0f} documents/s, {times:.0f} times{goal}, {found['peak_mb']:.0f} MB"
            )


def memory() -> None:
    steps = measure("memory")
    line = ", ".join(f"{step['documents']:.0f}: {step['peak_mb']:.0f}" for step in steps)
    print(f"peak MB of a worker by documents read (to reach: {MOST_MEMORY}, flat): {line}")
