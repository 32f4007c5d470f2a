// The pages about the past, read together when the first of them is opened.

import '../../i18n/later.ts';

export { ComparePage } from './ComparePage.tsx';
export { HistoryPage } from './HistoryPage.tsx';
export { Recent } from './Recent.tsx';
