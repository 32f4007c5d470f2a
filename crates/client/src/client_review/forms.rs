//! What is in the two files: the sheet that a client decides on, and the client's answer.

use muster_domain::{
    Choice, Ended, HandOutId, MembershipId, OwnRole, PublicKey, ReviewId, ReviewLine, SchemeId,
    Timestamp, WorkspaceId,
};
use muster_evidence::Key;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::lock::{self, Passphrase, SealingKey};
use crate::view::{Failure, FailureCode};

/// The form of both files; another form is another number.
const FORM: u16 = 1;
const SHEET: &str = "muster review sheet";
const ANSWER: &str = "muster review answer";

/// The most bytes of a file that is opened, some 100,000 people.
pub(crate) const MOST_BYTES: usize = 64 << 20;

/// What goes to a client: the frozen list without anybody's decisions, and the key to answer
/// with.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Sheet {
    pub hand_out: HandOutId,
    pub workspace: WorkspaceId,
    pub review: ReviewId,
    /// To whom it was handed.
    pub client: String,
    /// The name of whoever handed it out.
    pub from: String,
    pub account_name: String,
    pub workspace_name: String,
    pub name: String,
    pub due: Timestamp,
    pub started: Ended,
    pub scheme: SchemeId,
    pub own_roles: Vec<OwnRole>,
    pub lines: Vec<ReviewLine>,
    /// The seed of the key that the answer is signed with.
    pub seed: String,
    /// The key of the client's notes.
    pub notes: String,
}

/// What a client decided about one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Said {
    pub choice: Choice,
    #[serde(default)]
    pub reason: Option<String>,
    /// By the clock of the client's device.
    pub at: Timestamp,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub hand_out: HandOutId,
    pub workspace: WorkspaceId,
    pub review: ReviewId,
    /// When it was written, by the clock of the client's device.
    pub at: Timestamp,
    pub said: Vec<(MembershipId, Said)>,
}

/// What every file begins with.
#[derive(Serialize, Deserialize)]
struct Head {
    kind: String,
    form: u16,
}

#[derive(Serialize, Deserialize)]
struct SheetFile {
    #[serde(flatten)]
    head: Head,
    sheet: Sheet,
}

/// The answer travels as the text that was signed.
#[derive(Serialize, Deserialize)]
struct AnswerFile {
    #[serde(flatten)]
    head: Head,
    answer: String,
    signature: String,
}

fn head(kind: &str) -> Head {
    Head { kind: kind.to_owned(), form: FORM }
}

fn json(value: &impl Serialize) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let form = serde_json::to_vec(value).map(Zeroizing::new);
    form.map_err(|it| Failure::caused(FailureCode::CannotWrite, &it))
}

/// What a locked file holds, if it is of this kind and a form that this version reads.
fn opened<T: for<'de> Deserialize<'de>>(
    file: &[u8],
    passphrase: &Passphrase,
    kind: &str,
) -> Result<T, Failure> {
    if file.len() > MOST_BYTES {
        return Err(Failure::new(FailureCode::SheetOther));
    }
    let bytes = lock::open(file, passphrase)?;
    let other = |it: serde_json::Error| Failure::caused(FailureCode::SheetOther, &it);
    let head: Head = serde_json::from_slice(&bytes).map_err(other)?;
    if head.kind != kind {
        let ours = [SHEET, ANSWER].contains(&head.kind.as_str());
        let code = if ours { FailureCode::SheetKind } else { FailureCode::SheetOther };
        return Err(Failure::new(code));
    }
    if head.form != FORM {
        return Err(Failure::new(FailureCode::SheetNewer));
    }
    serde_json::from_slice(&bytes).map_err(other)
}

impl Sheet {
    pub(crate) fn locked(&self, passphrase: &Passphrase) -> Result<Vec<u8>, Failure> {
        lock::lock(&json(&SheetFile { head: head(SHEET), sheet: self.clone() })?, passphrase)
    }

    pub(crate) fn open(file: &[u8], passphrase: &Passphrase) -> Result<Self, Failure> {
        Ok(opened::<SheetFile>(file, passphrase, SHEET)?.sheet)
    }

    /// The key that the answer is signed with.
    pub(crate) fn key(&self) -> Result<Key, Failure> {
        let seed = secret(&self.seed)?;
        Key::from_seed(&seed).map_err(|_| Failure::new(FailureCode::SheetDamaged))
    }

    /// The key of the client's notes.
    pub(crate) fn notes_key(&self) -> Result<SealingKey, Failure> {
        Ok(SealingKey::new(*secret(&self.notes)?))
    }
}

/// Thirty-two secret bytes of the sheet.
fn secret(text: &str) -> Result<Zeroizing<[u8; 32]>, Failure> {
    let bytes: Result<PublicKey, _> = text.parse();
    let bytes = bytes.map_err(|_| Failure::new(FailureCode::SheetDamaged))?;
    Ok(Zeroizing::new(bytes.to_bytes()))
}

/// Secret bytes in the form of the sheet: as digits, like the keys beside them.
pub(crate) fn secret_text(bytes: &[u8; 32]) -> String {
    PublicKey::from_bytes(*bytes).to_string()
}

impl Answer {
    /// Signed and locked.
    pub(crate) fn locked(&self, key: &Key, passphrase: &Passphrase) -> Result<Vec<u8>, Failure> {
        let answer = String::from_utf8(json(self)?.to_vec())
            .map_err(|it| Failure::caused(FailureCode::CannotWrite, &it))?;
        let signature = key.sign_answer(&answer);
        lock::lock(&json(&AnswerFile { head: head(ANSWER), answer, signature })?, passphrase)
    }
}

/// An answer that was opened and not believed yet.
pub(crate) struct Unproved {
    text: String,
    signature: String,
    answer: Answer,
}

impl Unproved {
    pub(crate) fn open(file: &[u8], passphrase: &Passphrase) -> Result<Self, Failure> {
        let AnswerFile { answer: text, signature, .. } = opened(file, passphrase, ANSWER)?;
        let answer = serde_json::from_str(&text)
            .map_err(|it| Failure::caused(FailureCode::SheetDamaged, &it))?;
        Ok(Self { text, signature, answer })
    }

    /// What it claims to answer.
    pub(crate) fn claims(&self) -> (WorkspaceId, ReviewId, HandOutId) {
        (self.answer.workspace, self.answer.review, self.answer.hand_out)
    }

    /// The answer, if it was signed with the key that was handed out.
    pub(crate) fn proved(&self, key: PublicKey) -> Result<&Answer, Failure> {
        if muster_evidence::is_answer_of(&key.to_string(), &self.text, &self.signature) {
            Ok(&self.answer)
        } else {
            Err(Failure::new(FailureCode::AnswerForged))
        }
    }
}
