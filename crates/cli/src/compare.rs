//! Two moments compared: who joined, left or changed.

use muster_client::App;
use muster_client::view::{CompareLine, CompareQuestion, CompareView};
use serde::Serialize;

use crate::answer::Answer;
use crate::args::Compare;
use crate::form::{Named, RoleForm};
use crate::members::key;
use crate::moment::{written, written_if};
use crate::place;
use crate::roles::{self, OwnNames};
use crate::session::as_of_contact;
use crate::sheet::Sheet;
use crate::trouble::Trouble;

#[derive(Serialize)]
struct CompareForm {
    form: &'static str,
    from: String,
    to: String,
    /// Whether the copy knows both moments whole.
    complete: bool,
    workspaces: Vec<PlaceForm>,
}

#[derive(Serialize)]
struct PlaceForm {
    workspace: Named,
    account_name: String,
    complete: bool,
    joined_total: u32,
    left_total: u32,
    changed_total: u32,
    unchanged: u32,
    joined: Vec<LineForm>,
    left: Vec<LineForm>,
    changed: Vec<LineForm>,
}

#[derive(Serialize)]
struct LineForm {
    membership: String,
    name: String,
    address: String,
    from_roles: Vec<RoleForm>,
    to_roles: Vec<RoleForm>,
    from_state: Option<String>,
    to_state: Option<String>,
    at: Option<String>,
    by: Option<String>,
    came_back: bool,
    not_sent: bool,
}

const HEADS: [&str; 8] = ["workspace", "what", "name", "address", "was", "is", "when", "by"];

/// Which moments of which workspaces.
pub async fn question(app: &App, wanted: &Compare) -> Result<CompareQuestion, Trouble> {
    if wanted.from > wanted.to {
        return Err(Trouble::usage(
            "The first moment is later than the second.",
            "name the earlier one first",
        ));
    }
    let workspace = match &wanted.workspace {
        Some(named) => Some(place::workspace(app, named).await?.id),
        None => None,
    };
    Ok(CompareQuestion {
        workspace,
        from: wanted.from,
        to: wanted.to,
        include_unsent: wanted.with_unsent,
        include_unchanged: false,
    })
}

/// Who joined, left or changed.
pub async fn compare(app: &App, wanted: Compare) -> Result<Answer, Trouble> {
    let view: CompareView = app.compare(question(app, &wanted).await?).await?;
    let complete = view.complete;
    let (mut sheet, mut places, mut cut) = (Sheet::new(&HEADS), Vec::new(), false);
    for place in view.workspaces {
        let names = [roles::named(&place.own_from), roles::named(&place.own_to)];
        let mut lines = |what: &str, lines: Vec<CompareLine>| -> Vec<LineForm> {
            let each = lines.into_iter().map(|line| {
                sheet.row(cells(&place.name, what, &line, &names));
                form(line, &names)
            });
            each.collect()
        };
        let (joined, left) = (lines("joined", place.joined), lines("left", place.left));
        let changed = lines("changed", place.changed);
        cut |= joined.len() < place.joined_total as usize
            || left.len() < place.left_total as usize
            || changed.len() < place.changed_total as usize;
        places.push(PlaceForm {
            workspace: Named { id: place.workspace.to_string(), name: place.name },
            account_name: place.account_name,
            complete: place.complete,
            joined_total: place.joined_total,
            left_total: place.left_total,
            changed_total: place.changed_total,
            unchanged: place.unchanged,
            joined,
            left,
            changed,
        });
    }
    let (from, to) = (written(wanted.from), written(wanted.to));
    let form = CompareForm { form: "compare/1", from, to, complete, workspaces: places };
    let mut answer = as_of_contact(app, Answer::new(sheet, &form)).await?;
    if !complete {
        answer = answer.note("this copy does not know both moments whole");
    }
    if cut {
        answer = answer.note("of each workspace and kind the first 1,000 are told");
    }
    Ok(answer)
}

fn cells(place: &str, what: &str, line: &CompareLine, [from, to]: &[OwnNames; 2]) -> Vec<String> {
    let stood = |roles, state: &Option<_>, names: &OwnNames| match state {
        None => String::new(),
        Some(state) => format!("{} ({})", roles::cell(roles, names), key(state)),
    };
    let mark = if line.not_sent { " (not sent yet)" } else { "" };
    vec![
        place.to_owned(),
        format!("{what}{mark}"),
        line.name.clone(),
        line.address.clone(),
        stood(line.from, &line.from_state, from),
        stood(line.to, &line.to_state, to),
        written_if(line.at),
        line.by.clone().unwrap_or_default(),
    ]
}

fn form(line: CompareLine, [from, to]: &[OwnNames; 2]) -> LineForm {
    LineForm {
        membership: line.membership.to_string(),
        name: line.name,
        address: line.address,
        from_roles: roles::forms(line.from, from),
        to_roles: roles::forms(line.to, to),
        from_state: line.from_state.as_ref().map(key),
        to_state: line.to_state.as_ref().map(key),
        at: line.at.map(written),
        by: line.by,
        came_back: line.came_back,
        not_sent: line.not_sent,
    }
}
