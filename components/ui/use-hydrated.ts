import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False in what the server sends, true as soon as the page's script runs here. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
