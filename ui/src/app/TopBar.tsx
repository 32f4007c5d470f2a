// The top bar: the switcher first, then the state of sending and the person (ui.md 3.1).

import { Link, useNavigate, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import {
  Button as AriaButton,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import { InboxDialog, SignOutDialog } from '../forms/later.tsx';
import { count } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { MarkSign } from '../parts/MarkSign.tsx';
import { Switcher } from '../parts/Switcher.tsx';
import { IconButton } from '../primitives/Button.tsx';
import menu from '../primitives/menu.module.css';
import { Avatar, Tile } from '../primitives/Tile.tsx';
import { useActive, useActiveView } from './active.tsx';
import { isMac, request } from './globalKeys.ts';
import { paths } from './paths.ts';
import styles from './shell.module.css';
import { useAppState } from './state.ts';
import { setTheme, type Theme, theme } from './theme.ts';
import { useSignOut } from './useSignOut.ts';
import type { Width } from './useWidth.ts';

export function TopBar({ width, onMenu }: { width: Width; onMenu: () => void }) {
  return (
    <header className={styles.top} data-area="top">
      {width !== 'phone' && <Switcher place="bar" />}
      {width !== 'wide' && <IconButton label={t('nav.toggle')} icon="menu" onClick={onMenu} />}
      {width === 'phone' && <PhoneTitle />}
      <span className={styles.spacer} />
      {width !== 'phone' && <PaletteButton />}
      <span className={styles.spacer} />
      <Sending />
      <Me />
    </header>
  );
}

// Says that there is a palette, and by which key it comes.
function PaletteButton() {
  const key = isMac ? '⌘K' : 'Ctrl K';
  return (
    <button type="button" className={styles.find} onClick={() => request('palette')}>
      <span>{t('palette.title')}</span>
      <kbd>{key}</kbd>
    </button>
  );
}

function PhoneTitle() {
  const view = useActiveView();
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (view === undefined) return null;
  const { row } = view;
  return (
    <span className={styles.phoneTitle} data-path={path}>
      <Tile letters={row.letters} colour={row.colour} />
      <bdi>{row.name}</bdi>
    </span>
  );
}

function Sending() {
  const counts = useAppState()?.counts;
  if (counts === undefined || counts.not_sent + counts.refused === 0) return null;
  const { needs_you } = counts;
  const refused = counts.refused - needs_you;
  const label = t('sending.label', { n: counts.not_sent, refused, met: needs_you });
  return (
    <Link {...paths.pending()} className={styles.sending} aria-label={label} title={label}>
      {counts.not_sent > 0 && (
        <span className={styles.sendingItem}>
          <MarkSign mark="not_sent" />
          {count(counts.not_sent)}
        </span>
      )}
      {needs_you > 0 && (
        <span className={styles.sendingItem}>
          <MarkSign mark="needs_you" />
          {count(needs_you)}
        </span>
      )}
      {refused > 0 && (
        <span className={styles.sendingItem}>
          <MarkSign mark="refused" />
          {count(refused)}
        </span>
      )}
    </Link>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return `${first}${last}`.toLocaleUpperCase();
}

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

function Me() {
  const state = useAppState();
  const { signOut, failure, forget } = useSignOut();
  const [chosen, setChosen] = useState<Theme>(theme);
  const [inbox, setInbox] = useState(false);
  const active = useActive();
  const navigate = useNavigate();
  const me = state?.me;
  if (!me) return null;
  return (
    <>
      <MenuTrigger>
        <AriaButton className={styles.me ?? ''} aria-label={t('me.menu', { name: me.name })}>
          <Avatar letters={initials(me.name === '' ? me.address : me.name)} />
        </AriaButton>
        <Popover className={menu.popover ?? ''} placement="bottom end">
          <div className={menu.head}>
            <strong>
              <bdi>{me.name}</bdi>
            </strong>
            <bdi>{me.address}</bdi>
          </div>
          <Menu className={menu.menu ?? ''} aria-label={t('me.menu', { name: me.name })}>
            <MenuSection
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[chosen]}
              onSelectionChange={(selected) => {
                const next = THEMES.find((one) => selected !== 'all' && selected.has(one));
                if (next === undefined) return;
                setTheme(next);
                setChosen(next);
              }}
            >
              <Header className={menu.group ?? ''}>{t('theme.label')}</Header>
              {THEMES.map((one) => (
                <MenuItem key={one} id={one} className={menu.item ?? ''}>
                  {t(`theme.${one}`)}
                </MenuItem>
              ))}
            </MenuSection>
            <Separator className={menu.rule ?? ''} />
            <MenuItem className={menu.item ?? ''} onAction={() => setInbox(true)}>
              {t('inbox.menu', { n: me.inbox })}
            </MenuItem>
            <MenuItem className={menu.item ?? ''} onAction={() => void signOut()}>
              {t('signout.action')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {inbox && (
        <InboxDialog
          onClose={() => setInbox(false)}
          onAccepted={(workspace) => {
            setInbox(false);
            active.set(workspace);
            void navigate(paths.members(workspace));
          }}
        />
      )}
      {failure !== null && <SignOutDialog failure={failure} onClose={forget} />}
    </>
  );
}
