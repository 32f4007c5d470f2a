// Handing a workspace over: a checklist, never one button (R11, U-68 to U-70). Promote, wait
// until the server confirms it, then step down; and, between accounts, an offer (E-59).

import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { transferQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { useChange } from '../../app/useChange.ts';
import { asFailure } from '../../backend/failure.ts';
import type { MemberRow, StepDown, TransferView, WorkspaceView } from '../../backend/types.ts';
import { ConfirmDialog } from '../../forms/ConfirmDialog.tsx';
import { list, permissions, roles } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { MemberChooser } from '../../parts/MemberChooser.tsx';
import {
  FailureLine,
  ReasonLine,
  useKnown,
  VerdictButton,
  verdictSentence,
} from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { SCHEME_ROLES } from '../../parts/schemes.ts';
import { personName } from '../../parts/words.ts';
import { Button } from '../../primitives/Button.tsx';
import { Select } from '../../primitives/Field.tsx';
import { Icon } from '../../primitives/Icon.tsx';
import { OfferSection } from './OfferSection.tsx';
import styles from './settings.module.css';

export function TransferTab({ view }: { view: WorkspaceView }) {
  const backend = useBackend();
  const transfer = useQuery(transferQuery(backend, view.row.id));
  const known = useKnown();
  const no = transfer.data === undefined ? null : verdictSentence(transfer.data.verdict, known);
  return (
    <>
      <Section
        title={<T id="transfer.title" values={{ workspace: view.row.name }} />}
        help={t('transfer.help')}
      >
        {transfer.isError && <FailureLine failure={asFailure(transfer.error)} />}
        {no !== null && <ReasonLine sentence={no} />}
        {transfer.data !== undefined &&
          no === null &&
          transfer.data.verdict.verdict !== 'hidden' && (
            <Steps view={view} transfer={transfer.data} />
          )}
        {transfer.data?.verdict.verdict === 'hidden' && <p>{t('transfer.not_yours')}</p>}
      </Section>
      {view.offer.verdict !== 'hidden' && <OfferSection view={view} />}
    </>
  );
}

function Steps({ view, transfer }: { view: WorkspaceView; transfer: TransferView }) {
  const [chosen, setChosen] = useState<MemberRow | null>(null);
  const owner = transfer.owners[0];
  const waiting = transfer.waiting[0];
  const target = chosen ?? waiting ?? owner ?? null;
  const named = target === null ? '' : personName(target);
  const confirmed = transfer.owners.length > 0;
  return (
    <ol className={styles.steps} aria-label={t('transfer.steps')}>
      <Step n={1} done={target !== null} name={t('transfer.step1')}>
        {target !== null && (
          <p>
            <bdi>{named}</bdi>
          </p>
        )}
        {!confirmed && waiting === undefined && (
          <MemberChooser
            workspace={view.row.id}
            chosen={chosen}
            leaves={(row) =>
              row.id === transfer.me?.id || transfer.owners.some((one) => one.id === row.id)
            }
            onChoose={setChosen}
          />
        )}
      </Step>
      <Step n={2} done={confirmed} name={t('transfer.step2')}>
        {confirmed ? (
          <p>
            <T
              id="transfer.owners"
              values={{
                names: list(transfer.owners.map(personName)),
                n: transfer.owners.length,
              }}
            />
          </p>
        ) : (
          <Promote view={view} target={chosen} waiting={waiting} />
        )}
      </Step>
      <Step n={3} done={false} name={t('transfer.step3')}>
        <Down view={view} transfer={transfer} named={named} confirmed={confirmed} />
      </Step>
    </ol>
  );
}

function Step(props: { n: number; done: boolean; name: string; children: ReactNode }) {
  return (
    <li className={styles.step} data-done={props.done} data-testid={`step-${props.n}`}>
      <span className={styles.number}>
        {props.done ? (
          <>
            <Icon of={Check} />
            <span className="visually-hidden">{t('transfer.done')}</span>
          </>
        ) : (
          props.n
        )}
      </span>
      <div className={styles.stepBody}>
        <h3 className={styles.stepName}>{props.name}</h3>
        {props.children}
      </div>
    </li>
  );
}

interface PromoteProps {
  view: WorkspaceView;
  target: MemberRow | null;
  waiting: MemberRow | undefined;
}

function Promote({ view, target, waiting }: PromoteProps) {
  const change = useChange();
  const [asked, setAsked] = useState(false);
  if (waiting !== undefined) {
    return (
      <p className={styles.waits}>
        <T id="transfer.waiting" values={{ name: personName(waiting) }} />
      </p>
    );
  }
  const [top] = SCHEME_ROLES[view.row.scheme];
  if (target === null || top === undefined) return <p>{t('transfer.choose_first')}</p>;
  const values = { name: personName(target), role: roles([top]), workspace: view.row.name };
  const promote = async () => {
    await change.run(
      {
        intent: 'set_roles',
        workspace: view.row.id,
        member: target.id,
        roles: [top],
        reason: null,
      },
      t('notice.roles', { n: 1, name: values.name, role: values.role }),
    );
    setAsked(false);
  };
  return (
    <>
      <Button onClick={() => setAsked(true)}>{t('transfer.promote', values)}</Button>
      {change.answer !== null && <AnswerLine answer={change.answer} known={values} />}
      {asked && (
        <ConfirmDialog
          title={<T id="transfer.promote_ask" values={values} />}
          text={<T id="transfer.promote_effect" values={values} />}
          keep={t('action.cancel')}
          action={t('transfer.promote', values)}
          onClose={() => setAsked(false)}
          onConfirm={promote}
        />
      )}
    </>
  );
}

interface DownProps {
  view: WorkspaceView;
  transfer: TransferView;
  named: string;
  confirmed: boolean;
}

function keyOf(step: StepDown): string {
  return step.roles.join(' ');
}

function Down({ view, transfer, named, confirmed }: DownProps) {
  const change = useChange();
  const [key, setKey] = useState(transfer.step_down[0] ? keyOf(transfer.step_down[0]) : '');
  const [asked, setAsked] = useState(false);
  const { me } = transfer;
  const known = useKnown({ name: named, names: list(transfer.owners.map(personName)) });
  const step = transfer.step_down.find((one) => keyOf(one) === key) ?? transfer.step_down[0];
  if (me === null) return <p>{t('transfer.no_member')}</p>;
  if (step === undefined) return <p>{t('transfer.no_step')}</p>;
  const role = roles(step.roles);
  const down = async () => {
    await change.run(
      {
        intent: 'set_roles',
        workspace: view.row.id,
        member: me.id,
        roles: step.roles,
        reason: null,
      },
      t('notice.stepped_down', { role, workspace: view.row.name }),
    );
    setAsked(false);
  };
  return (
    <>
      <Select
        label={t('transfer.step_down_to')}
        value={keyOf(step)}
        onChange={(event) => setKey(event.target.value)}
      >
        {transfer.step_down.map((one) => (
          <option key={keyOf(one)} value={keyOf(one)}>
            {roles(one.roles)}
          </option>
        ))}
      </Select>
      {step.loses.length > 0 && (
        <p className={styles.quiet}>{t('transfer.loses', { list: permissions(step.loses) })}</p>
      )}
      {transfer.moves && named !== '' && (
        <p>
          <T id="transfer.moves" values={{ name: named, workspace: view.row.name }} />
        </p>
      )}
      <p className={styles.quiet}>{t('transfer.no_undo')}</p>
      {confirmed ? (
        <div className={styles.row}>
          <VerdictButton verdict={step.verdict} known={known} onPress={() => setAsked(true)}>
            {t('transfer.step_down', { role })}
          </VerdictButton>
        </div>
      ) : (
        <ReasonLine
          sentence={{ id: 'r11.step', values: { name: named }, rule: 'R11' }}
          tone="quiet"
        />
      )}
      {change.answer !== null && <AnswerLine answer={change.answer} known={known} />}
      {asked && (
        <ConfirmDialog
          title={<T id="transfer.down_ask" values={{ role, workspace: view.row.name }} />}
          text={<T id="self.stepdown" values={{ ...known, role: roles(me.roles) }} />}
          keep={t('transfer.stay', { role: roles(me.roles) })}
          action={t('transfer.step_down', { role })}
          onClose={() => setAsked(false)}
          onConfirm={down}
        />
      )}
    </>
  );
}
