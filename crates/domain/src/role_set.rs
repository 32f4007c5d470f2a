//! The roles that one member holds: built-in ones and the workspace's own (R5, C-7).
//!
//! A workspace numbers its own roles by *slots*, so that a set of roles stays one small number
//! that rows, indexes and messages carry; what a slot gives stands in [`OwnRoles`].

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::permission::PermissionSet;
use crate::role::Role;

/// How many roles of its own a workspace can have at a time.
pub const OWN_ROLES: u8 = 16;

/// Where the own roles begin among the bits of a [`RoleSet`].
const FIRST_OWN: u32 = 16;

/// What the own roles of one workspace give, by slot. A slot without a role gives nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnRoles {
    taken: u16,
    permissions: [PermissionSet; OWN_ROLES as usize],
}

impl OwnRoles {
    /// A workspace without roles of its own.
    pub const NONE: Self =
        Self { taken: 0, permissions: [PermissionSet::NONE; OWN_ROLES as usize] };

    /// The same with one more role, or with another meaning of a slot. A slot that is none
    /// changes nothing.
    #[must_use]
    pub fn with(mut self, slot: u8, permissions: PermissionSet) -> Self {
        if let Some(place) = self.permissions.get_mut(usize::from(slot)) {
            *place = permissions;
            self.taken |= 1 << slot;
        }
        self
    }

    /// Whether a role stands in the slot.
    pub const fn has(&self, slot: u8) -> bool {
        slot < OWN_ROLES && self.taken & (1 << slot) != 0
    }

    /// What the role in the slot gives.
    pub fn permissions(&self, slot: u8) -> PermissionSet {
        if self.has(slot) { self.permissions[usize::from(slot)] } else { PermissionSet::NONE }
    }

    /// The first slot without a role.
    pub fn free_slot(&self) -> Option<u8> {
        (0..OWN_ROLES).find(|slot| !self.has(*slot))
    }

    /// The taken slots in their order.
    pub fn slots(&self) -> impl Iterator<Item = u8> {
        (0..OWN_ROLES).filter(|slot| self.has(*slot))
    }
}

/// The roles of one membership. Rights are their union (C-7).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RoleSet(u32);

impl RoleSet {
    /// No role.
    pub const NONE: Self = Self(0);

    /// The set of the given built-in roles.
    pub const fn of(roles: &[Role]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < roles.len() {
            bits |= 1 << roles[index] as u32;
            index += 1;
        }
        Self(bits)
    }

    /// The set of one own role; a slot that is none gives the empty set.
    pub const fn own(slot: u8) -> Self {
        if slot < OWN_ROLES { Self(1 << (FIRST_OWN + slot as u32)) } else { Self::NONE }
    }

    /// Everything in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in this set and not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The set as one number: bit `i` stands for `Role::ALL[i]`, bit `16 + i` for slot `i`.
    pub const fn to_bits(self) -> u32 {
        self.0
    }

    /// The set kept as this number; bits that stand for no role are an error.
    pub const fn from_bits(bits: u32) -> Option<Self> {
        let built_in = bits & 0xffff;
        if built_in >> Role::ALL.len() == 0 { Some(Self(bits)) } else { None }
    }

    /// Whether the built-in role is in the set.
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u32) != 0
    }

    /// Whether the own role of this slot is in the set.
    pub const fn has_own(self, slot: u8) -> bool {
        slot < OWN_ROLES && self.0 & (1 << (FIRST_OWN + slot as u32)) != 0
    }

    /// How many roles are in the set.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether nothing is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The built-in roles in the order in which they are shown.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |role| self.has(*role))
    }

    /// The slots of the own roles in their order.
    pub fn iter_own(self) -> impl Iterator<Item = u8> {
        (0..OWN_ROLES).filter(move |slot| self.has_own(*slot))
    }

    /// Each role of the set as a set of its own, built-in ones first.
    pub fn each(self) -> impl Iterator<Item = RoleSet> {
        self.iter().map(|role| Self::of(&[role])).chain(self.iter_own().map(Self::own))
    }

    /// The union of the roles' permissions (R1).
    pub fn permissions(self, own: &OwnRoles) -> PermissionSet {
        let built_in =
            self.iter().fold(PermissionSet::NONE, |set, role| set.union(role.permissions()));
        self.iter_own().fold(built_in, |set, slot| set.union(own.permissions(slot)))
    }

    /// The stable keys of the roles: `write`, `own:3`.
    pub fn keys(self) -> impl Iterator<Item = String> {
        let own = self.iter_own().map(|slot| format!("own:{slot}"));
        self.iter().map(|role| role.key().to_owned()).chain(own)
    }

    /// The set of the one role with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        match key.strip_prefix("own:") {
            Some(slot) => {
                let slot = slot.parse().ok()?;
                (slot < OWN_ROLES).then(|| Self::own(slot))
            }
            None => Role::from_key(key).map(|role| Self::of(&[role])),
        }
    }
}

impl fmt::Debug for RoleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.keys()).finish()
    }
}

impl FromIterator<Role> for RoleSet {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::NONE, |set, role| set.union(Self::of(&[role])))
    }
}

impl FromIterator<RoleSet> for RoleSet {
    fn from_iter<I: IntoIterator<Item = RoleSet>>(sets: I) -> Self {
        sets.into_iter().fold(Self::NONE, Self::union)
    }
}

impl Serialize for RoleSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.keys())
    }
}

impl<'de> Deserialize<'de> for RoleSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<String>::deserialize(deserializer)?
            .iter()
            .map(|key| Self::from_key(key).ok_or_else(|| de::Error::custom("no such role")))
            .collect()
    }
}
