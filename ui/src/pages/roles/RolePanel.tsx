// One role: who has it, who may give it, and how it differs from another (ui.md 5.7).

import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { asFailure } from '../../backend/failure.ts';
import type { Permission, Role, RoleColumn, Verdict } from '../../backend/types.ts';
import { isOwn, list, permissions } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import panel from '../../parts/panel.module.css';
import {
  FailureLine,
  ReasonLine,
  useKnown,
  VerdictButton,
  verdictSentence,
} from '../../parts/Reason.tsx';
import { WaysHere } from '../../parts/Ways.tsx';
import { personName } from '../../parts/words.ts';
import { Button, IconButton } from '../../primitives/Button.tsx';
import { Select } from '../../primitives/Field.tsx';
import { columnName } from './RolesPage.tsx';
import styles from './roles.module.css';

interface Props {
  workspace: string;
  column: RoleColumn;
  others: readonly RoleColumn[];
  define: Verdict;
  onClose: () => void;
  onCopy: () => void;
  onChange: () => void;
  onDelete: () => void;
}

export function RolePanel(props: Props) {
  const { column, others, define, onClose } = props;
  const name = columnName(column);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <aside
      className={panel.panel}
      aria-label={name}
      data-testid="role-panel"
      data-area="panel"
      onKeyDown={press}
    >
      <div className={panel.head}>
        <h2 className={panel.title}>
          <bdi>{name}</bdi>
        </h2>
        <IconButton label={t('action.close')} icon="close" onClick={onClose} />
      </div>
      <div className={panel.body}>
        <p className={panel.quiet}>
          {isOwn(column.key) ? t('roles.own') : t(`role.${column.key}.help`)}
        </p>
        <div className={panel.actions}>
          <VerdictButton verdict={column.change} onPress={props.onChange}>
            {t('roles.change')}
          </VerdictButton>
          <VerdictButton verdict={column.delete} onPress={props.onDelete}>
            {t('roles.delete')}
          </VerdictButton>
          {column.id !== null && define.verdict === 'allowed' && (
            <Button look="quiet" onClick={props.onCopy}>
              {t('roles.copy')}
            </Button>
          )}
        </div>
        {column.id === null && define.verdict === 'allowed' && (
          <WaysHere ways={{ copy_role: props.onCopy }}>
            <ReasonLine
              sentence={{ id: 'r5.builtin', values: { role: name }, rule: 'R5' }}
              tone="quiet"
            />
          </WaysHere>
        )}
        <Giving column={column} name={name} />
        <Holders workspace={props.workspace} column={column} />
        <Differences column={column} others={others} />
      </div>
    </aside>
  );
}

function Giving({ column, name }: { column: RoleColumn; name: string }) {
  const known = useKnown({ role: name });
  const sentence = verdictSentence(column.give, known);
  return (
    <section>
      <h3 className={panel.sub}>{t('roles.givers')}</h3>
      {sentence === null ? (
        <p>
          {column.givers.length === 0
            ? t('roles.you_give')
            : t('roles.you_and', { names: list(column.givers) })}
        </p>
      ) : (
        <ReasonLine sentence={sentence} tone="quiet" />
      )}
    </section>
  );
}

const SHOWN = 100;

function Holders({ workspace, column }: { workspace: string; column: RoleColumn }) {
  const backend = useBackend();
  const { key } = column;
  const holders = useQuery({
    queryKey: keys.roleHolders(workspace, key),
    queryFn: () => backend.roleHolders(workspace, key),
  });
  const rows = holders.data ?? [];
  return (
    <section>
      <h3 className={panel.sub}>{t('roles.holders', { n: column.people ?? rows.length })}</h3>
      {holders.isError && <FailureLine failure={asFailure(holders.error)} />}
      {holders.data !== undefined && rows.length === 0 && (
        <p className={panel.quiet}>{t('roles.nobody')}</p>
      )}
      <ul className={styles.holders}>
        {rows.slice(0, SHOWN).map((row) => (
          <li key={row.id}>
            <bdi>{personName(row)}</bdi> <span className={panel.quiet}>{row.address}</span>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && (
        <p className={panel.quiet}>{t('plan.more', { n: rows.length - SHOWN })}</p>
      )}
    </section>
  );
}

function Differences({ column, others }: { column: RoleColumn; others: readonly RoleColumn[] }) {
  const rest = others.filter((one) => one.key !== column.key);
  const [key, setKey] = useState<Role | undefined>(rest[0]?.key);
  const other = rest.find((one) => one.key === key);
  if (rest.length === 0) return null;
  const only = (a: readonly Permission[], b: readonly Permission[]) =>
    a.filter((one) => !b.includes(one));
  const more = other === undefined ? [] : only(column.permissions, other.permissions);
  const less = other === undefined ? [] : only(other.permissions, column.permissions);
  return (
    <section>
      <h3 className={panel.sub}>{t('roles.differences')}</h3>
      <Select
        label={t('roles.differences_to')}
        value={key}
        onChange={(event) => setKey(rest.find((one) => one.key === event.target.value)?.key)}
      >
        {rest.map((one) => (
          <option key={one.key} value={one.key}>
            {columnName(one)}
          </option>
        ))}
      </Select>
      {other !== undefined && (
        <div className={styles.differences} data-testid="differences">
          <p className={styles.more}>
            <T
              id={more.length === 0 ? 'roles.no_more' : 'roles.more'}
              values={{ role: columnName(column), list: permissions(more) }}
            />
          </p>
          <p className={styles.less}>
            <T
              id={less.length === 0 ? 'roles.no_less' : 'roles.less'}
              values={{ role: columnName(column), list: permissions(less) }}
            />
          </p>
        </div>
      )}
    </section>
  );
}
