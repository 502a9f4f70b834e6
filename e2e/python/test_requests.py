"""Every method of the official client, against the wire form it stands for."""

import pytest
from postgrest import APIError
from postgrest.types import CountMethod, ReturnMethod


def ids(answer) -> list[int]:
    return [row["id"] for row in answer.data]


def books(library, *columns, **options):
    return library.table("books").select(*columns or ("id",), **options)


def test_select_gives_the_columns_asked_for(library):
    rows = library.table("authors").select("id", "name").order("id").limit(1).execute().data
    assert rows == [{"id": 1, "name": "Ada Ammons"}]
    assert set(library.table("authors").select("*").limit(1).execute().data[0]) == {"id", "name", "nickname", "born", "tags", "facts"}


@pytest.mark.parametrize("method", [CountMethod.exact, CountMethod.planned, CountMethod.estimated])
def test_a_count_comes_beside_the_rows(library, method):
    answer = books(library, count=method).execute()
    assert len(answer.data) == 4
    assert answer.count == 4 if method == CountMethod.exact else answer.count >= 0


def test_head_gives_the_count_alone(library):
    answer = books(library, count=CountMethod.exact, head=True).execute()
    assert (answer.data, answer.count) == ([], 4)


def test_columns_have_other_names_types_and_paths(library):
    row = library.table("authors").select("who:name, year:born::text, city:facts->home->>city").eq("id", 1).single().execute().data
    assert row == {"who": "Ada Ammons", "year": "1950-01-02", "city": "Bern"}


FILTERS = {
    "eq": (lambda q: q.eq("id", 1), [1]),
    "neq": (lambda q: q.neq("id", 1), [2, 3, 4]),
    "gt": (lambda q: q.gt("price", 10), [1, 2]),
    "gte": (lambda q: q.gte("price", 10.5), [1, 2]),
    "lt": (lambda q: q.lt("price", 10), [3]),
    "lte": (lambda q: q.lte("price", 10.5), [1, 3]),
    "like": (lambda q: q.like("title", "%s"), [1, 2, 3, 4]),
    "like with a star": (lambda q: q.like("title", "B*"), [2]),
    "ilike": (lambda q: q.ilike("title", "%ALPINE%"), [1]),
    "is null": (lambda q: q.is_("price", "null"), [4]),
    "not is null": (lambda q: q.not_.is_("price", "null"), [1, 2, 3]),
    "is_distinct": (lambda q: q.filter("author_id", "isdistinct", 1), [3, 4]),
    "match (regular expression)": (lambda q: q.filter("title", "match", "^[AB]"), [1, 2]),
    "imatch": (lambda q: q.filter("title", "imatch", "^[ab]"), [1, 2]),
    "like_all_of": (lambda q: q.like_all_of("title", "%s,B%"), [2]),
    "like_any_of": (lambda q: q.like_any_of("title", "A%,B%"), [1, 2]),
    "ilike_all_of": (lambda q: q.ilike_all_of("title", "%S,b%"), [2]),
    "ilike_any_of": (lambda q: q.ilike_any_of("title", "a%,b%"), [1, 2]),
    "in": (lambda q: q.in_("id", [1, 3, 3]), [1, 3]),
    "in with nothing": (lambda q: q.in_("id", []), []),
    "not in": (lambda q: q.not_.in_("id", [1, 3]), [2, 4]),
    "overlaps a range": (lambda q: q.overlaps("pages", "[120,160)"), [2, 3]),
    "contains a range": (lambda q: q.contains("pages", "[10,20)"), [1]),
    "contained by a range": (lambda q: q.contained_by("pages", "[0,250)"), [1, 2]),
    "range_gt": (lambda q: q.range_gt("pages", (0, 100)), [2, 3]),
    "range_gte": (lambda q: q.range_gte("pages", (99, 110)), [2, 3]),
    "range_lt": (lambda q: q.range_lt("pages", (150, 400)), [1]),
    "range_lte": (lambda q: q.range_lte("pages", (0, 199)), [1]),
    "range_adjacent": (lambda q: q.range_adjacent("pages", (199, 210)), [2]),
    "fts": (lambda q: q.fts("blurb", "flower"), [1, 2]),
    "plfts": (lambda q: q.plfts("blurb", "bees flowers"), [2]),
    "phfts": (lambda q: q.phfts("blurb", "among flowers"), [1]),
    "wfts": (lambda q: q.wfts("blurb", "flowers -bees"), [1]),
    "fts in a language": (lambda q: q.filter("blurb", "fts(english)", "walk"), [1]),
    "match": (lambda q: q.match({"author_id": 1, "id": 2}), [2]),
    "not": (lambda q: q.not_.eq("id", 1), [2, 3, 4]),
    "or": (lambda q: q.or_("id.eq.1,and(id.gt.2,id.lt.4)"), [1, 3]),
    "not or": (lambda q: q.not_.or_("id.eq.1,id.eq.2") if hasattr(q.not_, "or_") else q, [3, 4]),
    "filter": (lambda q: q.filter("id", "gt", 3), [4]),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_finds_its_rows(library, name):
    ask, found = FILTERS[name]
    assert ids(ask(books(library)).order("id").execute()) == found


ARRAY_AND_JSON_FILTERS = {
    "contains a list": (lambda q: q.contains("tags", ["poet", "critic"]), [1]),
    "contained by a list": (lambda q: q.contained_by("tags", ["poet"]), [2, 3]),
    "overlaps a list": (lambda q: q.overlaps("tags", ["critic", "painter"]), [1]),
    "contains an object": (lambda q: q.contains("facts", {"cats": 2}), [1]),
    "a path": (lambda q: q.eq("facts->home->>city", "Oslo"), [2]),
    "a value with reserved characters": (lambda q: q.in_("name", ['Cy, the "quoted" (one)', "Bo Berg"]), [2, 3]),
}


@pytest.mark.parametrize("name", ARRAY_AND_JSON_FILTERS)
def test_a_filter_on_a_list_or_an_object_finds_its_rows(library, name):
    ask, found = ARRAY_AND_JSON_FILTERS[name]
    assert ids(ask(library.table("authors").select("id")).order("id").execute()) == found


def test_full_text_search_by_its_own_method(library):
    assert ids(books(library).text_search("blurb", "'flower'", {"config": "english"}).execute()) == [1, 2]


def test_rows_come_in_order_and_in_part(library):
    assert ids(books(library).order("price", desc=True).order("id").execute()) == [4, 2, 1, 3]
    assert ids(books(library).order("price", desc=True, nullsfirst=False).execute()) == [2, 1, 3, 4]
    assert ids(books(library).order("id").limit(2).offset(1).execute()) == [2, 3]
    assert ids(books(library).order("id").range(1, 2).execute()) == [2, 3]


def test_one_row_is_an_object(library):
    assert books(library).eq("id", 1).single().execute().data == {"id": 1}
    assert books(library).eq("id", 1).maybe_single().execute().data == {"id": 1}
    missing = books(library).eq("id", 99).maybe_single().execute()
    assert missing is None or missing.data is None


def test_csv_plan_and_stripped_nulls_are_forms_of_the_answer(library):
    assert books(library, "id", "title").eq("id", 1).csv().execute().data == 'id,title\n1,"Alpine flowers"'
    assert "cost=" in str(books(library).explain().execute())
    analyzed = books(library).explain(analyze=True, verbose=True, settings=True, buffers=True, format="json").execute()
    assert "Actual Rows" in str(analyzed)
    assert library.table("authors").select("id", "nickname").eq("id", 2).strip_nulls().execute().data == [{"id": 2}]


def test_related_rows_come_along(library):
    row = library.table("authors").select("name", "books!books_author_id_fkey(title)").eq("id", 2).single().execute().data
    assert row == {"name": "Bo Berg", "books": [{"title": "Calm seas"}]}
    row = books(library, "title", "author:authors!author_id(name)", "loans(count)").eq("id", 2).single().execute().data
    assert row == {"title": "Brave bees", "author": {"name": "Ada Ammons"}, "loans": [{"count": 2}]}
    assert ids(books(library, "id", "authors!author_id!inner(name)").eq("authors.name", "Bo Berg").execute()) == [3]


def test_related_rows_are_filtered_ordered_and_cut(library):
    ask = library.table("authors").select("id", "books!author_id(id)").eq("id", 1)
    assert ask.order("id", foreign_table="books", desc=True).limit(1, foreign_table="books").execute().data == [
        {"id": 1, "books": [{"id": 2}]}
    ]
    ask = library.table("authors").select("id", "books!author_id(id)").eq("id", 1)
    assert ask.or_("id.eq.1,id.eq.9", reference_table="books").execute().data == [{"id": 1, "books": [{"id": 1}]}]


def test_rows_are_counted_and_summed(library):
    rows = library.table("books").select("author_id", "price.sum()", "count()").order("author_id").execute().data
    assert rows == [
        {"author_id": 1, "sum": 30.5, "count": 2},
        {"author_id": 2, "sum": 5, "count": 1},
        {"author_id": None, "sum": None, "count": 1},
    ]


@pytest.mark.usefixtures("fresh")
class TestWrites:
    def test_a_row_is_added_and_given_back(self, library):
        answer = library.table("books").insert({"title": "Early birds"}, count=CountMethod.exact).execute()
        assert (answer.data[0]["title"], answer.data[0]["state"], answer.count) == ("Early birds", "new", 1)
        quiet = library.table("books").insert({"title": "Fine rain"}, returning=ReturnMethod.minimal).execute()
        assert quiet.data == []

    def test_many_rows_need_not_have_the_same_keys(self, library):
        rows = [{"title": "Grey days", "state": "old"}, {"title": "High tides"}]
        by_default = library.table("books").insert(rows, default_to_null=False).execute().data
        assert [row["state"] for row in by_default] == ["old", "new"]
        library.table("books").delete().in_("title", ["Grey days", "High tides"]).execute()
        as_null = library.table("books").insert(rows).execute().data
        assert [row["state"] for row in as_null] == ["old", None]

    def test_a_known_row_is_changed_or_left_alone(self, library):
        row = {"id": 1, "title": "Alpine flowers", "state": "read"}
        assert library.table("books").upsert(row).execute().data[0]["state"] == "read"
        assert library.table("books").upsert({**row, "state": "lost"}, ignore_duplicates=True).execute().data == []
        by_title = {"title": "Alpine flowers", "state": "found"}
        assert library.table("books").upsert(by_title, on_conflict="title").execute().data[0]["id"] == 1

    def test_rows_are_changed_and_removed_where_the_filters_say(self, library):
        changed = library.table("books").update({"state": "old"}, count=CountMethod.exact).eq("author_id", 1).execute()
        assert (sorted(ids(changed)), changed.count) == ([1, 2], 2)
        assert library.table("books").update({"state": "x"}).eq("id", 99).execute().data == []
        removed = library.table("books").delete(count=CountMethod.exact).eq("id", 4).execute()
        assert (ids(removed), removed.count) == ([4], 1)

    def test_a_write_can_be_held_to_few_rows(self, library):
        with pytest.raises(APIError) as refused:
            library.table("books").update({"state": "old"}).max_affected(1).gt("id", 0).execute()
        assert refused.value.code == "PGRST124"
        assert library.table("books").select("id").eq("state", "old").execute().data == []

    def test_a_write_can_be_tried_without_consequences(self, library):
        ask = library.table("books").delete().eq("id", 3)
        ask.request.headers["prefer"] += ",tx=rollback"
        assert ids(ask.execute()) == [3]
        assert ids(books(library).eq("id", 3).execute()) == [3]


def test_functions_are_called_by_post_get_and_head(library):
    assert library.rpc("add", {"a": 2, "b": 3}).execute().data == 5
    assert library.rpc("add", {"a": 2}, get=True).execute().data == 3
    assert library.rpc("cheaper_than", {"most": 15}, head=True, count=CountMethod.exact).execute().count == 2
    assert library.rpc("first_author", {}).execute().data["name"] == "Ada Ammons"
    assert library.rpc("nothing", {}).execute().data in (None, [])


def test_the_rows_of_a_function_are_chosen_as_those_of_a_table(library):
    answer = library.rpc("cheaper_than", {"most": 15}, count=CountMethod.exact).select("id").gt("price", 5).execute()
    assert (answer.data, answer.count) == ([{"id": 1}], 1)


def test_the_product_answers_the_same_client(product):
    rows = product.table("contacts").select("id", "organization:organizations(name)").is_("deleted_at", "null").limit(3).execute().data
    assert len(rows) == 3 and all(set(row) == {"id", "organization"} for row in rows)
    made = product.table("tags").insert({"name": "From Python"}).execute().data[0]
    assert product.table("tags").delete().eq("id", made["id"]).execute().data[0]["name"] == "From Python"
