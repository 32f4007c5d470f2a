// Invitations of the signed-in person in memory, and the proof of another address.

import type { Backend } from '../../backend/backend.ts';
import type { DeviceRow, InboxRow } from '../../backend/types.ts';
import type { Memory } from '../memory.ts';
import { NOW } from '../world.ts';
import { failure } from './core.ts';

type Part = Pick<
  Backend,
  | 'inbox'
  | 'inboxAccept'
  | 'inboxDecline'
  | 'invitationDecline'
  | 'openedLink'
  | 'addressCode'
  | 'addressConfirm'
  | 'renameLogin'
  | 'changeAddress'
  | 'dropAddress'
  | 'devices'
  | 'endDevice'
>;

/** This device, another, and one that never said its name. */
export function devices(): DeviceRow[] {
  const days = (n: number) => NOW - n * 86_400_000;
  return [
    { id: 'd1', name: 'alex-laptop, Linux', since: days(40), last_used: NOW, here: true },
    { id: 'd2', name: 'old-desktop, Linux', since: days(90), last_used: days(9), here: false },
    { id: 'd3', name: '', since: days(200), last_used: days(20), here: false },
  ];
}

/** The code that proves every address. */
export const CODE = '483920';

export function inboxRow(id: string, more: Partial<InboxRow> = {}): InboxRow {
  return {
    id,
    address: 'alex@larch.example',
    workspace_name: 'Cedar Books',
    account_name: 'Cedar',
    scheme: 'owner_led',
    roles: ['write'],
    own_names: [],
    inviter: 'Mei Tan',
    message: null,
    expires: NOW + 7 * 86_400_000,
    ...more,
  };
}

function close(memory: Memory, id: string): void {
  const { inbox } = memory.more;
  if (!inbox.some((one) => one.id === id)) throw failure('not_found');
  memory.more.inbox = inbox.filter((one) => one.id !== id);
  const { me } = memory.state;
  if (me !== null) {
    memory.state = { ...memory.state, me: { ...me, inbox: memory.more.inbox.length } };
  }
  memory.emit({ accounts: true, state: true, workspaces: true });
}

export function inboxBackend(memory: Memory): Part {
  return {
    inbox: async () => memory.more.inbox,
    renameLogin: async (name) => {
      const { me } = memory.state;
      if (me !== null) memory.state = { ...memory.state, me: { ...me, name } };
      memory.emit({ state: true });
      return memory.state;
    },
    changeAddress: async (address) => {
      const { me } = memory.state;
      if (me === null || !me.verified.includes(address)) throw failure('address.unproved');
      memory.state = { ...memory.state, me: { ...me, address } };
      memory.emit({ state: true });
      return memory.state;
    },
    devices: async () => memory.more.devices,
    endDevice: async (device) => {
      if (!memory.more.devices.some((one) => one.id === device)) throw failure('not_found');
      memory.more.devices = memory.more.devices.filter((one) => one.id !== device);
      return memory.more.devices;
    },
    dropAddress: async (address) => {
      const { me } = memory.state;
      if (me === null || me.address === address) throw failure('address.in_use');
      const verified = me.verified.filter((one) => one !== address);
      memory.state = { ...memory.state, me: { ...me, verified } };
      memory.emit({ state: true });
      return memory.state;
    },
    inboxAccept: async (id) => {
      close(memory, id);
      return 'w2';
    },
    inboxDecline: async (id) => {
      close(memory, id);
      return null;
    },
    invitationDecline: async () => null,
    openedLink: async () => {
      const { link } = memory.more;
      memory.more.link = null;
      return link;
    },
    addressCode: async () => {
      if (memory.state.me?.mail === false) throw failure('mail.none');
      return null;
    },
    addressConfirm: async (address, code) => {
      const { me } = memory.state;
      if (me === null || code !== CODE) throw failure('address.code');
      memory.state = { ...memory.state, me: { ...me, verified: [...me.verified, address] } };
      return memory.state;
    },
  };
}
