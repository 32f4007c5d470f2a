//! The words of the window on the command line: one catalogue, so that a refusal reads the same
//! in both places.

mod catalogue;
mod message;

use std::collections::BTreeMap;

use muster_client::view::Reason;
use muster_domain::{Param, Permission, RoleSet};

pub use message::{Value, Values};

use crate::moment;

/// The sentence with this id. One that the catalogue has not is told by its id.
pub fn say(id: &str, values: &Values) -> String {
    match catalogue::find(id) {
        Some(text) => message::fill(text, values),
        None => id.to_owned(),
    }
}

/// Whether the catalogue has this id.
pub fn has(id: &str) -> bool {
    catalogue::find(id).is_some()
}

/// A rule's reason as its sentence.
pub fn reason(reason: &Reason, names: &BTreeMap<String, String>) -> String {
    let mut values = Values::new();
    for (name, param) in &reason.params {
        values.insert(name.clone(), value(param, names));
    }
    say(reason.code.key(), &values)
}

fn value(param: &Param, names: &BTreeMap<String, String>) -> Value {
    match param {
        Param::Text(text) => Value::Text(text.clone()),
        Param::Roles(set) => Value::Text(roles(*set, names)),
        Param::Permission(permission) => Value::Text(self::permission(*permission)),
        Param::Time(at) => Value::Text(moment::written(*at)),
        Param::Number(number) => Value::Number(i64::from(*number)),
    }
}

/// What a permission allows.
pub fn permission(permission: Permission) -> String {
    say(&format!("permission.{}", permission.key()), &Values::new())
}

/// The names of roles; `names` holds those of a workspace's own.
pub fn role_names(set: RoleSet, names: &BTreeMap<String, String>) -> Vec<String> {
    let named = |key: String| match names.get(&key) {
        Some(name) => name.clone(),
        None if key.starts_with("own:") => say("role.own", &Values::new()),
        None => say(&format!("role.{key}"), &Values::new()),
    };
    set.keys().map(named).collect()
}

/// The names of roles as a sentence lists them.
pub fn roles(set: RoleSet, names: &BTreeMap<String, String>) -> String {
    listed(&role_names(set, names))
}

/// Items as English lists them.
pub fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first} and {second}"),
        [init @ .., last] => format!("{}, and {last}", init.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use muster_client::view::FailureCode;
    use muster_domain::{Permission, RefusalCode, Role};

    use super::{has, listed};

    #[test]
    fn every_code_of_the_core_has_its_sentence() {
        for code in RefusalCode::ALL {
            assert!(has(code.key()), "{}", code.key());
        }
        for key in FailureCode::KEYS {
            assert!(has(key), "{key}");
        }
        for role in Role::ALL {
            assert!(has(&format!("role.{}", role.key())), "{}", role.key());
        }
        for permission in Permission::ALL {
            assert!(has(&format!("permission.{}", permission.key())), "{}", permission.key());
        }
    }

    #[test]
    fn items_are_listed_as_in_a_sentence() {
        let items = |items: &[&str]| items.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert_eq!(listed(&items(&["A"])), "A");
        assert_eq!(listed(&items(&["A", "B"])), "A and B");
        assert_eq!(listed(&items(&["A", "B", "C"])), "A, B, and C");
    }
}
