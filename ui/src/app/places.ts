// Where a line of Home or a pressed notification leads.

import type { Place } from '../backend/types.ts';
import { paths } from './paths.ts';

export function placePath(place: Place) {
  switch (place.at) {
    case 'home':
    case 'inbox':
      return paths.digest();
    case 'pending':
      return paths.pending();
    case 'continuity':
      return paths.continuity();
    case 'workspaces':
      return paths.workspaces();
    case 'members':
      return paths.members(place.workspace, place.open === null ? {} : { open: place.open });
    case 'ending':
      return paths.members(place.workspace, { status: 'ending' });
    case 'invitations':
      return paths.invitations(place.workspace);
    case 'reviews':
      return paths.reviews(place.workspace);
    case 'review':
      return paths.review(place.workspace, place.review);
    case 'history':
      return paths.history(place.workspace, { from: place.from });
    case 'settings':
      return paths.settings(place.workspace);
    case 'move':
      return paths.settings(place.workspace, 'transfer');
    case 'account':
      return paths.account(place.account);
  }
}
