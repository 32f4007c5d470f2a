// What every form that asks the core has in common: one call at a time, its failure kept,
// and the failure's sentence at the field that is wrong.

import { createElement, type ReactNode, useState } from 'react';
import { asFailure } from '../backend/failure.ts';
import type { Failure, FailureCode } from '../backend/types.ts';
import { failureText } from '../i18n/reason.ts';
import { T, type Values } from '../i18n/text.tsx';

const FIELDS: Partial<Record<FailureCode, string>> = {
  'address.bad': 'address',
  'signup.taken': 'address',
  'address.unproved': 'address',
  'address.taken': 'address',
  'password.bad': 'password',
  'server.bad': 'server',
  'server.none': 'server',
  'server.other': 'server',
  'server.version': 'server',
  'server.certificate': 'server',
  'server.insecure': 'server',
  'signin.offline': 'server',
  'invite.code': 'code',
};

export interface FormState {
  busy: boolean;
  /** A failure that belongs to no field of the form. */
  failure: Failure | null;
  /** The sentence for one field, if that is the one that is wrong. */
  error: (field: string) => ReactNode;
  run: (work: () => Promise<void>) => Promise<void>;
}

export function useForm(fields: readonly string[], known: Values = {}): FormState {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const field = failure === null ? null : (failure.field ?? FIELDS[failure.code] ?? null);
  const inField = field !== null && fields.includes(field);
  const run = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (thrown) {
      setFailure(asFailure(thrown));
    } finally {
      setBusy(false);
    }
  };
  const error = (name: string): ReactNode => {
    if (failure === null || !inField || field !== name) return undefined;
    return createElement(
      'span',
      { role: 'alert', 'data-testid': 'reason', 'data-code': failure.code },
      createElement(T, failureText(failure, known)),
    );
  };
  return { busy, failure: inField ? null : failure, error, run };
}
