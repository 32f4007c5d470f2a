// The decision about one person: keep at once; change and remove with a reason, one by one
// (ui.md 5.8). The verdicts are the core's, so that what cannot be decided stays with its reason.

import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { singleKeys } from '../../app/singleKeys.ts';
import { asFailure } from '../../backend/failure.ts';
import type { ReviewLineView, Role, Verdict } from '../../backend/types.ts';
import { permissions, roles } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import panel from '../../parts/panel.module.css';
import { FailureLine, useKnown, VerdictButton } from '../../parts/Reason.tsx';
import { RoleChoice } from '../../parts/RoleChoice.tsx';
import { personName } from '../../parts/words.ts';
import { Button } from '../../primitives/Button.tsx';
import { TextField } from '../../primitives/Field.tsx';
import type { Asked, LineProps } from './LinePanel.tsx';
import styles from './reviews.module.css';
import { changeTo, decisionOf, useDecide } from './useDecide.ts';

function isOpen(verdict: Verdict): boolean {
  return verdict.verdict === 'allowed' || verdict.verdict === 'unknown';
}

/** What is being decided until all is there that it needs. */
type Armed = 'keep' | 'change' | 'remove' | null;

export function Decide(props: LineProps & { view: ReviewLineView }) {
  const { review, line, view, asked, onTakenUp, onDecided } = props;
  const { workspace, id } = review.row;
  const names = useKnown();
  const name = personName(view.row);
  const { decide, answer, busy } = useDecide(workspace, id);
  const [armed, setArmed] = useState<Armed>(null);
  const [missing, setMissing] = useState(false);
  const [reason, setReason] = useState('');
  const [to, setTo] = useState<Role[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const mine = view.decided.find((one) => one.is_me);
  const before = decisionOf(mine);

  const send = async (what: 'keep' | 'change' | 'remove') => {
    const why = reason.trim() || null;
    const needs = what !== 'keep' || view.keep_needs_reason;
    if ((needs && why === null) || (what === 'change' && to.length === 0)) {
      setArmed(what);
      setMissing(armed === what);
      // The roles come first; the reason is what is missing for all else.
      if (what !== 'change' || to.length > 0) setTimeout(() => field.current?.focus(), 0);
      return;
    }
    const choice = what === 'change' ? changeTo(to) : { choice: what };
    const done = t(`notice.decided.${what}`, { name, role: roles(to, names) });
    if (await decide([line], { choice, reason: why }, before, done)) {
      setArmed(null);
      setMissing(false);
      onDecided();
    }
  };
  const clear = async () => {
    if (mine === undefined) return;
    const none = { choice: null, reason: null };
    await decide([line], none, before, t('notice.decided.clear', { name }));
  };
  const take = (what: Asked) => {
    if (what === 'clear') void clear();
    else if (isOpen(view[what])) void send(what);
    // The control itself says why not.
    else document.querySelector<HTMLElement>(`[data-decide="${what}"] button`)?.click();
  };
  const takeNow = useRef(take);
  takeNow.current = take;
  useEffect(() => {
    if (asked === null) return;
    onTakenUp();
    takeNow.current(asked);
  }, [asked, onTakenUp]);

  const keysOn = singleKeys() === 'on';
  const label = (what: 'keep' | 'change' | 'remove') => t(`decide.${what}`);
  const button = (what: 'keep' | 'change' | 'remove', key: string) => (
    <span data-decide={what} className={styles.choice} data-armed={armed === what || undefined}>
      <VerdictButton
        verdict={view[what]}
        known={{ name }}
        {...(what === 'keep' && armed === null ? { look: 'main' as const } : {})}
        onPress={() => void send(what)}
      >
        {keysOn && (
          <span className={styles.key} aria-hidden="true">
            {key}
          </span>
        )}
        {label(what)}
      </VerdictButton>
    </span>
  );
  return (
    <form
      className={styles.decide}
      aria-label={t('decide.label', { name })}
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        if (armed !== null) void send(armed);
      }}
    >
      <div className={panel.actions}>
        {button('keep', 'K')}
        {button('change', 'C')}
        {button('remove', 'R')}
        {mine !== undefined && (
          <Button look="quiet" onClick={() => void clear()}>
            {t('decide.clear')}
          </Button>
        )}
      </div>
      {armed === 'change' && <Roles {...props} chosen={to} onChange={setTo} />}
      <TextField
        ref={field}
        label={t('decide.reason')}
        help={armed === null && !view.keep_needs_reason ? t('decide.reason_help') : undefined}
        value={reason}
        error={missing && reason.trim() === '' ? t('review.reason', { name }) : undefined}
        onChange={(event) => setReason(event.target.value)}
      />
      {armed !== null && (
        <div className={panel.actions}>
          <Button look={armed === 'remove' ? 'danger' : 'main'} type="submit" aria-busy={busy}>
            {t(`decide.do.${armed}`, { name, role: roles(to, names) })}
          </Button>
          <Button look="quiet" onClick={() => setArmed(null)}>
            {t('action.cancel')}
          </Button>
        </div>
      )}
      {answer !== null && <AnswerLine answer={answer} known={{ name }} />}
    </form>
  );
}

interface RolesProps extends LineProps {
  chosen: Role[];
  onChange: (roles: Role[]) => void;
}

function Roles({ review, line, chosen, onChange }: RolesProps) {
  const backend = useBackend();
  const question = { workspace: review.row.workspace, members: [line], roles: chosen };
  const { data, error } = useQuery({
    queryKey: keys.roles(question),
    queryFn: () => backend.roleAnswer(question),
    placeholderData: (before) => before,
  });
  const box = useRef<HTMLDivElement>(null);
  const ready = data !== undefined;
  useEffect(() => {
    if (ready) box.current?.querySelector<HTMLElement>('input:not([aria-disabled])')?.focus();
  }, [ready]);
  if (error !== null) return <FailureLine failure={asFailure(error)} />;
  if (data === undefined) return null;
  return (
    <div ref={box} className={styles.roles}>
      <RoleChoice
        options={data.options}
        many={data.many}
        chosen={chosen}
        label={t('role.choose')}
        showNow
        onChange={onChange}
      />
      {chosen.length > 0 && data.gains.length > 0 && (
        <p className={styles.gains}>{t('plan.gains', { list: permissions(data.gains) })}</p>
      )}
      {chosen.length > 0 && data.loses.length > 0 && (
        <p className={styles.loses}>{t('plan.loses', { list: permissions(data.loses) })}</p>
      )}
    </div>
  );
}
