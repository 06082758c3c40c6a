"use client";

import { useSyncExternalStore } from "react";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("online", onChange);
  window.addEventListener("offline", onChange);
  return () => {
    window.removeEventListener("online", onChange);
    window.removeEventListener("offline", onChange);
  };
}

/** Reading goes on; what was decided waits visibly where it was decided. */
export function OfflineBar() {
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div role="status" data-print="none">
      {online ? null : (
        <p className="border-b border-warning bg-wash px-4 py-1 text-center text-sm">
          <span aria-hidden="true" className="text-warning">
            ▲{" "}
          </span>
          No connection. What is on the screen stays; what you decide now waits as “not sent”.
        </p>
      )}
    </div>
  );
}
