//! A review with a client who has no sign-in (ui.md 5.8): the frozen list goes out in a file
//! under a passphrase, the client decides in this same app, and what comes back is looked at
//! before a reviewer enters it.
//!
//! Both files are locked alike. What comes back is signed with a key that only the first file holds. Its public half
//! is in the log, so every reviewer's copy can tell an answer from a forgery without a server.

mod desk;
mod forms;
mod give;
mod lock;
mod take;

pub(crate) use desk::Desk;
#[cfg(test)]
pub(crate) use forms::Sheet;
#[cfg(test)]
pub(crate) use give::{Given, give};
#[cfg(test)]
pub(crate) use lock::Passphrase;
#[cfg(test)]
pub(crate) use take::{enter, look, read};

use std::sync::PoisonError;

use crate::app::{App, blocking};
use crate::clock;
use crate::export::{cannot, place};
use crate::invitations::bytes_of as content;
use crate::view::{
    Failure, FailureCode, Intent, ReviewLinePage, ReviewLineView, ReviewQuery, RoleAnswer,
    RoleQuestion, SheetForm, SheetView, Submitted,
};

impl App {
    /// Opens a review file with its passphrase. Needs no sign-in, no copy and no connection.
    ///
    /// # Errors
    /// What is wrong with the file, each with its own sentence.
    pub async fn sheet_open(&self, form: SheetForm) -> Result<SheetView, Failure> {
        let dir = self.dir().to_owned();
        let desk = blocking(move || {
            Desk::open(&content(&form.content)?, lock::Passphrase::typed(&form.passphrase), &dir)
        })
        .await?;
        let view = desk.view(clock::now());
        *self.desk().lock().unwrap_or_else(PoisonError::into_inner) = Some(desk);
        Ok(view)
    }

    /// Closes the review file. What was decided stays on the disk, locked.
    pub fn sheet_close(&self) {
        *self.desk().lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The open review file.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where none is open.
    pub fn sheet(&self) -> Result<SheetView, Failure> {
        self.at_desk(|desk| Ok(desk.view(clock::now())))
    }

    /// A page of its list.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where none is open.
    pub fn sheet_lines(&self, query: &ReviewQuery) -> Result<ReviewLinePage, Failure> {
        self.at_desk(|desk| Ok(desk.page(query)))
    }

    /// One person of it.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where none is open, or nobody of this id is on it.
    pub fn sheet_line(
        &self,
        membership: muster_domain::MembershipId,
    ) -> Result<ReviewLineView, Failure> {
        self.at_desk(|desk| desk.line(membership))
    }

    /// The roles that can be chosen for one person of it.
    ///
    /// # Errors
    /// [`FailureCode::NotFound`] where none is open, or nobody of this id is on it.
    pub fn sheet_roles(&self, question: &RoleQuestion) -> Result<RoleAnswer, Failure> {
        self.at_desk(|desk| desk.roles(question))
    }

    /// Decides about people of it.
    ///
    /// # Errors
    /// [`FailureCode::BadRequest`] for anything but a decision; [`FailureCode::CannotWrite`]
    /// when it cannot be kept. A rule's no is a result.
    pub async fn sheet_decide(&self, intent: Intent) -> Result<Submitted, Failure> {
        let this = self.clone();
        blocking(move || match intent {
            Intent::DecideReview { lines, choice, reason, .. } => {
                this.at_desk(|desk| desk.decide(&lines, choice, reason.as_deref(), clock::now()))
            }
            _ => Err(Failure::new(FailureCode::BadRequest)),
        })
        .await
    }

    /// Writes the decisions into a file for whoever handed the list out; answers its path.
    ///
    /// # Errors
    /// [`FailureCode::CannotWrite`] when it cannot be written.
    pub async fn sheet_answer(&self) -> Result<String, Failure> {
        let (this, dir) = (self.clone(), self.dir().to_owned());
        blocking(move || {
            let now = clock::now();
            let (locked, name) = this.at_desk(|desk| desk.answer(now))?;
            let below = place::downloads().unwrap_or_else(|| dir.join("exports"));
            let folder = place::fresh(&below, &name, now).map_err(|it| cannot(&it))?;
            give::save(&folder.join("decisions.muster-answer"), &locked)
        })
        .await
    }

    fn at_desk<T>(&self, work: impl FnOnce(&mut Desk) -> Result<T, Failure>) -> Result<T, Failure> {
        let mut desk = self.desk().lock().unwrap_or_else(PoisonError::into_inner);
        work(desk.as_mut().ok_or_else(|| Failure::new(FailureCode::NotFound))?)
    }
}
