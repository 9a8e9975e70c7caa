"""`python -m benchmarks [ROOM…]` (make bench): quality, speed and cost, one module a room."""

from __future__ import annotations

import sys
from importlib import import_module

# modules of this package, each with run() -> None
ROOMS = ("reading", "collecting", "remembering", "linking", "running", "showing")

if __name__ == "__main__":
    for room in sys.argv[1:] or ROOMS:
        print(f"== {room}")
        import_module(f"benchmarks.{room}").run()
