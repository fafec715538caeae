"""The categories of junk, as the labelling guide defines them, and what is done with each by default."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from newsclean.errors import UnknownCategoryError

__all__ = [
    "CATEGORIES",
    "OFFTOPIC",
    "OFFTOPIC_KINDS",
    "SEPARATOR",
    "Category",
    "category_ids",
    "removed_categories",
]

#: Pseudo-category of the white space that goes with a removed line; not a category of junk.
SEPARATOR = "separator"
#: Text that has nothing to do with the article it stands in.
OFFTOPIC = "offtopic"
#: The kinds of off-topic text, which evidence names.
OFFTOPIC_KINDS = (
    "question-and-answer aside",
    "promotion",
    "other story",
    "keyword stuffing",
    "writing-machine leftover",
)


class Category(NamedTuple):
    """One category of junk: its id, what it is in a few words, and its default action."""

    id: str
    what: str
    default: Literal["remove", "keep"] = "remove"


CATEGORIES: dict[str, Category] = {
    category.id: category
    for category in (
        Category("adblock_nag", "a plea or order to switch an ad blocker off"),
        Category("counter", "how often something was read, shared, liked; reading time"),
        Category("comment_template", "what a comment form or comment area prints"),
        Category("related", "a pointer to other articles: heading, link line, teaser list"),
        Category("navigation", "page and site controls"),
        Category("social", "share and follow prompts"),
        Category("subscription", "newsletters, sign-ups, paywalls, notifications, apps, donations"),
        Category("advertisement", "an ad or the place of one"),
        Category("disclosure", "legal and commercial notices about the page"),
        Category("credit", "who made or runs the page: site name, copyright, plugin, agency stamp"),
        Category("caption", "picture and video captions with their credits"),
        Category("byline", "author line, time stamp, author box, contact line"),
        Category("tags", "topic or keyword lists"),
        Category("consent", "cookie, privacy and consent notices"),
        Category("technical", "messages of players, scripts, captchas, loaders"),
        Category(OFFTOPIC, "text that has nothing to do with the article it stands in"),
        Category("embed", "a quoted post or player that the article itself shows", "keep"),
    )
}


def category_ids() -> tuple[str, ...]:
    """The ids of all categories, in the order of the labelling guide.

    >>> category_ids()[:2]
    ('adblock_nag', 'counter')
    """
    return tuple(CATEGORIES)


def removed_categories(remove: Iterable[str] = (), keep: Iterable[str] = ()) -> frozenset[str]:
    """The categories to remove: the defaults, plus `remove`, less `keep`.

    Raises:
        UnknownCategoryError: for an id that the labelling guide does not have.

    >>> sorted(removed_categories(remove=["embed"]) - removed_categories())
    ['embed']
    """
    remove, keep = frozenset(remove), frozenset(keep)
    for name in sorted(remove | keep):
        if name not in CATEGORIES:
            raise UnknownCategoryError(name, CATEGORIES)
    default = frozenset(c.id for c in CATEGORIES.values() if c.default == "remove")
    return (default | remove) - keep
