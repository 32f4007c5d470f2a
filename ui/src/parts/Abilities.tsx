// What a person can do here, and for every yes and no the proof: where it comes from, who gave
// it and what would change it (ui.md 5.3). Two sources are two lines (E-32).

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { asFailure } from '../backend/failure.ts';
import type { Ability, Proof } from '../backend/types.ts';
import { list, permission, roles } from '../i18n/format.ts';
import { T, t } from '../i18n/text.tsx';
import { Button } from '../primitives/Button.tsx';
import styles from './panel.module.css';
import { FailureLine, useKnown } from './Reason.tsx';
import { sourceText } from './sources.ts';

interface Props {
  workspace: string;
  member: string;
  name: string;
  can: readonly Ability[];
}

export function Abilities({ workspace, member, name, can }: Props) {
  return (
    <section className={styles.abilities} data-part="why">
      <h3 className={styles.sub}>
        <T id="panel.can" values={{ name }} />
      </h3>
      <ul>
        {can.map((one) => (
          <Line key={one.permission} one={one} workspace={workspace} member={member} />
        ))}
      </ul>
    </section>
  );
}

function Line({ one, workspace, member }: { one: Ability; workspace: string; member: string }) {
  const names = useKnown();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <li className={styles.abilityItem}>
      <div className={styles.ability} data-has={one.has}>
        <span className={styles.sign} aria-hidden="true">
          {one.has ? '\u2713' : '\u2013'}
        </span>
        <span className="visually-hidden">{t(one.has ? 'panel.yes' : 'panel.no')}</span>
        <span className={styles.what}>{permission(one.permission)}</span>
        <span className={styles.by}>
          {one.by_roles.length > 0 && <span>{roles(one.by_roles, names)}</span>}
          {one.by_account && <span>{t('role.account_admin')}</span>}
        </span>
        <Button
          look="link"
          aria-expanded={open}
          aria-controls={id}
          aria-label={t('why.label', { permission: permission(one.permission) })}
          onClick={() => setOpen(!open)}
        >
          {t('why.action')}
        </Button>
      </div>
      <div id={id} hidden={!open}>
        {open && <Why workspace={workspace} member={member} one={one} />}
      </div>
    </li>
  );
}

function Why({ workspace, member, one }: { workspace: string; member: string; one: Ability }) {
  const backend = useBackend();
  const proof = useQuery({
    queryKey: keys.why(workspace, member, one.permission),
    queryFn: () => backend.why(workspace, member, one.permission),
  });
  if (proof.isError) return <FailureLine failure={asFailure(proof.error)} />;
  return proof.data === undefined ? null : <ProofText proof={proof.data} />;
}

function ProofText({ proof }: { proof: Proof }) {
  const known = useKnown();
  const choices = roles(proof.roles, known);
  return (
    <div className={styles.proof} data-testid="proof" data-permission={proof.permission}>
      {proof.suspended && (
        <p>
          <T id="why.suspended" values={known} />
        </p>
      )}
      <ul>
        {proof.sources.map((source) => (
          <li key={JSON.stringify(source)}>
            <T {...sourceText(source, known)} />
          </li>
        ))}
      </ul>
      {!proof.has && proof.roles.length > 0 && (
        <p>
          <T id="why.needs" values={{ roles: choices }} />
        </p>
      )}
      {proof.names.length > 0 && (
        <p>
          <T
            id={proof.has ? 'why.take' : 'why.give'}
            values={{ names: list(proof.names), n: proof.names.length }}
          />
        </p>
      )}
    </div>
  );
}
