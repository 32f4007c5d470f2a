// Roles (ui.md 5.7): what each role of this workspace may, from the rule engine, with the
// other scheme beside it where somebody wants to compare by permission.

import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useActiveView } from '../../app/active.tsx';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { ROUTES } from '../../app/paths.ts';
import { useWidth } from '../../app/useWidth.ts';
import { asFailure } from '../../backend/failure.ts';
import {
  PERMISSIONS,
  type Role,
  type RoleColumn,
  type RolesPage as Roles,
  type WorkspaceView,
} from '../../backend/types.ts';
import { count, permission, role } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { ExportButton } from '../../parts/ExportButton.tsx';
import { FailureLine, VerdictButton } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Select } from '../../primitives/Field.tsx';
import split from '../members.module.css';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { DeleteRole } from './DeleteRole.tsx';
import { RoleForm } from './RoleForm.tsx';
import { RolePanel } from './RolePanel.tsx';
import styles from './roles.module.css';

const route = getRouteApi(ROUTES.roles);

/** The name of a role, own ones as the workspace named them. */
export function columnName(column: Pick<RoleColumn, 'key' | 'name'>): string {
  return column.name ?? role(column.key);
}

export function RolesPage() {
  const { workspace } = route.useParams();
  const view = useActiveView();
  if (view === undefined || view.row.id !== workspace) return <PageHead title={t('nav.roles')} />;
  if (!view.sees_members) return <NotAvailable />;
  return <Loaded key={workspace} view={view} />;
}

type Task =
  | { task: 'none' }
  | { task: 'define'; from: RoleColumn | null }
  | { task: 'change'; column: RoleColumn }
  | { task: 'delete'; column: RoleColumn };

function Loaded({ view }: { view: WorkspaceView }) {
  const backend = useBackend();
  const workspace = view.row.id;
  const width = useWidth();
  const roles = useQuery({
    queryKey: keys.rolesPage(workspace),
    queryFn: () => backend.rolesPage(workspace),
  });
  const [open, setOpen] = useState<Role | null>(null);
  const [other, setOther] = useState(false);
  const [task, setTask] = useState<Task>({ task: 'none' });
  const { data } = roles;
  const opened = data?.columns.find((one) => one.key === open) ?? null;
  const close = () => setTask({ task: 'none' });
  const closePanel = () => {
    setOpen(null);
    setTimeout(() => document.querySelector<HTMLElement>(`[data-role="${open}"]`)?.focus(), 0);
  };
  const own = data?.columns.filter((one) => one.id !== null) ?? [];
  const panelIsPage = width === 'phone' && opened !== null;
  return (
    <div className={split.split}>
      <div className={split.list} hidden={panelIsPage}>
        <PageHead
          title={t('nav.roles')}
          summary={
            data !== undefined &&
            t('roles.summary', { built: data.columns.length - own.length, own: own.length })
          }
        >
          {data !== undefined && view.permissions.includes('export.run') && (
            <ExportButton table={{ table: 'roles', workspace }} />
          )}
          {data !== undefined && (
            <Button aria-pressed={other} onClick={() => setOther(!other)}>
              {t('roles.compare')}
            </Button>
          )}
          {data !== undefined && (
            <VerdictButton
              look="main"
              icon={Plus}
              verdict={data.define}
              known={{ action: t('roles.define_verb') }}
              onPress={() => setTask({ task: 'define', from: null })}
            >
              {t('roles.new')}
            </VerdictButton>
          )}
        </PageHead>
        {roles.isError && (
          <div className={page.failure}>
            <FailureLine failure={asFailure(roles.error)} />
          </div>
        )}
        {data !== undefined && (
          <div className={page.scroll}>
            {width === 'phone' ? (
              <Pair data={data} other={other} onOpen={setOpen} />
            ) : (
              <Matrix data={data} other={other} open={open} onOpen={setOpen} />
            )}
            {own.length === 0 && data.define.verdict !== 'hidden' && (
              <p className={styles.none}>{t('roles.none')}</p>
            )}
          </div>
        )}
      </div>
      {opened !== null && data !== undefined && (
        <RolePanel
          key={opened.key}
          workspace={workspace}
          column={opened}
          others={[...data.columns, ...(other ? data.other : [])]}
          define={data.define}
          onClose={closePanel}
          onCopy={() => setTask({ task: 'define', from: opened })}
          onChange={() => setTask({ task: 'change', column: opened })}
          onDelete={() => setTask({ task: 'delete', column: opened })}
        />
      )}
      {data !== undefined && (task.task === 'define' || task.task === 'change') && (
        <RoleForm
          workspace={workspace}
          choices={data.choices}
          from={task.task === 'define' ? task.from : task.column}
          change={task.task === 'change' ? task.column.id : null}
          onClose={close}
        />
      )}
      {data !== undefined && task.task === 'delete' && (
        <DeleteRole
          view={view}
          column={task.column}
          columns={data.columns}
          onClose={close}
          onDone={() => {
            close();
            setOpen(null);
          }}
        />
      )}
    </div>
  );
}

interface MatrixProps {
  data: Roles;
  other: boolean;
  open: Role | null;
  onOpen: (role: Role) => void;
}

function Matrix({ data, other, open, onOpen }: MatrixProps) {
  const columns = other ? [...data.columns, ...data.other] : data.columns;
  return (
    <div className={styles.frame} role="group" aria-label={t('nav.roles')}>
      <table className={styles.table}>
        {other && (
          <thead>
            <tr>
              <td />
              <th scope="colgroup" colSpan={data.columns.length}>
                {t('roles.here')}
              </th>
              <th scope="colgroup" colSpan={data.other.length} className={styles.first}>
                {t(`roles.other.${data.scheme === 'managed' ? 'owner_led' : 'managed'}`)}
              </th>
            </tr>
          </thead>
        )}
        <thead>
          <tr>
            <th scope="col" className={styles.corner}>
              {t('roles.permission')}
            </th>
            {columns.map((one, index) => (
              <th
                key={one.key}
                scope="col"
                className={index === data.columns.length ? styles.first : undefined}
              >
                {index < data.columns.length ? (
                  <Button
                    look="link"
                    data-role={one.key}
                    aria-pressed={one.key === open}
                    onClick={() => onOpen(one.key)}
                  >
                    {columnName(one)}
                  </Button>
                ) : (
                  columnName(one)
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('column.people')}</th>
            {columns.map((one, index) => (
              <td
                key={one.key}
                className={index === data.columns.length ? styles.first : styles.people}
              >
                {one.people === null ? '' : count(one.people)}
              </td>
            ))}
          </tr>
          {PERMISSIONS.map((one) => (
            <tr key={one}>
              <th scope="row">{permission(one)}</th>
              {columns.map((column, index) => (
                <td
                  key={column.key}
                  className={index === data.columns.length ? styles.first : undefined}
                >
                  <Has has={column.permissions.includes(one)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Has({ has }: { has: boolean }) {
  return (
    <>
      <span className={styles.sign} data-has={has} aria-hidden="true">
        {has ? '\u2713' : '\u2013'}
      </span>
      <span className="visually-hidden">{t(has ? 'panel.yes' : 'panel.no')}</span>
    </>
  );
}

// A narrow window shows one pair of columns at a time (ui.md 12).
function Pair({ data, other, onOpen }: Omit<MatrixProps, 'open'>) {
  const columns = other ? [...data.columns, ...data.other] : data.columns;
  const [left, setLeft] = useState<Role | undefined>(columns[0]?.key);
  const [right, setRight] = useState<Role | undefined>(columns[1]?.key);
  const pair = [left, right].map((key) => columns.find((one) => one.key === key) ?? columns[0]);
  const choose = (label: string, value: Role | undefined, set: (key: Role) => void) => (
    <Select
      label={label}
      value={value}
      onChange={(event) => {
        const next = columns.find((one) => one.key === event.target.value);
        if (next !== undefined) set(next.key);
      }}
    >
      {columns.map((one) => (
        <option key={one.key} value={one.key}>
          {columnName(one)}
        </option>
      ))}
    </Select>
  );
  return (
    <>
      <div className={styles.pair}>
        {choose(t('roles.first'), left, setLeft)}
        {choose(t('roles.second'), right, setRight)}
      </div>
      <Matrix
        data={{ ...data, columns: pair.filter((one) => one !== undefined), other: [] }}
        other={false}
        open={null}
        onOpen={onOpen}
      />
    </>
  );
}
