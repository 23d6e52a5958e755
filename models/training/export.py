"""Export trained weights for run time: `python -m models.training.export CHECKPOINT OUT`.

OUT gets `encoder.onnx` and a file for each head (`cues`, `roles`, `names`, `mentions`,
`antecedents`, `speech_acts`), their weights as 8-bit integers (activations are quantised on the fly), and the
tokenizer's `tokenizer.json`. Run time needs onnxruntime and tokenizers alone.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
from importlib.resources import files
from pathlib import Path

import torch
from models.training.encoder import WEIGHTS_PACKAGE, Encoder, EncoderConfig
from models.training.tasks.attribution.task import AttributionHead
from models.training.tasks.mentions.head import MentionsHead
from models.training.tasks.names.task import name_tagger
from models.training.tasks.speech_acts.reader import ActAsked, ActReader
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from onrecord.annotate.actors.learned.pairs import SIZES
from onrecord.encode.model import SUMS

_OPSET = 18
HEADS = ("attribution", "names", "mentions", "speech_acts")
WIDTH = EncoderConfig().width


def main() -> None:
    """Export what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--head", choices=HEADS, help="export this head alone, beside what is there")
    parser.add_argument("--full", action="store_true", help="keep single precision")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    model = load(options.checkpoint, options.head)
    written = [path for name, module in model.items() for path in export(name, module, options.out)]
    if not options.full:
        for path in written:
            quantize(path)
    shutil.copy(str(files(WEIGHTS_PACKAGE) / "model" / "tokenizer.json"), options.out / "tokenizer.json")
    write_sums(options.out)


def write_sums(folder: Path) -> None:
    """Write the hashes by which the weights are known again when they are loaded."""
    names = sorted(path.name for path in folder.iterdir() if path.suffix in (".onnx", ".json"))
    sums = (f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    (folder / SUMS).write_text("".join(sums), encoding="ascii")


def quantize(path: Path) -> None:
    """Turn the weights of a model into 8-bit integers; activations are quantised as they come."""
    full = path.rename(path.with_suffix(".full"))
    quantize_dynamic(
        full,
        path,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
        per_channel=True,
    )
    full.unlink()


def load(checkpoint: Path, head: str | None = None) -> nn.ModuleDict:
    """Return encoder and heads, or one head, with the weights of a checkpoint, ready for inference."""
    # Weights only: a checkpoint is data and must not be able to run code.
    weights = torch.load(checkpoint, weights_only=True)["model"]
    modules = {
        "encoder": Encoder(),
        "attribution": AttributionHead(WIDTH),
        "names": name_tagger(WIDTH),
        "mentions": MentionsHead(WIDTH),
        "speech_acts": ActReader(Encoder()),
    }
    held = {key.split(".")[0] for key in weights} if head is None else {head}
    model = nn.ModuleDict({name: module for name, module in modules.items() if name in held})
    model.load_state_dict({key: value for key, value in weights.items() if key.split(".")[0] in held})
    return model.eval()


def export(name: str, module: nn.Module, folder: Path) -> list[Path]:
    """Write the encoder or a head; return the files."""
    if isinstance(module, AttributionHead):
        export_attribution(module, folder)
        return [folder / "cues.onnx", folder / "roles.onnx"]
    if isinstance(module, MentionsHead):
        export_mentions(module, folder)
        return [folder / "mentions.onnx", folder / "antecedents.onnx"]
    path = folder / f"{name}.onnx"
    if isinstance(module, ActReader):
        export_acts(module, path)
    elif isinstance(module, Encoder):
        export_encoder(module, path)
    else:
        export_tagger(module, path)
    return [path]


def export_encoder(encoder: Encoder, path: Path) -> None:
    """Write the encoder as ONNX with free batch, piece and word dimensions."""
    pieces, words = torch.ones(2, 9, dtype=torch.long), torch.ones(2, 5, dtype=torch.long)
    features = torch.zeros(2, 9, 3, dtype=torch.long)
    _export(
        _Both(encoder).eval(),
        (pieces, features, words),
        path,
        {
            "pieces": {0: "batch", 1: "pieces"},
            "features": {0: "batch", 1: "pieces"},
            "firsts": {0: "batch", 1: "words"},
        },
        "vectors",
        "lower",
    )


class _Both(nn.Module):
    """The encoder with both outputs, the lower one in half precision: it is kept for whole articles."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces: Tensor, features: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor]:
        vectors, lower = self.encoder.both(pieces, features, firsts)
        return vectors, lower.half()


def export_tagger(head: nn.Module, path: Path) -> None:
    """Write a head that scores each word."""
    _export(head, (torch.zeros(2, 7, WIDTH),), path, {"vectors": {0: "batch", 1: "words"}}, "scores")


def export_acts(head: ActReader, path: Path) -> None:
    """Write the head of speech acts, which is asked about the cues of several sentences at once."""
    sentences, asked = torch.tensor([0, 0, 0, 1, 1, 1, 1]), torch.tensor([[-1, 0, 1], [4, 5, 6]])
    _export(
        ActAsked(head).eval(),
        (torch.zeros(7, WIDTH), sentences, asked),
        path,
        {"vectors": {0: "words"}, "sentences": {0: "words"}, "asked": {0: "cues"}},
        "scores",
    )


def export_mentions(head: MentionsHead, folder: Path) -> None:
    """Write mention tagger and antecedent ranker."""
    export_tagger(head.mentions, folder / "mentions.onnx")
    features = torch.zeros(2, 4, len(SIZES), dtype=torch.long)
    _export(
        head.antecedents,
        (torch.zeros(5, WIDTH), torch.tensor([3, 4]), torch.zeros(2, 4, dtype=torch.long), features),
        folder / "antecedents.onnx",
        {
            "vectors": {0: "mentions"},
            "asked": {0: "asked"},
            "earlier": {0: "asked", 1: "candidates"},
            "features": {0: "asked", 1: "candidates"},
        },
        "scores",
    )


def export_attribution(head: AttributionHead, folder: Path) -> None:
    """Write cue tagger and role scorer."""
    export_tagger(head.cues, folder / "cues.onnx")
    vectors = torch.zeros(2, 7, WIDTH)
    owner, cues = torch.zeros(3, dtype=torch.long), torch.zeros(3, WIDTH)
    where = torch.zeros(3, 7, 3, dtype=torch.long)
    _export(
        head.roles,
        (vectors, owner, cues, where),
        folder / "roles.onnx",
        {
            "vectors": {0: "batch", 1: "words"},
            "owner": {0: "cues"},
            "cues": {0: "cues"},
            "geometry": {0: "cues", 1: "words"},
        },
        "scores",
    )


def _export(
    module: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    dimensions: dict[str, dict[int, str]],
    *outputs: str,
) -> None:
    torch.onnx.export(
        module,
        example,
        str(path),
        input_names=list(dimensions),
        output_names=list(outputs),
        dynamic_axes=dimensions,
        opset_version=_OPSET,
        dynamo=False,
    )


if __name__ == "__main__":
    main()
