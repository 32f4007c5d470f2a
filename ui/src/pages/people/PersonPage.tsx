// One person in all workspaces that I can see: a line for each, with Change and Remove.

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { personQuery } from '../../app/pastState.ts';
import { paths, ROUTES } from '../../app/paths.ts';
import { viewQuery } from '../../app/state.ts';
import { asFailure } from '../../backend/failure.ts';
import type { PersonOverview, PersonPlace } from '../../backend/types.ts';
import { EndDialog, RolePicker } from '../../forms/later.tsx';
import { date, roles } from '../../i18n/format.ts';
import { t } from '../../i18n/text.tsx';
import { MarkSign } from '../../parts/MarkSign.tsx';
import { FailureLine, KnownValues, VerdictButton } from '../../parts/Reason.tsx';
import { Lines, ListLine, Section } from '../../parts/Section.tsx';
import { WaysAbout } from '../../parts/Ways.tsx';
import { markName, ownNames } from '../../parts/words.ts';
import { Button } from '../../primitives/Button.tsx';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import styles from './people.module.css';
import { rowName } from './peopleWords.ts';

const route = getRouteApi(ROUTES.person);

interface Task {
  what: 'role' | 'remove';
  place: PersonPlace;
}

export function PersonPage() {
  const { login } = route.useParams();
  const backend = useBackend();
  const navigate = useNavigate();
  const { data, error } = useQuery(personQuery(backend, login));
  const [task, setTask] = useState<Task | null>(null);
  if (error !== null && asFailure(error).code === 'not_found') return <NotAvailable />;
  return (
    <div className={page.body}>
      <PageHead
        title={data === undefined ? t('nav.people') : <bdi>{rowName(data)}</bdi>}
        summary={data?.addresses.join(', ')}
      >
        {data !== undefined && !data.is_me && data.places.length + data.admin_of.length > 0 && (
          <Button onClick={() => void navigate(paths.leaver(login))}>{t('leaver.open')}</Button>
        )}
      </PageHead>
      <p className={page.line}>
        <Link {...paths.people()}>{t('people.all')}</Link>
      </p>
      {error !== null && (
        <div className={page.failure}>
          <FailureLine failure={asFailure(error)} />
        </div>
      )}
      {data !== undefined && (
        <div className={page.scroll}>
          <Places person={data} onTask={setTask} />
          {data.admin_of.length > 0 && <Admin person={data} />}
        </div>
      )}
      {task !== null && <PlaceTask task={task} onClose={() => setTask(null)} />}
    </div>
  );
}

interface PlacesProps {
  person: PersonOverview;
  onTask: (task: Task) => void;
}

function Places({ person, onTask }: PlacesProps) {
  if (person.places.length === 0) return <p>{t('person.nowhere')}</p>;
  // The margin is there where something stands in it.
  const marked = person.places.some((place) => place.mark !== 'none');
  return (
    <Section title={t('people.workspaces', { n: person.places.length })}>
      <Lines label={t('nav.workspaces')}>
        {person.places.map((place) => (
          <Place
            key={place.membership}
            person={person}
            place={place}
            marked={marked}
            onTask={onTask}
          />
        ))}
      </Lines>
    </Section>
  );
}

interface PlaceProps extends PlacesProps {
  place: PersonPlace;
  marked: boolean;
}

function Place({ person, place, marked, onTask }: PlaceProps) {
  const backend = useBackend();
  const view = useQuery(viewQuery(backend, place.workspace)).data;
  const names = ownNames(view);
  const known = { ...names, name: rowName(person), workspace: place.workspace_name };
  const notes = [
    place.account_name,
    roles(place.roles, names),
    ...(place.state === 'active' ? [] : [t(`state.${place.state}`)]),
    ...(place.until === null ? [] : [t('mark.ends', { date: date(place.until) })]),
    ...(place.only_owner ? [t('person.only_owner')] : []),
    ...(place.grouped ? [t('person.grouped')] : []),
  ];
  const about = { workspace: place.workspace, member: place.membership };
  return (
    <KnownValues values={known}>
      <WaysAbout about={about}>
        <ListLine
          lead={
            marked && (
              <span className={styles.mark} title={markName(place.mark) || undefined}>
                {place.mark !== 'none' && (
                  <>
                    <MarkSign mark={place.mark} />
                    <span className="visually-hidden">{markName(place.mark)}</span>
                  </>
                )}
              </span>
            )
          }
          name={
            <Link {...paths.members(place.workspace, { open: place.membership })}>
              <bdi>{place.workspace_name}</bdi>
            </Link>
          }
          note={notes.join(' · ')}
        >
          <VerdictButton verdict={place.change} onPress={() => onTask({ what: 'role', place })}>
            {t('member.change_role')}
          </VerdictButton>
          <VerdictButton verdict={place.remove} onPress={() => onTask({ what: 'remove', place })}>
            {t('member.remove')}
          </VerdictButton>
        </ListLine>
      </WaysAbout>
    </KnownValues>
  );
}

function Admin({ person }: { person: PersonOverview }) {
  const navigate = useNavigate();
  return (
    <Section title={t('person.admin_of')}>
      <Lines label={t('person.admin_of')}>
        {person.admin_of.map((one) => (
          <KnownValues key={one.account} values={{ name: rowName(person), account: one.name }}>
            <WaysAbout about={{ account: one.account }}>
              <ListLine name={<bdi>{one.name}</bdi>} note={t('role.account_admin')}>
                <VerdictButton
                  verdict={one.remove}
                  onPress={() => void navigate(paths.account(one.account))}
                >
                  {t('person.open_account')}
                </VerdictButton>
              </ListLine>
            </WaysAbout>
          </KnownValues>
        ))}
      </Lines>
    </Section>
  );
}

// The same dialogs as everywhere, in the workspace of the line.
function PlaceTask({ task, onClose }: { task: Task; onClose: () => void }) {
  const backend = useBackend();
  const { workspace, membership } = task.place;
  const view = useQuery(viewQuery(backend, workspace)).data;
  const member = useQuery({
    queryKey: ['w', workspace, 'member', membership],
    queryFn: () => backend.member(workspace, membership),
  }).data;
  if (view === undefined || member === undefined) return null;
  const props = { view, onClose, onDone: onClose };
  return (
    <KnownValues values={ownNames(view)}>
      <WaysAbout about={{ workspace, member: membership }}>
        {task.what === 'role' ? (
          <RolePicker {...props} member={member.row} />
        ) : (
          <EndDialog {...props} what="remove" member={membership} />
        )}
      </WaysAbout>
    </KnownValues>
  );
}
