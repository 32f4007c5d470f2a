// A source of rights in words: a role with who gave it and when, or being Account Admin (E-32).

import type { ProofSource } from '../backend/types.ts';
import { date, role } from '../i18n/format.ts';
import type { Values } from '../i18n/text.tsx';

/** The sentence of a source; own roles go by the names in `known`. */
export function sourceText(source: ProofSource, known: Values): { id: string; values: Values } {
  if (source.source === 'account_admin') {
    const { account_name, since, by } = source;
    return { id: 'why.admin', values: { account: account_name, date: date(since), who: by } };
  }
  return {
    id: source.gives ? 'why.role' : 'why.role_lacks',
    values: {
      role: source.role.map((one) => role(one, known)).join(', '),
      who: source.given_by,
      date: source.given_at === null ? null : date(source.given_at),
      group: source.group,
      from_group: source.group === null ? null : 'yes',
      until: source.until === null ? null : date(source.until),
    },
  };
}
