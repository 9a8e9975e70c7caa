"""How close an extracted text is to the true one."""

from __future__ import annotations

import re
from collections import Counter


def words_f1(found: str, true: str) -> float:
    """F1 over the words of both texts, as bags; 1.0 where both are empty."""
    there, here = (Counter(re.findall(r"\w+", text)) for text in (found, true))
    total = there.total() + here.total()
    return 2 * (there & here).total() / total if total else 1.0
