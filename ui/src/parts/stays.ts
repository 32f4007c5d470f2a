// Why a workspace can neither be left nor deleted, whoever asks and whatever their role: where
// that is so, there is a sentence and no control (E-18).

import type { Reason, RefusalCode, Verdict } from '../backend/types.ts';

const STAYS: readonly RefusalCode[] = ['r8.delete', 'r8.leave', 'r7.workspace'];

export function whyItStays(verdict: Verdict): Reason | null {
  if (verdict.verdict !== 'refused') return null;
  return STAYS.includes(verdict.reason.code) ? verdict.reason : null;
}
