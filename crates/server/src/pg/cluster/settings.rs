//! Settings of the private database, fitted to the machine.
//!
//! In: memory, how many connections. Out: `name=value` pairs for `postgres -c`.
//! Invariant: listens on a Unix socket only, and its log can be decoded for the change stream.

const MB: u64 = 1024 * 1024;

/// The settings for a machine with this much memory.
pub(super) fn settings(memory_bytes: u64, connections: usize) -> Vec<String> {
    let mb = memory_bytes / MB;
    let sized = [
        ("shared_buffers", (mb / 4).clamp(32, 2048)),
        ("effective_cache_size", (mb / 2).max(64)),
        ("maintenance_work_mem", (mb / 16).clamp(32, 512)),
        ("work_mem", (mb / 256).clamp(4, 32)),
    ];
    let sized = sized.iter().map(|(name, mb)| format!("{name}={mb}MB"));
    let fixed = FIXED.iter().map(|pair| (*pair).to_owned());
    // Beside requests: the server's own work, the change stream, psql, autovacuum's colleagues.
    sized.chain(fixed).chain([format!("max_connections={}", connections + 40)]).collect()
}

const FIXED: &[&str] = &[
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "cluster_name=rapport",
    "timezone=UTC",
    "log_timezone=UTC",
    "wal_level=logical",
    "max_wal_senders=10",
    "max_replication_slots=10",
    // A forgotten slot must not fill the disk.
    "max_slot_wal_keep_size=2GB",
    "wal_compression=on",
    "max_wal_size=2GB",
    "min_wal_size=128MB",
    // An abandoned transaction would hold up the change stream's slot and every vacuum.
    "idle_in_transaction_session_timeout=60s",
    "random_page_cost=1.1",
    "jit=off",
    "autovacuum_vacuum_scale_factor=0.05",
    "autovacuum_vacuum_insert_scale_factor=0.05",
    "autovacuum_analyze_scale_factor=0.02",
];

/// The memory this process may use: the machine's, or less in a container.
pub(super) fn memory_bytes() -> u64 {
    let machine = rustix::system::sysinfo();
    let machine_bytes = u64::from(machine.mem_unit) * machine.totalram as u64;
    let limit = std::fs::read_to_string("/sys/fs/cgroup/memory.max").ok();
    let limit_bytes = limit.and_then(|text| text.trim().parse().ok()).unwrap_or(u64::MAX);
    machine_bytes.min(limit_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(memory_mb: u64, name: &str) -> String {
        let all = settings(memory_mb * MB, 16);
        all.iter().find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap().to_owned()
    }

    #[test]
    fn a_small_machine_is_not_crowded_and_a_large_one_not_filled() {
        assert_eq!(value(512, "shared_buffers"), "128MB");
        assert_eq!(value(64 * 1024, "shared_buffers"), "2048MB");
        assert_eq!(value(512, "work_mem"), "4MB");
        assert_eq!(value(512, "max_connections"), "56");
    }
}
