//! `POST /v1/sign-in`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use muster_domain::{Address, DeviceId, Login, LoginStatus};
use muster_protocol::ErrorCode;
use muster_protocol::http::{Session, SignIn};

use super::body::Body;
use super::register::{self, Machine};
use super::request::{Place, RequestId};
use super::{Auth, Failure, Method, Route};
use crate::app::{App, blocking};
use crate::limit::Door;
use crate::password::Match;
use crate::store::Lane;

pub const ROUTE: Route = Route {
    method: Method::Post,
    path: "/v1/sign-in",
    auth: Auth::Password,
    doc: "Opens a session on an installation, in place of an earlier one of the same login \
          there. An unknown address and a wrong password are answered alike, in the same time. \
          After 10 wrong tries for an address within 15 minutes, or 100 within a day, the \
          answer is `too_many`.",
    request: "SignIn",
    answer: "Session",
    handler: || axum::routing::post(handle),
};

async fn handle(
    State(app): State<Arc<App>>,
    Place(place): Place,
    RequestId(request): RequestId,
    Body(asked): Body<SignIn>,
) -> Result<Json<Session>, Failure> {
    let address = register::address(&asked.address)?;
    let device = asked.device;
    let known = blocking(&app, {
        let address = address.clone();
        move |app| known(app, &address, device)
    })
    .await?;
    let doors = doors(&known, &address, device, place);
    let now = app.clock.now();
    if !app.limits(|limits| doors.iter().all(|door| limits.allows(door, now))) {
        return Err(Failure::new(ErrorCode::TooMany, "too many tries"));
    }
    // Counted before the work, so that tries at the same moment count as well.
    app.limits(|limits| doors.iter().for_each(|door| limits.count(door.clone(), now)));
    let (login, phc) = known.map_or((None, None), |it| (Some(it.login), it.phc));
    match (app.passwords.check(asked.password, phc).await?, login) {
        (Match::Yes, Some(login)) => {
            app.limits(|limits| limits.forget(&doors[0]));
            let machine = Machine::new(device, &asked.device_name);
            blocking(&app, move |app| open(app, login, device, machine, &request)).await.map(Json)
        }
        (Match::Yes | Match::No, login) => {
            let login = login.map(|login| login.id);
            blocking(&app, move |app| note_failure(app, login, device, &request)).await?;
            Err(Failure::new(ErrorCode::WrongPassword, "address and password do not match"))
        }
    }
}

struct Known {
    login: Login,
    phc: Option<String>,
    device: KnownDevice,
}

/// Whether the login has signed in on this installation before.
#[derive(Clone, Copy)]
enum KnownDevice {
    Yes,
    No,
}

fn known(app: &App, address: &Address, device: DeviceId) -> Result<Option<Known>, Failure> {
    let store = app.store.read()?;
    let Some(login) = store.login_by_address(address)? else { return Ok(None) };
    let lane = Lane { device, login: login.id };
    let device = if store.knows_device(lane)? { KnownDevice::Yes } else { KnownDevice::No };
    Ok(Some(Known { phc: store.credential(login.id)?, login, device }))
}

fn doors(
    known: &Option<Known>,
    address: &Address,
    device: DeviceId,
    place: std::net::IpAddr,
) -> [Door; 2] {
    match known.as_ref().map(|known| known.device) {
        Some(KnownDevice::Yes) => [Door::known(address, device), Door::Place(place)],
        Some(KnownDevice::No) | None => [Door::address(address), Door::Place(place)],
    }
}

fn open(
    app: &App,
    login: Login,
    device: DeviceId,
    machine: Machine,
    request: &str,
) -> Result<Session, Failure> {
    let now = app.clock.now();
    let tx = app.store.write()?;
    match login.status {
        LoginStatus::Active => {}
        LoginStatus::Deleted => {
            return Err(Failure::new(
                ErrorCode::WrongPassword,
                "address and password do not match",
            ));
        }
        LoginStatus::Suspended => {
            return Err(Failure::new(ErrorCode::Suspended, "the sign-in is suspended"));
        }
    }
    let token = register::open_session(&*tx, login.id, machine, now)?;
    tx.append_audit(&register::audit("sign_in", Some(login.id), device, request, now))?;
    tx.commit()?;
    Ok(Session { token, login })
}

fn note_failure(
    app: &App,
    login: Option<muster_domain::LoginId>,
    device: DeviceId,
    request: &str,
) -> Result<(), Failure> {
    let tx = app.store.write()?;
    let now = app.clock.now();
    tx.append_audit(&register::audit("sign_in.wrong", login, device, request, now))?;
    Ok(tx.commit()?)
}
