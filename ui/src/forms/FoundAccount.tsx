// An account of one's own, for whoever came by an invitation and has none, or runs an agency
// besides a personal workspace (C-15, E-20). Nobody has two personal workspaces.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { useAppState } from '../app/state.ts';
import type { Scheme } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { FailureLine } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import { Choice } from '../primitives/Choice.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import { TextField } from '../primitives/Field.tsx';
import { useForm } from './useForm.ts';

interface Props {
  onClose: () => void;
  onFounded: (workspace: string) => void;
}

export function FoundAccount({ onClose, onFounded }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const accounts = useAppState()?.me?.accounts ?? [];
  const schemes: readonly Scheme[] = accounts.some((one) => one.scheme === 'owner_led')
    ? ['managed']
    : ['managed', 'owner_led'];
  const [scheme, setScheme] = useState<Scheme | null>(schemes.length === 1 ? 'managed' : null);
  const [name, setName] = useState('');
  const [asked, setAsked] = useState(false);
  const form = useForm(['account_name', 'scheme']);
  const found = () => {
    setAsked(true);
    if (scheme === null) return;
    void form.run(async () => {
      const account_name = scheme === 'managed' ? name.trim() : null;
      const workspace = await backend.foundAccount({ scheme, account_name });
      await client.invalidateQueries({ queryKey: keys.workspaces });
      onFounded(workspace);
    });
  };
  return (
    <Dialog
      title={t('found.title')}
      onClose={onClose}
      outside={name === '' ? 'closes' : 'stays'}
      onSubmit={found}
      buttons={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" aria-busy={form.busy}>
            {t('found.action')}
          </Button>
        </>
      }
    >
      <p>{t('found.help')}</p>
      {schemes.length > 1 && (
        <Choice
          label={t('field.scheme')}
          many={false}
          items={schemes.map((one) => ({
            value: one,
            name: t(`scheme.${one}`),
            help: t(`scheme.${one}.help`),
          }))}
          chosen={scheme === null ? [] : [scheme]}
          error={asked && scheme === null ? t('scheme.choose') : form.error('scheme')}
          onChange={([one]) => setScheme(schemes.find((known) => known === one) ?? null)}
        />
      )}
      {scheme === 'managed' && (
        <TextField
          label={t('field.account_name')}
          autoComplete="organization"
          autoFocus={schemes.length === 1}
          value={name}
          error={form.error('account_name')}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      {form.failure !== null && <FailureLine failure={form.failure} />}
    </Dialog>
  );
}
