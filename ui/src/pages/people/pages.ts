// The pages about people across workspaces, read together when the first of them is opened.

import '../../i18n/later.ts';

export { ContinuityPage } from './ContinuityPage.tsx';
export { LeaverPage } from './LeaverPage.tsx';
export { PeoplePage } from './PeoplePage.tsx';
export { PersonPage } from './PersonPage.tsx';
