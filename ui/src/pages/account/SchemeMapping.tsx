// One line of the table of a scheme change: who holds which roles, and what they get instead.

import type { Role, RolesTo, Scheme, SchemeLine } from '../../backend/types.ts';
import { roles } from '../../i18n/format.ts';
import { T, t } from '../../i18n/text.tsx';
import { SCHEME_ROLES } from '../../parts/schemes.ts';
import { Select } from '../../primitives/Field.tsx';
import styles from './account.module.css';

interface Props {
  line: SchemeLine;
  scheme: Scheme;
  name: string;
  chosen: RolesTo | null;
  onChoose: (to: RolesTo | null) => void;
}

function keyOf(to: RolesTo): string {
  return to.as === 'equal' ? 'equal' : to.roles.join(' ');
}

// Every role by itself, and the suggestion where that is several of them; a role of the
// workspace's own that gives the same only where the scheme knows such roles.
function offered(line: SchemeLine, scheme: Scheme): RolesTo[] {
  const single = SCHEME_ROLES[scheme].map((one): RolesTo => ({ as: 'built_in', roles: [one] }));
  const all: RolesTo[] = scheme === 'managed' ? [...single, { as: 'equal' }] : single;
  const { suggested } = line;
  if (suggested === null || all.some((one) => keyOf(one) === keyOf(suggested))) return all;
  return [suggested, ...all];
}

function toText(to: RolesTo): string {
  return to.as === 'equal' ? t('scheme.equal') : roles(to.roles as Role[]);
}

export function SchemeMapping({ line, scheme, name, chosen, onChoose }: Props) {
  const options = offered(line, scheme);
  const suggested = line.suggested === null ? null : keyOf(line.suggested);
  return (
    <li className={styles.mapping} data-testid="mapping">
      <span>
        <strong>{name}</strong>
        <br />
        <span className={styles.quiet}>
          <T
            id={line.workspace_name === null ? 'scheme.people' : 'scheme.people_in'}
            values={{ n: line.people, workspace: line.workspace_name }}
          />
        </span>
      </span>
      <span>
        <Select
          label={t('scheme.becomes', { role: name })}
          value={chosen === null ? '' : keyOf(chosen)}
          onChange={(event) =>
            onChoose(options.find((one) => keyOf(one) === event.target.value) ?? null)
          }
        >
          <option value="">{t('scheme.choose_role')}</option>
          {options.map((one) => (
            <option key={keyOf(one)} value={keyOf(one)}>
              {keyOf(one) === suggested
                ? t('scheme.suggested', { role: toText(one) })
                : toText(one)}
            </option>
          ))}
        </Select>
        {chosen === null && <span className={styles.missing}>{t('scheme.by_hand')}</span>}
      </span>
    </li>
  );
}
