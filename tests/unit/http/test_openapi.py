"""The OpenAPI document: valid, complete, and the same in the repository as in the program."""

import json
import re
import tomllib
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

import msgspec
import pytest
from chalice.app import Blueprint
from chalice.test import Client
from msgspec import Meta
from openapi_spec_validator import OpenAPIV31SpecValidator

import chalicelib
from chalicelib.entrypoints import openapi
from chalicelib.entrypoints.http import PUBLIC, endpoint
from tests.unit.http import small_app

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def whole():
    routes_of = small_app.routes_of
    return small_app.make_app(small_app.make_routes(), routes_of("api_sessions"), routes_of("api_openapi"))


@pytest.fixture(scope="module")
def document(whole):
    return openapi.build(whole)


def operations(document):
    return [(path, method, described) for path, by in document["paths"].items() for method, described in by.items()]


def test_it_is_valid(document):
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_the_whole_application_s_is_valid():
    from app import app

    assert [error.message for error in OpenAPIV31SpecValidator(openapi.build(app)).iter_errors()] == []


def test_every_endpoint_is_in_it(whole, document):
    routes = {(path, method.lower()) for path, by in whole.routes.items() for method in by}
    assert {(path, method) for path, method, _ in operations(document)} == routes


def test_routes_made_otherwise_are_left_out():
    pages = Blueprint("pages")
    pages.route("/page")(str)
    assert openapi.build(small_app.make_app(pages))["paths"] == {}


def test_operation_ids_are_unique(document):
    names = [described["operationId"] for _, _, described in operations(document)]
    assert len(names) == len(set(names))


def test_statuses_follow_from_the_promise(document):
    statuses = {(path, method): set(described["responses"]) for path, method, described in operations(document)}
    always = {"400", "422", "429", "500", "503"}
    assert statuses["/plain", "get"] == always | {"200"}
    assert statuses["/intake", "post"] == always | {"201", "413", "415"}
    assert statuses["/keyed/{code}", "post"] == always | {"200", "401", "403", "404", "409", "413", "415"}
    assert statuses["/cases/{code}/{number}", "get"] == always | {"200", "401", "404"}
    assert statuses["/gone", "delete"] == always | {"204", "401", "403"}


def test_refusals_are_problems(document):
    refused = document["paths"]["/intake"]["post"]["responses"]["422"]
    assert refused == {"$ref": "#/components/responses/Problem422"}
    content = document["components"]["responses"]["Problem422"]["content"]
    assert content == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_parameters(document):
    listing = {each["name"]: each for each in document["paths"]["/list"]["get"]["parameters"]}
    assert listing["limit"] == {
        "name": "limit",
        "in": "query",
        "required": False,
        "schema": {"type": "integer", "minimum": 1, "maximum": 50, "default": 20},
    }
    case = {each["name"]: each for each in document["paths"]["/cases/{code}/{number}"]["get"]["parameters"]}
    assert case["code"]["schema"] == {"type": "string", "pattern": "^[A-Z0-9/ ]+$"}
    assert case["number"]["schema"] == {"type": "integer"}
    keyed = document["paths"]["/keyed/{code}"]["post"]["parameters"]
    assert [(each["name"], each["required"]) for each in keyed] == [("code", True), ("Idempotency-Key", True)]
    assert document["paths"]["/maybe"]["put"]["parameters"][0]["required"] is False


def test_the_documented_key_is_one_the_server_takes(document, client):
    (parameter,) = document["paths"]["/maybe"]["put"]["parameters"]
    headers = small_app.JSON | {"Idempotency-Key": parameter["schema"]["examples"][0]}
    assert small_app.send(client, "PUT", "/maybe", {}, headers).status_code == 202


def test_security(document):
    assert document["paths"]["/intake"]["post"]["security"] == []
    assert document["paths"]["/gone"]["delete"]["security"] == [{"bearer": []}]
    assert document["paths"]["/cases/{code}/{number}"]["get"]["security"] == [{"casePin": []}]


def test_an_optional_pin_may_be_absent():
    routes = Blueprint("pin")

    @endpoint(routes, "GET", "/x", allow=PUBLIC, returns={200: None}, summary="Xem", pin="optional")
    def view(request):
        return None

    document = openapi.build(small_app.make_app(routes))
    assert document["paths"]["/x"]["get"]["security"] == [{}, {"casePin": []}]


def test_types_and_their_limits_stand_once(document):
    schemas = document["components"]["schemas"]
    assert schemas["Person"]["properties"]["phone"] == {"type": "string", "pattern": "^0[0-9]{9}$"}
    assert schemas["Person"]["additionalProperties"] is False
    assert schemas["Intake"]["properties"]["sender"] == {"$ref": "#/components/schemas/Person"}


def test_every_reference_leads_somewhere(document):
    """Also of a struct that is the query of one route and the body of another."""
    assert document["paths"]["/maybe"]["put"]["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/Filter"
    }
    for name in re.findall(r'"#/components/([^"]+)"', json.dumps(document)):
        room, _, component = name.partition("/")
        assert component in document["components"][room]


def test_descriptions_reach_the_parameter():
    class Search(msgspec.Struct, forbid_unknown_fields=True):
        word: Annotated[str, Meta(description="Từ khoá")]

    routes = Blueprint("search")

    @endpoint(routes, "GET", "/x", allow=PUBLIC, query=Search, returns={200: None}, summary="Tìm")
    def view(request):
        return None

    document = openapi.build(small_app.make_app(routes))
    (parameter,) = document["paths"]["/x"]["get"]["parameters"]
    assert (parameter["description"], parameter["required"]) == ("Từ khoá", True)


def test_it_is_served(whole, document):
    with Client(whole) as client:
        response = client.http.get("/openapi.json")
    assert response.status_code == HTTPStatus.OK
    assert response.headers["Content-Type"] == "application/json"
    assert json.loads(response.body) == document


def test_the_file_is_written_and_checked(tmp_path):
    file = tmp_path / "openapi.json"
    with pytest.raises(SystemExit, match="is not what the routes promise"):
        openapi.main(["--check", str(file)])
    openapi.main(["--write", str(file)])
    openapi.main(["--check", str(file)])
    file.write_text(file.read_text("utf-8").replace("Tổng Đài", "Tong Dai"), "utf-8")
    with pytest.raises(SystemExit):
        openapi.main(["--check", str(file)])


def test_the_version_is_the_project_s():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert chalicelib.__version__ == project["version"]
