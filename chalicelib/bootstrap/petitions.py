"""What the track of petitions has beside everything else."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chalicelib.config import Settings
    from chalicelib.domain.petitions.rules import PetitionRules
    from chalicelib.ports.petitions import PetitionKeys, Petitions


class PetitionTrack:
    """Rules, table, seals and codes of petitions. Each part is built when first asked for."""

    settings: Settings
    _dynamo: Any

    @cached_property
    def takes_petitions(self) -> bool:
        """Whether the centre has such rules."""
        from chalicelib.adapters import petition_files

        return petition_files.takes_petitions(self.settings.regulation)

    @property
    def petition_unit(self) -> str:
        """The department that they name."""
        return self.petition_rules.unit if self.petition_rules else ""

    @cached_property
    def petition_rules(self) -> PetitionRules | None:
        """What the regulation says of them."""
        from chalicelib.adapters import petition_files

        return petition_files.petition_rules(self.settings.regulation)

    @cached_property
    def petitions(self) -> Petitions:
        """Their table."""
        from chalicelib.adapters.dynamo import petition_items, petitions, tables
        from chalicelib.adapters.seals import KmsSeals

        tables.connect(petition_items.PetitionItem, f"{self.settings.table_prefix}-petitions", self._dynamo)
        return petitions.DynamoPetitions(self._dynamo, KmsSeals(self.settings.petition_key))

    @cached_property
    def petition_keys(self) -> PetitionKeys:
        """Codes and PINs, of keys derived from the centre's secret."""
        from chalicelib.adapters.keys import SecretKeys

        return SecretKeys(self.settings.secret_id)
