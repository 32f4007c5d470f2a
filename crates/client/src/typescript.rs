//! The TypeScript of everything that crosses between core and window.
//!
//! `MUSTER_WRITE=1 cargo test -p muster-client typescript` writes the file; without the
//! variable the test compares it.

use muster_domain::{
    Colour, ContentKind, EventKind, InvitationTrouble, MemberState, Permission, Plan, RefusalCode,
    Role, SchemeId,
};
use ts_rs::{Config, TS};

use crate::view::{
    Ability, AccountPage, AccountRow, AccountView, AdminRow, AdminView, AnswerEntered, AnswerFile,
    AnswerLine, AnswerLook, AnswerMeets, AppState, BinRow, Blocker, Changed, ConflictValue,
    ConflictView, Connection, ConnectionState, ContentCount, ContentName, ContentPage,
    ContentQuery, ContentRow, ContentSort, ContentView, DeletionView, DeviceRow, EarlierStay,
    ExitPage, ExitPlace, ExitQuestion, Failure, FailureCode, Fate, FoundForm, Grave,
    GroupPersonView, GroupPreview, GroupView, HandOutForm, HandOutView, ImportCounts, ImportFormat,
    ImportPreview, ImportReason, ImportRow, ImportStatus, InboxRow, Intent, InvitationLook,
    InvitationPage, InvitationRow, InvitationStatus, InviteRequest, InviteResult, Invitee,
    LastChange, LeftHow, LeftWorkspace, LinkView, Loading, LostRight, Mark, Me, MemberCounts,
    MemberPage, MemberQuery, MemberRow, MemberSort, MemberStatus, MemberVerdict, MemberView,
    MyAccess, OfferRow, OnlyHere, OpenedSheet, OutcomeKind, OutcomeView, OwnRoleName, OwnRoleView,
    PendingCounts, PendingItem, PendingView, PendingWhat, PermissionChoice, PersonPick, Phase,
    PlanLine, PlanPreview, PlanResult, PlanRun, PlanView, Proof, ProofSource, Reason,
    RefusedAddress, RoleAnswer, RoleColumn, RoleOption, RoleQuestion, RolesPage, SchemeLine,
    SchemePreview, SchemeQuestion, SheetForm, SheetView, SignInForm, SignUpForm, StepDown,
    Submitted, TransferView, Verdict, WidenedMember, WorkspaceFilter, WorkspacePage, WorkspaceRow,
    WorkspaceView,
};
use crate::view::{
    AccessAnswer, AccessError, AccessFault, AccessText, GapReason, MadePlan, PlanAct, PlanDrift,
    PlanGap, PlanSource, PlanVerdict, RevertQuestion, SavePlan, SavedLineState, SavedPlanLine,
    SavedPlanRow, SavedPlanView,
};
use crate::view::{
    AsOfPage, AsOfRow, ChainState, ChainView, CompareLine, CompareQuestion, CompareView,
    CompareWorkspace, ContinuityKind, ContinuityRow, DecidedView, DraftRow, EvidenceKey,
    EvidenceView, FieldChange, HistoryDetail, HistoryPage, HistoryQuery, HistoryRow,
    LastReviewView, OTHER_KIND, PeoplePage, PeopleQuery, PersonAdmin, PersonOverview, PersonPlace,
    PersonRow, ReviewCounts, ReviewFilter, ReviewFinish, ReviewForm, ReviewHint, ReviewLinePage,
    ReviewLineRow, ReviewLineView, ReviewList, ReviewOutcome, ReviewPerson, ReviewQuery,
    ReviewResult, ReviewRow, ReviewView, ReviewerView, StandpointView,
};
use crate::view::{Cell, ExportForm, ExportTable, Exported, PrintSheet};
use crate::view::{
    CopyCondition, Diagnostics, DrawingMode, DrawingView, DrawingWhy, KeyStoreState, LeaseCondition,
};
use crate::view::{CopyView, LeaseView, LostView, Rebuilt};
use crate::view::{Digest, DigestLine, DigestWhat, Done, Place, ReminderChoice, ReminderKind};
use crate::view::{HintFilter, ReviewHints, UseView};

/// The whole file `ui/src/backend/types.ts`.
pub fn types() -> String {
    let config = Config::default();
    let mut out =
        String::from("// Generated from crates/client/src/view by `make gen`. Do not edit.\n\n");
    union(&mut out, "Permission", Permission::ALL.iter().map(|it| it.key()));
    union(&mut out, "BuiltInRole", Role::ALL.iter().map(|it| it.key()));
    out.push_str("export type Role = BuiltInRole | `own:${number}`;\n\n");
    union(&mut out, "ContentKind", ContentKind::ALL.iter().map(|it| it.key()));
    out.push_str(WRITTEN);
    union(&mut out, "Scheme", SchemeId::ALL.iter().map(|it| it.key()));
    union(&mut out, "Colour", Colour::ALL.iter().map(|it| it.key()));
    union(&mut out, "Plan", Plan::ALL.iter().map(|it| it.key()));
    union(&mut out, "InvitationTrouble", InvitationTrouble::ALL.iter().map(|it| it.key()));
    union(&mut out, "MemberState", MemberState::ALL.iter().map(|it| it.key()));
    union(&mut out, "EventKindKey", EventKind::ALL.iter().map(|it| it.key()).chain([OTHER_KIND]));
    union(&mut out, "RefusalCode", RefusalCode::ALL.iter().map(|it| it.key()));
    out.push_str(
        "export type Param =\n  | { type: \"text\"; value: string }\n  | { type: \"roles\"; value: Role[] }\n  | { type: \"permission\"; value: Permission }\n  | { type: \"time\"; value: number }\n  | { type: \"number\"; value: number };\n\n",
    );
    list(&mut out, "PERMISSIONS", "Permission", Permission::ALL.iter().map(|it| it.key()));
    list(&mut out, "REFUSAL_CODES", "RefusalCode", RefusalCode::ALL.iter().map(|it| it.key()));
    list(&mut out, "EVENT_KINDS", "EventKindKey", EventKind::ALL.iter().map(|it| it.key()));
    list(&mut out, "FAILURE_CODES", "FailureCode", FailureCode::KEYS.iter().copied());
    macro_rules! declare {
        ($($type:ty),* $(,)?) => {
            $(out.push_str(&format!("export {}\n\n", <$type>::decl(&config)));)*
        };
    }
    declare!(
        AppState,
        Phase,
        CopyView,
        LeaseView,
        Rebuilt,
        LostView,
        Diagnostics,
        KeyStoreState,
        DrawingView,
        DrawingMode,
        DrawingWhy,
        CopyCondition,
        LeaseCondition,
        Me,
        DeviceRow,
        AccountView,
        Connection,
        ConnectionState,
        Loading,
        OnlyHere,
        PendingCounts,
        Verdict,
        Reason,
        WorkspaceRow,
        WorkspacePage,
        WorkspaceView,
        MemberQuery,
        LastChange,
        MemberStatus,
        MemberSort,
        MemberPage,
        MemberCounts,
        AdminView,
        Mark,
        MemberRow,
        MemberView,
        Ability,
        RoleQuestion,
        RoleAnswer,
        RoleOption,
        MemberVerdict,
        Intent,
        Submitted,
        InvitationPage,
        InvitationRow,
        InvitationStatus,
        ImportPreview,
        ImportFormat,
        ImportCounts,
        ImportRow,
        ImportStatus,
        ImportReason,
        InviteRequest,
        Invitee,
        InviteResult,
        RefusedAddress,
        LinkView,
        InvitationLook,
        PendingView,
        ConflictValue,
        ConflictView,
        PendingItem,
        PendingWhat,
        LostRight,
        OutcomeView,
        OutcomeKind,
        SignUpForm,
        FoundForm,
        SignInForm,
        Changed,
        Failure,
        FailureCode,
        AccountPage,
        AccountRow,
        AdminRow,
        Blocker,
        DeletionView,
        ExitPage,
        ExitPlace,
        ExitQuestion,
        Fate,
        PersonPick,
        SchemeLine,
        SchemePreview,
        SchemeQuestion,
        WidenedMember,
        ContentCount,
        ContentName,
        ContentPage,
        ContentQuery,
        ContentRow,
        ContentSort,
        ContentView,
        BinRow,
        GroupPersonView,
        GroupView,
        InboxRow,
        OfferRow,
        StepDown,
        TransferView,
        WorkspaceFilter,
        GroupPreview,
        Grave,
        AccessAnswer,
        AccessError,
        AccessFault,
        AccessText,
        GapReason,
        MadePlan,
        PlanAct,
        PlanDrift,
        PlanGap,
        PlanSource,
        PlanVerdict,
        RevertQuestion,
        SavePlan,
        SavedLineState,
        SavedPlanLine,
        SavedPlanRow,
        SavedPlanView,
        PlanLine,
        PlanPreview,
        PlanResult,
        PlanRun,
        PlanView,
        OwnRoleView,
        PermissionChoice,
        Proof,
        MyAccess,
        ProofSource,
        RoleColumn,
        RolesPage,
        EarlierStay,
        LeftHow,
        LeftWorkspace,
    );
    declare!(
        ReviewList,
        ReviewRow,
        ReviewView,
        ReviewCounts,
        ReviewerView,
        ReviewQuery,
        ReviewFilter,
        ReviewLinePage,
        EvidenceKey,
        EvidenceView,
        AnswerEntered,
        AnswerFile,
        AnswerLine,
        AnswerLook,
        AnswerMeets,
        HandOutForm,
        HandOutView,
        OpenedSheet,
        OwnRoleName,
        SheetForm,
        SheetView,
        StandpointView,
        ReviewLineRow,
        ReviewLineView,
        LastReviewView,
        DecidedView,
        ReviewHint,
        ReviewHints,
        HintFilter,
        UseView,
        ReviewPerson,
        ReviewForm,
        ReviewFinish,
        ReviewOutcome,
        ReviewResult,
        HistoryQuery,
        HistoryPage,
        ChainView,
        ChainState,
        HistoryRow,
        HistoryDetail,
        FieldChange,
        AsOfPage,
        AsOfRow,
        CompareQuestion,
        CompareView,
        CompareWorkspace,
        CompareLine,
        PeopleQuery,
        PeoplePage,
        PersonRow,
        PersonOverview,
        PersonPlace,
        PersonAdmin,
        ContinuityKind,
        ContinuityRow,
        DraftRow,
        ExportTable,
        ExportForm,
        Exported,
        Cell,
        PrintSheet,
        Place,
        ReminderKind,
        ReminderChoice,
        Digest,
        DigestLine,
        Done,
        DigestWhat,
    );
    out
}

/// Types of the rule book that cross as they are; their Rust side has no TypeScript of its own.
const WRITTEN: &str = r#"export type End = { at: number; roles: Role[] | null };

export type Activity = "on" | "off";

export type KnowledgeSource = "website" | "document" | "faq" | "source";

export type TalkState = "open" | "closed";

export type ContentBody =
  | { kind: "agent"; instructions: string; state: Activity; knowledge: string[] }
  | { kind: "prompt"; text: string }
  | { kind: "knowledge"; source: KnowledgeSource; text: string; size: number }
  | { kind: "integration"; service: string; state: Activity }
  | { kind: "channel"; medium: string; state: Activity }
  | { kind: "conversation"; person: string; at: number; channel: string; state: TalkState }
  | { kind: "lead"; person: string; contact: string; at: number; channel: string; state: TalkState };

export type Covers = { which: "listed" | "all_but"; workspaces: string[] };

export type RolesTo = { as: "built_in"; roles: Role[] } | { as: "equal" };

export type RoleMapping = { workspace: string | null; from: Role[]; to: RolesTo };

export type Replacement = { membership: string; roles: Role[] };

export type Undecided = "leave" | "suspend";

export type Choice = { choice: "keep" } | { choice: "change"; roles: Role[] } | { choice: "remove" };

"#;

fn union<'a>(out: &mut String, name: &str, keys: impl Iterator<Item = &'a str>) {
    let keys: Vec<_> = keys.map(|key| format!("\"{key}\"")).collect();
    out.push_str(&format!("export type {name} = {};\n\n", keys.join(" | ")));
}

fn list<'a>(out: &mut String, name: &str, of: &str, keys: impl Iterator<Item = &'a str>) {
    let keys: Vec<_> = keys.map(|key| format!("  \"{key}\",\n")).collect();
    out.push_str(&format!("export const {name}: readonly {of}[] = [\n{}];\n\n", keys.concat()));
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn types_are_current() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/backend/types.ts");
        let wanted = super::types();
        if std::env::var_os("MUSTER_WRITE").is_some() {
            std::fs::write(&path, &wanted).expect("the file can be written");
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(found == wanted, "ui/src/backend/types.ts is stale: run `make gen`");
    }
}
