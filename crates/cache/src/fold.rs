//! Text without case and accents, for searching and for an order that every device agrees on.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::slip;

/// Separates name and address in a member's folded text; sorts before every other character,
/// so that "Ann" comes before "Ann Marie".
pub(crate) const SEPARATOR: char = '\u{1}';

/// The text in lower case, compatibility forms resolved, without marks.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.trim().nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'þ' => folded.push_str("th"),
            // Lower-casing can bring a mark back: İ becomes i and a dot.
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
    folded
}

/// What a member is searched and sorted by.
pub(crate) fn fold_member(name: &str, address: &str) -> String {
    let mut folded = fold(name);
    folded.push(SEPARATOR);
    folded.push_str(&fold(address));
    folded
}

/// The folded words of a query.
pub(crate) fn words(text: &str) -> Vec<String> {
    fold(text).split_whitespace().map(str::to_owned).collect()
}

/// The rank of what is found only if slips are forgiven.
pub(crate) const BY_SLIP: u8 = 5;

/// How well a name matches, the smaller the better; `None` if some word is nowhere. `more` is
/// what is searched besides: labels and the account's name.
pub(crate) fn rank(query: &str, words: &[String], name: &str, more: &str) -> Option<u8> {
    let starts_word = |text: &str, word: &str| {
        text.match_indices(word).any(|(at, _)| {
            text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
        })
    };
    let is_there = |word: &str| name.contains(word) || more.contains(word);
    let is_near = |word: &str| slip::is_near(word, name) || slip::is_near(word, more);
    if !words.iter().all(|word| is_there(word)) {
        return words.iter().all(|word| is_there(word) || is_near(word)).then_some(BY_SLIP);
    }
    Some(if name.starts_with(query) {
        0
    } else if words.iter().all(|word| starts_word(name, word)) {
        1
    } else if words.iter().all(|word| starts_word(name, word) || starts_word(more, word)) {
        2
    } else if words.iter().all(|word| name.contains(word.as_str())) {
        3
    } else {
        4
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, folded: &str) {
        assert_eq!(fold(text), folded, "of {text:?}");
    }

    #[test]
    fn accents_and_case_disappear() {
        check("Åsa Öberg", "asa oberg");
        check("José Muñoz", "jose munoz");
        check("STRASSE", "strasse");
        check("Straße", "strasse");
        check("Łukasz Żółć", "lukasz zolc");
        check("İstanbul", "istanbul");
        check("ﬁne", "fine");
        check("Søren Ærø", "soren aero");
        check("東京", "東京");
    }

    #[test]
    fn better_matches_rank_lower() {
        let of = |query: &str, name: &str, account: &str| {
            rank(&fold(query), &words(query), &fold(name), &fold(account))
        };
        assert_eq!(of("north", "Northwind", "Larch"), Some(0));
        assert_eq!(of("retail north", "Northwind Retail", "Larch"), Some(1));
        assert_eq!(of("larch north", "Northwind", "Larch Agency"), Some(2));
        assert_eq!(of("wind", "Northwind", "Larch"), Some(3));
        assert_eq!(of("arch", "Northwind", "Larch"), Some(4));
        assert_eq!(of("norhtwind", "Northwind", "Larch"), Some(BY_SLIP));
        assert_eq!(of("nord", "Westwind", "Larch"), None);
    }
}
