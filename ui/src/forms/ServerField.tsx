// The server's address, asked once and then remembered.

import type { ReactNode } from 'react';
import { t } from '../i18n/text.tsx';
import { TextField } from '../primitives/Field.tsx';

export interface ServerProps {
  server: string;
  onServer: (server: string) => void;
}

export function ServerField(props: ServerProps & { error: ReactNode }) {
  return (
    <TextField
      label={t('field.server')}
      help={t('field.server_help')}
      inputMode="url"
      value={props.server}
      error={props.error}
      onChange={(event) => props.onServer(event.target.value)}
    />
  );
}
