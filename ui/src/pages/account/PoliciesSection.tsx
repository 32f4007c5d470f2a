// What holds in the whole account: how long invitations stay open, how long a copy opens
// without contact (R15), how often access is reviewed (V-49), whether acts by reach need a reason
// (E-36), for how long names of deleted sign-ins stay (E-64), and whether the account's end takes
// two Account Admins (E-14).

import { type FormEvent, useState } from 'react';
import { useChange } from '../../app/useChange.ts';
import type { AccountPage } from '../../backend/types.ts';
import { whole } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { VerdictButton } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { Checkbox } from '../../primitives/Choice.tsx';
import { TextField } from '../../primitives/Field.tsx';
import styles from './account.module.css';

interface Range {
  from: number;
  to: number;
}

const INVITATION: Range = { from: 1, to: 30 };
const LEASE: Range = { from: 0, to: 30 };
const REVIEW: Range = { from: 0, to: 730 };
const NAMES: Range = { from: 0, to: 3650 };

function days(text: string, range: Range): number | null {
  const n = /^\d+$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
  return n >= range.from && n <= range.to ? n : null;
}

export function PoliciesSection({ view }: { view: AccountPage }) {
  const change = useChange();
  const [invitation, setInvitation] = useState(String(view.invitation_days));
  const [lease, setLease] = useState(String(view.lease_days));
  const [review, setReview] = useState(String(view.review_days));
  const [names, setNames] = useState(String(view.name_days));
  const [reason, setReason] = useState(view.reason_required);
  const [second, setSecond] = useState(view.second_admin);
  const [asked, setAsked] = useState(false);
  const chosen = {
    invitation: days(invitation, INVITATION),
    lease: days(lease, LEASE),
    review: days(review, REVIEW),
    names: days(names, NAMES),
  };
  const save = () => {
    setAsked(true);
    const { invitation: open, lease: opens, review: reviewed, names: kept } = chosen;
    if (open === null || opens === null || reviewed === null || kept === null) return;
    void change.run(
      {
        intent: 'set_policy',
        account: view.row.id,
        invitation_days: open,
        lease_days: opens,
        reason_required: reason,
        review_days: reviewed,
        second_admin: second,
        name_days: kept,
      },
      t('notice.set_policy', { name: view.row.name }),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (view.policy.verdict === 'allowed' || view.policy.verdict === 'unknown') save();
  };
  const wrong = (n: number | null, range: Range) =>
    asked && n === null ? t('policy.range', { ...range }) : undefined;
  return (
    <Section title={t('policy.title')}>
      <form className={styles.form} aria-label={t('policy.title')} onSubmit={submit} noValidate>
        <TextField
          label={t('policy.invitation')}
          help={t('policy.range', { ...INVITATION })}
          inputMode="numeric"
          value={invitation}
          error={wrong(chosen.invitation, INVITATION)}
          onChange={(event) => setInvitation(event.target.value)}
        />
        <TextField
          label={t('policy.lease')}
          help={t('policy.lease_help')}
          inputMode="numeric"
          value={lease}
          error={wrong(chosen.lease, LEASE)}
          onChange={(event) => setLease(event.target.value)}
        />
        <TextField
          label={t('policy.review')}
          help={t('policy.review_help')}
          inputMode="numeric"
          value={review}
          error={wrong(chosen.review, REVIEW)}
          onChange={(event) => setReview(event.target.value)}
        />
        <TextField
          label={t('policy.names')}
          help={t('policy.names_help')}
          inputMode="numeric"
          value={names}
          error={wrong(chosen.names, NAMES)}
          onChange={(event) => setNames(event.target.value)}
        />
        {view.row.scheme === 'managed' && (
          <>
            <Checkbox checked={reason} onChange={setReason}>
              {t('policy.reason')}
            </Checkbox>
            <Checkbox checked={second} onChange={setSecond}>
              {t('policy.second_admin')}
            </Checkbox>
            {view.second_admin_until !== null && (
              <p>{t('policy.second_admin_until', { date: whole(view.second_admin_until) })}</p>
            )}
          </>
        )}
        <div className={styles.row}>
          <VerdictButton verdict={view.policy} onPress={save}>
            {t('policy.save')}
          </VerdictButton>
        </div>
        {change.answer !== null && <AnswerLine answer={change.answer} />}
      </form>
    </Section>
  );
}
