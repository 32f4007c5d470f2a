//! The isolation matrix (I1): every principal × every route of the table × own, foreign,
//! missing, over a running server. Every text of a workspace has a canary in it; no answer
//! may carry a canary of what its reader may not see, and what is foreign is answered to the
//! byte like what is not there.

mod support;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use muster_domain::{
    AccountId, Activity, Address, CampaignId, Choice, Command, ContentBody, ContentId, Covers,
    DeviceId, GroupId, HandOutId, InvitationId, KnowledgeSource, Labels, MembershipId, Part,
    Permission, PermissionSet, Plan, PublicKey, QuietDays, ReviewId, Role, RoleId, RoleSet, Row,
    SchemeId, TalkState, Undecided, WorkspaceId,
};
use muster_protocol::http::{
    AddressCode, AddressConfirm, ChangeAddress, DeleteLogin, DropAddress, EndDevice, FoundAccount,
    InboxRequest, InvitationCode, LinkRequest, RenameLogin, SignIn,
};
use muster_protocol::{Ask, Have, LogOf, LogWant, Push, Want};
use muster_server::http::{Auth, Method, ROUTES, Route};
use reqwest::{RequestBuilder, StatusCode};
use support::{PASSWORD, Person, World, join, sign_up, some_id};

/// Words that stand in every text of what they mark.
mod canary {
    pub const AGENCY_PLACE: &str = "kestrel";
    pub const AGENCY_PEOPLE: &str = "plover";
    pub const AGENCY_INVITED: &str = "bittern";
    pub const AGENCY_OTHER: &str = "gannet";
    pub const FREE_PLACE: &str = "heron";
    pub const FREE_PEOPLE: &str = "dunlin";
    pub const FREE_INVITED: &str = "avocet";
    pub const AGENCY_AGENT: &str = "siskin";
    pub const AGENCY_KNOWLEDGE: &str = "linnet";
    pub const AGENCY_TALK: &str = "fieldfare";
    pub const AGENCY_LEAD: &str = "redwing";
    pub const AGENCY_NOTE: &str = "whimbrel";
    pub const AGENCY_ROLE: &str = "turnstone";
    pub const AGENCY_GROUP: &str = "pochard";
    pub const AGENCY_BIN: &str = "garganey";
    pub const AGENCY_MESSAGE: &str = "godwit";
    pub const AGENCY_REVIEW: &str = "dotterel";
    /// A name that only the history knows any more.
    pub const AGENCY_PAST: &str = "corncrake";
    /// A record's text that only the history knows any more.
    pub const AGENCY_OLD_TEXT: &str = "brambling";
    /// A group's name that only the account's own history knows any more.
    pub const ACCOUNT_PAST: &str = "smew";
    pub const OFFERED: &str = "shoveler";
    pub const FREE_CONTENT: &str = "pintail";
    pub const FOREIGN: &str = "wigeon";
    pub const ALL: &[&str] = &[
        AGENCY_PLACE,
        AGENCY_PEOPLE,
        AGENCY_INVITED,
        AGENCY_OTHER,
        AGENCY_AGENT,
        AGENCY_KNOWLEDGE,
        AGENCY_TALK,
        AGENCY_LEAD,
        AGENCY_NOTE,
        AGENCY_ROLE,
        AGENCY_GROUP,
        AGENCY_BIN,
        AGENCY_MESSAGE,
        AGENCY_REVIEW,
        AGENCY_PAST,
        AGENCY_OLD_TEXT,
        ACCOUNT_PAST,
        OFFERED,
        FREE_PLACE,
        FREE_PEOPLE,
        FREE_INVITED,
        FREE_CONTENT,
        FOREIGN,
    ];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Owner,
    Admin,
    Write,
    Read,
    WorkspaceAdmin,
    Auditor,
    AccountAdmin,
    BillingAdmin,
    ChatUser,
    Invited,
    Suspended,
    Removed,
    ForeignOwner,
    Expired,
    Anonymous,
}

impl Kind {
    /// What this principal may see at most.
    const fn sees(self) -> &'static [&'static str] {
        use canary::*;
        match self {
            Kind::Owner | Kind::Admin => &[FREE_PLACE, FREE_PEOPLE, FREE_INVITED, FREE_CONTENT],
            Kind::Write | Kind::Read => &[FREE_PLACE, FREE_PEOPLE, FREE_CONTENT],
            Kind::WorkspaceAdmin => &[
                AGENCY_PLACE,
                AGENCY_PEOPLE,
                AGENCY_INVITED,
                AGENCY_AGENT,
                AGENCY_KNOWLEDGE,
                AGENCY_TALK,
                AGENCY_LEAD,
                AGENCY_NOTE,
                AGENCY_ROLE,
                AGENCY_MESSAGE,
                AGENCY_REVIEW,
                AGENCY_PAST,
                AGENCY_OLD_TEXT,
            ],
            // The history's links, the place itself, and what it was called before.
            Kind::Auditor => &[AGENCY_PLACE, AGENCY_ROLE, AGENCY_PAST],
            Kind::AccountAdmin => &[
                AGENCY_PLACE,
                AGENCY_PEOPLE,
                AGENCY_INVITED,
                AGENCY_OTHER,
                AGENCY_AGENT,
                AGENCY_KNOWLEDGE,
                AGENCY_TALK,
                AGENCY_LEAD,
                AGENCY_NOTE,
                AGENCY_ROLE,
                AGENCY_GROUP,
                AGENCY_BIN,
                AGENCY_MESSAGE,
                AGENCY_REVIEW,
                AGENCY_PAST,
                AGENCY_OLD_TEXT,
                ACCOUNT_PAST,
                OFFERED,
            ],
            Kind::BillingAdmin | Kind::ChatUser => &[AGENCY_PLACE, AGENCY_ROLE],
            // The workspace's name and the inviter's words stand in the inbox.
            Kind::Invited => &[AGENCY_PLACE, AGENCY_MESSAGE],
            Kind::ForeignOwner => &[FOREIGN],
            Kind::Suspended | Kind::Removed | Kind::Expired | Kind::Anonymous => &[],
        }
    }

    const fn has_session(self) -> bool {
        !matches!(self, Kind::Expired | Kind::Anonymous)
    }

    const fn manages(self) -> bool {
        matches!(
            self,
            Kind::Owner
                | Kind::Admin
                | Kind::WorkspaceAdmin
                | Kind::AccountAdmin
                | Kind::ForeignOwner
        )
    }

    const fn is_inside(self) -> bool {
        match self {
            Kind::Owner
            | Kind::Admin
            | Kind::Write
            | Kind::Read
            | Kind::WorkspaceAdmin
            | Kind::Auditor
            | Kind::AccountAdmin
            | Kind::BillingAdmin
            | Kind::ChatUser
            | Kind::ForeignOwner => true,
            Kind::Invited | Kind::Suspended | Kind::Removed | Kind::Expired | Kind::Anonymous => {
                false
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Own,
    Foreign,
    Missing,
}

/// A workspace with something of every kind in it.
#[derive(Clone)]
struct Place {
    account: AccountId,
    workspace: WorkspaceId,
    content: ContentId,
    role: RoleId,
    group: GroupId,
    review: ReviewId,
    membership: MembershipId,
    invitation: InvitationId,
    code: String,
    address: String,
}

struct Principal {
    kind: Kind,
    person: Person,
    own: Place,
    foreign: Place,
}

struct Zoo {
    world: World,
    principals: Vec<Principal>,
}

/// Puts a marked member and a marked invitation into a workspace.
async fn furnish(
    world: &World,
    by: &mut Person,
    workspace: WorkspaceId,
    people: &str,
    invited: &str,
    role: Role,
) -> Place {
    let member = join(world, by, workspace, &format!("{people} person"), role).await;
    let membership = by.member(world, workspace, &member.login).await.id;
    let invitation = some_id(InvitationId::from_bytes);
    let command = Command::CreateInvitation {
        workspace,
        invitation,
        address: Address::parse(&format!("{invited}@{invited}.example")).expect("an address"),
        person: Some(format!("{invited} name")),
        roles: RoleSet::of(&[role]),
        message: None,
    };
    by.apply(world, &command).await;
    let code = by.link(world, workspace, invitation).await.expect("a link").code;
    Place {
        account: by.account(world).await,
        workspace,
        content: some_id(ContentId::from_bytes),
        role: some_id(RoleId::from_bytes),
        group: some_id(GroupId::from_bytes),
        review: some_id(ReviewId::from_bytes),
        membership,
        invitation,
        code,
        address: member.login.address.as_str().to_owned(),
    }
}

fn agent(name: &str, knowledge: Vec<ContentId>) -> ContentBody {
    let instructions = format!("{name} instructions");
    ContentBody::Agent { instructions, state: Activity::On, knowledge }
}

fn piece(name: &str) -> ContentBody {
    let text = format!("{name} text");
    ContentBody::Knowledge { source: KnowledgeSource::Faq, text, size: 9 }
}

/// Puts a record into a workspace.
async fn record(
    world: &World,
    by: &mut Person,
    workspace: WorkspaceId,
    name: &str,
    body: ContentBody,
) -> ContentId {
    let content = some_id(ContentId::from_bytes);
    let title = format!("{name} title");
    by.apply(world, &Command::CreateContent { workspace, content, title, body }).await;
    content
}

/// Everything that an agency's workspace and account can hold besides people.
async fn furnish_agency(world: &World, nora: &mut Person, place: &mut Place) {
    let workspace = place.workspace;
    nora.apply(world, &Command::SetPlan { workspace, plan: Plan::Pro }).await;
    let known = record(world, nora, workspace, canary::AGENCY_KNOWLEDGE, piece("linnet")).await;
    place.content =
        record(world, nora, workspace, canary::AGENCY_AGENT, agent("siskin", vec![known])).await;
    let at = support::BEGIN;
    let talk = ContentBody::Conversation {
        person: "fieldfare person".to_owned(),
        at,
        channel: "fieldfare channel".to_owned(),
        state: TalkState::Open,
    };
    record(world, nora, workspace, canary::AGENCY_TALK, talk).await;
    let lead = ContentBody::Lead {
        person: "redwing person".to_owned(),
        contact: "redwing contact".to_owned(),
        at,
        channel: "redwing channel".to_owned(),
        state: TalkState::Open,
    };
    record(world, nora, workspace, canary::AGENCY_LEAD, lead).await;
    let note = Command::SetMemberNote {
        workspace,
        membership: place.membership,
        was: String::new(),
        note: "a whimbrel note".to_owned(),
    };
    nora.apply(world, &note).await;
    let title = "turnstone role".to_owned();
    let permissions = PermissionSet::of(&[Permission::WorkspaceView]);
    nora.apply(world, &Command::DefineRole { workspace, role: place.role, title, permissions })
        .await;
    let group = Command::CreateGroup {
        account: place.account,
        group: place.group,
        title: "pochard group".to_owned(),
        covers: Covers::Listed(vec![workspace]),
        roles: RoleSet::of(&[Role::AgentManager]),
    };
    nora.apply(world, &group).await;
    furnish_past(world, nora, place).await;
    let binned = nora.new_workspace(world, "garganey place").await;
    nora.apply(world, &Command::DeleteWorkspace { workspace: binned, reason: None }).await;
}

/// A review, and things that are called otherwise by now.
async fn furnish_past(world: &World, nora: &mut Person, place: &Place) {
    let Place { account, workspace, group, .. } = *place;
    let name = canary::AGENCY_PLACE;
    for (was, title) in [(name, canary::AGENCY_PAST), (canary::AGENCY_PAST, name)] {
        let (was, title) = (was.to_owned(), title.to_owned());
        nora.apply(world, &Command::RenameWorkspace { workspace, was, title }).await;
    }
    for title in ["smew group", "pochard group"] {
        let command = Command::ChangeGroup {
            account,
            group,
            title: title.to_owned(),
            covers: Covers::Listed(vec![workspace]),
            roles: RoleSet::of(&[Role::AgentManager]),
        };
        nora.apply(world, &command).await;
    }
    for (version, text) in [(1, canary::AGENCY_OLD_TEXT), (2, canary::AGENCY_AGENT)] {
        let command = Command::ChangeContent {
            workspace,
            content: place.content,
            version,
            title: format!("{} title", canary::AGENCY_AGENT),
            body: agent(text, Vec::new()),
        };
        nora.apply(world, &command).await;
    }
    let start = Command::StartReview {
        workspace,
        review: place.review,
        campaign: some_id(CampaignId::from_bytes),
        title: "dotterel review".to_owned(),
        due: support::BEGIN.plus_days(900),
        undecided: Undecided::Leave,
        quiet: QuietDays::USUAL,
        reviewers: vec![nora.login.id],
    };
    nora.apply(world, &start).await;
    let decide = Command::DecideReview {
        workspace,
        review: place.review,
        lines: vec![place.membership],
        choice: Some(Choice::Keep),
        reason: Some("a dotterel reason".to_owned()),
    };
    nora.apply(world, &decide).await;
}

/// Another agency offers this one a workspace.
async fn offer(world: &World, to: AccountId) {
    let mut other = world.person("Other", "other@people.example", SchemeId::Managed).await;
    let workspace = other.new_workspace(world, canary::OFFERED).await;
    other.apply(world, &Command::OfferWorkspace { workspace, to }).await;
}

/// What the mail with a code does; this server sends none.
fn verify(world: &World, person: &mut Person) {
    person.login.verified = vec![person.login.address.clone()];
    let app = world.running().app();
    let tx = app.store.write().expect("a transaction");
    tx.put_login(&person.login).expect("written");
    tx.commit().expect("a commit");
}

async fn zoo() -> Zoo {
    let world = World::start().await;
    // Signed up long ago and not seen since.
    let expired = world.person("Lapsed", "lapsed@people.example", SchemeId::OwnerLed).await;
    world.clock.advance(200 * 86_400_000);

    let mut nora = world.person("Nora", "nora@people.example", SchemeId::Managed).await;
    let client = nora.new_workspace(&world, canary::AGENCY_PLACE).await;
    let other = nora.new_workspace(&world, canary::AGENCY_OTHER).await;
    let mut place = furnish(
        &world,
        &mut nora,
        client,
        canary::AGENCY_PEOPLE,
        canary::AGENCY_INVITED,
        Role::ChatUser,
    )
    .await;
    furnish_agency(&world, &mut nora, &mut place).await;
    offer(&world, place.account).await;
    furnish(&world, &mut nora, other, canary::AGENCY_OTHER, "gannet-invited", Role::AgentManager)
        .await;

    let mut alex = world.person("Alex", "alex@people.example", SchemeId::OwnerLed).await;
    let free = alex.new_workspace(&world, canary::FREE_PLACE).await;
    let mut free_place =
        furnish(&world, &mut alex, free, canary::FREE_PEOPLE, canary::FREE_INVITED, Role::Read)
            .await;

    let known = record(&world, &mut alex, free, canary::FREE_CONTENT, piece("pintail")).await;
    free_place.content =
        record(&world, &mut alex, free, canary::FREE_CONTENT, agent("pintail", vec![known])).await;

    let mut stranger = world.person("Wigeon", "w@wigeon.example", SchemeId::OwnerLed).await;
    let far = stranger.new_workspace(&world, canary::FOREIGN).await;
    let mut foreign =
        furnish(&world, &mut stranger, far, "wigeon other", "wigeon-invited", Role::Write).await;
    foreign.content =
        record(&world, &mut stranger, far, canary::FOREIGN, agent("wigeon", Vec::new())).await;

    let mut principals = Vec::new();
    let mut add = |kind, person: &Person, own: &Place, foreign: &Place| {
        principals.push(Principal {
            kind,
            person: person.clone(),
            own: own.clone(),
            foreign: foreign.clone(),
        });
    };
    for (kind, name, role) in [
        (Kind::Admin, "Free Admin", Role::Admin),
        (Kind::Write, "Free Writer", Role::Write),
        (Kind::Read, "Free Reader", Role::Read),
    ] {
        let person = join(&world, &mut alex, free, name, role).await;
        add(kind, &person, &free_place, &foreign);
    }
    for (kind, name, role) in [
        (Kind::WorkspaceAdmin, "Client Admin", Role::WorkspaceAdmin),
        (Kind::Auditor, "Client Auditor", Role::ChatUser),
        (Kind::BillingAdmin, "Client Biller", Role::BillingAdmin),
        (Kind::ChatUser, "Client Chatter", Role::ChatUser),
        (Kind::Suspended, "Client Suspended", Role::WorkspaceAdmin),
        (Kind::Removed, "Client Removed", Role::WorkspaceAdmin),
    ] {
        let person = join(&world, &mut nora, client, name, role).await;
        let membership = nora.member(&world, client, &person.login).await.id;
        match kind {
            Kind::Suspended => {
                let command =
                    Command::SuspendMember { workspace: client, membership, reason: None };
                nora.apply(&world, &command).await;
            }
            Kind::Auditor => {
                let audit = [Permission::WorkspaceView, Permission::AuditView];
                nora.lets(&world, client, &person, &audit).await;
            }
            Kind::Removed => {
                let command = Command::RemoveMember { workspace: client, membership, reason: None };
                nora.apply(&world, &command).await;
            }
            _ => {}
        }
        add(kind, &person, &place, &foreign);
    }
    let mut invited = world.person("Invited", "invited@people.example", SchemeId::OwnerLed).await;
    verify(&world, &mut invited);
    let invite = Command::CreateInvitation {
        workspace: client,
        invitation: some_id(InvitationId::from_bytes),
        address: invited.login.address.clone(),
        person: None,
        roles: RoleSet::of(&[Role::WorkspaceAdmin]),
        message: Some("a godwit message".to_owned()),
    };
    nora.apply(&world, &invite).await;
    add(Kind::Invited, &invited, &place, &foreign);
    add(Kind::Owner, &alex, &free_place, &foreign);
    add(Kind::AccountAdmin, &nora, &place, &foreign);
    add(Kind::ForeignOwner, &stranger, &foreign, &place);
    add(Kind::Expired, &expired, &place, &foreign);
    let mut nobody = expired.clone();
    nobody.token = String::new();
    add(Kind::Anonymous, &nobody, &place, &foreign);
    Zoo { world, principals }
}

/// What was answered, as far as it may depend on who asked for what.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    status: StatusCode,
    body: Vec<u8>,
    headers: String,
}

fn nowhere() -> Place {
    Place {
        account: some_id(AccountId::from_bytes),
        content: some_id(ContentId::from_bytes),
        role: some_id(RoleId::from_bytes),
        group: some_id(GroupId::from_bytes),
        review: some_id(ReviewId::from_bytes),
        workspace: some_id(WorkspaceId::from_bytes),
        membership: some_id(MembershipId::from_bytes),
        invitation: some_id(InvitationId::from_bytes),
        code: String::new(),
        address: "nobody@nowhere.example".to_owned(),
    }
}

impl Principal {
    fn place(&self, relation: Relation) -> Place {
        match relation {
            Relation::Own => self.own.clone(),
            Relation::Foreign => self.foreign.clone(),
            Relation::Missing => nowhere(),
        }
    }

    /// A good code for what is one's own; otherwise the best that knowing an id allows.
    fn code(&self, relation: Relation) -> String {
        let place = self.place(relation);
        match relation {
            Relation::Own => place.code,
            Relation::Foreign | Relation::Missing => {
                let mut bytes = place.invitation.to_bytes().to_vec();
                bytes.extend([7; 32]);
                URL_SAFE_NO_PAD.encode(bytes)
            }
        }
    }

    fn request(&self, world: &World, route: &Route, code: &str) -> RequestBuilder {
        let url = world.url(&route.path.replace("{code}", code));
        let request = match route.method {
            Method::Get => world.http.get(url),
            Method::Post => world.http.post(url),
        };
        match (route.auth, self.kind) {
            (Auth::Session, Kind::Anonymous) => request,
            (Auth::Session, _) => request.bearer_auth(&self.person.token),
            (Auth::Open | Auth::Password | Auth::Code, _) => request,
        }
    }
}

async fn seen(request: RequestBuilder) -> Seen {
    let mut response = request.send().await.expect("an answer");
    let status = response.status();
    let headers: Vec<_> = response
        .headers()
        .iter()
        .filter(|(name, _)| !["x-request-id", "date"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    let streams =
        response.headers().get("content-type").is_some_and(|it| it == "text/event-stream");
    let body = if streams {
        response.chunk().await.expect("a stream").expect("its first bytes").to_vec()
    } else {
        response.bytes().await.expect("a body").to_vec()
    };
    Seen { status, body, headers: headers.join("\n") }
}

/// One cell: what is asked, and which status must answer.
async fn cell(
    zoo: &mut Zoo,
    index: usize,
    route: &Route,
    relation: Relation,
) -> (Seen, StatusCode) {
    let world = &zoo.world;
    let principal = &zoo.principals[index];
    let kind = principal.kind;
    let request = principal.request(world, route, &principal.code(relation));
    let needs_session = |status| if kind.has_session() { status } else { StatusCode::UNAUTHORIZED };
    match route.path {
        "/v1/server" | "/v1/health" => (seen(request).await, StatusCode::OK),
        "/v1/sign-in" => {
            let address = match relation {
                Relation::Own => principal.person.login.address.as_str().to_owned(),
                Relation::Foreign | Relation::Missing => principal.place(relation).address,
            };
            let (password, status) = match relation {
                Relation::Own => (PASSWORD, StatusCode::OK),
                Relation::Foreign | Relation::Missing => {
                    ("not the password", StatusCode::UNAUTHORIZED)
                }
            };
            let device = some_id(DeviceId::from_bytes);
            let password = password.to_owned();
            let body = SignIn { address, password, device, device_name: String::new() };
            (seen(request.json(&body)).await, status)
        }
        "/v1/sign-up" => {
            let address = format!("{index}-{relation:?}@newcomers.example");
            let body = sign_up("New", &address, None, Some(principal.code(relation)));
            // A good code is still for another address.
            let status = match relation {
                Relation::Own => StatusCode::FORBIDDEN,
                Relation::Foreign | Relation::Missing => StatusCode::NOT_FOUND,
            };
            (seen(request.json(&body)).await, status)
        }
        "/v1/invitations/look" => {
            let status = match relation {
                Relation::Own => StatusCode::OK,
                Relation::Foreign | Relation::Missing => StatusCode::NOT_FOUND,
            };
            let body = InvitationCode { code: principal.code(relation) };
            (seen(request.json(&body)).await, status)
        }
        "/join/{code}" => {
            let mut page = seen(request).await;
            // The code that was asked for is all that differs.
            let body = String::from_utf8(page.body).expect("a page");
            let from = body.find("code=").expect("a link") + 5;
            let code = body[from..].split('"').next().expect("its end").to_owned();
            page.body = body.replace(&code, "").into_bytes();
            (page, StatusCode::OK)
        }
        "/v1/inbox/accept" | "/v1/inbox/decline" => {
            // Knowing an invitation's id opens nothing.
            let body = InboxRequest { invitation: principal.place(relation).invitation };
            (seen(request.json(&body)).await, needs_session(StatusCode::NOT_FOUND))
        }
        "/v1/addresses/code" => {
            let body = AddressCode { address: principal.place(relation).address };
            (seen(request.json(&body)).await, needs_session(StatusCode::CONFLICT))
        }
        "/v1/addresses/confirm" => {
            let code = "123456".to_owned();
            let body = AddressConfirm { address: principal.place(relation).address, code };
            (seen(request.json(&body)).await, needs_session(StatusCode::BAD_REQUEST))
        }
        "/v1/login/name" => {
            // A name that is none: the others of this table are told apart by theirs.
            let body = RenameLogin { name: " ".to_owned() };
            (seen(request.json(&body)).await, needs_session(StatusCode::CONFLICT))
        }
        "/v1/login/address" => {
            let address = principal.place(relation).address;
            let body = ChangeAddress { address, password: "not the password".to_owned() };
            (seen(request.json(&body)).await, StatusCode::UNAUTHORIZED)
        }
        "/v1/addresses/drop" => {
            // The caller's own is kept; any other is theirs to drop, whosever it is.
            let address = match relation {
                Relation::Own => principal.person.login.address.to_string(),
                Relation::Foreign | Relation::Missing => principal.place(relation).address,
            };
            let status = match relation {
                Relation::Own => StatusCode::CONFLICT,
                Relation::Foreign | Relation::Missing => StatusCode::OK,
            };
            let body = DropAddress { address };
            (seen(request.json(&body)).await, needs_session(status))
        }
        "/v1/login/delete" => {
            let body = DeleteLogin { password: "not the password".to_owned() };
            (seen(request.json(&body)).await, StatusCode::UNAUTHORIZED)
        }
        "/v1/invitations/accept" | "/v1/invitations/decline" => {
            let status = match relation {
                Relation::Own => StatusCode::FORBIDDEN,
                Relation::Foreign | Relation::Missing => StatusCode::NOT_FOUND,
            };
            let body = InvitationCode { code: principal.code(relation) };
            (seen(request.json(&body)).await, needs_session(status))
        }
        "/v1/invitations/link" => {
            let place = principal.place(relation);
            let body = LinkRequest { workspace: place.workspace, invitation: place.invitation };
            let status = match relation {
                Relation::Own if kind.manages() => StatusCode::OK,
                Relation::Own if kind.is_inside() => StatusCode::FORBIDDEN,
                Relation::Own | Relation::Foreign | Relation::Missing => StatusCode::NOT_FOUND,
            };
            (seen(request.json(&body)).await, needs_session(status))
        }
        "/v1/sync" => {
            let asks = asks(world, &zoo.principals[index], relation);
            let count = asks.iter().filter(|ask| matches!(ask, Ask::Command(_))).count();
            let answer = seen(request.json(&asks)).await;
            if kind.has_session() {
                zoo.principals[index].person.next += u64::try_from(count).expect("few");
            }
            (answer, needs_session(StatusCode::OK))
        }
        // Nothing that would take effect: there is nobody's account in it but a new one.
        "/v1/accounts" => {
            let (scheme, name) = (SchemeId::Managed, Some(String::new()));
            let body = FoundAccount { scheme, account_name: name, workspace_name: None };
            (seen(request.json(&body)).await, needs_session(StatusCode::CONFLICT))
        }
        // Only ever the caller's own.
        "/v1/devices" => (seen(request).await, needs_session(StatusCode::OK)),
        "/v1/devices/end" => {
            let (device, status) = match relation {
                // Another of the caller's, so that the others go on.
                Relation::Own if kind.has_session() => {
                    let device = some_id(DeviceId::from_bytes);
                    let address = principal.person.login.address.as_str();
                    world.sign_in(address, PASSWORD, device).await.expect("a session");
                    (device, StatusCode::NO_CONTENT)
                }
                Relation::Foreign => {
                    let other = &zoo.principals[(index + 1) % zoo.principals.len()];
                    (other.person.device, StatusCode::NOT_FOUND)
                }
                Relation::Own | Relation::Missing => {
                    (some_id(DeviceId::from_bytes), StatusCode::NOT_FOUND)
                }
            };
            (seen(request.json(&EndDevice { device })).await, needs_session(status))
        }
        "/v1/poke" => (seen(request).await, needs_session(StatusCode::OK)),
        "/v1/sign-out" => {
            // On a session of its own, so that the others go on.
            let device = some_id(DeviceId::from_bytes);
            if !kind.has_session() {
                return (seen(request).await, StatusCode::UNAUTHORIZED);
            }
            let address = principal.person.login.address.as_str();
            let session = world.sign_in(address, PASSWORD, device).await.expect("a session");
            let request = world.http.post(world.url(route.path)).bearer_auth(session.token);
            (seen(request).await, StatusCode::NO_CONTENT)
        }
        path => panic!("{path} has no row in the isolation matrix"),
    }
}

/// An exchange that wants the workspace and its history and tries every command on it. Nothing
/// that would take effect is tried on one's own.
fn asks(world: &World, principal: &Principal, relation: Relation) -> Vec<Ask> {
    let place = principal.place(relation);
    let person = &principal.person;
    let want = vec![Want { workspace: place.workspace, after: None }];
    let store = world.running().app().store.read().expect("a snapshot");
    let epoch = Some(store.epoch().expect("an epoch"));
    let logs = [LogOf::Workspace(place.workspace), LogOf::Account(place.account)]
        .map(|of| LogWant { of, after: None, through: 0 })
        .to_vec();
    let have = Have { epoch, want, logs, budget: 4 << 20, ..Have::default() };
    let mut asks = vec![person.hello(), Ask::Have(have)];
    if relation != Relation::Own {
        let commands = commands(&place);
        for (offset, command) in (0..).zip(commands) {
            for (twice, grant) in [(0, None), (1, Some(1))] {
                let push = person.push(person.next + offset * 2 + twice, &command, grant);
                asks.push(Ask::Command(Push { id: person_command(offset), ..push }));
            }
        }
    }
    asks
}

fn person_command(offset: u64) -> muster_domain::CommandId {
    muster_domain::CommandId::from_bytes(u128::from(offset).to_be_bytes())
}

fn commands(place: &Place) -> Vec<Command> {
    let Place { account, workspace, membership, invitation, content, role, group, review, .. } =
        *place;
    let (was, roles) = (RoleSet::of(&[Role::Write]), RoleSet::of(&[Role::Read]));
    let (reason, title) = (None, "t".to_owned());
    let permissions = PermissionSet::of(&[Permission::WorkspaceView]);
    let covers = Covers::Listed(vec![workspace]);
    let login = muster_domain::LoginId::from_bytes(workspace.to_bytes());
    let body = || ContentBody::Prompt { text: "p".to_owned() };
    vec![
        Command::RenameWorkspace { workspace, was: "a".to_owned(), title: "b".to_owned() },
        Command::DeleteWorkspace { workspace, reason: None },
        Command::LeaveWorkspace { workspace },
        Command::SetMemberRoles { workspace, membership, was, roles, reason },
        Command::SuspendMember { workspace, membership, reason: None },
        Command::ResumeMember { workspace, membership },
        Command::RemoveMember { workspace, membership, reason: None },
        Command::CreateInvitation {
            workspace,
            invitation,
            address: Address::parse("x@y.example").expect("an address"),
            person: None,
            roles,
            message: None,
        },
        Command::ResendInvitation { workspace, invitation },
        Command::SetInvitationRoles { workspace, invitation, roles },
        Command::ConfirmInvitation { workspace, invitation },
        Command::RevokeInvitation { workspace, invitation },
        Command::CreateWorkspace {
            workspace,
            account,
            title: title.clone(),
            plan: Some(Plan::Basic),
            membership: Some(membership),
            labels: Labels::default(),
        },
        Command::SetWorkspaceLabels {
            workspace,
            was: Labels::default(),
            labels: Labels::clean(["x"]).expect("a label"),
        },
        Command::SetWorkspaceColour { workspace, colour: Some(muster_domain::Colour::Plum) },
        Command::SetPlan { workspace, plan: Plan::Pro },
        Command::EndPlan { workspace },
        Command::RestoreWorkspace { workspace },
        Command::OfferWorkspace { workspace, to: account },
        Command::EndOffer { workspace },
        Command::AcceptOffer { workspace },
        Command::AddMember { workspace, membership, person: membership, roles },
        Command::SetMemberEnd { workspace, membership, was: None, end: None },
        Command::SetMemberLabels {
            workspace,
            membership,
            was: Labels::default(),
            labels: Labels::default(),
        },
        Command::SetMemberNote { workspace, membership, was: String::new(), note: title.clone() },
        Command::DefineRole { workspace, role, title: title.clone(), permissions },
        Command::ChangeRole {
            workspace,
            role,
            was: permissions,
            title: title.clone(),
            permissions,
        },
        Command::DeleteRole { workspace, role, holders: Vec::new(), others: roles },
        Command::CreateContent { workspace, content, title: title.clone(), body: body() },
        Command::ChangeContent {
            workspace,
            content,
            version: 1,
            title: title.clone(),
            body: body(),
        },
        Command::DeleteContent { workspace, content },
        Command::RenameAccount { account, was: title.clone(), title: title.clone() },
        Command::SetPolicy {
            account,
            invitation_days: 1,
            lease_days: 1,
            reason_required: false,
            review_days: None,
            second_admin: None,
            name_days: None,
        },
        Command::AddAdmin { account, person: membership },
        Command::RemoveAdmin { account, login },
        Command::LeaveAccount { account },
        Command::DeleteAccount { account, title: title.clone() },
        Command::ScheduleDeletion { account, title: title.clone(), days: 1 },
        Command::ConfirmDeletion { account },
        Command::WithdrawDeletion { account },
        Command::SetScheme {
            account,
            scheme: SchemeId::Managed,
            mapping: Vec::new(),
            widened: Vec::new(),
        },
        Command::CreateGroup {
            account,
            group,
            title: title.clone(),
            covers: covers.clone(),
            roles,
        },
        Command::ChangeGroup { account, group, title, covers, roles },
        Command::DeleteGroup { account, group },
        Command::AddGroupPerson { account, group, person: membership },
        Command::RemoveGroupPerson { account, group, login },
        Command::StartReview {
            workspace,
            review,
            campaign: CampaignId::from_bytes([1; 16]),
            title: "t".to_owned(),
            due: support::BEGIN.plus_days(900),
            undecided: Undecided::Leave,
            quiet: QuietDays::USUAL,
            reviewers: vec![login],
        },
        Command::SetReviewers { workspace, review, reviewers: vec![login] },
        Command::DecideReview {
            workspace,
            review,
            lines: vec![membership],
            choice: Some(Choice::Keep),
            reason: None,
        },
        Command::RegisterReviewKey { workspace, review, key: PublicKey::from_bytes([1; 32]) },
        Command::HandOutReview {
            workspace,
            review,
            hand_out: HandOutId::from_bytes([1; 16]),
            client: "c".to_owned(),
            key: PublicKey::from_bytes([1; 32]),
        },
        Command::EnterReview {
            workspace,
            review,
            hand_out: HandOutId::from_bytes([1; 16]),
            lines: vec![membership],
            choice: Choice::Keep,
            reason: None,
        },
        Command::CloseReview { workspace, review },
    ]
}

fn leaks(kind: Kind, route: &Route, relation: Relation, seen: &Seen) -> Vec<&'static str> {
    let text = format!("{}\n{}", seen.headers, String::from_utf8_lossy(&seen.body)).to_lowercase();
    // Whoever holds a good code may see what it is for.
    let by_code: &[&str] = match (route.auth, relation) {
        (Auth::Code, Relation::Own) => &[
            canary::AGENCY_PLACE,
            canary::AGENCY_INVITED,
            canary::FREE_PLACE,
            canary::FREE_INVITED,
            canary::FOREIGN,
        ],
        _ => &[],
    };
    canary::ALL
        .iter()
        .copied()
        .filter(|word| !kind.sees().contains(word) && !by_code.contains(word))
        .filter(|word| text.contains(word))
        .collect()
}

/// The numbers of a lane go on from cell to cell; everything else has to be alike.
fn without_numbers(seen: &Seen) -> (StatusCode, String) {
    let mut frames: serde_json::Value = match serde_json::from_slice(&seen.body) {
        Ok(value) => value,
        Err(_) => return (seen.status, String::from_utf8_lossy(&seen.body).into_owned()),
    };
    if let Some(list) = frames.as_array_mut() {
        let mut outcomes = Vec::new();
        list.retain_mut(|frame| {
            let is_outcome = frame.get("frame").is_some_and(|it| it == "outcome");
            if is_outcome && let Some(fields) = frame.as_object_mut() {
                fields.remove("n");
                outcomes.push(frame.clone());
            }
            !is_outcome
        });
        let last = outcomes.len().saturating_sub(commands(&nowhere()).len() * 2);
        list.extend(outcomes.drain(last..));
    }
    (seen.status, frames.to_string())
}

#[tokio::test]
async fn i1_every_principal_every_route_every_relation() {
    let mut zoo = zoo().await;
    let mut cells = 0;
    for index in 0..zoo.principals.len() {
        let kind = zoo.principals[index].kind;
        // The doors count wrong tries; everybody here begins with none.
        zoo.world.clock.advance(15 * 60 * 1_000);
        for route in ROUTES {
            let mut answers = Vec::new();
            for relation in [Relation::Own, Relation::Foreign, Relation::Missing] {
                let (seen, expected) = cell(&mut zoo, index, route, relation).await;
                let at = format!("{kind:?} {} {relation:?}", route.path);
                let body = String::from_utf8_lossy(&seen.body);
                assert_eq!(seen.status, expected, "{at}: {body}");
                let leaks = leaks(kind, route, relation, &seen);
                assert!(leaks.is_empty(), "{at} leaks {leaks:?}: {body}");
                answers.push(seen);
                cells += 1;
            }
            let [_, foreign, missing] = answers.as_slice() else { panic!("three relations") };
            if route.path == "/v1/sync" {
                assert_eq!(without_numbers(foreign), without_numbers(missing), "{kind:?} sync");
            } else {
                assert_eq!(foreign, missing, "{kind:?} {}", route.path);
            }
        }
    }
    assert_eq!(cells, 15 * ROUTES.len() * 3);
    r10_nothing_changed_for_the_others(&zoo).await;
}

/// After all these tries, the workspaces are as they were furnished.
async fn r10_nothing_changed_for_the_others(zoo: &Zoo) {
    for principal in zoo.principals.iter().filter(|it| it.kind.manages()) {
        let answer = principal.person.everything(&zoo.world).await;
        let invitations = answer
            .rows
            .iter()
            .filter(|it| matches!(&it.row, Row::Invitation(it) if it.generation != 1))
            .count();
        assert_eq!(invitations, 0, "{:?}: nothing was sent again", principal.kind);
        assert!(answer.rows.iter().any(|it| {
            matches!(&it.row, Row::Membership(it)
                if it.id == principal.own.membership && it.state.is_present())
        }));
    }
}

#[tokio::test]
async fn i1_every_row_of_a_sync_is_within_its_grants_and_view() {
    let zoo = zoo().await;
    for principal in zoo.principals.iter().filter(|it| it.kind.has_session()) {
        let answer = principal.person.everything(&zoo.world).await;
        let grants = answer.grants.expect("grants");
        let me = principal.person.login.id;
        for stamped in &answer.rows {
            let (workspace, part) = match &stamped.row {
                Row::Workspace(it) => (it.id, None),
                Row::Role(it) => (it.workspace, None),
                Row::Membership(it) if it.login == me => (it.workspace, None),
                Row::Membership(it) => (it.workspace, Some(Part::Members)),
                Row::Invitation(it) => (it.workspace, Some(Part::Invitations)),
                Row::Content(it) => (it.workspace, Some(Part::of(it.kind()))),
                Row::Review(it) => (it.workspace, Some(Part::Reviews)),
                Row::ReviewLine(it) => (it.workspace, Some(Part::Reviews)),
                Row::Account(_) | Row::AccountAdmin(_) | Row::Group(_) => {
                    panic!("these have a frame of their own")
                }
            };
            let grant = grants.iter().find(|it| it.workspace == workspace).expect("a grant");
            let within = part.is_none_or(|part| grant.view.has(part));
            assert!(within, "{:?} got {:?}", principal.kind, stamped.row);
        }
        let sees_something = !answer.rows.is_empty();
        let has_own_account =
            matches!(principal.kind, Kind::Invited | Kind::ForeignOwner | Kind::Owner);
        assert_eq!(sees_something, principal.kind.is_inside() || has_own_account);
    }
}

/// A canary that nobody is sent would prove nothing by its absence.
#[tokio::test]
async fn i1_whoever_may_see_a_canary_is_sent_it() {
    let zoo = zoo().await;
    for principal in zoo.principals.iter().filter(|it| it.kind.has_session()) {
        let answer = principal.person.everything_and_its_history(&zoo.world).await;
        let text = serde_json::to_string(&answer.frames).expect("frames").to_lowercase();
        for word in canary::ALL {
            let sees = principal.kind.sees().contains(word);
            assert_eq!(text.contains(word), sees, "{:?} and {word}", principal.kind);
        }
    }
}
