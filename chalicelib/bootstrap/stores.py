"""Cases, their lists and what runs beside them, kept in DynamoDB."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib import ports
    from chalicelib.config import Settings
    from chalicelib.ports.keeping import Traces


class Stores:
    """The tables behind their ports. Each part is built when first asked for."""

    settings: Settings

    @cached_property
    def _dynamo(self) -> Any:
        from chalicelib.adapters.dynamo import tables

        return tables.configure(self.settings.table_prefix, self.settings.days_kept)

    @cached_property
    def calendar(self) -> ports.CentreCalendar:
        """Changes of the calendar."""
        from chalicelib.adapters.dynamo.calendar import DynamoCalendar

        return DynamoCalendar(self._dynamo)

    @cached_property
    def retimings(self) -> ports.Retimings:
        """What these changes ask for."""
        from chalicelib.adapters.dynamo.calendar import DynamoRetimings

        assert self._dynamo
        return DynamoRetimings()

    @cached_property
    def cases(self) -> ports.CaseStore:
        """The case table."""
        from chalicelib.adapters.dynamo.cases import DynamoCases

        return DynamoCases(self._dynamo)

    @cached_property
    def traces(self) -> Traces:
        """What is taken away of anonymised cases."""
        from chalicelib.adapters.dynamo.traces import DynamoTraces

        assert self._dynamo
        return DynamoTraces()

    @cached_property
    def lists(self) -> ports.CaseLists:
        """Lists of cases."""
        from chalicelib.adapters.dynamo.lists import DynamoLists

        assert self._dynamo
        return DynamoLists()

    @cached_property
    def alarms(self) -> ports.Alarms:
        """What the sweep must look at."""
        from chalicelib.adapters.dynamo.alarms import DynamoAlarms

        assert self._dynamo
        return DynamoAlarms()

    @cached_property
    def inbox(self) -> ports.Inbox:
        """What has been done."""
        from chalicelib.adapters.dynamo.inbox import DynamoInbox

        assert self._dynamo
        return DynamoInbox()

    @cached_property
    def codes(self) -> ports.OneTimeCodes:
        """One-time codes of senders."""
        from chalicelib.adapters.dynamo.one_time_codes import DynamoOneTimeCodes

        assert self._dynamo
        return DynamoOneTimeCodes()

    @cached_property
    def directory(self) -> ports.Directory:
        """The units."""
        from chalicelib.adapters.dynamo.centre import DynamoDirectory

        assert self._dynamo
        return DynamoDirectory()

    @cached_property
    def watermarks(self) -> ports.Watermarks:
        """How far jobs have come."""
        from chalicelib.adapters.dynamo.centre import DynamoWatermarks

        assert self._dynamo
        return DynamoWatermarks()

    @cached_property
    def reminders(self) -> ports.Reminders:
        """Reminders that wait."""
        from chalicelib.adapters.dynamo.reminders import DynamoReminders

        return DynamoReminders(self._dynamo)

    @cached_property
    def dead_letters(self) -> ports.DeadLetters:
        """What died."""
        from chalicelib.adapters.dynamo.dead_letters import DynamoDeadLetters

        assert self._dynamo
        return DynamoDeadLetters()

    @cached_property
    def suppressed(self) -> ports.Suppressions:
        """Addresses not to write to."""
        from chalicelib.adapters.dynamo.suppressions import DynamoSuppressions

        assert self._dynamo
        return DynamoSuppressions()

    @cached_property
    def tallies(self) -> ports.Tallies:
        """Counters."""
        from chalicelib.adapters.dynamo.tallies import DynamoTallies

        return DynamoTallies(self._dynamo)

    @cached_property
    def month_sums(self) -> ports.MonthSums:
        """Counters added up."""
        from chalicelib.adapters.dynamo.held_sums import HeldSums

        return HeldSums(self.tallies)

    @cached_property
    def board(self) -> ports.BoardStore:
        """Published answers."""
        from chalicelib.adapters.dynamo.board import DynamoBoard

        assert self._dynamo
        return DynamoBoard()

    @cached_property
    def board_index(self) -> ports.BoardIndex:
        """What can be searched of them."""
        from chalicelib.adapters.dynamo.board_index import HeldBoard

        return HeldBoard(self.board)
