// What differs between two moments, group by group; with several workspaces those with
// differences are open.

import { Link } from '@tanstack/react-router';
import { paths } from '../../app/paths.ts';
import type { CompareLine, CompareView, CompareWorkspace } from '../../backend/types.ts';
import { count, date, permissions, roles, whole } from '../../i18n/format.ts';
import { T, t, type Values } from '../../i18n/text.tsx';
import { Fold } from '../../parts/Fold.tsx';
import { namesThen, personName } from '../../parts/words.ts';
import styles from './history.module.css';

type Differing = 'changed' | 'joined' | 'left';
type Group = Differing | 'unchanged';

const GROUPS: readonly Differing[] = ['changed', 'joined', 'left'];
// Beyond this the page would hold more elements than it may (ui.md 11).
const SHOWN = 100;

function total(one: CompareWorkspace, group: Differing): number {
  return { changed: one.changed_total, joined: one.joined_total, left: one.left_total }[group];
}

function differs(one: CompareWorkspace): boolean {
  return GROUPS.some((group) => total(one, group) > 0);
}

function countsText(workspaces: readonly CompareWorkspace[]): string {
  const sum = (of: (one: CompareWorkspace) => number) =>
    workspaces.reduce((n, one) => n + of(one), 0);
  const n = (id: string, value: number) => t(id, { n: value, shown: count(value) });
  return [
    n(
      'compare.joined',
      sum((one) => one.joined_total),
    ),
    n(
      'compare.left',
      sum((one) => one.left_total),
    ),
    n(
      'compare.changed',
      sum((one) => one.changed_total),
    ),
    n(
      'compare.unchanged',
      sum((one) => one.unchanged),
    ),
  ].join(' · ');
}

interface ComparedProps {
  view: CompareView;
  from: number;
  /** Whether those who are as they were are shown; they are read only then. */
  same: boolean;
  onSame: (on: boolean) => void;
}

export function Compared({ view, ...props }: ComparedProps) {
  const { workspaces } = view;
  const with_ = workspaces.filter(differs);
  if (with_.length === 0) return <p>{t('compare.none')}</p>;
  const [only] = workspaces;
  return (
    <>
      <p className={styles.counts} role="status" data-testid="compared">
        {countsText(workspaces)}
      </p>
      {workspaces.length === 1 && only !== undefined ? (
        <Groups of={only} {...props} />
      ) : (
        <>
          {with_.map((one) => (
            <Fold key={one.workspace} name={<bdi>{one.name}</bdi>} note={countsText([one])} open>
              <Groups of={one} {...props} />
            </Fold>
          ))}
          {workspaces.length > with_.length && (
            <p className={styles.quiet}>
              {t('compare.same_elsewhere', { n: workspaces.length - with_.length })}
            </p>
          )}
        </>
      )}
    </>
  );
}

type GroupsProps = Omit<ComparedProps, 'view'> & { of: CompareWorkspace };

function Groups({ of, from, same, onSame }: GroupsProps) {
  return (
    <>
      {GROUPS.filter((group) => total(of, group) > 0).map((group) => (
        <Fold
          key={group}
          name={t(`compare.group.${group}`)}
          note={count(total(of, group))}
          open={total(of, group) <= SHOWN}
        >
          <Lines group={group} of={of} from={from} all={total(of, group)} />
        </Fold>
      ))}
      {of.unchanged > 0 && (
        <Fold
          name={t('compare.group.unchanged')}
          note={count(of.unchanged)}
          open={same}
          onToggle={onSame}
        >
          <Lines group="unchanged" of={of} from={from} all={of.unchanged} />
        </Fold>
      )}
    </>
  );
}

interface LinesProps {
  group: Group;
  of: CompareWorkspace;
  from: number;
  all: number;
}

function Lines({ group, of, from, all }: LinesProps) {
  const lines = group === 'unchanged' ? of.same : of[group];
  const shown = lines.slice(0, SHOWN);
  return (
    <ul aria-label={t(`compare.group.${group}`)}>
      {shown.map((line) => (
        <Line key={line.membership} group={group} line={line} from={from} of={of} />
      ))}
      {lines.length > 0 && all > shown.length && (
        <li className={styles.quiet}>{t('plan.more', { n: all - shown.length })}</li>
      )}
    </ul>
  );
}

/** What somebody held and holds; only what there is on that side. */
function rolesText(group: Group, line: CompareLine, of: CompareWorkspace): string {
  const from = roles(line.from, namesThen(of.own_from));
  const to = roles(line.to, namesThen(of.own_to));
  if (group === 'joined') return to;
  if (group === 'left') return from;
  if (from !== to) return `${from} → ${to}`;
  const [was, now] = [line.from_state, line.to_state];
  return was === null || now === null || was === now
    ? to
    : `${t(`state.${was}`)} → ${t(`state.${now}`)}`;
}

/** Both events of somebody who left and came back, as far as they are known. */
function cameBack(line: CompareLine): Values {
  return { date: line.left_at === null ? null : date(line.left_at), who: line.left_by };
}

interface LineProps {
  group: Group;
  line: CompareLine;
  from: number;
  of: CompareWorkspace;
}

function Line({ group, line, from, of }: LineProps) {
  return (
    <li className={styles.line} data-testid="compare-line">
      <span className={styles.name}>
        <bdi>{personName(line)}</bdi>
      </span>
      <span className={line.not_sent ? styles.unsent : undefined}>
        {rolesText(group, line, of)}
      </span>
      <span className={styles.difference}>
        {group === 'changed' && line.gains.length > 0 && (
          <span className={styles.gains}>{t('plan.gains', { list: permissions(line.gains) })}</span>
        )}
        {group === 'changed' && line.loses.length > 0 && (
          <span className={styles.loses}>{t('plan.loses', { list: permissions(line.loses) })}</span>
        )}
        {line.came_back && (
          <span>
            <T id="compare.came_back" values={cameBack(line)} />
          </span>
        )}
        {line.not_sent && <span className={styles.unsent}>{t('pending.not_sent')}</span>}
      </span>
      <span className={styles.by} title={line.at === null ? undefined : whole(line.at)}>
        {line.at !== null && <T id="compare.by" values={{ date: date(line.at), who: line.by }} />}
      </span>
      {group !== 'unchanged' && (
        <Link
          {...paths.revert(of.workspace, { at: from, member: line.membership })}
          aria-label={t('revert.one_of', { name: personName(line) })}
        >
          {t('revert.one')}
        </Link>
      )}
    </li>
  );
}

/** What is shown, as text with tabs. */
export function comparedText(view: CompareView): string {
  const rows = view.workspaces
    .filter(differs)
    .flatMap((one) =>
      GROUPS.flatMap((group) =>
        one[group].map((line) =>
          [
            one.name,
            t(`compare.group.${group}`),
            personName(line),
            line.address,
            rolesText(group, line, one),
            group === 'changed' && line.gains.length > 0
              ? t('plan.gains', { list: permissions(line.gains) })
              : '',
            group === 'changed' && line.loses.length > 0
              ? t('plan.loses', { list: permissions(line.loses) })
              : '',
            line.at === null ? '' : new Date(line.at).toISOString(),
            line.by ?? '',
          ].join('\t'),
        ),
      ),
    );
  return [countsText(view.workspaces), ...rows].join('\n');
}
