//! Every refusal code has a situation that produces it.

use crate::prelude::*;

/// A command that an actor gives in a world, and the time of it.
struct Case(World, u8, Command);

/// How a code comes about.
enum Source {
    /// The rules give it to a command.
    Command(Box<Case>),
    /// The rules give it to somebody who accepts invitation 1 as login 2 after so many days.
    Acceptance(Box<World>, i64),
    /// A hidden thing is told so over the wire.
    Hidden,
    /// The server's lanes give it, before the rules are asked (sync.md 4.14).
    Lane,
}

fn case(world: World, actor: u8, command: Command) -> Source {
    Source::Command(Box::new(Case(world, actor, command)))
}

/// The owner's workspace with Bo in it.
fn team(role: Role) -> World {
    let mut world = owner_led();
    world.join(TEAM, BO, one(role));
    world
}

/// The owner's workspace with Bo invited to it.
fn invited() -> World {
    let mut world = owner_led();
    world.run(ANA, &invite(TEAM, 1, address(BO), one(Role::Read)), NOW);
    world
}

/// The agency's workspace with the own role 1 in slot 0, which Bo holds.
fn own_role(permissions: &[Permission]) -> World {
    let mut world = managed();
    world.run(ANA, &define(CLIENT, 1, permissions), NOW);
    world.join(CLIENT, BO, RoleSet::own(0));
    world
}

fn done(mut world: World, actor: u8, command: &Command) -> World {
    assert_accepted(&world.run(actor, command, NOW));
    world
}

fn bent(mut world: World, bend: impl FnOnce(&mut World)) -> World {
    bend(&mut world);
    world
}

fn prompt(text: &str) -> ContentBody {
    ContentBody::Prompt { text: text.into() }
}

fn talk() -> ContentBody {
    ContentBody::Conversation {
        person: "Mia".into(),
        at: NOW,
        channel: "Website".into(),
        state: TalkState::Open,
    }
}

const MANAGE: &[Permission] = &[Permission::MemberView, Permission::MemberManage];

/// R1 to R5.
fn of_roles(code: RefusalCode) -> Option<Source> {
    use RefusalCode as Code;
    let demote = set(&owner_led(), TEAM, BO, one(Role::Read));
    Some(match code {
        Code::Missing => case(team(Role::Read), BO, rename(TEAM, "Team", "Mine")),
        Code::GrantTooWide => {
            let command = invite(CLIENT, 1, address(7), one(Role::AgentManager));
            case(own_role(MANAGE), BO, command)
        }
        Code::MayNotInvite => {
            case(team(Role::Read), BO, invite(TEAM, 1, address(7), one(Role::Read)))
        }
        Code::TargetTooStrong => {
            let world = bent(own_role(MANAGE), |it| {
                it.join(CLIENT, CLEO, one(Role::AgentManager));
            });
            case(world, BO, remove(CLIENT, CLEO))
        }
        Code::OwnerOnly => {
            case(team(Role::Admin), BO, invite(TEAM, 1, address(7), one(Role::Owner)))
        }
        Code::RoleTooWide => {
            let world = own_role(&[Permission::RoleDefine]);
            case(world, BO, define(CLIENT, 2, &[Permission::AgentEdit]))
        }
        Code::RoleHeld => {
            let world = bent(own_role(&[]), |it| {
                it.member(CLIENT, BO).roles = RoleSet::own(0).union(one(Role::WorkspaceAdmin));
            });
            let command = redefine(&world, CLIENT, 1, MANAGE);
            case(world, BO, command)
        }
        Code::RoleNeedsReplacement => {
            case(own_role(MANAGE), ANA, undefine(CLIENT, 1, RoleSet::NONE))
        }
        Code::TooManyRoles => {
            let world = bent(managed(), |it| {
                for id in 0..OWN_ROLES {
                    it.run(ANA, &define(CLIENT, id, &[]), NOW);
                }
            });
            case(world, ANA, define(CLIENT, 99, &[]))
        }
        Code::NoOwnRoles => case(owner_led(), ANA, define(TEAM, 1, &[])),
        Code::RolesNotInScheme => {
            case(owner_led(), ANA, invite(TEAM, 1, address(7), one(Role::ChatUser)))
        }
        Code::Conflict => case(team(Role::Write), ANA, demote),
        Code::TargetGone => {
            let world = done(team(Role::Write), ANA, &remove(TEAM, BO));
            case(world, ANA, demote)
        }
        _ => return None,
    })
}

/// R6 to R8.
fn of_floors(code: RefusalCode) -> Option<Source> {
    use RefusalCode as Code;
    // An owner who does not count (E-4).
    let timed = || bent(team(Role::Owner), |it| it.member(TEAM, BO).until = ends_in(9));
    let demote = |world: &World| set(world, TEAM, ANA, one(Role::Read));
    Some(match code {
        Code::LastOwnerRemove => case(timed(), BO, remove(TEAM, ANA)),
        Code::LastOwnerDemote => case(timed(), BO, demote(&timed())),
        Code::LastOwnerStepDown => case(owner_led(), ANA, demote(&owner_led())),
        Code::LastOwnerSuspend => case(owner_led(), ANA, suspend(TEAM, ANA)),
        Code::LastOwnerLeave => case(owner_led(), ANA, leave(TEAM)),
        Code::OwnerTimebox => case(owner_led(), ANA, set_end(&owner_led(), TEAM, ANA, ends_in(3))),
        Code::PendingOwner => {
            let world = done(owner_led(), ANA, &invite(TEAM, 1, address(BO), one(Role::Owner)));
            case(world, ANA, leave(TEAM))
        }
        Code::NoOwnerLeft => {
            let mut world = World::default();
            world.found(1, FIRST, ANA, SchemeId::Managed);
            let mapping = vec![to(one(Role::WorkspaceAdmin), one(Role::Admin))];
            case(world, ANA, set_scheme(SchemeId::OwnerLed, mapping, &[]))
        }
        Code::LastAdmin => case(managed(), ANA, remove_admin(ANA)),
        Code::LastWorkspace => case(converted(), ANA, delete(FIRST)),
        Code::PersonalDelete => case(owner_led(), ANA, delete(FIRST)),
        Code::PersonalLeave => case(owner_led(), ANA, leave(FIRST)),
        Code::PersonalOwner => {
            case(owner_led(), ANA, invite(FIRST, 1, address(7), one(Role::Owner)))
        }
        Code::PersonalTransfer => case(owner_led(), ANA, offer(FIRST, 2)),
        Code::PersonalAccount => {
            case(owner_led(), ANA, set_scheme(SchemeId::Managed, Vec::new(), &[]))
        }
        Code::OwnerHasNoAccount => case(team(Role::Owner), ANA, leave(TEAM)),
        Code::EndInPast => {
            let world = team(Role::Read);
            let command = set_end(&world, TEAM, BO, ends_in(-1));
            case(world, ANA, command)
        }
        Code::EndNotLower => {
            let world = team(Role::Read);
            let command = set_end(&world, TEAM, BO, falls_in(3, one(Role::Write)));
            case(world, ANA, command)
        }
        _ => return None,
    })
}

/// Invitations and seats.
fn of_invitations(code: RefusalCode) -> Option<Source> {
    use RefusalCode as Code;
    Some(match code {
        Code::NotVisible => Source::Hidden,
        Code::GrantChanged => Source::Lane,
        Code::NoSeat => {
            let world = bent(team(Role::Read), |it| {
                it.workspace_mut(TEAM).plan = Plan::Basic;
                for login in 100..200 {
                    it.join(TEAM, login, one(Role::Read));
                }
            });
            case(world, ANA, invite(TEAM, 1, address(7), one(Role::Read)))
        }
        Code::InviterLostRight => {
            let world = bent(invited(), |it| it.member(TEAM, ANA).roles = one(Role::Write));
            Source::Acceptance(Box::new(world), 0)
        }
        Code::MemberExists => {
            case(team(Role::Read), ANA, invite(TEAM, 1, address(BO), one(Role::Read)))
        }
        Code::InvitationExists => {
            case(invited(), ANA, invite(TEAM, 2, address(BO), one(Role::Read)))
        }
        Code::WrongPerson => {
            let world = bent(owner_led(), |it| {
                it.run(ANA, &invite(TEAM, 1, address(CLEO), one(Role::Read)), NOW);
            });
            Source::Acceptance(Box::new(world), 0)
        }
        Code::InvitationExpired => Source::Acceptance(Box::new(invited()), 7),
        Code::InvitationGone => {
            let world = done(invited(), ANA, &revoke(TEAM, 1));
            Source::Acceptance(Box::new(world), 0)
        }
        Code::BadMessage => {
            let command = Command::CreateInvitation {
                workspace: workspace_id(TEAM),
                invitation: invitation_id(1),
                address: address(7),
                person: None,
                roles: one(Role::Read),
                message: Some("x".repeat(501)),
            };
            case(owner_led(), ANA, command)
        }
        Code::BadNote => case(team(Role::Read), ANA, note(TEAM, BO, "", &"x".repeat(501))),
        Code::ReasonMissing => {
            let world = bent(own_role(MANAGE), |it| it.account_mut(1).reason_required = true);
            case(world, ANA, remove(CLIENT, BO))
        }
        _ => return None,
    })
}

/// Workspaces, plans, names and contents.
fn of_workspaces(code: RefusalCode) -> Option<Source> {
    use RefusalCode as Code;
    let written = |body| done(owner_led(), ANA, &write(TEAM, 1, "Name", body));
    let changed = |body| Command::ChangeContent {
        workspace: workspace_id(TEAM),
        content: content_id(1),
        version: 1,
        title: "New".into(),
        body,
    };
    let agent = |knowledge| ContentBody::Agent {
        instructions: String::new(),
        state: Activity::On,
        knowledge,
    };
    Some(match code {
        Code::PlanMissing => case(owner_led(), ANA, create_on(21, 1, "New", Some(ANA), None)),
        Code::PlanLimit => {
            let world = bent(owner_led(), |it| {
                for id in 0..10 {
                    it.run(ANA, &write(FIRST, id, "Agent", agent(Vec::new())), NOW);
                }
            });
            case(world, ANA, write(FIRST, 99, "Agent", agent(Vec::new())))
        }
        Code::PlanFeature => {
            let world = done(managed(), ANA, &set_plan(CLIENT, Plan::Basic));
            case(world, ANA, define(CLIENT, 1, &[]))
        }
        Code::PlanOver => {
            let world = done(owner_led(), ANA, &end_plan(TEAM));
            case(world, ANA, rename(TEAM, "Team", "New"))
        }
        Code::FounderMissing => case(owner_led(), ANA, create(21, 1, "New", None)),
        Code::NameReserved => {
            let world = done(owner_led(), ANA, &delete(TEAM));
            case(world, ANA, create(21, 1, "Team", Some(ANA)))
        }
        Code::BadName => case(owner_led(), ANA, rename(TEAM, "Team", "")),
        Code::BadLabel => {
            let labels = serde_json::from_value(serde_json::json!(["x".repeat(41)]));
            let command = Command::SetWorkspaceLabels {
                workspace: workspace_id(TEAM),
                was: Labels::default(),
                labels: labels.expect("labels as they arrive"),
            };
            case(owner_led(), ANA, command)
        }
        Code::ForeignReference => {
            case(owner_led(), ANA, write(TEAM, 1, "Agent", agent(vec![content_id(9)])))
        }
        Code::ReadOnlyContent => case(written(talk()), ANA, changed(talk())),
        Code::BadContent => case(written(prompt("a")), ANA, changed(talk())),
        Code::IdUsed => case(written(prompt("a")), ANA, write(TEAM, 1, "Name", prompt("b"))),
        _ => return None,
    })
}

/// Accounts, schemes, moves and groups.
fn of_accounts(code: RefusalCode) -> Option<Source> {
    use RefusalCode as Code;
    Some(match code {
        Code::Widens => {
            let world = bent(converted(), |it| {
                it.join(FIRST, BO, one(Role::Read));
            });
            let mapping = vec![
                to(one(Role::Owner), one(Role::WorkspaceAdmin)),
                to(one(Role::Read), one(Role::AgentManager)),
            ];
            case(world, ANA, set_scheme(SchemeId::Managed, mapping, &[]))
        }
        Code::MappingMissing => {
            case(converted(), ANA, set_scheme(SchemeId::Managed, Vec::new(), &[]))
        }
        Code::SchemeSame => case(managed(), ANA, set_scheme(SchemeId::Managed, Vec::new(), &[])),
        Code::BadPolicy => {
            let account = account_id(1);
            let (invitation_days, lease_days, reason_required) = (0, 7, false);
            let command = Command::SetPolicy {
                account,
                invitation_days,
                lease_days,
                reason_required,
                review_days: None,
                second_admin: None,
                name_days: None,
            };
            case(managed(), ANA, command)
        }
        Code::NameMistyped => {
            let command = Command::DeleteAccount { account: account_id(1), title: "x".into() };
            case(managed(), ANA, command)
        }
        Code::DeletionSet => case(done(managed(), ANA, &schedule(1, 3)), ANA, schedule(1, 3)),
        Code::SecondAdmin => {
            let world = bent(managed(), |it| it.account_mut(1).second_admin = true);
            case(world, ANA, delete_account(1))
        }
        Code::DeletionGone => {
            let confirm = Command::ConfirmDeletion { account: account_id(1) };
            case(managed(), ANA, confirm)
        }
        Code::BadDelay => case(managed(), ANA, schedule(1, 15)),
        Code::NotInAccount => case(managed(), ANA, add_admin(CLIENT, BO)),
        Code::AdminExists => case(managed(), ANA, add_admin(FIRST, ANA)),
        Code::SoleOwner => case(team(Role::Read), ANA, delete_account(1)),
        Code::MoveScheme => case(managed(), ANA, offer(CLIENT, 1)),
        Code::NotOffered => case(managed(), ANA, offer(CLIENT, 2)),
        Code::FromGroup => {
            let world = done(managed(), ANA, &group(1, 1, listed(&[CLIENT]), one(Role::ChatUser)));
            let world = done(world, ANA, &into_group(1, 1, FIRST, ANA));
            case(world, ANA, leave(CLIENT))
        }
        Code::BadGroup => case(managed(), ANA, group(1, 1, listed(&[]), RoleSet::NONE)),
        _ => return None,
    })
}

/// A review of the owner's workspace, with Bo in it, by these people.
fn reviewing(reviewers: &[u8]) -> World {
    done(team(Role::Admin), ANA, &review(TEAM, 1, reviewers))
}

/// Access reviews.
fn of_reviews(code: RefusalCode) -> Option<Source> {
    use RefusalCode as Code;
    let remove = |who: &[u8]| verdict(TEAM, 1, who, Some(Choice::Remove));
    Some(match code {
        Code::LastOwnerReview => case(reviewing(&[ANA, BO]), BO, remove(&[ANA])),
        Code::ReviewDue => {
            let mut command = review(TEAM, 1, &[ANA]);
            if let Command::StartReview { due, .. } = &mut command {
                *due = NOW;
            }
            case(owner_led(), ANA, command)
        }
        Code::BadReviewer => case(team(Role::Read), ANA, review(TEAM, 1, &[BO])),
        Code::NotReviewer => case(reviewing(&[ANA]), BO, remove(&[ANA])),
        Code::ReviewOwnLine => case(reviewing(&[ANA, BO]), BO, remove(&[BO])),
        Code::ReviewReason => {
            let command = verdict_for(TEAM, 1, &[BO], Some(Choice::Remove), Some("  "));
            case(reviewing(&[ANA]), ANA, command)
        }
        Code::ReviewOneByOne => case(reviewing(&[ANA]), ANA, remove(&[ANA, BO])),
        Code::ReviewClosed => {
            let world = done(reviewing(&[ANA]), ANA, &end_review(TEAM, 1));
            case(world, ANA, remove(&[BO]))
        }
        Code::ReviewUnfinished => {
            let world = done(reviewing(&[ANA]), ANA, &remove(&[BO]));
            case(world, ANA, end_review(TEAM, 1))
        }
        Code::ReviewFull => {
            let keys = |mut world, key| {
                assert_accepted(&World::run(&mut world, ANA, &key_of(TEAM, 1, key), NOW));
                world
            };
            case((1..=50).fold(reviewing(&[ANA]), keys), ANA, key_of(TEAM, 1, 51))
        }
        _ => return None,
    })
}

fn source(code: RefusalCode) -> Option<Source> {
    of_roles(code)
        .or_else(|| of_floors(code))
        .or_else(|| of_invitations(code))
        .or_else(|| of_workspaces(code))
        .or_else(|| of_accounts(code))
        .or_else(|| of_reviews(code))
}

#[test]
fn every_refusal_code_is_produced() {
    for code in RefusalCode::ALL.iter().copied() {
        let source = source(code).unwrap_or_else(|| panic!("nothing produces {}", code.key()));
        let decision = match source {
            Source::Command(case) => {
                let Case(mut world, actor, command) = *case;
                world.ask(actor, &command, NOW)
            }
            Source::Acceptance(mut world, days) => {
                world.ask_acceptance(BO, invitation_id(1), member_id(TEAM, 77), day(days))
            }
            Source::Hidden => {
                let refusal = owner_led().ask(STRANGER, &delete(TEAM), NOW).refusal();
                assert_eq!(refusal.expect("a no").code, code);
                continue;
            }
            Source::Lane => continue,
        };
        assert_refused(&decision, code);
    }
}
