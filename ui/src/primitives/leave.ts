// What closes the dialog that something stands in, before it leads elsewhere.

import { createContext, useContext } from 'react';

export const LeaveContext = createContext<() => void>(() => {});

/** Closes the dialog around; does nothing outside of one. */
export function useLeave(): () => void {
  return useContext(LeaveContext);
}
