"""`python -m playground`: play the sites until interrupted; `--sources` writes their declarations to a folder."""

from __future__ import annotations

import argparse
import contextlib
import threading
from pathlib import Path

from playground.server import serve

PORT = 8484


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m playground", description="Play the demonstration sites.")
    parser.add_argument("--port", type=int, default=PORT, help="the one port of all addresses (default: %(default)s)")
    parser.add_argument("--sources", type=Path, help="folder to write the sources' declarations to")
    chosen = parser.parse_args()
    with serve(port=chosen.port) as playground, contextlib.suppress(KeyboardInterrupt):
        if chosen.sources:
            playground.write_sources(chosen.sources)
        for name, base in playground.bases.items():
            print(f"{base}/  {name}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
