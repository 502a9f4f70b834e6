//! Claims about frames.

use bytes::Bytes;
use proptest::prelude::*;

use super::*;

fn json(incoming: &Incoming) -> &str {
    match &incoming.payload {
        Payload::Json(payload) | Payload::Broadcast { body: Body::Json(payload), .. } => payload.get(),
        Payload::Broadcast { .. } => "",
    }
}

#[test]
fn both_versions_say_the_same() {
    let one = r#"{"topic":"realtime:r","event":"phx_join","payload":{"a":1},"ref":"6","join_ref":"6"}"#;
    let two = r#"["6","6","realtime:r","phx_join",{"a":1}]"#;
    for (version, text) in [(Version::One, one), (Version::Two, two)] {
        let incoming = read_text(version, text).unwrap();
        assert_eq!((incoming.topic.as_str(), incoming.event.as_str()), ("realtime:r", "phx_join"));
        assert_eq!((incoming.reference.as_deref(), incoming.join_ref.as_deref()), (Some("6"), Some("6")));
        assert_eq!(json(&incoming), r#"{"a":1}"#);
    }
    let heartbeat = read_text(Version::Two, r#"[null,"7","phoenix","heartbeat",{}]"#).unwrap();
    assert_eq!((heartbeat.join_ref, heartbeat.reference.as_deref()), (None, Some("7")));
}

#[test]
fn a_reply_is_written_in_the_clients_version() {
    let address = Address { join_ref: None, reference: Some("7"), topic: "ph\"x", event: "phx_reply" };
    assert_eq!(&*write_text(Version::Two, address, &["{", "}"]), r#"[null,"7","ph\"x","phx_reply",{}]"#);
    assert_eq!(
        &*write_text(Version::One, address, &["{}"]),
        r#"{"ref":"7","topic":"ph\"x","event":"phx_reply","payload":{}}"#
    );
}

#[test]
fn a_binary_broadcast_is_read() {
    let mut frame = vec![3, 1, 2, 11, 3, 0, 1];
    frame.extend_from_slice(b"610realtime:r1cur{\"hi\":1}");
    let incoming = read_binary(&Bytes::from(frame)).unwrap();
    assert_eq!((incoming.join_ref.as_deref(), incoming.reference.as_deref()), (Some("6"), Some("10")));
    assert_eq!((incoming.topic.as_str(), incoming.event.as_str()), ("realtime:r1", "broadcast"));
    assert_eq!(json(&incoming), r#"{"hi":1}"#);
    assert!(matches!(&incoming.payload, Payload::Broadcast { event, .. } if event == "cur"));
}

#[test]
fn raw_bytes_travel_in_a_binary_frame() {
    let frame = write_binary("realtime:r", "cur", &[0, 255]).unwrap();
    assert_eq!(&frame[..], b"\x04\x0a\x03\x00\x00realtime:rcur\x00\xff");
    assert_eq!(write_binary(&"x".repeat(256), "cur", &[]), None);
}

#[test]
fn a_version_is_known_or_refused() {
    assert_eq!(Version::parse(None), Some(Version::One));
    assert_eq!(Version::parse(Some("2.0.0")), Some(Version::Two));
    assert_eq!(Version::parse(Some("3.0.0")), None);
}

proptest! {
    #[test]
    fn any_bytes_are_a_frame_or_not(bytes in prop::collection::vec(any::<u8>(), 0..64), text in ".{0,64}") {
        let _ = read_binary(&Bytes::from(bytes.clone()));
        let mut third = vec![3];
        third.extend(bytes);
        let _ = read_binary(&Bytes::from(third));
        let _ = read_text(Version::One, &text);
        let _ = read_text(Version::Two, &text);
    }

    #[test]
    fn what_is_written_is_json(topic in ".{0,30}", reference in prop::option::of(".{0,9}")) {
        let address = Address { join_ref: None, reference: reference.as_deref(), topic: &topic, event: "e" };
        for version in [Version::One, Version::Two] {
            let text = write_text(version, address, &["{}"]);
            let read = read_text(version, &text).unwrap();
            prop_assert_eq!((&read.topic, &read.reference), (&topic, &reference));
        }
    }
}
