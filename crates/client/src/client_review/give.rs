//! Handing a review's list to a client.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use muster_cache::ReviewLineQuery;
use muster_domain::{Command, HandOutId, ReviewLine};
use muster_evidence::Key;
use zeroize::Zeroizing;

use super::forms::{Sheet, secret_text};
use super::lock::{self, Passphrase};
use crate::app::{App, blocking};
use crate::draft::{Draft, in_workspace};
use crate::export::{cannot, place};
use crate::pending::everything;
use crate::random;
use crate::submit::{Local, keep_all, queued};
use crate::verdict::Bench;
use crate::view::{Failure, FailureCode, HandOutForm, HandOutView, Submitted, Verdict};

/// What is handed out, and the command that says so.
pub(crate) struct Given {
    pub sheet: Sheet,
    pub draft: Draft,
}

impl App {
    /// A passphrase that nobody guesses and that can be read out.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn suggest_passphrase(&self) -> Result<String, Failure> {
        lock::suggested()
    }

    /// Writes a review's list into a file for a client, under a passphrase, and into the log that
    /// this was done. Without a connection the log learns it later.
    ///
    /// # Errors
    /// `sheet.weak` for a short passphrase; [`FailureCode::CannotWrite`] when the file cannot be
    /// written. A rule's no is a result.
    pub async fn hand_out_review(&self, form: HandOutForm) -> Result<HandOutView, Failure> {
        let passphrase = Passphrase::typed(&form.passphrase);
        passphrase.check()?;
        let given = self.with_bench(move |bench| give(bench, &form)).await?;
        let Given { sheet, draft } = match given {
            Ok(given) => given,
            Err(submitted) => return Ok(HandOutView { file: None, submitted }),
        };
        let locked = {
            let sheet = sheet.clone();
            blocking(move || sheet.locked(&passphrase))
        };
        let locked = locked.await?;
        let dir = self.dir().to_owned();
        let view = self
            .with_bench(move |bench| {
                let below = place::downloads().unwrap_or_else(|| dir.join("exports"));
                let file = write(bench, &sheet, &locked, &below)?;
                match keep_all(bench, vec![draft])?.pop() {
                    Some(Local::Kept(n)) => {
                        Ok(HandOutView { file: Some(file), submitted: queued(n) })
                    }
                    Some(Local::Over(submitted)) => Ok(HandOutView { file: None, submitted }),
                    None => Err(Failure::new(FailureCode::CopyBroken)),
                }
            })
            .await?;
        self.signed()?.engine.wake();
        self.changed(everything());
        Ok(view)
    }
}

/// The sheet and its command, or what the rules say against it.
pub(crate) fn give(
    bench: &Bench<'_>,
    form: &HandOutForm,
) -> Result<Result<Given, Submitted>, Failure> {
    let (workspace, review) = (form.workspace, form.review);
    let place = bench.place(workspace)?;
    let found = crate::draft::review::find(bench, workspace, review)?;
    let mut seed = Zeroizing::new([0; 32]);
    random::fill(seed.as_mut_slice())?;
    let key = Key::from_seed(&seed).map_err(|it| Failure::caused(FailureCode::CopyBroken, &it))?;
    let hand_out = HandOutId::from_bytes(random::id()?);
    let public = key.public().parse();
    let command = Command::HandOutReview {
        workspace,
        review,
        hand_out,
        client: form.client.trim().to_owned(),
        key: public.map_err(|it| Failure::caused(FailureCode::CopyBroken, &it))?,
    };
    if let Verdict::Refused { reason } = bench.verdict(&command)? {
        return Ok(Err(Submitted::Refused { reason }));
    }
    let label = in_workspace(bench, workspace, None, Some(form.client.trim().to_owned()))?;
    let mut notes = Zeroizing::new([0; 32]);
    random::fill(notes.as_mut_slice())?;
    let sheet = Sheet {
        hand_out,
        workspace,
        review,
        client: form.client.trim().to_owned(),
        from: bench.cache.me()?.name,
        scheme: place.account.scheme,
        account_name: place.account.name,
        workspace_name: place.confirmed.unwrap_or(place.workspace).name,
        name: found.name,
        due: found.due,
        started: found.started,
        own_roles: bench.own_roles(workspace)?,
        lines: lines(bench, review)?,
        seed: secret_text(&seed),
        notes: secret_text(&notes),
    };
    let created = Some(hand_out.to_string());
    Ok(Ok(Given { sheet, draft: Draft { created, ..Draft::plain(command, label) } }))
}

/// The frozen list, without what anybody decided: the client is asked for their own word.
fn lines(bench: &Bench<'_>, review: muster_domain::ReviewId) -> Result<Vec<ReviewLine>, Failure> {
    let all = bench.cache.review_lines(&ReviewLineQuery::of(review, u32::MAX))?;
    Ok(all.rows.into_iter().map(|it| ReviewLine { decided: Vec::new(), ..it.line }).collect())
}

fn write(bench: &Bench<'_>, sheet: &Sheet, locked: &[u8], below: &Path) -> Result<String, Failure> {
    let name = format!("{} {} for {}", sheet.workspace_name, sheet.name, sheet.client);
    let folder = place::fresh(below, &name, bench.now).map_err(|it| cannot(&it))?;
    save(&folder.join("review.muster-review"), locked)
}

/// Writes a new file, down to the disk.
pub(super) fn save(path: &Path, bytes: &[u8]) -> Result<String, Failure> {
    let mut file = fs::File::create_new(path).map_err(|it| cannot(&it))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|it| cannot(&it))?;
    Ok(path.to_string_lossy().into_owned())
}
