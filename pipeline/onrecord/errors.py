"""Every error that onrecord raises, under one root, each with a stable code and a way out.

What goes wrong with one article is not an exception but a `records.Failure`: the batch goes on.
Exceptions are for what the caller has to change: a wrong path, a model that is not installed,
an option that makes no sense.
"""

from __future__ import annotations


class OnRecordError(Exception):
    """Root of all errors of the package.

    `code` is stable across versions and meant for programs; the message names what was wrong and
    says what to do about it.
    """

    code = "error"


class InputNotFoundError(OnRecordError):
    """A path that was named does not exist or cannot be opened."""

    code = "input_not_found"


class UnsupportedInputError(OnRecordError):
    """An input of a kind that onrecord does not read."""

    code = "unsupported_input"


class ModelNotFoundError(OnRecordError):
    """The spaCy pipeline that the settings name is not installed."""

    code = "model_not_found"


class InvalidRecordError(OnRecordError):
    """A record file that does not follow the contract."""

    code = "invalid_record"


class InvalidSettingError(OnRecordError):
    """A setting or option outside its domain."""

    code = "invalid_setting"


class LexiconError(OnRecordError):
    """A lexicon or pattern file that cannot be used as it stands."""

    code = "invalid_lexicon"


class OutputError(OnRecordError):
    """An output that cannot be written."""

    code = "output_failed"


class ExtractionError(OnRecordError):
    """An article that was to become a record and did not; `failure` says why."""

    code = "extraction_failed"

    def __init__(self, failure: object) -> None:
        super().__init__(f"{getattr(failure, 'code', 'failed')}: {getattr(failure, 'reason', failure)}")
        self.failure = failure
