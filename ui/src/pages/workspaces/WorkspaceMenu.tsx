// The actions of one workspace, under their verdicts (ui.md 5.11). What can never be done with it
// is absent; its settings say why (E-18).

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useBackend } from '../../app/context.tsx';
import { viewQuery } from '../../app/state.ts';
import type { Verdict, WorkspaceRow, WorkspaceView } from '../../backend/types.ts';
import { t } from '../../i18n/text.tsx';
import { KnownValues, useKnown } from '../../parts/Reason.tsx';
import { RefusableItem } from '../../parts/RefusableItem.tsx';
import { whyItStays } from '../../parts/stays.ts';
import { WaysAbout } from '../../parts/Ways.tsx';
import { workspaceRoles } from '../../parts/words.ts';
import { MenuAt, MenuItem } from '../../primitives/Menu.tsx';

interface MenuProps {
  row: WorkspaceRow;
  at: Element;
  onClose: () => void;
  onOpen: () => void;
  onRename: () => void;
  onLabels: () => void;
  onPin: () => void;
  onHide: () => void;
  onSettings: () => void;
  onEnd: (what: 'delete' | 'leave', view: WorkspaceView) => void;
}

export function WorkspaceMenu(props: MenuProps) {
  const backend = useBackend();
  const view = useQuery(viewQuery(backend, props.row.id)).data;
  if (view === undefined) return null;
  return (
    <KnownValues
      values={{
        workspace: view.row.name,
        account: view.row.account_name,
        own: workspaceRoles(view.row),
      }}
    >
      <WaysAbout about={{ workspace: view.row.id, account: view.row.account }}>
        <Items {...props} view={view} />
      </WaysAbout>
    </KnownValues>
  );
}

function Items(props: MenuProps & { view: WorkspaceView }) {
  const { row, view, onClose, onEnd } = props;
  const at = useMemo(() => ({ current: props.at }), [props.at]);
  const known = useKnown();
  const item = (name: string, verdict: Verdict, run: () => void) => (
    <RefusableItem name={name} verdict={verdict} known={known} onAction={run} />
  );
  return (
    <MenuAt at={at} label={t('roster.more', { name: row.name })} onClose={onClose}>
      <MenuItem name={t('workspace.open')} onAction={props.onOpen} />
      <MenuItem
        name={t(row.pinned === null ? 'workspace.pin' : 'workspace.unpin')}
        onAction={props.onPin}
      />
      {item(t('workspace.rename'), view.rename, props.onRename)}
      {item(t('workspace.labels'), view.label, props.onLabels)}
      {row.kind === 'personal' && (
        <MenuItem
          name={t(row.hidden ? 'workspace.show' : 'workspace.hide')}
          onAction={props.onHide}
        />
      )}
      <MenuItem name={t('nav.settings')} onAction={props.onSettings} />
      {whyItStays(view.leave) === null &&
        item(t('workspace.leave'), view.leave, () => onEnd('leave', view))}
      {whyItStays(view.delete) === null &&
        item(t('workspace.delete'), view.delete, () => onEnd('delete', view))}
    </MenuAt>
  );
}
