"""``newsclean``: the command group. Commands are loaded when called, so that each starts quickly."""

from __future__ import annotations

import importlib
import io
import signal
import sys

import click

from newsclean import __version__

__all__ = ["cli", "main"]

# Name -> (module, what it does in a line).
_COMMANDS = {
    "clean": ("clean", "Clean texts: files, folders, or standard input."),
    "extract": ("extract", "Take the articles out of HTML pages: files, folders, or standard input."),
    "explain": ("explain", "Show a text or a page with what would be removed, and why."),
    "check": ("check", "Score the cleaner on labelled texts."),
    "rules": ("rules", "List, show, lint and compile rules."),
    "completion": ("completion", "Print the set-up for completion in your shell."),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"newsclean.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, what) in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="newsclean")
def cli() -> None:
    """Take the article out of pages and the junk out of its text, and say what was taken and why.

    \b
    Try:
      newsclean clean article.txt                 the article, on the screen
      newsclean clean texts/ -o clean/            a folder of .txt and .jsonl
      curl … | newsclean extract                  the article of a page, in a pipe
      newsclean extract pages/ -o articles/       a folder of .html, .html.gz and .jsonl
      newsclean explain article.txt               what goes, and why
      newsclean explain article.txt --html > why.html

    Nothing is ever written over an input; a text in which something goes wrong comes through unchanged and
    is named at the end. "newsclean COMMAND --help" tells more.
    """


def main() -> None:
    """Run the command line; errors are one line on standard error and exit status 1 (2 for wrong usage)."""
    from newsclean.errors import NewscleanError

    _use_utf8()
    # A run that is told to end leaves no half-written file: the writers clean up as the exit passes them.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        status = cli.main(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.ClickException as error:
        click.echo(
            f"newsclean: {error.format_message()} (newsclean{_command(error)} --help tells more)", err=True
        )
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except NewscleanError as error:
        click.echo(f"newsclean: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        what = error.strerror or str(error)
        click.echo(
            f"newsclean: {error.filename}: {what}" if error.filename else f"newsclean: {what}", err=True
        )
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def _use_utf8() -> None:
    """Pipes and files are written in UTF-8 whatever the locale; a terminal shows what it can."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _command(error: click.ClickException) -> str:
    """The command that an error is about, each name after a blank; "" if it is about none."""
    ctx: click.Context | None = getattr(error, "ctx", None)
    names: list[str] = []
    while ctx is not None and ctx.parent is not None:
        names.insert(0, f" {ctx.info_name}")
        ctx = ctx.parent
    return "".join(names)
