"""The compose file holds together: what containers share is the same, secrets are asked for, nothing dangles."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from dateline.config import setting_names

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yaml").read_text("utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
SHARED = COMPOSE["x-airflow"]
AIRFLOW = [name for name in SERVICES if name.startswith("airflow-")]
LASTING = [name for name in SERVICES if name != "airflow-init"]
REQUIRED = ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "FERNET_KEY", "JWT_SECRET", "SECRET_KEY", "ADMIN_PASSWORD",
            "AIRFLOW_UID", "DATELINE_DATA")  # fmt: skip
NOT_FOR_CONTAINERS = {"shared", "allow_loopback"}
"""Settings for evaluation and tests."""


def find_dclint() -> Path | None:
    """The linter of compose files (npm, dclint): on the PATH, or below node_modules here."""
    found = shutil.which("dclint", path=f"{ROOT / 'node_modules/.bin'}:{os.environ['PATH']}")
    return Path(found).resolve() if found else None


DCLINT = find_dclint()
needs_dclint = pytest.mark.skipif(DCLINT is None, reason="needs dclint: npm install --no-save dclint@3.1.0")


def test_every_part_of_airflow_that_is_used_is_there():
    commands = {SERVICES[name]["command"][0] for name in AIRFLOW if name != "airflow-init"}
    assert commands == {"api-server", "scheduler", "dag-processor", "celery"}


def test_no_triggerer_is_needed():
    sources = [*(ROOT / "dags").glob("*.py"), *(ROOT / "include/dateline/airflow_edge").glob("*.py")]
    assert sources
    for path in sources:
        assert not re.search(r"\bdefer\(|deferrable|\btriggers?\b import|BaseTrigger|wait_for_completion",
                             path.read_text("utf-8")), path  # fmt: skip


@pytest.mark.parametrize("name", AIRFLOW)
def test_containers_of_airflow_share_settings_image_and_folders(name):
    service = SERVICES[name]
    assert SHARED["environment"].items() <= service["environment"].items()
    for key in ("volumes", "image", "build", "init", "logging"):
        assert service[key] == SHARED[key], key


@pytest.mark.parametrize(
    "name",
    [
        "CORE__EXECUTION_API_SERVER_URL",
        "CORE__FERNET_KEY",
        "API__SECRET_KEY",
        "API_AUTH__JWT_SECRET",
        "API_AUTH__JWT_ISSUER",
        "DATABASE__SQL_ALCHEMY_CONN",
        "CELERY__BROKER_URL",
        "CELERY__RESULT_BACKEND",
    ],
)
def test_what_makes_containers_trust_each_other_is_shared(name):
    assert SHARED["environment"][f"AIRFLOW__{name}"]


def test_the_api_server_is_found_under_the_name_that_it_has():
    host = re.match(
        r"http://([\w-]+):8080/execution/$", SHARED["environment"]["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"]
    )
    assert host and SERVICES[host[1]]["command"] == ["api-server"]
    for name in ("DATABASE__SQL_ALCHEMY_CONN", "CELERY__BROKER_URL", "CELERY__RESULT_BACKEND"):
        host = re.search(r"@([\w-]+):\d+/", SHARED["environment"][f"AIRFLOW__{name}"])
        assert host and host[1] in SERVICES


def test_lake_raw_and_inbox_lie_on_one_path_everywhere():
    folder = SHARED["volumes"][0]["target"]
    settings = SHARED["environment"]
    for name in ("LAKE", "RAW", "INBOX", "SOURCES", "ALLOWED_ROOTS", "CONFIG"):
        assert settings[f"DATELINE_{name}"].startswith(folder + "/")


def test_every_setting_reaches_the_containers():
    stated = {name for name in SHARED["environment"] if name.startswith("DATELINE_")}
    known = {f"DATELINE_{name.upper()}" for name in set(setting_names()) - NOT_FOR_CONTAINERS} | {"DATELINE_CONFIG"}
    assert stated == known


@pytest.mark.parametrize("name", SERVICES)
def test_services_are_checked_and_wait_for_services_that_exist(name):
    service = SERVICES[name]
    for other, how in service.get("depends_on", {}).items():
        assert other in SERVICES and other != name
        assert how["condition"] != "service_healthy" or "healthcheck" in SERVICES[other]
        assert how["condition"] != "service_completed_successfully" or SERVICES[other]["restart"] == "no"
    assert "healthcheck" in service or name == "airflow-init"


@pytest.mark.parametrize("name", LASTING)
def test_services_come_back_and_their_logs_have_an_end(name):
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert {"max-size", "max-file"} <= set(SERVICES[name]["logging"]["options"])


def test_workers_begin_when_the_api_server_answers_and_have_time_to_end():
    worker = SERVICES["airflow-worker"]
    assert worker["depends_on"]["airflow-apiserver"] == {"condition": "service_healthy"}
    assert worker["stop_grace_period"] == "10m"


def test_images_are_pinned():
    for name, service in SERVICES.items():
        tag = service["image"].partition(":")[2]
        assert tag, name
        assert tag != "latest", name


def test_the_image_has_the_version_of_the_package():
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert version and SHARED["image"] == f"dateline:{version[1]}"


def test_ports_are_open_to_this_machine_only():
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


@pytest.mark.parametrize("name", REQUIRED)
def test_secrets_and_owner_must_be_set_and_the_example_names_them(name):
    uses = re.findall(r"\$\{" + name + r"([^}]*)\}", TEXT)
    assert uses
    assert all(use.startswith(":?") for use in uses)
    assert re.search(rf"^{name}=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)


def test_the_example_holds_no_secret_and_no_name_that_is_unknown():
    stated = dict(re.findall(r"^(\w+)=(.*)$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    assert set(stated) <= set(re.findall(r"\$\{(\w+)", TEXT))
    assert not any(stated[name] for name in REQUIRED if name != "DATELINE_DATA")
    product = int(stated["WORKERS"]) * int(stated["WORKER_CONCURRENCY"])
    assert int(stated["PARALLELISM"]) == product
    assert f"${{PARALLELISM:-{product}}}" in TEXT


def test_secrets_stay_out_of_the_repository_and_of_the_image():
    assert "/.env" in (ROOT / ".gitignore").read_text("utf-8").split()
    assert ".env" in (ROOT / ".dockerignore").read_text("utf-8").split()


def test_named_volumes_are_declared():
    volumes = [volume for service in SERVICES.values() for volume in service.get("volumes", ())]
    used = {volume.split(":")[0] for volume in volumes if isinstance(volume, str)}
    assert used == set(COMPOSE["volumes"])
    assert all(volume["bind"] == {"create_host_path": False} for volume in volumes if isinstance(volume, dict))


def test_the_image_is_built_from_the_lock_and_the_packages_that_the_file_names_are_in_it():
    assert "--require-hashes -r requirements.txt" in DOCKERFILE
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    for package in ("apache-airflow-providers-celery", "apache-airflow-providers-fab", "psycopg2-binary", "redis"):
        assert re.search(rf"^{package}(\[[^]]*\])?==", lock, re.MULTILINE), package
    celery = re.search(r"^celery(?:\[[^]]*\])?==(\d+)\.(\d+)", lock, re.MULTILINE)
    assert celery and (int(celery[1]), int(celery[2])) < (5, 7)


def test_what_the_image_copies_is_there_and_not_ignored():
    ignored = set((ROOT / ".dockerignore").read_text("utf-8").split())
    lines = [shlex.split(line) for line in DOCKERFILE.splitlines() if line.startswith("COPY ")]
    copied = [source for line in lines for source in line[1:-1]]
    assert {"requirements.txt", "include", "dags", "plugins"} <= set(copied)
    assert all((ROOT / source).exists() and source not in ignored for source in copied)


def test_folders_that_volumes_cover_belong_to_the_user_of_the_image():
    (made,) = re.findall(r"install -d -o airflow .*", DOCKERFILE)
    targets = [SHARED["volumes"][0]["target"], SHARED["volumes"][1].split(":")[1]]
    assert set(targets) <= set(made.split())


@needs_dclint
def test_the_linter_of_compose_files_finds_no_error():
    done = subprocess.run(
        [DCLINT, ROOT / "docker-compose.yaml"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@needs_dclint
def test_the_file_follows_the_schema_of_the_compose_specification():
    import jsonschema

    found = [parent / "schemas/compose.schema.json" for parent in DCLINT.parents]
    schema = json.loads(next(path for path in found if path.is_file()).read_text("utf-8"))
    check = jsonschema.Draft7Validator(schema)
    check.validate(COMPOSE)
    with pytest.raises(jsonschema.ValidationError):
        check.validate({**COMPOSE, "services": {"redis": {"imagee": "redis:7"}}})
