// Roles where an answer brings the names of a workspace's own roles along, in the order in
// which they stand among the roles.

import type { Role } from '../backend/types.ts';
import { isOwn, list, role } from '../i18n/format.ts';

/** The names of roles, own ones by the names that came with them. */
export function rolesWith(values: readonly Role[], ownNames: readonly string[]): string {
  let next = 0;
  return list(
    values.map((one) => {
      if (!isOwn(one)) return role(one);
      const name = ownNames[next];
      next += 1;
      return name ?? role(one);
    }),
  );
}
