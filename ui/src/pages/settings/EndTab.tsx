// Leaving or deleting the open workspace, each with what ends and what stays. What can never be
// done here is absent, with the sentence that says why (E-18); a personal one can be hidden (E-19).

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { asFailure } from '../../backend/failure.ts';
import type { Failure, Verdict, WorkspaceView } from '../../backend/types.ts';
import { EndWorkspace } from '../../forms/EndWorkspace.tsx';
import { date } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import {
  FailureLine,
  ReasonLine,
  reasonSentence,
  useKnown,
  VerdictButton,
} from '../../parts/Reason.tsx';
import { whyItStays } from '../../parts/stays.ts';
import { Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import styles from './settings.module.css';

const DAY = 86_400_000;

export function EndTab({ view }: { view: WorkspaceView }) {
  const [ending, setEnding] = useState<'delete' | 'leave' | null>(null);
  const { row } = view;
  const known = useKnown();
  const values = {
    workspace: row.name,
    n: row.people ?? 0,
    date: date(Date.now() + 30 * DAY),
  };
  // What can never be is no button but a sentence (E-18).
  const part = (what: 'delete' | 'leave', verdict: Verdict) => {
    const stays = whyItStays(verdict);
    return stays !== null ? (
      <ReasonLine sentence={reasonSentence(stays, known)} tone="quiet" />
    ) : (
      <>
        <p>
          <T id={`workspace.${what}_effect`} values={values} />
        </p>
        <div className={styles.row}>
          <VerdictButton verdict={verdict} onPress={() => setEnding(what)}>
            {t(`workspace.${what}`)}
          </VerdictButton>
        </div>
      </>
    );
  };
  return (
    <>
      {row.kind === 'personal' && <HideSection view={view} />}
      {view.leave.verdict !== 'hidden' && (
        <Section title={t('settings.leave')}>{part('leave', view.leave)}</Section>
      )}
      {view.delete.verdict !== 'hidden' && (
        <Section title={t('settings.delete')}>{part('delete', view.delete)}</Section>
      )}
      {ending !== null && (
        <EndWorkspace
          what={ending}
          view={view}
          onClose={() => setEnding(null)}
          onDone={() => setEnding(null)}
        />
      )}
    </>
  );
}

function HideSection({ view }: { view: WorkspaceView }) {
  const backend = useBackend();
  const client = useQueryClient();
  const [failure, setFailure] = useState<Failure | null>(null);
  const { row } = view;
  const press = async () => {
    setFailure(null);
    try {
      await backend.setHidden(row.id, !row.hidden);
    } catch (thrown) {
      setFailure(asFailure(thrown));
    }
    void client.invalidateQueries({ queryKey: keys.workspaces });
    void client.invalidateQueries({ queryKey: keys.view(row.id) });
  };
  return (
    <Section title={t('settings.hide')} help={t('settings.hide_help')}>
      <div>
        <Button onClick={() => void press()}>
          {t(row.hidden ? 'workspace.show' : 'workspace.hide')}
        </Button>
      </div>
      {failure !== null && <FailureLine failure={failure} />}
    </Section>
  );
}
