"""Fit the calibration of confidence and draw its reliability: `python -m models.training.calibrate DATA`.

Runs the shipped model over `polnear/dev.jsonl`, asks of each outermost claim whether it is right by
the relation measure, and fits Platt scaling (Platt 1999) by Newton's method. The expected
calibration error (Naeini et al. 2015, ten bins of equal size) is that of each half of the articles
under the fit of the other half. Prints what belongs into `claims/model.toml`.
"""

from __future__ import annotations

import argparse
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from models.training.tasks.attribution.data import Attribution, Document, read_documents
from models.training.tasks.attribution.score import right_ones
from models.training.texts import word_range
from tokenizers import Tokenizer

from onrecord import Extractor, Settings
from onrecord.annotate.claims.learned.policy import load_policy
from onrecord.encode.words import WordPieces
from onrecord.records import Claim

BINS = 10
_SIDE, _MARGIN = 300, 48

Floats = np.ndarray[Any, np.dtype[np.float64]]


def main() -> None:
    """Fit and draw what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--plot", type=Path, default=Path("models/en_onrecord/reliability.svg"))
    options = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(files("en_onrecord") / "weights" / "tokenizer.json"))
    documents = list(read_documents(options.data / "polnear" / "dev.jsonl", WordPieces(tokenizer)))
    extractor = Extractor.load(Settings(method="model"))
    rows = [judged(document, extractor) for document in documents]
    raw = [_uncalibrated(confidences) for confidences, _ in rows]
    right = [judgements for _, judgements in rows]
    halves = [np.arange(len(rows)) % 2 == side for side in (0, 1)]
    errors, held_out = [], []
    for fitted, tried in (halves, halves[::-1]):
        slope, shift = platt(_joined(raw, fitted), _joined(right, fitted))
        confidence = _sigmoid(slope * _joined(raw, tried) + shift)
        errors.append(calibration_error(confidence, _joined(right, tried)))
        held_out.append((confidence, _joined(right, tried)))
    confidence, judgements = (np.concatenate(column) for column in zip(*held_out, strict=True))
    options.plot.write_text(reliability(confidence, judgements), encoding="utf-8")
    everything = np.ones(len(rows), dtype=bool)
    slope, shift = platt(_joined(raw, everything), _joined(right, everything))
    print(
        json.dumps(
            {
                "claims": len(judgements),
                "slope": round(slope, 3),
                "shift": round(shift, 3),
                "calibration_error_held_out": round(100 * float(np.mean(errors)), 2),
            }
        )
    )


def judged(document: Document, extractor: Extractor) -> tuple[Floats, Floats]:
    """Return confidence, and 1 or 0 for right or wrong, of each outermost claim of an article."""
    record = extractor.extract(text=document.text)
    claims = [claim for claim in record.claims if claim.parent is None]
    found = [_attribution(claim, document) for claim in claims]
    spoken = [any(c.isalnum() for c in text) for text in document.words.texts]
    right = right_ones(document.attributions, found, spoken)
    return (
        np.asarray([claim.confidence for claim in claims], dtype=np.float64),
        np.asarray([number in right for number in range(len(claims))], dtype=np.float64),
    )


def _attribution(claim: Claim, document: Document) -> Attribution:
    def ranges(spans: list[Any]) -> list[tuple[int, int]]:
        found = (word_range(document.words, span.start, span.end) for span in spans if span)
        return [one for one in found if one]

    cue = ranges([claim.cue])
    source = [claim.source.span, *(other.span for other in claim.co_sources)]
    return Attribution(ranges(source), cue[0] if cue else None, ranges(list(claim.content)))


def platt(logits: Floats, right: Floats) -> tuple[float, float]:
    """Return slope and shift that make the logits likeliest, by Newton's method."""
    columns = np.stack([logits, np.ones_like(logits)], 1)
    weights = np.asarray([1.0, 0.0])
    for _ in range(50):
        chances = _sigmoid(columns @ weights)
        gradient = columns.T @ (right - chances)
        curvature = (columns * (chances * (1 - chances))[:, None]).T @ columns
        step = np.linalg.solve(curvature + 1e-9 * np.eye(2), gradient)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    return float(weights[0]), float(weights[1])


def calibration_error(confidence: Floats, right: Floats) -> float:
    """Return the mean distance of confidence and accuracy over bins of equal size."""
    bins = np.array_split(np.argsort(confidence), BINS)
    gaps = [len(one) * abs(confidence[one].mean() - right[one].mean()) for one in bins if len(one)]
    return float(sum(gaps) / len(confidence))


def reliability(confidence: Floats, right: Floats) -> str:
    """Return a reliability plot as SVG: accuracy over confidence, in bins of equal size."""
    points = []
    for one in np.array_split(np.argsort(confidence), BINS):
        x, y = confidence[one].mean() * _SIDE + _MARGIN, (1 - right[one].mean()) * _SIDE + 10
        points.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#1f5fa8"/>')
    ticks = []
    for tenth in range(0, 11, 2):
        at = tenth / 10 * _SIDE
        ticks.append(f'<text x="{_MARGIN + at:.0f}" y="{_SIDE + 28}">{tenth / 10:g}</text>')
        ticks.append(f'<text x="{_MARGIN - 16}" y="{_SIDE + 14 - at:.0f}">{tenth / 10:g}</text>')
    width, height = _SIDE + _MARGIN + 20, _SIDE + 60
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif"'
        f' font-size="11" text-anchor="middle"><rect width="100%" height="100%" fill="white"/>'
        f'<rect x="{_MARGIN}" y="10" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999"/>'
        f'<path d="M{_MARGIN} {_SIDE + 10}L{_MARGIN + _SIDE} 10" stroke="#bbb" stroke-dasharray="4"/>'
        f"{''.join(ticks)}{''.join(points)}"
        f'<text x="{_MARGIN + _SIDE / 2}" y="{_SIDE + 48}">confidence</text>'
        f'<text transform="translate(12 {_SIDE / 2 + 10}) rotate(-90)">share that is right</text></svg>\n'
    )


def _uncalibrated(confidence: Floats) -> Floats:
    """Undo the calibration in force: the logits of the model's own confidence."""
    calibration = load_policy().calibration
    bounded = np.clip(confidence, 1e-4, 1 - 1e-4)
    logits: Floats = (np.log(bounded / (1 - bounded)) - calibration.shift) / calibration.slope
    return logits


def _joined(rows: list[Floats], chosen: np.ndarray[Any, np.dtype[np.bool_]]) -> Floats:
    return np.concatenate([row for row, wanted in zip(rows, chosen, strict=True) if wanted])


def _sigmoid(values: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(-values))
    return result


if __name__ == "__main__":
    main()
