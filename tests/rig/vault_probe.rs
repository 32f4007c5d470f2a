//! Asks the system's key store what its arguments say and prints the answers, one a line. A
//! program of its own because a process keeps the first answer about its key store for life.

use muster_app::SystemVault;
use muster_client::vault::{Vault as _, VaultError};

fn main() {
    let mut words = std::env::args().skip(1);
    let mut vault = SystemVault::new("app.muster.test");
    while let Some(word) = words.next() {
        let mut next = || words.next().expect("an argument");
        let answer = match word.as_str() {
            "check" => vault.check().map(|()| "ok".to_owned()),
            "get" => vault.get(&next()).map(|it| match it {
                Some(secret) => String::from_utf8_lossy(&secret).into_owned(),
                None => "none".to_owned(),
            }),
            "set" => vault.set(&next(), next().as_bytes()).map(|()| "ok".to_owned()),
            "delete" => vault.delete(&next()).map(|()| "ok".to_owned()),
            "of" => {
                vault = SystemVault::new(&next());
                Ok("ok".to_owned())
            }
            other => panic!("no such word: {other}"),
        };
        println!("{}", answer.unwrap_or_else(|error| named(&error).to_owned()));
    }
}

const fn named(error: &VaultError) -> &'static str {
    match error {
        VaultError::Absent(_) => "absent",
        VaultError::Locked(_) => "locked",
        VaultError::Failed(_) => "failed",
    }
}
