// The lines of an import by group (ui.md 5.5): every line is in one of them, with its reason
// and what can be done about it.

import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useLayoutEffect, useRef, useState } from 'react';
import { useWidth } from '../app/useWidth.ts';
import type { ImportStatus } from '../backend/types.ts';
import { count, roles } from '../i18n/format.ts';
import { t, type Values } from '../i18n/text.tsx';
import { useKnown } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import styles from './forms.module.css';
import { GROUPS, inGroup, type Line } from './importState.ts';
import type { Import } from './useImport.ts';

const TEST_IDS: Record<ImportStatus, string> = {
  ready: 'import-ready',
  look: 'import-look',
  left_out: 'import-left-out',
  member: 'import-members',
  invited: 'import-invited',
  repeated: 'import-repeated',
};

export function ImportGroups({ all, source }: { all: readonly Line[]; source: Import }) {
  return (
    <div>
      {GROUPS.map((group) => {
        const some = inGroup(all, group);
        return some.length === 0 ? null : (
          <Group key={group} group={group} some={some} source={source} />
        );
      })}
    </div>
  );
}

// What needs the person is open from the start.
const OPEN: readonly ImportStatus[] = ['ready', 'look', 'left_out', 'member', 'invited'];

function Group(props: { group: ImportStatus; some: readonly Line[]; source: Import }) {
  const { group, some, source } = props;
  const [open, setOpen] = useState(OPEN.includes(group));
  const id = useId();
  return (
    <section
      className={styles.group}
      data-testid={TEST_IDS[group]}
      data-count={some.length}
      aria-labelledby={`${id}-head`}
    >
      <h3>
        <button
          type="button"
          id={`${id}-head`}
          className={styles.groupHead}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          {t(`import.group.${group}`, { n: some.length, shown: count(some.length) })}
          <span className={styles.groupNote}>{t(`import.group.${group}.note`)}</span>
        </button>
      </h3>
      <div id={id} hidden={!open}>
        {open && <Lines some={some} source={source} />}
      </div>
    </section>
  );
}

function Lines({ some, source }: { some: readonly Line[]; source: Import }) {
  const scroller = useRef<HTMLUListElement>(null);
  const size = useWidth() === 'phone' ? 52 : 36;
  const virtual = useVirtualizer({
    count: some.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    overscan: 6,
  });
  // A window made narrower while the dialog is open has lines of another height.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is why it measures again.
  useLayoutEffect(() => virtual.measure(), [virtual, size]);
  return (
    <ul ref={scroller} className={styles.lines} tabIndex={some.length * size > 224 ? 0 : undefined}>
      <li
        aria-hidden="true"
        className={styles.linesInner}
        style={{ blockSize: virtual.getTotalSize() }}
      />
      {virtual.getVirtualItems().map((item) => {
        const line = some[item.index];
        return line === undefined ? null : (
          <ImportLine key={line.line} line={line} top={item.start} source={source} />
        );
      })}
    </ul>
  );
}

function why(line: Line, names: Values): string {
  if (line.leftOut) return t('import.reason.you');
  if (line.status === 'member') return t('import.member', { role: roles(line.roles, names) });
  if (line.status === 'invited') return t('import.invited', { role: roles(line.roles, names) });
  const parts = [];
  if (line.takenIn) parts.push(t('import.taken_in'));
  if (line.reason !== null) parts.push(t(`import.reason.${line.reason}`));
  if (line.external) parts.push(t('import.external'));
  return parts.join(' · ');
}

// A line without an address can only be fixed; one with an address can be taken in as it is.
const TAKES_ADDRESS: readonly Line['reason'][] = ['no_address', 'not_an_address'];

function ImportLine({ line, top, source }: { line: Line; top: number; source: Import }) {
  const [fixing, setFixing] = useState<string | null>(null);
  const needsAddress = TAKES_ADDRESS.includes(line.reason);
  const commit = () => {
    if (fixing !== null && fixing.trim() !== '')
      void source.fix(line.line, fixing.trim(), line.name);
    setFixing(null);
  };
  const reason = why(line, useKnown());
  return (
    <li className={styles.importLine} style={{ transform: `translateY(${top}px)` }}>
      <span className={styles.importNumber}>{count(line.line)}</span>
      {fixing === null ? (
        <span className={styles.importText} title={line.address}>
          <bdi>{line.address || t('import.no_text')}</bdi>
          {line.name !== null && (
            <>
              {' '}
              <bdi className={styles.groupNote}>{line.name}</bdi>
            </>
          )}
        </span>
      ) : (
        <input
          className={styles.fix}
          aria-label={t('import.fix_label', { line: line.line })}
          // biome-ignore lint/a11y/noAutofocus: the field replaces the button that was pressed.
          autoFocus
          spellCheck={false}
          value={fixing}
          onChange={(event) => setFixing(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              commit();
            }
            if (event.key === 'Escape') {
              event.stopPropagation();
              setFixing(null);
            }
          }}
        />
      )}
      <span className={styles.importWhy} title={reason}>
        {reason}
      </span>
      <span className={styles.importActions}>
        {needsAddress && !line.leftOut && fixing === null && (
          <Button look="link" onClick={() => setFixing(line.address)}>
            {t('import.fix')}
          </Button>
        )}
        {(line.status === 'ready' || line.status === 'look') && (
          <Button look="link" onClick={() => source.decide(line.line, { kind: 'out' })}>
            {t('import.leave_out')}
          </Button>
        )}
        {line.status === 'left_out' && line.leftOut && (
          <Button look="link" onClick={() => source.decide(line.line, null)}>
            {t('import.take_in')}
          </Button>
        )}
        {line.status === 'left_out' && !line.leftOut && !needsAddress && (
          <Button look="link" onClick={() => source.decide(line.line, { kind: 'in' })}>
            {t('import.take_in')}
          </Button>
        )}
      </span>
    </li>
  );
}
