//! Who is signed in, as the window is told, and how far the first download is.

use muster_cache::Cache;

use crate::view::{AccountView, Failure, Loading, Me};

/// Progress of the first download, while there is one.
pub(crate) fn loading(cache: &Cache) -> Result<Option<Loading>, Failure> {
    Ok(cache.loading()?.map(|it| Loading { done: it.done, total: it.total }))
}

/// Who is signed in.
pub(crate) fn me(cache: &Cache, mail: bool) -> Result<Me, Failure> {
    let login = cache.me()?;
    let mut accounts = Vec::new();
    for account in cache.accounts()? {
        let admins = cache.admins(account.id)?;
        if admins.iter().any(|it| it.login == login.id && it.active) {
            accounts.push(AccountView {
                id: account.id.to_string(),
                name: account.name,
                scheme: account.scheme,
            });
        }
    }
    Ok(Me {
        id: login.id,
        name: login.name,
        address: login.address.to_string(),
        verified: login.verified.iter().map(ToString::to_string).collect(),
        inbox: u32::try_from(cache.inbox()?.len()).unwrap_or(u32::MAX),
        mail,
        accounts,
    })
}
