"""The commands of the rulebook: a due date with its law, and the rules with who watches them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bolib.cli.options import PRODUCED, IsoEvent, debug
from bolib.errors import RuleError

if TYPE_CHECKING:
    from bolib.rulebook import Rule, Rulebook


@click.command()
@click.argument("rule")
@click.option("--from", "event", type=IsoEvent(), required=True, help="Date or moment (2026-03-31T14:00) of the event.")
@click.option("--calendar", help="Count on this calendar instead of the rule's own.")
@debug
def due(rule: str, event: date, calendar: str | None) -> int:
    """Print the due date of RULE with its arithmetic and citation; F-01 prints F-01.ack, F-01.answer, ...

    A moment without an offset is on the clocks of the rule's place.
    """
    book = _book()
    names = [name for name in _named(book, rule) if any(version.clock for version in book.timeline(name))]
    if not names:
        raise RuleError(f"rule {rule}", "a rule with a clock", "one without", "Name another rule.")
    if len(names) == 1:
        click.echo("\n".join(_due(book, names[0], event, calendar)))
        return PRODUCED
    for name in names:
        try:
            first, *rest = _due(book, name, event, calendar)
        except RuleError as error:
            first, rest = f"expected {error.expected}, found {error.found}", []
        click.echo("\n  ".join([f"{name}: {first}", *rest]))
    return PRODUCED


def _book() -> "Rulebook":
    from bolib import PROJECT
    from bolib.rulebook import load_rulebook

    return load_rulebook(PROJECT / "parameters/rulebook")


def _named(book: "Rulebook", rule: str) -> list[str]:
    """Return the rule of that id and those of which the ids begin with it and a dot."""
    names = [name for name in book.ids if name == rule or name.startswith(f"{rule}.")]
    return names or [found.id for found in book.rules(rule)]


def _due(book: "Rulebook", name: str, event: date, calendar: str | None) -> list[str]:
    """Return the end, its arithmetic, the text of the rule and its citation, a line each."""
    day = event.date() if isinstance(event, datetime) else event
    moment, zone = None, ZoneInfo(book.closest(name, day).time_zone or "UTC")
    if isinstance(event, datetime):
        local = event.astimezone(zone) if event.tzinfo else event.replace(tzinfo=zone)
        day, moment = local.date(), local.astimezone(UTC).replace(tzinfo=None)
    rule = book.at(name, day)
    counted = replace(book, versions={name: (replace(rule, calendar=calendar or rule.calendar, followed_by=None),)})
    found = counted.due(name, day, moment)
    end = (
        found.due_at.replace(tzinfo=UTC).astimezone(zone).isoformat(timespec="minutes")
        if found.due_at
        else found.due_date
    )
    return [str(end), found.arithmetic, rule.text_en, _cited(rule)]


def _cited(rule: "Rule") -> str:
    from bolib.rulebook import CONFIDENCE

    return f"{rule.citation} ({CONFIDENCE[rule.confidence]})"


@click.command()
@click.argument("rule", required=False)
@click.option("--unwatched", is_flag=True, help="Only the rules that no control or clock watches.")
@debug
def rules(rule: str | None, unwatched: bool) -> int:
    """List the rules, one a line: id, confidence, text, who watches it; or say all of RULE, F-01 being F-01.ack, ..."""
    from bolib import PROJECT
    from bolib.coverage import watchers

    book = _book()
    watched = watchers(book, PROJECT / "parameters")
    names = [name for name in (_named(book, rule) if rule else book.ids) if not (unwatched and watched[name])]
    if rule:
        click.echo("\n\n".join("\n".join(_said(book, name, watched[name])) for name in names))
        return PRODUCED
    wide = max(map(len, names), default=0)
    for name in names:
        version, who = book.rules(name)[-1], ", ".join(watched[name]) or "nothing watches it"
        click.echo(f"{name:{wide}}  {version.confidence:4}  {version.text_en}  [{who}]")
    unverified = sum(not book.rules(name)[-1].verified for name in names)
    alone = sum(not watched[name] for name in names)
    click.echo(f"{len(names)} rules: {unverified} not verified (MH, MM, ML), {alone} that no control or clock watches.")
    return PRODUCED


def _said(book: "Rulebook", name: str, watched: list[str]) -> Iterator[str]:
    """Yield all of a rule: each version with its text in both languages, its clock and its source; who watches it."""
    from bolib.calendars import described

    for version in book.rules(name):
        yield f"{name}, from {version.valid_from} to {version.valid_to or 'now'}, {version.severity}"
        yield from (f"  {text}" for text in (version.text_en, version.text_fr, _cited(version)))
        if version.clock:
            yield f"  Starts: {version.trigger}. Ends: {described(version.clock)}."
        if version.followed_by:
            yield f"  Replaced by {version.followed_by}."
    yield f"  {'Watched by ' + ', '.join(watched) if watched else 'No control or clock watches it'}."
