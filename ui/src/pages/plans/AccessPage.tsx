// Who has access to a workspace, as text: read, kept as a file, edited and applied as a plan.
// A text with anything that cannot be read makes no plan, and nothing of it is lost.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useActiveView, useIsMissing } from '../../app/active.tsx';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { ROUTES } from '../../app/paths.ts';
import { accessTextQuery } from '../../app/planState.ts';
import { asFailure } from '../../backend/failure.ts';
import type { AccessAnswer, Failure, WorkspaceView } from '../../backend/types.ts';
import { T, t } from '../../i18n/text.tsx';
import { FailureLine, KnownValues } from '../../parts/Reason.tsx';
import { Section } from '../../parts/Section.tsx';
import { ownNames } from '../../parts/words.ts';
import { Button } from '../../primitives/Button.tsx';
import { TextArea } from '../../primitives/Field.tsx';
import { CopyText } from '../history/CopyText.tsx';
import { NotAvailable } from '../NotAvailable.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';
import { PlanDesk } from './PlanDesk.tsx';
import styles from './plans.module.css';

const route = getRouteApi(ROUTES.access);

export function AccessPage() {
  const { workspace } = route.useParams();
  const view = useActiveView();
  const missing = useIsMissing();
  if (missing) return <NotAvailable />;
  if (view === undefined || view.row.id !== workspace) return null;
  if (!view.permissions.includes('export.run')) return <NotAvailable />;
  return (
    <KnownValues values={ownNames(view)}>
      <Access key={workspace} view={view} />
    </KnownValues>
  );
}

function Access({ view }: { view: WorkspaceView }) {
  const backend = useBackend();
  const client = useQueryClient();
  const id = view.row.id;
  const { data, error } = useQuery(accessTextQuery(backend, id));
  const [typed, setTyped] = useState<string | null>(null);
  const [answer, setAnswer] = useState<{ of: string; is: AccessAnswer } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [folder, setFolder] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const text = typed ?? data?.text ?? '';
  const attempt = async (work: () => Promise<void>) => {
    setFailure(null);
    try {
      await work();
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
  };
  const check = () =>
    attempt(async () => setAnswer({ of: text, is: await backend.accessPlan(id, text) }));
  const write = () => attempt(async () => setFolder(await backend.exportAccess(id)));
  const take = (files: FileList | null) =>
    attempt(async () => {
      const chosen = files?.[0];
      if (chosen === undefined) return;
      setAnswer(null);
      setTyped(await chosen.text());
    });
  const fresh = () => {
    setTyped(null);
    setAnswer(null);
    void client.invalidateQueries({ queryKey: keys.accessText(id) });
  };
  return (
    <div className={page.body}>
      <PageHead title={t('access.title')} summary={view.row.name}>
        <CopyText text={() => text} />
        <Button onClick={() => void write()}>{t('access.write')}</Button>
        <Button onClick={() => file.current?.click()}>{t('access.read')}</Button>
        <input
          ref={file}
          type="file"
          accept=".txt,text/plain"
          hidden
          aria-label={t('access.read')}
          onChange={(event) => {
            void take(event.target.files);
            event.target.value = '';
          }}
        />
      </PageHead>
      <p className={page.line}>{t('access.help')}</p>
      {data?.complete === false && <p className={page.line}>{t('access.incomplete')}</p>}
      {folder !== null && (
        <p className={page.line} role="status">
          <span>
            <T id="access.written" values={{ folder }} />
          </span>
        </p>
      )}
      {[failure, error === null ? null : asFailure(error)].map(
        (one) =>
          one !== null && (
            <div key={one.code} className={page.failure}>
              <FailureLine failure={one} />
            </div>
          ),
      )}
      <div className={page.scroll}>
        {data?.text === null && typed === null && <p>{t('access.long', { n: data.people })}</p>}
        <div className={styles.text}>
          <TextArea
            label={t('access.text')}
            rows={16}
            wrap="off"
            value={text}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <div className={styles.actions}>
          <Button look="main" onClick={() => void check()}>
            {t('access.check')}
          </Button>
          {typed !== null && <Button onClick={fresh}>{t('access.fresh')}</Button>}
        </div>
        {answer !== null && answer.of === text && (
          <Answered key={answer.of} answer={answer.is} name={view.row.name} />
        )}
      </div>
    </div>
  );
}

function Answered({ answer, name }: { answer: AccessAnswer; name: string }) {
  const { errors, other, plan } = answer;
  return (
    <>
      {other !== null && (
        <p className={styles.warn} role="status" data-testid="other">
          <T id="access.other" values={{ other, workspace: name }} />
        </p>
      )}
      {errors.length > 0 && (
        <Section title={t('access.errors', { n: errors.length })} help={t('access.errors_help')}>
          <ul className={styles.faults} data-testid="faults">
            {errors.map((one) => (
              <li key={`${one.line} ${one.what} ${one.found}`}>
                <span className={styles.lineNumber}>{t('access.line', { n: one.line })}</span>
                <span>
                  <T id={`access.fault.${one.what}`} values={{ found: one.found }} />
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {plan !== null && (
        <PlanDesk
          made={plan}
          source="text"
          name={t('access.name', { workspace: name })}
          nothing={t('access.nothing')}
        />
      )}
    </>
  );
}
