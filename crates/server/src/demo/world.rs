//! The sample data's hand on the store: the same write path as everybody's, with time and ids
//! of the story, many changes to a transaction.

use muster_domain::{
    AccountId, Address, Command, CommandId, Founding, InvitationId, Known, Login, LoginId,
    LoginStatus, MembershipId, ReviewId, ReviewLine, SchemeId, Timestamp, WorkspaceId,
};

use super::DemoError;
use super::chance::id;
use crate::mail::Post;
use crate::store::{Store, Tx};
use crate::write::{self, Origin, Verdict};

/// How many changes share a transaction.
const BATCH: usize = 1_000;

/// What the history says instead of a request's id.
const REQUEST: &str = "demo";

/// The store as the story writes to it.
pub struct World<'a> {
    store: &'a dyn Store,
    tx: Option<Box<dyn Tx + 'a>>,
    phc: String,
    writes: usize,
    people: usize,
    /// The story's time.
    pub now: Timestamp,
}

impl<'a> World<'a> {
    /// An empty world in which everybody has the same password.
    pub fn new(store: &'a dyn Store, phc: String, now: Timestamp) -> Self {
        Self { store, tx: None, phc, writes: 0, people: 0, now }
    }

    fn write<T>(
        &mut self,
        with: impl FnOnce(&dyn Tx) -> Result<T, DemoError>,
    ) -> Result<T, DemoError> {
        let tx = match self.tx.take() {
            Some(tx) => tx,
            None => self.store.write()?,
        };
        let result = with(&*tx)?;
        self.writes += 1;
        if self.writes.is_multiple_of(BATCH) {
            tx.commit()?;
        } else {
            self.tx = Some(tx);
        }
        Ok(result)
    }

    /// Makes everything durable and says how many changes there were.
    pub fn finish(mut self) -> Result<usize, DemoError> {
        if let Some(tx) = self.tx.take() {
            tx.commit()?;
        }
        Ok(self.writes)
    }

    /// Somebody makes a sign-in.
    pub fn sign_up(&mut self, name: &str, address: &str) -> Result<Login, DemoError> {
        let address = Address::parse(address).map_err(|_| DemoError::Story("an address"))?;
        let login = Login {
            id: LoginId::from_bytes(id("login", self.people)),
            address,
            name: name.to_owned(),
            status: LoginStatus::Active,
            verified: Vec::new(),
        };
        self.people += 1;
        let (phc, now) = (self.phc.clone(), self.now);
        self.write(|tx| Ok(tx.add_login(&login, &phc, now)?))?;
        Ok(login)
    }

    /// Somebody proves that their address is theirs.
    pub fn prove(&mut self, mut login: Login) -> Result<Login, DemoError> {
        login.verified = vec![login.address.clone()];
        self.write(|tx| Ok(tx.put_login(&login)?))?;
        Ok(login)
    }

    /// Somebody founds an account.
    pub fn found(
        &mut self,
        founder: &Login,
        name: &str,
        scheme: SchemeId,
    ) -> Result<(AccountId, WorkspaceId), DemoError> {
        let account = AccountId::from_bytes(id("account", self.writes));
        let workspace = WorkspaceId::from_bytes(id("first workspace", self.writes));
        let founding = Founding {
            account,
            workspace,
            membership: MembershipId::from_bytes(id("founder", self.writes)),
            scheme,
            account_name: Some(name.to_owned()),
            workspace_name: None,
        };
        let now = self.now;
        self.write(|tx| {
            let origin =
                Origin { actor: founder, command: None, request: REQUEST, now, post: Post::None };
            settled(write::found(tx, &origin, founding)?)
        })?;
        Ok((account, workspace))
    }

    /// Somebody gives a command. The story knows the rules, so a refusal is its mistake.
    pub fn command(&mut self, actor: &Login, command: &Command) -> Result<(), DemoError> {
        let now = self.now;
        let command_id = CommandId::from_bytes(id("command", self.writes));
        self.write(|tx| {
            let origin = Origin {
                actor,
                command: Some(command_id),
                request: REQUEST,
                now,
                post: Post::None,
            };
            settled(write::run(tx, &origin, command)?)
        })
    }

    /// The lines of an access review.
    pub fn review_lines(&mut self, review: ReviewId) -> Result<Vec<ReviewLine>, DemoError> {
        self.write(|tx| match tx.review_lines(review)? {
            Known::Known(lines) => Ok(lines),
            Known::Unknown => Err(DemoError::Story("the lines of a review")),
        })
    }

    /// Somebody accepts an invitation.
    pub fn accept(
        &mut self,
        actor: &Login,
        invitation: InvitationId,
        membership: MembershipId,
    ) -> Result<(), DemoError> {
        let now = self.now;
        self.write(|tx| {
            let origin = Origin { actor, command: None, request: REQUEST, now, post: Post::None };
            let found = tx.invitation(invitation)?.ok_or(DemoError::Story("an invitation"))?;
            settled(write::accept(tx, &origin, &found, membership)?)
        })
    }
}

fn settled(verdict: Verdict) -> Result<(), DemoError> {
    match verdict {
        Verdict::Applied(_) | Verdict::NoOp => Ok(()),
        Verdict::Refused(refusal) => Err(DemoError::Refused(refusal.code.key())),
    }
}
