"""Whatever arrives, the answer is ours: never 500, always JSON, and what is heavy stays unloaded."""

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.http.small_app import JSON, send

ROOT = Path(__file__).parents[3]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ("sender", "kind", "count", "weight", "places", "notes", "at")
ALMOST = st.dictionaries(st.sampled_from(FIELDS), ANYTHING | st.just({"phone": "0912345678"}))
NAMES = st.sampled_from(["limit", "since", "word"]) | st.text(max_size=5)
LATIN = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"))
SHARED_CLIENT = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)


def is_ours(response):
    assert response.status_code < 500, response.body
    assert isinstance(json.loads(response.body), dict)


@SHARED_CLIENT
@given(raw=st.binary() | ALMOST.map(lambda value: json.dumps(value).encode()))
def test_any_body(client, raw):
    is_ours(send(client, "POST", "/intake", raw))


@SHARED_CLIENT
@given(pairs=st.lists(st.tuples(NAMES, st.text(max_size=8)), max_size=4))
def test_any_query(client, pairs):
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs)
    is_ours(send(client, "GET", f"/list?{query}"))


@SHARED_CLIENT
@given(code=st.binary(min_size=1, max_size=9), number=st.text("0123456789.eE-+_٣", min_size=1))
def test_any_path(client, code, number):
    path = "".join(f"%{byte:02x}" for byte in code)
    is_ours(send(client, "GET", f"/cases/{path}/{quote(number)}", headers={"X-Case-Pin": "1"}))


@SHARED_CLIENT
@given(content_type=LATIN, authorization=LATIN, key=LATIN)
def test_any_headers(client, content_type, authorization, key):
    headers = {"Content-Type": content_type, "Authorization": authorization, "Idempotency-Key": key}
    is_ours(send(client, "POST", "/keyed/A", {}, headers))
    is_ours(send(client, "PUT", "/maybe", {}, JSON | {"Idempotency-Key": key}))


def test_public_routes_start_light():
    """Given a fresh process, when the routes are loaded, then neither cryptography nor an AWS client is."""
    modules = ("entrypoints.api_openapi", "entrypoints.api_sessions", "adapters.cognito")
    heavy = ("jwt", "cryptography", "botocore", "urllib.request", "argparse")
    imports = "; ".join(f"import chalicelib.{module}" for module in modules)
    script = f"import sys; {imports}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
