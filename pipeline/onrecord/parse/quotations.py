"""Quotation geometry."""
from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("onrecord_quotations")
def create_quotations(nlp: Language, name: str):
    return lambda doc: doc
