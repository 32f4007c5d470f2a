// Plan and billing: both plans side by side, how many people are over the plan (E-61), and the
// way to end it (E-60). Who may not is told who can.

import { useState } from 'react';
import { useChange } from '../../app/useChange.ts';
import type { Plan, WorkspaceView } from '../../backend/types.ts';
import { ConfirmDialog } from '../../forms/ConfirmDialog.tsx';
import { list } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { PlanCompare } from '../../parts/PlanCompare.tsx';
import { VerdictButton } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import styles from './settings.module.css';

export function PlanTab({ view }: { view: WorkspaceView }) {
  const { row } = view;
  const change = useChange();
  const [chosen, setChosen] = useState<Plan>(row.plan);
  const [ending, setEnding] = useState(false);
  const same = chosen === row.plan && !row.plan_ended;
  const values = { workspace: row.name, n: row.over };
  const choose = () => {
    if (same) return;
    void change.run(
      { intent: 'set_plan', workspace: row.id, plan: chosen },
      t('notice.set_plan', { name: row.name, plan: t(`plan.${chosen}`) }),
    );
  };
  const end = async () => {
    await change.run(
      { intent: 'end_plan', workspace: row.id },
      t('notice.end_plan', { name: row.name }),
    );
    setEnding(false);
  };
  return (
    <>
      <Section title={t('settings.plan')}>
        {row.plan_ended && (
          <p className={styles.warn} role="status">
            <T id="plan.ended" values={values} />
          </p>
        )}
        {row.over > 0 && (
          <p className={styles.warn} role="status">
            <T id="plan.over" values={values} />
          </p>
        )}
        {view.billing_names.length > 0 && (
          <p>{t('plan.who_bills', { names: list(view.billing_names) })}</p>
        )}
        <div className={styles.form}>
          <div className={styles.plans}>
            <PlanCompare
              chosen={chosen}
              now={row.plan_ended ? null : row.plan}
              onChoose={setChosen}
            />
          </div>
          {(!same || view.billing.verdict !== 'allowed') && (
            <div className={styles.row}>
              <VerdictButton verdict={view.billing} onPress={choose}>
                {t('plan.use', { plan: t(`plan.${chosen}`) })}
              </VerdictButton>
            </div>
          )}
        </div>
        {change.answer !== null && <AnswerLine answer={change.answer} />}
      </Section>
      {!row.plan_ended && view.billing.verdict !== 'hidden' && (
        <Section title={t('plan.end_title')} help={t('plan.end_help')}>
          <div className={styles.row}>
            <VerdictButton verdict={view.billing} onPress={() => setEnding(true)}>
              {t('plan.end_open')}
            </VerdictButton>
          </div>
        </Section>
      )}
      {ending && (
        <ConfirmDialog
          title={<T id="plan.end_ask" values={values} />}
          text={t('plan.end_effect')}
          keep={t('plan.end_keep')}
          action={t('plan.end_action')}
          onClose={() => setEnding(false)}
          onConfirm={end}
        />
      )}
    </>
  );
}
