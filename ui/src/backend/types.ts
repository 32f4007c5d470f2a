// Generated from crates/client/src/view by `make gen`. Do not edit.

export type Permission = "ws.view" | "ws.rename" | "ws.settings" | "ws.delete" | "owner.assign" | "member.view" | "member.manage" | "role.define" | "agent.view" | "agent.edit" | "prompt.edit" | "knowledge.view" | "knowledge.edit" | "integration.edit" | "channel.edit" | "conversation.view" | "lead.view" | "chat.use" | "billing.view" | "billing.manage" | "audit.view" | "review.run" | "export.run";

export type BuiltInRole = "owner" | "admin" | "write" | "read" | "workspace_admin" | "agent_manager" | "content_manager" | "billing_admin" | "chat_user";

export type Role = BuiltInRole | `own:${number}`;

export type ContentKind = "agent" | "prompt" | "knowledge" | "integration" | "channel" | "conversation" | "lead";

export type End = { at: number; roles: Role[] | null };

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

export type Scheme = "managed" | "owner_led";

export type Colour = "brick" | "rust" | "ochre" | "moss" | "fern" | "pine" | "lagoon" | "harbor" | "slate" | "plum" | "mulberry" | "rose";

export type Plan = "basic" | "pro";

export type InvitationTrouble = "mail_refused" | "no_seat";

export type MemberState = "active" | "suspended" | "left" | "removed" | "expired";

export type EventKindKey = "account.created" | "account.renamed" | "account.policy.changed" | "account.admin.added" | "account.admin.removed" | "account.deletion.scheduled" | "account.deletion.confirmed" | "account.deletion.withdrawn" | "account.deleted" | "account.scheme.changed" | "account.workspace.parted" | "workspace.created" | "workspace.renamed" | "workspace.labelled" | "workspace.coloured" | "workspace.plan.changed" | "workspace.plan.ended" | "workspace.deleted" | "workspace.restored" | "workspace.erased" | "workspace.offered" | "workspace.offer.ended" | "workspace.moved" | "member.joined" | "member.roles.changed" | "member.end.changed" | "member.ended" | "member.labelled" | "member.noted" | "member.grouped" | "member.suspended" | "member.resumed" | "member.removed" | "member.left" | "invitation.sent" | "invitation.resent" | "invitation.roles.changed" | "invitation.confirmed" | "invitation.revoked" | "invitation.declined" | "invitation.undelivered" | "invitation.no_seat" | "invitation.accepted" | "role.defined" | "role.changed" | "role.deleted" | "content.created" | "content.changed" | "content.deleted" | "group.created" | "group.changed" | "group.deleted" | "review.started" | "review.line.frozen" | "review.decided" | "review.key.registered" | "review.handed_out" | "review.reviewers.changed" | "review.closed" | "other";

export type RefusalCode = "r1.missing" | "r2.grant" | "r2.invite" | "r3.target" | "r4.owner" | "r5.wider" | "r5.held" | "r5.replacement" | "r5.many" | "r5.scheme" | "r6.remove" | "r6.demote" | "r6.demote_self" | "r6.suspend" | "r6.leave" | "r6.timebox" | "r6.pending_owner" | "r6.review" | "r6.no_owner" | "r7.admin" | "r7.workspace" | "r8.delete" | "r8.leave" | "r8.owner" | "r8.transfer" | "r8.account" | "r10.not_visible" | "r12.no_seat" | "r12.confirm" | "r16.widen" | "member.exists" | "invite.exists" | "invite.wrong_person" | "invite.expired" | "invite.gone" | "invite.message" | "conflict.card" | "conflict.gone" | "grant.changed" | "role.scheme" | "plan.choose" | "plan.limit" | "plan.feature" | "plan.ended" | "workspace.no_owner" | "name.reserved" | "name.bad" | "label.bad" | "note.bad" | "reason.missing" | "end.past" | "end.lower" | "policy.bad" | "account.mistyped" | "account.deletion_set" | "account.second_admin" | "account.deletion_gone" | "account.delay" | "account.person" | "account.admin_exists" | "exit.sole_owner" | "transfer.no_account" | "scheme.mapping" | "scheme.same" | "move.scheme" | "move.not_offered" | "group.member" | "group.bad" | "content.foreign" | "content.read_only" | "content.bad" | "review.due" | "review.reviewer" | "review.not_yours" | "review.own_line" | "review.reason" | "review.one_by_one" | "review.closed" | "review.unfinished" | "review.full" | "id.used";

export type Param =
  | { type: "text"; value: string }
  | { type: "roles"; value: Role[] }
  | { type: "permission"; value: Permission }
  | { type: "time"; value: number }
  | { type: "number"; value: number };

export const PERMISSIONS: readonly Permission[] = [
  "ws.view",
  "ws.rename",
  "ws.settings",
  "ws.delete",
  "owner.assign",
  "member.view",
  "member.manage",
  "role.define",
  "agent.view",
  "agent.edit",
  "prompt.edit",
  "knowledge.view",
  "knowledge.edit",
  "integration.edit",
  "channel.edit",
  "conversation.view",
  "lead.view",
  "chat.use",
  "billing.view",
  "billing.manage",
  "audit.view",
  "review.run",
  "export.run",
];

export const REFUSAL_CODES: readonly RefusalCode[] = [
  "r1.missing",
  "r2.grant",
  "r2.invite",
  "r3.target",
  "r4.owner",
  "r5.wider",
  "r5.held",
  "r5.replacement",
  "r5.many",
  "r5.scheme",
  "r6.remove",
  "r6.demote",
  "r6.demote_self",
  "r6.suspend",
  "r6.leave",
  "r6.timebox",
  "r6.pending_owner",
  "r6.review",
  "r6.no_owner",
  "r7.admin",
  "r7.workspace",
  "r8.delete",
  "r8.leave",
  "r8.owner",
  "r8.transfer",
  "r8.account",
  "r10.not_visible",
  "r12.no_seat",
  "r12.confirm",
  "r16.widen",
  "member.exists",
  "invite.exists",
  "invite.wrong_person",
  "invite.expired",
  "invite.gone",
  "invite.message",
  "conflict.card",
  "conflict.gone",
  "grant.changed",
  "role.scheme",
  "plan.choose",
  "plan.limit",
  "plan.feature",
  "plan.ended",
  "workspace.no_owner",
  "name.reserved",
  "name.bad",
  "label.bad",
  "note.bad",
  "reason.missing",
  "end.past",
  "end.lower",
  "policy.bad",
  "account.mistyped",
  "account.deletion_set",
  "account.second_admin",
  "account.deletion_gone",
  "account.delay",
  "account.person",
  "account.admin_exists",
  "exit.sole_owner",
  "transfer.no_account",
  "scheme.mapping",
  "scheme.same",
  "move.scheme",
  "move.not_offered",
  "group.member",
  "group.bad",
  "content.foreign",
  "content.read_only",
  "content.bad",
  "review.due",
  "review.reviewer",
  "review.not_yours",
  "review.own_line",
  "review.reason",
  "review.one_by_one",
  "review.closed",
  "review.unfinished",
  "review.full",
  "id.used",
];

export const EVENT_KINDS: readonly EventKindKey[] = [
  "account.created",
  "account.renamed",
  "account.policy.changed",
  "account.admin.added",
  "account.admin.removed",
  "account.deletion.scheduled",
  "account.deletion.confirmed",
  "account.deletion.withdrawn",
  "account.deleted",
  "account.scheme.changed",
  "account.workspace.parted",
  "workspace.created",
  "workspace.renamed",
  "workspace.labelled",
  "workspace.coloured",
  "workspace.plan.changed",
  "workspace.plan.ended",
  "workspace.deleted",
  "workspace.restored",
  "workspace.erased",
  "workspace.offered",
  "workspace.offer.ended",
  "workspace.moved",
  "member.joined",
  "member.roles.changed",
  "member.end.changed",
  "member.ended",
  "member.labelled",
  "member.noted",
  "member.grouped",
  "member.suspended",
  "member.resumed",
  "member.removed",
  "member.left",
  "invitation.sent",
  "invitation.resent",
  "invitation.roles.changed",
  "invitation.confirmed",
  "invitation.revoked",
  "invitation.declined",
  "invitation.undelivered",
  "invitation.no_seat",
  "invitation.accepted",
  "role.defined",
  "role.changed",
  "role.deleted",
  "content.created",
  "content.changed",
  "content.deleted",
  "group.created",
  "group.changed",
  "group.deleted",
  "review.started",
  "review.line.frozen",
  "review.decided",
  "review.key.registered",
  "review.handed_out",
  "review.reviewers.changed",
  "review.closed",
];

export const FAILURE_CODES: readonly FailureCode[] = [
  "sheet.weak",
  "sheet.passphrase",
  "sheet.damaged",
  "sheet.other",
  "sheet.kind",
  "sheet.newer",
  "sheet.notes",
  "answer.other",
  "answer.closed",
  "answer.unknown",
  "answer.forged",
  "refused",
  "signin.wrong",
  "signin.suspended",
  "signin.offline",
  "too_many",
  "signup.taken",
  "address.bad",
  "password.bad",
  "server.bad",
  "server.none",
  "server.other",
  "server.version",
  "server.certificate",
  "server.insecure",
  "server.fault",
  "offline.now",
  "signed_out",
  "signout.unsent",
  "signout.only_here",
  "not_found",
  "on_its_way",
  "invite.code",
  "import.too_many",
  "import.too_large",
  "import.no_addresses",
  "import.not_text",
  "keystore.none",
  "keystore.locked",
  "disk.full",
  "r15.locked",
  "copy.broken",
  "copy.newer",
  "outbox.broken",
  "outbox.key",
  "copy.in_use",
  "folder.read_only",
  "mail.none",
  "address.code",
  "address.unproved",
  "address.in_use",
  "address.taken",
  "signin.another",
  "file.write",
  "print.failed",
  "export.may_not",
  "export.moved",
  "undo.late",
  "window.full",
  "window.failed",
  "bad_request",
];

export type AppState = { 
/**
 * Which of the start screens or the shell to show.
 */
phase: Phase, 
/**
 * What keeps the app from opening: the key store, or a copy that cannot be read.
 */
problem: Failure | null, 
/**
 * The server that was last used, as typed.
 */
server: string | null, 
/**
 * Who is signed in.
 */
me: Me | null, 
/**
 * The connection as the status line tells it.
 */
connection: Connection, 
/**
 * What waits.
 */
counts: PendingCounts, 
/**
 * What is on this device and nowhere else, and goes when the person signs out.
 */
only_here: OnlyHere, 
/**
 * The copy on this device.
 */
copy: CopyView, 
/**
 * The workspace that was open when the window closed, if it is still there.
 */
last_workspace: string | null, 
/**
 * The app's version.
 */
version: string, };

export type Phase = "signed_out" | "no_key_store" | "blocked" | "ready";

export type CopyView = { 
/**
 * Accounts whose copy is locked or will be within a day.
 */
leases: Array<LeaseView>, 
/**
 * Whether rows were erased because their lease had been over for as long again, and there
 * was no contact since.
 */
erased: boolean, 
/**
 * Why the copy is fetched again in this run, where it is.
 */
rebuilt: Rebuilt | null, 
/**
 * What was saved out of damaged unsent changes in this run.
 */
saved: number | null, 
/**
 * Unsent changes that could not be saved, until the person says that they have read it.
 */
lost: LostView | null, };

export type LeaseView = { 
/**
 * The account.
 */
account: string, 
/**
 * Its name.
 */
account_name: string, 
/**
 * How many days its policy allows.
 */
days: number, 
/**
 * Whole days since the last contact.
 */
age_days: number, 
/**
 * When it locks, or has locked.
 */
until: number, 
/**
 * Whether it is locked; otherwise it will be within a day.
 */
locked: boolean, };

export type Rebuilt = "damage" | "key" | "newer";

export type LostView = { 
/**
 * How many are known.
 */
count: number, 
/**
 * Whether more may be lost than are known.
 */
maybe_more: boolean, 
/**
 * The names of the workspaces that they were about, as far as they are known.
 */
workspaces: Array<string>, };

export type Diagnostics = { 
/**
 * The app's version.
 */
version: string, 
/**
 * The operating system and the processor.
 */
system: string, 
/**
 * The protocol that the app speaks.
 */
protocol: number, 
/**
 * The version of the rules that it decides by.
 */
rules: number, 
/**
 * The database and its version.
 */
database: string, 
/**
 * Whether somebody is signed in and the copy opens.
 */
phase: Phase, 
/**
 * What keeps it from opening.
 */
problem: FailureCode | null, 
/**
 * Whether the key store answers.
 */
key_store: KeyStoreState, 
/**
 * The server, as typed. It is shown and not in the report.
 */
server: string | null, 
/**
 * The connection.
 */
connection: Connection, 
/**
 * How the window is drawn, where that is known.
 */
drawing: DrawingView | null, 
/**
 * The copy, where it is open.
 */
copy: CopyCondition | null, 
/**
 * The same as text, for support: no names and no addresses.
 */
report: string, };

export type KeyStoreState = "open" | "none" | "locked" | "failing";

export type DrawingView = { 
/**
 * How.
 */
mode: DrawingMode, 
/**
 * Why.
 */
why: DrawingWhy, };

export type DrawingMode = "accelerated" | "processor" | "plain";

export type DrawingWhy = "suits" | "changed";

export type CopyCondition = { 
/**
 * Bytes of the mirror.
 */
mirror_bytes: number, 
/**
 * Bytes of the outbox.
 */
outbox_bytes: number, 
/**
 * The number of the mirror's schema.
 */
mirror_schema: number, 
/**
 * The number of the outbox's schema.
 */
outbox_schema: number, 
/**
 * Which history of the server it follows; text, because it is a large number.
 */
epoch: string | null, 
/**
 * How far each account has come, highest first.
 */
cursors: number[], 
/**
 * Workspaces that may be seen.
 */
workspaces: number, 
/**
 * Those that are here as a whole.
 */
loaded: number, 
/**
 * Memberships.
 */
members: number, 
/**
 * Events.
 */
events: number, 
/**
 * Histories that are here to their end and hold.
 */
chains_whole: number, 
/**
 * Histories of which more is to come.
 */
chains_loading: number, 
/**
 * Histories that do not hold.
 */
chains_broken: number, 
/**
 * Changes not sent yet, with those on their way.
 */
not_sent: number, 
/**
 * Those on their way.
 */
sending: number, 
/**
 * Refused changes that were not discarded.
 */
refused: number, 
/**
 * Drafts.
 */
drafts: number, 
/**
 * When the oldest unsent change was made.
 */
oldest_unsent: number | null, 
/**
 * Changes that could not be saved out of a damaged file.
 */
lost: number, 
/**
 * How the lease of each account stands, without its name.
 */
leases: Array<LeaseCondition>, 
/**
 * Whether it waits for a new key.
 */
needs_new_key: boolean, };

export type LeaseCondition = { 
/**
 * How many days are allowed.
 */
days: number, 
/**
 * Whole days since the last contact.
 */
age_days: number, 
/**
 * Whether it is locked.
 */
locked: boolean, };

export type Me = { 
/**
 * The login.
 */
id: string, 
/**
 * The name.
 */
name: string, 
/**
 * The address.
 */
address: string, 
/**
 * The addresses that the person has proved to be theirs (E-24).
 */
verified: Array<string>, 
/**
 * Invitations that wait for the person.
 */
inbox: number, 
/**
 * Whether the server sends mail, so that addresses can be proved.
 */
mail: boolean, 
/**
 * The accounts in which the person may create workspaces.
 */
accounts: Array<AccountView>, };

export type DeviceRow = { 
/**
 * The installation.
 */
id: string, 
/**
 * What its machine is called; empty for one that did not say.
 */
name: string, 
/**
 * When I signed in there.
 */
since: number, 
/**
 * When it was last in touch, to the hour.
 */
last_used: number, 
/**
 * Whether it is this one.
 */
here: boolean, };

export type AccountView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its scheme.
 */
scheme: Scheme, };

export type Connection = { 
/**
 * The state.
 */
state: ConnectionState, 
/**
 * The last successful contact, server time.
 */
last_contact: number | null, 
/**
 * Since when there is no connection.
 */
offline_since: number | null, 
/**
 * When the next try is due.
 */
next_try: number | null, 
/**
 * How many workspaces of how many are loaded, while the first download runs.
 */
loading: Loading | null, };

export type ConnectionState = "connecting" | "online" | "read_only" | "offline" | "server_fault" | "signed_out" | "upgrade_needed" | "disk_full" | "folder_read_only";

export type Loading = { 
/**
 * Workspaces that are whole.
 */
done: number, 
/**
 * Workspaces in all.
 */
total: number, };

export type OnlyHere = { 
/**
 * Plans that are kept.
 */
plans: number, 
/**
 * Invitations that are drafted.
 */
drafts: number, 
/**
 * Reminders that were asked for.
 */
reminders: number, };

export type PendingCounts = { 
/**
 * Not sent yet.
 */
not_sent: number, 
/**
 * Refused and not yet discarded.
 */
refused: number, 
/**
 * How many of those met a change of the same thing by somebody else (E-42).
 */
needs_you: number, };

export type Verdict = { "verdict": "allowed" } | { "verdict": "no_op" } | { "verdict": "refused", 
/**
 * Why.
 */
reason: Reason, } | { "verdict": "hidden" } | { "verdict": "unknown" } | { "verdict": "needs_connection", 
/**
 * The id of the sentence: `offline.online_only`, `offline.owner`, …
 */
sentence: string, };

export type Reason = { 
/**
 * The id of the sentence.
 */
code: RefusalCode, 
/**
 * The rule.
 */
rule: string, 
/**
 * The values of the sentence.
 */
params: Record<string, Param>, 
/**
 * The workspace that it is about, for the ways out of it.
 */
workspace?: string, 
/**
 * The account that it is about.
 */
account?: string, 
/**
 * The member that it is about.
 */
member?: string, };

export type WorkspaceRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name, with unsent changes.
 */
name: string, 
/**
 * The confirmed name, where an unsent change differs.
 */
was: string | null, 
/**
 * The account's id.
 */
account: string, 
/**
 * The account's name.
 */
account_name: string, 
/**
 * Whether another workspace has the same name, so that the account is shown too (E-56).
 */
same_name: boolean, 
/**
 * Its scheme.
 */
scheme: Scheme, 
/**
 * Personal or standard.
 */
kind: 'personal' | 'standard', 
/**
 * Its plan.
 */
plan: Plan, 
/**
 * My roles here; empty where access comes by being Account Admin.
 */
my_roles: Role[], 
/**
 * Whether I am Account Admin with reach here.
 */
account_admin: boolean, 
/**
 * Members, where I may see them: with the suspended, as the roster counts them.
 */
people: number | null, 
/**
 * Owner-class members, where I may see them.
 */
owners: number | null, 
/**
 * Which of the twelve colours its tile and band have, 0 to 11: the chosen one, or its id's.
 */
colour: number, 
/**
 * The two letters of its tile.
 */
letters: string, 
/**
 * Changes waiting in it.
 */
not_sent: number, 
/**
 * Refused changes in it.
 */
refused: number, 
/**
 * How many of those met a change of the same thing by somebody else (E-42).
 */
needs_you: number, 
/**
 * Whether its copy is whole.
 */
loaded: boolean, 
/**
 * Whether its copy is locked until the next contact (R15).
 */
locked: boolean, 
/**
 * What it is sorted and grouped by (V-12).
 */
labels: string[], 
/**
 * Whether its plan has ended (E-60).
 */
plan_ended: boolean, 
/**
 * How many people are over the plan's seats, where I may see it (E-61).
 */
over: number, 
/**
 * Whether it is left out of the switcher on this device (E-19).
 */
hidden: boolean, 
/**
 * Its place among the pinned ones, from 1.
 */
pinned: number | null, 
/**
 * The account that it is offered to, while it is (E-59).
 */
offered_to: string | null, 
/**
 * That account's name, where I have something in it.
 */
offered_to_name: string | null, 
/**
 * When my own membership ends (E-39).
 */
ends: number | null, };

export type WorkspacePage = { 
/**
 * How many there are.
 */
total: number, 
/**
 * How many match the text.
 */
matched: number, 
/**
 * How many of the first ones are pinned, in the switcher's order.
 */
pinned: number, 
/**
 * How many after them were opened last, in the switcher's order.
 */
recent: number, 
/**
 * The asked rows, best match first, then by name.
 */
rows: Array<WorkspaceRow>, };

export type WorkspaceView = { 
/**
 * Its row.
 */
row: WorkspaceRow, 
/**
 * What I may do here.
 */
permissions: Permission[], 
/**
 * What I may do here only as Account Admin, where the account wants a reason for it (E-36).
 */
reasoned: Permission[], 
/**
 * Whether I may see who is here.
 */
sees_members: boolean, 
/**
 * Whether I may see invitations.
 */
sees_invitations: boolean, 
/**
 * Renaming.
 */
rename: Verdict, 
/**
 * Deleting.
 */
delete: Verdict, 
/**
 * Leaving.
 */
leave: Verdict, 
/**
 * Inviting.
 */
invite: Verdict, 
/**
 * Open invitations, where I may see them.
 */
invitations: number | null, 
/**
 * Seats left, where the plan limits them and I may see it.
 */
seats_free: number | null, 
/**
 * Its own roles, to look names up by `own:N`.
 */
own_roles: Array<OwnRoleView>, 
/**
 * The kinds of records that I may see, in the order in which they are shown.
 */
contents: Array<ContentCount>, 
/**
 * Labelling it.
 */
label: Verdict, 
/**
 * Choosing a plan, also ending it.
 */
billing: Verdict, 
/**
 * Offering it to another account; `Hidden` for all but Account Admins.
 */
offer: Verdict, 
/**
 * Who could do what I cannot: names of those with billing rights.
 */
billing_names: Array<string>, 
/**
 * Labels of its members that are in use.
 */
member_labels: Array<string>, };

export type MemberQuery = { 
/**
 * The workspace.
 */
workspace: string, 
/**
 * Words in name or address, in any order, accents ignored.
 */
text: string, 
/**
 * Only these roles; empty is all.
 */
roles: Role[], 
/**
 * Only with this label.
 */
label: string | null, 
/**
 * Only by when they last changed anything here.
 */
changed: LastChange | null, 
/**
 * Which states.
 */
status: MemberStatus, 
/**
 * Sorted by this.
 */
sort: MemberSort, 
/**
 * The other way round.
 */
descending: boolean, 
/**
 * The first row asked for.
 */
offset: number, 
/**
 * How many rows, at most 128.
 */
limit: number, };

export type LastChange = "lately" | "not_for_thirty" | "not_for_ninety" | "never";

export type MemberStatus = "present" | "active" | "suspended" | "ending" | "former";

export type MemberSort = "name" | "address" | "role" | "status" | "joined" | "changed";

export type MemberPage = { 
/**
 * Present members, confirmed.
 */
people: number, 
/**
 * Owner-class members, confirmed.
 */
owners: number, 
/**
 * Present members that an unsent change removes.
 */
leaving: number, 
/**
 * How many match.
 */
matched: number, 
/**
 * Counts for the status chips.
 */
counts: MemberCounts, 
/**
 * Account Admins with reach (R9); empty where the scheme gives none.
 */
account_admins: Array<AdminView>, 
/**
 * Whether all of the history is here and may be read, so that the lack of a change says
 * something.
 */
changes_known: boolean, 
/**
 * The asked rows.
 */
rows: Array<MemberRow>, };

export type MemberCounts = { 
/**
 * Active.
 */
active: number, 
/**
 * Suspended.
 */
suspended: number, 
/**
 * With an end date.
 */
ending: number, 
/**
 * Left, removed or over.
 */
former: number, };

export type AdminView = { 
/**
 * The name.
 */
name: string, 
/**
 * The address.
 */
address: string, 
/**
 * Since when.
 */
since: number, };

export type Mark = "none" | "new" | "not_sent" | "sending" | "refused" | "needs_you";

export type MemberRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * The name.
 */
name: string, 
/**
 * The address.
 */
address: string, 
/**
 * Two letters for the avatar.
 */
letters: string, 
/**
 * The roles, with unsent changes.
 */
roles: Role[], 
/**
 * The confirmed roles, where an unsent change differs.
 */
roles_were: Role[] | null, 
/**
 * The state, with unsent changes.
 */
state: MemberState, 
/**
 * The confirmed state, where an unsent change differs.
 */
state_was: MemberState | null, 
/**
 * When the person joined.
 */
joined: number, 
/**
 * Who last gave the roles.
 */
given_by: string | null, 
/**
 * When the membership ended.
 */
ended: number | null, 
/**
 * Who ended it.
 */
ended_by: string | null, 
/**
 * When it ends by itself, and what is left then.
 */
until: End | null, 
/**
 * What the team sorts its people by.
 */
labels: string[], 
/**
 * The beginning of what the team notes about the person.
 */
note: string, 
/**
 * When they last changed anything here; nothing where that is not known.
 */
last_change: number | null, 
/**
 * Whether the roles come from a group and are changed there (E-37).
 */
grouped: boolean, 
/**
 * Whether it is I.
 */
me: boolean, 
/**
 * The mark in the margin.
 */
mark: Mark, };

export type MemberView = { 
/**
 * The row.
 */
row: MemberRow, 
/**
 * Who last gave the roles.
 */
given_by: string | null, 
/**
 * When they were last given.
 */
given_at: number | null, 
/**
 * Whether all of the history is here, so that the lack of a change says something.
 */
changes_known: boolean, 
/**
 * The group that they come from, by name where I may see it, else empty.
 */
group: string | null, 
/**
 * What the team notes about the person.
 */
note: string, 
/**
 * Earlier memberships of the person here, newest first (E-29).
 */
earlier: Array<EarlierStay>, 
/**
 * Setting an end date at all.
 */
set_end: Verdict, 
/**
 * Labels and note.
 */
annotate: Verdict, 
/**
 * Also Account Admin of the account, so access stays after removal (E-32).
 */
account_admin: boolean, 
/**
 * What the person can do here, permission by permission.
 */
can: Array<Ability>, 
/**
 * Changing the role at all.
 */
change_role: Verdict, 
/**
 * Suspending; `Hidden` for somebody suspended.
 */
suspend: Verdict, 
/**
 * Letting back in; `Hidden` for somebody active.
 */
resume: Verdict, 
/**
 * Removing.
 */
remove: Verdict, 
/**
 * The refused change that stands on this row.
 */
refused: PendingItem | null, 
/**
 * The unsent changes that stand on this row.
 */
not_sent: Array<PendingItem>, };

export type Ability = { 
/**
 * The permission.
 */
permission: Permission, 
/**
 * Whether they have it.
 */
has: boolean, 
/**
 * The roles that give it.
 */
by_roles: Role[], 
/**
 * Whether being Account Admin gives it.
 */
by_account: boolean, };

export type RoleQuestion = { 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The members; empty asks for an invitation.
 */
members: string[], 
/**
 * The roles ticked.
 */
roles: Role[], };

export type RoleAnswer = { 
/**
 * Whether several roles may be ticked.
 */
many: boolean, 
/**
 * Every role of the scheme.
 */
options: Array<RoleOption>, 
/**
 * What the first member gains by the ticked roles.
 */
gains: Permission[], 
/**
 * What they keep.
 */
keeps: Permission[], 
/**
 * What they lose.
 */
loses: Permission[], 
/**
 * The verdict for each member with the ticked roles, in the order asked.
 */
verdicts: Array<MemberVerdict>, };

export type RoleOption = { 
/**
 * The role.
 */
role: Role, 
/**
 * For a role of the workspace's own, its name.
 */
name: string | null, 
/**
 * Its permissions.
 */
permissions: Permission[], 
/**
 * Whether the first member holds it now.
 */
now: boolean, 
/**
 * Whether it can be given to them.
 */
verdict: Verdict, };

export type MemberVerdict = { 
/**
 * The member.
 */
member: string, 
/**
 * The name.
 */
name: string, 
/**
 * The roles held now.
 */
roles: Role[], 
/**
 * The verdict.
 */
verdict: Verdict, 
/**
 * Whether anything is taken away, which then asks first (ui.md 7.1).
 */
loses: boolean, };

export type Intent = { "intent": "create_workspace", 
/**
 * The account.
 */
account: string, 
/**
 * The name.
 */
name: string, 
/**
 * The plan; `null` is answered by `plan.choose`.
 */
plan: Plan | null, 
/**
 * Add me as Workspace Admin (E-66); ignored where creators always become owners.
 */
add_me: boolean, 
/**
 * Its labels.
 */
labels: string[], } | { "intent": "rename_workspace", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The new name.
 */
name: string, } | { "intent": "delete_workspace", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * Why, where the account asks for a reason (E-36).
 */
reason: string | null, } | { "intent": "leave_workspace", 
/**
 * The workspace.
 */
workspace: string, } | { "intent": "set_roles", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The member.
 */
member: string, 
/**
 * The roles to hold.
 */
roles: Role[], 
/**
 * Why, where the account asks for a reason (E-36).
 */
reason: string | null, } | { "intent": "suspend", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The member.
 */
member: string, 
/**
 * Why, where the account asks for a reason (E-36).
 */
reason: string | null, } | { "intent": "resume", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The member.
 */
member: string, } | { "intent": "remove", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The member.
 */
member: string, 
/**
 * Why, where the account asks for a reason (E-36).
 */
reason: string | null, } | { "intent": "resend", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The invitation.
 */
invitation: string, } | { "intent": "revoke", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The invitation.
 */
invitation: string, } | { "intent": "set_end", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The member.
 */
member: string, 
/**
 * The end; `null` is never.
 */
end: End | null, } | { "intent": "label_member", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The member.
 */
member: string, 
/**
 * The labels to have.
 */
labels: string[], } | { "intent": "note_member", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The member.
 */
member: string, 
/**
 * The note to have.
 */
note: string, } | { "intent": "add_member", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * Who, by a membership elsewhere in the account.
 */
person: string, 
/**
 * The roles to give.
 */
roles: Role[], } | { "intent": "invite", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The address.
 */
address: string, 
/**
 * The name that goes with it.
 */
name: string | null, 
/**
 * The roles to give.
 */
roles: Role[], } | { "intent": "label_workspace", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The labels to have.
 */
labels: string[], } | { "intent": "paint_workspace", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The colour, by its key.
 */
colour: Colour, } | { "intent": "set_plan", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The plan.
 */
plan: Plan, } | { "intent": "end_plan", 
/**
 * The workspace.
 */
workspace: string, } | { "intent": "restore_workspace", 
/**
 * The workspace.
 */
workspace: string, } | { "intent": "offer_workspace", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The other account's number, as its admin copied it.
 */
to: string, } | { "intent": "end_offer", 
/**
 * The workspace.
 */
workspace: string, } | { "intent": "accept_offer", 
/**
 * The workspace.
 */
workspace: string, } | { "intent": "set_invitation_roles", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The invitation.
 */
invitation: string, 
/**
 * The roles to give.
 */
roles: Role[], } | { "intent": "confirm_invitation", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The invitation.
 */
invitation: string, } | { "intent": "define_role", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What it gives.
 */
permissions: Permission[], } | { "intent": "change_role", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The role.
 */
role: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What it gives.
 */
permissions: Permission[], } | { "intent": "delete_role", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The role.
 */
role: string, 
/**
 * What single holders hold instead.
 */
holders: Replacement[], 
/**
 * What everybody else gets instead.
 */
others: Role[], } | { "intent": "create_content", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What is in it.
 */
body: ContentBody, } | { "intent": "change_content", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The record.
 */
content: string, 
/**
 * The version that was looked at.
 */
version: number, 
/**
 * Its name.
 */
name: string, 
/**
 * What is in it.
 */
body: ContentBody, } | { "intent": "delete_content", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The record.
 */
content: string, } | { "intent": "rename_account", 
/**
 * The account.
 */
account: string, 
/**
 * The new name.
 */
name: string, } | { "intent": "set_policy", 
/**
 * The account.
 */
account: string, 
/**
 * How long an invitation can be accepted, in days.
 */
invitation_days: number, 
/**
 * How long a copy opens without contact, in days.
 */
lease_days: number, 
/**
 * Whether acts by reach need a reason.
 */
reason_required: boolean, 
/**
 * After how many days the next access review is due, 0 for never; absent keeps it.
 */
review_days?: number, 
/**
 * Whether deleting the account takes a second Account Admin; absent keeps it.
 */
second_admin?: boolean, 
/**
 * For how many days names of people who deleted their sign-in stay (E-64); without a
 * word it stays.
 */
name_days?: number, } | { "intent": "add_admin", 
/**
 * The account.
 */
account: string, 
/**
 * Who, by a membership in the account.
 */
person: string, } | { "intent": "remove_admin", 
/**
 * The account.
 */
account: string, 
/**
 * The admin.
 */
login: string, } | { "intent": "leave_account", 
/**
 * The account.
 */
account: string, } | { "intent": "delete_account", 
/**
 * The account.
 */
account: string, 
/**
 * Its name, as typed.
 */
name: string, } | { "intent": "schedule_deletion", 
/**
 * The account.
 */
account: string, 
/**
 * Its name, as typed.
 */
name: string, 
/**
 * In how many days.
 */
days: number, } | { "intent": "confirm_deletion", 
/**
 * The account.
 */
account: string, } | { "intent": "withdraw_deletion", 
/**
 * The account.
 */
account: string, } | { "intent": "set_scheme", 
/**
 * The account.
 */
account: string, 
/**
 * The scheme.
 */
scheme: Scheme, 
/**
 * What becomes of the roles.
 */
mapping: RoleMapping[], 
/**
 * Who may end up with more.
 */
widened: string[], } | { "intent": "create_group", 
/**
 * The account.
 */
account: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Which workspaces it covers.
 */
covers: Covers, 
/**
 * The roles that its people hold.
 */
roles: Role[], } | { "intent": "change_group", 
/**
 * The account.
 */
account: string, 
/**
 * The group.
 */
group: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Which workspaces it covers.
 */
covers: Covers, 
/**
 * The roles that its people hold.
 */
roles: Role[], } | { "intent": "delete_group", 
/**
 * The account.
 */
account: string, 
/**
 * The group.
 */
group: string, } | { "intent": "add_group_person", 
/**
 * The account.
 */
account: string, 
/**
 * The group.
 */
group: string, 
/**
 * Who, by a membership in the account.
 */
person: string, } | { "intent": "remove_group_person", 
/**
 * The account.
 */
account: string, 
/**
 * The group.
 */
group: string, 
/**
 * The person.
 */
login: string, } | { "intent": "set_reviewers", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The review.
 */
review: string, 
/**
 * Who decides from now on.
 */
reviewers: string[], } | { "intent": "decide_review", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The review.
 */
review: string, 
/**
 * Which lines, by their memberships: one, or several to be kept.
 */
lines: string[], 
/**
 * What; `null` takes my decision back.
 */
choice: Choice | null, 
/**
 * Why.
 */
reason: string | null, } | { "intent": "close_review", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The review.
 */
review: string, };

export type Submitted = { "result": "queued", 
/**
 * Its number, for undo.
 */
n: number, } | { "result": "applied", 
/**
 * What was created, where something was.
 */
created: string | null, } | { "result": "no_op" } | { "result": "refused", 
/**
 * Why.
 */
reason: Reason, } | { "result": "needs_connection", 
/**
 * The id of the sentence.
 */
sentence: string, } | { "result": "unanswered" };

export type InvitationPage = { 
/**
 * How many are on the list.
 */
total: number, 
/**
 * How many of them are open or expired; they come first.
 */
open: number, 
/**
 * The asked rows.
 */
rows: Array<InvitationRow>, };

export type InvitationRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * The address.
 */
address: string, 
/**
 * The name that came with it.
 */
name: string | null, 
/**
 * The roles.
 */
roles: Role[], 
/**
 * Who sent it.
 */
inviter: string, 
/**
 * When it was last sent.
 */
sent: number, 
/**
 * From when on it cannot be accepted.
 */
expires: number, 
/**
 * Whether it can be accepted now.
 */
state: InvitationStatus, 
/**
 * A word to the person.
 */
message: string | null, 
/**
 * What came into its way, while it can still be accepted.
 */
trouble: InvitationTrouble | null, 
/**
 * Confirming it; `Hidden` unless it needs that.
 */
confirm: Verdict, 
/**
 * Changing its roles.
 */
set_roles: Verdict, 
/**
 * Sending it again.
 */
resend: Verdict, 
/**
 * Cancelling or dismissing it.
 */
revoke: Verdict, };

export type InvitationStatus = "waiting" | "needs_confirmation" | "expired" | "accepted" | "declined";

export type ImportPreview = { 
/**
 * What the source was recognised as.
 */
format: ImportFormat, 
/**
 * The file's columns; empty for pasted text.
 */
columns: Array<string>, 
/**
 * The column that addresses are taken from.
 */
address_column: number | null, 
/**
 * The column that names are taken from.
 */
name_column: number | null, 
/**
 * Lines of the source that name somebody or should.
 */
lines: number, 
/**
 * Counts by group.
 */
counts: ImportCounts, 
/**
 * The lines, in the order of the source.
 */
rows: Array<ImportRow>, };

export type ImportFormat = "pasted" | "slack" | "google" | "entra" | "table";

export type ImportCounts = { 
/**
 * Ready to be invited.
 */
ready: number, 
/**
 * Members already.
 */
members: number, 
/**
 * Invited already.
 */
invited: number, 
/**
 * Need a look: not an address.
 */
look: number, 
/**
 * Left out, with a way to take them in.
 */
left_out: number, 
/**
 * Repeats of another line.
 */
repeated: number, };

export type ImportRow = { 
/**
 * The line's number in the source, from 1, the header not counted.
 */
line: number, 
/**
 * The address, normalised; or the text that is none.
 */
address: string, 
/**
 * The person's name, if the source has one.
 */
name: string | null, 
/**
 * Marked as from outside the organisation.
 */
external: boolean, 
/**
 * What happens with it.
 */
status: ImportStatus, 
/**
 * Why it is not simply ready.
 */
reason: ImportReason | null, 
/**
 * The roles a member or an invited person has.
 */
roles: Role[], 
/**
 * The roles that a former member had here, to use again (E-29).
 */
former: Role[], 
/**
 * Until when they had them.
 */
former_until: number | null, };

export type ImportStatus = "ready" | "member" | "invited" | "look" | "left_out" | "repeated";

export type ImportReason = "deactivated" | "suspended" | "archived" | "disabled" | "bot" | "no_address" | "not_a_person" | "not_an_address" | "repeat";

export type InviteRequest = { 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The people, at most 5,000.
 */
people: Array<Invitee>, 
/**
 * The roles that all of them get.
 */
roles: Role[], 
/**
 * A word to all of them.
 */
message: string | null, };

export type Invitee = { 
/**
 * The address.
 */
address: string, 
/**
 * The name, if known.
 */
name: string | null, };

export type InviteResult = { 
/**
 * How many were sent.
 */
sent: number, 
/**
 * How many were sent but not yet answered; Pending will tell.
 */
unanswered: number, 
/**
 * How many wait on this device as drafts, because there is no connection (E-44).
 */
drafted: number, 
/**
 * Which were refused, and why; the rest has gone.
 */
refused: Array<RefusedAddress>, };

export type RefusedAddress = { 
/**
 * The address.
 */
address: string, 
/**
 * Why.
 */
reason: Reason, };

export type LinkView = { 
/**
 * The whole link.
 */
link: string, 
/**
 * The code alone.
 */
code: string, };

export type InvitationLook = { 
/**
 * The server it belongs to, as a link names it.
 */
server: string, 
/**
 * The invited address.
 */
address: string, 
/**
 * The workspace's name.
 */
workspace_name: string, 
/**
 * The account's name.
 */
account_name: string, 
/**
 * The scheme.
 */
scheme: Scheme, 
/**
 * The roles it gives.
 */
roles: Role[], 
/**
 * Names of those of them that are the workspace's own.
 */
own_names: Array<string>, 
/**
 * Who invited.
 */
inviter_name: string, 
/**
 * A word from the inviter.
 */
message: string | null, 
/**
 * From when on it cannot be accepted.
 */
expires: number, };

export type PendingView = { 
/**
 * Waiting for the server, oldest first.
 */
not_sent: Array<PendingItem>, 
/**
 * Refused and not yet discarded, newest first.
 */
refused: Array<PendingItem>, 
/**
 * Settled in the last 30 days, newest first, at most 200.
 */
sent: Array<PendingItem>, };

export type ConflictValue = { "value": "roles", 
/**
 * Which.
 */
roles: Role[], } | { "value": "end", 
/**
 * When, and what is left then.
 */
end: End | null, } | { "value": "labels", 
/**
 * Which.
 */
labels: string[], } | { "value": "text", 
/**
 * What it says.
 */
text: string, } | { "value": "record", 
/**
 * Its name.
 */
name: string, 
/**
 * What it says.
 */
text: string, };

export type ConflictView = { 
/**
 * Who made the other one, where the history here tells.
 */
who: string | null, 
/**
 * When.
 */
at: number | null, 
/**
 * What I looked at when I made mine; of records it is not known.
 */
was: ConflictValue | null, 
/**
 * What it is now.
 */
now: ConflictValue, 
/**
 * What I made of it.
 */
yours: ConflictValue, };

export type PendingItem = { 
/**
 * Its number.
 */
n: number, 
/**
 * What it does.
 */
what: PendingWhat, 
/**
 * The workspace's id.
 */
workspace: string | null, 
/**
 * The workspace's name, as it was when the change was made.
 */
workspace_name: string, 
/**
 * When it was made.
 */
made: number, 
/**
 * What the rules of this copy expect.
 */
expected: Verdict, 
/**
 * What the server said.
 */
outcome: OutcomeView | null, 
/**
 * Whether it is on its way and cannot be taken back.
 */
sending: boolean, 
/**
 * The three sides, where it was refused because somebody changed the same thing (E-42).
 */
conflict?: ConflictView, };

export type PendingWhat = { "what": "create", 
/**
 * Its name.
 */
name: string, } | { "what": "rename", 
/**
 * From.
 */
was: string, 
/**
 * To.
 */
name: string, } | { "what": "delete" } | { "what": "leave" } | { "what": "roles", 
/**
 * Whose.
 */
person: string, 
/**
 * From.
 */
was: Role[], 
/**
 * To.
 */
roles: Role[], } | { "what": "suspend", 
/**
 * Whom.
 */
person: string, } | { "what": "resume", 
/**
 * Whom.
 */
person: string, } | { "what": "remove", 
/**
 * Whom.
 */
person: string, } | { "what": "invite", 
/**
 * Which address.
 */
address: string, 
/**
 * As what.
 */
roles: Role[], } | { "what": "resend", 
/**
 * Which address.
 */
address: string, } | { "what": "revoke", 
/**
 * Which address.
 */
address: string, } | { "what": "other", 
/**
 * The command's name.
 */
command: string, 
/**
 * What it is about.
 */
name: string, } | { "what": "unreadable" };

export type LostRight = { 
/**
 * The roles that I held before.
 */
roles: Role[], 
/**
 * When they changed.
 */
at: number, 
/**
 * Who changed them; empty where it happened by itself.
 */
who: string, };

export type OutcomeView = { 
/**
 * The kind of outcome.
 */
status: OutcomeKind, 
/**
 * Why not.
 */
reason: Reason | null, 
/**
 * When the server decided.
 */
at: number, 
/**
 * Whether the rules here had expected something else (R13).
 */
differs: boolean, 
/**
 * What took the right that it needed, where that is known (E-43).
 */
lost?: LostRight, 
/**
 * Whether its workspace can no longer be opened; nothing of it is here, nor was it sent.
 */
is_gone?: boolean, };

export type OutcomeKind = "applied" | "no_op" | "refused" | "skipped" | "unsupported" | "quarantined";

export type SignUpForm = { 
/**
 * The server's address.
 */
server: string, 
/**
 * The person's address.
 */
address: string, 
/**
 * The password.
 */
password: string, 
/**
 * The person's name.
 */
name: string, 
/**
 * The scheme; `null` with an invitation of a managed account.
 */
scheme: Scheme | null, 
/**
 * The account's name, for `managed`.
 */
account_name: string | null, 
/**
 * An invitation's link or code to accept at once.
 */
invitation: string | null, };

export type FoundForm = { 
/**
 * The scheme.
 */
scheme: Scheme, 
/**
 * The account's name; `null` names it after the person.
 */
account_name: string | null, };

export type SignInForm = { 
/**
 * The server's address.
 */
server: string, 
/**
 * The person's address.
 */
address: string, 
/**
 * The password.
 */
password: string, };

export type Changed = { 
/**
 * The state, connection or counts.
 */
state: boolean, 
/**
 * The list of workspaces.
 */
workspaces: boolean, 
/**
 * Members, invitations, roles or records of these workspaces; the id of each.
 */
rosters: Array<string>, 
/**
 * The past: events came, or it is known how far they go.
 */
history: boolean, 
/**
 * Accounts, the bin, groups, offers or the inbox.
 */
accounts: boolean, 
/**
 * Workspaces whose access ended since the last change.
 */
left: Array<LeftWorkspace>, 
/**
 * The Pending page.
 */
pending: boolean, };

export type Failure = { 
/**
 * The id of the sentence.
 */
code: FailureCode, 
/**
 * The rule's reason, for `refused`.
 */
reason: Reason | null, 
/**
 * The field of a form that is wrong.
 */
field: string | null, 
/**
 * For *Copy details*: no names, no addresses, no secrets.
 */
detail: string, };

export type FailureCode = "sheet.weak" | "sheet.passphrase" | "sheet.damaged" | "sheet.other" | "sheet.kind" | "sheet.newer" | "sheet.notes" | "answer.other" | "answer.closed" | "answer.unknown" | "answer.forged" | "refused" | "signin.wrong" | "signin.suspended" | "signin.offline" | "too_many" | "signup.taken" | "address.bad" | "password.bad" | "server.bad" | "server.none" | "server.other" | "server.version" | "server.certificate" | "server.insecure" | "server.fault" | "offline.now" | "signed_out" | "signout.unsent" | "signout.only_here" | "not_found" | "on_its_way" | "invite.code" | "import.too_many" | "import.too_large" | "import.no_addresses" | "import.not_text" | "keystore.none" | "keystore.locked" | "disk.full" | "r15.locked" | "copy.broken" | "copy.newer" | "outbox.broken" | "outbox.key" | "copy.in_use" | "folder.read_only" | "mail.none" | "address.code" | "address.unproved" | "address.in_use" | "address.taken" | "signin.another" | "file.write" | "print.failed" | "export.may_not" | "export.moved" | "undo.late" | "window.full" | "window.failed" | "bad_request";

export type AccountPage = { 
/**
 * Its row.
 */
row: AccountRow, 
/**
 * How long an invitation can be accepted, in days.
 */
invitation_days: number, 
/**
 * How long a copy opens without contact, in days.
 */
lease_days: number, 
/**
 * How many days after the last access review the next one is due; 0 asks for none.
 */
review_days: number, 
/**
 * Whether acts by reach in a workspace need a reason.
 */
reason_required: boolean, 
/**
 * Whether deleting it takes a second Account Admin (E-14).
 */
second_admin: boolean, 
/**
 * For how many days names of people who deleted their sign-in stay (E-64).
 */
name_days: number, 
/**
 * Until when it still does after that was switched off.
 */
second_admin_until: number | null, 
/**
 * When it will be deleted, and who asked for it.
 */
deletion: DeletionView | null, 
/**
 * Its active Account Admins, the longest-standing first; empty unless I am one.
 */
admins: Array<AdminRow>, 
/**
 * Whether there are more than needed: over three (V-48).
 */
many_admins: boolean, 
/**
 * Whether one of its workspaces is personal, so that it keeps its admin and scheme (E-20).
 */
personal: boolean, 
/**
 * Renaming.
 */
rename: Verdict, 
/**
 * Changing the policies.
 */
policy: Verdict, 
/**
 * Adding an Account Admin at all; `Hidden` where the scheme or rule R8 never allows it.
 */
add_admin: Verdict, 
/**
 * Changing the scheme at all.
 */
scheme_change: Verdict, 
/**
 * Withdrawing a deletion; `Hidden` where none is set.
 */
withdraw: Verdict, 
/**
 * Being the second admin who says yes to a deletion; `Hidden` where none waits for that.
 */
confirm: Verdict, 
/**
 * Deleting it at once, its name typed; what is in the way of every deletion is told by
 * the exit.
 */
delete_now: Verdict, };

export type AccountRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its scheme.
 */
scheme: Scheme, 
/**
 * Whether I am Account Admin; Manage Account's account sections are for those only (V-33).
 */
admin: boolean, 
/**
 * How many of its workspaces I can open.
 */
workspaces: number, };

export type AdminRow = { 
/**
 * The sign-in, for removal.
 */
login: string, 
/**
 * The name.
 */
name: string, 
/**
 * The address.
 */
address: string, 
/**
 * Two letters for the avatar.
 */
letters: string, 
/**
 * Since when.
 */
since: number, 
/**
 * Who made them one; `None` for the founder.
 */
by: string | null, 
/**
 * Whether it is I.
 */
me: boolean, 
/**
 * Removing them.
 */
remove: Verdict, };

export type Blocker = { 
/**
 * The workspace, if it is one.
 */
workspace: string | null, 
/**
 * The account, if it is one.
 */
account: string | null, 
/**
 * Its name.
 */
name: string, 
/**
 * Why it is in the way.
 */
reason: Reason, };

export type DeletionView = { 
/**
 * When it runs.
 */
at: number, 
/**
 * Who asked for it.
 */
by: string, 
/**
 * Whether it waits for the yes of a second admin and is not done without.
 */
waits: boolean, };

export type ExitPage = { 
/**
 * What is in the way, as far as this copy knows.
 */
blockers: Array<Blocker>, 
/**
 * The workspaces that I lose or that end, by name.
 */
places: Array<ExitPlace>, 
/**
 * How many people lose access, counted once each where this copy can tell.
 */
people: number, 
/**
 * Whether it can be done now.
 */
verdict: Verdict, };

export type ExitPlace = { 
/**
 * The workspace.
 */
workspace: string, 
/**
 * Its name.
 */
name: string, 
/**
 * How many people have access, where I may see it.
 */
people: number | null, 
/**
 * What becomes of it.
 */
fate: Fate, };

export type ExitQuestion = { "exit": "leave_account", 
/**
 * The account.
 */
account: string, } | { "exit": "delete_account", 
/**
 * The account.
 */
account: string, } | { "exit": "delete_login" };

export type Fate = "left" | "deleted" | "moves";

export type PersonPick = { 
/**
 * One of their memberships, which stands for the person.
 */
person: string, 
/**
 * The name.
 */
name: string, 
/**
 * The address.
 */
address: string, 
/**
 * Two letters for the avatar.
 */
letters: string, };

export type SchemeLine = { 
/**
 * The workspace, for sets with roles of its own.
 */
workspace: string | null, 
/**
 * The workspace's name.
 */
workspace_name: string | null, 
/**
 * The roles so far.
 */
from: Role[], 
/**
 * Names of those of them that are a workspace's own.
 */
own_names: Array<string>, 
/**
 * How many people hold them.
 */
people: number, 
/**
 * What is suggested; `None` where nothing safe is (E-58).
 */
suggested: RolesTo | null, 
/**
 * What was chosen.
 */
chosen: RolesTo | null, };

export type SchemePreview = { 
/**
 * One line for each set of roles that somebody holds or is offered.
 */
lines: Array<SchemeLine>, 
/**
 * The verdict with what was chosen, widened members taken as ticked.
 */
verdict: Verdict, 
/**
 * Those who would end up with more than they have (R16), at most 1,000.
 */
widened: Array<WidenedMember>, };

export type SchemeQuestion = { 
/**
 * The account.
 */
account: string, 
/**
 * The scheme to follow.
 */
scheme: Scheme, 
/**
 * What was chosen so far.
 */
mapping: RoleMapping[], };

export type WidenedMember = { 
/**
 * The member.
 */
member: string, 
/**
 * The name.
 */
name: string, 
/**
 * The workspace's name.
 */
workspace_name: string, 
/**
 * The roles so far.
 */
from: Role[], 
/**
 * The roles after the change.
 */
to: Role[], };

export type ContentCount = { 
/**
 * The kind.
 */
kind: ContentKind, 
/**
 * How many there are.
 */
count: number, 
/**
 * Creating one; `Hidden` for kinds that come in from outside.
 */
create: Verdict, };

export type ContentName = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, };

export type ContentPage = { 
/**
 * How many there are of the kind.
 */
total: number, 
/**
 * How many match.
 */
matched: number, 
/**
 * Creating one.
 */
create: Verdict, 
/**
 * The asked rows.
 */
rows: Array<ContentRow>, };

export type ContentQuery = { 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The kind.
 */
kind: ContentKind, 
/**
 * Words in the name, in any order, accents ignored.
 */
text: string, 
/**
 * Sorted by this.
 */
sort: ContentSort, 
/**
 * The other way round.
 */
descending: boolean, 
/**
 * The first row asked for.
 */
offset: number, 
/**
 * How many rows, at most 128.
 */
limit: number, };

export type ContentRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its kind.
 */
kind: ContentKind, 
/**
 * Its name.
 */
name: string, 
/**
 * One word about it for the list: `on`, `off`, `website`, `open`, …
 */
state: string, 
/**
 * Who created it.
 */
creator: string, 
/**
 * Whether the creator is no member any more (E-52).
 */
creator_gone: boolean, 
/**
 * When it was created.
 */
created: number, 
/**
 * When it was last changed.
 */
updated: number, 
/**
 * Who last changed it.
 */
updated_by: string, 
/**
 * Whether an unsent change deletes it.
 */
deleted: boolean, 
/**
 * The mark in the margin.
 */
mark: Mark, };

export type ContentSort = "name" | "updated";

export type ContentView = { 
/**
 * The row.
 */
row: ContentRow, 
/**
 * What is in it.
 */
body: ContentBody, 
/**
 * The version, for a change.
 */
version: number, 
/**
 * The names of the knowledge that an agent uses, those that are gone left out.
 */
knowledge: Array<ContentName>, 
/**
 * Changing it; `Hidden` for conversations and leads.
 */
change: Verdict, 
/**
 * Deleting it; `Hidden` for conversations and leads.
 */
delete: Verdict, 
/**
 * The unsent changes that stand on it.
 */
not_sent: Array<PendingItem>, 
/**
 * The refused change that stands on it.
 */
refused: PendingItem | null, };

export type BinRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The account's name.
 */
account_name: string, 
/**
 * Who deleted it.
 */
by: string, 
/**
 * When.
 */
at: number, 
/**
 * Until when it can be restored.
 */
until: number, 
/**
 * Restoring it.
 */
restore: Verdict, };

export type GroupPersonView = { 
/**
 * The sign-in, for removal.
 */
login: string, 
/**
 * The name.
 */
name: string, 
/**
 * The address.
 */
address: string, };

export type GroupView = { 
/**
 * Its id.
 */
id: string, 
/**
 * The account.
 */
account: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Which workspaces it covers.
 */
covers: Covers, 
/**
 * How many workspaces those are now.
 */
workspaces: number, 
/**
 * The roles that its people hold there.
 */
roles: Role[], 
/**
 * Its people.
 */
people: Array<GroupPersonView>, };

export type InboxRow = { 
/**
 * The invitation.
 */
id: string, 
/**
 * The invited address.
 */
address: string, 
/**
 * The workspace's name.
 */
workspace_name: string, 
/**
 * The account's name.
 */
account_name: string, 
/**
 * The scheme.
 */
scheme: Scheme, 
/**
 * The roles it gives.
 */
roles: Role[], 
/**
 * Names of those of them that are the workspace's own.
 */
own_names: Array<string>, 
/**
 * Who invited.
 */
inviter: string, 
/**
 * A word from the inviter.
 */
message: string | null, 
/**
 * From when on it cannot be accepted.
 */
expires: number, };

export type OfferRow = { 
/**
 * The workspace.
 */
workspace: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The account that offers it.
 */
from: string, 
/**
 * Who offered it.
 */
by: string, 
/**
 * When.
 */
at: number, 
/**
 * How many people come with it.
 */
people: number, 
/**
 * My account that may take it.
 */
to: string, 
/**
 * Its name.
 */
to_name: string, };

export type StepDown = { 
/**
 * The roles.
 */
roles: Role[], 
/**
 * What I lose.
 */
loses: Permission[], 
/**
 * What the rules expect.
 */
verdict: Verdict, };

export type TransferView = { 
/**
 * Whether it can be handed over at all; `r8.transfer` for a personal one.
 */
verdict: Verdict, 
/**
 * The other confirmed owners; step three needs one.
 */
owners: Array<MemberRow>, 
/**
 * Owners whom an unanswered change makes.
 */
waiting: Array<MemberRow>, 
/**
 * My own row, if I am a member.
 */
me: MemberRow | null, 
/**
 * Stepping down, by each role below.
 */
step_down: Array<StepDown>, 
/**
 * Whether the workspace goes to the new owner's account with the step down (E-65).
 */
moves: boolean, };

export type WorkspaceFilter = { 
/**
 * Words in name, label or account, in any order, accents ignored.
 */
text: string, 
/**
 * Only of this account.
 */
account: string | null, 
/**
 * Only with this label.
 */
label: string | null, 
/**
 * Only with this plan.
 */
plan: Plan | null, 
/**
 * Only those with one owner.
 */
one_owner: boolean, 
/**
 * While no text is looked for: pinned ones first, then those opened last, then by name.
 */
switcher: boolean, 
/**
 * Hidden ones too; the switcher leaves them out (E-19).
 */
hidden: boolean, };

export type GroupPreview = { 
/**
 * Memberships that begin, change or end, at most 1,000.
 */
lines: Array<PlanLine>, 
/**
 * How many in all.
 */
total: number, 
/**
 * How many of them give somebody more rights.
 */
widening: number, 
/**
 * What the rules expect of the change as a whole.
 */
verdict: Verdict, };

export type Grave = "last_manager" | "own_rights";

export type AccessAnswer = { 
/**
 * What cannot be read; then there is no plan.
 */
errors: Array<AccessError>, 
/**
 * The name of the workspace that the text is of, where it is another one.
 */
other: string | null, 
/**
 * What would make it so.
 */
plan: MadePlan | null, };

export type AccessError = { 
/**
 * The line, the first is 1.
 */
line: number, 
/**
 * What is wrong.
 */
what: AccessFault, 
/**
 * The part that is wrong, or what it collides with.
 */
found: string, };

export type AccessFault = "no_version" | "newer_version" | "word" | "twice" | "address" | "name" | "role" | "own_role" | "moment" | "scheme" | "permission" | "workspace" | "rest";

export type AccessText = { 
/**
 * The text; `null` where it is too long to be shown and can only be written to a file.
 */
text: string | null, 
/**
 * How many people are in it.
 */
people: number, 
/**
 * Whether this copy knows everybody.
 */
complete: boolean, };

export type GapReason = "grouped" | "role_gone" | "role_differs" | "suspend_later" | "end_later" | "end_past" | "former" | "invitation_past" | "not_in_account" | "group_differs";

export type MadePlan = { 
/**
 * What to do, in order.
 */
intents: Array<Intent>, 
/**
 * What would become of it.
 */
preview: PlanPreview, 
/**
 * What no plan can bring about.
 */
gaps: Array<PlanGap>, 
/**
 * Whether this copy knows enough, so that nothing is missing.
 */
complete: boolean, };

export type PlanAct = "roles" | "end" | "suspend" | "resume" | "remove" | "add" | "invite" | "invitation_roles" | "revoke" | "add_admin" | "remove_admin" | "other";

export type PlanDrift = { 
/**
 * What the rules said then, if they say something else now.
 */
was: PlanVerdict | null, 
/**
 * The roles that were held then, if others are held now.
 */
from: Role[] | null, 
/**
 * What it would give now and would not have given then (R16).
 */
more: Permission[], };

export type PlanGap = { 
/**
 * Who or what it is about.
 */
about: string, 
/**
 * The role or group that is named in the reason.
 */
of: string, 
/**
 * Why.
 */
why: GapReason, };

export type PlanSource = "selection" | "leaver" | "revert" | "text";

export type PlanVerdict = "able" | "blocked" | "needs_connection" | "unchanged";

export type RevertQuestion = { 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The moment.
 */
at: number, 
/**
 * Only this person, by a membership of then or now.
 */
member: string | null, 
/**
 * Whether the account's admins are to be those of then, too.
 */
admins: boolean, };

export type SavePlan = { 
/**
 * What to call it.
 */
name: string, 
/**
 * What it was made from.
 */
source: PlanSource, 
/**
 * What to do, in order.
 */
intents: Array<Intent>, };

export type SavedLineState = { "state": "open" } | { "state": "waiting" } | { "state": "done" } | { "state": "already_so" } | { "state": "refused", 
/**
 * Why.
 */
reason: Reason, } | { "state": "past" } | { "state": "untold" } | { "state": "unknown" };

export type SavedPlanLine = { 
/**
 * Its number in the plan.
 */
line: number, 
/**
 * How far it has come.
 */
state: SavedLineState, 
/**
 * What it would do now; what it was to do where that is over.
 */
now: PlanLine, 
/**
 * What is different from when it was kept; only of lines that can still be done.
 */
since: PlanDrift | null, };

export type SavedPlanRow = { 
/**
 * Its number.
 */
n: number, 
/**
 * Its name; empty where nothing of it may be told.
 */
name: string, 
/**
 * What it was made from; `null` for a word of a newer version.
 */
source: PlanSource | null, 
/**
 * When it was kept.
 */
made: number, 
/**
 * How many lines it has.
 */
lines: number, 
/**
 * How many of them are done or on their way.
 */
done: number, };

export type SavedPlanView = { 
/**
 * Its number.
 */
n: number, 
/**
 * Its name; empty where nothing of it may be told.
 */
name: string, 
/**
 * What it was made from; `null` for a word of a newer version.
 */
source: PlanSource | null, 
/**
 * When it was kept.
 */
made: number, 
/**
 * Its lines.
 */
lines: Array<SavedPlanLine>, };

export type PlanLine = { 
/**
 * What it is about: the person's name, or the workspace's.
 */
name: string, 
/**
 * The workspace's name.
 */
workspace_name: string, 
/**
 * What is done, where roles before and after do not say it.
 */
act: PlanAct, 
/**
 * The end date that it sets.
 */
until: number | null, 
/**
 * The roles so far.
 */
from: Role[], 
/**
 * The roles after the change; empty where access ends.
 */
to: Role[], 
/**
 * What they gain.
 */
gains: Permission[], 
/**
 * What they lose.
 */
loses: Permission[], 
/**
 * What the rules expect.
 */
verdict: Verdict, 
/**
 * What has to be said before it is done, where it can be done.
 */
grave: Grave | null, };

export type PlanPreview = { 
/**
 * The lines in the order asked.
 */
lines: Array<PlanLine>, 
/**
 * How many can be done.
 */
allowed: number, 
/**
 * How many are refused.
 */
blocked: number, 
/**
 * How many are so already.
 */
unchanged: number, 
/**
 * How many would give somebody more rights (R16).
 */
widening: number, };

export type PlanResult = { 
/**
 * One result for each intent.
 */
lines: Array<Submitted>, };

export type PlanRun = { 
/**
 * What to do, in order.
 */
intents: Array<Intent>, };

export type PlanView = { 
/**
 * The plan.
 */
plan: Plan, 
/**
 * Seats.
 */
seats: number | null, 
/**
 * Agents.
 */
agents: number | null, 
/**
 * Pieces of knowledge.
 */
knowledge: number | null, 
/**
 * Roles of the workspace's own.
 */
own_roles: boolean, };

export type OwnRoleView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its key among roles: `own:3`.
 */
key: Role, 
/**
 * Its name.
 */
name: string, 
/**
 * What it gives.
 */
permissions: Permission[], };

export type PermissionChoice = { 
/**
 * The permission.
 */
permission: Permission, 
/**
 * Whether I could put it into a role.
 */
verdict: Verdict, };

export type Proof = { 
/**
 * The permission.
 */
permission: Permission, 
/**
 * Whether they have it.
 */
has: boolean, 
/**
 * Where it comes from, each source on its own line (E-32); for a no, what they hold.
 */
sources: Array<ProofSource>, 
/**
 * For a no: the roles that would give it.
 */
roles: Role[], 
/**
 * For a no: who could give one of them. For a yes: who could take it away.
 */
names: Array<string>, 
/**
 * Whether the membership is suspended, so that its roles give nothing.
 */
suspended: boolean, };

export type MyAccess = { 
/**
 * Where it comes from, each source on its own line (E-32).
 */
sources: Array<ProofSource>, 
/**
 * Permission by permission.
 */
can: Array<Ability>, 
/**
 * Who could change it or take it away.
 */
names: Array<string>, };

export type ProofSource = { "source": "role", 
/**
 * The role.
 */
role: Role[], 
/**
 * Who gave it; `None` for the founder.
 */
given_by: string | null, 
/**
 * When.
 */
given_at: number | null, 
/**
 * The group that it comes from (E-37), by name where it can be seen, else empty.
 */
group: string | null, 
/**
 * When it ends.
 */
until: number | null, 
/**
 * Whether it gives the permission.
 */
gives: boolean, } | { "source": "account_admin", 
/**
 * The account.
 */
account: string, 
/**
 * Its name.
 */
account_name: string, 
/**
 * Since when.
 */
since: number, 
/**
 * Who made them one.
 */
by: string | null, };

export type RoleColumn = { 
/**
 * Its key: `write`, `own:3`.
 */
key: Role, 
/**
 * For a workspace's own role, its id.
 */
id: string | null, 
/**
 * For a workspace's own role, its name.
 */
name: string | null, 
/**
 * What it gives.
 */
permissions: Permission[], 
/**
 * How many present members hold it, where I may see that.
 */
people: number | null, 
/**
 * Whether I may give it.
 */
give: Verdict, 
/**
 * Who may give it besides me, at most three names.
 */
givers: Array<string>, 
/**
 * Changing an own role; `Hidden` for built-in ones.
 */
change: Verdict, 
/**
 * Deleting an own role; `Hidden` for built-in ones.
 */
delete: Verdict, };

export type RolesPage = { 
/**
 * The scheme.
 */
scheme: Scheme, 
/**
 * Built-in roles, then the workspace's own.
 */
columns: Array<RoleColumn>, 
/**
 * The roles of the other scheme, to compare by permission.
 */
other: Array<RoleColumn>, 
/**
 * Defining a role; `Hidden` where the scheme knows none.
 */
define: Verdict, 
/**
 * What a new role could give: those I lack have their reason (R5).
 */
choices: Array<PermissionChoice>, };

export type EarlierStay = { 
/**
 * The roles held last.
 */
roles: Role[], 
/**
 * From.
 */
joined: number, 
/**
 * To.
 */
ended: number | null, 
/**
 * Who ended it; empty where it ended by itself.
 */
ended_by: string, 
/**
 * How it ended.
 */
state: MemberState, };

export type LeftHow = "removed" | "suspended" | "left" | "ended" | "deleted" | "admin" | "account" | "unknown";

export type LeftWorkspace = { 
/**
 * Its id.
 */
id: string, 
/**
 * The name it had.
 */
name: string, 
/**
 * Whether it was my own doing: left, deleted, or the account's end.
 */
mine: boolean, 
/**
 * How access ended.
 */
how: LeftHow, 
/**
 * The name of who did it, where somebody did and it is known.
 */
by: string | null, };

export type ReviewList = { 
/**
 * Open ones first by due day, then closed ones, the last closed first.
 */
rows: Array<ReviewRow>, 
/**
 * Starting one: here, or where no workspace was named, anywhere.
 */
start: Verdict, 
/**
 * Where one may be started, for a start of several at once.
 */
startable: string[], 
/**
 * When the next review is due by the account's policy; `None` where it asks for none.
 */
next_due: number | null, };

export type ReviewRow = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it was started together with.
 */
campaign: string, 
/**
 * The workspace.
 */
workspace: string, 
/**
 * Its name.
 */
workspace_name: string, 
/**
 * The account's name.
 */
account_name: string, 
/**
 * The review's name.
 */
name: string, 
/**
 * When it should be done.
 */
due: number, 
/**
 * Whether that day is over and the review is open.
 */
overdue: boolean, 
/**
 * When the list was frozen.
 */
started: number, 
/**
 * By whom.
 */
started_by: string, 
/**
 * When it was closed.
 */
closed: number | null, 
/**
 * By whom.
 */
closed_by: string | null, 
/**
 * How many people are on the list.
 */
people: number, 
/**
 * How many of them somebody decided about, with decisions that are not sent yet.
 */
decided: number, 
/**
 * About how many the reviewers disagree.
 */
disputed: number, 
/**
 * About how many a decision of mine is not sent yet.
 */
pending: number, 
/**
 * Names of those who decide.
 */
reviewers: Array<string>, 
/**
 * Whether I am one of them.
 */
mine: boolean, };

export type ReviewView = { 
/**
 * Its row.
 */
row: ReviewRow, 
/**
 * What happens at its end to people whom nobody decided about (E-50).
 */
undecided: Undecided, 
/**
 * Counts for the chips.
 */
counts: ReviewCounts, 
/**
 * What the log points out.
 */
hints: ReviewHints, 
/**
 * Those who decide.
 */
reviewers: Array<ReviewerView>, 
/**
 * Letting others decide.
 */
set_reviewers: Verdict, 
/**
 * Finishing it. Refused with `review.unfinished` still lets its plan be looked at.
 */
finish: Verdict, };

export type ReviewCounts = { 
/**
 * All.
 */
all: number, 
/**
 * Nobody decided.
 */
undecided: number, 
/**
 * Kept.
 */
kept: number, 
/**
 * Other roles.
 */
changed: number, 
/**
 * Access ends.
 */
removed: number, 
/**
 * Reviewers disagree.
 */
disputed: number, 
/**
 * Roles are others than after the last review, or there was none.
 */
changed_since: number, 
/**
 * As after the last review.
 */
unchanged_since: number, 
/**
 * Addresses of a domain that is not the account's usual one.
 */
external: number, };

export type ReviewerView = { 
/**
 * The person.
 */
login: string, 
/**
 * Their name.
 */
name: string, 
/**
 * Whether it is I.
 */
is_me: boolean, };

export type ReviewQuery = { 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The review.
 */
review: string, 
/**
 * Words in name or address, in any order, accents ignored.
 */
text: string, 
/**
 * Which.
 */
filter: ReviewFilter, 
/**
 * Of those, only what the log points out.
 */
hint: HintFilter | null, 
/**
 * The first row asked for.
 */
offset: number, 
/**
 * How many rows, at most 128.
 */
limit: number, };

export type ReviewFilter = "all" | "undecided" | "changed_since" | "unchanged_since" | "disputed" | "kept" | "changed" | "removed" | "external" | "mine";

export type ReviewLinePage = { 
/**
 * How many match.
 */
matched: number, 
/**
 * The asked rows.
 */
rows: Array<ReviewLineRow>, };

export type EvidenceKey = "in_log" | "not_yet" | "no_log";

export type EvidenceView = { 
/**
 * The folder.
 */
folder: string, 
/**
 * The signing key, in groups that two people can compare by voice.
 */
fingerprint: string, 
/**
 * Whether the log in it says whose the key is.
 */
key: EvidenceKey, };

export type AnswerEntered = { 
/**
 * How many lines are decided by it.
 */
entered: number, };

export type AnswerFile = { 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The review.
 */
review: string, 
/**
 * The file in Base64.
 */
content: string, 
/**
 * What it was locked with.
 */
passphrase: string, };

export type AnswerLine = { 
/**
 * The membership.
 */
membership: string, 
/**
 * The person's name.
 */
name: string, 
/**
 * What the client decided.
 */
choice: StandpointView, 
/**
 * The roles of a change.
 */
to: Role[], 
/**
 * Why.
 */
reason: string | null, 
/**
 * What is decided here by now.
 */
now: StandpointView, 
/**
 * The roles of a change.
 */
now_to: Role[], 
/**
 * By whom.
 */
now_by: Array<string>, 
/**
 * How the two meet.
 */
meets: AnswerMeets, 
/**
 * Entering it.
 */
verdict: Verdict, };

export type AnswerLook = { 
/**
 * Who decided.
 */
client: string, 
/**
 * Who had handed the list out.
 */
handed_by: string, 
/**
 * When, by the server's clock.
 */
handed_at: number, 
/**
 * When the answer was written, by the clock of the client's device.
 */
answered_at: number, 
/**
 * How many people are on the list.
 */
people: number, 
/**
 * How many lines were entered already.
 */
same: number, 
/**
 * How many lines the rules refuse to whoever looks.
 */
refused: number, 
/**
 * What the client decided, by name.
 */
lines: Array<AnswerLine>, };

export type AnswerMeets = "new" | "same" | "replaces" | "differs";

export type HandOutForm = { 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The review.
 */
review: string, 
/**
 * Who decides.
 */
client: string, 
/**
 * What the file is locked with.
 */
passphrase: string, };

export type HandOutView = { 
/**
 * The file; none where the rules said no.
 */
file: string | null, 
/**
 * What became of telling the log.
 */
submitted: Submitted, };

export type OpenedSheet = { 
/**
 * Its name.
 */
name: string, 
/**
 * The file in Base64.
 */
content: string, };

export type OwnRoleName = { 
/**
 * The role.
 */
role: Role, 
/**
 * Its name.
 */
name: string, };

export type SheetForm = { 
/**
 * The file in Base64.
 */
content: string, 
/**
 * What it was locked with.
 */
passphrase: string, };

export type SheetView = { 
/**
 * The list, as a review that the client alone decides in.
 */
review: ReviewView, 
/**
 * Who decides.
 */
client: string, 
/**
 * Who handed it out.
 */
from: string, 
/**
 * Names of the workspace's own roles.
 */
own_roles: Array<OwnRoleName>, };

export type StandpointView = "undecided" | "keep" | "change" | "remove" | "disputed";

export type ReviewLineRow = { 
/**
 * The membership.
 */
membership: string, 
/**
 * The name, as frozen.
 */
name: string, 
/**
 * The address, as frozen.
 */
address: string, 
/**
 * Two letters for the avatar.
 */
letters: string, 
/**
 * The roles, as frozen.
 */
roles: Role[], 
/**
 * The state, as frozen.
 */
state: MemberState, 
/**
 * What the decisions come to.
 */
standpoint: StandpointView, 
/**
 * The roles that were decided; for other decisions empty.
 */
to: Role[], 
/**
 * When it was last decided.
 */
decided_at: number | null, 
/**
 * Whether the roles are others than after the last review, or there was none.
 */
changed_since: boolean, 
/**
 * Whether it is I.
 */
is_me: boolean, 
/**
 * The mark of my newest decision that the server has not accepted.
 */
mark: Mark, 
/**
 * Whether the person is not a member any more.
 */
gone: boolean, 
/**
 * The roles held now; empty for who is gone.
 */
now_roles: Role[], };

export type ReviewLineView = { 
/**
 * The row.
 */
row: ReviewLineRow, 
/**
 * Name of who had given the roles.
 */
given_by: string | null, 
/**
 * When they had been given.
 */
given_at: number | null, 
/**
 * When they joined.
 */
joined: number, 
/**
 * What the last review said.
 */
last: LastReviewView | null, 
/**
 * How many people of the workspace hold the same roles.
 */
same_roles: number, 
/**
 * How many people the workspace has.
 */
people: number, 
/**
 * What was decided in this review; with a dispute, both.
 */
decided: Array<DecidedView>, 
/**
 * Keeping.
 */
keep: Verdict, 
/**
 * Changing the role.
 */
change: Verdict, 
/**
 * Removing.
 */
remove: Verdict, 
/**
 * Whether keeping needs a reason too: it is my own line (E-48).
 */
keep_needs_reason: boolean, 
/**
 * What to look at.
 */
hints: Array<ReviewHint>, 
/**
 * What the log says of their use of the role; unknown where it is not whole.
 */
used: UseView | null, 
/**
 * My newest decision that the server refused.
 */
refused: PendingItem | null, };

export type LastReviewView = { 
/**
 * When.
 */
at: number, 
/**
 * By whom.
 */
by: string, 
/**
 * What.
 */
choice: StandpointView, 
/**
 * The roles held after it.
 */
to: Role[], };

export type DecidedView = { 
/**
 * The reviewer's name.
 */
name: string, 
/**
 * When.
 */
at: number, 
/**
 * What.
 */
choice: StandpointView, 
/**
 * The roles, for a change.
 */
to: Role[], 
/**
 * Why.
 */
reason: string | null, 
/**
 * The client who decided it, where the reviewer only entered it.
 */
client: string | null, 
/**
 * Whether it was I.
 */
is_me: boolean, 
/**
 * Whether it is not sent yet.
 */
pending: boolean, };

export type ReviewHint = "external" | "single_owner" | "owner_class" | "changed_since" | "never_reviewed" | "quiet" | "role_wider" | "log_missing";

export type ReviewHints = { 
/**
 * After how many days without a change somebody is pointed out.
 */
quiet_days: number, 
/**
 * How many changed nothing for so long; unknown where the log is not whole.
 */
quiet: number | null, 
/**
 * How many have roles wider than what they used; unknown where the log is not whole.
 */
wide: number | null, 
/**
 * How many Account Admins reach the workspace, if they are more than most accounts need.
 */
many_admins: number | null, };

export type HintFilter = "quiet" | "wide";

export type UseView = { 
/**
 * When they last changed something here.
 */
last_change: number | null, 
/**
 * After how many days without a change it is pointed out.
 */
quiet_days: number, 
/**
 * How many days of the log are compared with the role.
 */
wide_days: number, 
/**
 * Narrower roles that would have been enough for what they changed; empty for none.
 */
enough: Role[], 
/**
 * Rights to change something that they have and did not use, where roles would be enough.
 */
unused: Permission[], };

export type ReviewPerson = { 
/**
 * The person.
 */
login: string, 
/**
 * The name.
 */
name: string, 
/**
 * The address.
 */
address: string, 
/**
 * Two letters for the avatar.
 */
letters: string, 
/**
 * Whether it is I.
 */
is_me: boolean, 
/**
 * Whether it is as Account Admin.
 */
as_admin: boolean, };

export type ReviewForm = { 
/**
 * The workspaces.
 */
workspaces: string[], 
/**
 * The name of all of them.
 */
name: string, 
/**
 * When they should be done.
 */
due: number, 
/**
 * What happens to people whom nobody decides about.
 */
undecided: Undecided, 
/**
 * After how many days without a change somebody is pointed out.
 */
quiet_days: number, 
/**
 * Who decides; each has to be allowed to in each workspace.
 */
reviewers: string[], };

export type ReviewFinish = { 
/**
 * How many are kept.
 */
kept: number, 
/**
 * How many get other roles.
 */
changed: number, 
/**
 * How many are removed.
 */
removed: number, 
/**
 * How many nobody decided about; never counted as kept (E-50).
 */
not_reviewed: number, 
/**
 * How many of those are suspended.
 */
suspended: number, 
/**
 * About how many reviewers disagree; they keep the review open.
 */
disputed: number, 
/**
 * How many of the decided changes are so already.
 */
done: number, 
/**
 * The memberships of the plan's lines, in its order.
 */
memberships: string[], 
/**
 * Every change that is left, as a plan (ui.md 4.9).
 */
preview: PlanPreview, 
/**
 * Carrying it out at all.
 */
close: Verdict, };

export type ReviewOutcome = { 
/**
 * The membership.
 */
membership: string, 
/**
 * The person's name.
 */
name: string, 
/**
 * What became of it.
 */
result: Submitted, };

export type ReviewResult = { 
/**
 * One result for each change.
 */
lines: Array<ReviewOutcome>, 
/**
 * What became of closing; `None` where lines were left open and it was not tried.
 */
closed: Submitted | null, 
/**
 * How many lines keep the review open.
 */
open: number, };

export type HistoryQuery = { 
/**
 * One workspace's; with `account` unset too, everything this copy holds.
 */
workspace: string | null, 
/**
 * One account's own.
 */
account: string | null, 
/**
 * Words in names, addresses and reasons, in any order.
 */
text: string, 
/**
 * Only acts of this person.
 */
who: string | null, 
/**
 * Only what concerns this person.
 */
about: string | null, 
/**
 * Only these kinds; empty is all.
 */
kinds: Array<string>, 
/**
 * From this moment on.
 */
from: number | null, 
/**
 * Before this moment.
 */
to: number | null, 
/**
 * Older than this row: the `next` of the page before.
 */
before: string | null, 
/**
 * How many rows, at most 128.
 */
limit: number, };

export type HistoryPage = { 
/**
 * The rows; on the first page, changes that are not sent yet come first.
 */
rows: Array<HistoryRow>, 
/**
 * Where the next page begins.
 */
next: string | null, 
/**
 * Whether only my own acts and what concerns me is here (`history.own_only`).
 */
own_only: boolean, 
/**
 * Until when the history is complete: the last contact.
 */
until: number | null, 
/**
 * What following the chain says.
 */
chain: ChainView, };

export type ChainView = { 
/**
 * The state.
 */
state: ChainState, 
/**
 * Since when it is followed.
 */
since: number | null, 
/**
 * The time of the event at which it breaks.
 */
broken_at: number | null, };

export type ChainState = "sound" | "broken" | "loading" | "unknown";

export type HistoryRow = { 
/**
 * What names it when details are asked for.
 */
id: string, 
/**
 * When.
 */
at: number, 
/**
 * Who.
 */
actor: string, 
/**
 * Whether it was I.
 */
actor_is_me: boolean, 
/**
 * Whether they could do it only as Account Admin (R9).
 */
as_admin: boolean, 
/**
 * What happened; the catalogue has a sentence for each kind.
 */
kind: EventKindKey, 
/**
 * Whom or what it is about, by name.
 */
subject: string, 
/**
 * The workspace, unless it concerns an account alone.
 */
workspace: string | null, 
/**
 * Its name, or the account's.
 */
workspace_name: string, 
/**
 * The membership, where it is about one.
 */
membership: string | null, 
/**
 * The roles before.
 */
from_roles: Role[], 
/**
 * The roles after.
 */
to_roles: Role[], 
/**
 * A name before, where that is what changed.
 */
was: string | null, 
/**
 * The name after.
 */
now: string | null, 
/**
 * Why.
 */
reason: string | null, 
/**
 * How many further events of the same act are folded into this row.
 */
more: number, 
/**
 * Whether it is a change that is not sent yet.
 */
not_sent: boolean, 
/**
 * Why it was refused, where it was.
 */
refused: Reason | null, };

export type HistoryDetail = { 
/**
 * Its row.
 */
row: HistoryRow, 
/**
 * The events that are folded into it, at most 500.
 */
folded: Array<HistoryRow>, 
/**
 * What changed, field by field.
 */
changes: Array<FieldChange>, 
/**
 * By which right: a permission's key, `account_admin`, or empty where none is needed.
 */
right: string, 
/**
 * The command's name and number, for support.
 */
command: string | null, 
/**
 * The event's hash.
 */
hash: string, 
/**
 * The hash of the event before it.
 */
prev: string, 
/**
 * Whether it is what was chained.
 */
sound: boolean, };

export type FieldChange = { 
/**
 * The field's name in the log.
 */
field: string, 
/**
 * Before.
 */
was: string | null, 
/**
 * After.
 */
now: string | null, };

export type AsOfPage = { 
/**
 * The moment.
 */
at: number, 
/**
 * How many were present.
 */
people: number, 
/**
 * How many of them match.
 */
matched: number, 
/**
 * Whether this copy knows the whole roster of then.
 */
complete: boolean, 
/**
 * The workspace's own roles of then.
 */
own_roles: Array<OwnRoleName>, 
/**
 * The asked rows.
 */
rows: Array<AsOfRow>, };

export type AsOfRow = { 
/**
 * The membership.
 */
membership: string, 
/**
 * The name.
 */
name: string, 
/**
 * The address.
 */
address: string, 
/**
 * Two letters for the avatar.
 */
letters: string, 
/**
 * The roles.
 */
roles: Role[], 
/**
 * The state.
 */
state: MemberState, 
/**
 * Name of who had given the roles.
 */
given_by: string | null, 
/**
 * When.
 */
given_at: number | null, 
/**
 * When they joined.
 */
joined: number, 
/**
 * When it was to end.
 */
until: number | null, };

export type CompareQuestion = { 
/**
 * One workspace; unset for every one whose history I may see.
 */
workspace: string | null, 
/**
 * The earlier moment.
 */
from: number, 
/**
 * The later moment.
 */
to: number, 
/**
 * Whether changes that are not sent yet count, where the later moment is now.
 */
include_unsent: boolean, 
/**
 * Whether those who are as they were are told by name.
 */
include_unchanged: boolean, };

export type CompareView = { 
/**
 * The workspaces, those with differences first, then by name.
 */
workspaces: Array<CompareWorkspace>, 
/**
 * Whether this copy knows both moments whole.
 */
complete: boolean, 
/**
 * How many unsent changes of memberships there are in these workspaces.
 */
unsent: number, };

export type CompareWorkspace = { 
/**
 * The workspace.
 */
workspace: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The account's name.
 */
account_name: string, 
/**
 * Who joined, at most 1,000.
 */
joined: Array<CompareLine>, 
/**
 * How many joined.
 */
joined_total: number, 
/**
 * Who left, at most 1,000.
 */
left: Array<CompareLine>, 
/**
 * How many left.
 */
left_total: number, 
/**
 * Whose roles or state changed, at most 1,000.
 */
changed: Array<CompareLine>, 
/**
 * How many changed.
 */
changed_total: number, 
/**
 * How many are as they were.
 */
unchanged: number, 
/**
 * Those, at most 1,000, where they were asked for.
 */
same: Array<CompareLine>, 
/**
 * Whether this copy knows both moments whole.
 */
complete: boolean, 
/**
 * The workspace's own roles at the earlier moment.
 */
own_from: Array<OwnRoleName>, 
/**
 * Those at the later one.
 */
own_to: Array<OwnRoleName>, };

export type CompareLine = { 
/**
 * The membership; the later one of who left and came back.
 */
membership: string, 
/**
 * The name.
 */
name: string, 
/**
 * The address.
 */
address: string, 
/**
 * Two letters for the avatar.
 */
letters: string, 
/**
 * The roles at the earlier moment.
 */
from: Role[], 
/**
 * The roles at the later moment.
 */
to: Role[], 
/**
 * The state at the earlier moment.
 */
from_state: MemberState | null, 
/**
 * The state at the later moment.
 */
to_state: MemberState | null, 
/**
 * What they gained, by what the roles gave at either moment.
 */
gains: Permission[], 
/**
 * What they lost.
 */
loses: Permission[], 
/**
 * When it last changed in between.
 */
at: number | null, 
/**
 * Who changed it.
 */
by: string | null, 
/**
 * Whether they left and came back in between.
 */
came_back: boolean, 
/**
 * When they left before that.
 */
left_at: number | null, 
/**
 * Whose act that was.
 */
left_by: string | null, 
/**
 * Whether it is a change that is not sent yet.
 */
not_sent: boolean, };

export type PeopleQuery = { 
/**
 * Words in name or address, in any order, accents ignored.
 */
text: string, 
/**
 * The first row asked for.
 */
offset: number, 
/**
 * How many rows, at most 128.
 */
limit: number, };

export type PeoplePage = { 
/**
 * How many match.
 */
matched: number, 
/**
 * In how many workspaces this copy does not have the members, so that people are missing.
 */
unknown: number, 
/**
 * The asked rows.
 */
rows: Array<PersonRow>, };

export type PersonRow = { 
/**
 * The person.
 */
login: string, 
/**
 * The name.
 */
name: string, 
/**
 * The addresses that they are known by.
 */
addresses: Array<string>, 
/**
 * Two letters for the avatar.
 */
letters: string, 
/**
 * Whether it is I.
 */
is_me: boolean, 
/**
 * In how many workspaces.
 */
workspaces: number, 
/**
 * Of how many they are an owner.
 */
owner_of: number, 
/**
 * Of how many the only one.
 */
only_owner_of: number, 
/**
 * Of how many accounts they are Account Admin.
 */
admin_of: number, 
/**
 * When they last changed anything in a workspace whose whole history is here and may be
 * read.
 */
last_change: number | null, 
/**
 * Whether that is so of every workspace in which I see them, so that the lack of a change
 * says something.
 */
changes_known: boolean, 
/**
 * The mark in the margin.
 */
mark: Mark, };

export type PersonOverview = { 
/**
 * The person.
 */
login: string, 
/**
 * The name.
 */
name: string, 
/**
 * The addresses that they are known by.
 */
addresses: Array<string>, 
/**
 * Two letters for the avatar.
 */
letters: string, 
/**
 * Whether it is I.
 */
is_me: boolean, 
/**
 * Where they are present, by account and workspace.
 */
places: Array<PersonPlace>, 
/**
 * The accounts that they administer.
 */
admin_of: Array<PersonAdmin>, 
/**
 * In how many workspaces this copy does not have the members, so that places are missing.
 */
unknown: number, };

export type PersonPlace = { 
/**
 * The workspace.
 */
workspace: string, 
/**
 * Its name.
 */
workspace_name: string, 
/**
 * The account's name.
 */
account_name: string, 
/**
 * The membership.
 */
membership: string, 
/**
 * The roles, with unsent changes.
 */
roles: Role[], 
/**
 * The state, with unsent changes.
 */
state: MemberState, 
/**
 * When it ends by itself.
 */
until: number | null, 
/**
 * Whether the roles come from a group and are changed there (E-37).
 */
grouped: boolean, 
/**
 * Whether they are the only owner there.
 */
only_owner: boolean, 
/**
 * The mark in the margin.
 */
mark: Mark, 
/**
 * Changing the role at all.
 */
change: Verdict, 
/**
 * Removing.
 */
remove: Verdict, };

export type PersonAdmin = { 
/**
 * The account.
 */
account: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Taking the adminship away.
 */
remove: Verdict, };

export type ContinuityKind = "owner" | "admin";

export type ContinuityRow = { 
/**
 * Which of both.
 */
kind: ContinuityKind, 
/**
 * The workspace's id, or the account's.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The account's name.
 */
account_name: string, 
/**
 * Who holds it.
 */
holder_login: string, 
/**
 * Their name.
 */
holder: string, 
/**
 * How many others of this list the same person holds.
 */
also: number, };

export type DraftRow = { 
/**
 * Its number.
 */
n: number, 
/**
 * The workspace.
 */
workspace: string | null, 
/**
 * Its name.
 */
workspace_name: string, 
/**
 * The address.
 */
address: string, 
/**
 * The name, if known.
 */
name: string | null, 
/**
 * The roles that it gives.
 */
roles: Role[], 
/**
 * A word to them.
 */
message: string | null, 
/**
 * When it was made.
 */
made: number, 
/**
 * What the rules expect of sending it now.
 */
verdict: Verdict, };

export type ExportTable = { "table": "members", 
/**
 * Which.
 */
query: MemberQuery, } | { "table": "as_of", 
/**
 * Which.
 */
query: MemberQuery, 
/**
 * When.
 */
at: number, } | { "table": "invitations", 
/**
 * Whose.
 */
workspace: string, } | { "table": "roles", 
/**
 * Whose.
 */
workspace: string, } | { "table": "contents", 
/**
 * Which.
 */
query: ContentQuery, } | { "table": "history", 
/**
 * Which part.
 */
query: HistoryQuery, } | { "table": "compare", 
/**
 * Which.
 */
question: CompareQuestion, } | { "table": "reviews", 
/**
 * Whose.
 */
workspace: string | null, } | { "table": "review_lines", 
/**
 * Which.
 */
query: ReviewQuery, } | { "table": "workspaces", 
/**
 * Which.
 */
filter: WorkspaceFilter, } | { "table": "people", 
/**
 * Which.
 */
query: PeopleQuery, } | { "table": "continuity" } | { "table": "admins", 
/**
 * Whose.
 */
account: string, } | { "table": "groups", 
/**
 * Whose.
 */
account: string, } | { "table": "pending" };

export type ExportForm = { 
/**
 * Which.
 */
table: ExportTable, 
/**
 * Whether the file begins with a byte order mark: some spreadsheet programs take UTF-8 for
 * an older encoding without it.
 */
mark: boolean, 
/**
 * Whether the first lines tell what the table is: as of when, filter, order, versions.
 */
about: boolean, };

export type Exported = { 
/**
 * Its name, without the folder.
 */
name: string, 
/**
 * How many rows it has.
 */
rows: number, };

export type Cell = { "cell": "empty" } | { "cell": "text", "value": string } | { "cell": "number", "value": number } | { "cell": "time", "value": number } | { "cell": "word", "value": string } | { "cell": "roles", "value": [Role[], Array<string>] } | { "cell": "list", "value": Array<string> };

export type PrintSheet = { 
/**
 * What it is: a name and a value for each line.
 */
about: Array<[string, Cell]>, 
/**
 * The heads of its columns.
 */
heads: Array<Cell>, 
/**
 * Its rows.
 */
rows: Array<Array<Cell>>, 
/**
 * Whether there are more rows than are printed.
 */
cut: boolean, };

export type Place = { "at": "home" } | { "at": "pending" } | { "at": "continuity" } | { "at": "workspaces" } | { "at": "inbox" } | { "at": "members", 
/**
 * Where.
 */
workspace: string, 
/**
 * Whose panel.
 */
open: string | null, } | { "at": "ending", 
/**
 * Where.
 */
workspace: string, } | { "at": "invitations", 
/**
 * Where.
 */
workspace: string, } | { "at": "reviews", 
/**
 * Where.
 */
workspace: string, } | { "at": "review", 
/**
 * Where.
 */
workspace: string, 
/**
 * Which.
 */
review: string, } | { "at": "history", 
/**
 * Where.
 */
workspace: string, 
/**
 * From when.
 */
from: number, } | { "at": "settings", 
/**
 * Where.
 */
workspace: string, } | { "at": "move", 
/**
 * Which.
 */
workspace: string, } | { "at": "account", 
/**
 * Which.
 */
account: string, };

export type ReminderKind = "review" | "invitation" | "end" | "single" | "asked";

export type ReminderChoice = { 
/**
 * The kind.
 */
kind: ReminderKind, 
/**
 * Whether it is on.
 */
on: boolean, };

export type Digest = { 
/**
 * What needs me, the most pressing first.
 */
needs: Array<DigestLine>, 
/**
 * What comes up within two weeks.
 */
soon: Array<DigestLine>, 
/**
 * What others changed since I was last here.
 */
news: Array<DigestLine>, 
/**
 * When I was last here; unknown on the first day.
 */
since: number | null, 
/**
 * As of when this is.
 */
until: number | null, };

export type DigestLine = { 
/**
 * What it says.
 */
what: DigestWhat, 
/**
 * Where it leads.
 */
place: Place, 
/**
 * The name of the workspace or account, where it is about one.
 */
name: string | null, 
/**
 * When it is due, ends, or was.
 */
at: number | null, 
/**
 * What takes it off the list, where the person does.
 */
done: Done | null, };

export type Done = { "off": "asked", 
/**
 * Its number on this device.
 */
id: number, } | { "off": "received", 
/**
 * Which.
 */
workspace: string, 
/**
 * When it came.
 */
at: number, };

export type DigestWhat = { "line": "inbox", 
/**
 * How many.
 */
n: number, } | { "line": "refused", 
/**
 * How many.
 */
n: number, } | { "line": "not_sent", 
/**
 * How many.
 */
n: number, } | { "line": "drafts", 
/**
 * How many.
 */
n: number, } | { "line": "asked" } | { "line": "received", 
/**
 * The account's name.
 */
account: string, 
/**
 * Who let go of it.
 */
who: string, 
/**
 * Whether another account of mine could have it instead.
 */
other: boolean, } | { "line": "review", 
/**
 * Its name.
 */
review: string, 
/**
 * How many nobody decided about.
 */
undecided: number, 
/**
 * Whether its day is over.
 */
over: boolean, } | { "line": "rhythm", 
/**
 * Whether its day is over.
 */
over: boolean, } | { "line": "confirm", 
/**
 * How many.
 */
n: number, } | { "line": "expiring", 
/**
 * How many.
 */
n: number, } | { "line": "ending", 
/**
 * How many.
 */
n: number, } | { "line": "mine_ends" } | { "line": "single_owners", 
/**
 * How many.
 */
n: number, } | { "line": "single_admins", 
/**
 * How many.
 */
n: number, } | { "line": "changes", 
/**
 * How many acts.
 */
n: number, } | { "line": "more", 
/**
 * How many.
 */
n: number, };

