// Inviting people (ui.md 5.5): pasted addresses or a dropped file, a preview in which every
// line is shown, and one role for all of them. What was typed is kept whatever happens.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { useNotify } from '../app/notices.tsx';
import { paths } from '../app/paths.ts';
import { useAppState } from '../app/state.ts';
import { isTaken, useSubmit } from '../app/useSubmit.ts';
import { asFailure } from '../backend/failure.ts';
import type { InviteResult, Role, WorkspaceView } from '../backend/types.ts';
import { count } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { FailureLine, ReasonLine, useKnown } from '../parts/Reason.tsx';
import { RoleChoice } from '../parts/RoleChoice.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import { TextArea } from '../primitives/Field.tsx';
import styles from './forms.module.css';
import { FormerRoles } from './FormerRoles.tsx';
import { ImportGroups } from './ImportGroups.tsx';
import { Counts, Refused } from './InviteOutcome.tsx';
import { InviteSource, Recognised } from './InviteSource.tsx';
import { inGroup, lines, people } from './importState.ts';
import { type Direct, useDirect } from './useDirect.ts';
import { useImport } from './useImport.ts';

const MOST = 5_000;

/** What became of those who were added at once, and of those who were invited. */
interface Sent extends InviteResult {
  added: number;
}

function sendLabel({ add, invite }: Direct): string {
  if (add.length === 0) {
    return t('invite.send', { n: invite.length, shown: count(invite.length) });
  }
  if (invite.length === 0) return t('invite.add_only', { n: add.length });
  return t('invite.send_mixed', { add: add.length, n: count(invite.length) });
}

function sentText({ added, sent, unanswered, drafted }: Sent): string {
  if (drafted > 0) return t('invite.drafted', { n: drafted, shown: count(drafted) });
  if (added > 0) return t('invite.added', { added, n: sent });
  if (unanswered > 0) return t('invite.unanswered', { n: sent, unanswered });
  return t('invite.sent', { n: sent, shown: count(sent) });
}

export function InviteDialog({ view, onClose }: { view: WorkspaceView; onClose: () => void }) {
  const backend = useBackend();
  const client = useQueryClient();
  const navigate = useNavigate();
  const submit = useSubmit();
  const notify = useNotify();
  const workspace = view.row.id;
  const offline = useAppState()?.connection.state === 'offline';
  const source = useImport(workspace);
  const [chosen, setChosen] = useState<Role[]>([]);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<InviteResult | null>(null);
  const question = { workspace, members: [], roles: chosen };
  const { data: answer } = useQuery({
    queryKey: keys.roles(question),
    queryFn: () => backend.roleAnswer(question),
    placeholderData: (before) => before,
  });
  const all = useMemo(
    () => (source.preview === null ? [] : lines(source.preview, source.decisions)),
    [source.preview, source.decisions],
  );
  const ready = people(all);
  // Without a connection all are drafts: who is added at once is looked at again when they go.
  const drafting = offline || view.invite.verdict === 'needs_connection';
  const online = useDirect(view, ready);
  const direct = drafting ? { add: [], invite: [...ready] } : online;
  const [message, setMessage] = useState('');
  const known = useKnown();
  const send = async () => {
    setAsked(true);
    if (ready.length === 0 || chosen.length === 0 || busy || ready.length > MOST) return;
    setBusy(true);
    try {
      const next = await sendAll();
      void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
      void client.invalidateQueries({ queryKey: keys.pending });
      finish(next);
    } catch (thrown) {
      source.setFailure(asFailure(thrown));
    } finally {
      setBusy(false);
    }
  };
  // People of the account first: each is a change of its own. The rest goes in one.
  const sendAll = async (): Promise<Sent> => {
    const sent: Sent = { added: 0, sent: 0, unanswered: 0, drafted: 0, refused: [] };
    for (const { person, address } of direct.add) {
      const answer = await submit({ intent: 'add_member', workspace, person, roles: chosen });
      if (answer.result === 'failed') throw answer.failure;
      if (answer.result === 'refused') sent.refused.push({ address, reason: answer.reason });
      else if (isTaken(answer)) sent.added += 1;
    }
    if (direct.invite.length === 0) return sent;
    const invited = await backend.invite({
      workspace,
      people: direct.invite,
      roles: chosen,
      message: message.trim() || null,
    });
    return { ...sent, ...invited, refused: [...sent.refused, ...invited.refused] };
  };
  const finish = (next: Sent) => {
    if (next.refused.length > 0) {
      // The rest has gone; what was refused stays, each with its reason.
      const refused = new Set(next.refused.map((one) => one.address));
      for (const line of inGroup(all, 'ready')) {
        if (!refused.has(line.address)) source.decide(line.line, { kind: 'out' });
      }
      setResult(next);
      return;
    }
    onClose();
    const to = next.drafted > 0 ? paths.pending() : paths.invitations(workspace);
    notify({
      text: sentText(next),
      action: { label: t('action.show'), run: () => void navigate(to) },
    });
  };
  return (
    <Dialog
      title={
        <T
          id={drafting ? 'invite.draft_title' : 'invite.title'}
          values={{ workspace: view.row.name }}
        />
      }
      size="wide"
      outside={source.text === '' && source.file === null ? 'closes' : 'stays'}
      onClose={onClose}
      onSubmit={() => void send()}
      note={
        drafting && (
          <ReasonLine
            id="invite-offline"
            sentence={{ id: 'offline.invite', values: known, rule: null }}
            tone="waits"
          />
        )
      }
      buttons={
        <>
          <Button onClick={onClose}>{t(result === null ? 'action.cancel' : 'action.close')}</Button>
          <Button
            look="main"
            type="submit"
            aria-busy={busy}
            aria-describedby={drafting ? 'invite-offline' : undefined}
          >
            {drafting
              ? t('invite.save', { n: ready.length, shown: count(ready.length) })
              : sendLabel(direct)}
          </Button>
        </>
      }
    >
      <InviteSource
        source={source}
        error={asked && ready.length === 0 ? t('invite.none') : undefined}
      />
      {source.failure !== null && <FailureLine failure={source.failure} />}
      {result !== null && <Refused result={result} />}
      {source.preview !== null && (
        <>
          {source.file !== null && <Recognised preview={source.preview} source={source} />}
          <Counts all={all} />
          <ImportGroups all={all} source={source} />
        </>
      )}
      {ready.length > MOST && (
        <ReasonLine sentence={{ id: 'import.too_many', values: {}, rule: null }} />
      )}
      <FormerRoles ready={inGroup(all, 'ready')} onUse={setChosen} />
      {answer !== undefined && (
        <div>
          <RoleChoice
            options={answer.options}
            many={answer.many}
            chosen={chosen}
            label={t('invite.role')}
            showNow={false}
            onChange={setChosen}
          />
          {asked && chosen.length === 0 && (
            <p className={styles.loses} role="alert">
              {t('role.choose_one')}
            </p>
          )}
        </div>
      )}
      {direct.add.length > 0 && <p>{t('invite.direct', { n: direct.add.length })}</p>}
      {direct.invite.length > 0 && (
        <TextArea
          label={t('field.message')}
          help={t('field.message_help')}
          rows={2}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
        />
      )}
      <p className={styles.hint}>{t('invite.once')}</p>
      {view.seats_free !== null && ready.length > 0 && (
        <p className={ready.length > view.seats_free ? styles.loses : styles.hint}>
          {t('invite.seats', { n: ready.length, free: view.seats_free })}
        </p>
      )}
    </Dialog>
  );
}
