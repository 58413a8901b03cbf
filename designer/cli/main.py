"""The parser, one place for errors, exit codes.

0 fine, 1 findings, 2 the user's mistake, 3 a fault of the program, 130 interrupted. Subcommands are imported when they
are called, so that ``--help`` answers at once.
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import click

from designer import __version__
from designer.cli.terminal import shown
from designer.errors import DesignerError

COMMANDS: dict[str, str] = {
    "gui": "Open the window.",
    "new": "Make a design to start from.",
    "check": "Say what cannot work, and why.",
    "show": "List hosts, switches, networks, containers, services and traffic.",
    "trace": "Follow a packet from one thing to another, hop by hop.",
    "matrix": "Say who reaches whom.",
    "rules": "Show the catalogue of rules, or one rule in full.",
    "explain": "Say what an error message of docker or Windows comes from.",
    "export": "Write scripts that set the design up or take it down.",
    "render": "Draw the picture as SVG, PNG or PDF.",
    "layout": "Place what has no position.",
    "schema": "Print the JSON Schema of design files.",
}
"""The subcommands in the order of the help, each with its summary; the module of the same name has the rest."""

INTERRUPTED = 130
INTERNAL = 3
TRACE_VARIABLE = "DESIGNER_TRACEBACK"
"""With this environment variable set, an internal error prints its traceback instead of saving it."""


@dataclass(frozen=True, slots=True)
class Session:
    """What the commands get from the program around them.

    Attributes:
        open_window: starts the window with a file or an empty design and returns its exit code.
    """

    open_window: Callable[[str | None], int]


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"designer.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which name is close."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            close = get_close_matches(args[0], COMMANDS, n=1)
            if args[0].endswith(".cnd"):
                hint = f"To open a design: designer gui {args[0]}"
            else:
                hint = f"Did you mean “{close[0]}”?" if close else f"There are: {', '.join(COMMANDS)}."
            raise click.UsageError(f"There is no command “{args[0]}”. {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list without importing the commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    epilog="\b\nExamples:\n  designer check examples/seed.cnd\n"
    "  designer export examples/seed.cnd --to powershell -o out/",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="designer", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Design Windows container networks, check them, and export scripts.

    Without a command the window opens. Each command has its own --help.
    """
    if context.invoked_subcommand is None:
        session: Session = context.obj
        context.exit(session.open_window(None))


def run(arguments: Sequence[str], session: Session) -> int:
    """Run one command line and return the exit code; expected failures become one line on standard error."""
    _use_utf8()
    try:
        result = cli.main(list(arguments), prog_name="designer", standalone_mode=False, obj=session, color=_color())
        if sys.stdout is not None:
            sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit:  # click ends so when the reader of standard output goes away in the middle of a command
        _silence_output()
        return 0
    except Exception as error:  # the one place for faults of the program
        return _failed(error)
    return result if isinstance(result, int) else 0


def _failed(error: Exception) -> int:
    """Say what went wrong, and return the exit code."""
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.UsageError():
            return _fail(f"{error.format_message()}{_where_to_look(error)}", 2)
        case click.ClickException():
            return _fail(error.format_message(), 2)
        case DesignerError():
            return _fail(str(error), error.exit_code)
        case BrokenPipeError():
            _silence_output()
            return 0
        case OSError(filename=None):  # no file: whoever opens one says itself what is wrong with it
            _silence_output()
            return _fail(f"standard output cannot be written: {error.strerror or error}. Send it elsewhere.", 2)
        case _:
            return _fail(_report(error), INTERNAL)


def _where_to_look(error: click.UsageError) -> str:
    """Name the help of the command when something is missing or not known, which is where people get stuck."""
    unclear = isinstance(error, click.MissingParameter | click.NoSuchOption | click.BadOptionUsage)
    return f" See: {error.ctx.command_path} --help" if unclear and error.ctx else ""


def _color() -> bool | None:
    """Return False where NO_COLOR is set; None leaves it to the terminal. Source: no-color.org."""
    return False if os.environ.get("NO_COLOR") else None


def _use_utf8() -> None:
    """Write UTF-8 to files and pipes, and never fail for a character that a terminal cannot show."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = stream.encoding if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")


def _fail(message: str, code: int) -> int:
    with suppress(OSError):
        click.echo("error: " + shown(" ".join(message.split())), err=True)
    return code


def _report(error: Exception) -> str:
    """Keep the traceback for a report, and return what the user is told."""
    text = "".join(traceback.format_exception(error))
    summary = f"the program has a fault ({type(error).__name__}). "
    if os.environ.get(TRACE_VARIABLE):
        click.echo(text, err=True)
        return summary + "Please report it with the text above."
    try:
        handle, name = tempfile.mkstemp(prefix="designer-report-", suffix=".txt", text=True)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"Container Network Designer {__version__}, Python {sys.version}\n\n{text}")
    except OSError:
        return summary + f"Set {TRACE_VARIABLE}=1 and try again to see where."
    return summary + f"Please report it; the details are in {Path(name)}."


def _silence_output() -> None:
    """Let nothing be written any more to a reader that has gone away."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
