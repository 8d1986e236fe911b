"""The compose file holds together: what containers share is the same, secrets are asked for, nothing dangles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yaml").read_text("utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
AIRFLOW = [name for name in SERVICES if name.startswith("airflow-")]
SECRETS = ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "FERNET_KEY", "JWT_SECRET", "ADMIN_PASSWORD", "AIRFLOW_UID")


def test_every_part_of_airflow_that_is_used_is_there():
    commands = {SERVICES[name]["command"][0] for name in AIRFLOW if name != "airflow-init"}
    assert commands == {"api-server", "scheduler", "dag-processor", "celery"}


@pytest.mark.parametrize("name", AIRFLOW)
def test_containers_of_airflow_share_settings_image_and_folders(name):
    shared = COMPOSE["x-airflow"]
    service = SERVICES[name]
    assert shared["environment"].items() <= service["environment"].items()
    assert service["volumes"] == shared["volumes"]
    assert service["image"] == shared["image"]


def test_lake_raw_and_inbox_lie_on_one_path_everywhere():
    folder = COMPOSE["x-airflow"]["volumes"][0].rsplit(":", 1)[1]
    settings = COMPOSE["x-airflow"]["environment"]
    for name in ("LAKE", "RAW", "INBOX", "SOURCES"):
        assert settings[f"DATELINE_{name}"].startswith(folder + "/")


@pytest.mark.parametrize("name", SERVICES)
def test_services_are_checked_and_wait_for_services_that_exist(name):
    service = SERVICES[name]
    for other, how in service.get("depends_on", {}).items():
        assert other in SERVICES
        assert how["condition"] != "service_healthy" or "healthcheck" in SERVICES[other]
    assert "healthcheck" in service or name == "airflow-init"


def test_images_are_pinned():
    for name, service in SERVICES.items():
        tag = service["image"].partition(":")[2]
        assert tag, name
        assert tag != "latest", name


def test_ports_are_open_to_this_machine_only():
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


@pytest.mark.parametrize("secret", SECRETS)
def test_secrets_must_be_set(secret):
    uses = re.findall(r"\$\{" + secret + r"([^}]*)\}", TEXT)
    assert uses
    assert all(use.startswith(":?") for use in uses)


def test_named_volumes_are_declared():
    used = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", ())
        if not volume.startswith(("$", ".", "/"))
    }
    assert used == set(COMPOSE["volumes"])


def test_the_image_is_built_from_the_lock_and_the_packages_that_the_file_names_are_in_it():
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert "--require-hashes -r requirements.txt" in dockerfile
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    for package in ("apache-airflow-providers-celery", "apache-airflow-providers-fab", "psycopg2-binary", "redis"):
        assert re.search(rf"^{package}(\[[^]]*\])?==", lock, re.MULTILINE), package
