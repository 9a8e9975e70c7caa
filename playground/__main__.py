"""`python -m playground`: play the sites until interrupted; `--sources` writes their declarations to a folder."""

from __future__ import annotations

import argparse
import contextlib
import threading
from pathlib import Path

from playground import faults
from playground.server import Playground, serve

PORT = 8484


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m playground", description="Play the demonstration sites.")
    parser.add_argument("--port", type=int, default=PORT, help="the one port of all addresses (default: %(default)s)")
    parser.add_argument("--sources", type=Path, help="folder to write the sources' declarations to")
    parser.add_argument("--ill", action="store_true", help="play the ill hosts too")
    chosen = parser.parse_args()
    with contextlib.ExitStack() as playing, contextlib.suppress(KeyboardInterrupt):
        streets: list[Playground | faults.Ward] = [playing.enter_context(serve(port=chosen.port))]
        if chosen.ill:
            streets.append(playing.enter_context(faults.serve(port=chosen.port)))
        for street in streets:
            if chosen.sources:
                street.write_sources(chosen.sources)
            for name, base in street.bases.items():
                print(f"{base}/  {name}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
