"""Loading and assembling the pipeline."""

import pytest

from onrecord.errors import InvalidSettingError, ModelNotFoundError
from onrecord.parse.pipeline import ANNOTATORS, load_pipeline
from onrecord.settings import Settings


@pytest.mark.parametrize("model", ["no_such_pipeline", "/no/such/folder"])
def test_a_model_that_is_not_installed(model):
    with pytest.raises(ModelNotFoundError, match=model) as caught:
        load_pipeline(Settings(model=model))
    assert caught.value.code == "model_not_found"
    assert "install" in str(caught.value)


def test_a_folder_without_a_pipeline(tmp_path):
    with pytest.raises(ModelNotFoundError, match="cannot be loaded"):
        load_pipeline(Settings(model=str(tmp_path)))


@pytest.mark.parametrize("component", ["onrecord_actors", "onrecord_claims"])
def test_an_unknown_method(component):
    import spacy

    with pytest.raises(InvalidSettingError, match="dice"):
        spacy.blank("en").add_pipe(component, config={"method": "dice"})


def test_components_stand_in_the_order_of_the_flow(extractor):
    names = extractor.nlp.pipe_names
    assert names[0] == "onrecord_paragraphs"
    assert names[-len(ANNOTATORS) :] == list(ANNOTATORS)


@pytest.mark.parametrize(
    ("method", "learned"), [("rules", []), ("model", ["onrecord_encoder", "onrecord_names"])]
)
def test_any_spacy_pipeline_will_do(tmp_path, method, learned):
    """A pipeline without a parser annotates what needs none."""
    import spacy

    spacy.blank("en").to_disk(tmp_path)
    nlp = load_pipeline(Settings(model=str(tmp_path), method=method, max_chars=2_000_000))
    doc = nlp("“The lake is rising by the hour and nobody helps us.”")
    assert nlp.pipe_names == ["onrecord_paragraphs", *learned, *ANNOTATORS]
    assert [span.text for span in doc.spans["onrecord_quotations"]] == [doc.text]
    assert nlp.max_length > 2_000_000


def test_the_model_leaves_out_the_recogniser_of_spacy(learned, extractor):
    assert "ner" in extractor.nlp.pipe_names
    assert "ner" not in learned.nlp.pipe_names
