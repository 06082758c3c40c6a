/** What happens to each of the files that were dropped. Pure; use-uploads.ts drives it. */

export type Upload = {
  id: number;
  path: string;
  size: number;
  sent: number;
  state: "waiting" | "sending" | "done" | "duplicate" | "failed" | "cancelled";
  /** A refusal's code, or where it went; null: nowhere yet. */
  said: string | null;
};
export type UploadEvent =
  | { type: "added"; files: readonly { id: number; path: string; size: number }[] }
  | { type: "begun"; id: number }
  | { type: "sent"; id: number; bytes: number }
  | { type: "ended"; id: number; state: "done" | "duplicate" | "failed"; said: string | null }
  | { type: "cancelled"; id: number | null }
  | { type: "retried"; id: number | null }
  | { type: "cleared" };

export const AT_ONCE = 4;
const isOpen = ({ state }: Upload): boolean => state === "waiting" || state === "sending";

/** What was refused for what it is would be refused again. */
const PASSING = new Set(["UNAVAILABLE", "INTERNAL", "RATE_LIMITED", "CUT_SHORT", "CONFLICT", "UNAUTHENTICATED"]);
export const mayRetry = ({ state, said }: Upload): boolean =>
  state === "cancelled" || (state === "failed" && PASSING.has(said ?? "INTERNAL"));

function change(uploads: readonly Upload[], id: number | null, of: (upload: Upload) => Upload): Upload[] {
  return uploads.map((upload) => (id === null || upload.id === id ? of(upload) : upload));
}

export function nextUploads(uploads: readonly Upload[], event: UploadEvent): Upload[] {
  switch (event.type) {
    case "added":
      return [...uploads, ...event.files.map((file) => ({ ...file, sent: 0, state: "waiting" as const, said: null }))];
    case "begun":
      return change(uploads, event.id, (one) =>
        one.state === "waiting" ? { ...one, state: "sending", sent: 0 } : one,
      );
    case "sent":
      return change(uploads, event.id, (one) =>
        one.state === "sending" ? { ...one, sent: Math.min(event.bytes, one.size) } : one,
      );
    case "ended":
      return change(uploads, event.id, (one) =>
        one.state === "sending"
          ? { ...one, state: event.state, said: event.said, sent: event.state === "failed" ? 0 : one.size }
          : one,
      );
    case "cancelled":
      return change(uploads, event.id, (one) => (isOpen(one) ? { ...one, state: "cancelled", sent: 0 } : one));
    case "retried":
      return change(uploads, event.id, (one) => (mayRetry(one) ? { ...one, state: "waiting", said: null } : one));
    case "cleared":
      return uploads.filter(isOpen);
  }
}

/** Which to begin now, so that so many and no more are under way. */
export function toBegin(uploads: readonly Upload[]): Upload[] {
  const running = uploads.filter(({ state }) => state === "sending").length;
  return uploads.filter(({ state }) => state === "waiting").slice(0, Math.max(0, AT_ONCE - running));
}

export type Totals = { files: number; over: number; failed: number; bytes: number; sent: number; running: boolean };

export function totalsOf(uploads: readonly Upload[]): Totals {
  const counted = uploads.filter(({ state }) => state !== "cancelled");
  const sum = (of: (upload: Upload) => number) => counted.reduce((total, upload) => total + of(upload), 0);
  return {
    files: counted.length,
    over: counted.filter((one) => !isOpen(one)).length,
    failed: counted.filter(({ state }) => state === "failed").length,
    bytes: sum(({ size }) => size),
    sent: sum(({ sent, size, state }) => (state === "failed" ? size : sent)),
    running: uploads.some(isOpen),
  };
}
