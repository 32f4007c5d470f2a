// Creating and changing a record: its name and the few fields of its kind. A change carries the
// version that was looked at, so that nobody's work is written over unseen (E-42).

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { contentQuery, useSelectAgent } from '../../app/contentState.ts';
import { useBackend } from '../../app/context.tsx';
import { taken, useChange } from '../../app/useChange.ts';
import { asFailure } from '../../backend/failure.ts';
import type { ContentBody, ContentKind, ContentView, Intent } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { FailureLine, ReasonLine, useKnown, verdictSentence } from '../../parts/Reason.tsx';
import { Button } from '../../primitives/Button.tsx';
import { Dialog } from '../../primitives/Dialog.tsx';
import { TextField } from '../../primitives/Field.tsx';
import { emptyBody, isWritten } from './bodies.ts';
import { ContentFields } from './ContentFields.tsx';

interface Props {
  workspace: string;
  kind: ContentKind;
  /** The record to change; null makes a new one. */
  id: string | null;
  onClose: () => void;
  onCreated: (id: string) => void;
}

export function ContentForm(props: Props) {
  const { workspace, kind, id, onClose } = props;
  const backend = useBackend();
  const content = useQuery({
    ...contentQuery(backend, workspace, id ?? ''),
    enabled: id !== null,
  });
  if (!isWritten(kind)) return null;
  if (id === null) {
    return <Form {...props} name="" body={emptyBody(kind)} view={null} />;
  }
  if (content.isError) {
    return (
      <Dialog
        title={t('content.edit')}
        onClose={onClose}
        buttons={<Button onClick={onClose}>{t('action.close')}</Button>}
      >
        <FailureLine failure={asFailure(content.error)} />
      </Dialog>
    );
  }
  const view = content.data;
  if (view === undefined || view.change.verdict === 'hidden') return null;
  return <Form {...props} name={view.row.name} body={view.body} view={view} />;
}

interface FormProps extends Props {
  name: string;
  body: ContentBody;
  view: ContentView | null;
}

function Form(props: FormProps) {
  const { workspace, kind, onClose, onCreated } = props;
  const change = useChange();
  const selectAgent = useSelectAgent();
  // What was looked at stays what the change is based on, also when news come in meanwhile.
  const [view] = useState(props.view);
  const [name, setName] = useState(props.name);
  const [body, setBody] = useState(props.body);
  const [asked, setAsked] = useState(false);
  const known = useKnown({ name: props.name });
  const no = view === null ? null : verdictSentence(view.change, known);
  const save = async () => {
    setAsked(true);
    const called = name.trim();
    if (called === '' || no !== null) return;
    const intent: Intent =
      view === null
        ? { intent: 'create_content', workspace, name: called, body }
        : {
            intent: 'change_content',
            workspace,
            content: view.row.id,
            version: view.version,
            name: called,
            body,
          };
    const told = view === null ? 'notice.create_content' : 'notice.change_content';
    const answer = await change.run(intent, t(told, { name: called }));
    if (!taken(answer)) return;
    if (view === null && answer.result === 'applied' && answer.created !== null) {
      if (kind === 'agent') selectAgent(workspace, answer.created);
      onCreated(answer.created);
    }
    onClose();
  };
  const touched = name !== props.name || body !== props.body;
  return (
    <Dialog
      title={
        view === null ? t(`content.new.${kind}`) : t('content.edit_title', { name: props.name })
      }
      size="wide"
      outside={touched ? 'stays' : 'closes'}
      onClose={onClose}
      onSubmit={() => void save()}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            look="main"
            type="submit"
            aria-busy={change.busy}
            aria-disabled={no !== null || undefined}
          >
            {view === null && name.trim() !== ''
              ? t('content.create_named', { name: name.trim() })
              : t(view === null ? 'content.create' : 'content.save')}
          </Button>
        </>
      }
    >
      {no !== null && <ReasonLine sentence={no} />}
      <TextField
        label={t('column.name')}
        autoFocus
        value={name}
        error={asked && name.trim() === '' ? t('name.missing') : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <ContentFields workspace={workspace} body={body} onChange={setBody} />
      {change.answer !== null && <AnswerLine answer={change.answer} known={{ name }} />}
    </Dialog>
  );
}
