//! The catalog that the planner is tested against, read from `catalog.txt`.

use std::sync::OnceLock;

use schema::{
    Argument, Catalog, Column, ComputedRelationship, ForeignKey, Function, Index, IndexKey, Relation, RelationKind,
    Representation, Returns, Volatility,
};

/// The catalog; made once.
pub(crate) fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| read(include_str!("catalog.txt")))
}

fn read(text: &str) -> Catalog {
    let mut catalog = Catalog { schemas: vec![String::from("public")], ..Catalog::default() };
    let mut keys = Vec::new();
    let mut table = String::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if matches!(words[0], "table" | "view") {
            table = words[1].to_owned();
            let kind = if words[0] == "table" { RelationKind::Table } else { RelationKind::View };
            let relation = Relation { kind, ..relation(&table) };
            catalog.relations.insert((String::from("public"), table.clone()), relation);
            continue;
        }
        if words[0] == "computed" {
            catalog.computed.push(computed(&words[1..]));
            continue;
        }
        if words[0] == "function" {
            catalog.functions.push(function(&words[1..]));
            continue;
        }
        let relation = catalog.relations.get_mut(&(String::from("public"), table.clone())).unwrap();
        match words[0] {
            "column" => relation.columns.push(column(&words[1..])),
            "key" => {
                relation.primary_key = owned(&words[1..]);
                relation.unique_keys.push(owned(&words[1..]));
            }
            "index" => relation.indexes.push(index(&words[1..])),
            "unique" => relation.unique_keys.push(owned(&words[1..])),
            "references" => keys.push(ForeignKey {
                name: words[1].to_owned(),
                schema: String::from("public"),
                relation: table.clone(),
                columns: owned(&words[2].split(',').collect::<Vec<_>>()),
                target_schema: String::from("public"),
                target: words[3].to_owned(),
                target_columns: owned(&words[4].split(',').collect::<Vec<_>>()),
                one_to_one: words.get(5) == Some(&"one-to-one"),
            }),
            other => panic!("{other}"),
        }
    }
    catalog.foreign_keys = keys.into();
    catalog
}

fn relation(name: &str) -> Relation {
    Relation {
        oid: 0,
        schema: String::from("public"),
        name: name.to_owned(),
        kind: RelationKind::Table,
        columns: Vec::new(),
        primary_key: Vec::new(),
        unique_keys: Vec::new(),
        indexes: Vec::new(),
        whole_cost: 1_000_000,
        row_security: true,
        insertable: true,
        updatable: true,
        deletable: true,
        comment: None,
    }
}

/// Name, method, keys, and what its rows must fulfil.
fn index(words: &[&str]) -> Index {
    let (keys, predicate) = match words.iter().position(|word| *word == "where") {
        Some(at) => (&words[2..at], Some(words[at + 1..].join(" "))),
        None => (&words[2..], None),
    };
    let key = |text: &&str| match (text.split_once("->>"), text.split_once("->")) {
        (Some((column, key)), _) => member(column, key, true),
        (None, Some((column, key))) => member(column, key, false),
        (None, None) => IndexKey::Column((*text).to_owned()),
    };
    Index { name: words[0].to_owned(), method: words[1].to_owned(), keys: keys.iter().map(key).collect(), predicate }
}

fn member(column: &str, key: &str, as_text: bool) -> IndexKey {
    IndexKey::Member { column: column.to_owned(), key: key.to_owned(), as_text }
}

fn column(words: &[&str]) -> Column {
    let sql_type = words[1].replace('_', " ");
    let flag = words.get(2).copied();
    let type_name = match sql_type.as_str() {
        "integer" => "int4",
        "timestamp with time zone" => "timestamptz",
        "text[]" => "_text",
        other => other.split('(').next().unwrap(),
    };
    Column {
        name: words[0].to_owned(),
        type_name: type_name.to_owned(),
        nullable: true,
        has_default: matches!(flag, Some("default" | "domain")),
        default_sql: matches!(flag, Some("default" | "domain")).then(|| words[3..].join(" ")),
        generated: matches!(flag, Some("generated" | "search")),
        search: flag == Some("search"),
        search_sources: if flag == Some("search") { owned(&words[3..]) } else { Vec::new() },
        enum_values: Vec::new(),
        max_length: None,
        representation: if flag == Some("domain") { representation(&sql_type) } else { Representation::default() },
        comment: None,
        sql_type,
    }
}

/// The functions behind the casts of a domain.
fn representation(domain: &str) -> Representation {
    Representation {
        to_json: Some(format!("public.{domain}_to_json")),
        from_json: Some(format!("public.json_to_{domain}")),
        from_text: Some(format!("public.text_to_{domain}")),
    }
}

/// `name relation target`, and `one` when there is at most one row.
fn computed(words: &[&str]) -> ComputedRelationship {
    ComputedRelationship {
        schema: String::from("public"),
        name: words[0].to_owned(),
        relation_schema: String::from("public"),
        relation: words[1].to_owned(),
        target_schema: String::from("public"),
        target: words[2].to_owned(),
        to_one: words.get(3) == Some(&"one"),
    }
}

/// `name argument:type… returns kind volatility`; `?` marks an optional argument, `variadic:` the last one.
fn function(words: &[&str]) -> Function {
    let split = words.iter().position(|word| *word == "returns").unwrap();
    let arguments = words[1..split]
        .iter()
        .map(|word| {
            let variadic = word.starts_with("variadic:");
            let (name, sql_type) = word.trim_start_matches("variadic:").split_once(':').unwrap();
            Argument {
                name: name.to_owned(),
                sql_type: sql_type.trim_end_matches('?').to_owned(),
                required: !sql_type.ends_with('?'),
                variadic,
            }
        })
        .collect::<Vec<_>>();
    let relation = |set| Returns::Relation { schema: String::from("public"), name: words[split + 2].to_owned(), set };
    Function {
        schema: String::from("public"),
        name: words[0].to_owned(),
        variadic: arguments.iter().any(|argument| argument.variadic),
        arguments,
        returns: match words[split + 1] {
            "void" => Returns::Void,
            "scalar" => Returns::Scalar { set: false },
            "setof-scalar" => Returns::Scalar { set: true },
            "composite" => Returns::Composite { set: true },
            "setof" => relation(true),
            _ => relation(false),
        },
        volatility: match words.last() {
            Some(&"volatile") => Volatility::Volatile,
            Some(&"stable") => Volatility::Stable,
            _ => Volatility::Immutable,
        },
        settings: Vec::new(),
        comment: None,
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
