//! Starting reviews of several workspaces together.

use muster_cache::Label;
use muster_domain::{CampaignId, Command, ReviewId, WorkspaceId};

use crate::app::App;
use crate::draft::{Draft, in_workspace};
use crate::pending::everything;
use crate::random;
use crate::submit::{Local, keep_all, outcome};
use crate::verdict::Bench;
use crate::view::{Failure, ReviewForm, Submitted};

/// How far one workspace's review has come.
enum Step {
    Over(Submitted),
    Kept(u64, String),
}

impl App {
    /// Starts one review for each workspace, a result for each in the order asked. The lists
    /// are frozen by the server, so this needs a connection (R14).
    ///
    /// # Errors
    /// [`Failure`] when the copy cannot be asked or written; a rule's no is a result.
    pub async fn start_reviews(&self, form: ReviewForm) -> Result<Vec<Submitted>, Failure> {
        let steps = self.with_bench(move |bench| begin(bench, &form)).await?;
        let kept: Vec<u64> = steps
            .iter()
            .filter_map(|step| match step {
                Step::Kept(n, _) => Some(*n),
                Step::Over(_) => None,
            })
            .collect();
        if !kept.is_empty() {
            self.exchange_until_settled(&kept).await?;
        }
        let results = self
            .with_bench(move |bench| {
                let over = |step| match step {
                    Step::Over(submitted) => Ok(submitted),
                    Step::Kept(n, created) => outcome(bench, n, Some(created), false),
                };
                steps.into_iter().map(over).collect()
            })
            .await;
        self.changed(everything());
        results
    }
}

fn begin(bench: &Bench<'_>, form: &ReviewForm) -> Result<Vec<Step>, Failure> {
    let campaign = CampaignId::from_bytes(random::id()?);
    let drafts = form.workspaces.iter().map(|it| start(bench, form, *it, campaign));
    let drafts: Vec<Draft> = drafts.collect::<Result<_, Failure>>()?;
    if !bench.is_online() {
        let over = |draft: &Draft| {
            let sentence = bench.offline_sentence(&draft.command)?.unwrap_or_default();
            Ok(Step::Over(Submitted::NeedsConnection { sentence }))
        };
        return drafts.iter().map(over).collect();
    }
    let created: Vec<String> = drafts.iter().filter_map(|it| it.created.clone()).collect();
    let locals = keep_all(bench, drafts)?;
    Ok(locals
        .into_iter()
        .zip(created)
        .map(|(local, created)| match local {
            Local::Kept(n) => Step::Kept(n, created),
            Local::Over(submitted) => Step::Over(submitted),
        })
        .collect())
}

fn start(
    bench: &Bench<'_>,
    form: &ReviewForm,
    workspace: WorkspaceId,
    campaign: CampaignId,
) -> Result<Draft, Failure> {
    let review = ReviewId::from_bytes(random::id()?);
    let label: Label = in_workspace(bench, workspace, None, Some(form.name.clone()))?;
    let command = Command::StartReview {
        workspace,
        review,
        campaign,
        title: form.name.clone(),
        due: form.due,
        undecided: form.undecided,
        quiet: form.quiet_days,
        reviewers: form.reviewers.clone(),
    };
    Ok(Draft { command, label, created: Some(review.to_string()), line: None })
}
