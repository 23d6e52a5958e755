#!/usr/bin/env bash
# Remake the weights that ship, from the corpora in DATA: models/training/recipe.sh DATA OUT
# About two hours on two quiet CPU cores. DATA/polnear and DATA/actors hold train.jsonl and dev.jsonl.
set -euo pipefail
data=$1 out=$2
train="python -m models.training.train $data"
# Attribution alone, then with the other heads; the average of both is better than either at attribution.
$train "$out/attribution" --tasks attribution --epochs 5 --encoder-rate 1.5e-4 --threads 2
$train "$out/joint" --tasks attribution:0.6,names:0.3,mentions:4 --epochs 2 --encoder-rate 8e-5 \
    --start "$out/attribution/last.pt" --threads 2
python -m models.training.average "$out/average.pt" "$out/attribution/last.pt" "$out/joint/last.pt"
# The other heads learn to read the averaged encoder; that of speech acts, with upper layers
# of its own, from sentences of our own.
$train "$out/heads" --tasks names:0.6,mentions:2 --epochs 1 --heads-only --start "$out/average.pt" --threads 2
python -m models.training.export "$out/heads/last.pt" models/en_onrecord/weights
$train "$out/acts" --tasks speech_acts --epochs 6 --encoder-rate 2e-4 --decay 0.99 \
    --shipped models/en_onrecord/weights --threads 2
python -m models.training.export "$out/acts/last.pt" models/en_onrecord/weights --head speech_acts
python -m models.training.evaluate "$data" "$out/heads/last.pt" models/en_onrecord/weights
python -m models.training.calibrate "$data"
