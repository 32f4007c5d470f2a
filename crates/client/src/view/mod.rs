//! What the window is told: plain data, one type per thing shown.
//!
//! TypeScript for these types is generated into `ui/src/backend/types.ts` by the test
//! `types_are_current`; a stale file fails it.

mod account;
mod app;
mod content;
mod import;
mod intent;
mod invitation;
mod member;
mod pending;
mod picker;
mod place;
mod plan;
mod role;
mod verdict;
mod workspace;

pub use account::{
    AccountPage, AccountRow, AdminRow, Blocker, DeletionView, ExitPage, ExitPlace, ExitQuestion,
    Fate, PersonPick, SchemeLine, SchemePreview, SchemeQuestion, WidenedMember,
};
pub use app::{
    AccountView, AppState, Changed, Connection, ConnectionState, LeftWorkspace, Loading, Me,
    PendingCounts, Phase, SignInForm, SignUpForm,
};
pub use content::{
    ContentCount, ContentName, ContentPage, ContentQuery, ContentRow, ContentSort, ContentView,
};
pub use import::{
    ImportCounts, ImportFormat, ImportPreview, ImportReason, ImportRow, ImportStatus,
};
pub use intent::{Intent, Submitted};
pub use invitation::{
    InvitationLook, InvitationPage, InvitationRow, InvitationStatus, InviteRequest, InviteResult,
    Invitee, LinkView, RefusedAddress,
};
pub use member::{
    Ability, AdminView, EarlierStay, Mark, MemberCounts, MemberPage, MemberQuery, MemberRow,
    MemberSort, MemberStatus, MemberView,
};
pub use pending::{OutcomeKind, OutcomeView, PendingItem, PendingView, PendingWhat};
pub use picker::{MemberVerdict, RoleAnswer, RoleOption, RoleQuestion};
pub use place::{
    BinRow, GroupPersonView, GroupView, InboxRow, OfferRow, StepDown, TransferView, WorkspaceFilter,
};
pub use plan::{GroupPreview, PlanLine, PlanPreview, PlanResult, PlanRun, PlanView};
pub use role::{OwnRoleView, PermissionChoice, Proof, ProofSource, RoleColumn, RolesPage};
pub use verdict::{Failure, FailureCode, Reason, Verdict};
pub use workspace::{WorkspacePage, WorkspaceRow, WorkspaceView};
