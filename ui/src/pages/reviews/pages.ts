// The pages of access reviews, read together when the first of them is opened.

import '../../i18n/later.ts';

export { ReviewPage } from './ReviewPage.tsx';
export { ReviewsPage } from './ReviewsPage.tsx';
