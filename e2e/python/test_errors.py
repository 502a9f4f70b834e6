"""Every error that a client can provoke: code, status, and the words that clients show."""

import httpx
import pytest
from postgrest import APIError

from conftest import token


def refused(ask) -> APIError:
    with pytest.raises(APIError) as raised:
        ask.execute()
    return raised.value


OBJECT = {"Accept": "application/vnd.pgrst.object+json"}
STRICT = "handling=strict"

# code, status, method, path, options of the request
RAW = [
    ("PGRST100", 400, "GET", "/books?id=xx.1", {}),
    ("PGRST100", 400, "GET", "/books?or=(id.eq.1", {}),
    ("PGRST100", 400, "GET", "/books?order=id.sideways", {}),
    ("PGRST100", 400, "GET", "/books?select=id,(", {}),
    ("PGRST101", 405, "PUT", "/rpc/add", {"json": {"a": 1}}),
    ("PGRST102", 400, "POST", "/books", {"content": "{", "headers": {"Content-Type": "application/json"}}),
    ("PGRST102", 400, "POST", "/books", {"json": [{"title": "x"}, {"state": "y"}]}),
    ("PGRST102", 400, "POST", "/books", {"content": "x", "headers": {"Content-Type": "image/png"}}),
    ("PGRST103", 416, "GET", "/books?limit=-1", {}),
    ("PGRST103", 416, "GET", "/books", {"headers": {"Range": "5-2"}}),
    ("PGRST103", 416, "GET", "/books?offset=100", {"headers": {"Prefer": "count=exact"}}),
    ("PGRST105", 405, "PUT", "/authors?name=eq.x", {"json": {"id": 9, "name": "x"}}),
    ("PGRST106", 406, "GET", "/books", {"headers": {"Accept-Profile": "attic"}}),
    ("PGRST107", 406, "GET", "/books", {"headers": {"Accept": "text/unknown"}}),
    ("PGRST108", 400, "GET", "/books?loans.book_id=eq.1", {}),
    ("PGRST111", 500, "POST", "/rpc/bad_headers", {"json": {}}),
    ("PGRST112", 500, "POST", "/rpc/bad_status", {"json": {}}),
    ("PGRST114", 400, "PUT", "/authors?id=eq.9&limit=1", {"json": {"id": 9, "name": "x"}}),
    ("PGRST115", 400, "PUT", "/authors?id=eq.9", {"json": {"id": 8, "name": "x"}}),
    ("PGRST116", 406, "GET", "/books", {"headers": OBJECT}),
    ("PGRST116", 406, "GET", "/books?id=eq.99", {"headers": OBJECT}),
    ("PGRST117", 405, "TRACE", "/books", {}),
    ("PGRST118", 400, "GET", "/authors?select=id,loans(book_id)&order=loans(book_id)", {}),
    ("PGRST120", 400, "GET", "/books?select=id,loans(book_id)&loans=eq.1", {}),
    ("PGRST121", 500, "POST", "/rpc/bad_raise", {"json": {}}),
    ("PGRST122", 400, "GET", "/books", {"headers": {"Prefer": f"{STRICT}, count=many"}}),
    ("PGRST124", 400, "DELETE", "/books?id=gt.0", {"headers": {"Prefer": f"{STRICT}, max-affected=1"}}),
    ("PGRST125", 404, "GET", "/books/1", {}),
    ("PGRST127", 400, "GET", "/authors?select=...books!author_id(price.sum())", {}),
    ("PGRST128", 400, "POST", "/rpc/nothing", {"json": {}, "headers": {"Prefer": f"{STRICT}, max-affected=1"}}),
    ("PGRST200", 400, "GET", "/books?select=id,secrets(id)", {}),
    ("PGRST201", 300, "GET", "/books?select=id,authors(id)", {}),
    ("PGRST202", 404, "POST", "/rpc/ad", {"json": {"a": 1}}),
    ("PGRST203", 300, "GET", "/rpc/pick?a=1", {}),
    ("PGRST204", 400, "POST", "/books?columns=colour", {"json": {"colour": "red"}}),
    ("PGRST205", 404, "GET", "/book", {}),
    ("PGRST301", 401, "GET", "/books", {"headers": {"Authorization": "Bearer no.token"}}),
    ("PGRST301", 401, "GET", "/books", {"headers": {"Authorization": f"Bearer {token(role='librarian')}x"}}),
    ("PGRST303", 401, "GET", "/books", {"headers": {"Authorization": f"Bearer {token(role='librarian', exp=1)}"}}),
    ("22P02", 400, "GET", "/books?id=eq.one", {}),
    ("23502", 400, "POST", "/books", {"json": {"title": None}}),
    ("23503", 409, "POST", "/books", {"json": {"title": "x", "author_id": 99}}),
    ("23505", 409, "POST", "/books", {"json": {"title": "Calm seas"}}),
    ("23514", 400, "POST", "/books", {"json": {"title": "x", "price": -1}}),
    ("25006", 405, "GET", "/rpc/lend", {}),
    ("42501", 403, "GET", "/secrets", {}),
    ("42703", 400, "GET", "/books?select=colour", {}),
    ("42P10", 400, "POST", "/books?on_conflict=state", {"json": {"title": "x"}, "headers": {"Prefer": "resolution=merge-duplicates"}}),
    ("428C9", 400, "PATCH", "/counted?id=eq.1", {"json": {"twice": 3}}),
]


@pytest.mark.parametrize("code, status, method, path, options", RAW, ids=[f"{r[0]} {r[2]} {r[3]}" for r in RAW])
def test_an_error_has_its_code_its_status_and_all_four_keys(at, code, status, method, path, options):
    answer = at(method, path, **options)
    body = answer.json()
    assert (body["code"], answer.status_code) == (code, status), body
    assert set(body) == {"code", "message", "details", "hint"}
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["proxy-status"] == f"PostgREST; error={code}"


SWITCHED = [
    ("PGRST107", 406, "/books", {"PGRST_DB_PLAN_ENABLED": "false"}, {"Accept": "application/vnd.pgrst.plan+json"}),
    ("PGRST123", 400, "/books?select=count()", {"PGRST_DB_AGGREGATES_ENABLED": "false"}, {}),
    ("PGRST126", 404, "/", {"PGRST_OPENAPI_MODE": "disabled"}, {}),
    ("PGRST300", 500, "/books", {"PGRST_JWT_SECRET": ""}, {}),
    ("PGRST302", 401, "/books", {"PGRST_DB_ANON_ROLE": ""}, {"Authorization": ""}),
    ("PGRST303", 401, "/books", {"PGRST_JWT_AUD": "readers"}, {"Authorization": f"Bearer {token(role='librarian', aud='writers')}"}),
]


@pytest.mark.parametrize("code, status, path, settings, more", SWITCHED, ids=[f"{r[0]} {r[2]}" for r in SWITCHED])
def test_what_is_switched_off_is_refused_with_its_code(rest, headers, code, status, path, settings, more):
    sent = {name: value for name, value in {**headers, **more}.items() if value}
    answer = httpx.get(rest(**settings) + path, headers=sent)
    assert (answer.json()["code"], answer.status_code) == (code, status), answer.text


# SQLSTATE and the status that it stands for.
RAISED = {
    "08000": 503, "09000": 500, "0L000": 403, "0P000": 403, "21000": 500, "22023": 400, "25000": 500, "28000": 403, "2D000": 500,
    "38000": 500, "39000": 500, "3B000": 500, "40000": 500, "53400": 500, "53000": 503, "54000": 500, "55000": 500, "57P01": 503,
    "57014": 500, "58000": 500, "F0000": 500, "HV000": 500, "P0001": 400, "P0002": 500, "XX000": 500, "42883": 404, "42P01": 404,
    "42P17": 500, "42501": 403, "PT402": 402, "22012": 400,
}


@pytest.mark.parametrize("sqlstate", RAISED)
def test_a_state_of_the_database_has_its_status(at, sqlstate):
    answer = at("POST", "/rpc/fail_with", json={"code": sqlstate})
    assert answer.status_code == RAISED[sqlstate]
    assert answer.json() == {"code": sqlstate, "message": "asked for", "details": "details", "hint": "a hint"}


def test_the_client_shows_message_details_and_hint(library):
    error = refused(library.table("book").select("*"))
    assert error.code == "PGRST205"
    assert error.message == "Could not find the table 'library.book' in the schema cache"
    assert error.hint == "Perhaps you meant the table 'library.books'"
    error = refused(library.table("books").insert({"title": "Calm seas"}))
    assert (error.code, error.details) == ("23505", "Key (title)=(Calm seas) already exists.")
    error = refused(library.table("books").select("id").single())
    assert (error.code, error.details) == ("PGRST116", "The result contains 4 rows")
    error = refused(library.rpc("add", {"a": 1, "c": 2}))
    assert (error.code, error.message) == ("PGRST202", "Could not find the function library.add(a, c) in the schema cache")


def test_somebody_without_a_token_is_told_to_bring_one(rest):
    answer = httpx.get(rest() + "/books")
    assert (answer.status_code, answer.json()["code"]) == (401, "42501")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert httpx.get(rest() + "/authors?select=id&limit=1").json() == [{"id": 1}]


BAD = {
    "50 levels deep": ("GET", "/books?" + "or=(" + "and(" * 50 + "id.eq.1,id.eq.2" + ")" * 50 + ",id.eq.3)", {}),
    "10,000 ids": ("GET", "/books?id=in.(" + ",".join(map(str, range(10_000))) + ")", {}),
    "broken UTF-8": ("GET", "/books?title=eq.%ff%fe", {}),
    "a null character": ("GET", "/books?title=eq.%00", {}),
    "10 MB of one text": ("POST", "/authors", {"json": {"id": 9, "name": "x" * 10_000_000}}),
    "duplicated keys": ("POST", "/books", {"content": '{"title":"Same twice","title":"Calm seas"}', "headers": {"Content-Type": "application/json"}}),
}


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_answered_without_a_fault(at, name):
    method, path, options = BAD[name]
    answer = at(method, path, **options)
    assert answer.status_code < 500, answer.text[:300]
