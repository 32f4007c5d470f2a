// Dialogs that are read when they are first opened, so that the window starts with little
// (ui.md 11). They lie beside the page, so opening one waits for no network.

import { type ComponentProps, lazy, Suspense } from 'react';

const Accept = lazy(() =>
  import('./AcceptInvitation.tsx').then((one) => ({ default: one.AcceptInvitation })),
);
const Bulk = lazy(() => import('./BulkDialog.tsx').then((one) => ({ default: one.BulkDialog })));
const EndDate = lazy(() =>
  import('./EndDateDialog.tsx').then((one) => ({ default: one.EndDateDialog })),
);
const Found = lazy(() =>
  import('./FoundAccount.tsx').then((one) => ({ default: one.FoundAccount })),
);
const Inbox = lazy(() => import('./InboxDialog.tsx').then((one) => ({ default: one.InboxDialog })));
const Invite = lazy(() =>
  import('./InviteDialog.tsx').then((one) => ({ default: one.InviteDialog })),
);
const Successor = lazy(() =>
  import('./SuccessorDialog.tsx').then((one) => ({ default: one.SuccessorDialog })),
);

export function AcceptInvitation(props: ComponentProps<typeof Accept>) {
  return (
    <Suspense fallback={null}>
      <Accept {...props} />
    </Suspense>
  );
}

export function BulkDialog(props: ComponentProps<typeof Bulk>) {
  return (
    <Suspense fallback={null}>
      <Bulk {...props} />
    </Suspense>
  );
}

export function FoundAccount(props: ComponentProps<typeof Found>) {
  return (
    <Suspense fallback={null}>
      <Found {...props} />
    </Suspense>
  );
}

export function EndDateDialog(props: ComponentProps<typeof EndDate>) {
  return (
    <Suspense fallback={null}>
      <EndDate {...props} />
    </Suspense>
  );
}

export function InboxDialog(props: ComponentProps<typeof Inbox>) {
  return (
    <Suspense fallback={null}>
      <Inbox {...props} />
    </Suspense>
  );
}

export function InviteDialog(props: ComponentProps<typeof Invite>) {
  return (
    <Suspense fallback={null}>
      <Invite {...props} />
    </Suspense>
  );
}

export function SuccessorDialog(props: ComponentProps<typeof Successor>) {
  return (
    <Suspense fallback={null}>
      <Successor {...props} />
    </Suspense>
  );
}
