//! Fills a message of the catalogue: values, choices and plurals, nested, as ICU writes them.
//! English only: its plurals are one and other.

use std::collections::BTreeMap;

/// A value of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A count.
    Number(i64),
}

/// The values of a sentence by name.
pub type Values = BTreeMap<String, Value>;

/// The message with its values. What is not known is left out, as the window leaves it out.
pub fn fill(message: &str, values: &Values) -> String {
    let mut filled = String::new();
    write(message, values, None, &mut filled);
    filled
}

fn write(message: &str, values: &Values, counted: Option<i64>, into: &mut String) {
    let mut rest = message;
    while let Some(at) = rest.find(['{', '#']) {
        into.push_str(&rest[..at]);
        if rest[at..].starts_with('#') {
            match counted {
                Some(count) => into.push_str(&count.to_string()),
                None => into.push('#'),
            }
            rest = &rest[at + 1..];
            continue;
        }
        let (inside, after) = braced(&rest[at..]);
        argument(inside, values, counted, into);
        rest = after;
    }
    into.push_str(rest);
}

/// What stands between the first brace and its partner, and what comes after.
fn braced(text: &str) -> (&str, &str) {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (&text[1..at], &text[at + 1..]);
        }
    }
    // A brace without its partner: the catalogue's tests would have found it.
    (text.trim_start_matches('{'), "")
}

fn argument(inside: &str, values: &Values, counted: Option<i64>, into: &mut String) {
    let mut parts = inside.splitn(3, ',').map(str::trim);
    let name = parts.next().unwrap_or_default();
    match (parts.next(), parts.next()) {
        (Some("select"), Some(branches)) => {
            let chosen = chosen(name, values);
            let branch = branch(branches, &[&chosen, "other"]);
            write(branch, values, counted, into);
        }
        (Some("plural"), Some(branches)) => {
            let count = match values.get(name) {
                Some(Value::Number(count)) => *count,
                Some(Value::Text(_)) | None => 0,
            };
            let exactly = format!("={count}");
            let form = if count == 1 { "one" } else { "other" };
            write(branch(branches, &[&exactly, form, "other"]), values, Some(count), into);
        }
        _ => match values.get(name) {
            Some(Value::Text(text)) => into.push_str(text),
            Some(Value::Number(number)) => into.push_str(&number.to_string()),
            None => {}
        },
    }
}

/// What a choice goes by: `has_x` is `yes` where the value x is known.
fn chosen(name: &str, values: &Values) -> String {
    match values.get(name) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        None => {
            let known = name.strip_prefix("has_").and_then(|it| values.get(it));
            let is_there = known.is_some_and(|it| *it != Value::Text(String::new()));
            if is_there { "yes".to_owned() } else { "other".to_owned() }
        }
    }
}

/// The branch with the first of these keys that there is.
fn branch<'a>(branches: &'a str, keys: &[&str]) -> &'a str {
    let mut found = vec![None; keys.len()];
    let mut rest = branches;
    while let Some(at) = rest.find('{') {
        let key = rest[..at].trim();
        let (inside, after) = braced(&rest[at..]);
        if let Some(place) = keys.iter().position(|it| *it == key) {
            found[place].get_or_insert(inside);
        }
        rest = after;
    }
    found.into_iter().flatten().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Value, Values, fill};

    fn values(values: &[(&str, &str)]) -> Values {
        let text = |it: &str| Value::Text(it.to_owned());
        values.iter().map(|(name, value)| ((*name).to_owned(), text(value))).collect()
    }

    #[test]
    fn values_are_put_in_and_what_is_unknown_is_left_out() {
        let message = "You can’t.{has_names, select, yes { {names} can.} other { An owner can.}}";
        assert_eq!(fill(message, &values(&[("names", "Ana")])), "You can’t. Ana can.");
        assert_eq!(fill(message, &values(&[])), "You can’t. An owner can.");
        assert_eq!(fill(message, &values(&[("names", "")])), "You can’t. An owner can.");
        assert_eq!(fill("{who} left", &values(&[("who", "{Ana}")])), "{Ana} left");
    }

    #[test]
    fn plurals_count_and_nest() {
        let message = "{n, plural, =0 {None} one {# change {has, select, yes {!} other {}}was} \
                       other {# changes were}} saved.";
        let count = |n| [("n".to_owned(), Value::Number(n))].into();
        assert_eq!(fill(message, &count(0)), "None saved.");
        assert_eq!(fill(message, &count(1)), "1 change was saved.");
        assert_eq!(fill(message, &count(7)), "7 changes were saved.");
    }
}
