"""The recipe of the models in `en_onrecord`: prepare, train, evaluate and export, by one command each."""
