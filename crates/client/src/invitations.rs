//! Inviting people, the list of invitations, and accepting one.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use muster_cache::{Cache, Label};
use muster_domain::{
    Address, Command, Invitation, InvitationId, InvitationState, Lookup as _, WorkspaceId,
};
use muster_protocol::OutcomeStatus;
use muster_protocol::http::LinkRequest;

use crate::app::App;
use crate::clock;
use crate::import::{self, Columns, MAX_PEOPLE, Present, PresentState};
use crate::link;
use crate::pending::everything;
use crate::random;
use crate::submit::{Draft, Local, keep_all, known, name_of};
use crate::verdict::Bench;
use crate::view::{
    Failure, FailureCode, ImportPreview, InvitationLook, InvitationPage, InvitationRow,
    InvitationStatus, InviteRequest, InviteResult, LinkView, RefusedAddress, Submitted,
};
use crate::workspaces::PAGE;

impl App {
    /// A page of the open and expired invitations.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn invitations(
        &self,
        workspace: WorkspaceId,
        offset: u32,
        limit: u32,
    ) -> Result<InvitationPage, Failure> {
        self.with_cache(move |cache, _| {
            let (total, rows) = cache.invitations(workspace, offset, limit.min(PAGE))?;
            Ok(InvitationPage { total, rows: rows.into_iter().map(row).collect() })
        })
        .await
    }

    /// The link of an invitation, from the server.
    ///
    /// # Errors
    /// What the server says.
    pub async fn invitation_link(
        &self,
        workspace: WorkspaceId,
        invitation: InvitationId,
    ) -> Result<LinkView, Failure> {
        let signed = self.signed()?;
        let request = LinkRequest { workspace, invitation };
        let code = signed.api.link(&signed.token, &request).await?.code;
        Ok(LinkView { link: link::link(signed.api.server(), &code), code })
    }

    /// Checks typed or pasted addresses.
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked.
    pub async fn import_text(
        &self,
        workspace: WorkspaceId,
        text: String,
    ) -> Result<ImportPreview, Failure> {
        self.with_cache(move |cache, _| import::from_text(&text, &There { cache, workspace })).await
    }

    /// Checks a file, given in Base64. The columns override what was recognised.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub async fn import_file(
        &self,
        workspace: WorkspaceId,
        content: String,
        address_column: Option<u32>,
        name_column: Option<u32>,
    ) -> Result<ImportPreview, Failure> {
        if content.len() / 4 * 3 > import::MAX_FILE_BYTES + 3 {
            return Err(Failure::new(FailureCode::FileTooLarge));
        }
        self.with_cache(move |cache, _| {
            let bytes = STANDARD
                .decode(content)
                .map_err(|it| Failure::caused(FailureCode::BadRequest, &it))?;
            let columns = Columns { address: address_column, name: name_column };
            import::from_file(&bytes, columns, &There { cache, workspace })
        })
        .await
    }

    /// Sends invitations. What the rules refuse is listed, the rest goes.
    ///
    /// # Errors
    /// [`FailureCode::TooManyPeople`] over 5,000; [`FailureCode::Offline`] without a
    /// connection. Then nothing was sent.
    pub async fn invite(&self, request: InviteRequest) -> Result<InviteResult, Failure> {
        if request.people.len() > MAX_PEOPLE {
            return Err(Failure::new(FailureCode::TooManyPeople));
        }
        let sent = self
            .with_cache(move |cache, link| {
                let bench = Bench { cache, link };
                if !bench.is_online() {
                    return Err(Failure::new(FailureCode::Offline));
                }
                send_off(&bench, &request)
            })
            .await?;
        self.exchange_until_settled(&sent.kept).await?;
        let result = self.with_cache(move |cache, link| result(&Bench { cache, link }, sent)).await;
        self.changed(everything());
        result
    }

    /// What an invitation is for.
    ///
    /// # Errors
    /// [`FailureCode::BadCode`] for something that is no invitation; the rule's no for one
    /// that cannot be accepted any more.
    pub async fn invitation_look(
        &self,
        server: Option<String>,
        code: String,
    ) -> Result<InvitationLook, Failure> {
        let pasted = link::read(&code).ok_or_else(|| Failure::new(FailureCode::BadCode))?;
        let server = pasted.server.or(server).filter(|it| !it.trim().is_empty());
        let api = match (server, self.signed()) {
            (Some(server), _) => self.api(&server)?,
            (None, Ok(signed)) => signed.api,
            (None, Err(_)) => return Err(Failure::new(FailureCode::BadServer)),
        };
        let view = api.look(&pasted.code).await.map_err(wrong_code)?;
        Ok(InvitationLook {
            server: api.server().to_owned(),
            address: view.address,
            workspace_name: view.workspace_name,
            account_name: view.account_name,
            scheme: view.scheme,
            roles: view.roles,
            inviter_name: view.inviter_name,
            expires: view.expires,
        })
    }

    /// Accepts an invitation as the person who is signed in.
    ///
    /// # Errors
    /// The rule's no, or why the server could not be asked.
    pub async fn invitation_accept(&self, code: String) -> Result<String, Failure> {
        let pasted = link::read(&code).ok_or_else(|| Failure::new(FailureCode::BadCode))?;
        let signed = self.signed()?;
        if let Some(server) = &pasted.server
            && self.api(server)?.server() != signed.api.server()
        {
            return Err(Failure::new(FailureCode::BadServer));
        }
        let accepted = signed.api.accept(&signed.token, &pasted.code).await.map_err(wrong_code)?;
        signed.engine.exchange().await?;
        Ok(accepted.workspace.to_string())
    }

    /// Exchanges until every one of these commands has its outcome; a request carries 500.
    async fn exchange_until_settled(&self, kept: &[(u64, String)]) -> Result<(), Failure> {
        let engine = self.signed()?.engine;
        let most = kept.len() / muster_protocol::MAX_COMMANDS + 3;
        for _ in 0..most {
            if engine.exchange().await.is_err() {
                return Ok(());
            }
            let numbers: Vec<u64> = kept.iter().map(|(n, _)| *n).collect();
            let is_settled = self
                .with_cache(move |cache, _| {
                    let last = numbers.last().copied();
                    Ok(match last {
                        Some(n) => cache.outcome(n)?.is_some(),
                        None => true,
                    })
                })
                .await?;
            if is_settled {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// A wrong code is one that the server does not know.
fn wrong_code(error: muster_sync::ApiError) -> Failure {
    let mut failure = Failure::from(error);
    if matches!(failure.code, FailureCode::NotFound | FailureCode::BadRequest) {
        failure.code = FailureCode::BadCode;
    }
    failure
}

fn row(invitation: Invitation) -> InvitationRow {
    InvitationRow {
        state: match invitation.state {
            InvitationState::Accepted => InvitationStatus::Accepted,
            InvitationState::Open | InvitationState::Revoked => {
                if invitation.is_open(clock::now()) {
                    InvitationStatus::Waiting
                } else {
                    InvitationStatus::Expired
                }
            }
        },
        id: invitation.id,
        address: invitation.address.to_string(),
        name: invitation.name,
        roles: invitation.roles,
        inviter: invitation.inviter_name,
        sent: invitation.sent,
        expires: invitation.expires,
    }
}

/// Who is in the workspace or invited to it, as far as this copy knows.
struct There<'a> {
    cache: &'a Cache,
    workspace: WorkspaceId,
}

impl Present for There<'_> {
    fn state(&self, address: &Address) -> PresentState {
        let found = self.cache.read(|mirror| {
            let member = known(mirror.membership_by_address(self.workspace, address)?);
            let invited = known(mirror.open_invitation(self.workspace, address, clock::now())?);
            Ok((member, invited))
        });
        match found {
            Ok((Some(member), _)) => PresentState::Member(member.roles),
            Ok((None, Some(invitation))) => PresentState::Invited(invitation.roles),
            // What the copy cannot tell, the server will.
            Ok((None, None)) | Err(_) => PresentState::Nobody,
        }
    }
}

/// Every address once, checked before anything is kept.
fn distinct(request: &InviteRequest) -> Result<Vec<(Address, Option<String>)>, Failure> {
    let mut seen = BTreeSet::new();
    let mut people = Vec::new();
    for person in &request.people {
        let address = Address::parse(&person.address).map_err(|it| Failure {
            field: Some(person.address.clone()),
            ..Failure::caused(FailureCode::BadAddress, &it)
        })?;
        if seen.insert(address.clone()) {
            people.push((address, person.name.clone()));
        }
    }
    Ok(people)
}

/// Invitations on their way.
struct Sent {
    kept: Vec<(u64, String)>,
    refused: Vec<RefusedAddress>,
}

fn send_off(bench: &Bench<'_>, request: &InviteRequest) -> Result<Sent, Failure> {
    let people = distinct(request)?;
    let workspace_name = name_of(bench, request.workspace)?;
    let draft = |(address, name): &(Address, Option<String>)| {
        Ok(Draft {
            label: Label {
                workspace_name: workspace_name.clone(),
                person: Some(address.to_string()),
            },
            command: Command::CreateInvitation {
                workspace: request.workspace,
                invitation: InvitationId::from_bytes(random::id()?),
                address: address.clone(),
                person: name.clone(),
                roles: request.roles,
            },
            created: None,
        })
    };
    let drafts = people.iter().map(draft).collect::<Result<Vec<_>, Failure>>()?;
    let mut sent = Sent { kept: Vec::new(), refused: Vec::new() };
    for ((address, _), local) in people.into_iter().zip(keep_all(bench, drafts)?) {
        let address = address.to_string();
        match local {
            Local::Kept(n) => sent.kept.push((n, address)),
            Local::Over(Submitted::Refused { reason }) => {
                sent.refused.push(RefusedAddress { address, reason });
            }
            Local::Over(_) => {}
        }
    }
    Ok(sent)
}

fn result(bench: &Bench<'_>, sent: Sent) -> Result<InviteResult, Failure> {
    let mut result = InviteResult { sent: 0, unanswered: 0, refused: sent.refused };
    for (n, address) in sent.kept {
        let Some(entry) = bench.cache.entry(n)? else { continue };
        match entry.outcome {
            None => result.unanswered += 1,
            Some(outcome) => match (outcome.status, outcome.refusal) {
                (OutcomeStatus::Refused, Some(refusal)) => {
                    let reason = bench.reason(entry.workspace, refusal)?;
                    bench.cache.discard(n, clock::now())?;
                    result.refused.push(RefusedAddress { address, reason });
                }
                (OutcomeStatus::Applied | OutcomeStatus::NoOp, _) => result.sent += 1,
                (
                    OutcomeStatus::Refused
                    | OutcomeStatus::Skipped
                    | OutcomeStatus::Unsupported
                    | OutcomeStatus::Quarantined,
                    _,
                ) => result.unanswered += 1,
            },
        }
    }
    Ok(result)
}
