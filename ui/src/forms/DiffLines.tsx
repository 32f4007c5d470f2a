// What a change does to single memberships: from which roles to which, what is gained and
// lost, and the verdict of each line (ui.md 4.9). For previews that bring at most 1,000 lines.

import type { PlanLine } from '../backend/types.ts';
import { permissions, roles } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { ReasonLine, useKnown, verdictSentence } from '../parts/Reason.tsx';
import styles from './forms.module.css';

const SHOWN = 200;

export function DiffLines({ lines, total }: { lines: readonly PlanLine[]; total: number }) {
  const shown = lines.slice(0, SHOWN);
  return (
    <>
      <ul className={styles.verdictList} aria-label={t('diff.lines')}>
        {shown.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id and do not move.
          <Line key={index} line={line} />
        ))}
      </ul>
      {total > shown.length && (
        <p className={styles.hint}>{t('plan.more', { n: total - shown.length })}</p>
      )}
    </>
  );
}

function change(line: PlanLine): string {
  if (line.from.length === 0) return t('diff.begins', { now: roles(line.to) });
  if (line.to.length === 0) return t('diff.ends', { was: roles(line.from) });
  return t('diff.changes', { was: roles(line.from), now: roles(line.to) });
}

function Line({ line }: { line: PlanLine }) {
  const known = useKnown({ name: line.name, workspace: line.workspace_name });
  const no = verdictSentence(line.verdict, known);
  return (
    <li className={styles.verdict}>
      <span className={styles.verdictName}>
        <T id="diff.where" values={{ name: line.name, workspace: line.workspace_name }} />
      </span>
      <span>
        {change(line)}
        {line.gains.length > 0 && (
          <span className={styles.gains}>
            {' '}
            {t('diff.gains', { list: permissions(line.gains) })}
          </span>
        )}
        {line.loses.length > 0 && (
          <span className={styles.loses}>
            {' '}
            {t('diff.loses', { list: permissions(line.loses) })}
          </span>
        )}
        {no !== null && <ReasonLine sentence={no} tone="quiet" />}
      </span>
    </li>
  );
}
