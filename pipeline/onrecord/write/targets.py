"""Where output goes: a file that appears whole or not at all, or a stream."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from onrecord.errors import OutputError

Target = str | os.PathLike[str] | TextIO | BinaryIO


@contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Turn an OSError of the block into an OutputError that names the file and the reason."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give the path of a temporary file beside `path` that takes its name when the block ends well.

    If the block raises, or the process dies, nothing stands under the final name but what stood
    there before. A link stays a link; a device or pipe is written to as it is.

    Raises:
        OutputError: the file cannot be made there or renamed.

    """
    with output_errors(path):
        final = path.resolve()
        if final.is_dir():
            raise OutputError(f"{path}: cannot be written: it is a folder")
        if not final.parent.is_dir():
            raise OutputError(f"{path}: cannot be written: there is no folder {str(final.parent)!r}")
        if final.exists() and not final.is_file():
            yield final
            return
    temporary = final.with_name(f".{final.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    try:
        yield temporary
        with output_errors(path):
            temporary.replace(final)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


class ByteSink:
    """Bytes to a file or stream; what goes wrong is an OutputError that names it."""

    def __init__(self, name: Path, stream: BinaryIO) -> None:
        self._name = name
        self._stream = stream

    def write(self, data: bytes) -> None:
        """Write the bytes."""
        with output_errors(self._name):
            self._stream.write(data)


@contextmanager
def byte_sink(target: Target) -> Iterator[ByteSink]:
    """Give a sink of bytes to the target: a file that appears whole, or a stream that stays open.

    Text streams are written to as UTF-8: through their own buffer where they have one, so that what
    is written does not depend on the locale.

    Raises:
        OutputError: the file cannot be written. A broken pipe stays a BrokenPipeError.

    """
    if isinstance(target, str | os.PathLike):
        path = Path(target)
        with whole_file(path) as temporary:
            with output_errors(path):
                file = temporary.open("wb")
            try:
                yield ByteSink(path, file)
            finally:
                with output_errors(path):
                    file.close()
        return
    target.flush()
    stream = getattr(target, "buffer", None)
    if stream is None:
        is_text = hasattr(target, "encoding")
        stream = _Encoding(cast("TextIO", target)) if is_text else target
    yield ByteSink(Path(str(getattr(target, "name", "<stream>"))), cast("BinaryIO", stream))
    with output_errors(Path("<stream>")):
        stream.flush()


class _Encoding:
    """A text stream without bytes below it, such as StringIO, as a sink of UTF-8."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        self._stream.write(data.decode())
        return len(data)

    def flush(self) -> None:
        self._stream.flush()
