// The pages about plans and access as text, read together when the first of them is opened.

import '../../i18n/later.ts';

export { AccessPage } from './AccessPage.tsx';
export { RevertPage } from './RevertPage.tsx';
export { SavedPlanPage } from './SavedPlanPage.tsx';
export { SavedPlansPage } from './SavedPlansPage.tsx';
