"""The sheet of one finding, as HTML. Every value is escaped: nothing a source wrote is ever markup."""

from collections.abc import Iterable
from html import escape

import pandas as pd

from bolib.findings import shown
from bolib.rulebook import CONFIDENCE, Rule
from bolib.tables import TABLES
from bolib.tables.results import RESULTS
from bolib.workbench.detail import Detail
from bolib.workbench.neighbours import Neighbours

DECLARED = TABLES | RESULTS


def head(detail: Detail) -> str:
    """Return the sentence of the finding, how bad it is, and the facts by which people know it."""
    finding = detail.finding
    severity = escape(finding["severity"])
    facts = [
        ("Control", finding["control"]),
        ("Object", finding["key"]),
        ("Amount", f"{shown(finding['amount'])} {finding['currency'] or ''}"),
        ("Business date", f"{finding['business_date']}, {_days(finding['age_days'])} ago"),
        ("First seen", f"{finding['first_seen']} ({finding['status'].lower()})"),
        ("Owner", f"{finding['owner']}, team {finding['team']}"),
        ("Finding", finding["finding_id"]),
    ]
    return (
        f'<section class="bo-head" aria-live="polite"><h3><span class="bo-chip bo-{severity}">{severity}</span> '
        f"{escape(finding['message'])}</h3>{_facts(facts)}</section>"
    )


def body(detail: Detail) -> str:
    """Return rule, figures and source records of the finding."""
    return f'<div class="bo-cards">{_rule(detail)}{_figures(detail)}</div>{_sources(detail)}'


def around(found: Neighbours | None) -> str:
    """Return the neighbours in time as a table, the rows of the finding marked."""
    if found is None:
        return '<section class="bo-card"><h4>Around that date</h4><p>No dated record to look around.</p></section>'
    marks = ["bo-this" if this else "" for this in found.this]
    title = f"{found.table} of {subject(found)} around that date, by {found.dated}"
    rows = table(found.rows, found.table, marks)
    return f'<section class="bo-card bo-around"><h4>{escape(title)}</h4>{rows}</section>'


def subject(found: Neighbours) -> str:
    """Return what the neighbours have in common, in words."""
    return ", ".join(f"{name} {value}" for name, value in found.subject.items()) or "the whole table"


def empty(words: str) -> str:
    """Return the sheet shown while no finding is selected."""
    return f'<section class="bo-head bo-empty"><p>{escape(words)}</p></section>'


def table(rows: pd.DataFrame, name: str, marks: Iterable[str] = ()) -> str:
    """Return rows as an HTML table, figures to the right; each heading explains itself when pointed at."""
    marks = list(marks) or [""] * len(rows)
    numeric = {column for column in rows if _is_numeric(rows[column])}
    heads = "".join(f'<th scope="col"{_meaning(name, column)}>{escape(column)}</th>' for column in rows)
    right = [column in numeric for column in rows]
    lines = "".join(
        f'<tr class="{mark}">{"".join(map(_cell, row, right))}</tr>'
        for row, mark in zip(rows.itertuples(index=False, name=None), marks, strict=True)
    )
    return (
        f'<div class="bo-scroll" tabindex="0" role="region" aria-label="{escape(name)}"><table class="bo-table">'
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _is_numeric(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _meaning(name: str, column: str) -> str:
    declared = DECLARED.get(name)
    known = declared is not None and column in declared.names
    return f' title="{escape(declared[column].meaning)}"' if known else ""


def _cell(value, numeric: bool) -> str:
    text = shown(None if pd.isna(value) else value)
    return f'<td class="bo-n">{escape(text)}</td>' if numeric else f"<td>{escape(text)}</td>"


def _days(count: int) -> str:
    return f"{count} business day" if count == 1 else f"{count} business days"


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    pairs = "".join(f"<div><dt>{escape(str(name))}</dt><dd>{escape(str(value))}</dd></div>" for name, value in facts)
    return f'<dl class="bo-facts">{pairs}</dl>'


def _rule(detail: Detail) -> str:
    rule, cited = detail.rule, escape(detail.finding["citation"] or "no citation")
    if rule is None:
        text = f"Rule {escape(detail.finding['rule'])} has no version for that date. {cited}"
        return f'<section class="bo-card"><h4>Rule</h4><p>{text}</p></section>'
    meaning = f"{rule.confidence}: {CONFIDENCE.get(rule.confidence, 'as the bank says')}"
    version = f"in force {_period(rule)}; {detail.versions.index(rule) + 1} of {len(detail.versions)}"
    facts = _facts([("Source", rule.citation), ("Confidence", meaning), ("Version", version)])
    english = f'<p class="bo-text">{escape(rule.text_en)}</p>'
    french = f'<p lang="fr" class="bo-quiet">{escape(rule.text_fr)}</p>'
    return f'<section class="bo-card bo-rule"><h4>Rule {escape(rule.id)}</h4>{english}{french}{facts}</section>'


def _period(rule: Rule) -> str:
    return f"from {rule.valid_from} to {rule.valid_to}" if rule.valid_to else f"from {rule.valid_from}, no end"


def _figures(detail: Detail) -> str:
    arithmetic = f'<p class="bo-arithmetic">{escape(detail.arithmetic)}</p>' if detail.arithmetic else ""
    limits = [(f"threshold {name}", value) for name, value in detail.thresholds.items()]
    figures = [(name, shown(value)) for name, value in detail.figures.items()]
    if not (arithmetic or figures or limits):
        arithmetic = "<p>The record breaks the rule by itself; the control computed nothing beside it.</p>"
    return f'<section class="bo-card"><h4>Arithmetic</h4>{arithmetic}{_facts(figures + limits)}</section>'


def _sources(detail: Detail) -> str:
    parts = [_source(name, rows) for name, rows in detail.sources.items()]
    if detail.lost:
        lines = "".join(f"<li>{escape(place)}</li>" for place in detail.lost)
        parts.append(f'<section class="bo-card"><h4>Other places</h4><ul>{lines}</ul></section>')
    nothing = "The finding is drawn from results of the day, not from single records: see its figures above."
    return "".join(parts) or f'<section class="bo-card"><h4>Source rows</h4><p>{nothing}</p></section>'


def _source(name: str, rows: pd.DataFrame) -> str:
    """Return records as lists while they are few, so that every field is in sight; as a table beyond."""
    if len(rows) > 3:
        return f'<section class="bo-card bo-source"><h4>Source rows in {escape(name)}</h4>{table(rows, name)}</section>'
    return "".join(_record(name, row) for row in rows.to_dict("records"))


def _record(name: str, row: dict) -> str:
    place = f"{row['source_file']}, line {row['source_line']}"
    columns = [column for column in row if not pd.isna(row[column]) and not column.startswith("source_")]
    title = f'{escape(name)}: <span class="bo-place">{escape(place)}</span>'
    facts = _facts((column, shown(row[column])) for column in columns)
    return f'<section class="bo-card bo-source"><h4>Source row in {title}</h4>{facts}</section>'
