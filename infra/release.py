"""Put a built release into a cloud: the kept stack first, then the application."""

from __future__ import annotations

import hashlib

from infra.cloudformation import Cloud, deploy, make_bucket, with_code
from infra.names import app_stack, data_stack
from infra.package import Release


def put_data(cloud: Cloud, release: Release, stage: str, parameters: dict[str, str]) -> dict[str, str]:
    """Create or update what is kept; gives its outputs."""
    make_bucket(cloud)
    return deploy(cloud, data_stack(stage), release.data_template, parameters)


def put_app(cloud: Cloud, release: Release, stage: str, parameters: dict[str, str]) -> dict[str, str]:
    """Upload the zip under its hash and create or update the application; gives its outputs."""
    digest = hashlib.sha256(release.zip.read_bytes()).hexdigest()[:20]
    key = f"{app_stack(stage)}/{digest}.zip"
    cloud.upload(release.zip, key)
    return deploy(cloud, app_stack(stage), with_code(release.app_template, cloud.bucket, key), parameters)
