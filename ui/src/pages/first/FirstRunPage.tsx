// What comes once after the first sign-in on a device (ui.md 5.1): one page, three lines, each of
// which can be passed over. No tour, nothing on top of anything.

import '../../i18n/later.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { bindings, written } from '../../app/bindings.ts';
import { useBackend } from '../../app/context.tsx';
import { firstRunSeen } from '../../app/firstRun.ts';
import { keys } from '../../app/keys.ts';
import { paths } from '../../app/paths.ts';
import { isMac } from '../../app/platform.ts';
import { useAppState, workspaceFilter, workspacesQuery } from '../../app/state.ts';
import { T, t } from '../../i18n/text.tsx';
import { Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Choice } from '../../primitives/Choice.tsx';
import { Tile } from '../../primitives/Tile.tsx';
import { RenameMe } from '../account/RenameMe.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import styles from './first.module.css';

/** How many workspaces are offered to be pinned; the others are on their page. */
const OFFERED = 9;
const NONE = { rows: [], total: 0 };

export function FirstRunPage() {
  const me = useAppState()?.me ?? null;
  const navigate = useNavigate();
  useEffect(() => {
    if (me !== null) firstRunSeen(me.id);
  }, [me]);
  return (
    <div className={page.body}>
      <PageHead title={t('first.title')} summary={t('first.summary')} />
      <div className={page.scroll}>
        <Section title={t('first.name')}>
          {me !== null && <RenameMe key={me.name} me={me} />}
        </Section>
        <Section title={t('first.pin')} help={t('first.pin_help', { mod: isMac ? '⌘' : 'Ctrl' })}>
          <Pins />
        </Section>
        <Section
          title={
            <span className={styles.keys}>
              <T id="first.keys" values={{ key: written(bindings().palette) }} />
            </span>
          }
        >
          <p>{t('first.keys_help')}</p>
        </Section>
        <Button look="main" onClick={() => void navigate(paths.home())}>
          {t('first.go')}
        </Button>
      </div>
    </div>
  );
}

function Pins() {
  const backend = useBackend();
  const client = useQueryClient();
  const filter = workspaceFilter({ switcher: true, hidden: true });
  const query = workspacesQuery(backend, filter, 0);
  const { rows, total } = useQuery(query).data ?? NONE;
  const [order, setOrder] = useState<readonly string[]>([]);
  // What is pinned moves up everywhere else; here a line stays where it was pressed.
  const more = rows.map((row) => row.id).filter((id) => !order.includes(id));
  if (more.length > 0) setOrder([...order, ...more]);
  const pinned = rows
    .filter((row) => row.pinned !== null)
    .sort((a, b) => (a.pinned ?? 0) - (b.pinned ?? 0))
    .map((row) => row.id);
  const offered = order
    .flatMap((id) => rows.find((row) => row.id === id) ?? [])
    .slice(0, Math.max(OFFERED, pinned.length));
  const accounts = new Set(offered.map((row) => row.account)).size;
  const pin = async (ids: string[]) => {
    // Shown at once, so that the next one is chosen over it.
    client.setQueryData(query.queryKey, (now) =>
      now === undefined
        ? now
        : {
            ...now,
            rows: now.rows.map((row) => {
              const at = ids.indexOf(row.id);
              return { ...row, pinned: at < 0 ? null : at };
            }),
          },
    );
    await backend.setPinned(ids);
    void client.invalidateQueries({ queryKey: keys.workspaces });
  };
  return (
    <>
      <Choice
        label={t('first.pin')}
        labelShown="no"
        many
        items={offered.map((row) => ({
          value: row.id,
          name: (
            <span className={styles.place}>
              <Tile letters={row.letters} colour={row.colour} />
              <bdi>{row.name}</bdi>
            </span>
          ),
          ...(accounts > 1 && { note: <bdi>{row.account_name}</bdi> }),
        }))}
        chosen={pinned}
        onChange={(ids) => void pin(ids)}
      />
      {total > offered.length && (
        <p className={styles.quiet}>{t('first.pin_more', { n: total - offered.length })}</p>
      )}
    </>
  );
}
