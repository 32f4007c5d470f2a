// What the state of the connection is called, wherever it stands: in the status line and on the
// Pending page.

import type { Connection } from '../backend/types.ts';
import { time, when } from '../i18n/format.ts';
import type { Values } from '../i18n/text.tsx';

const DAY = 86_400_000;

/** The id of the sentence. */
export function connectionLine(connection: Connection): string {
  if (connection.loading !== null && connection.state !== 'offline') return 'status.loading';
  if (connection.state === 'offline' && connection.offline_since !== null) return 'offline.line';
  return `status.${connection.state}`;
}

export function connectionValues(connection: Connection): Values {
  const { offline_since, last_contact, next_try, loading } = connection;
  const moment = (at: number) => (Date.now() - at < DAY ? time(at) : when(at));
  return {
    since: offline_since === null ? null : moment(offline_since),
    time: last_contact === null ? null : moment(last_contact),
    next: next_try === null ? null : time(next_try),
    done: loading?.done,
    total: loading?.total,
  };
}

/** Whether nothing is sent until something else than the line to the server gets better. */
export function isInTheWay(state: Connection['state']): boolean {
  switch (state) {
    case 'server_fault':
    case 'read_only':
    case 'signed_out':
    case 'upgrade_needed':
    case 'disk_full':
    case 'folder_read_only':
      return true;
    case 'connecting':
    case 'online':
    case 'offline':
      return false;
  }
}
