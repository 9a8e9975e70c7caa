from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlp.inflection import cases, to_nominative
from nlp.morphology import CASES, Case

TABLE: dict[str, str] = yaml.safe_load((Path(__file__).parent / "inflection.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("phrase", "nominative"), TABLE.items())
def test_table(phrase: str, nominative: str) -> None:
    assert to_nominative(phrase) == nominative


@pytest.mark.parametrize("nominative", TABLE.values())
def test_a_nominative_stays(nominative: str) -> None:
    if "gent" not in cases(nominative):  # «предприятия» may be a genitive
        assert to_nominative(nominative) == nominative


def test_a_known_case_settles_what_is_ambiguous() -> None:
    assert to_nominative("соглашения о сотрудничестве", "gent") == "соглашение о сотрудничестве"
    assert to_nominative("соглашения о сотрудничестве", "nomn") == "соглашения о сотрудничестве"
    assert to_nominative("Радия Хабирова", "gent") == "Радий Хабиров"


def test_cases() -> None:
    assert cases("соглашением о сотрудничестве") == {"ablt"}
    assert "nomn" in cases("Правительство края")
    assert cases("вчера") == frozenset()


@given(
    st.text(st.sampled_from('губернатором Виталием, и.о. «Завод» — НОВЫХ с в Орла \n"(5%'), max_size=60),
    st.sampled_from([None, *CASES]),
)
def test_any_text_gives_some_text(phrase: str, case: Case | None) -> None:
    assert isinstance(to_nominative(phrase, case), str)
