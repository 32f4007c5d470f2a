// Inviting people (ui.md 5.5): pasted addresses or a dropped file, a preview in which every
// line is shown, and one role for all of them. What was typed is kept whatever happens.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { FileUp } from 'lucide-react';
import { type DragEvent, useMemo, useRef, useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { useNotify } from '../app/notices.tsx';
import { paths } from '../app/paths.ts';
import { useAppState } from '../app/state.ts';
import { isTaken, useSubmit } from '../app/useSubmit.ts';
import { asFailure } from '../backend/failure.ts';
import type { ImportPreview, InviteResult, Role, WorkspaceView } from '../backend/types.ts';
import { count } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { FailureLine, ReasonLine, reasonSentence, useKnown } from '../parts/Reason.tsx';
import { RoleChoice } from '../parts/RoleChoice.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import { Select, TextArea } from '../primitives/Field.tsx';
import styles from './forms.module.css';
import { FormerRoles } from './FormerRoles.tsx';
import { ImportGroups } from './ImportGroups.tsx';
import { inGroup, type Line, lines, people } from './importState.ts';
import { type Direct, useDirect } from './useDirect.ts';
import { type Import, useImport } from './useImport.ts';

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
      <SourceFields
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

function SourceFields({ source, error }: { source: Import; error: string | undefined }) {
  const [over, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) void source.takeFile(file);
  };
  return (
    // Dropping is a second way only: the button beside it chooses the same file.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above.
    <div
      className={styles.drop}
      data-over={over}
      data-testid="import-drop"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {source.file === null && (
        <TextArea
          label={t('invite.addresses')}
          help={t('invite.addresses_help')}
          autoFocus
          rows={4}
          value={source.text}
          error={error}
          onChange={(event) => source.setText(event.target.value)}
        />
      )}
      <div className={styles.fileRow}>
        {source.file !== null && (
          <span className={styles.file}>
            <bdi>{source.file.name}</bdi>
          </span>
        )}
        <Button icon={FileUp} onClick={() => chooser.current?.click()}>
          {t(source.file === null ? 'invite.choose_file' : 'invite.other_file')}
        </Button>
        {source.file !== null && (
          <Button look="quiet" onClick={source.dropFile}>
            {t('invite.without_file')}
          </Button>
        )}
        <input
          ref={chooser}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={t('invite.choose_file')}
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) void source.takeFile(file);
          }}
        />
        {source.file === null && <span className={styles.hint}>{t('invite.drop')}</span>}
      </div>
    </div>
  );
}

function Recognised({ preview, source }: { preview: ImportPreview; source: Import }) {
  const { columns, address_column, name_column } = preview;
  const options = columns.map((name, index) => ({
    index,
    name: name || t('import.column', { n: index + 1 }),
  }));
  return (
    <>
      <p>
        {t(`import.format.${preview.format}`)}{' '}
        {t('import.lines', { n: preview.lines, shown: count(preview.lines) })}
      </p>
      {preview.format === 'table' && columns.length > 0 && (
        <div className={styles.columns}>
          <Select
            label={t('import.address_column')}
            value={address_column ?? ''}
            onChange={(event) => void source.setColumns(Number(event.target.value), name_column)}
          >
            {options.map((one) => (
              <option key={one.index} value={one.index}>
                {one.name}
              </option>
            ))}
          </Select>
          <Select
            label={t('import.name_column')}
            value={name_column ?? ''}
            onChange={(event) =>
              void source.setColumns(
                address_column,
                event.target.value === '' ? null : Number(event.target.value),
              )
            }
          >
            <option value="">{t('import.no_column')}</option>
            {options.map((one) => (
              <option key={one.index} value={one.index}>
                {one.name}
              </option>
            ))}
          </Select>
        </div>
      )}
    </>
  );
}

function Counts({ all }: { all: readonly Line[] }) {
  const n = (status: Line['status']) => inGroup(all, status).length;
  const rest = all.length - n('ready') - n('look');
  return (
    <p className={styles.counts} role="status">
      {t('import.counts', { ready: n('ready'), look: n('look'), rest })}
    </p>
  );
}

function Refused({ result }: { result: InviteResult }) {
  const known = useKnown();
  return (
    <div className={styles.verdicts}>
      <p>
        {t('invite.refused', { n: result.refused.length, sent: result.sent + result.unanswered })}
      </p>
      <ul className={styles.refusedList}>
        {result.refused.map((one) => (
          <li key={one.address} className={styles.verdict}>
            <span className={styles.verdictName}>{one.address}</span>
            <ReasonLine
              sentence={reasonSentence(one.reason, { ...known, address: one.address })}
              tone="quiet"
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
