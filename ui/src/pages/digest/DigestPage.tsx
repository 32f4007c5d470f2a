// Home: what needs me, what comes up within two weeks, and what others changed since I was last
// here. Read from the copy when it is opened, so it works without a connection; each line leads
// to its place.

import '../../i18n/later.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useActive } from '../../app/active.tsx';
import { useBackend } from '../../app/context.tsx';
import { paths } from '../../app/paths.ts';
import { placePath } from '../../app/places.ts';
import { digestQuery } from '../../app/state.ts';
import { asFailure } from '../../backend/failure.ts';
import type { DigestLine, Done } from '../../backend/types.ts';
import { InboxDialog } from '../../forms/later.tsx';
import { moment, when, whole } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { FailureLine } from '../../parts/Reason.tsx';
import { Lines, ListLine, Section } from '../../parts/Section.tsx';
import { Button } from '../../primitives/Button.tsx';
import { PageHead } from '../PageHead.tsx';
import page from '../page.module.css';

export function DigestPage() {
  const backend = useBackend();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { set } = useActive();
  const { data, error } = useQuery(digestQuery(backend));
  const [inbox, setInbox] = useState(false);
  const off = async (done: Done) => {
    await backend.forgetReminder(done);
    await client.invalidateQueries({ queryKey: digestQuery(backend).queryKey });
  };
  const shared = { onInbox: () => setInbox(true), onDone: (done: Done) => void off(done) };
  const total = data === undefined ? 0 : data.needs.length;
  return (
    <div className={page.body}>
      <PageHead
        title={t('nav.home')}
        summary={data !== undefined && t('home.summary', { n: total })}
      />
      {error !== null && (
        <div className={page.failure}>
          <FailureLine failure={asFailure(error)} />
        </div>
      )}
      {data !== undefined && (
        <div className={page.scroll}>
          <Part
            title={t('home.needs')}
            lines={data.needs}
            none={t('home.needs_none')}
            {...shared}
          />
          <Part title={t('home.soon')} lines={data.soon} none={t('home.soon_none')} {...shared} />
          <Part
            title={
              data.since === null
                ? t('home.news')
                : t('home.news_since', { time: when(data.since) })
            }
            lines={data.news}
            none={t(data.since === null ? 'home.news_first' : 'home.news_none')}
            {...shared}
          />
        </div>
      )}
      {inbox && (
        <InboxDialog
          onClose={() => setInbox(false)}
          onAccepted={(workspace) => {
            setInbox(false);
            set(workspace);
            void navigate(paths.members(workspace));
          }}
        />
      )}
    </div>
  );
}

interface PartProps {
  title: string;
  lines: readonly DigestLine[];
  none: string;
  onInbox: () => void;
  onDone: (done: Done) => void;
}

function Part({ title, lines, none, onInbox, onDone }: PartProps) {
  return (
    <Section title={title}>
      {lines.length === 0 && <p>{none}</p>}
      <Lines label={title}>
        {lines.map((line) => (
          <DigestItem
            key={`${JSON.stringify(line.place)} ${line.what.line} ${JSON.stringify(line.done)}`}
            line={line}
            onInbox={onInbox}
            onDone={onDone}
          />
        ))}
      </Lines>
    </Section>
  );
}

function valuesOf({ what, name, at }: DigestLine): Record<string, string | number | null> {
  const values: Record<string, string | number | null> = {
    workspace: name,
    date: at === null ? null : moment(at),
  };
  for (const [key, value] of Object.entries(what)) {
    if (typeof value === 'string' || typeof value === 'number') values[key] = value;
    if (value === true) values[key] = 'yes';
  }
  return values;
}

function DigestItem(props: {
  line: DigestLine;
  onInbox: () => void;
  onDone: (done: Done) => void;
}) {
  const { line, onInbox, onDone } = props;
  const { done, place } = line;
  const said =
    line.what.line === 'asked' ? (
      <T id={`home.asked.${place.at}`} values={valuesOf(line)} />
    ) : (
      <T id={`home.what.${line.what.line}`} values={valuesOf(line)} />
    );
  return (
    <ListLine
      name={
        place.at === 'inbox' ? (
          <Button look="link" onClick={onInbox}>
            {said}
          </Button>
        ) : (
          <Link {...placePath(place)}>{said}</Link>
        )
      }
      note={line.at === null ? undefined : <span title={whole(line.at)}>{moment(line.at)}</span>}
    >
      {done !== null ? (
        <Button onClick={() => onDone(done)}>
          {t(done.off === 'received' ? 'home.keep' : 'home.done')}
        </Button>
      ) : undefined}
    </ListLine>
  );
}
