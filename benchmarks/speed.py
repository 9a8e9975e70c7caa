"""Speed and memory of reading, each system in a process of its own, on one thread.

    python -m benchmarks.speed ours|everyone|natasha < texts.json      seconds of processor time, peak memory
    python -m benchmarks.speed memory                                  memory while documents go by

Processor time is what is compared: it does not depend on who else uses the machine.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import corpora

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
MEMORY_STEPS, MEMORY_DOCUMENTS, MEMORY_WORDS = 5, 300, 250


def measure(system: str, texts: Sequence[str] = ()) -> Any:
    """What `python -m benchmarks.speed SYSTEM` prints."""
    command = [sys.executable, "-m", "benchmarks.speed", system]
    done = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, check=True, env=os.environ | ONE_THREAD
    )
    return json.loads(done.stdout)


def ours(everyone: bool) -> Callable[[Sequence[str]], None]:
    from nlp import Document, extract_many, warm_up

    warm_up()

    def read(texts: Sequence[str]) -> None:
        for _ in extract_many(map(Document, texts), everyone=everyone):
            pass

    return read


def natasha() -> Callable[[Sequence[str]], None]:
    """The pipeline of natasha's README: segments, morphology, lemmas, syntax, names, and then dates and money."""
    import warnings

    warnings.simplefilter("ignore")
    import natasha as n

    segmenter, vocab, emb = n.Segmenter(), n.MorphVocab(), n.NewsEmbedding()
    morph, syntax, ner = n.NewsMorphTagger(emb), n.NewsSyntaxParser(emb), n.NewsNERTagger(emb)
    names, dates, money = n.NamesExtractor(vocab), n.DatesExtractor(vocab), n.MoneyExtractor(vocab)

    def read(texts: Sequence[str]) -> None:
        for text in texts:
            doc = n.Doc(text)
            doc.segment(segmenter)
            doc.tag_morph(morph)
            doc.parse_syntax(syntax)
            doc.tag_ner(ner)
            for token in doc.tokens:
                token.lemmatize(vocab)
            for span in doc.spans:
                span.normalize(vocab)
                if span.type == n.PER:
                    span.extract_fact(names)
            list(dates(text))
            list(money(text))

    return read


def peak() -> float:
    """Most memory that this process ever held, in MB. (getrusage would tell that of the process it was forked from.)"""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(read: Callable[[Sequence[str]], None], texts: Sequence[str]) -> dict[str, float]:
    """Warm: models loaded and other texts read before."""
    read([record["text"] for path in corpora.WARMING for record in corpora.records(path)])
    start = time.process_time()
    read(texts)
    seconds = time.process_time() - start
    return {"documents": len(texts), "seconds": seconds, "per_second": len(texts) / seconds, "peak_mb": peak()}


def memory() -> Iterator[dict[str, float]]:
    """Peak memory while a worker reads texts of ever new words, the worst there is for its caches."""
    read = ours(everyone=True)
    from nlp.networks import ner

    words = sorted(ner().words)
    dice = random.Random(1)
    for step in range(1, MEMORY_STEPS + 1):
        read([f"Хартию подписали {' '.join(dice.sample(words, MEMORY_WORDS))}." for _ in range(MEMORY_DOCUMENTS)])
        yield {"documents": step * MEMORY_DOCUMENTS, "peak_mb": peak()}


if __name__ == "__main__":
    system = sys.argv[1]
    if system == "memory":
        print(json.dumps(list(memory())))
    else:
        given = json.load(sys.stdin)
        print(json.dumps(timed(natasha() if system == "natasha" else ours(system == "everyone"), given)))
