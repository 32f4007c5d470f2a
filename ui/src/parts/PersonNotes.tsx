// Labels and the note that a team keeps about a person. Both are done without being asked, and
// both can be undone (ui.md 7.1).

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useActiveView } from '../app/active.tsx';
import { keys } from '../app/keys.ts';
import { type Answer, isTaken, useSubmit, useTold } from '../app/useSubmit.ts';
import type { Intent, MemberView } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { TextArea } from '../primitives/Field.tsx';
import { AnswerLine } from './AnswerLine.tsx';
import { LabelChips, LabelsField } from './LabelsField.tsx';
import styles from './panel.module.css';
import { personName } from './words.ts';

export function PersonNotes({ view, workspace }: { view: MemberView; workspace: string }) {
  const client = useQueryClient();
  const submit = useSubmit();
  const told = useTold();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const known = useActiveView()?.member_labels ?? [];
  const name = personName(view.row);
  const mayEdit = view.annotate.verdict === 'allowed' || view.annotate.verdict === 'unknown';
  const send = async (intent: Intent, done: string) => {
    const next = await submit(intent);
    setAnswer(isTaken(next) ? null : next);
    if (isTaken(next)) told(done, [next]);
    void client.invalidateQueries({ queryKey: keys.workspace(workspace) });
  };
  const member = view.row.id;
  if (!mayEdit) return <Told view={view} />;
  return (
    <div className={styles.notes}>
      <LabelsField
        label={t('panel.labels')}
        labels={view.row.labels}
        known={known}
        onChange={(labels) =>
          void send(
            { intent: 'label_member', workspace, member, labels },
            t('notice.labels', { name }),
          )
        }
      />
      <Note
        key={view.note}
        note={view.note}
        onSave={(note) =>
          void send({ intent: 'note_member', workspace, member, note }, t('notice.note', { name }))
        }
      />
      {answer !== null && <AnswerLine answer={answer} known={{ name }} />}
    </div>
  );
}

// Who may not change them still reads them.
function Told({ view }: { view: MemberView }) {
  if (view.row.labels.length === 0 && view.note === '') return null;
  return (
    <dl className={styles.facts}>
      {view.row.labels.length > 0 && (
        <>
          <dt>{t('panel.labels')}</dt>
          <dd>
            <LabelChips labels={view.row.labels} />
          </dd>
        </>
      )}
      {view.note !== '' && (
        <>
          <dt>{t('panel.note')}</dt>
          <dd className={styles.note}>{view.note}</dd>
        </>
      )}
    </dl>
  );
}

function Note({ note, onSave }: { note: string; onSave: (note: string) => void }) {
  const [text, setText] = useState(note);
  return (
    <>
      <TextArea
        label={t('panel.note')}
        rows={2}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {text.trim() !== note && (
        <div className={styles.actions}>
          <Button onClick={() => onSave(text.trim())}>{t('panel.note_save')}</Button>
          <Button look="quiet" onClick={() => setText(note)}>
            {t('action.cancel')}
          </Button>
        </div>
      )}
    </>
  );
}
