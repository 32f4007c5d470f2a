//! What happened, newest first, in the sentences of the window.

use std::collections::BTreeMap;

use muster_client::App;
use muster_client::view::{ChainState, HistoryPage, HistoryQuery, HistoryRow};
use serde::Serialize;

use crate::answer::Answer;
use crate::args::{Happened, History};
use crate::form::{Named, RoleForm};
use crate::members::key;
use crate::moment::{written, written_if};
use crate::place::{self, PAGE};
use crate::roles::{self, OwnNames};
use crate::session::as_of_contact;
use crate::sheet::Sheet;
use crate::trouble::Trouble;
use crate::words::{self, Value, Values};

#[derive(Serialize)]
struct HistoryForm {
    form: &'static str,
    /// What following the chain of events says: `sound`, `broken`, `loading`, `unknown`.
    chain: String,
    /// Whether only the person's own acts and what concerns them is here.
    own_only: bool,
    events: Vec<EventForm>,
}

#[derive(Serialize)]
struct EventForm {
    id: String,
    at: String,
    kind: String,
    text: String,
    actor: String,
    as_admin: bool,
    subject: String,
    workspace: Option<Named>,
    membership: Option<String>,
    from_roles: Vec<RoleForm>,
    to_roles: Vec<RoleForm>,
    reason: Option<String>,
    /// How many further events of the same act this one stands for.
    more: u32,
    not_sent: bool,
    /// The code of the refusal, where it was refused.
    refused: Option<String>,
}

/// What is asked of the history.
pub async fn query(app: &App, wanted: Happened) -> Result<HistoryQuery, Trouble> {
    let workspace = match &wanted.workspace {
        Some(named) => Some(place::workspace(app, named).await?.id),
        None => None,
    };
    Ok(HistoryQuery {
        workspace,
        account: None,
        text: wanted.search.unwrap_or_default(),
        who: None,
        about: None,
        kinds: Vec::new(),
        from: wanted.from,
        to: wanted.to,
        before: None,
        limit: PAGE,
    })
}

/// What happened.
pub async fn history(app: &App, wanted: History) -> Result<Answer, Trouble> {
    let mut names = Names::default();
    let most = if wanted.limit == 0 { usize::MAX } else { wanted.limit as usize };
    let mut asked = query(app, wanted.what).await?;
    let mut sheet = Sheet::new(&["at", "what", "workspace", "reason"]);
    let mut events = Vec::new();
    let (chain, own_only) = loop {
        let page: HistoryPage = app.history(asked.clone()).await?;
        for row in page.rows {
            if events.len() == most {
                break;
            }
            let own = names.of(app, &row).await;
            sheet.row(vec![
                written(row.at),
                sentence(&row, own),
                row.workspace_name.clone(),
                row.reason.clone().unwrap_or_default(),
            ]);
            events.push(form(row, own));
        }
        match page.next {
            Some(next) if events.len() < most => asked.before = Some(next),
            _ => break (page.chain, page.own_only),
        }
    };
    let form = HistoryForm { form: "history/1", chain: key(&chain.state), own_only, events };
    let answer = as_of_contact(app, Answer::new(sheet, &form)).await?;
    Ok(match chain.state {
        ChainState::Sound => answer.note("the chain of events is unbroken"),
        ChainState::Broken => {
            let at = written_if(chain.broken_at);
            answer.note(format!("THE CHAIN OF EVENTS IS BROKEN at {at}: something was changed"))
        }
        ChainState::Loading => answer.note("not all of the history is in this copy yet"),
        ChainState::Unknown => answer.note("this copy holds single events; nothing proves them"),
    })
}

/// The names of own roles, asked for once a workspace.
#[derive(Default)]
struct Names(BTreeMap<String, OwnNames>);

impl Names {
    async fn of(&mut self, app: &App, row: &HistoryRow) -> &OwnNames {
        let key = row.workspace.map(|id| id.to_string()).unwrap_or_default();
        if !self.0.contains_key(&key) {
            let own = match row.workspace {
                // A workspace that is gone keeps its keys for names.
                Some(id) => {
                    app.workspace(id).await.map(|it| roles::own_names(&it)).unwrap_or_default()
                }
                None => OwnNames::new(),
            };
            self.0.insert(key.clone(), own);
        }
        &self.0[&key]
    }
}

/// A row as its sentence.
pub fn sentence(row: &HistoryRow, names: &OwnNames) -> String {
    let mut values = Values::new();
    let mut set = |name: &str, text: Option<String>| {
        if let Some(text) = text.filter(|it| !it.is_empty()) {
            values.insert(name.to_owned(), Value::Text(text));
        }
    };
    set("who", Some(row.actor.clone()));
    set("me", row.actor_is_me.then(|| "yes".to_owned()));
    set("name", Some(row.subject.clone()));
    set("workspace", Some(row.workspace_name.clone()));
    set("from", Some(words::roles(row.from_roles, names)));
    set("to", Some(words::roles(row.to_roles, names)));
    set("was", row.was.clone());
    set("now", row.now.clone());
    set("shown", Some((row.more + 1).to_string()));
    values.insert("n".to_owned(), Value::Number(i64::from(row.more) + 1));
    let kind = &row.kind;
    if row.refused.is_none() {
        return words::say(&format!("event.{kind}"), &values);
    }
    let tried = format!("tried.{kind}");
    words::say(if words::has(&tried) { &tried } else { "history.tried" }, &values)
}

fn form(row: HistoryRow, names: &OwnNames) -> EventForm {
    EventForm {
        text: sentence(&row, names),
        at: written(row.at),
        from_roles: roles::forms(row.from_roles, names),
        to_roles: roles::forms(row.to_roles, names),
        workspace: row
            .workspace
            .map(|id| Named { id: id.to_string(), name: row.workspace_name.clone() }),
        membership: row.membership.map(|id| id.to_string()),
        refused: row.refused.map(|it| it.code.key().to_owned()),
        id: row.id,
        kind: row.kind,
        actor: row.actor,
        as_admin: row.as_admin,
        subject: row.subject,
        reason: row.reason,
        more: row.more,
        not_sent: row.not_sent,
    }
}

#[cfg(test)]
mod tests {
    use muster_domain::EventKind;

    use crate::words::has;

    #[test]
    fn every_kind_of_event_has_its_sentence() {
        for kind in EventKind::ALL {
            assert!(has(&format!("event.{}", kind.key())), "{}", kind.key());
        }
    }
}
