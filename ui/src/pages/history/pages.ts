// The pages about the past, read together when the first of them is opened.

export { ComparePage } from './ComparePage.tsx';
export { HistoryPage } from './HistoryPage.tsx';
