//! Inviting people, the list of invitations, and accepting one.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use muster_cache::Label;
use muster_domain::{
    Address, Command, Invitation, InvitationId, InvitationState, InvitationTrouble, Known,
    Lookup as _, RoleSet, WorkspaceId,
};
use muster_protocol::http::LinkRequest;

use crate::app::{App, Signed};
use crate::draft::{Draft, given, name_of};
use crate::drafts;
use crate::import::{self, Columns, Former, MAX_PEOPLE, Present, PresentState};
use crate::link;
use crate::pending::everything;
use crate::random;
use crate::submit::{Local, keep_all, known};
use crate::verdict::Bench;
use crate::view::{
    Failure, FailureCode, ImportPreview, InvitationLook, InvitationPage, InvitationRow,
    InvitationStatus, InviteRequest, InviteResult, LinkView, RefusedAddress, Submitted, Verdict,
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
        self.with_bench(move |bench| page(bench, workspace, offset, limit)).await
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
        self.with_bench(move |bench| import::from_text(&text, &There { bench, workspace })).await
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
        self.with_bench(move |bench| {
            let bytes = bytes_of(&content)?;
            let columns = Columns { address: address_column, name: name_column };
            import::from_file(&bytes, columns, &There { bench, workspace })
        })
        .await
    }

    /// Sends invitations, or keeps them as drafts while there is no connection (E-44). What the
    /// rules refuse is listed, the rest goes.
    ///
    /// # Errors
    /// [`FailureCode::TooManyPeople`] over 5,000. Then nothing was sent.
    pub async fn invite(&self, request: InviteRequest) -> Result<InviteResult, Failure> {
        if request.people.len() > MAX_PEOPLE {
            return Err(Failure::new(FailureCode::TooManyPeople));
        }
        let begun = self.with_bench(move |bench| begin(bench, &request)).await?;
        let sent = match begun {
            Begun::Sent(sent) => sent,
            Begun::Drafted(result) => {
                self.changed(everything());
                return Ok(result);
            }
        };
        let numbers: Vec<u64> = sent.kept.iter().map(|(n, _)| *n).collect();
        self.exchange_until_settled(&numbers).await?;
        let result = self.with_bench(move |bench| result(bench, sent)).await;
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
            own_names: view.own_roles.into_iter().map(|role| role.name).collect(),
            inviter_name: view.inviter_name,
            message: view.message,
            expires: view.expires,
        })
    }

    /// Accepts an invitation as the person who is signed in.
    ///
    /// # Errors
    /// The rule's no, or why the server could not be asked.
    pub async fn invitation_accept(&self, code: String) -> Result<String, Failure> {
        let (signed, code) = self.pasted_here(&code)?;
        let accepted = signed.api.accept(&signed.token, &code).await.map_err(wrong_code)?;
        signed.engine.exchange().await?;
        Ok(accepted.workspace.to_string())
    }

    /// The code of a link or a bare code, if it is one of the server I am signed in to.
    pub(crate) fn pasted_here(&self, code: &str) -> Result<(Signed, String), Failure> {
        let pasted = link::read(code).ok_or_else(|| Failure::new(FailureCode::BadCode))?;
        let signed = self.signed()?;
        if let Some(server) = &pasted.server
            && self.api(server)?.server() != signed.api.server()
        {
            return Err(Failure::new(FailureCode::BadServer));
        }
        Ok((signed, pasted.code))
    }

    /// Exchanges until every one of these commands has its outcome; a request carries 500.
    pub(crate) async fn exchange_until_settled(&self, kept: &[u64]) -> Result<(), Failure> {
        let engine = self.signed()?.engine;
        let last = kept.last().copied();
        let most = kept.len() / muster_protocol::MAX_COMMANDS + 3;
        for _ in 0..most {
            if engine.exchange().await.is_err() {
                return Ok(());
            }
            let is_settled = self
                .with_bench(move |bench| {
                    Ok(match last {
                        Some(n) => bench.cache.outcome(n)?.is_some(),
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
pub(crate) fn wrong_code(error: muster_sync::ApiError) -> Failure {
    let mut failure = Failure::from(error);
    if matches!(failure.code, FailureCode::NotFound | FailureCode::BadRequest) {
        failure.code = FailureCode::BadCode;
    }
    failure
}

/// A page of the invitations: open and expired ones, then declined and accepted ones.
pub(crate) fn page(
    bench: &Bench<'_>,
    workspace: WorkspaceId,
    offset: u32,
    limit: u32,
) -> Result<InvitationPage, Failure> {
    let (total, found) = bench.cache.invitations_listed(workspace, offset, limit.min(PAGE))?;
    let open = bench.cache.invitations(workspace, 0, 0)?.0;
    let rows = found.into_iter().map(|it| row(bench, it)).collect::<Result<_, _>>()?;
    Ok(InvitationPage { total, open, rows })
}

fn row(bench: &Bench<'_>, invitation: Invitation) -> Result<InvitationRow, Failure> {
    let (workspace, id) = (invitation.workspace, invitation.id);
    let state = status(bench, &invitation)?;
    let confirm = match state {
        InvitationStatus::NeedsConfirmation => {
            bench.verdict(&Command::ConfirmInvitation { workspace, invitation: id })?
        }
        InvitationStatus::Waiting
        | InvitationStatus::Expired
        | InvitationStatus::Accepted
        | InvitationStatus::Declined => Verdict::Hidden,
    };
    // What was accepted has become a membership: nothing can be done with it here.
    let unless_accepted = |command: &Command| match state {
        InvitationStatus::Accepted => Ok(Verdict::Hidden),
        InvitationStatus::Waiting
        | InvitationStatus::NeedsConfirmation
        | InvitationStatus::Expired
        | InvitationStatus::Declined => bench.verdict(command),
    };
    let resend = unless_accepted(&Command::ResendInvitation { workspace, invitation: id })?;
    let revoke = unless_accepted(&Command::RevokeInvitation { workspace, invitation: id })?;
    Ok(InvitationRow {
        id,
        address: invitation.address.to_string(),
        roles: invitation.roles,
        sent: invitation.sent,
        expires: invitation.expires,
        state,
        confirm,
        set_roles: match invitation.state {
            InvitationState::Open => set_roles(bench, &invitation)?,
            InvitationState::Accepted | InvitationState::Revoked | InvitationState::Declined => {
                Verdict::Hidden
            }
        },
        resend,
        revoke,
        trouble: trouble(state, &invitation),
        name: invitation.name,
        inviter: invitation.inviter_name,
        message: invitation.message,
    })
}

/// What came into the way of one that can still be accepted; of others it is past.
const fn trouble(state: InvitationStatus, invitation: &Invitation) -> Option<InvitationTrouble> {
    match state {
        InvitationStatus::Waiting | InvitationStatus::NeedsConfirmation => invitation.trouble,
        InvitationStatus::Expired | InvitationStatus::Accepted | InvitationStatus::Declined => None,
    }
}

/// E-27: whether somebody has to stand in for the inviter is said before it fails.
fn status(bench: &Bench<'_>, invitation: &Invitation) -> Result<InvitationStatus, Failure> {
    Ok(match invitation.state {
        InvitationState::Accepted => InvitationStatus::Accepted,
        InvitationState::Declined => InvitationStatus::Declined,
        InvitationState::Open | InvitationState::Revoked if !invitation.is_open(bench.now) => {
            InvitationStatus::Expired
        }
        InvitationState::Open | InvitationState::Revoked => {
            match bench.cache.inviter_holds(invitation.id, bench.now)? {
                Known::Known(false) => InvitationStatus::NeedsConfirmation,
                Known::Known(true) | Known::Unknown => InvitationStatus::Waiting,
            }
        }
    })
}

/// Whether an open invitation waits for somebody to stand in for its inviter (E-27).
pub(crate) fn needs_somebody(bench: &Bench<'_>, id: InvitationId) -> Result<bool, Failure> {
    Ok(bench.cache.inviter_holds(id, bench.now)? == Known::Known(false))
}

/// The state of an invitation as a word.
pub(crate) fn state_key(
    bench: &Bench<'_>,
    invitation: &Invitation,
) -> Result<&'static str, Failure> {
    Ok(match status(bench, invitation)? {
        InvitationStatus::Waiting => "waiting",
        InvitationStatus::NeedsConfirmation => "needs_confirmation",
        InvitationStatus::Expired => "expired",
        InvitationStatus::Accepted => "accepted",
        InvitationStatus::Declined => "declined",
    })
}

/// Changing the roles is possible if the narrowest other one can be given.
fn set_roles(bench: &Bench<'_>, invitation: &Invitation) -> Result<Verdict, Failure> {
    let (workspace, id) = (invitation.workspace, invitation.id);
    let Some(account) = bench.account(workspace)? else { return Ok(Verdict::Hidden) };
    let other = account.rules().roles.iter().rev().map(|role| RoleSet::of(&[*role]));
    let roles = other.into_iter().find(|roles| *roles != invitation.roles);
    let roles = roles.unwrap_or(RoleSet::NONE);
    bench.verdict(&Command::SetInvitationRoles { workspace, invitation: id, roles })
}

/// Who is in the workspace or invited to it, as far as this copy knows.
struct There<'a> {
    bench: &'a Bench<'a>,
    workspace: WorkspaceId,
}

impl Present for There<'_> {
    fn state(&self, address: &Address) -> PresentState {
        let (workspace, now) = (self.workspace, self.bench.now);
        let found = self.bench.cache.read(|mirror| {
            let member = known(mirror.membership_by_address(workspace, address)?);
            let invited = known(mirror.open_invitation(workspace, address, now)?);
            Ok((member, invited))
        });
        match found {
            Ok((Some(member), _)) => PresentState::Member(member.roles),
            Ok((None, Some(invitation))) => PresentState::Invited(invitation.roles),
            // What the copy cannot tell, the server will.
            Ok((None, None)) | Err(_) => PresentState::Nobody,
        }
    }

    fn former(&self, address: &Address) -> Option<Former> {
        // A suggestion that cannot be read is none.
        let found = self.bench.cache.former_roles(self.workspace, address).ok()??;
        let account = self.bench.account(self.workspace).ok()??;
        // A slot may stand for another role by now, and the scheme may have changed.
        let known = account.rules().roles;
        let roles = found.roles.iter().filter(|role| known.contains(role)).collect();
        Some(Former { roles, until: found.ended.map(|it| it.at) })
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

/// Sends invitations off where there is a connection, and else keeps them.
pub(crate) fn begin(bench: &Bench<'_>, request: &InviteRequest) -> Result<Begun, Failure> {
    if bench.is_online() {
        return Ok(Begun::Sent(send_off(bench, request)?));
    }
    let invitations = invitations_of(bench, request)?;
    Ok(Begun::Drafted(drafts::keep(bench, invitations)?))
}

#[cfg(test)]
impl Begun {
    pub(crate) fn drafted(self) -> Option<InviteResult> {
        match self {
            Begun::Drafted(result) => Some(result),
            Begun::Sent(_) => None,
        }
    }
}

/// What inviting comes to at first.
pub(crate) enum Begun {
    /// They are on their way.
    Sent(Sent),
    /// They wait on this device.
    Drafted(InviteResult),
}

/// Invitations on their way.
pub(crate) struct Sent {
    kept: Vec<(u64, String)>,
    refused: Vec<RefusedAddress>,
}

fn send_off(bench: &Bench<'_>, request: &InviteRequest) -> Result<Sent, Failure> {
    let (people, drafts): (Vec<_>, Vec<_>) = invitations_of(bench, request)?.into_iter().unzip();
    let mut sent = Sent { kept: Vec::new(), refused: Vec::new() };
    for (address, local) in people.into_iter().zip(keep_all(bench, drafts)?) {
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

/// One invitation for each address.
fn invitations_of(
    bench: &Bench<'_>,
    request: &InviteRequest,
) -> Result<Vec<(String, Draft)>, Failure> {
    let people = distinct(request)?;
    let workspace_name = name_of(bench, request.workspace)?;
    let message = given(request.message.clone());
    let draft = |(address, name): &(Address, Option<String>)| -> Result<Draft, Failure> {
        Ok(Draft {
            label: Label {
                workspace_name: workspace_name.clone(),
                person: Some(address.to_string()),
                object: None,
            },
            command: Command::CreateInvitation {
                workspace: request.workspace,
                invitation: InvitationId::from_bytes(random::id()?),
                address: address.clone(),
                person: name.clone(),
                roles: request.roles,
                message: message.clone(),
            },
            created: None,
            line: None,
        })
    };
    let drafts = people.iter().map(|it| Ok((it.0.to_string(), draft(it)?)));
    drafts.collect()
}

fn result(bench: &Bench<'_>, sent: Sent) -> Result<InviteResult, Failure> {
    let mut result = InviteResult { sent: 0, unanswered: 0, drafted: 0, refused: sent.refused };
    for (n, address) in sent.kept {
        let Some(entry) = bench.cache.entry(n)? else { continue };
        result.count(bench, &entry, address)?;
    }
    Ok(result)
}

/// The bytes of a file that the window handed over in Base64.
pub(crate) fn bytes_of(content: &str) -> Result<Vec<u8>, Failure> {
    STANDARD.decode(content).map_err(|it| Failure::caused(FailureCode::BadRequest, &it))
}
