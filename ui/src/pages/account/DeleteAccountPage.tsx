// Deleting an account (E-14 to E-16, V-42 to V-45, V-50): whom it touches, export first, now or
// in some days, and the account's name typed. Once it has run, nobody can undo it.

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { accountQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { paths, ROUTES } from '../../app/paths.ts';
import { taken, useChange } from '../../app/useChange.ts';
import { asFailure } from '../../backend/failure.ts';
import type { AccountPage, Failure } from '../../backend/types.ts';
import { date } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { FailureLine, ReasonLine, useKnown, verdictSentence } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Choice } from '../../primitives/Choice.tsx';
import { Select, TextField } from '../../primitives/Field.tsx';
import styles from './account.module.css';
import { DeletionLine } from './DeletionLine.tsx';
import { ExitFrame } from './ExitFrame.tsx';

const route = getRouteApi(ROUTES.deleteAccount);
const DAY = 86_400_000;
const WHEN = ['now', 'later'] as const;
const DAYS = Array.from({ length: 14 }, (_, index) => index + 1);

export function DeleteAccountPage() {
  const { account } = route.useParams();
  const backend = useBackend();
  const view = useQuery(accountQuery(backend, account)).data;
  const name = view?.row.name ?? '';
  return (
    <ExitFrame
      question={{ exit: 'delete_account', account }}
      title={<T id="delete_account.title" values={{ account: name }} />}
      account={name}
      action={t('delete_account.verb')}
      means={<p>{t('delete_account.means')}</p>}
    >
      {(_, able) => (
        <>
          <ExportFirst account={account} />
          {view !== undefined && view.deletion !== null && <DeletionLine view={view} />}
          {view !== undefined && <DeleteForm view={view} able={able} />}
        </>
      )}
    </ExitFrame>
  );
}

function ExportFirst({ account }: { account: string }) {
  const backend = useBackend();
  const [busy, setBusy] = useState(false);
  const [path, setPath] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async () => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      setPath(await backend.exportAccount(account));
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
    setBusy(false);
  };
  return (
    <Section title={t('export.title')} help={t('export.help')}>
      <div>
        <Button aria-busy={busy} onClick={() => void run()}>
          {t('export.action')}
        </Button>
      </div>
      <p role="status">{path !== null && <T id="export.done" values={{ path }} />}</p>
      {failure !== null && <FailureLine failure={failure} />}
    </Section>
  );
}

function DeleteForm({ view, able }: { view: AccountPage; able: boolean }) {
  const navigate = useNavigate();
  const change = useChange();
  const account = view.row.id;
  const { name } = view.row;
  const [when, setWhen] = useState<(typeof WHEN)[number]>('later');
  const [days, setDays] = useState(7);
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const proven = typed.trim() === name;
  const until = date(Date.now() + days * DAY);
  const known = useKnown({ account: name });
  const no = verdictSentence(view.delete_now, known);
  const two = no?.id === 'account.second_admin' ? no : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!able || !proven) return;
    if (when === 'later') {
      const answer = await change.run(
        { intent: 'schedule_deletion', account, name: typed.trim(), days },
        t(two === null ? 'notice.schedule_deletion' : 'notice.ask_deletion', {
          name,
          date: until,
        }),
      );
      if (taken(answer)) await navigate(paths.account(account));
      return;
    }
    const answer = await change.run(
      { intent: 'delete_account', account, name: typed.trim() },
      t('notice.delete_account', { name }),
    );
    if (taken(answer)) await navigate(paths.home());
  };
  return (
    <Section title={t('delete_account.last')}>
      <form
        className={styles.form}
        aria-label={t('delete_account.last')}
        noValidate
        onSubmit={(event) => void submit(event)}
      >
        {two === null ? (
          <Choice
            label={t('delete_account.when')}
            many={false}
            items={WHEN.map((one) => ({
              value: one,
              name: t(`delete_account.${one}`),
              help: t(`delete_account.${one}_help`, { date: until }),
            }))}
            chosen={[when]}
            onChange={([one]) => setWhen(WHEN.find((known) => known === one) ?? 'later')}
          />
        ) : (
          <ReasonLine sentence={two} tone="quiet" />
        )}
        {when === 'later' && (
          <Select
            label={t('delete_account.days')}
            value={days}
            onChange={(event) => setDays(Number(event.target.value))}
          >
            {DAYS.map((n) => (
              <option key={n} value={n}>
                {t('delete_account.in_days', { n, date: date(Date.now() + n * DAY) })}
              </option>
            ))}
          </Select>
        )}
        <TextField
          label={t('delete_account.type', { account: name })}
          value={typed}
          error={asked && !proven ? t('account.mistyped', { account: name }) : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button
          look="danger"
          type="submit"
          aria-busy={change.busy}
          aria-disabled={!able || undefined}
        >
          {when === 'now'
            ? t('delete_account.action', { account: name })
            : t(two === null ? 'delete_account.schedule' : 'delete_account.ask', {
                account: name,
                date: until,
              })}
        </Button>
        {change.answer !== null && <AnswerLine answer={change.answer} />}
      </form>
    </Section>
  );
}
