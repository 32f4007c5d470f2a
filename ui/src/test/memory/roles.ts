// Roles in memory: the page of a workspace, who holds a role, and why somebody can.

import type { Backend } from '../../backend/backend.ts';
import {
  type Intent,
  type OwnRoleView,
  PERMISSIONS,
  type Permission,
  type Proof,
  type Role,
  type RoleColumn,
  type RolesPage,
  type Scheme,
} from '../../backend/types.ts';
import { SCHEME_ROLES } from '../../parts/schemes.ts';
import type { Memory } from '../memory.ts';
import { ALLOWED, HIDDEN, NOW, permissionsOf } from '../world.ts';
import { type Change, DONE, failure, workspace } from './core.ts';

type Part = Pick<Backend, 'rolesPage' | 'roleHolders' | 'why' | 'myAccess'>;

export function rolesBackend(memory: Memory): Part {
  return {
    rolesPage: async (at) => rolesPage(memory, at),
    roleHolders: async (at, role) =>
      workspace(memory, at).members.filter((row) => row.roles.includes(role)),
    why: async (at, member, permission) => memory.more.proof ?? why(memory, at, member, permission),
    myAccess: async (at) => {
      const { row, permissions } = workspace(memory, at).view;
      return {
        sources: row.my_roles.map((role) => ({
          source: 'role',
          role: [role],
          given_by: 'Adaeze Okafor',
          given_at: NOW,
          group: null,
          until: row.ends,
          gives: true,
        })),
        can: PERMISSIONS.map((permission) => {
          const has = permissions.includes(permission);
          return { permission, has, by_roles: has ? row.my_roles : [], by_account: false };
        }),
        names: ['Adaeze Okafor'],
      };
    },
  };
}

function rolesPage(memory: Memory, at: string): RolesPage {
  const { view, members } = workspace(memory, at);
  const column = (key: Role, own: OwnRoleView | null): RoleColumn => ({
    key,
    id: own?.id ?? null,
    name: own?.name ?? null,
    permissions: own === null ? [...permissionsOf(key)] : own.permissions,
    people: members.filter((row) => row.roles.includes(key) && row.state === 'active').length,
    give: memory.giving[key] ?? ALLOWED,
    givers: ['Adaeze Okafor'],
    change: own === null ? HIDDEN : ALLOWED,
    delete: own === null ? HIDDEN : ALLOWED,
  });
  const of = (scheme: Scheme) => SCHEME_ROLES[scheme].map((key) => column(key, null));
  const { scheme } = view.row;
  return {
    scheme,
    columns: [...of(scheme), ...view.own_roles.map((own) => column(own.key, own))],
    other: of(scheme === 'managed' ? 'owner_led' : 'managed').map((one) => ({
      ...one,
      people: null,
    })),
    define: view.permissions.includes('role.define') ? ALLOWED : HIDDEN,
    choices: PERMISSIONS.map((permission) => ({ permission, verdict: ALLOWED })),
    ...memory.more.roles,
  };
}

function why(memory: Memory, at: string, member: string, permission: Permission): Proof {
  const { members, view } = workspace(memory, at);
  const row = members.find((one) => one.id === member);
  if (row === undefined) throw failure('not_found');
  const has = row.roles.some((role) => permissionsOf(role, view).includes(permission));
  return {
    permission,
    has,
    sources: row.roles.map((role) => ({
      source: 'role',
      role: [role],
      given_by: 'Ana Marques',
      given_at: NOW - 40 * 86_400_000,
      group: row.grouped ? 'Pod 1' : null,
      until: row.until?.at ?? null,
      gives: permissionsOf(role, view).includes(permission),
    })),
    roles: has
      ? []
      : SCHEME_ROLES[view.row.scheme].filter((role) => permissionsOf(role).includes(permission)),
    names: ['Ana Marques'],
    suspended: row.state === 'suspended',
  };
}

export const changeRoles: Change = (memory, intent) => {
  switch (intent.intent) {
    case 'define_role': {
      const { view } = workspace(memory, intent.workspace);
      const n = view.own_roles.length + 1;
      const { name, permissions } = intent;
      const id = `r${n}`;
      return setRoles(
        memory,
        intent,
        [...view.own_roles, { id, key: `own:${n}`, name, permissions }],
        id,
      );
    }
    case 'change_role': {
      const { view } = workspace(memory, intent.workspace);
      const { name, permissions } = intent;
      return setRoles(
        memory,
        intent,
        view.own_roles.map((one) => (one.id === intent.role ? { ...one, name, permissions } : one)),
      );
    }
    case 'delete_role': {
      const at = workspace(memory, intent.workspace);
      const key = at.view.own_roles.find((one) => one.id === intent.role)?.key;
      at.members = at.members.map((row) => {
        if (key === undefined || !row.roles.includes(key)) return row;
        const own = intent.holders.find((one) => one.membership === row.id)?.roles;
        const kept = row.roles.filter((role) => role !== key);
        return { ...row, roles: own ?? [...new Set([...kept, ...intent.others])] };
      });
      return setRoles(
        memory,
        intent,
        at.view.own_roles.filter((one) => one.id !== intent.role),
      );
    }
    default:
      return null;
  }
};

function setRoles(
  memory: Memory,
  intent: Extract<Intent, { workspace: string }>,
  own_roles: OwnRoleView[],
  created: string | null = null,
): { created: string | null } {
  const at = workspace(memory, intent.workspace);
  at.view = { ...at.view, own_roles };
  memory.emit({ rosters: [intent.workspace] });
  return created === null ? DONE : { created };
}
