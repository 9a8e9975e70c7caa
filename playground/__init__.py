"""Sites we play on loopback: for the demonstration, the tests and the benchmarks. Their releases are invented."""

from playground.server import Asked, Playground, Truth, serve

__all__ = ["Asked", "Playground", "Truth", "serve"]
