//! Deleting a sign-in (E-11): everything that holds its person is let go of in one
//! transaction, or nothing is.

use std::collections::BTreeSet;

use muster_domain::{
    AccountId, Address, Command, Known, Login, LoginStatus, Refusal, RefusalCode, SchemeId,
};
use sha2::{Digest, Sha256};

use crate::change::Change;
use crate::naming::{self, Ends};
use crate::store::{TokenHash, Tx};
use crate::write::{self, Origin, Verdict, WriteError};

/// What a deleted sign-in leaves to tell of.
pub struct Gone {
    /// Whom to tell.
    pub changes: Vec<Change>,
    /// The sessions that ended with it.
    pub tokens: Vec<TokenHash>,
}

/// Deletes the actor's sign-in; the first thing in the way is the refusal, and the caller then
/// drops the transaction.
///
/// # Errors
/// See [`WriteError`].
pub fn delete_login(tx: &dyn Tx, origin: &Origin<'_>) -> Result<Result<Gone, Refusal>, WriteError> {
    let mut changes = Vec::new();
    // Accounts of one's own go first: what others own in them moves on (E-15), and is then
    // left like every other place.
    for account in own_accounts(tx, origin)? {
        let title = tx.account(account)?.map(|it| it.name).unwrap_or_default();
        match write::run(tx, origin, &Command::DeleteAccount { account, title })? {
            Verdict::Applied(applied) => changes.push(applied.change),
            Verdict::NoOp => {}
            Verdict::Refused(refusal) => return Ok(Err(refusal)),
        }
    }
    for account in accounts(tx, origin)? {
        match write::run(tx, origin, &Command::LeaveAccount { account })? {
            Verdict::Applied(applied) => changes.push(applied.change),
            Verdict::NoOp => {}
            // Nothing is held there any more.
            Verdict::Refused(refusal) if refusal.code == RefusalCode::NotVisible => {}
            Verdict::Refused(refusal) => return Ok(Err(refusal)),
        }
    }
    // E-64: a pseudonym takes the place of name and address, wherever rows say them, but for the
    // name where an account keeps it for a while. What is chained never said either.
    let ends = Ends::Forgotten(origin.now);
    changes.push(naming::rename(tx, origin.actor, &pseudonym(origin.actor), ends)?);
    Ok(Ok(Gone { changes, tokens: tx.close_login(origin.actor.id)? }))
}

/// The accounts that end with their person: `owner_led` ones without another admin (C-12).
fn own_accounts(tx: &dyn Tx, origin: &Origin<'_>) -> Result<Vec<AccountId>, WriteError> {
    let mut own = Vec::new();
    for it in tx.administered(origin.actor.id)? {
        let alone = match tx.active_admins(it.account.id)? {
            Known::Known(admins) => admins.len() == 1,
            Known::Unknown => false,
        };
        if alone && it.account.scheme == SchemeId::OwnerLed {
            own.push(it.account.id);
        }
    }
    Ok(own)
}

/// Every account in which the person has something.
fn accounts(tx: &dyn Tx, origin: &Origin<'_>) -> Result<BTreeSet<AccountId>, WriteError> {
    let mut accounts: BTreeSet<_> =
        tx.administered(origin.actor.id)?.into_iter().map(|it| it.account.id).collect();
    accounts.extend(tx.places_of(origin.actor.id)?.into_iter().map(|(account, _)| account));
    Ok(accounts)
}

fn pseudonym(login: &Login) -> Login {
    let mut hash = Sha256::new();
    hash.update(b"muster former member");
    hash.update(login.id.to_bytes());
    let bytes: [u8; 32] = hash.finalize().into();
    let hex: String = bytes[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    Login {
        id: login.id,
        address: Address::parse(&format!("former-{hex}@former.invalid"))
            .expect("hexadecimal digits make an address"),
        name: format!("Former member {}", &hex[..6]),
        status: LoginStatus::Deleted,
        verified: Vec::new(),
    }
}
