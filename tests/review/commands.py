"""The command line as these tests call it."""

from onrecord.cli import main


def run(*arguments):
    """Run a command; return its exit code. What it printed is for `capsys`."""
    try:
        main([str(one) for one in arguments])
    except SystemExit as end:
        return end.code
    return 0
