// An empty list: what belongs here, and who can add it where the reader cannot (ui.md 5.19).
// Which roles those are is read from the rules, not known here.

import { useQuery } from '@tanstack/react-query';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import type { ContentKind, Permission, Verdict, WorkspaceView } from '../../backend/types.ts';
import { list, role } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import page from '../page.module.css';

interface Props {
  view: WorkspaceView;
  kind: ContentKind;
  create: Verdict;
}

function missing(create: Verdict): Permission | null {
  if (create.verdict !== 'refused') return null;
  const param = create.reason.params.permission;
  return param?.type === 'permission' ? param.value : null;
}

export function NothingYet({ view, kind, create }: Props) {
  const backend = useBackend();
  const workspace = view.row.id;
  const needed = missing(create);
  const roles = useQuery({
    queryKey: keys.rolesPage(workspace),
    queryFn: () => backend.rolesPage(workspace),
    enabled: needed !== null && view.sees_members,
  }).data;
  const able = (roles?.columns ?? []).filter(
    (one) => needed !== null && one.permissions.includes(needed),
  );
  const names = list(able.map((one) => one.name ?? role(one.key)));
  return (
    <div className={page.empty}>
      <p>{t(`content.empty.${kind}`)}</p>
      {needed !== null && (
        <p>{t('content.who_can', { role: names, permission: t(`permission.${needed}`) })}</p>
      )}
    </div>
  );
}
