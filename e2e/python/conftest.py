"""Servers for the suite: the product with demo data, and `rapport rest` over a library in the same cluster.

In: the binary at RAPPORT_BIN (default: target/debug/rapport), psql on the path.
Out: `library`, the official client as a librarian; `at`, raw requests; `product`, the client as the product's owner.
Invariant: nothing survives the session: no process, no directory. What one test writes, no other sees: `library` is
loaded anew for each test that asks for it to be `fresh`.
"""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

import httpx
import pytest
from postgrest import SyncPostgrestClient

HERE = pathlib.Path(__file__).parent
BINARY = os.environ.get("RAPPORT_BIN", str(HERE.parents[1] / "target/debug/rapport"))
SECRET = "a secret that only this suite and its server know"
START_TIMEOUT_S = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def token(**claims) -> str:
    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    head = part(b'{"alg":"HS256","typ":"JWT"}') + "." + part(json.dumps(claims).encode())
    return head + "." + part(hmac.new(SECRET.encode(), head.encode(), hashlib.sha256).digest())


def start(arguments: list[str], url: str, ready, **environment: str) -> subprocess.Popen:
    log = tempfile.TemporaryFile("w+")
    process = subprocess.Popen([BINARY, *arguments], env={**os.environ, **environment}, stdout=log, stderr=log)
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if ready(httpx.get(url)):
                return process
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    stop(process)
    log.seek(0)
    raise RuntimeError(f"{arguments} did not start:\n{log.read()[-4000:]}")


def stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="session")
def served():
    """The product with demo data: its URL and its data directory."""
    folder = tempfile.mkdtemp(prefix="rapport-python-")
    os.chmod(folder, 0o755)  # Started as root, the database runs as somebody else.
    url = f"http://127.0.0.1:{free_port()}"
    arguments = ["serve", "--demo", "--listen", url.removeprefix("http://"), "--data-dir", folder]
    process = start(arguments, url + "/readyz", lambda answer: answer.is_success)
    yield url, pathlib.Path(folder)
    stop(process)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster(served):
    """The socket folder of the product's private cluster."""
    lines = next(served[1].rglob("postmaster.pid")).read_text().splitlines()
    return lines[4]


@pytest.fixture(scope="session")
def load(cluster):
    """Loads the library anew, at once: its servers read the definition again after each transaction that changed it."""

    def run() -> None:
        command = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-h", cluster, "-U", "rapport", "-d", "rapport"]
        subprocess.run([*command, "-f", str(HERE / "library.sql")], check=True)

    run()
    return run


@pytest.fixture(scope="session")
def rest(cluster, load):
    """Starts `rapport rest` over the library; settings by PostgREST's names. Gives its URL."""
    running: dict[tuple, tuple[subprocess.Popen, str]] = {}

    def get(ready=lambda answer: answer.status_code != 503, **settings: str) -> str:
        key = tuple(sorted(settings.items()))
        if key not in running:
            port = free_port()
            url = f"http://127.0.0.1:{port}"
            environment = {
                "PGRST_DB_URI": f"postgresql://rapport@/rapport?host={cluster}",
                "PGRST_DB_SCHEMAS": "library",
                "PGRST_DB_ANON_ROLE": "visitor",
                "PGRST_JWT_SECRET": SECRET,
                "PGRST_DB_TX_END": "commit-allow-override",
                "PGRST_DB_AGGREGATES_ENABLED": "true",
                "PGRST_DB_PLAN_ENABLED": "true",
                "PGRST_SERVER_HOST": "127.0.0.1",
                "PGRST_SERVER_PORT": str(port),
                **settings,
            }
            # Before the definition is loaded every answer is 503; after it there are other errors.
            running[key] = (start(["rest"], url + "/authors", ready, **environment), url)
        return running[key][1]

    yield get
    for process, _ in running.values():
        stop(process)


@pytest.fixture
def headers() -> dict[str, str]:
    return {"Authorization": f"Bearer {token(role='librarian')}"}


@pytest.fixture
def library(rest, headers) -> SyncPostgrestClient:
    return SyncPostgrestClient(rest(), schema="library", headers=dict(headers))


@pytest.fixture
def fresh(load):
    """For a test that writes: the library is as it was before it, and after it."""
    yield
    load()


@pytest.fixture
def at(rest, headers):
    """A raw request as a librarian, for what the client does not send."""

    def request(method: str, path: str, settings: dict[str, str] | None = None, **options) -> httpx.Response:
        options["headers"] = {**headers, **options.pop("headers", {})}
        return httpx.request(method, rest(**(settings or {})) + path, **options)

    return request


@pytest.fixture(scope="session")
def product(served) -> SyncPostgrestClient:
    url = served[0]
    account = {"email": "owner@rapport.test", "password": "rapport-demo"}
    session = httpx.post(f"{url}/auth/v1/token?grant_type=password", json=account).raise_for_status().json()
    return SyncPostgrestClient(f"{url}/rest/v1", headers={"apikey": "rapport", "Authorization": f"Bearer {session['access_token']}"})


def pytest_terminal_summary(terminalreporter) -> None:
    """The line that script/test counts."""
    good, bad = (len(terminalreporter.stats.get(name, [])) for name in ("passed", "failed"))
    bad += len(terminalreporter.stats.get("error", []))
    terminalreporter.write_line(f"test result: {'FAILED' if bad else 'ok'}. {good} passed; {bad} failed")
