// The fields of each kind that people write. An agent's knowledge is chosen from the same
// workspace and from nowhere else (U-47 to U-49).

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../../app/context.tsx';
import { keys } from '../../app/keys.ts';
import { type Backend, PAGE } from '../../backend/backend.ts';
import { asFailure } from '../../backend/failure.ts';
import type { Activity, ContentBody, ContentName } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Checkbox } from '../../primitives/Choice.tsx';
import { Select, TextArea, TextField } from '../../primitives/Field.tsx';
import { SOURCES } from './bodies.ts';
import styles from './contents.module.css';

interface Props {
  workspace: string;
  body: ContentBody;
  onChange: (body: ContentBody) => void;
}

const encoder = new TextEncoder();

export function ContentFields({ workspace, body, onChange }: Props) {
  switch (body.kind) {
    case 'agent':
      return (
        <>
          <TextArea
            label={t('content.instructions')}
            value={body.instructions}
            onChange={(event) => onChange({ ...body, instructions: event.target.value })}
          />
          <On state={body.state} onChange={(state) => onChange({ ...body, state })} />
          <KnowledgeChoice
            workspace={workspace}
            chosen={body.knowledge}
            onChange={(knowledge) => onChange({ ...body, knowledge })}
          />
        </>
      );
    case 'prompt':
      return (
        <TextArea
          label={t('content.text')}
          value={body.text}
          onChange={(event) => onChange({ ...body, text: event.target.value })}
        />
      );
    case 'knowledge':
      return (
        <>
          <Select
            label={t('content.source')}
            value={body.source}
            onChange={(event) => {
              const source = SOURCES.find((one) => one === event.target.value);
              if (source !== undefined) onChange({ ...body, source });
            }}
          >
            {SOURCES.map((one) => (
              <option key={one} value={one}>
                {t(`content.state.${one}`)}
              </option>
            ))}
          </Select>
          <TextArea
            label={t('content.text')}
            value={body.text}
            onChange={(event) => {
              const text = event.target.value;
              onChange({ ...body, text, size: encoder.encode(text).length });
            }}
          />
        </>
      );
    case 'integration':
      return (
        <>
          <TextField
            label={t('content.service')}
            value={body.service}
            onChange={(event) => onChange({ ...body, service: event.target.value })}
          />
          <On state={body.state} onChange={(state) => onChange({ ...body, state })} />
        </>
      );
    case 'channel':
      return (
        <>
          <TextField
            label={t('content.medium')}
            value={body.medium}
            onChange={(event) => onChange({ ...body, medium: event.target.value })}
          />
          <On state={body.state} onChange={(state) => onChange({ ...body, state })} />
        </>
      );
    case 'conversation':
    case 'lead':
      return null;
  }
}

function On({ state, onChange }: { state: Activity; onChange: (state: Activity) => void }) {
  return (
    <Checkbox checked={state === 'on'} onChange={(on) => onChange(on ? 'on' : 'off')}>
      {t('content.is_on')}
    </Checkbox>
  );
}

// An agent may use 500 pieces of knowledge; a list longer than this is narrowed by its field.
const MOST = 500;
const SHOWN = 100;

async function everyKnowledge(backend: Backend, workspace: string): Promise<ContentName[]> {
  const rows: ContentName[] = [];
  for (;;) {
    const page = await backend.contents({
      workspace,
      kind: 'knowledge',
      text: '',
      sort: 'name',
      descending: false,
      offset: rows.length,
      limit: PAGE,
    });
    rows.push(...page.rows.map(({ id, name }) => ({ id, name })));
    if (page.rows.length === 0 || rows.length >= Math.min(page.matched, 4 * MOST)) return rows;
  }
}

interface ChoiceProps {
  workspace: string;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

function KnowledgeChoice({ workspace, chosen, onChange }: ChoiceProps) {
  const backend = useBackend();
  const [text, setText] = useState('');
  const all = useQuery({
    queryKey: keys.knowledgeOf(workspace),
    queryFn: () => everyKnowledge(backend, workspace),
  });
  const wanted = text.trim().toLocaleLowerCase();
  const rows = (all.data ?? []).filter((one) => one.name.toLocaleLowerCase().includes(wanted));
  const label = t('content.uses_choose', { n: chosen.length });
  return (
    <div>
      {(all.data?.length ?? 0) > 10 ? (
        <TextField label={label} value={text} onChange={(event) => setText(event.target.value)} />
      ) : (
        <p className={styles.quiet}>{label}</p>
      )}
      {all.isError && <FailureLine failure={asFailure(all.error)} />}
      {all.data?.length === 0 && <p className={styles.quiet}>{t('content.empty.knowledge')}</p>}
      <div role="group" aria-label={label} className={styles.ticks}>
        {rows.slice(0, SHOWN).map((one) => (
          <Checkbox
            key={one.id}
            checked={chosen.includes(one.id)}
            onChange={(on) =>
              onChange(on ? [...chosen, one.id] : chosen.filter((other) => other !== one.id))
            }
          >
            <bdi>{one.name}</bdi>
          </Checkbox>
        ))}
      </div>
      {rows.length > SHOWN && (
        <p className={styles.quiet}>{t('groups.more', { n: rows.length - SHOWN })}</p>
      )}
    </div>
  );
}
