"""``newsclean completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

__all__ = ["command"]


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the script that completes commands and options in your shell.

    \b
    bash:  newsclean completion bash >> ~/.bashrc
    zsh:   newsclean completion zsh >> ~/.zshrc
    fish:  newsclean completion fish > ~/.config/fish/completions/newsclean.fish
    """
    from newsclean.cli.main import cli

    made = get_completion_class(shell)
    if made is None:  # cannot be: the choices are click's own
        raise click.UsageError(f"no completion for {shell}")
    click.echo(made(cli, {}, "newsclean", "_NEWSCLEAN_COMPLETE").source())
    return 0
