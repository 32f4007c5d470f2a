// Which role names a filter offers. The roles themselves, and what they may, come from the
// core; this is only the order in which the words stand in a list.

import type { BuiltInRole, Scheme } from '../backend/types.ts';

export const SCHEME_ROLES: Record<Scheme, readonly BuiltInRole[]> = {
  owner_led: ['owner', 'admin', 'write', 'read'],
  managed: ['workspace_admin', 'agent_manager', 'content_manager', 'billing_admin', 'chat_user'],
};
