"""Loading a spaCy pipeline and putting onrecord's components around it."""

from __future__ import annotations

from typing import cast

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from onrecord.errors import ModelNotFoundError
from onrecord.lexicons import read_toml
from onrecord.parse.lemmas import Lemmas
from onrecord.settings import Settings

ANNOTATORS = (
    "onrecord_quotations",
    "onrecord_dates",
    "onrecord_figures",
    "onrecord_places",
    "onrecord_actors",
    "onrecord_claims",
)
"""The components in the order of the flow: each reads what those before it wrote."""
LEARNED = ("onrecord_encoder", "onrecord_names")
"""What runs before them with the method "model"."""


def load_pipeline(settings: Settings) -> Language:
    """Return the pipeline that annotates: the named spaCy pipeline with onrecord's components.

    With the method "model" the shared encoder runs before the annotators, and reads the names too:
    spaCy's own recogniser is left out.

    Raises ModelNotFoundError where no such pipeline is installed, it is damaged, or it is for another
    language than those that are read; for the user's own files see `OwnFile.check` and the components.
    """
    for file in settings.own_files.values():
        file.check()
    learned = settings.method == "model"
    try:
        nlp = spacy.load(settings.model, exclude=["ner"] if learned else [])
    except Exception as error:  # of a damaged one spaCy raises whatever its parts do
        raise ModelNotFoundError(
            f"the spaCy pipeline {settings.model!r} cannot be loaded: {error}; "
            "install it with pip or name another one"
        ) from error
    if nlp.lang not in settings.languages:
        read = ", ".join(settings.languages)
        raise ModelNotFoundError(
            f"the spaCy pipeline {settings.model!r} is for the language {nlp.lang!r}; read are: {read}"
        )
    # mypy knows the attribute as any callable from text to Doc; spaCy's English pipelines have this one.
    tokenizer = cast(Tokenizer, nlp.tokenizer)
    for title in read_toml("parse/abbreviations.toml")["titles"]:
        tokenizer.add_special_case(title, [{"ORTH": title}])
    nlp.add_pipe("onrecord_paragraphs", first=True)
    _remember_lemmas(nlp)
    own = {name: file.path for name, file in settings.own_files.items()}
    options: dict[str, dict[str, object]] = {
        "onrecord_dates": {"day_first": settings.day_first},
        "onrecord_places": {"gazetteer": own.get("gazetteer"), "actors": own.get("actors")},
        "onrecord_actors": {
            "method": settings.method,
            "actors": own.get("actors"),
            "mentions": settings.mentions,
        },
        "onrecord_claims": {"method": settings.method},
    }
    if learned:
        for name in LEARNED:
            nlp.add_pipe(name)
    for name in ANNOTATORS:
        nlp.add_pipe(name, config=options.get(name, {}))
    # Length is bounded by the settings where the input is read; nothing is cut off here.
    nlp.max_length = max(nlp.max_length, settings.max_chars + 1)
    return nlp


def first_annotator(nlp: Language) -> int:
    """Return at which place of the pipeline onrecord's annotators begin: what lies before them parses."""
    names = (*LEARNED, *ANNOTATORS)
    return next((at for at, name in enumerate(nlp.pipe_names) if name in names), len(nlp.pipe_names))


def _remember_lemmas(nlp: Language) -> None:
    """Put `onrecord_lemmas` in the place of an attribute ruler followed by a rule lemmatizer."""
    names = list(nlp.pipe_names)
    if "attribute_ruler" not in names or "lemmatizer" not in names:
        return
    asked = [nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")]
    if getattr(asked[1], "mode", None) != "rule":
        return
    place = names.index("attribute_ruler")
    nlp.remove_pipe("attribute_ruler")
    nlp.remove_pipe("lemmatizer")
    Language.component("onrecord_lemmas", func=Lemmas(nlp.vocab, asked))
    nlp.add_pipe("onrecord_lemmas", before=nlp.pipe_names[place] if place < len(nlp.pipe_names) else None)
