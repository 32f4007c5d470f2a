//! Searching in words: any order, without case and accents.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The words that are searched for.
pub(crate) struct Words(Vec<String>);

impl Words {
    /// The words of a query; none fit everything.
    pub(crate) fn of(query: &str) -> Self {
        Self(fold(query).split_whitespace().map(str::to_owned).collect())
    }

    /// Whether every word is in the text.
    pub(crate) fn fit(&self, text: &str) -> bool {
        let text = fold(text);
        self.0.iter().all(|word| text.contains(word))
    }
}

fn fold(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_fit_in_any_order_without_case_and_accents() {
        let words = Words::of("OKAFOR ada");
        assert!(words.fit("Àdaeze Okafor"));
        assert!(!words.fit("Adaeze Oka"));
        assert!(Words::of(" ").fit("anything"));
    }
}
