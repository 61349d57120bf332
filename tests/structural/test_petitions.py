"""The track of petitions has walls: nobody else's program looks in, nobody else's role touches table or key (R86)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app import app
from chalicelib.domain.actors import PETITION_STAFF, Role
from chalicelib.entrypoints.http import PUBLIC
from infra import track
from infra.functions import FUNCTIONS
from infra.grants import GRANTS
from tests.structural.conftest import Built
from tests.structural.test_imports import FILES, LIBRARY, imports

DOORS = {"bootstrap/__init__.py"}  # what builds it
OURS = ("petition", "seals")


def of_the_track(name: str) -> bool:
    return any(word in name for word in OURS)


def test_nothing_outside_of_the_track_imports_it() -> None:
    inside = [path for path in FILES if of_the_track(str(path.relative_to(LIBRARY)))]
    assert len(inside) > 20
    for path in set(FILES) - set(inside):
        here = str(path.relative_to(LIBRARY))
        known = [name for name in imports(path) if of_the_track(name.rpartition(".")[0])]
        assert known == [] or here in DOORS, f"{here} imports {known}"


def test_the_track_reads_no_case_and_tells_no_queue() -> None:
    """What it does with an ordinary case is in one file, whose business it is."""
    for path in FILES:
        here = str(path.relative_to(LIBRARY))
        if of_the_track(here) and not here.startswith(("bootstrap", "usecases/petitions/move_")):
            text = path.read_text("utf-8")
            others = ("deps.cases", "deps.lists", "deps.tallies", "deps.outgoing", "deps.board")
            found = [word for word in others if word in text]
            assert found == [], f"{here}: {found}"


@pytest.mark.parametrize("name", [function.name for function in FUNCTIONS])
def test_only_its_own_functions_touch_table_and_key(name: str) -> None:
    rights = {key: actions for key, actions in GRANTS[name].items() if "petition" in key}
    if name == "petitions":
        assert rights.keys() == {"table/petitions", "index/petitions/by_list", "petition-key"}
    elif name == "urge":  # what is due, and no word: the key is not its own
        assert rights == {"index/petitions/by_list": "Query"}
    elif name == "shred":  # takes away what it cannot read
        assert rights.keys() == {"table/petitions", "index/petitions/by_list"}
    else:
        assert rights == {}


def test_nobody_who_can_be_asked_deletes_or_changes_anything_of_it_in_place() -> None:
    assert not {"DeleteItem", "UpdateItem", "BatchWriteItem"} & set(GRANTS["petitions"]["table/petitions"].split())
    assert not {"DeleteItem", "UpdateItem"} & set(GRANTS["shred"]["table/petitions"].split())
    assert "secret" not in GRANTS["shred"]


def test_its_addresses_are_answered_by_its_own_function_and_no_others(built: Built) -> None:
    paths = built.app["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    for path, methods in paths.items():
        for method in methods.values():
            target = method["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
            assert ("${Petitions.Arn}" in target) == path.startswith(track.ADDRESSES), path
            assert ("${APIHandler.Arn}" in target) != path.startswith(track.ADDRESSES), path


def test_each_route_of_the_track_lies_below_its_addresses() -> None:
    for path, methods in app.routes.items():
        for entry in methods.values():
            module = entry.view_function.__module__
            assert of_the_track(module) == path.startswith(track.ADDRESSES), path


def test_staff_of_others_are_let_in_nowhere_but_to_write_one_down() -> None:
    for path, methods in app.routes.items():
        for method, entry in methods.items():
            allow = entry.view_function.allow
            if path.startswith(track.ADDRESSES) and allow != PUBLIC:
                assert PETITION_STAFF & allow, path
                others = set(allow) - PETITION_STAFF
                assert others <= {Role.OPERATOR}, path
                if others:
                    assert method == "POST" or path.endswith(("/tiep-nhan", "/tu-ho-so/{code}")), path


def test_the_tables_key_is_used_through_the_table_alone(built: Built) -> None:
    resources: dict[str, Any] = built.data["Resources"]
    table = resources["PetitionsTable"]["Properties"]["SSESpecification"]
    assert table["KMSMasterKeyId"] == {"Fn::GetAtt": ["PetitionTableKey", "Arn"]}
    open_to_all = [
        statement
        for statement in resources["PetitionTableKey"]["Properties"]["KeyPolicy"]["Statement"]
        if statement["Principal"] == {"AWS": "*"}
    ]
    assert len(open_to_all) == 1
    assert "dynamodb." in json.dumps(open_to_all[0]["Condition"]["StringEquals"]["kms:ViaService"])
    assert all(s["Principal"]["AWS"] != "*" for s in resources["PetitionKey"]["Properties"]["KeyPolicy"]["Statement"])
