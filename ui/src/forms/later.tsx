// Dialogs that are read when they are first opened, so that the window starts with little
// (ui.md 11). They lie beside the page, so opening one waits for no network.

import { type ComponentProps, lazy, Suspense } from 'react';

const Accept = lazy(() =>
  import('./AcceptInvitation.tsx').then((one) => ({ default: one.AcceptInvitation })),
);
const Bulk = lazy(() => import('./BulkDialog.tsx').then((one) => ({ default: one.BulkDialog })));
const End = lazy(() => import('./EndDialog.tsx').then((one) => ({ default: one.EndDialog })));
const Picker = lazy(() => import('./RolePicker.tsx').then((one) => ({ default: one.RolePicker })));
const Again = lazy(() => import('./SignInAgain.tsx').then((one) => ({ default: one.SignInAgain })));
const Out = lazy(() =>
  import('./SignOutDialog.tsx').then((one) => ({ default: one.SignOutDialog })),
);
const Create = lazy(() =>
  import('./CreateWorkspace.tsx').then((one) => ({ default: one.CreateWorkspace })),
);
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

export function EndDialog(props: ComponentProps<typeof End>) {
  return (
    <Suspense fallback={null}>
      <End {...props} />
    </Suspense>
  );
}

export function RolePicker(props: ComponentProps<typeof Picker>) {
  return (
    <Suspense fallback={null}>
      <Picker {...props} />
    </Suspense>
  );
}

export function SignInAgain(props: ComponentProps<typeof Again>) {
  return (
    <Suspense fallback={null}>
      <Again {...props} />
    </Suspense>
  );
}

export function SignOutDialog(props: ComponentProps<typeof Out>) {
  return (
    <Suspense fallback={null}>
      <Out {...props} />
    </Suspense>
  );
}

export function CreateWorkspace(props: ComponentProps<typeof Create>) {
  return (
    <Suspense fallback={null}>
      <Create {...props} />
    </Suspense>
  );
}
