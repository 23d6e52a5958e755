"""The encoder's weights at run time: ONNX sessions on one thread, from the files of `en_onrecord`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from onrecord.encode.windows import Window, windows
from onrecord.encode.words import WordPieces, Words
from onrecord.errors import ModelNotFoundError

WEIGHTS = "weights"
"""Where the weights lie in `en_onrecord`."""
SUMS = "SHA256SUMS"
"""The file beside weights that holds their hashes, as `sha256sum *.onnx *.json` prints them."""


Vectors = np.ndarray[Any, np.dtype[np.float32]]
HalfVectors = np.ndarray[Any, np.dtype[np.float16]]

_NONE: Vectors = np.zeros((0, 0), dtype=np.float32)


@dataclass(frozen=True)
class Encoding:
    """The vectors of a text's words, window by window; `vectors` is (words of the window, width).

    `lower` are those of a layer below, in half precision.
    """

    words: Words
    windows: list[Window]
    vectors: list[Vectors]
    lower: list[HalfVectors]

    def own(self) -> Vectors:
        """Return one vector a word of the text, (words, width)."""
        return np.concatenate(self._parts(self.vectors)) if self.windows else _NONE

    def own_lower(self) -> Vectors:
        """Return one vector of the layer below a word, (words, width)."""
        return np.concatenate(self._parts(self.lower)).astype(np.float32) if self.windows else _NONE

    def _parts(self, rows: list[Any]) -> list[Any]:
        return [
            vectors[window.own - window.start :] for window, vectors in zip(self.windows, rows, strict=True)
        ]


def weights_folder() -> Path | None:
    """Return the folder of the weights that ship with `en_onrecord`, or None where it has none."""
    folder = Path(str(files("en_onrecord").joinpath(WEIGHTS)))
    return folder if (folder / "encoder.onnx").is_file() else None


def open_head(name: str, weights: str | None) -> onnxruntime.InferenceSession:
    """Open the head `name` of a folder, or of the weights that ship with `en_onrecord`.

    Raises ModelNotFoundError where there is none.
    """
    folder = Path(weights) if weights else weights_folder()
    if folder is None:
        raise ModelNotFoundError("en_onrecord holds no weights; use the rules, or train and export a model")
    return open_session(folder / f"{name}.onnx")


def open_session(path: Path) -> onnxruntime.InferenceSession:
    """Open an ONNX model on one thread, so that processes and not threads share the cores.

    Raises ModelNotFoundError where the file is missing, is no ONNX model, or is not the one that the
    hashes beside it are of.
    """
    check_sum(path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own errors share no root of theirs
        raise ModelNotFoundError(f"{path}: cannot be loaded: {error}; reinstall the package") from error


def check_sum(path: Path) -> None:
    """Raise ModelNotFoundError for a file that is not the one whose hash stands beside it, if one does."""
    sums = path.with_name(SUMS)
    if not (sums.is_file() and path.is_file()):
        return
    known = {name: digest for digest, name in map(str.split, sums.read_text(encoding="ascii").splitlines())}
    if path.name in known and hashlib.sha256(path.read_bytes()).hexdigest() != known[path.name]:
        raise ModelNotFoundError(
            f"{path}: is not the file that {SUMS} beside it is of: it is damaged or was replaced; "
            f"reinstall the package (after training, write {SUMS} anew: sha256sum *.onnx *.json)"
        )


class EncoderModel:
    """Encodes texts of any length, a window at a time."""

    def __init__(self, folder: Path) -> None:
        """Load `encoder.onnx` and `tokenizer.json` from a folder.

        Raises ModelNotFoundError where they are missing or broken.
        """
        self._session = open_session(folder / "encoder.onnx")
        check_sum(folder / "tokenizer.json")
        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises bare Exceptions
            raise ModelNotFoundError(f"{folder}: tokenizer.json: {error}; reinstall the package") from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._pieces = WordPieces(tokenizer)

    def __call__(self, words: Words) -> Encoding:
        """Return the vectors of all words."""
        found = list(windows(words, self._pieces(words.texts)))
        encoded = [self._encode(window) for window in found]
        return Encoding(words, found, [vectors for vectors, _ in encoded], [lower for _, lower in encoded])

    def _encode(self, window: Window) -> tuple[Vectors, HalfVectors]:
        # One window a run: on one core a batch gains nothing, and its padding costs.
        inputs = {"pieces": window.pieces, "features": window.features, "firsts": window.firsts}
        vectors, lower = self._session.run(
            ["vectors", "lower"], {name: array[None] for name, array in inputs.items()}
        )
        return vectors[0], lower[0]
