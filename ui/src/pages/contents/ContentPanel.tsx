// One record: its few fields, who made and changed it, and what waits or was refused.

import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { contentQuery } from '../../app/contentState.ts';
import { useBackend } from '../../app/context.tsx';
import { asFailure } from '../../backend/failure.ts';
import type { ContentView, PendingItem } from '../../backend/types.ts';
import { when, whole } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { PendingLines } from '../../parts/PendingLines.tsx';
import panel from '../../parts/panel.module.css';
import { FailureLine, KnownValues, VerdictButton } from '../../parts/Reason.tsx';
import { IconButton } from '../../primitives/Button.tsx';
import { bodyFacts, bodyText } from './bodies.ts';
import type { ContentTask } from './ContentTasks.tsx';
import { creatorText } from './contentColumns.tsx';
import styles from './contents.module.css';

interface Props {
  workspace: string;
  id: string;
  onClose: () => void;
  onTask: (task: ContentTask) => void;
}

export function ContentPanel({ workspace, id, onClose, onTask }: Props) {
  const backend = useBackend();
  const content = useQuery(contentQuery(backend, workspace, id));
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  const name = content.data?.row.name ?? '';
  return (
    <aside
      className={panel.panel}
      aria-label={name || t('panel.label')}
      data-testid="panel"
      data-area="panel"
      onKeyDown={press}
    >
      <div className={panel.head}>
        <h2 className={panel.title}>
          <bdi>{name}</bdi>
        </h2>
        <IconButton label={t('action.close')} icon="close" onClick={onClose} />
      </div>
      {content.isError && <FailureLine failure={asFailure(content.error)} />}
      {content.data !== undefined && !content.isError && (
        <KnownValues values={{ name }}>
          <Body view={content.data} workspace={workspace} onTask={onTask} />
        </KnownValues>
      )}
    </aside>
  );
}

interface BodyProps {
  view: ContentView;
  workspace: string;
  onTask: (task: ContentTask) => void;
}

function Body({ view, workspace, onTask }: BodyProps) {
  const { row } = view;
  const text = bodyText(view.body);
  const refused: PendingItem[] = view.refused === null ? [] : [view.refused];
  const about = { id: row.id, name: row.name };
  return (
    <div className={panel.body}>
      <PendingLines workspace={workspace} refused={refused} notSent={view.not_sent} />
      <dl className={panel.facts}>
        {bodyFacts(view.body).map(([label, value]) => (
          <Fact key={label} label={label} value={value} />
        ))}
        <Fact label={t('content.creator')} value={creatorText(row)} />
        <Fact label={t('content.created')} value={when(row.created)} title={whole(row.created)} />
        <dt>{t('content.updated')}</dt>
        <dd title={whole(row.updated)}>
          <T id="content.updated_by" values={{ date: when(row.updated), who: row.updated_by }} />
        </dd>
      </dl>
      <div className={panel.actions}>
        <VerdictButton verdict={view.change} onPress={() => onTask({ task: 'edit', ...about })}>
          {t('content.edit')}
        </VerdictButton>
        <VerdictButton verdict={view.delete} onPress={() => onTask({ task: 'delete', ...about })}>
          {t('content.delete')}
        </VerdictButton>
      </div>
      {text !== null && (
        <div>
          <h3 className={panel.sub}>{text.label}</h3>
          <p className={styles.text}>{text.text === '' ? t('content.no_text') : text.text}</p>
        </div>
      )}
      {view.body.kind === 'agent' && (
        <div>
          <h3 className={panel.sub}>{t('content.uses')}</h3>
          {view.knowledge.length === 0 ? (
            <p className={panel.quiet}>{t('content.uses_none')}</p>
          ) : (
            <ul aria-label={t('content.uses')}>
              {view.knowledge.map((one) => (
                <li key={one.id}>
                  <bdi>{one.name}</bdi>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  );
}

function Fact({ label, value, title }: { label: string; value: string; title?: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd title={title}>
        <bdi>{value}</bdi>
      </dd>
    </>
  );
}
