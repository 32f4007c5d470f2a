//! Names that are easy to mix up (E-56): the same but for case, accents, spaces and signs that
//! look alike.

use muster_cache::WorkspaceQuery;
use muster_domain::{AccountId, WorkspaceId};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::app::App;
use crate::verdict::Bench;
use crate::view::Failure;

/// How many workspaces are read at a time.
const BATCH: u32 = 1_024;

impl App {
    /// The name of a workspace in the account that is easy to mix up with this one, if any. A
    /// workspace that is renamed is no match for itself.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn similar_name(
        &self,
        account: AccountId,
        name: String,
        except: Option<WorkspaceId>,
    ) -> Result<Option<String>, Failure> {
        self.with_bench(move |bench| similar(bench, account, &name, except)).await
    }
}

/// A name of the account that looks like this one.
pub(crate) fn similar(
    bench: &Bench<'_>,
    account: AccountId,
    name: &str,
    except: Option<WorkspaceId>,
) -> Result<Option<String>, Failure> {
    let wanted = skeleton(name);
    if wanted.is_empty() {
        return Ok(None);
    }
    let mut query = WorkspaceQuery { limit: BATCH, ..WorkspaceQuery::default() };
    query.filter.account = Some(account);
    loop {
        let rows = bench.cache.workspaces(&query)?.rows;
        let others = rows.iter().filter(|it| Some(it.workspace.id) != except);
        let names = others.map(|it| &it.workspace.name);
        if let Some(found) = names.into_iter().find(|it| skeleton(it) == wanted) {
            return Ok(Some(found.clone()));
        }
        if rows.len() < BATCH as usize {
            return Ok(None);
        }
        query.offset += BATCH;
    }
}

/// What is left of a name when everything is gone that a quick look does not see. Two names
/// with one skeleton look alike; the skeleton itself means nothing.
fn skeleton(name: &str) -> String {
    let plain: String = name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .map(look)
        .collect();
    // Pairs that run together in most typefaces.
    plain.replace("rn", "m").replace("vv", "w").replace("cl", "d").replace("ss", "ß")
}

/// The sign that a sign is taken for.
const fn look(c: char) -> char {
    match c {
        '0' | 'о' | 'ο' | 'ø' => 'o',
        '1' | 'i' | 'ı' | 'і' | 'ι' | '|' => 'l',
        '5' => 's',
        'а' | 'α' => 'a',
        'е' | 'ε' => 'e',
        'р' | 'ρ' => 'p',
        'с' => 'c',
        'у' => 'y',
        'х' | 'χ' => 'x',
        'ѕ' => 's',
        'ј' => 'j',
        'ν' => 'v',
        'κ' | 'к' => 'k',
        'в' => 'b',
        'н' => 'h',
        'т' | 'τ' => 't',
        'м' => 'm',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::skeleton;

    #[test]
    fn e56_names_that_look_alike_have_one_skeleton() {
        for (name, other) in [
            ("Northwind", "NORTHWIND"),
            ("Northwind Retail", "Northwind-Retail"),
            ("Café Noir", "cafe noir"),
            ("Zoo 10", "Z00 lO"),
            ("Illusion", "lllusion"),
            ("Modern", "Modem"),
            ("Acme", "Асme"),
            ("Ｗｉｄｅ", "wide"),
        ] {
            assert_eq!(skeleton(name), skeleton(other), "{name} and {other}");
        }
    }

    #[test]
    fn e56_different_names_stay_different() {
        for (name, other) in
            [("Northwind", "Southwind"), ("Acme 2", "Acme 3"), ("東京", "京東"), ("A", "B")]
        {
            assert_ne!(skeleton(name), skeleton(other), "{name} and {other}");
        }
    }
}
