// The Account Admins: since when, made by whom, and both ways to change it (V-17 to V-20,
// V-48). Making and unmaking one is asked for by name, because it opens or closes everything.

import { UserPlus } from 'lucide-react';
import { useRef, useState } from 'react';
import { useChange } from '../../app/useChange.ts';
import type { AccountPage, AdminRow, PersonPick } from '../../backend/types.ts';
import { ConfirmDialog } from '../../forms/ConfirmDialog.tsx';
import { date, whole } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { ExportButton } from '../../parts/ExportButton.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { PersonChooser } from '../../parts/PersonChooser.tsx';
import { ReasonLine, VerdictButton } from '../../parts/Reason.tsx';
import { Lines, ListLine, Section } from '../../parts/Section.tsx';
import { WaysHere } from '../../parts/Ways.tsx';
import { personName } from '../../parts/words.ts';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { Avatar } from '../../primitives/Tile.tsx';
import styles from './account.module.css';

interface Props {
  view: AccountPage;
  /** Whether adding one was asked for by a way out. */
  add: boolean;
  onAdded: () => void;
}

export function AdminsSection({ view, add, onAdded }: Props) {
  const [adding, setAdding] = useState(add && view.add_admin.verdict === 'allowed');
  const [removing, setRemoving] = useState<AdminRow | null>(null);
  const account = view.row.name;
  const list = useRef<HTMLUListElement>(null);
  return (
    <Section
      title={t('admins.title', { n: view.admins.length })}
      help={t(`admins.help.${view.row.scheme}`)}
      action={
        <>
          {view.row.admin && <ExportButton table={{ table: 'admins', account: view.row.id }} />}
          <VerdictButton icon={UserPlus} verdict={view.add_admin} onPress={() => setAdding(true)}>
            {t('admins.add')}
          </VerdictButton>
        </>
      }
    >
      {view.many_admins && (
        <WaysHere ways={{ look_at_admins: () => list.current?.focus() }}>
          <ReasonLine
            sentence={{
              id: 'admins.many',
              values: { account, n: view.admins.length },
              rule: null,
            }}
            tone="waits"
          />
        </WaysHere>
      )}
      {view.personal && <p>{t('admins.personal')}</p>}
      <Lines ref={list} label={t('admins.title', { n: view.admins.length })}>
        {view.admins.map((one) => (
          <AdminLine key={one.login} admin={one} onRemove={() => setRemoving(one)} />
        ))}
      </Lines>
      {adding && (
        <AddAdmin
          view={view}
          onClose={() => {
            setAdding(false);
            onAdded();
          }}
        />
      )}
      {removing !== null && (
        <RemoveAdmin view={view} admin={removing} onClose={() => setRemoving(null)} />
      )}
    </Section>
  );
}

function AdminLine({ admin, onRemove }: { admin: AdminRow; onRemove: () => void }) {
  return (
    <ListLine
      lead={<Avatar letters={admin.letters} />}
      name={
        <>
          <bdi>{personName(admin)}</bdi>
          {admin.me && <span className={styles.quiet}> {t('members.you')}</span>}
        </>
      }
      note={
        <>
          <bdi>{admin.address}</bdi>
          {' · '}
          <span title={whole(admin.since)}>
            <T
              id={admin.by === null ? 'admins.founder' : 'admins.made_by'}
              values={{ date: date(admin.since), who: admin.by }}
            />
          </span>
        </>
      }
    >
      <VerdictButton verdict={admin.remove} known={{ name: personName(admin) }} onPress={onRemove}>
        <span aria-hidden="true">{t('admins.remove')}</span>
        <span className="visually-hidden">
          {t('admins.remove_of', { name: personName(admin) })}
        </span>
      </VerdictButton>
    </ListLine>
  );
}

function AddAdmin({ view, onClose }: { view: AccountPage; onClose: () => void }) {
  const change = useChange();
  const [person, setPerson] = useState<PersonPick | null>(null);
  const [asked, setAsked] = useState(false);
  const name = person === null ? '' : personName(person);
  const add = async () => {
    setAsked(true);
    if (person === null) return;
    const answer = await change.run(
      { intent: 'add_admin', account: view.row.id, person: person.person },
      t('notice.add_admin', { name, account: view.row.name }),
    );
    if (answer !== null && (answer.result === 'applied' || answer.result === 'unanswered'))
      onClose();
  };
  return (
    <Dialog
      title={<T id="admins.add_title" values={{ account: view.row.name }} />}
      onClose={onClose}
      onSubmit={() => void add()}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" aria-busy={change.busy}>
            {person === null ? t('admins.add_action') : t('admins.make', { name })}
          </Button>
        </>
      }
    >
      <p>{t('admins.add_effect')}</p>
      <PersonChooser
        account={view.row.id}
        chosen={person}
        without={view.admins.map((one) => one.address)}
        onChoose={(one) => {
          setPerson(one);
          change.forget();
        }}
      />
      {asked && person === null && <p className={styles.missing}>{t('person.choose_one')}</p>}
      {change.answer !== null && <AnswerLine answer={change.answer} known={{ name }} />}
    </Dialog>
  );
}

function RemoveAdmin(props: { view: AccountPage; admin: AdminRow; onClose: () => void }) {
  const { view, admin, onClose } = props;
  const change = useChange();
  const name = personName(admin);
  const values = { name, account: view.row.name };
  const remove = async () => {
    const answer = await change.run(
      { intent: 'remove_admin', account: view.row.id, login: admin.login },
      t('notice.remove_admin', values),
    );
    if (answer !== null && (answer.result === 'applied' || answer.result === 'unanswered'))
      onClose();
  };
  return (
    <ConfirmDialog
      title={<T id="admins.remove_title" values={values} />}
      text={<T id={admin.me ? 'admins.remove_me' : 'admins.remove_effect'} values={values} />}
      keep={t('admins.keep', { name })}
      action={t('admins.remove_action', { name })}
      onClose={onClose}
      onConfirm={remove}
    >
      {change.answer !== null && <AnswerLine answer={change.answer} known={{ name }} />}
    </ConfirmDialog>
  );
}
