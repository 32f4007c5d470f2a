// The reason that an account may ask for when somebody acts by reach (E-36): asked only then.

import type { Permission, WorkspaceView } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { TextField } from '../primitives/Field.tsx';

/** Whether what needs this permission here needs a written reason too. */
export function reasonWanted(view: WorkspaceView, permission: Permission): boolean {
  return view.reasoned.includes(permission);
}

interface Props {
  value: string;
  missing: boolean;
  onChange: (value: string) => void;
}

export function ReasonField({ value, missing, onChange }: Props) {
  return (
    <TextField
      label={t('field.reason')}
      help={t('field.reason_help')}
      value={value}
      error={missing && value.trim() === '' ? t('reason.missing') : undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
