"""What a client hears while the database is away, slow or not read yet, and that nothing of it lasts.

In: `rapport rest` over a database of its own, which each test takes away. Out: PGRST000 to PGRST003.
"""

import concurrent.futures
import subprocess
import time

import pytest
from postgrest import APIError, SyncPostgrestClient

from conftest import token

DATABASE = "outage"


class Hall:
    """A database that can be closed, and the server over it."""

    def __init__(self, cluster: str, rest) -> None:
        self.cluster = cluster
        self.remove()
        self.psql(f"create database {DATABASE}")
        self.psql(
            "create schema library; grant usage on schema library to librarian; create table library.books as select 1 as id;"
            " grant select on library.books to librarian;"
            " create function library.nap(seconds float) returns void language sql as 'select pg_sleep(seconds)'",
            DATABASE,
        )
        settings = {"PGRST_DB_URI": f"postgresql://rapport@/{DATABASE}?host={cluster}", "PGRST_DB_POOL": "1", "PGRST_DB_POOL_ACQUISITION_TIMEOUT": "1"}
        self.url = rest(**settings)

    def psql(self, sql: str, database: str = "rapport") -> str:
        command = ["psql", "-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-h", self.cluster, "-U", "rapport", "-d", database, "-c", sql]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def client(self) -> SyncPostgrestClient:
        return SyncPostgrestClient(self.url, schema="library", headers={"Authorization": f"Bearer {token(role='librarian')}"})

    def books(self) -> list:
        return self.client().table("books").select("id").execute().data

    def napping(self) -> str:
        """The process that naps for a request, once it does."""
        for _ in range(200):
            found = self.psql(f"select pid from pg_stat_activity where datname = '{DATABASE}' and state = 'active' and query like '%nap%'")
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError("nobody naps")

    def remove(self) -> None:
        self.psql(f"drop database if exists {DATABASE} with (force)")

    def close(self) -> None:
        self.psql(f"alter database {DATABASE} with allow_connections false")
        self.psql(f"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{DATABASE}'")

    def open(self) -> None:
        self.psql(f"alter database {DATABASE} with allow_connections true")


@pytest.fixture(scope="module")
def hall(cluster, load, rest):
    hall = Hall(cluster, rest)
    yield hall
    hall.remove()  # Loading the library again makes its roles anew, which nothing may depend on then.


def code_of(ask) -> str:
    with pytest.raises(APIError) as raised:
        ask()
    return raised.value.code


def test_a_database_that_cannot_be_reached_is_pgrst000_and_is_used_again_once_it_can(hall):
    assert hall.books() == [{"id": 1}]
    hall.close()
    try:
        assert code_of(hall.books) == "PGRST000"
        assert code_of(hall.books) == "PGRST000"
    finally:
        hall.open()
    assert hall.books() == [{"id": 1}]


def test_a_connection_that_breaks_under_a_request_is_pgrst001(hall):
    with concurrent.futures.ThreadPoolExecutor() as threads:
        nap = threads.submit(lambda: hall.client().rpc("nap", {"seconds": 60}).execute())
        hall.psql(f"select pg_terminate_backend({hall.napping()})")
        assert code_of(lambda: nap.result(timeout=30)) == "PGRST001"
    assert hall.books() == [{"id": 1}]


def test_no_connection_in_time_is_pgrst003(hall):
    with concurrent.futures.ThreadPoolExecutor() as threads:
        nap = threads.submit(lambda: hall.client().rpc("nap", {"seconds": 4}).execute())
        hall.napping()
        assert code_of(hall.books) == "PGRST003"
        nap.result(timeout=30)
    assert hall.books() == [{"id": 1}]


def test_a_definition_that_was_never_read_is_pgrst002_until_it_can_be(hall, cluster, rest):
    hall.close()
    try:
        url = rest(ready=lambda answer: answer.status_code == 503, PGRST_DB_URI=f"postgresql://rapport@/{DATABASE}?host={cluster}")
        client = SyncPostgrestClient(url, schema="library", headers={"Authorization": f"Bearer {token(role='librarian')}"})
        ask = lambda: client.table("books").select("id").execute().data  # noqa: E731
        assert code_of(ask) == "PGRST002"
    finally:
        hall.open()
    for _ in range(200):
        try:
            assert ask() == [{"id": 1}]
            return
        except APIError as error:
            assert error.code == "PGRST002"
            time.sleep(0.05)
    raise AssertionError("the definition is not read")
