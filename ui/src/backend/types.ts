// Generated from crates/client/src/view.rs by `make gen`. Do not edit.

export type Permission = "ws.view" | "ws.rename" | "ws.settings" | "ws.delete" | "owner.assign" | "member.view" | "member.manage" | "role.define" | "agent.view" | "agent.edit" | "prompt.edit" | "knowledge.view" | "knowledge.edit" | "integration.edit" | "channel.edit" | "conversation.view" | "lead.view" | "chat.use" | "billing.view" | "billing.manage" | "audit.view" | "review.run" | "export.run";

export type Role = "owner" | "admin" | "write" | "read" | "workspace_admin" | "agent_manager" | "content_manager" | "billing_admin" | "chat_user";

export type Scheme = "managed" | "owner_led";

export type Plan = "basic" | "pro";

export type MemberState = "active" | "suspended" | "left" | "removed";

export type RefusalCode = "r1.missing" | "r1.create" | "r2.grant" | "r2.invite" | "r3.target" | "r4.owner" | "r6.remove" | "r6.demote" | "r6.demote_self" | "r6.suspend" | "r6.leave" | "r7.workspace" | "r8.delete" | "r8.leave" | "r8.owner" | "r10.not_visible" | "r12.no_seat" | "r12.confirm" | "member.exists" | "invite.exists" | "invite.wrong_person" | "invite.expired" | "invite.gone" | "conflict.card" | "conflict.gone" | "grant.changed" | "role.scheme" | "plan.choose" | "workspace.no_owner" | "name.bad" | "id.used";

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
  "r1.create",
  "r2.grant",
  "r2.invite",
  "r3.target",
  "r4.owner",
  "r6.remove",
  "r6.demote",
  "r6.demote_self",
  "r6.suspend",
  "r6.leave",
  "r7.workspace",
  "r8.delete",
  "r8.leave",
  "r8.owner",
  "r10.not_visible",
  "r12.no_seat",
  "r12.confirm",
  "member.exists",
  "invite.exists",
  "invite.wrong_person",
  "invite.expired",
  "invite.gone",
  "conflict.card",
  "conflict.gone",
  "grant.changed",
  "role.scheme",
  "plan.choose",
  "workspace.no_owner",
  "name.bad",
  "id.used",
];

export const FAILURE_CODES: readonly FailureCode[] = [
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
  "not_found",
  "invite.code",
  "import.too_many",
  "import.too_large",
  "import.no_addresses",
  "import.not_text",
  "keystore.none",
  "keystore.locked",
  "disk.full",
  "copy.broken",
  "copy.newer",
  "outbox.broken",
  "undo.late",
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
 * The workspace that was open when the window closed, if it is still there.
 */
last_workspace: string | null, 
/**
 * The app's version.
 */
version: string, };

export type Phase = "signed_out" | "no_key_store" | "ready";

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
 * The accounts in which the person may create workspaces.
 */
accounts: Array<AccountView>, };

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

export type ConnectionState = "connecting" | "online" | "offline" | "server_fault" | "signed_out" | "upgrade_needed" | "disk_full";

export type Loading = { 
/**
 * Workspaces that are whole.
 */
done: number, 
/**
 * Workspaces in all.
 */
total: number, };

export type PendingCounts = { 
/**
 * Not sent yet.
 */
not_sent: number, 
/**
 * Refused and not yet discarded.
 */
refused: number, };

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
params: Record<string, Param>, };

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
 * Which of the twelve colours its tile and band have, 0 to 11, by id.
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
 * Whether its copy is whole.
 */
loaded: boolean, };

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
seats_free: number | null, };

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

export type MemberStatus = "present" | "active" | "suspended" | "former";

export type MemberSort = "name" | "address" | "role" | "status" | "joined";

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
 * Left or removed.
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

export type Mark = "none" | "new" | "not_sent" | "sending" | "refused";

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
 * When the membership ended.
 */
ended: number | null, 
/**
 * Who ended it.
 */
ended_by: string | null, 
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
add_me: boolean, } | { "intent": "rename_workspace", 
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
workspace: string, } | { "intent": "leave_workspace", 
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
roles: Role[], } | { "intent": "suspend", 
/**
 * The workspace.
 */
workspace: string, 
/**
 * The member.
 */
member: string, } | { "intent": "resume", 
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
member: string, } | { "intent": "resend", 
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
invitation: string, };

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
 * How many are open or expired.
 */
total: number, 
/**
 * The asked rows, newest first.
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
state: InvitationStatus, };

export type InvitationStatus = "waiting" | "expired" | "accepted";

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
roles: Role[], };

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
roles: Role[], };

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
 * Who invited.
 */
inviter_name: string, 
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
sending: boolean, };

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
address: string, } | { "what": "unreadable" };

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
differs: boolean, };

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
 * Members or invitations of these workspaces; the id of each.
 */
rosters: Array<string>, 
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

export type FailureCode = "refused" | "signin.wrong" | "signin.suspended" | "signin.offline" | "too_many" | "signup.taken" | "address.bad" | "password.bad" | "server.bad" | "server.none" | "server.other" | "server.version" | "server.certificate" | "server.insecure" | "server.fault" | "offline.now" | "signed_out" | "signout.unsent" | "not_found" | "invite.code" | "import.too_many" | "import.too_large" | "import.no_addresses" | "import.not_text" | "keystore.none" | "keystore.locked" | "disk.full" | "copy.broken" | "copy.newer" | "outbox.broken" | "undo.late" | "bad_request";

