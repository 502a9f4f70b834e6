//! Every refusal with its exact body.

use expect_test::expect;

use crate::ask::refused;

#[test]
fn a_filter_without_operator_says_where_it_stops() {
    refused(
        "GET /stages?name=xx",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected \"x\" expecting \"not\" or operator (eq, gt, ...)","hint":null,"message":"\"failed to parse filter (xx)\" (line 1, column 1)"}"#
        ]],
    );
    refused(
        "GET /stages?name=not.xx.1",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected \"x\" expecting operator (eq, gt, ...)","hint":null,"message":"\"failed to parse filter (not.xx.1)\" (line 1, column 5)"}"#
        ]],
    );
    refused(
        "GET /stages?name=eq",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected end of input expecting operator (eq, gt, ...)","hint":null,"message":"\"failed to parse filter (eq)\" (line 1, column 3)"}"#
        ]],
    );
    refused(
        "GET /stages?name=is.nul",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected end of input expecting isVal: (null, not_null, true, false, unknown)","hint":null,"message":"\"failed to parse filter (is.nul)\" (line 1, column 7)"}"#
        ]],
    );
    refused(
        "GET /stages?name=in.(a,b",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected end of input expecting \",\" or \")\"","hint":null,"message":"\"failed to parse filter (in.(a,b)\" (line 1, column 8)"}"#
        ]],
    );
    refused(
        "GET /stages?name=in.\"a\"",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected \"\\\"\" expecting \"(\"","hint":null,"message":"\"failed to parse filter (in.\"a\")\" (line 1, column 4)"}"#
        ]],
    );
}

#[test]
fn a_malformed_select_order_tree_or_list_says_where_it_stops() {
    refused(
        "GET /stages?select=id,,name",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected \",\" expecting \"...\", field name (* or [a..z0..9_$]), \"*\" or \"count()\"","hint":null,"message":"\"failed to parse select parameter (id,,name)\" (line 1, column 4)"}"#
        ]],
    );
    refused(
        "GET /stages?select=id,pipelines(name",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected end of input expecting letter, digit, \"-\", \"->>\", \"->\", \"::\", \".\", \")\", \",\" or end of input","hint":null,"message":"\"failed to parse select parameter (id,pipelines(name)\" (line 1, column 18)"}"#
        ]],
    );
    refused(
        "GET /stages?select=x::numeric(2)",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected '(' expecting letter, digit, \".\", \"::\", \")\", \",\" or end of input","hint":null,"message":"\"failed to parse select parameter (x::numeric(2))\" (line 1, column 11)"}"#
        ]],
    );
    refused(
        "GET /stages?order=name.down",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected \"d\" expecting \"asc\", \"desc\", \"nullsfirst\" or \"nullslast\"","hint":null,"message":"\"failed to parse order (name.down)\" (line 1, column 6)"}"#
        ]],
    );
    refused(
        "GET /stages?or=(name.eq.1",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected end of input expecting \",\" or \")\"","hint":null,"message":"\"failed to parse logic tree ((name.eq.1)\" (line 1, column 13)"}"#
        ]],
    );
    refused(
        "GET /stages?or=name.eq.1",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected \"n\" expecting \"(\"","hint":null,"message":"\"failed to parse logic tree (name.eq.1)\" (line 1, column 3)"}"#
        ]],
    );
    refused(
        "GET /stages?or=(name.xx.1)",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected \"x\" expecting \"not\" or operator (eq, gt, ...)","hint":null,"message":"\"failed to parse logic tree ((name.xx.1))\" (line 1, column 9)"}"#
        ]],
    );
    refused(
        "GET /stages?or=()",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected \")\" expecting field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, or)","hint":null,"message":"\"failed to parse logic tree (())\" (line 1, column 4)"}"#
        ]],
    );
    refused(
        "POST /stages?columns=a,,b\n\n[]",
        expect![[
            r#"400 {"code":"PGRST100","details":"unexpected \",\" expecting field name (* or [a..z0..9_$])","hint":null,"message":"\"failed to parse columns parameter (a,,b)\" (line 1, column 3)"}"#
        ]],
    );
}

#[test]
fn unknown_tables_functions_and_columns_come_with_a_guess() {
    refused(
        "GET /contact",
        expect![[
            r#"404 {"code":"PGRST205","details":null,"hint":"Perhaps you meant the table 'public.contacts'","message":"Could not find the table 'public.contact' in the schema cache"}"#
        ]],
    );
    refused(
        "GET /xyz",
        expect![[
            r#"404 {"code":"PGRST205","details":null,"hint":null,"message":"Could not find the table 'public.xyz' in the schema cache"}"#
        ]],
    );
    refused(
        "POST /contacts\n\n{\"frist_name\":1}",
        expect![[
            r#"400 {"code":"PGRST204","details":null,"hint":null,"message":"Could not find the 'frist_name' column of 'contacts' in the schema cache"}"#
        ]],
    );
    refused(
        "POST /rpc/ad\n\n{\"a\":1}",
        expect![[
            r#"404 {"code":"PGRST202","details":"Searched for the function public.ad with parameter a or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.","hint":"Perhaps you meant to call the function public.add","message":"Could not find the function public.ad(a) in the schema cache"}"#
        ]],
    );
    refused(
        "POST /rpc/add\n\n{\"a\":1,\"c\":1}",
        expect![[
            r#"404 {"code":"PGRST202","details":"Searched for the function public.add with parameters a, c or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.","hint":"Perhaps you meant to call the function public.add(a, b)","message":"Could not find the function public.add(a, c) in the schema cache"}"#
        ]],
    );
    refused(
        "GET /rpc/add",
        expect![[
            r#"404 {"code":"PGRST202","details":"Searched for the function public.add without parameters, but no matches were found in the schema cache.","hint":null,"message":"Could not find the function public.add without parameters in the schema cache"}"#
        ]],
    );
    refused(
        "POST /rpc/zzz",
        expect![[
            r#"404 {"code":"PGRST202","details":"Searched for the function public.zzz without parameters or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.","hint":null,"message":"Could not find the function public.zzz without parameters in the schema cache"}"#
        ]],
    );
    refused(
        "POST /rpc/pick\n\n{\"a\":1}",
        expect![[
            r#"300 {"code":"PGRST203","details":null,"hint":"Try renaming the parameters or the function itself in the database so function overloading can be resolved","message":"Could not choose the best candidate function between: public.pick(a => integer), public.pick(a => text)"}"#
        ]],
    );
}

#[test]
fn embeds_need_one_relationship() {
    refused(
        "GET /contacts?select=organization(id)",
        expect![[
            r#"400 {"code":"PGRST200","details":"Searched for a foreign key relationship between 'contacts' and 'organization' in the schema 'public', but no matches were found.","hint":"Perhaps you meant 'organizations' instead of 'organization'.","message":"Could not find a relationship between 'contacts' and 'organization' in the schema cache"}"#
        ]],
    );
    refused(
        "GET /contacts?select=stages(id)",
        expect![[
            r#"400 {"code":"PGRST200","details":"Searched for a foreign key relationship between 'contacts' and 'stages' in the schema 'public', but no matches were found.","hint":"Perhaps you meant 'workspaces' instead of 'stages'.","message":"Could not find a relationship between 'contacts' and 'stages' in the schema cache"}"#
        ]],
    );
    refused(
        "GET /contacts?select=organizations!nope(id)",
        expect![[
            r#"400 {"code":"PGRST200","details":"Searched for a foreign key relationship between 'contacts' and 'organizations' using the hint 'nope' in the schema 'public', but no matches were found.","hint":null,"message":"Could not find a relationship between 'contacts' and 'organizations' in the schema cache"}"#
        ]],
    );
    refused(
        "GET /shipments?select=places(id)",
        expect![[
            r#"300 {"code":"PGRST201","details":[{"cardinality":"many-to-one","embedding":"shipments with places","relationship":"shipments_from_id_fkey using shipments(from_id) and places(id)"},{"cardinality":"many-to-one","embedding":"shipments with places","relationship":"shipments_to_id_fkey using shipments(to_id) and places(id)"}],"hint":"Try changing 'places' to one of the following: 'places!shipments_from_id_fkey', 'places!shipments_to_id_fkey'. Find the desired relationship in the 'details' key.","message":"Could not embed because more than one relationship was found for 'shipments' and 'places'"}"#
        ]],
    );
    refused(
        "GET /memberships?select=teams(id)",
        expect![[
            r#"300 {"code":"PGRST201","details":[{"cardinality":"one-to-many","embedding":"memberships with teams","relationship":"teams_manager_user_id_fkey using memberships(workspace_id, user_id) and teams(workspace_id, manager_user_id)"},{"cardinality":"many-to-one","embedding":"memberships with teams","relationship":"memberships_team_id_fkey using memberships(workspace_id, team_id) and teams(workspace_id, id)"}],"hint":"Try changing 'teams' to one of the following: 'teams!teams_manager_user_id_fkey', 'teams!memberships_team_id_fkey'. Find the desired relationship in the 'details' key.","message":"Could not embed because more than one relationship was found for 'memberships' and 'teams'"}"#
        ]],
    );
}

#[test]
fn embeds_must_be_selected_to_be_filtered() {
    refused(
        "GET /contacts?organizations.name=eq.x",
        expect![[
            r#"400 {"code":"PGRST108","details":null,"hint":"Verify that 'organizations' is included in the 'select' query parameter.","message":"'organizations' is not an embedded resource in this request"}"#
        ]],
    );
    refused(
        "GET /contacts?select=id,organizations()&order=nope(name)",
        expect![[
            r#"400 {"code":"PGRST108","details":null,"hint":"Verify that 'nope' is included in the 'select' query parameter.","message":"'nope' is not an embedded resource in this request"}"#
        ]],
    );
    refused(
        "GET /organizations?select=id,contacts(id)&order=contacts(name)",
        expect![[
            r#"400 {"code":"PGRST118","details":"'organizations' and 'contacts' do not form a many-to-one or one-to-one relationship","hint":null,"message":"A related order on 'contacts' is not possible"}"#
        ]],
    );
    refused(
        "GET /contacts?select=id,organizations(id)&organizations=eq.1",
        expect![[
            r#"400 {"code":"PGRST120","details":"Only is null or not is null filters are allowed on embedded resources","hint":null,"message":"Bad operator on the 'organizations' embedded resource"}"#
        ]],
    );
}

#[test]
fn bodies_must_fit() {
    refused(
        "POST /stages\n\n",
        expect![[r#"400 {"code":"PGRST102","details":null,"hint":null,"message":"Empty or invalid json"}"#]],
    );
    refused(
        "POST /stages\n\n{\"a\"",
        expect![[r#"400 {"code":"PGRST102","details":null,"hint":null,"message":"Empty or invalid json"}"#]],
    );
    refused(
        "POST /stages\n\n[1]",
        expect![[r#"400 {"code":"PGRST102","details":null,"hint":null,"message":"All object keys must match"}"#]],
    );
    refused(
        "POST /stages\n\n[{\"name\":1},{\"key\":1}]",
        expect![[r#"400 {"code":"PGRST102","details":null,"hint":null,"message":"All object keys must match"}"#]],
    );
    refused(
        "POST /stages\nContent-Type: text/csv\n\nname,key\n1\n",
        expect![[
            r#"400 {"code":"PGRST102","details":null,"hint":null,"message":"All lines must have same number of fields"}"#
        ]],
    );
    refused(
        "POST /stages\nContent-Type: text/csv\n\n",
        expect![[
            r#"400 {"code":"PGRST102","details":null,"hint":null,"message":"parse error (not enough input) at \"\""}"#
        ]],
    );
    refused(
        "POST /stages\nContent-Type: text/plain\n\nx",
        expect![[
            r#"400 {"code":"PGRST102","details":null,"hint":null,"message":"Content-Type not acceptable: text/plain"}"#
        ]],
    );
}

#[test]
fn preferences_types_and_ranges_must_be_known() {
    refused(
        "GET /stages\nPrefer: handling=strict, count=all, foo",
        expect![[
            r#"400 {"code":"PGRST122","details":"Invalid preferences: count=all, foo","hint":null,"message":"Invalid preferences given with handling=strict"}"#
        ]],
    );
    refused(
        "GET /stages\nAccept: text/html, image/png",
        expect![[
            r#"406 {"code":"PGRST107","details":null,"hint":null,"message":"None of these media types are available: text/html, image/png"}"#
        ]],
    );
    refused(
        "GET /stages?limit=-1",
        expect![[
            r#"416 {"code":"PGRST103","details":"Limit should be greater than or equal to zero.","hint":null,"message":"Requested range not satisfiable"}"#
        ]],
    );
    refused(
        "GET /stages\nRange: 9-1",
        expect![[
            r#"416 {"code":"PGRST103","details":"The lower boundary must be lower than or equal to the upper boundary in the Range header.","hint":null,"message":"Requested range not satisfiable"}"#
        ]],
    );
    refused(
        "GET /opportunities?select=amount.sum()",
        expect![[
            r#"400 {"code":"PGRST123","details":null,"hint":null,"message":"Use of aggregate functions is not allowed"}"#
        ]],
    );
    refused(
        "GET /organizations?select=id,...contacts(count)",
        expect![[
            r#"400 {"code":"PGRST127","details":"Aggregates are not implemented for one-to-many or many-to-many spreads.","hint":null,"message":"Feature not implemented"}"#
        ]],
    );
    refused(
        "POST /rpc/first_place\nPrefer: handling=strict, max-affected=1",
        expect![[
            r#"400 {"code":"PGRST128","details":null,"hint":null,"message":"Function must return SETOF or TABLE when max-affected preference is used with handling=strict"}"#
        ]],
    );
}

#[test]
fn a_put_names_one_row_by_its_key() {
    refused(
        "PUT /places?name=eq.x\n\n{\"id\":1}",
        expect![[
            r#"405 {"code":"PGRST105","details":null,"hint":null,"message":"Filters must include all and only primary key columns with 'eq' operators"}"#
        ]],
    );
    refused(
        "PUT /places\n\n{\"id\":1}",
        expect![[
            r#"405 {"code":"PGRST105","details":null,"hint":null,"message":"Filters must include all and only primary key columns with 'eq' operators"}"#
        ]],
    );
    refused(
        "PUT /places?id=eq.1&limit=1\n\n{\"id\":1}",
        expect![[
            r#"400 {"code":"PGRST114","details":null,"hint":null,"message":"limit/offset querystring parameters are not allowed for PUT"}"#
        ]],
    );
    refused(
        "PUT /places?id=eq.1\n\n{\"name\":\"x\"}",
        expect![[
            r#"400 {"code":"PGRST115","details":null,"hint":null,"message":"Payload values do not match URL in primary key column(s)"}"#
        ]],
    );
}
