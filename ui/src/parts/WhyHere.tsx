// "Why do I have this?" (ui.md 4.1): where my access to a workspace comes from, each source on
// its own line (E-32), and what I may do there. Answered without opening the workspace.

import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { viewQuery } from '../app/state.ts';
import { asFailure } from '../backend/failure.ts';
import type { WorkspaceRow } from '../backend/types.ts';
import { list, permission } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import { Tile } from '../primitives/Tile.tsx';
import panel from './panel.module.css';
import { FailureLine } from './Reason.tsx';
import { sourceText } from './sources.ts';
import styles from './switcher.module.css';
import { ownNames } from './words.ts';

interface Props {
  row: WorkspaceRow;
  onBack: () => void;
}

export function WhyHere({ row, onBack }: Props) {
  const backend = useBackend();
  const view = useQuery(viewQuery(backend, row.id)).data;
  const access = useQuery({
    queryKey: keys.myAccess(row.id),
    queryFn: () => backend.myAccess(row.id),
  });
  const known = view === undefined ? {} : ownNames(view);
  const { data } = access;
  // Escape goes one step back, to the list.
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    event.preventDefault();
    onBack();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of what is in it.
    <div className={styles.why} data-testid="why-here" onKeyDown={press}>
      <h2 className={styles.whyTitle}>
        <Tile letters={row.letters} colour={row.colour} />
        <span>
          <T id="whyhere.title" values={{ name: row.name }} />
        </span>
      </h2>
      {access.isError && <FailureLine failure={asFailure(access.error)} />}
      {data !== undefined && (
        <>
          <ul className={styles.sources}>
            {data.sources.map((source) => (
              <li key={JSON.stringify(source)}>
                <T {...sourceText(source, known)} />
              </li>
            ))}
          </ul>
          {data.names.length > 0 && (
            <p className={styles.hint}>
              {t('why.take', { names: list(data.names), n: data.names.length })}
            </p>
          )}
          <h3 className={panel.sub}>{t('whyhere.can')}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keys. */}
          <ul className={styles.whyCan} tabIndex={0} aria-label={t('whyhere.can')}>
            {data.can.map((one) => (
              <li key={one.permission} className={panel.ability} data-has={one.has}>
                <span className={panel.sign} aria-hidden="true">
                  {one.has ? '\u2713' : '\u2013'}
                </span>
                <span className="visually-hidden">{t(one.has ? 'panel.yes' : 'panel.no')}</span>
                <span className={panel.what}>{permission(one.permission)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <div>
        <Button autoFocus onClick={onBack}>
          {t('whyhere.back')}
        </Button>
      </div>
    </div>
  );
}
