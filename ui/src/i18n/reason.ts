// A rule's reason and a failure as the values of their sentences.

import type { Failure, Param, Reason } from '../backend/types.ts';
import { date, permission, roles, when } from './format.ts';
import type { Values } from './text.tsx';

function value(key: string, param: Param, known: Values): string | number {
  switch (param.type) {
    case 'text':
      return param.value;
    case 'number':
      return param.value;
    case 'roles':
      return roles(param.value, known);
    case 'permission':
      return permission(param.value);
    case 'time':
      return key === 'date' ? date(param.value) : when(param.value);
  }
}

/** The values of a reason's sentence; `known` fills in what the reason leaves out. */
export function reasonValues(reason: Reason, known: Values = {}): Values {
  const values: Values = { ...known };
  for (const [key, param] of Object.entries(reason.params)) {
    const told = value(key, param, known);
    if (told !== '') values[key] = told;
  }
  return values;
}

/** The id and values of a failure's sentence. */
export function failureText(failure: Failure, known: Values = {}): { id: string; values: Values } {
  if (failure.reason !== null) {
    return { id: failure.reason.code, values: reasonValues(failure.reason, known) };
  }
  return { id: failure.code, values: known };
}
