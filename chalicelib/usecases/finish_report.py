"""What people do with a report that is made: give it words, sign it off, attach the copy that was signed outside."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.actors import Actor
from chalicelib.domain.reporting.report import Report, Words, reworded, signed_off
from chalicelib.ports import Deps, StaleVersionError
from chalicelib.usecases.ask_report import want


def reword_report(name: str, words: Words, version: int, deps: Deps) -> Report:
    """Return the report with other words, which the worker writes into its files.

    Raises StaleVersionError, ConflictError (signed off), NotFoundError, UnavailableError.
    """
    report = _as_seen(name, version, deps)
    changed = reworded(report, words)
    if changed is report:
        return report
    kept = _put(changed, deps)
    want(name, deps)
    return kept


def sign_report(name: str, version: int, actor: Actor, deps: Deps) -> Report:
    """Return the report as it is frozen: first the files, then the word that they are what counts.

    Raises StaleVersionError, ForbiddenError, ConflictError, NotFoundError, UnavailableError.
    """
    report = _as_seen(name, version, deps)
    signed = signed_off(report, actor, deps.report_rules, deps.clock.now())
    assert signed.signed is not None
    deps.report_files.lock(report, signed.signed.mode, signed.signed.until)
    return _put(signed, deps)


def _as_seen(name: str, version: int, deps: Deps) -> Report:
    report = deps.reports.get(name)
    if report.version != version:
        raise StaleVersionError(version, current_version=report.version, state=report.state)
    return report


def _put(report: Report, deps: Deps) -> Report:
    kept = replace(report, version=report.version + 1)
    deps.reports.replace(kept, report.version)
    return kept
