// One group of workspaces: which workspaces it covers, the roles its people hold there, and
// the people. Each change shows what it does to single memberships before it is made.

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { accountQuery, groupsQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { paths, ROUTES } from '../../app/paths.ts';
import { asFailure } from '../../backend/failure.ts';
import type { GroupPersonView, GroupView, Intent } from '../../backend/types.ts';
import { T, t } from '../../i18n/text.tsx';
import { FailureLine, KnownValues } from '../../parts/Reason.tsx';
import { Lines, ListLine, Section } from '../../parts/Section.tsx';
import { personName } from '../../parts/words.ts';
import { Button } from '../../primitives/Button.tsx';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { AddGroupPerson } from './AddGroupPerson.tsx';
import { GroupChange } from './GroupChange.tsx';
import { type GroupDraft, GroupForm } from './GroupForm.tsx';

const route = getRouteApi(ROUTES.group);

const NEW: GroupDraft = {
  name: '',
  covers: { which: 'listed', workspaces: [] },
  roles: [],
};

export function GroupPage() {
  const { account, group } = route.useParams();
  const backend = useBackend();
  const groups = useQuery(groupsQuery(backend, account));
  const name = useQuery(accountQuery(backend, account)).data?.row.name ?? '';
  const found = groups.data?.find((one) => one.id === group);
  if (group !== 'new' && groups.data !== undefined && found === undefined) return <NotAvailable />;
  return (
    <KnownValues values={{ account: name }}>
      <div className={page.body}>
        <PageHead
          title={group === 'new' ? t('groups.new') : <bdi>{found?.name ?? ''}</bdi>}
          summary={<bdi>{name}</bdi>}
        />
        <div className={page.scroll}>
          {groups.isError && <FailureLine failure={asFailure(groups.error)} />}
          {group === 'new' && <NewGroup account={account} />}
          {found !== undefined && <Group key={found.id} group={found} />}
        </div>
      </div>
    </KnownValues>
  );
}

function NewGroup({ account }: { account: string }) {
  const navigate = useNavigate();
  const [asked, setAsked] = useState<GroupDraft | null>(null);
  return (
    <Section title={t('groups.what')}>
      <GroupForm account={account} draft={NEW} action={t('groups.create')} onSave={setAsked} />
      {asked !== null && (
        <GroupChange
          intent={{ intent: 'create_group', account, ...asked }}
          title={<T id="groups.create_title" values={{ name: asked.name }} />}
          action={t('groups.create_action', { name: asked.name })}
          done={t('notice.create_group', { name: asked.name })}
          onClose={() => setAsked(null)}
          onDone={(answer) => {
            setAsked(null);
            const created = answer.result === 'applied' ? answer.created : null;
            void navigate(
              created === null ? paths.account(account) : paths.group(account, created),
            );
          }}
        />
      )}
    </Section>
  );
}

type Asked =
  | { what: 'none' | 'add' }
  | { what: 'change'; draft: GroupDraft }
  | { what: 'remove'; person: GroupPersonView }
  | { what: 'delete' };

function Group({ group }: { group: GroupView }) {
  const [asked, setAsked] = useState<Asked>({ what: 'none' });
  const close = () => setAsked({ what: 'none' });
  return (
    <>
      <Section title={t('groups.what')}>
        <GroupForm
          key={JSON.stringify([group.name, group.covers, group.roles])}
          account={group.account}
          draft={group}
          action={t('groups.save')}
          onSave={(draft) => setAsked({ what: 'change', draft })}
        />
      </Section>
      <Section
        title={t('groups.people', { n: group.people.length })}
        action={
          <Button icon={UserPlus} onClick={() => setAsked({ what: 'add' })}>
            {t('groups.add_person')}
          </Button>
        }
      >
        {group.people.length === 0 && <p>{t('groups.no_people')}</p>}
        <Lines label={t('groups.people', { n: group.people.length })}>
          {group.people.map((one) => (
            <ListLine
              key={one.login}
              name={<bdi>{personName(one)}</bdi>}
              note={<bdi>{one.address}</bdi>}
            >
              <Button
                aria-label={t('groups.remove_label', { name: personName(one) })}
                onClick={() => setAsked({ what: 'remove', person: one })}
              >
                {t('groups.remove')}
              </Button>
            </ListLine>
          ))}
        </Lines>
      </Section>
      <Section title={t('groups.delete_title')} help={t('groups.delete_help')}>
        <div>
          <Button onClick={() => setAsked({ what: 'delete' })}>{t('groups.delete')}</Button>
        </div>
      </Section>
      <Changes group={group} asked={asked} onClose={close} />
    </>
  );
}

function Changes(props: { group: GroupView; asked: Asked; onClose: () => void }) {
  const { group, asked, onClose } = props;
  const navigate = useNavigate();
  const { account, id, name } = group;
  const at = { account, group: id };
  const shared = { onClose, onDone: onClose };
  switch (asked.what) {
    case 'none':
      return null;
    case 'add':
      return <AddGroupPerson group={group} onClose={onClose} />;
    case 'change': {
      const intent: Intent = { intent: 'change_group', ...at, ...asked.draft };
      return (
        <GroupChange
          {...shared}
          intent={intent}
          title={<T id="groups.change_title" values={{ name }} />}
          action={t('groups.save')}
          done={t('notice.change_group', { name: asked.draft.name })}
        />
      );
    }
    case 'remove': {
      const person = personName(asked.person);
      return (
        <GroupChange
          {...shared}
          look="danger"
          intent={{ intent: 'remove_group_person', ...at, login: asked.person.login }}
          title={<T id="groups.remove_title" values={{ name: person, other: name }} />}
          action={t('groups.remove_action', { name: person })}
          done={t('notice.remove_group_person', { name: person, other: name })}
        />
      );
    }
    case 'delete':
      return (
        <GroupChange
          onClose={onClose}
          onDone={() => void navigate(paths.account(account))}
          look="danger"
          intent={{ intent: 'delete_group', ...at }}
          title={<T id="groups.delete_ask" values={{ name }} />}
          action={t('groups.delete_action', { name })}
          done={t('notice.delete_group', { name })}
        />
      );
  }
}
