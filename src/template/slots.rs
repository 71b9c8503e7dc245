//! A bounded memory of values that are cheap to make again: what falls out is made anew.

use std::sync::Mutex;

/// A fixed number of slots; a key has one slot, and the last value in it stays.
pub(crate) struct Slots<V> {
    slots: Box<[Slot<V>]>,
}

/// A key and its value.
type Slot<V> = Mutex<Option<(u128, V)>>;

impl<V: Clone> Slots<V> {
    /// So many slots, all empty.
    pub(crate) fn new(n_slots: usize) -> Self {
        Self { slots: std::iter::repeat_with(Mutex::default).take(n_slots).collect() }
    }

    /// The value of a key: from its slot, or made and left there. Keys must be spread evenly, as
    /// hashes and counted numbers are.
    pub(crate) fn get(&self, key: u128, make: impl FnOnce() -> V) -> V {
        let index = key % self.slots.len() as u128;
        let slot = usize::try_from(index).ok().and_then(|index| self.slots.get(index));
        let slot = slot.expect("the remainder is smaller than the number of slots");
        let lock = || slot.lock().expect("no thread panics with the lock");
        if let Some((known, value)) = &*lock()
            && *known == key
        {
            return value.clone();
        }
        let value = make();
        *lock() = Some((key, value.clone()));
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_until_another_takes_its_slot() {
        let slots = Slots::new(2);
        let mut n_made = 0;
        let mut get = |key| {
            slots.get(key, || {
                n_made += 1;
                key
            })
        };
        assert_eq!([get(0), get(1), get(0), get(2), get(2), get(0)], [0, 1, 0, 2, 2, 0]);
        assert_eq!(n_made, 4);
    }
}
