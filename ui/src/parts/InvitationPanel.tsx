// One invitation: what it gives, who sent it, what was said with it, and its actions under
// their verdicts (ui.md 5.6).

import type { KeyboardEvent } from 'react';
import type { InvitationRow } from '../backend/types.ts';
import { date, roles, when, whole } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { Button, IconButton } from '../primitives/Button.tsx';
import { type InvitationTask, invitationActions } from './invitationActions.ts';
import { AsOf } from './PersonFacts.tsx';
import styles from './panel.module.css';
import { KnownValues, ReasonLine, useKnown, VerdictButton } from './Reason.tsx';
import { WaysHere } from './Ways.tsx';

interface Props {
  row: InvitationRow;
  offline: boolean;
  onClose: () => void;
  onTask: (task: InvitationTask) => void;
}

export function InvitationPanel({ row, offline, onClose, onTask }: Props) {
  const known = useKnown({ address: row.address, inviter: row.inviter });
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <KnownValues values={{ ...known, role: roles(row.roles, known) }}>
      <aside
        className={styles.panel}
        aria-label={row.address}
        data-testid="invitation-panel"
        data-area="panel"
        onKeyDown={press}
      >
        <div className={styles.head}>
          <h2 className={styles.title}>{row.address}</h2>
          <IconButton label={t('action.close')} icon="close" onClick={onClose} />
        </div>
        <div className={styles.body}>
          {row.state === 'needs_confirmation' && (
            <p className={styles.waits} data-testid="reason" data-code="r12.confirm">
              <T id="r12.confirm" values={{ ...known, role: roles(row.roles, known) }} /> R12
            </p>
          )}
          <Trouble row={row} onLink={() => onTask('link')} />
          <dl className={styles.facts}>
            {row.name !== null && (
              <>
                <dt>{t('column.name')}</dt>
                <dd>
                  <bdi>{row.name}</bdi>
                </dd>
              </>
            )}
            <dt>{t('column.state')}</dt>
            <dd>{t(`invitation.state.${row.state}`)}</dd>
            <dt>{t('column.role')}</dt>
            <dd>{roles(row.roles, known)}</dd>
            <dt>{t('column.inviter')}</dt>
            <dd>
              <bdi>{row.inviter}</bdi>
            </dd>
            <dt>{t('column.sent')}</dt>
            <dd title={whole(row.sent)}>{when(row.sent)}</dd>
            <dt>{t('column.expires')}</dt>
            <dd title={whole(row.expires)}>
              {date(row.expires)}
              <AsOf />
            </dd>
            {row.message !== null && (
              <>
                <dt>{t('field.message')}</dt>
                <dd className={styles.note}>{row.message}</dd>
              </>
            )}
          </dl>
          <div className={styles.actions}>
            {invitationActions(row, offline).map(({ task, name, verdict }) =>
              verdict === null ? (
                <Button key={task} onClick={() => onTask(task)}>
                  {name}
                </Button>
              ) : (
                <VerdictButton key={task} verdict={verdict} onPress={() => onTask(task)}>
                  {name}
                </VerdictButton>
              ),
            )}
          </div>
        </div>
      </aside>
    </KnownValues>
  );
}

// What came into its way, with what can be done about it.
function Trouble({ row, onLink }: { row: InvitationRow; onLink: () => void }) {
  if (row.trouble === null) return null;
  const sentence = {
    id: `invitation.trouble.${row.trouble}`,
    values: { address: row.address },
    rule: row.trouble === 'no_seat' ? 'E-28' : null,
  };
  // Without somebody's word the link opens nothing, so there is none to copy.
  const ways = row.state === 'waiting' ? { copy_link: onLink } : {};
  return (
    <WaysHere ways={ways}>
      <ReasonLine sentence={sentence} />
    </WaysHere>
  );
}
