//! What the log alone says of the lines of a review: who changed nothing, and whose roles are
//! wider than what they used (V-49, ui.md 5.8).
//!
//! Looking leaves no trace, so a hint says "changed nothing" and never "not used". Only events of
//! the same workspace count. Where the log is not whole, nothing is said, and that is said.

use muster_cache::{Among, UsedLine};
use muster_domain::{
    Account, AdminReach, MembershipId, OwnRoles, Permission, PermissionSet, Review, RoleSet,
    RolesPerMember, Timestamp, facts::own_of,
};

use crate::verdict::Bench;
use crate::view::{Failure, ReviewHint, ReviewHints, ReviewQuery, UseView};

/// Rights that were not used for so many days are pointed out.
pub(crate) const WIDE_DAYS: i64 = 365;

/// More Account Admins than this are pointed out (V-48).
const MANY_ADMINS: usize = 3;

/// Rights to look. They leave no trace, so nobody can say that they were not used: a role that
/// would have been enough keeps them.
const LOOKS: &[Permission] = &[
    Permission::WorkspaceView,
    Permission::MemberView,
    Permission::AgentView,
    Permission::KnowledgeView,
    Permission::ConversationView,
    Permission::LeadView,
    Permission::ChatUse,
];

/// What the log says of the lines of one review.
pub(super) struct FromLog<'a> {
    bench: &'a Bench<'a>,
    review: &'a Review,
    account: &'a Account,
    own: OwnRoles,
    /// Whether all of the log is here.
    whole: bool,
}

impl<'a> FromLog<'a> {
    pub(super) fn new(
        bench: &'a Bench<'a>,
        review: &'a Review,
        account: &'a Account,
    ) -> Result<Self, Failure> {
        let held = bench.facts(review.workspace)?.permissions();
        let whole = held.has(Permission::AuditView) && bench.cache.tells_all(review.workspace)?;
        let own = own_of(&bench.own_roles(review.workspace)?);
        Ok(Self { bench, review, account, own, whole })
    }

    /// Counted from the day on which the list was frozen: everybody who decides sees the same.
    fn days_before(&self, days: i64) -> Timestamp {
        self.review.started.at.plus_days(-days)
    }

    /// Who changed nothing for so many days is pointed out.
    fn quiet_days(&self) -> i64 {
        self.review.quiet.get().into()
    }

    /// The lines whose people changed nothing.
    fn quiet(&self) -> Result<Among, Failure> {
        let all = self.bench.cache.roles_of_lines(self.review.id)?;
        let able = |roles: &RoleSet| !roles.permissions(&self.own).traceable().is_empty();
        let roles = all.into_iter().filter(able).collect();
        Ok(Among::Quiet { since: self.days_before(self.quiet_days()), roles })
    }

    /// The lines whose roles are wider than what was used.
    fn wide(&self) -> Result<Vec<MembershipId>, Failure> {
        let (workspace, since) = (self.review.workspace, self.days_before(WIDE_DAYS));
        let lines = self.bench.cache.used_lines(workspace, self.review.id, since)?;
        let wide = lines.iter().filter(|line| self.enough(line).is_some());
        Ok(wide.map(|line| line.membership).collect())
    }

    /// Narrower roles that would have been enough, if there are some. Whoever holds theirs for
    /// fewer days than are pointed out had no time to use them, and whoever used nothing has
    /// another hint.
    fn enough(&self, line: &UsedLine) -> Option<RoleSet> {
        let held = line.roles.permissions(&self.own);
        let used = line.used.intersection(held);
        if used.is_empty() || line.since > self.days_before(self.quiet_days()) {
            return None;
        }
        let needed = used.union(held.intersection(PermissionSet::of(LOOKS)));
        let none = OwnRoles::NONE;
        self.candidates()
            .into_iter()
            .filter(|roles| {
                let gives = roles.permissions(&none);
                needed.is_subset(gives) && gives.is_subset(held) && gives != held
            })
            .min_by_key(|roles| roles.permissions(&none).iter().count())
    }

    /// The built-in roles, and where one can hold several, two of them.
    fn candidates(&self) -> Vec<RoleSet> {
        let rules = self.account.rules();
        let single: Vec<RoleSet> = rules.roles.iter().map(|role| RoleSet::of(&[*role])).collect();
        let mut all = single.clone();
        if rules.roles_per_member == RolesPerMember::Many {
            for one in &single {
                all.extend(single.iter().filter(|it| *it != one).map(|it| one.union(*it)));
            }
        }
        all
    }

    /// What is said of one line.
    pub(super) fn of_line(
        &self,
        line: &muster_domain::ReviewLine,
    ) -> Result<(Vec<ReviewHint>, Option<UseView>), Failure> {
        if !self.whole {
            return Ok((vec![ReviewHint::LogMissing], None));
        }
        let since = self.days_before(WIDE_DAYS);
        let (used, last) = self.bench.cache.used_by(line.workspace, line.login, since)?;
        let held = line.roles.permissions(&self.own);
        let quiet_since = self.days_before(self.quiet_days());
        let is_able = !held.traceable().is_empty();
        let is_quiet =
            is_able && line.joined <= quiet_since && last.is_none_or(|at| at < quiet_since);
        let enough = self.enough(&UsedLine {
            membership: line.membership,
            roles: line.roles,
            since: line.given_at.unwrap_or(line.joined),
            used,
        });
        let mut hints = Vec::new();
        if is_quiet {
            hints.push(ReviewHint::Quiet);
        }
        if enough.is_some() {
            hints.push(ReviewHint::RoleWider);
        }
        let unused = held.traceable().without(used);
        let view = UseView {
            last_change: last,
            quiet_days: self.review.quiet.get().into(),
            wide_days: days(WIDE_DAYS),
            enough: enough.unwrap_or(RoleSet::NONE),
            unused: if enough.is_some() { unused.iter().collect() } else { Vec::new() },
        };
        Ok((hints, Some(view)))
    }

    /// What is said of the review as a whole.
    pub(super) fn counts(&self) -> Result<ReviewHints, Failure> {
        let (quiet_days, many) = (self.review.quiet, self.many_admins()?);
        if !self.whole {
            return Ok(ReviewHints { quiet_days, quiet: None, wide: None, many_admins: many });
        }
        let asked = muster_cache::ReviewLineQuery {
            among: Some(self.quiet()?),
            ..muster_cache::ReviewLineQuery::of(self.review.id, 0)
        };
        let quiet = self.bench.cache.review_lines(&asked)?.matched;
        let wide = u32::try_from(self.wide()?.len()).unwrap_or(u32::MAX);
        Ok(ReviewHints { quiet_days, quiet: Some(quiet), wide: Some(wide), many_admins: many })
    }

    /// V-48: where Account Admins reach every workspace, how many there are if they are many.
    fn many_admins(&self) -> Result<Option<u32>, Failure> {
        if self.account.rules().account_admin_reach == AdminReach::None {
            return Ok(None);
        }
        let admins = self.bench.cache.admins(self.account.id)?;
        let active = admins.iter().filter(|it| it.active).count();
        Ok((active > MANY_ADMINS).then(|| u32::try_from(active).unwrap_or(u32::MAX)))
    }
}

fn days(days: i64) -> u32 {
    u32::try_from(days).unwrap_or(u32::MAX)
}

/// The lines that a filter by hints asks for; `None` where it asks for none of those.
pub(crate) fn among(bench: &Bench<'_>, query: &ReviewQuery) -> Result<Option<Among>, Failure> {
    let is_quiet = match query.hint {
        None => return Ok(None),
        Some(crate::view::HintFilter::Quiet) => true,
        Some(crate::view::HintFilter::Wide) => false,
    };
    let place = bench.place(query.workspace)?;
    let review = super::summary(bench, query.workspace, query.review)?.review;
    let log = FromLog::new(bench, &review, &place.account)?;
    if !log.whole {
        // Nothing can be said of anybody.
        return Ok(Some(Among::These(Vec::new())));
    }
    Ok(Some(if is_quiet { log.quiet()? } else { Among::These(log.wide()?) }))
}
