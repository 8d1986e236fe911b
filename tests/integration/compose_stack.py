"""The services of docker-compose.yaml as processes of this machine, without containers; for the test beside it.

Commands, environment, health checks and the image's settings come from the file and the Dockerfile as they stand.
What containers have of their own (names, ports, folders) is replaced in one place: `Stack.mapping` and `Stack.native`.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from compose_file import REPO, find_program, read_image, read_services

MARK = "DATELINE_CONTAINER"
"""Variable that every process of a service has in its environment, with the stack and the service as its value."""


def find_free_ports(number: int) -> list[int]:
    servers = [socket.socket() for _ in range(number)]
    for server in servers:
        server.bind(("127.0.0.1", 0))
    ports = [server.getsockname()[1] for server in servers]
    for server in servers:
        server.close()
    return ports


class Stack:
    """Services of the file that run here. A service may run several times, under names such as airflow-worker-2."""

    def __init__(self, folder: Path, given: dict[str, str]) -> None:
        self.folder, self.services = folder, read_services(given)
        self.settings, self.copied, self.entry = read_image()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        # Postgres refuses to run as root, and pytest's folders are closed to others.
        self.closed = Path(tempfile.mkdtemp(prefix="dateline-postgres-"))
        names = ("postgres", "redis", "api", "scheduler")
        self.ports = dict(zip(names, find_free_ports(len(names)), strict=True))
        self.url = f"http://127.0.0.1:{self.ports['api']}"
        self.mapping = {
            # Names and ports of the containers' network.
            "@postgres:5432/": f"@127.0.0.1:{self.ports['postgres']}/",
            "@redis:6379/": f"@127.0.0.1:{self.ports['redis']}/",
            "http://airflow-apiserver:8080/": f"{self.url}/",
            "http://localhost:8080": self.url,
            "http://localhost:8974": f"http://127.0.0.1:{self.ports['scheduler']}",
            "redis-cli ": f"redis-cli -p {self.ports['redis']} ",
            # Folders.
            "/srv/dateline": str(folder / "srv/dateline"),
            "/opt/airflow": str(folder / "opt/airflow"),
            "/opt/dateline": str(folder / "opt/dateline"),
        }
        self._make_image()

    def _make_image(self) -> None:
        """The folders of the image, with what the Dockerfile copies and nothing else of the repository."""
        for name in ("srv/dateline", "opt/airflow/logs", "opt/dateline"):
            (self.folder / name).mkdir(parents=True)
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
        for source, _ in self.copied:
            copy = self.folder / "opt/dateline" / source
            if (REPO / source).is_dir():
                shutil.copytree(REPO / source, copy, ignore=ignored)
            else:
                shutil.copy(REPO / source, copy)

    def native(self, service: str, name: str) -> dict[str, str]:
        """What a process needs that shares ports and folders with the others, which a container does not."""
        log_port = str(find_free_ports(1)[0])
        return {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "HOME": str(self.folder / "home"),
            "LANG": "C.UTF-8",
            "HOSTNAME": name,
            "PYTHONPATH": str(self.folder / "opt/dateline/include"),
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self.ports["api"]),
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(self.ports["scheduler"]),
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": log_port,
            "PGPORT": str(self.ports["postgres"]),
            MARK: f"{self.folder}:{name}",
            # Airflow's processes rename themselves; without this the new name is written over their environment.
            "SPT_NOENV": "1",
        }

    def adapt(self, value: Any) -> Any:
        """A value of the file with the containers' names, ports and folders replaced."""
        if isinstance(value, list):
            return [self.adapt(item) for item in value]
        value = str(value)
        for old, new in self.mapping.items():
            value = value.replace(old, new)
        return value

    def environment(self, service: str, name: str) -> dict[str, str]:
        stated = self.services[service].get("environment", {})
        image = self.settings if service.startswith("airflow-") else {}
        own = {key: self.adapt(value) for key, value in {**image, **stated}.items()}
        return own | self.native(service, name)

    def command(self, service: str, name: str) -> list[str]:
        """The command of the file, with the arguments that only processes beside each other need."""
        stated = self.services[service]
        if service == "postgres":
            return self._as_other_user([find_program("postgres"), "-D", str(self.closed / "data"),
                                        "-h", "127.0.0.1", "-k", str(self.closed)])  # fmt: skip
        command = self.adapt([*stated.get("entrypoint", []), *stated["command"]])
        if service == "redis":
            folder = self.folder / "redis"
            folder.mkdir(exist_ok=True)
            return [*command, "--port", str(self.ports["redis"]), "--bind", "127.0.0.1", "--dir", str(folder)]
        entry = [] if "entrypoint" in stated else self.entry
        return [*entry, *command, *(["--celery-hostname", f"celery@{name}"] if service == "airflow-worker" else [])]

    def _as_other_user(self, command: list[str]) -> list[str]:
        if os.geteuid() != 0:
            return command
        user = _other_user()
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *command]

    def make_database(self) -> None:
        """What the image of Postgres does at its first start, by the variables of the file."""
        stated = self.services["postgres"]["environment"]
        password = self.closed / "password"
        password.write_text(stated["POSTGRES_PASSWORD"])
        if os.geteuid() == 0:
            for path in (self.closed, password):
                os.chown(path, _other_user().pw_uid, _other_user().pw_gid)
        make = [find_program("initdb"), "-D", str(self.closed / "data"), "-U", stated["POSTGRES_USER"],
                f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8", "--no-locale"]  # fmt: skip
        subprocess.run(self._as_other_user(make), check=True, stdout=subprocess.DEVNULL, cwd="/")
        self.start("postgres")
        query = f"CREATE DATABASE {stated['POSTGRES_DB']}"
        wait_for(lambda: self._ask_postgres(query), 60, "Postgres")

    def _ask_postgres(self, query: str) -> bool:
        import psycopg2

        stated = self.services["postgres"]["environment"]
        with suppress(psycopg2.OperationalError):
            connection = psycopg2.connect(
                host="127.0.0.1", port=self.ports["postgres"], user=stated["POSTGRES_USER"], dbname="postgres",
                password=stated["POSTGRES_PASSWORD"],
            )  # fmt: skip
            connection.autocommit = True
            connection.cursor().execute(query)
            connection.close()
            return True
        return False

    def run(self, service: str) -> subprocess.CompletedProcess[str]:
        """Run a service that does its work and ends, as airflow-init does."""
        return subprocess.run(
            self.command(service, service), env=self.environment(service, service), cwd=self.folder / "opt/dateline",
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def start(self, service: str, name: str | None = None) -> None:
        name = name or service
        with self.log(name).open("ab") as log:
            self.processes[name] = subprocess.Popen(
                self.command(service, name), env=self.environment(service, name), cwd=self.folder / "opt/dateline",
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def is_healthy(self, service: str, name: str | None = None) -> bool:
        """Run the health check of the file, as Docker would inside the container."""
        check = self.services[service]["healthcheck"]
        how, *words = check["test"]
        words = self.adapt(words)
        assert how in ("CMD", "CMD-SHELL")
        words = words if how == "CMD" else ["/bin/sh", "-c", *words]
        environ = self.environment(service, name or service)
        try:
            return subprocess.run(words, env=environ, capture_output=True, timeout=120, check=False).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def find(self, name: str | None = None) -> list[psutil.Process]:
        """Living processes of one service or of all, whoever is their parent now."""
        wanted, found = f"{self.folder}:{name or ''}", []
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                mark = process.environ().get(MARK, "")
                if (mark == wanted or (name is None and mark.startswith(wanted))) and process.status() != "zombie":
                    found.append(process)
        return found

    def kill(self, name: str) -> None:
        """End all of a service at once, as when its machine loses power."""
        while left := self.find(name):
            for process in left:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            time.sleep(0.1)
        self.processes.pop(name).wait(30)

    def stop(self, name: str, patience: float) -> int:
        """Ask the first process of a service to end, as `docker compose stop` does; returns its exit status."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGTERM)
        return process.wait(patience)

    def end(self) -> None:
        """End everything that is left, and remove what lies outside the test's folder."""
        for name, process in self.processes.items():
            with suppress(ProcessLookupError):
                # Postgres ends its children when it is asked to at once, and hides their environment.
                process.send_signal(signal.SIGQUIT if name == "postgres" else signal.SIGKILL)
        while left := self.find():
            for process in left:
                if "postgres" not in self.processes or process.pid != self.processes["postgres"].pid:
                    with suppress(psutil.NoSuchProcess):
                        process.kill()
            time.sleep(0.2)
        for process in self.processes.values():
            process.wait(30)
        shutil.rmtree(self.closed, ignore_errors=True)


def _other_user() -> pwd.struct_passwd:
    with suppress(KeyError):
        return pwd.getpwnam("postgres")
    return pwd.getpwnam("nobody")


def wait_for(is_true, patience: float, what: str) -> None:
    deadline = time.monotonic() + patience
    while not is_true():
        assert time.monotonic() < deadline, f"{what}: waited {patience:g} s"
        time.sleep(1)
