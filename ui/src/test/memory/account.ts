// Accounts in memory: their pages, admins, people, groups and exits.

import type { Backend } from '../../backend/backend.ts';
import type { AccountPage, AppState, GroupView, Intent, PersonPick } from '../../backend/types.ts';
import type { Memory } from '../memory.ts';
import { ALLOWED, HIDDEN, NOW } from '../world.ts';
import { type Change, DONE, failure, type More } from './core.ts';

export function accountPage(more: Partial<AccountPage> = {}): AccountPage {
  return {
    row: { id: 'a1', name: 'Larch Agency', scheme: 'managed', admin: true, workspaces: 3 },
    invitation_days: 7,
    lease_days: 7,
    review_days: 0,
    reason_required: false,
    second_admin: false,
    name_days: 0,
    second_admin_until: null,
    deletion: null,
    admins: [
      {
        login: 'l2',
        name: 'Ana Marques',
        address: 'ana@larch.example',
        letters: 'AM',
        since: NOW - 4e10,
        by: null,
        me: false,
        remove: ALLOWED,
      },
      {
        login: 'l1',
        name: 'Alex Meyer',
        address: 'alex@larch.example',
        letters: 'AM',
        since: NOW - 2e10,
        by: 'Ana Marques',
        me: true,
        remove: ALLOWED,
      },
    ],
    many_admins: false,
    personal: false,
    rename: ALLOWED,
    policy: ALLOWED,
    add_admin: ALLOWED,
    scheme_change: ALLOWED,
    withdraw: HIDDEN,
    confirm: HIDDEN,
    delete_now: ALLOWED,
    ...more,
  };
}

export const PEOPLE: readonly PersonPick[] = ['Luis Pereira', 'Mei Tan', 'Farah Haddad'].map(
  (name, index) => ({
    person: `p${index}`,
    name,
    address: `${name.split(' ')[0]?.toLowerCase()}@larch.example`,
    letters: name
      .split(' ')
      .map((word) => word[0])
      .join(''),
  }),
);

export function accountMore(): Pick<
  More,
  'accounts' | 'people' | 'groups' | 'exit' | 'scheme' | 'groupPreview'
> {
  return {
    accounts: [accountPage()],
    people: [...PEOPLE],
    groups: [],
    exit: { blockers: [], places: [], people: 0, verdict: ALLOWED },
    scheme: null,
    groupPreview: null,
  };
}

type Part = Pick<
  Backend,
  | 'accounts'
  | 'account'
  | 'accountPeople'
  | 'exit'
  | 'exportAccount'
  | 'deleteLogin'
  | 'schemePreview'
  | 'groups'
  | 'groupPreview'
>;

function page(memory: Memory, id: string): AccountPage {
  const one = memory.more.accounts.find((some) => some.row.id === id);
  if (one === undefined) throw failure('not_found');
  return one;
}

export function accountBackend(memory: Memory): Part {
  return {
    accounts: async () => memory.more.accounts.map((one) => one.row),
    account: async (id) => page(memory, id),
    accountPeople: async (_account, text) =>
      memory.more.people
        .filter((one) => `${one.name} ${one.address}`.toLowerCase().includes(text.toLowerCase()))
        .slice(0, 50),
    exit: async () => memory.more.exit,
    exportAccount: async () => '/exports/Larch Agency',
    deleteLogin: async (password) => {
      if (password === '') throw failure('signin.wrong');
      const out: AppState = { ...memory.state, phase: 'signed_out', me: null };
      memory.state = out;
      return out;
    },
    schemePreview: async () => memory.more.scheme ?? { lines: [], verdict: ALLOWED, widened: [] },
    groups: async (account) => memory.more.groups.filter((one) => one.account === account),
    groupPreview: async () =>
      memory.more.groupPreview ?? { lines: [], total: 0, widening: 0, verdict: ALLOWED },
  };
}

function changePage(memory: Memory, id: string, change: Partial<AccountPage>): typeof DONE {
  const before = page(memory, id);
  memory.more.accounts = memory.more.accounts.map((one) =>
    one === before ? { ...before, ...change } : one,
  );
  memory.emit({ accounts: true, state: true });
  return DONE;
}

const DAY = 86_400_000;

export const changeAccount: Change = (memory, intent) => {
  switch (intent.intent) {
    case 'rename_account': {
      const { row } = page(memory, intent.account);
      return changePage(memory, intent.account, { row: { ...row, name: intent.name } });
    }
    case 'set_policy': {
      const { invitation_days, lease_days, reason_required } = intent;
      return changePage(memory, intent.account, { invitation_days, lease_days, reason_required });
    }
    case 'add_admin': {
      const person = memory.more.people.find((one) => one.person === intent.person);
      const { admins } = page(memory, intent.account);
      if (person === undefined) throw failure('not_found');
      const { name, address, letters } = person;
      const next = { login: `l-${intent.person}`, name, address, letters, since: NOW };
      return changePage(memory, intent.account, {
        admins: [...admins, { ...next, by: 'Alex Meyer', me: false, remove: ALLOWED }],
      });
    }
    case 'remove_admin': {
      const { admins } = page(memory, intent.account);
      return changePage(memory, intent.account, {
        admins: admins.filter((one) => one.login !== intent.login),
      });
    }
    case 'schedule_deletion':
      return changePage(memory, intent.account, {
        deletion: { at: NOW + intent.days * DAY, by: 'Alex Meyer', waits: false },
        withdraw: ALLOWED,
      });
    case 'confirm_deletion': {
      const { deletion } = page(memory, intent.account);
      if (deletion === null) throw failure('not_found');
      return changePage(memory, intent.account, {
        deletion: { ...deletion, waits: false },
        confirm: HIDDEN,
      });
    }
    case 'withdraw_deletion':
      return changePage(memory, intent.account, { deletion: null, withdraw: HIDDEN });
    case 'set_scheme': {
      const { row } = page(memory, intent.account);
      return changePage(memory, intent.account, { row: { ...row, scheme: intent.scheme } });
    }
    case 'leave_account':
    case 'delete_account':
      memory.more.accounts = memory.more.accounts.filter((one) => one.row.id !== intent.account);
      memory.emit({ accounts: true, state: true, workspaces: true });
      return DONE;
    default:
      return changeGroup(memory, intent);
  }
};

function group(intent: Extract<Intent, { intent: 'create_group' | 'change_group' }>) {
  const { account, name, covers, roles } = intent;
  return { account, name, covers, roles, workspaces: covers.workspaces.length };
}

function changeGroup(memory: Memory, intent: Intent): { created: string | null } | null {
  const { groups } = memory.more;
  const set = (id: string, change: (one: GroupView) => GroupView) => {
    memory.more.groups = groups.map((one) => (one.id === id ? change(one) : one));
    memory.emit({ accounts: true });
    return DONE;
  };
  switch (intent.intent) {
    case 'create_group': {
      const id = `g${groups.length + 1}`;
      memory.more.groups = [...groups, { ...group(intent), id, people: [] }];
      memory.emit({ accounts: true });
      return { created: id };
    }
    case 'change_group':
      return set(intent.group, (one) => ({ ...one, ...group(intent) }));
    case 'delete_group':
      memory.more.groups = groups.filter((one) => one.id !== intent.group);
      memory.emit({ accounts: true });
      return DONE;
    case 'add_group_person': {
      const person = memory.more.people.find((one) => one.person === intent.person);
      if (person === undefined) throw failure('not_found');
      const { name, address } = person;
      return set(intent.group, (one) => ({
        ...one,
        people: [...one.people, { login: `l-${intent.person}`, name, address }],
      }));
    }
    case 'remove_group_person':
      return set(intent.group, (one) => ({
        ...one,
        people: one.people.filter((some) => some.login !== intent.login),
      }));
    default:
      return null;
  }
}
