//! The members of a workspace, now or at a moment, and its invitations.

use muster_client::App;
use muster_client::view::{
    ExportTable, InvitationStatus, Mark, MemberQuery, MemberRow, MemberSort, MemberStatus,
    WorkspaceRow,
};
use muster_domain::{RoleSet, Timestamp};
use serde::Serialize;

use crate::answer::Answer;
use crate::args::{Members, Which};
use crate::form::{Named, RoleForm};
use crate::moment::{written, written_if};
use crate::place::{self, PAGE};
use crate::roles::{self, OwnNames};
use crate::session::as_of_contact;
use crate::sheet::Sheet;
use crate::trouble::Trouble;

#[derive(Serialize)]
struct MembersForm {
    form: &'static str,
    workspace: Named,
    /// The moment that was asked for; `null` is now.
    as_of: Option<String>,
    /// Whether the copy knows the whole roster of that moment.
    complete: bool,
    members: Vec<MemberForm>,
}

#[derive(Serialize)]
struct MemberForm {
    id: String,
    name: String,
    address: String,
    roles: Vec<RoleForm>,
    state: String,
    joined: String,
    ended: Option<String>,
    ends: Option<String>,
    labels: Vec<String>,
    /// Whether a change of it is not sent yet.
    not_sent: bool,
}

const HEADS: [&str; 7] = ["name", "address", "role", "state", "joined", "ends", "labels"];

/// The members that fit.
pub async fn members(app: &App, wanted: Members) -> Result<Answer, Trouble> {
    let place = place::workspace(app, &wanted.workspace).await?;
    let view = app.workspace(place.id).await?;
    let names = roles::own_names(&view);
    let query = query(&place, &wanted)?;
    match wanted.as_of {
        Some(at) => as_of(app, place, query, at).await,
        None => now(app, place, query, &names).await,
    }
}

/// The table of the members that fit.
pub async fn table(app: &App, wanted: &Members) -> Result<ExportTable, Trouble> {
    let place = place::workspace(app, &wanted.workspace).await?;
    let query = query(&place, wanted)?;
    Ok(match wanted.as_of {
        Some(at) => ExportTable::AsOf { query, at },
        None => ExportTable::Members { query },
    })
}

fn query(place: &WorkspaceRow, wanted: &Members) -> Result<MemberQuery, Trouble> {
    let roles = match wanted.role.as_deref() {
        None => RoleSet::NONE,
        Some(key) => RoleSet::from_key(key).ok_or_else(|| {
            Trouble::usage(
                format!("There is no role `{key}`."),
                "use its key, as `--json` shows it: owner, write, own:3",
            )
        })?,
    };
    Ok(MemberQuery {
        workspace: place.id,
        text: wanted.search.clone().unwrap_or_default(),
        roles,
        label: wanted.label.clone(),
        changed: None,
        status: match wanted.state {
            Which::Present => MemberStatus::Present,
            Which::Active => MemberStatus::Active,
            Which::Suspended => MemberStatus::Suspended,
            Which::Ending => MemberStatus::Ending,
            Which::Former => MemberStatus::Former,
        },
        sort: MemberSort::Name,
        descending: false,
        offset: 0,
        limit: PAGE,
    })
}

async fn now(
    app: &App,
    place: WorkspaceRow,
    mut query: MemberQuery,
    names: &OwnNames,
) -> Result<Answer, Trouble> {
    let mut sheet = Sheet::new(&HEADS);
    let mut members = Vec::new();
    loop {
        let page = app.members(query.clone()).await?;
        let is_last = page.rows.is_empty();
        for row in page.rows {
            sheet.row(cells(&row, names));
            members.push(form(row, names));
        }
        query.offset = u32::try_from(members.len()).unwrap_or(u32::MAX);
        if is_last || query.offset >= page.matched {
            break;
        }
    }
    let form = MembersForm {
        form: "members/1",
        workspace: Named { id: place.id.to_string(), name: place.name },
        as_of: None,
        complete: place.loaded,
        members,
    };
    let answer = as_of_contact(app, Answer::new(sheet, &form)).await?;
    Ok(if form.complete { answer } else { answer.note(STILL_LOADING) })
}

const STILL_LOADING: &str =
    "this copy does not hold all of it yet; run `muster-cli sync` for the rest";

async fn as_of(
    app: &App,
    place: WorkspaceRow,
    mut query: MemberQuery,
    at: Timestamp,
) -> Result<Answer, Trouble> {
    let mut sheet = Sheet::new(&["name", "address", "role", "state", "joined", "given by"]);
    let (mut members, mut complete) = (Vec::new(), true);
    loop {
        let page = app.members_as_of(query.clone(), at).await?;
        complete &= page.complete;
        let is_last = page.rows.is_empty();
        let names = &roles::named(&page.own_roles);
        for row in page.rows {
            sheet.row(vec![
                row.name.clone(),
                row.address.clone(),
                roles::cell(row.roles, names),
                key(&row.state),
                written(row.joined),
                row.given_by.clone().unwrap_or_default(),
            ]);
            members.push(MemberForm {
                id: row.membership.to_string(),
                name: row.name,
                address: row.address,
                roles: roles::forms(row.roles, names),
                state: key(&row.state),
                joined: written(row.joined),
                ended: None,
                ends: row.until.map(written),
                labels: Vec::new(),
                not_sent: false,
            });
        }
        query.offset = u32::try_from(members.len()).unwrap_or(u32::MAX);
        if is_last || query.offset >= page.matched {
            break;
        }
    }
    let form = MembersForm {
        form: "members/1",
        workspace: Named { id: place.id.to_string(), name: place.name },
        as_of: Some(written(at)),
        complete,
        members,
    };
    let answer = as_of_contact(app, Answer::new(sheet, &form)).await?;
    Ok(if complete { answer } else { answer.note(STILL_LOADING) })
}

fn cells(row: &MemberRow, names: &OwnNames) -> Vec<String> {
    let mark = if not_sent(row) { " (not sent yet)" } else { "" };
    vec![
        row.name.clone(),
        row.address.clone(),
        format!("{}{mark}", roles::cell(row.roles, names)),
        key(&row.state),
        written(row.joined),
        written_if(row.until.map(|it| it.at)),
        row.labels.iter().collect::<Vec<_>>().join(", "),
    ]
}

fn not_sent(row: &MemberRow) -> bool {
    matches!(row.mark, Mark::NotSent | Mark::Sending)
}

fn form(row: MemberRow, names: &OwnNames) -> MemberForm {
    MemberForm {
        id: row.id.to_string(),
        roles: roles::forms(row.roles, names),
        state: key(&row.state),
        joined: written(row.joined),
        ended: row.ended.map(written),
        ends: row.until.map(|it| written(it.at)),
        labels: row.labels.iter().map(str::to_owned).collect(),
        not_sent: not_sent(&row),
        name: row.name,
        address: row.address,
    }
}

/// The key of a closed enum, as it stands on the wire.
pub fn key(of: &impl Serialize) -> String {
    let form = serde_json::to_value(of).expect("a plain enum");
    form.as_str().expect("an enum without values").to_owned()
}

#[derive(Serialize)]
struct InvitationsForm {
    form: &'static str,
    workspace: Named,
    invitations: Vec<InvitationForm>,
}

#[derive(Serialize)]
struct InvitationForm {
    id: String,
    address: String,
    name: Option<String>,
    roles: Vec<RoleForm>,
    state: String,
    inviter: String,
    sent: String,
    expires: String,
}

/// The invitations of a workspace, each with its state.
pub async fn invitations(app: &App, workspace: String) -> Result<Answer, Trouble> {
    let place = place::workspace(app, &workspace).await?;
    let names = roles::own_names(&app.workspace(place.id).await?);
    let mut sheet = Sheet::new(&["address", "role", "state", "invited by", "sent", "expires"]);
    let mut invitations = Vec::new();
    loop {
        let offset = u32::try_from(invitations.len()).unwrap_or(u32::MAX);
        let page = app.invitations(place.id, offset, PAGE).await?;
        let is_last = page.rows.is_empty();
        for row in page.rows {
            let state: InvitationStatus = row.state;
            sheet.row(vec![
                row.address.clone(),
                roles::cell(row.roles, &names),
                key(&state),
                row.inviter.clone(),
                written(row.sent),
                written(row.expires),
            ]);
            invitations.push(InvitationForm {
                id: row.id.to_string(),
                address: row.address,
                name: row.name,
                roles: roles::forms(row.roles, &names),
                state: key(&state),
                inviter: row.inviter,
                sent: written(row.sent),
                expires: written(row.expires),
            });
        }
        if is_last || invitations.len() >= page.total as usize {
            break;
        }
    }
    let workspace = Named { id: place.id.to_string(), name: place.name };
    let form = InvitationsForm { form: "invitations/1", workspace, invitations };
    as_of_contact(app, Answer::new(sheet, &form)).await
}
