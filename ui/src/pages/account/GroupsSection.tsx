// Groups of workspaces (E-37): people who hold one role in every workspace of a group, without
// being Account Admins.

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { groupsQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { paths } from '../../app/paths.ts';
import { asFailure } from '../../backend/failure.ts';
import type { GroupView } from '../../backend/types.ts';
import { roles } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { ExportButton } from '../../parts/ExportButton.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Lines, ListLine, Section } from '../../parts/Section.tsx';

export function GroupsSection({ account }: { account: string }) {
  const backend = useBackend();
  const groups = useQuery(groupsQuery(backend, account));
  return (
    <Section
      title={t('groups.title')}
      help={t('groups.help')}
      action={
        <>
          {groups.data !== undefined && groups.data.length > 0 && (
            <ExportButton table={{ table: 'groups', account }} />
          )}
          <Link {...paths.group(account, 'new')}>{t('groups.new')}</Link>
        </>
      }
    >
      {groups.isError && <FailureLine failure={asFailure(groups.error)} />}
      {groups.data?.length === 0 && <p>{t('groups.none')}</p>}
      <Lines label={t('groups.title')}>
        {groups.data?.map((group) => (
          <GroupLine key={group.id} group={group} />
        ))}
      </Lines>
    </Section>
  );
}

function GroupLine({ group }: { group: GroupView }) {
  const parts = [
    t(`groups.covers.${group.covers.which}`, { n: group.workspaces }),
    t('groups.people', { n: group.people.length }),
    roles(group.roles),
  ];
  return (
    <ListLine
      name={
        <Link {...paths.group(group.account, group.id)}>
          <bdi>{group.name}</bdi>
        </Link>
      }
      note={parts.join(' · ')}
    />
  );
}
