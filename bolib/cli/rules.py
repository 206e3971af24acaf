"""The commands of the rulebook: a due date with its law, and the rules with who watches them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bolib.cli.options import PRODUCED, SAMPLE_DAY, IsoDate, IsoEvent, data_folder, debug, folder
from bolib.errors import RuleError

if TYPE_CHECKING:
    from pathlib import Path

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
        version = book.rules(name)[-1]
        who = ", ".join(watched[name]) or _alone(version)
        click.echo(f"{name:{wide}}  {version.confidence:4}  {version.text_en}  [{who}]")
    unverified = sum(not book.rules(name)[-1].verified for name in names)
    alone = sum(not watched[name] for name in names)
    click.echo(f"{len(names)} rules: {unverified} not verified (MH, MM, ML), {alone} that no control or clock watches.")
    return PRODUCED


def _alone(rule: "Rule") -> str:
    return f"nothing watches it: no table holds {rule.lacking}" if rule.lacking else "nothing watches it"


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


@click.command()
@click.option("--on", type=IsoDate(), required=True, help="Day whose rules are tried on the objects.")
@click.option("--as-of", type=IsoDate(), help="Business day of the objects; by default the sample's, or the last one.")
@data_folder
@folder("--out", "Folder to write every object to, as impact.csv and impact.parquet.")
@debug
def impact(on: date, as_of: date | None, data: "Path | None", out: "Path | None") -> int:
    """Show which objects would get another deadline or amount under the rules of the day --on, how many and how much.

    All objects of the day count, done or not.
    """
    from bolib.day import open_day
    from bolib.deadlines.impact import impact as found_by
    from bolib.deadlines.impact import summary
    from bolib.results import frame, write

    day = open_day("deadlines", as_of or (_last_business_day() if data else SAMPLE_DAY), str(data or "data/sample"))
    found = found_by(day, on)
    for row in summary(found):
        click.echo(_changed(row, day.rulebook.closest(row["rule"], on)))
    click.echo(_total(found, day, on))
    if out:
        out.mkdir(parents=True, exist_ok=True)
        write(out, "impact", frame(found))
        click.echo(out / "impact.csv")
    return PRODUCED


def _last_business_day() -> date:
    from bolib.calendars import calendar

    return calendar("TARGET", date.today(), date.today())["previous_open"][0].as_py()


def _changed(row: dict, rule: "Rule") -> str:
    from bolib.deadlines.objects import counted
    from bolib.findings import shown

    amounts = ", ".join(f"{shown(amount)} {currency}" for currency, amount in sorted(row["amounts"].items()))
    example = f"{row['key']}: {row['before'] or 'none'} → {row['after'] or 'none'}"
    number = counted(row["objects"], row["object_type"])
    return f"{row['rule']}: {number}{f' ({amounts})' if amounts else ''}, as {example}\n  {rule.text_en} {rule.cited}"


def _total(found, day, on: date) -> str:
    objects = found.group_by(["object_type", "key"]).aggregate([]).num_rows
    if not objects:
        return f"Nothing would change under the rules of {on}."
    return f"{objects:,} objects of {day.as_of} would have another date or amount under the rules of {on}."
