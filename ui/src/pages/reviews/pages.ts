// The pages of access reviews, read together when the first of them is opened.

export { ReviewPage } from './ReviewPage.tsx';
export { ReviewsPage } from './ReviewsPage.tsx';
