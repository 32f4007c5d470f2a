// The sidebar: what there is in this workspace, then what lies across them. Entries that a
// person may never use here are left out (ui.md 3.1).

import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import {
  BookOpen,
  Bot,
  ClipboardCheck,
  History,
  House,
  Hourglass,
  LayoutGrid,
  type LucideIcon,
  Mail,
  MessageSquare,
  MessagesSquare,
  Plug,
  Radio,
  Settings,
  ShieldCheck,
  SquareUserRound,
  UserRound,
  Users,
  UserSearch,
} from 'lucide-react';
import type { ContentCount, ContentKind, WorkspaceView } from '../backend/types.ts';
import { count, shortCount } from '../i18n/format.ts';
import { t } from '../i18n/text.tsx';
import { Switcher } from '../parts/Switcher.tsx';
import { Icon } from '../primitives/Icon.tsx';
import { useActive, useActiveView, useIsMissing } from './active.tsx';
import { useSelectedAgent } from './contentState.ts';
import { useBackend } from './context.tsx';
import { paths, ROUTES } from './paths.ts';
import styles from './shell.module.css';
import { useAppState, workspaceFilter, workspacesQuery } from './state.ts';

// Pages without an entry of their own belong to the one that they are opened from.
const WITHIN: Record<string, readonly string[]> = {
  [ROUTES.history]: [ROUTES.compare, ROUTES.revert, ROUTES.access],
  [ROUTES.workspaces]: [ROUTES.bin],
  [ROUTES.people]: [ROUTES.continuity],
  [ROUTES.pending]: [ROUTES.plans, ROUTES.plan],
  [ROUTES.manage]: [ROUTES.diagnostics],
};

/** The mark of an entry while a page within it is open; that of its own page the link sets. */
function useWithin() {
  const route = useRouterState({ select: (state) => state.matches.at(-1)?.fullPath ?? '' });
  return (entry: string) =>
    WITHIN[entry]?.includes(route) === true ? ({ 'aria-current': 'page' } as const) : {};
}

export function Sidebar({ area }: { area: 'side' | 'drawer' }) {
  const backend = useBackend();
  const { id } = useActive();
  const view = useActiveView();
  // The workspace that was open last may have gone with the copy.
  const missing = useIsMissing();
  const state = useAppState();
  const total = useQuery(workspacesQuery(backend, workspaceFilter(), 0)).data?.total;
  const within = useWithin();
  const waits = (state?.counts.not_sent ?? 0) + (state?.counts.refused ?? 0);
  return (
    <nav className={styles.side} aria-label={t('nav.label')} data-area={area}>
      {area === 'drawer' && <Switcher place="drawer" />}
      {id !== null && !missing && <Here area={area} id={id} view={view} />}
      <div className={styles.group} id={`${area}-across`}>
        {t('nav.across')}
      </div>
      <ul aria-labelledby={`${area}-across`}>
        <li>
          <Link {...paths.digest()} className={styles.entry}>
            <Entry icon={House} name={t('nav.home')} n={null} />
          </Link>
        </li>
        <li>
          <Link {...paths.workspaces()} {...within(ROUTES.workspaces)} className={styles.entry}>
            <Entry icon={LayoutGrid} name={t('nav.workspaces')} n={total} />
          </Link>
        </li>
        <li>
          <Link
            {...paths.people()}
            {...within(ROUTES.people)}
            activeOptions={{ includeSearch: false }}
            className={styles.entry}
          >
            <Entry icon={SquareUserRound} name={t('nav.people')} n={null} />
          </Link>
        </li>
        <li>
          <Link {...paths.pending()} {...within(ROUTES.pending)} className={styles.entry}>
            <Entry icon={Hourglass} name={t('nav.pending')} n={waits} />
          </Link>
        </li>
        <li>
          <Link {...paths.manage()} {...within(ROUTES.manage)} className={styles.entry}>
            <Entry icon={UserRound} name={t('nav.account')} n={null} />
          </Link>
        </li>
      </ul>
    </nav>
  );
}

/** What there is in the open workspace; without one there is nothing to head. */
function Here({
  area,
  id,
  view,
}: {
  area: 'side' | 'drawer';
  id: string;
  view: WorkspaceView | undefined;
}) {
  const scheme = view?.row.scheme ?? 'owner_led';
  const within = useWithin();
  return (
    <>
      <div className={styles.group} id={`${area}-here`}>
        {t('nav.here')}
      </div>
      <ul aria-labelledby={`${area}-here`}>
        {view?.contents.map((one) => (
          <ContentEntry key={one.kind} workspace={id} of={one} />
        ))}
        {view?.sees_members && (
          <li>
            <Link {...paths.members(id)} className={styles.entry}>
              <Entry icon={Users} name={t(`nav.members.${scheme}`)} n={view.row.people} />
            </Link>
          </li>
        )}
        {view?.sees_invitations && (
          <li>
            <Link {...paths.invitations(id)} className={styles.entry}>
              <Entry icon={Mail} name={t('nav.invitations')} n={view.invitations} />
            </Link>
          </li>
        )}
        {view?.sees_members && (
          <li>
            <Link {...paths.roles(id)} className={styles.entry}>
              <Entry icon={ShieldCheck} name={t('nav.roles')} n={null} />
            </Link>
          </li>
        )}
        {view?.permissions.includes('review.run') && (
          <li>
            <Link
              {...paths.reviews(id)}
              activeOptions={{ includeSearch: false }}
              className={styles.entry}
            >
              <Entry icon={ClipboardCheck} name={t('nav.reviews')} n={null} />
            </Link>
          </li>
        )}
        {view !== undefined && (
          <li>
            <Link
              {...paths.history(id)}
              {...within(ROUTES.history)}
              activeOptions={{ includeSearch: false }}
              className={styles.entry}
            >
              <Entry icon={History} name={t('nav.history')} n={null} />
            </Link>
          </li>
        )}
        {view !== undefined && (
          <li>
            <Link {...paths.settings(id)} className={styles.entry}>
              <Entry icon={Settings} name={t('nav.settings')} n={null} />
            </Link>
          </li>
        )}
      </ul>
    </>
  );
}

const ICONS: Record<ContentKind, LucideIcon> = {
  agent: Bot,
  prompt: MessageSquare,
  knowledge: BookOpen,
  integration: Plug,
  channel: Radio,
  conversation: MessagesSquare,
  lead: UserSearch,
};

// The selected agent stands one step below Agents (U-23, U-36).
function ContentEntry({ workspace, of }: { workspace: string; of: ContentCount }) {
  const agent = useSelectedAgent(workspace, of.kind === 'agent');
  return (
    <li>
      <Link
        {...paths.contents(workspace, of.kind)}
        activeOptions={{ includeSearch: false }}
        className={styles.entry}
      >
        <Entry icon={ICONS[of.kind]} name={t(`nav.${of.kind}`)} n={of.count} />
      </Link>
      {agent !== undefined && (
        <Link
          {...paths.contents(workspace, 'agent', { open: agent.id })}
          className={`${styles.entry} ${styles.below}`}
          data-testid="selected-agent"
          aria-label={t('nav.selected_agent', { name: agent.name })}
        >
          <bdi className={styles.belowName}>{agent.name}</bdi>
        </Link>
      )}
    </li>
  );
}

interface EntryProps {
  icon: LucideIcon;
  name: string;
  n: number | null | undefined;
}

// A count of nothing is no news.
function Entry({ icon, name, n }: EntryProps) {
  return (
    <>
      <Icon of={icon} />
      <span className={styles.entryName}>{name}</span>
      {n ? (
        <span className={styles.entryCount} title={count(n)}>
          {shortCount(n)}
        </span>
      ) : null}
    </>
  );
}
