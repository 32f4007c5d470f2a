//! What is not sent yet, and what was refused.

use muster_client::App;
use muster_client::view::{PendingItem, PendingWhat, Reason};
use serde::Serialize;

use crate::answer::Answer;
use crate::form::Named;
use crate::moment::written;
use crate::roles::OwnNames;
use crate::sheet::Sheet;
use crate::trouble::Trouble;
use crate::words::{self, Value, Values};

#[derive(Serialize)]
struct PendingForm {
    form: &'static str,
    not_sent: Vec<ChangeForm>,
    refused: Vec<ChangeForm>,
}

#[derive(Serialize)]
struct ChangeForm {
    n: u32,
    text: String,
    workspace: Option<Named>,
    made: String,
    sending: bool,
    /// Why it was refused.
    reason: Option<ReasonForm>,
}

#[derive(Serialize)]
struct ReasonForm {
    code: String,
    rule: String,
    text: String,
}

/// What is not sent yet, and what was refused.
pub async fn pending(app: &App) -> Result<Answer, Trouble> {
    let view = app.pending().await?;
    let mut sheet = Sheet::new(&["state", "change", "workspace", "made", "why", "rule"]);
    let not_sent = rows(&view.not_sent, "not sent yet", &mut sheet);
    let refused = rows(&view.refused, "refused", &mut sheet);
    Ok(Answer::new(sheet, &PendingForm { form: "pending/1", not_sent, refused }))
}

fn rows(items: &[PendingItem], state: &str, sheet: &mut Sheet) -> Vec<ChangeForm> {
    let mut forms = Vec::new();
    for item in items {
        let text = text(item);
        let reason = item.outcome.as_ref().and_then(|it| it.reason.as_ref()).map(reason);
        sheet.row(vec![
            if item.sending { "sending" } else { state }.to_owned(),
            text.clone(),
            item.workspace_name.clone(),
            written(item.made),
            reason.as_ref().map(|it| it.text.clone()).unwrap_or_default(),
            reason.as_ref().map(|it| it.rule.clone()).unwrap_or_default(),
        ]);
        let name = item.workspace_name.clone();
        forms.push(ChangeForm {
            n: item.n,
            text,
            workspace: item.workspace.map(|id| Named { id: id.to_string(), name }),
            made: written(item.made),
            sending: item.sending,
            reason,
        });
    }
    forms
}

fn reason(reason: &Reason) -> ReasonForm {
    ReasonForm {
        code: reason.code.key().to_owned(),
        rule: reason.rule.clone(),
        text: words::reason(reason, &OwnNames::new()),
    }
}

/// The change as the window's sentence.
fn text(item: &PendingItem) -> String {
    let mut values = Values::new();
    let mut set = |name: &str, text: &str| {
        values.insert(name.to_owned(), Value::Text(text.to_owned()));
    };
    set("workspace", &item.workspace_name);
    let names = OwnNames::new();
    let id = match &item.what {
        PendingWhat::Create { name } => {
            set("name", name);
            "change.create".to_owned()
        }
        PendingWhat::Rename { was, name } => {
            set("was", was);
            set("name", name);
            "change.rename".to_owned()
        }
        PendingWhat::Delete => "change.delete".to_owned(),
        PendingWhat::Leave => "change.leave".to_owned(),
        PendingWhat::Roles { person, was, roles } => {
            set("name", person);
            set("was", &words::roles(*was, &names));
            set("now", &words::roles(*roles, &names));
            "change.roles".to_owned()
        }
        PendingWhat::Suspend { person } => {
            set("name", person);
            "change.suspend".to_owned()
        }
        PendingWhat::Resume { person } => {
            set("name", person);
            "change.resume".to_owned()
        }
        PendingWhat::Remove { person } => {
            set("name", person);
            "change.remove".to_owned()
        }
        PendingWhat::Invite { address, roles } => {
            set("address", address);
            set("role", &words::roles(*roles, &names));
            "change.invite".to_owned()
        }
        PendingWhat::Resend { address } => {
            set("address", address);
            "change.resend".to_owned()
        }
        PendingWhat::Revoke { address } => {
            set("address", address);
            "change.revoke".to_owned()
        }
        PendingWhat::Other { command, name } => {
            set("name", name);
            let bare = command.split('/').next().unwrap_or(command);
            let id = format!("command.{bare}");
            if words::has(&id) { id } else { "change.other".to_owned() }
        }
        PendingWhat::Unreadable => "change.unreadable".to_owned(),
    };
    words::say(&id, &values)
}
