// How things are, in memory.

import type { AppState, Diagnostics } from '../../backend/types.ts';

export function diagnostics(state: AppState): Diagnostics {
  const isOpen = state.phase === 'ready';
  return {
    version: state.version,
    system: 'linux x86_64',
    protocol: 3,
    rules: 3,
    database: 'SQLite 3.53.4',
    phase: state.phase,
    problem: state.problem?.code ?? null,
    key_store: 'open',
    server: state.server,
    connection: state.connection,
    drawing: { mode: 'accelerated', why: 'suits' },
    copy: isOpen
      ? {
          mirror_bytes: 12_400_000,
          outbox_bytes: 90_112,
          mirror_schema: 2026112301,
          outbox_schema: 2026112401,
          epoch: '4711',
          cursors: [912, 40],
          workspaces: 31,
          loaded: 30,
          members: 1204,
          events: 5120,
          chains_whole: 32,
          chains_loading: 1,
          chains_broken: 0,
          not_sent: state.counts.not_sent,
          sending: 0,
          refused: state.counts.refused,
          drafts: 2,
          oldest_unsent: null,
          lost: state.copy.lost?.count ?? 0,
          leases: state.copy.leases.map(({ days, age_days, locked }) => ({
            days,
            age_days,
            locked,
          })),
          needs_new_key: false,
        }
      : null,
    report: `Muster: ${state.version}\nconnection: ${state.connection.state}\n`,
  };
}
