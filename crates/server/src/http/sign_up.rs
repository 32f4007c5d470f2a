//! `POST /v1/sign-up`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_domain::name::clean_name;
use muster_domain::{
    AccountId, Address, Founding, Login, LoginId, LoginStatus, MembershipId, SchemeId, Timestamp,
    WorkspaceId,
};
use muster_protocol::ErrorCode;
use muster_protocol::http::{Session, SignUp};

use super::body::Body;
use super::register::{self, Machine, new_id};
use super::request::{Place, RequestId};
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::change::Change;
use crate::invitation::{self, Opened};
use crate::limit::Door;
use crate::store::Tx;
use crate::write::{self, Origin, Verdict};

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/sign-up",
    auth: Auth::Password,
    doc: "Makes a login and, with a scheme, its account and first workspace (V-1, U-2). With an \
          invitation's code it also accepts that; then the scheme may be left out, and a \
          personal workspace comes only with an invitation from an `owner_led` account (C-15). \
          All of it happens or nothing.",
    request: "SignUp",
    answer: "Session",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    Place(place): Place,
    RequestId(request): RequestId,
    Body(asked): Body<SignUp>,
) -> Result<Json<Session>, Failure> {
    let now = app.clock.now();
    let door = Door::SignUp(place);
    if !app.limits(|limits| limits.allows(&door, now)) {
        return Err(Failure::new(ErrorCode::TooMany, "too many sign-ups"));
    }
    app.limits(|limits| limits.count(door, now));
    let address = register::address(&asked.address)?;
    register::password(&asked.password)?;
    let name = if asked.name.trim().is_empty() { address.local_part() } else { &asked.name };
    let login = Login {
        id: new_id(LoginId::from_bytes)?,
        name: clean_name(name)?,
        address,
        status: LoginStatus::Active,
        verified: Vec::new(),
    };
    let address = login.address.clone();
    blocking(&app, move |app| untaken(&*app.store.read()?, &address)).await?;
    let phc = app.passwords.hash(asked.password.clone()).await?;
    blocking(&app, move |app| sign_up(app, &asked, login, &phc, &request)).await.map(Json)
}

fn untaken<S: crate::store::Snapshot + ?Sized>(
    store: &S,
    address: &Address,
) -> Result<(), Failure> {
    match store.login_by_address(address)? {
        None => Ok(()),
        Some(_) => {
            Err(Failure::field(ErrorCode::AddressTaken, "the address signs in already", "address"))
        }
    }
}

/// Login, account, acceptance and session in one transaction.
fn sign_up(
    app: &App,
    asked: &SignUp,
    login: Login,
    phc: &str,
    request: &str,
) -> Result<Session, Failure> {
    let now = app.clock.now();
    let tx = app.store.write()?;
    untaken(&*tx, &login.address)?;
    let opened = match &asked.invitation {
        Some(code) => Some(invitation::open(&*tx, &app.secret, code, now)?),
        None => None,
    };
    let scheme = scheme(asked, opened.as_ref())?;
    tx.add_login(&login, phc, now)?;
    let origin = Origin { actor: &login, command: None, request, now, post: app.post() };
    let mut changes = Vec::new();
    if let Some(scheme) = scheme {
        changes.push(found(&*tx, &origin, asked, scheme)?);
    }
    if let Some(opened) = &opened {
        let membership = new_id(MembershipId::from_bytes)?;
        match invitation::accept(&*tx, &origin, &opened.invitation, membership) {
            Ok((_, applied)) => changes.push(applied.change),
            Err(failure) => {
                drop(tx);
                invitation::note_refusal(app, &opened.invitation, &failure);
                return Err(failure);
            }
        }
    }
    let token = finish(&*tx, asked, &login, request, now)?;
    tx.commit()?;
    changes.into_iter().for_each(|change| app.hub.changed(change));
    Ok(Session { token, login })
}

fn finish(
    tx: &dyn Tx,
    asked: &SignUp,
    login: &Login,
    request: &str,
    now: Timestamp,
) -> Result<String, Failure> {
    let machine = Machine::new(asked.device, &asked.device_name);
    let token = register::open_session(tx, login.id, machine, now)?;
    tx.append_audit(&register::audit("sign_up", Some(login.id), asked.device, request, now))?;
    Ok(token)
}

/// C-15: whoever is invited by an agency needs no account; everybody else gets one.
fn scheme(asked: &SignUp, opened: Option<&Opened>) -> Result<Option<SchemeId>, Failure> {
    match (asked.scheme, opened.map(|opened| opened.account.scheme)) {
        (Some(scheme), _) => Ok(Some(scheme)),
        (None, Some(SchemeId::OwnerLed)) => Ok(Some(SchemeId::OwnerLed)),
        (None, Some(SchemeId::Managed)) => Ok(None),
        (None, None) => {
            Err(Failure::field(ErrorCode::BadRequest, "a new account needs a scheme", "scheme"))
        }
    }
}

fn found(
    tx: &dyn Tx,
    origin: &Origin<'_>,
    asked: &SignUp,
    scheme: SchemeId,
) -> Result<Change, Failure> {
    let founding = Founding {
        account: new_id(AccountId::from_bytes)?,
        workspace: new_id(WorkspaceId::from_bytes)?,
        membership: new_id(MembershipId::from_bytes)?,
        scheme,
        account_name: asked.account_name.clone(),
        workspace_name: asked.workspace_name.clone(),
    };
    match write::found(tx, origin, founding)? {
        Verdict::Applied(applied) => Ok(applied.change),
        Verdict::NoOp => Err(Failure::new(ErrorCode::BadRequest, "nothing to found")),
        Verdict::Refused(refusal) => Err(refusal.into()),
    }
}
