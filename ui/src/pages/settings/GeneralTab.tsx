// Name, labels and colour of a workspace. All work offline and wait to be sent (ui.md 7.3).

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { labelsQuery } from '../../app/accountState.ts';
import { useBackend } from '../../app/context.tsx';
import { useChange } from '../../app/useChange.ts';
import type { WorkspaceView } from '../../backend/types.ts';
import { T, t } from '../../i18n/text.tsx';
import { AnswerLine } from '../../parts/AnswerLine.tsx';
import { LabelsField } from '../../parts/LabelsField.tsx';
import { VerdictButton } from '../../parts/Reason.tsx';
import { Facts, Section } from '../../parts/Section.tsx';
import { useSimilarName } from '../../parts/useSimilarName.ts';
import { TextField } from '../../primitives/Field.tsx';
import { ColourForm } from './ColourForm.tsx';
import styles from './settings.module.css';

export function GeneralTab({ view }: { view: WorkspaceView }) {
  return (
    <>
      <Section title={t('settings.name')}>
        <NameForm key={view.row.name} view={view} />
      </Section>
      <Section title={t('column.labels')} help={t('labels.help')}>
        <LabelsForm key={view.row.labels.join('\n')} view={view} />
      </Section>
      {view.label.verdict !== 'hidden' && (
        <Section title={t('settings.colour')}>
          <ColourForm view={view} />
        </Section>
      )}
      <Section title={t('settings.facts')}>
        <Facts
          facts={[
            [t('field.account'), <bdi key="account">{view.row.account_name}</bdi>],
            [t('settings.kind'), t(`scheme.${view.row.scheme}`)],
          ]}
        />
      </Section>
    </>
  );
}

function NameForm({ view }: { view: WorkspaceView }) {
  const change = useChange();
  const { row } = view;
  const [name, setName] = useState(row.name);
  const similar = useSimilarName(row.account, name.trim(), row.id);
  const able = view.rename.verdict === 'allowed' || view.rename.verdict === 'unknown';
  const save = () => {
    const next = name.trim();
    if (next === '' || next === row.name) return;
    void change.run(
      { intent: 'rename_workspace', workspace: row.id, name: next },
      t('notice.rename', { name: next }),
    );
  };
  return (
    <form
      className={styles.form}
      aria-label={t('settings.name')}
      onSubmit={(event) => {
        event.preventDefault();
        if (able) save();
      }}
    >
      <div className={styles.field}>
        <TextField
          label={t('field.workspace_name')}
          readOnly={!able}
          help={row.was === null ? undefined : t('panel.was', { was: row.was })}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className={styles.row}>
        <VerdictButton verdict={view.rename} onPress={save}>
          {t('settings.rename')}
        </VerdictButton>
      </div>
      {similar !== null && name.trim() !== row.name && (
        <p className={styles.quiet}>
          <T id="name.similar" values={{ other: similar, account: row.account_name }} />
        </p>
      )}
      {change.answer !== null && <AnswerLine answer={change.answer} known={{ name }} />}
    </form>
  );
}

function LabelsForm({ view }: { view: WorkspaceView }) {
  const backend = useBackend();
  const change = useChange();
  const known = useQuery(labelsQuery(backend)).data ?? [];
  const [labels, setLabels] = useState(view.row.labels);
  const save = () =>
    void change.run(
      { intent: 'label_workspace', workspace: view.row.id, labels },
      t('notice.label_workspace', { name: view.row.name }),
    );
  return (
    <div className={styles.form}>
      <LabelsField label={t('column.labels')} labels={labels} known={known} onChange={setLabels} />
      <div className={styles.row}>
        <VerdictButton verdict={view.label} onPress={save}>
          {t('labels.save')}
        </VerdictButton>
      </div>
      {change.answer !== null && <AnswerLine answer={change.answer} />}
    </div>
  );
}
