// The pages of Manage Account, read together when the first of them is opened.

import '../../i18n/later.ts';

export { AccountPage } from './AccountPage.tsx';
export { AccountsPage } from './AccountsPage.tsx';
export { DeleteAccountPage } from './DeleteAccountPage.tsx';
export { DeleteSignInPage } from './DeleteSignInPage.tsx';
export { GroupPage } from './GroupPage.tsx';
export { LeaveAccountPage } from './LeaveAccountPage.tsx';
export { SchemePage } from './SchemePage.tsx';
