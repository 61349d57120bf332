"""The local cloud: one MiniStack process with IAM enforced, on 127.0.0.1, its state and litter in one folder."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parent.parent
PROGRAM = ROOT / ".venv-ministack" / "bin" / "ministack"
HOST = "127.0.0.1"
READY_SECONDS = 30
STOP_SECONDS = 60  # it writes its state only on a graceful stop; 5 to 10 s for a large one on a quiet machine


class StackError(Exception):
    """Says in one line what the person at the keyboard can do."""


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def taken(port: int) -> bool:
    """Tell whether somebody listens on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


@dataclass
class MiniStack:
    """A server on `port` with its state under `folder`, there again at the next start if `kept`; a context manager."""

    folder: Path
    port: int
    region: str
    kept: bool = True
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def endpoint(self) -> str:
        """Give the address of every AWS service."""
        return f"http://{HOST}:{self.port}"

    def _environ(self) -> dict[str, str]:
        # Functions inherit the server's environment: nothing of the caller's AWS configuration may reach them.
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "PYTHON"))}
        folder = self.folder.resolve()
        return inherited | {
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": HOST,
            "MINISTACK_HOST": HOST,
            "MINISTACK_REGION": self.region,
            "AUTH": "true",
            "IOT_MTLS_ENABLED": "false",  # else port 8883 is opened on every interface
            "LOG_LEVEL": "WARNING",
            "TMPDIR": str(folder / "tmp"),
            "PERSIST_STATE": str(int(self.kept)),
            "STATE_DIR": str(folder / "state"),
            "S3_PERSIST": str(int(self.kept)),
            "S3_DATA_DIR": str(folder / "s3"),
        }

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.check_port()
        self._keep_port()
        shutil.rmtree(self.folder / "tmp", ignore_errors=True)
        for name in ("tmp", "state", "s3"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        with (self.folder / "ministack.log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(PROGRAM)],
                env=self._environ(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in the terminal is ours to pass on, gracefully
            )
        self._wait()

    def check_port(self) -> None:
        """Refuse a port somebody listens on; names the process when it is a server we left behind."""
        if not taken(self.port):
            return
        note = self.folder / "tmp" / f"ministack-{self.port}.pid"  # MiniStack's own
        what = (
            f"process {note.read_text().strip()}, an earlier start of ours" if note.exists() else "what listens there"
        )
        raise StackError(f"port {self.port} is taken: stop {what}, or choose another with STACK_PORT=")

    def alive(self) -> bool:
        """Tell whether the server still runs."""
        return self._process is not None and self._process.poll() is None

    def _keep_port(self) -> None:
        """Hold the kept state to its port: it is part of the queue URLs, and other queues get no readers."""
        note = self.folder / "state" / "port"
        if note.exists() and note.read_text(encoding="utf-8") != str(self.port):
            raise StackError(
                f"the data kept here belong to STACK_PORT={note.read_text()}: use it, or start with FRESH=1"
            )
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(str(self.port), encoding="utf-8")

    def _wait(self) -> None:
        until = time.monotonic() + READY_SECONDS
        while self._process and self._process.poll() is None and time.monotonic() < until:
            if self._ready():
                return
            time.sleep(0.02)
        self.stop()
        raise StackError(f"MiniStack did not start: its last words are in {self.folder / 'ministack.log'}")

    def _ready(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/_ministack/ready")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """Stop gracefully, so that the state is written, and remove the litter; at once where nothing is kept."""
        if self._process and self._process.poll() is None:
            if self.kept:
                self._process.terminate()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)  # its workers with it
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self.folder / "tmp", ignore_errors=True)

    def __enter__(self) -> MiniStack:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
