"""``newsclean rules``: list, show, lint, compile."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

__all__ = ["command"]


@click.group("rules")
def command() -> None:
    """List, show, lint and compile rules."""


@command.command("list")
@click.option("--category", help="Only this category.")
@click.option("--lang", help="Only this language (ISO 639-1).")
@click.argument("packs", nargs=-1, type=click.Path(path_type=Path), metavar="[PACK.toml]...")
def list_(category: str | None, lang: str | None, packs: tuple[Path, ...]) -> int:
    """List rules: id, category, scope, strength, languages; of the shipped packs, or of PACKs."""
    from newsclean.categories import CATEGORIES
    from newsclean.errors import UnknownCategoryError, UnknownLanguageError
    from newsclean.rules.compiling import read_rules
    from newsclean.rules.ruleset import language_folders, shipped_rules

    rules = read_rules(packs)[0] if packs else shipped_rules()
    known = {*language_folders(), *(language for rule in rules for language in rule.languages)}
    if category is not None and category not in CATEGORIES:
        raise UnknownCategoryError(category, CATEGORIES)
    if lang is not None and lang not in known:
        raise UnknownLanguageError(lang, sorted(known))
    for rule in rules:
        if category in (None, rule.category) and (lang is None or lang in rule.languages):
            click.echo(
                f"{rule.id:44} {rule.category:17} {rule.scope:9} {rule.strength:8} "
                f"{','.join(rule.languages):5} {rule.why}"
            )
    return 0


@command.command("show")
@click.argument("ident", metavar="ID")
@click.option(
    "--rules",
    "packs",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PACK.toml",
    help="Look in rules of your own too. May be repeated.",
)
def show(ident: str, packs: tuple[Path, ...]) -> int:
    """Show one rule whole: where it stands, why it is there, and its wordings or expression."""
    from newsclean.errors import UnknownRuleError
    from newsclean.rules.compiling import read_rules
    from newsclean.rules.ruleset import shipped_rules

    rules = {rule.id: rule for rule in [*shipped_rules(), *read_rules(packs)[0]]}
    rule = rules.get(ident)
    if rule is None:
        raise UnknownRuleError(ident, difflib.get_close_matches(ident, rules, n=3))
    click.echo(f"{rule.id}: {rule.why}")
    facts = {
        "file": rule.file,
        "category": rule.category,
        "scope": f"{rule.scope}, up to {rule.reach} lines" if rule.reach else rule.scope,
        "strength": rule.strength,
        "languages": ", ".join(rule.languages),
        "source": rule.source,
        "pattern": rule.pattern,
        "keywords": ", ".join(rule.keywords),
    }
    for name, value in facts.items():
        if value:
            click.echo(f"  {name:10} {value}")
    for title, texts in (("phrases", rule.phrases), ("matches", rule.matches)):
        if texts:
            click.echo(f"  {title}")
            for text in texts:
                click.echo(f"    {text}")
    if rule.rejects:
        click.echo("  rejects")
        for reject in rule.rejects:
            click.echo(f"    {reject.text}  ({reject.why})")
    return 0


@command.command("lint")
@click.argument("packs", nargs=-1, type=click.Path(path_type=Path), metavar="[PACK.toml]...")
def lint(packs: tuple[Path, ...]) -> int:
    """Check rules strictly: the shipped packs, or PACKs of your own.

    Each problem is one line: file: rule id: field: what is wrong, what to do. Exit status 1 if there is one.
    """
    from newsclean.rules.lint import lint_files, lint_shipped

    problems = lint_files(packs) if packs else lint_shipped()
    for problem in problems:
        click.echo(str(problem))
    click.echo(
        f"{len(problems)} problem{'' if len(problems) == 1 else 's'}" if problems else "no problems", err=True
    )
    return 1 if problems else 0


@command.command("compile")
@click.option(
    "--check", is_flag=True, help="Write nothing; exit status 1 if a pack is not compiled as it stands."
)
def compile_(check: bool) -> int:
    """Index the shipped packs ahead of time (for those who change them)."""
    from newsclean.rules.ruleset import compile_shipped

    stale = compile_shipped(write=not check)
    for name in stale:
        click.echo(
            f"{name}: {'not compiled as it stands, run newsclean rules compile' if check else 'compiled'}"
        )
    return 1 if check and stale else 0
