//! What planning a list costs: allocations, counted, against their ceiling in bench/budgets.toml.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failing test may say so by panicking"
)]
#![expect(unsafe_code, reason = "an allocator that counts passes every call on to the system's")]

#[path = "../it/fixture.rs"]
mod fixture;
mod list;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

use query::plan_read;

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator, counting what this thread asks for.
struct Counting;

// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller keeps the promises of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the promises of `dealloc`.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller keeps the promises of `realloc`.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn planning_a_list_stays_below_its_ceiling() {
    let catalog = fixture::catalog();
    let allocations = list::with_request(|request| {
        let before = ALLOCATIONS.get();
        black_box(plan_read(catalog, black_box(request)).unwrap());
        ALLOCATIONS.get() - before
    });
    let ceiling = list::ceiling("list_allocations_count");
    assert!(allocations <= ceiling, "{allocations} allocations, {ceiling} allowed");
}
