//! Small slips of the hand: a letter too many, too few, wrong, or two of them the other way
//! round (ui.md 4.1). Only the beginning of a word has to be typed.

/// How many slips a word of this length may have. Short words would match everything.
const fn allowed(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Whether the typed word is the beginning of some word of the text, but for small slips.
pub(crate) fn is_near(typed: &str, text: &str) -> bool {
    let typed: Vec<char> = typed.chars().collect();
    let most = allowed(typed.len());
    most > 0
        && text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .any(|word| slips(&typed, word) <= most)
}

/// How many slips lie between the typed word and the nearest beginning of a word.
fn slips(typed: &[char], word: &str) -> usize {
    // No beginning that is longer than this can be near.
    let word: Vec<char> = word.chars().take(typed.len() + 2).collect();
    // One row for each letter of the word, one column for each typed one.
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=typed.len()).collect();
    let mut nearest = row[typed.len()];
    for (at, letter) in word.iter().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(at + 1);
        for (column, own) in typed.iter().enumerate() {
            let swap = usize::from(own != letter);
            let mut least = (row[column] + swap).min(row[column + 1] + 1).min(next[column] + 1);
            let is_turned =
                at > 0 && column > 0 && *own == word[at - 1] && typed[column - 1] == *letter;
            if is_turned {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        nearest = nearest.min(next[typed.len()]);
        before = std::mem::replace(&mut row, next);
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::is_near;

    fn check(typed: &str, text: &str, near: bool) {
        assert_eq!(is_near(typed, text), near, "{typed:?} in {text:?}");
    }

    #[test]
    fn u29_small_slips_of_the_hand_are_forgiven() {
        check("nortwhind", "northwind retail", true);
        check("nothwind", "northwind retail", true);
        check("northhwind", "northwind retail", true);
        check("retial", "northwind retail", true);
        check("norht", "northwind", true);
        check("acem", "acme health", true);
        check("blue", "blau", false);
        check("acm", "acnme", false);
        check("west", "northwind", false);
        check("southwind", "northwind", true);
        check("eastwind", "northwind", false);
        check("", "northwind", false);
    }
}
