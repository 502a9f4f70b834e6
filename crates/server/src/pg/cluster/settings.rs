//! Settings of the private database, fitted to the machine.
//!
//! In: memory, how many connections. Out: `name=value` pairs for `postgres -c`.
//! Invariant: listens on a Unix socket only, and its log can be decoded for the change stream.

const MB: u64 = 1024 * 1024;

/// What the machine has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Machine {
    pub(super) memory_bytes: u64,
    /// Room for memory that processes share under a name.
    pub(super) shared_bytes: u64,
}

/// The settings for a machine.
pub(super) fn settings(machine: Machine, connections: usize) -> Vec<String> {
    let mb = machine.memory_bytes / MB;
    let sized = [
        ("shared_buffers", (mb / 4).clamp(32, 2048)),
        ("effective_cache_size", (mb / 2).max(64)),
        ("maintenance_work_mem", (mb / 16).clamp(32, 512)),
        ("work_mem", (mb / 256).clamp(4, 32)),
    ];
    let sized = sized.iter().map(|(name, mb)| format!("{name}={mb}MB"));
    let fixed = FIXED.iter().map(|pair| (*pair).to_owned());
    // Beside requests: the server's own work, the change stream, psql, autovacuum's colleagues.
    let connections = format!("max_connections={}", connections + 40);
    // Containers often have 64 MB there, which one parallel query can fill; files do instead.
    let shared = (machine.shared_bytes < 512 * MB).then(|| "dynamic_shared_memory_type=mmap".to_owned());
    sized.chain(fixed).chain([connections]).chain(shared).collect()
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

impl Machine {
    /// This one: its memory, or less in a container.
    pub(super) fn here() -> Self {
        let found = rustix::system::sysinfo();
        let machine_bytes = u64::from(found.mem_unit) * found.totalram as u64;
        let limit = std::fs::read_to_string("/sys/fs/cgroup/memory.max").ok();
        let limit_bytes = limit.and_then(|text| text.trim().parse().ok()).unwrap_or(u64::MAX);
        let shared = rustix::fs::statvfs("/dev/shm").ok();
        Self {
            memory_bytes: machine_bytes.min(limit_bytes),
            shared_bytes: shared.map_or(0, |found| found.f_blocks.saturating_mul(found.f_frsize)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(memory_mb: u64, name: &str) -> String {
        let machine = Machine { memory_bytes: memory_mb * MB, shared_bytes: 1024 * MB };
        let all = settings(machine, 16);
        all.iter().find_map(|pair| pair.strip_prefix(&format!("{name}="))).unwrap().to_owned()
    }

    #[test]
    fn a_small_machine_is_not_crowded_and_a_large_one_not_filled() {
        assert_eq!(value(512, "shared_buffers"), "128MB");
        assert_eq!(value(64 * 1024, "shared_buffers"), "2048MB");
        assert_eq!(value(512, "work_mem"), "4MB");
        assert_eq!(value(512, "max_connections"), "56");
    }

    #[test]
    fn little_room_for_shared_memory_is_not_relied_on() {
        let machine = Machine { memory_bytes: 4096 * MB, shared_bytes: 64 * MB };
        assert!(settings(machine, 16).contains(&"dynamic_shared_memory_type=mmap".to_owned()));
        let roomy = Machine { shared_bytes: 2048 * MB, ..machine };
        assert!(!settings(roomy, 16).iter().any(|pair| pair.starts_with("dynamic_shared_memory_type")));
    }
}
