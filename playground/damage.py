"""Markup as careless hands leave it: browsers show such pages all the same."""

from __future__ import annotations

import random
import re


def damage(html: str, seed: int) -> str:
    """Break a page's markup in ways that real pages are broken; the same seed breaks it the same way."""
    chance = random.Random(seed)

    def replace(pattern: str, choices: list[str]) -> None:
        nonlocal html
        html = re.sub(pattern, lambda found: found.expand(chance.choice(choices)), html)

    replace(r"</(p|li|td|tr|option)>", ["", "", r"</\1>", r"</span></\1>"])
    replace(r'(?<==)"([\w-]+)"', [r"\1", r'"\1"'])
    replace(r"&amp;", ["&"])
    replace(r"<p>", ["<p>", "<P>", "<p >", "<p><font face=Arial>", "<p><b></b>"])
    replace(r"<br>", ["<br>", "<br/>", "<BR />"])
    replace(r"</(?:body|html)>", [""])
    return html if chance.random() < 0.5 else re.sub(r"<!DOCTYPE[^>]*>|</head>|<body[^>]*>", "", html)
