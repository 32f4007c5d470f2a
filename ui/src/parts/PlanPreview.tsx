// A plan before it is carried out (ui.md 4.9): what can be done, what is blocked and why, and
// who would gain rights, each with a tick of their own (R16). Afterwards the same lines say
// what became of each, and can be copied. The verdicts are the core's.

import { type ReactNode, useState } from 'react';
import type { Answer } from '../app/useSubmit.ts';
import type { PlanLine } from '../backend/types.ts';
import { count, date, permissions, roles } from '../i18n/format.ts';
import { T, t, type Values } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { Checkbox } from '../primitives/Choice.tsx';
import { answerSentence } from './AnswerLine.tsx';
import { Fold } from './Fold.tsx';
import styles from './plan.module.css';
import { ReasonLine, type Sentence, sentenceText, useKnown, verdictSentence } from './Reason.tsx';

type Group = 'blocked' | 'grave' | 'widening' | 'able' | 'unchanged';

const GROUPS: readonly Group[] = ['blocked', 'grave', 'widening', 'able', 'unchanged'];
// Beyond this the page would hold more elements than it may (ui.md 11).
const SHOWN = 100;

/** Where a line of a plan belongs. */
export function planGroup(line: PlanLine): Group {
  switch (line.verdict.verdict) {
    case 'no_op':
      return 'unchanged';
    case 'refused':
    case 'hidden':
    case 'needs_connection':
      return 'blocked';
    case 'allowed':
    case 'unknown':
      if (line.grave !== null) return 'grave';
      return line.gains.length > 0 ? 'widening' : 'able';
  }
}

/** Whether lines of a group are done only where each is ticked (E-3, E-7, R16). */
function isTicked(group: Group): boolean {
  return group === 'grave' || group === 'widening';
}

/** The lines that would be done: those that can be, and of those that are asked again the ticked. */
export function planned(lines: readonly PlanLine[], ticked: ReadonlySet<number>): number[] {
  return lines.flatMap((line, index) => {
    const group = planGroup(line);
    return group === 'able' || (isTicked(group) && ticked.has(index)) ? [index] : [];
  });
}

function gains(line: PlanLine): boolean {
  return planGroup(line) !== 'blocked' && line.gains.length > 0;
}

interface Props {
  lines: readonly PlanLine[];
  /** The ticked lines among those that widen; without it they are only shown. */
  ticked?: ReadonlySet<number>;
  onTick?: (index: number, on: boolean) => void;
  /** What became of each line, once carried out; null for those that were not. */
  results?: readonly (Answer | null)[];
  /** Whether the lines lie in several workspaces, so that each is named. */
  across?: boolean;
  /** What else is said of a line, and done with it. */
  note?: (index: number) => ReactNode;
  /** How many there are in all, where only the first are here. */
  total?: number;
}

export function PlanPreview(props: Props) {
  const { lines, ticked, onTick, results, total } = props;
  const indices = (group: Group) =>
    lines.flatMap((line, index) => (planGroup(line) === group ? [index] : []));
  const n = (group: Group) => indices(group).length;
  const shown = GROUPS.filter((group) => n(group) > 0);
  const able = n('able') + n('widening') + n('grave');
  // What nobody has ticked is not done, though it can be.
  const asks = onTick !== undefined && results === undefined && ticked !== undefined;
  const unticked = asks ? able - planned(lines, ticked).length : 0;
  return (
    <section className={styles.plan} aria-label={t('plan.label')} data-testid="plan">
      <p className={styles.counts}>
        {t('plan.counts', { able, blocked: n('blocked') })}
        {' · '}
        {t('plan.gain', { n: lines.filter(gains).length })}
        {unticked > 0 && ` · ${t('plan.unticked', { n: unticked })}`}
      </p>
      {shown.map((group) => (
        <PlanGroup
          // What became of the lines is shown though they were folded before.
          key={`${group} ${results !== undefined}`}
          {...props}
          group={group}
          indices={indices(group)}
          open={
            group !== 'unchanged' &&
            (group !== 'able' || shown[0] === 'able' || results !== undefined)
          }
        />
      ))}
      {total !== undefined && total > lines.length && (
        <p className={styles.quiet}>{t('plan.more', { n: total - lines.length })}</p>
      )}
      {results !== undefined && <CopyResults lines={lines} results={results} />}
    </section>
  );
}

interface GroupProps extends Props {
  group: Group;
  indices: readonly number[];
  /** What has to be looked at begins open; what can be done begins closed below it. */
  open: boolean;
}

function PlanGroup(props: GroupProps) {
  const { group, indices, open } = props;
  return (
    <Fold
      name={t(`plan.group.${group}`)}
      note={
        isTicked(group) && props.onTick !== undefined
          ? `${count(indices.length)} · ${t('plan.tick_each')} ${group === 'widening' ? 'R16' : ''}`
          : count(indices.length)
      }
      open={open}
    >
      <ul className={styles.lines}>
        {indices.slice(0, SHOWN).map((index) => (
          <Line key={index} {...props} index={index} group={group} />
        ))}
        {indices.length > SHOWN && (
          <li className={styles.quiet}>{t('plan.more', { n: indices.length - SHOWN })}</li>
        )}
      </ul>
    </Fold>
  );
}

function Line(props: Props & { group: Group; index: number }) {
  const { lines, index, group, ticked, onTick, results, note, across = false } = props;
  const known = useKnown();
  const line = lines[index];
  if (line === undefined) return null;
  const result = results?.[index] ?? null;
  const names = { ...known, name: line.name, workspace: line.workspace_name };
  const no = result === null ? verdictSentence(line.verdict, names) : answerSentence(result, names);
  const name = (
    <>
      <bdi>{line.name}</bdi>
      {across && (
        <>
          {' '}
          <bdi className={styles.where}>{line.workspace_name}</bdi>
        </>
      )}
    </>
  );
  return (
    <li className={styles.line} data-testid="plan-line" data-group={group}>
      <span className={styles.name}>
        {isTicked(group) && onTick !== undefined && results === undefined ? (
          <Checkbox checked={ticked?.has(index) ?? false} onChange={(on) => onTick(index, on)}>
            {name}
          </Checkbox>
        ) : (
          name
        )}
      </span>
      <span className={styles.what}>
        <Act line={line} />
        <Roles line={line} names={known} />
        {line.gains.length > 0 && (
          <span className={styles.gains}>{t('plan.gains', { list: permissions(line.gains) })}</span>
        )}
        {line.loses.length > 0 && line.to.length > 0 && (
          <span className={styles.loses}>{t('plan.loses', { list: permissions(line.loses) })}</span>
        )}
        {result !== null && no === null && <span>{resultText(result, null)}</span>}
        {line.grave !== null && group === 'grave' && result === null && <GraveLine line={line} />}
        {line.verdict.verdict === 'hidden' && result === null && <T id="r10.not_visible" />}
        {no !== null && group !== 'unchanged' && (
          <ReasonLine sentence={no} tone="quiet" {...(result === null ? {} : { ways: null })} />
        )}
        {note?.(index)}
      </span>
    </li>
  );
}

// What is said before the tick: what comes of it, and how to have it otherwise.
function GraveLine({ line }: { line: PlanLine }) {
  const known = useKnown();
  if (line.grave === 'last_manager') {
    const values = { ...known, workspace: line.workspace_name };
    return <ReasonLine sentence={{ id: 'r6.managed_last', values, rule: 'R6' }} tone="quiet" />;
  }
  const values = { ...known, names: '', role: roles(line.from, known) };
  return <ReasonLine sentence={{ id: 'self.stepdown', values, rule: null }} tone="quiet" />;
}

// Roles before and after say of most lines what is done; of the others a word does.
function Act({ line }: { line: PlanLine }) {
  if (line.act === 'roles' || line.act === 'other') return null;
  // Who is suspended has no access before a removal either.
  if (line.act === 'remove' && line.from.length > 0) return null;
  if (line.act === 'end' && line.until === null) return <span>{t('plan.act.end_never')}</span>;
  const on = line.until === null ? '' : ` ${date(line.until)}`;
  return <span>{`${t(`plan.act.${line.act}`)}${on}`}</span>;
}

// A change that leaves the roles as they are has nothing to say of them.
function Roles({ line, names }: { line: PlanLine; names: Values }) {
  const from = line.from.length === 0 ? t('plan.no_access') : roles(line.from, names);
  const to = line.to.length === 0 ? t('plan.no_access') : roles(line.to, names);
  if (line.act === 'add_admin' || line.act === 'remove_admin') return null;
  return <span>{from === to ? from : `${from} → ${to}`}</span>;
}

function resultText(answer: Answer | null, no: Sentence | null): string {
  if (no !== null) return sentenceText(no);
  if (answer === null) return t('plan.result.not_done');
  return t(`plan.result.${answer.result}`);
}

function CopyResults({ lines, results }: Required<Pick<Props, 'lines' | 'results'>>) {
  const known = useKnown();
  const [copied, setCopied] = useState<'no' | 'yes' | 'refused'>('no');
  const copy = async () => {
    const text = lines.map((line, index) => {
      const answer = results[index] ?? null;
      const values = { ...known, name: line.name, workspace: line.workspace_name };
      const no =
        answer === null ? verdictSentence(line.verdict, values) : answerSentence(answer, values);
      return [line.name, line.workspace_name, resultText(answer, no)].join('\t');
    });
    try {
      await navigator.clipboard.writeText(text.join('\n'));
      setCopied('yes');
    } catch {
      setCopied('refused');
    }
  };
  return (
    <p className={styles.copy}>
      <Button onClick={() => void copy()}>{t('plan.copy')}</Button>
      <span role="status">{copied === 'no' ? '' : t(`plan.copied.${copied}`)}</span>
    </p>
  );
}
