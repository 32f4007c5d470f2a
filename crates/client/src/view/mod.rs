//! What the window is told: plain data, one type per thing shown.
//!
//! TypeScript for these types is generated into `ui/src/backend/types.ts` by the test
//! `types_are_current`; a stale file fails it.

mod account;
mod app;
mod client_review;
mod content;
mod copy;
mod device;
mod diagnostics;
mod export;
mod history;
mod import;
mod intent;
mod invitation;
mod member;
mod pending;
mod people;
mod picker;
mod place;
mod plan;
mod reminder;
mod review;
mod role;
mod saved_plan;
mod verdict;
mod workspace;

pub use account::{
    AccountPage, AccountRow, AdminRow, Blocker, DeletionView, ExitPage, ExitPlace, ExitQuestion,
    Fate, PersonPick, SchemeLine, SchemePreview, SchemeQuestion, WidenedMember,
};
pub use app::{
    AccountView, AppState, Changed, Connection, ConnectionState, FoundForm, LeftHow, LeftWorkspace,
    Loading, Me, OnlyHere, PendingCounts, Phase, SignInForm, SignUpForm,
};
pub use client_review::{
    AnswerEntered, AnswerFile, AnswerLine, AnswerLook, AnswerMeets, HandOutForm, HandOutView,
    OpenedSheet, OwnRoleName, SheetForm, SheetView,
};
pub use content::{
    ContentCount, ContentName, ContentPage, ContentQuery, ContentRow, ContentSort, ContentView,
};
pub use copy::{CopyView, LeaseView, LostView, Rebuilt};
pub use device::DeviceRow;
pub use diagnostics::{
    CopyCondition, Diagnostics, DrawingMode, DrawingView, DrawingWhy, KeyStoreState, LeaseCondition,
};
pub use export::{Cell, ExportForm, ExportTable, Exported, PrintSheet};
pub use history::{
    AsOfPage, AsOfRow, ChainState, ChainView, CompareLine, CompareQuestion, CompareView,
    CompareWorkspace, FieldChange, HistoryDetail, HistoryPage, HistoryQuery, HistoryRow,
    OTHER_KIND,
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
    Ability, AdminView, EarlierStay, LastChange, Mark, MemberCounts, MemberPage, MemberQuery,
    MemberRow, MemberSort, MemberStatus, MemberView,
};
pub use pending::{
    ConflictValue, ConflictView, LostRight, OutcomeKind, OutcomeView, PendingItem, PendingView,
    PendingWhat,
};
pub use people::{
    ContinuityKind, ContinuityRow, DraftRow, PeoplePage, PeopleQuery, PersonAdmin, PersonOverview,
    PersonPlace, PersonRow,
};
pub use picker::{MemberVerdict, RoleAnswer, RoleOption, RoleQuestion};
pub use place::{
    BinRow, GroupPersonView, GroupView, InboxRow, OfferRow, StepDown, TransferView, WorkspaceFilter,
};
pub use plan::{
    Grave, GroupPreview, PlanAct, PlanLine, PlanPreview, PlanResult, PlanRun, PlanView,
};
pub use reminder::{
    Digest, DigestLine, DigestWhat, Done, Place, Reminder, ReminderChoice, ReminderKind,
};
pub use review::{
    DecidedView, EvidenceKey, EvidenceView, HintFilter, LastReviewView, ReviewCounts, ReviewFilter,
    ReviewFinish, ReviewForm, ReviewHint, ReviewHints, ReviewLinePage, ReviewLineRow,
    ReviewLineView, ReviewList, ReviewOutcome, ReviewPerson, ReviewQuery, ReviewResult, ReviewRow,
    ReviewView, ReviewerView, StandpointView, UseView,
};
pub use role::{
    MyAccess, OwnRoleView, PermissionChoice, Proof, ProofSource, RoleColumn, RolesPage,
};
pub use saved_plan::{
    AccessAnswer, AccessError, AccessFault, AccessText, GapReason, MadePlan, PlanDrift, PlanGap,
    PlanSource, PlanVerdict, RevertQuestion, SavePlan, SavedLineState, SavedPlanLine, SavedPlanRow,
    SavedPlanView,
};
pub use verdict::{Failure, FailureCode, Reason, Verdict};
pub use workspace::{WorkspacePage, WorkspaceRow, WorkspaceView};
