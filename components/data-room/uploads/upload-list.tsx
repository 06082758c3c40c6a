import { Button } from "@/components/ui/button";
import { refusalText, sizeText } from "../words";
import { mayRetry, type Upload } from "./upload-queue";

type UploadListProps = { uploads: readonly Upload[]; onCancel: (id: number) => void; onRetry: (id: number) => void };

const SHOWN = 50;
const RANK: Readonly<Record<Upload["state"], number>> = {
  failed: 0,
  sending: 1,
  waiting: 2,
  cancelled: 3,
  duplicate: 4,
  done: 5,
};

/** What needs a look first: failures, then what is under way. */
export function UploadList({ uploads, onCancel, onRetry }: UploadListProps) {
  const sorted = uploads.toSorted((a, b) => RANK[a.state] - RANK[b.state] || a.id - b.id);
  return (
    <>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        aria-label="Files"
        className="max-h-72 divide-y divide-line overflow-y-auto text-sm"
      >
        {sorted.slice(0, SHOWN).map((upload) => (
          <li key={upload.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1">
            <span className="min-w-0 break-all">{upload.path}</span>
            <span className="flex items-center gap-2 text-muted">
              {stateText(upload)}
              {upload.state === "sending" || upload.state === "waiting" ? (
                <Button variant="bare" aria-label={`Cancel ${upload.path}`} onClick={() => onCancel(upload.id)}>
                  Cancel
                </Button>
              ) : null}
              {mayRetry(upload) ? (
                <Button variant="bare" aria-label={`Try ${upload.path} again`} onClick={() => onRetry(upload.id)}>
                  Try again
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {sorted.length > SHOWN ? <p className="text-sm text-muted">And {sorted.length - SHOWN} more.</p> : null}
    </>
  );
}

function stateText({ state, said, sent, size }: Upload): string {
  if (state === "failed") return `■ ${refusalText(said ?? "INTERNAL")}`;
  const where = said === null ? "unsorted" : `at ${said}`;
  if (state === "done") return `● ${where}`;
  if (state === "duplicate") return `○ the same file is there already, ${where}`;
  if (state === "sending") return `${sizeText(sent)} of ${sizeText(size)}`;
  return state === "cancelled" ? "cancelled" : "waits";
}
