// What the pages about people say in the same way.

import type { PersonOverview, PersonRow } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';

/** A person's name; without one, their first address. */
export function rowName(row: Pick<PersonRow | PersonOverview, 'name' | 'addresses'>): string {
  return row.name === '' ? (row.addresses[0] ?? '') : row.name;
}

/** The highest that somebody holds. */
export function rightsText(row: PersonRow): string {
  const parts = [
    row.admin_of > 0 ? t('people.admin_of', { n: row.admin_of }) : '',
    row.owner_of > 0 ? t('people.owner_of', { n: row.owner_of }) : '',
    row.only_owner_of > 0 ? t('people.only_owner', { n: row.only_owner_of }) : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? t('people.no_owner') : parts.join(' · ');
}
