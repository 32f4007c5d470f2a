// What only the server can do, said by the connection alone.

import type { Verdict } from '../../backend/types.ts';

export const ALLOWED: Verdict = { verdict: 'allowed' };
export const OFFLINE: Verdict = { verdict: 'needs_connection', sentence: 'offline.online_only' };
