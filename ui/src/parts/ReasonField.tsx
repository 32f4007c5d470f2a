// The reason that an account may ask for when somebody acts by reach (E-36): asked only then.

import { useQuery } from '@tanstack/react-query';
import { accountQuery } from '../app/accountState.ts';
import { useBackend } from '../app/context.tsx';
import type { WorkspaceView } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { TextField } from '../primitives/Field.tsx';

/** Whether a change here needs a written reason. */
export function useReasonAsked(view: WorkspaceView): boolean {
  const backend = useBackend();
  const { account, account_admin } = view.row;
  const page = useQuery({ ...accountQuery(backend, account), enabled: account_admin });
  return account_admin && page.data?.reason_required === true;
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
