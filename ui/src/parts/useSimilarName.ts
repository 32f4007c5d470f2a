// Names that are easy to mix up with another of the account (E-56), as the core compares them.

import { useQuery } from '@tanstack/react-query';
import { useBackend } from '../app/context.tsx';
import { keys } from '../app/keys.ts';

/** The other workspace's name, if there is one; `except` is the one that is renamed. */
export function useSimilarName(
  account: string,
  name: string,
  except: string | null = null,
): string | null {
  const backend = useBackend();
  const similar = useQuery({
    queryKey: keys.similarName(account, name, except),
    queryFn: () => backend.similarName(account, name, except),
    enabled: account !== '' && name !== '',
  });
  return similar.data ?? null;
}
