// Accepting an invitation while signed in: look, then join.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';
import { useNotify } from '../app/notices.tsx';
import { useAppState } from '../app/state.ts';
import type { InvitationLook } from '../backend/types.ts';
import { t } from '../i18n/text.tsx';
import { AddressProof } from '../parts/AddressProof.tsx';
import { FailureLine } from '../parts/Reason.tsx';
import { Button } from '../primitives/Button.tsx';
import { Dialog } from '../primitives/Dialog.tsx';
import { TextField } from '../primitives/Field.tsx';
import { LookText } from './InvitationForm.tsx';
import { useForm } from './useForm.ts';

interface Props {
  /** The link to begin with. */
  link?: string;
  onClose: () => void;
  onAccepted: (workspace: string) => void;
}

export function AcceptInvitation({ link = '', onClose, onAccepted }: Props) {
  const backend = useBackend();
  const client = useQueryClient();
  const state = useAppState();
  const [code, setCode] = useState(link);
  const [look, setLook] = useState<InvitationLook | null>(null);
  const known = {
    server: state?.server ?? '',
    address: look?.address ?? state?.me?.address,
    inviter: look?.inviter_name,
  };
  const form = useForm(['code'], known);
  const notify = useNotify();
  const decline = () =>
    form.run(async () => {
      await backend.invitationDecline(code.trim());
      notify({ text: t('notice.declined', { workspace: look?.workspace_name }) });
      onClose();
    });
  const wrong = form.failure?.reason?.code === 'invite.wrong_person';
  const step = () =>
    form.run(async () => {
      if (look === null) {
        setLook(await backend.invitationLook(null, code.trim()));
        return;
      }
      const workspace = await backend.invitationAccept(code.trim());
      await client.invalidateQueries({ queryKey: keys.workspaces });
      onAccepted(workspace);
    });
  return (
    <Dialog
      title={t('invitation.have')}
      onClose={onClose}
      outside="stays"
      onSubmit={() => void step()}
      buttons={
        <>
          {look !== null && (
            <Button look="quiet" onClick={() => void decline()}>
              {t('inbox.decline')}
            </Button>
          )}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="main" type="submit" aria-busy={form.busy}>
            {look === null
              ? t('invitation.look_action')
              : t('invitation.join', { workspace: look.workspace_name })}
          </Button>
        </>
      }
    >
      {look === null ? (
        <TextField
          label={t('field.code')}
          help={t('field.code_help')}
          autoFocus
          value={code}
          error={form.error('code')}
          onChange={(event) => setCode(event.target.value)}
        />
      ) : (
        <LookText look={look} />
      )}
      {form.failure !== null && (
        <FailureLine
          failure={form.failure}
          known={known}
          ways={wrong ? <CopyRequest look={look} mine={state?.me?.address ?? ''} /> : undefined}
        />
      )}
      {wrong && look !== null && <AddressProof address={look.address} />}
    </Dialog>
  );
}

// The words to ask the inviter with; nothing is sent by itself.
function CopyRequest({ look, mine }: { look: InvitationLook | null; mine: string }) {
  const notify = useNotify();
  if (look === null) return null;
  const text = t('invitation.request', { workspace: look.workspace_name, address: mine });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      notify({ text: t('plan.copied.yes') });
    } catch {
      notify({ text: t('plan.copied.refused') });
    }
  };
  return (
    <Button look="link" onClick={() => void copy()}>
      {t('invitation.copy_request')}
    </Button>
  );
}
