// What stands over and below the rows of the people of a workspace (ui.md 5.2).

import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { useInviting } from '../../app/useInviting.ts';
import type { MemberPage, WorkspaceView } from '../../backend/types.ts';
import { count } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { VerdictButton } from '../../parts/Reason.tsx';
import { Ways } from '../../parts/Ways.tsx';
import { personName } from '../../parts/words.ts';
import { Button } from '../../primitives/Button.tsx';
import page from '../page.module.css';

export function Summary({
  page: head,
  view,
}: {
  page: MemberPage;
  view: WorkspaceView | undefined;
}) {
  const people = { n: head.people, shown: count(head.people), leaving: head.leaving };
  const parts = [t(head.leaving > 0 ? 'members.people_leaving' : 'members.people', people)];
  if (view?.row.scheme === 'owner_led') parts.push(t('members.owners', { n: head.owners }));
  else parts.push(t('members.admins', { n: head.owners }));
  if (view?.seats_free != null) parts.push(t('members.seats', { n: view.seats_free }));
  return <>{parts.join(' · ')}</>;
}

// Without a connection invitations become drafts (R14), and the button says so.
export function InviteButton({ view, onPress }: { view: WorkspaceView; onPress: () => void }) {
  const { verdict, drafts } = useInviting(view);
  return (
    <VerdictButton look="main" icon={UserPlus} verdict={verdict} onPress={onPress}>
      {t(drafts ? 'members.invite_draft' : 'members.invite')}
    </VerdictButton>
  );
}

// One owner only: if they are away, nobody can hand the workspace over.
export function OwnersLine({ view }: { view: WorkspaceView }) {
  const backend = useBackend();
  const { id, scheme, kind } = view.row;
  const on = scheme === 'owner_led' && kind === 'standard';
  const holders = useQuery({
    queryKey: keys.roleHolders(id, 'owner'),
    queryFn: () => backend.roleHolders(id, 'owner'),
    enabled: on,
  }).data;
  const owner = holders?.[0] === undefined ? '' : personName(holders[0]);
  if (!on) return null;
  const values = { workspace: view.row.name, name: owner };
  return (
    <div className={page.line}>
      <span>
        <T id="owners.single" values={values} />
      </span>
      <Ways sentence="owners.single" />
    </div>
  );
}

export function Nobody({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (!filtered) return null;
  return (
    <div className={page.empty}>
      <p>{t('members.nobody')}</p>
      <Button onClick={onClear}>{t('filter.clear')}</Button>
    </div>
  );
}
