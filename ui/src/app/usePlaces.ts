// A notification was pressed: its place is opened.

import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useBackend } from './context.tsx';
import { placePath } from './places.ts';

export function usePlaces(): void {
  const backend = useBackend();
  const navigate = useNavigate();
  useEffect(() => backend.onPlace((place) => void navigate(placePath(place))), [backend, navigate]);
}
