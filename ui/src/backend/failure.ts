// Telling a `Failure` of the core from everything else that can be thrown.

import { FAILURE_CODES, type Failure } from './types.ts';

/** The failure that was thrown; anything else is a defect and reads `bad_request`. */
export function asFailure(thrown: unknown): Failure {
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) {
    const code = FAILURE_CODES.find((known) => known === thrown.code);
    if (code !== undefined) return thrown as Failure;
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'bad_request', reason: null, field: null, detail };
}
