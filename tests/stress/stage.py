"""A cloud in this process, made anew for each play, and heard."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from moto import mock_aws

from chalicelib import bootstrap
from chalicelib.adapters import aws, dead_queues
from chalicelib.adapters.dynamo import tables as dynamo
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.usecases import make_report
from infra import directory
from infra.keeping import days_kept
from infra.names import named
from infra.people import ROLES
from tests.integration import cloud as sky
from tests.integration.track import HAVING
from tests.integration.world import World
from tests.stress import picture
from tests.stress.centre import Centre
from tests.stress.picture import Picture
from tests.stress.processes import Branches, Folder
from tests.stress.sabotage import Plan, Saboteur
from tests.stress.stories.telling import Ids

Story = Callable[[Centre], None]
UNITS = (
    *("tong_dai", "lanh_dao_trung_tam", "van_phong_ubnd", "buu_dien_tinh"),
    *("so_tu_phap", "so_y_te", "so_noi_vu", "so_xay_dung"),  # the latter two are asked for input
)
HIDDEN = "43200"  # seconds of the real clock for which a message is hidden that was received: until it is laid back
SHARED = (
    "clock",
    "tokens",
    "ids",
    "letters",
    "_dynamo",
    "_rules",
    "routing",
    *HAVING,
)  # asks AWS nothing, or is a client


class Stage:
    """Where stories are played. For a process of its own (`apart`): nothing is undone."""

    def __init__(self) -> None:
        os.environ.update(sky.ENVIRONMENT)
        os.environ.pop("AWS_ENDPOINT_URL", None)
        aws.client.cache_clear()
        aws.session.cache_clear()
        self.saboteur = Saboteur(aws.session())
        self._tables = dynamo.configure(named(sky.STAGE), days_kept("hoa_binh"))
        make_report.TemporaryDirectory = Folder  # type: ignore[misc, assignment]
        dead_queues.HIDDEN_SECONDS = 0  # what was received and not deleted comes again at once
        _stop_clocks()

    def open(self) -> World:
        """Make the centre anew; each invocation is the first of its process, which remembers nothing."""
        world = sky.open_centre(aws.client, self._tables, pytest.MonkeyPatch())
        world.deps.__dict__ |= {"ids": Ids(), **HAVING}
        for url in aws.client("sqs").list_queues()["QueueUrls"]:
            aws.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": HIDDEN})
        with CentreItem.batch_write() as batch:  # each invocation reads all units
            for unit in directory.units("hoa_binh"):
                if unit.id not in UNITS:
                    batch.delete(CentreItem("UNIT", unit.id))
        world.deps.settings = replace(world.deps.settings, user_pool_id=_pool())
        for name in SHARED:
            getattr(world.deps, name)  # is made, and held

        def deps() -> bootstrap.LiveDeps:
            made = bootstrap.LiveDeps(world.deps.settings)
            made.__dict__ |= {name: world.deps.__dict__[name] for name in SHARED}  # also what a story has put there
            return made

        bootstrap.deps = lambda: self.saboteur.process(deps)
        return world

    def play(self, story: Story, plan: Plan | None = None, branches: Branches | None = None) -> Picture:
        """Play a story, spoiled as planned."""
        with mock_aws():
            world = self.open()
            self.saboteur.begin(plan, branches)
            story(Centre(world, self.saboteur))
            return picture.take(world)


def _stop_clocks() -> None:
    """Let no time pass while the process waits for its copies, neither for a run's limit nor for what is remembered."""
    time.monotonic = lambda: 10**6
    for name, module in list(sys.modules.items()):
        if name.startswith("chalicelib.") and hasattr(module, "monotonic"):
            module.monotonic = time.monotonic


def _pool() -> str:
    """Make the staff's user pool with its groups."""
    cognito = aws.client("cognito-idp")
    made: str = cognito.create_user_pool(PoolName="staff")["UserPool"]["Id"]
    for group in (*ROLES, *(f"unit:{unit}" for unit in UNITS)):
        cognito.create_group(UserPoolId=made, GroupName=group)
    return made
