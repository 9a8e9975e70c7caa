"""The words of lexicons/organisations.yaml, as they are looked up."""

from __future__ import annotations

from nlp.lexicon import forms, load
from nlp.organisations.mention import OrganisationKind

_LEXICON = load("organisations")


def _spelled_like(name: str, form: str) -> str:
    """The inflected form with the capitals of the name: РУСАЛ, русалом -> РУСАЛом; Роснефть, роснефти -> Роснефти."""
    stem = next((k for k, pair in enumerate(zip(name.lower(), form, strict=False)) if pair[0] != pair[1]), len(name))
    return name[:stem] + form[stem:]


HEADS = {form: noun for nouns in _LEXICON["heads"].values() for form, noun in forms(nouns).items()}
KINDS: dict[str, OrganisationKind] = {
    noun.lower().replace("ё", "е"): kind for kind, nouns in _LEXICON["heads"].items() for noun in nouns
}
LEGAL_FORMS = frozenset(_LEXICON["legal_forms"])
NOT_ORGANISATIONS = frozenset(forms(_LEXICON["not_organisations"]))
NOT_NAMES = frozenset(_LEXICON["not_names"])
WEAK = frozenset(_LEXICON["weak"])
ROLES = frozenset(_LEXICON["roles"])
POINTERS = frozenset(_LEXICON["pointers"])
LEVELS = frozenset(_LEXICON["levels"])
KIND_ADJECTIVES = frozenset(_LEXICON["kind_adjectives"])
NAMES: dict[str, OrganisationKind] = {name: kind for kind, names in _LEXICON["names"].items() for name in names}
NAME_FORMS = {
    _spelled_like(name, form): name for name in NAMES if " " not in name and "." not in name for form in forms([name])
}
# An equal of these begins another organisation: «Союза работодателей и завода «Прогресс»».
ANOTHER = (
    frozenset(HEADS)
    | NOT_ORGANISATIONS
    | {form.lower() for form in LEGAL_FORMS}
    | {form.lower() for form in NAME_FORMS}
)
COORDINATORS = frozenset({"и", ",", "или", "также", "а"})
POSSESSIONS = frozenset(_LEXICON["possessions"])
GENERIC = frozenset(_LEXICON["generic"])
WITHOUT_FIELD = frozenset(_LEXICON["without_field"])
CIRCUMSTANCES = frozenset(_LEXICON["circumstances"])
GIVEN = frozenset(_LEXICON["given"])
ANNOUNCING = frozenset(_LEXICON["announcing"])
GENDERS: dict[str, str] = _LEXICON["genders"]
ENDINGS = tuple(_LEXICON["endings"])
