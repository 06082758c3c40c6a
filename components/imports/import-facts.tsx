import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { formatMoment } from "@/lib/format";
import type { ImportView } from "@/lib/imports/queries";
import { STATUS_WORDS } from "./sentences";

/** Who, when, from where, as of when; and whether the same bytes were applied before. */
export function ImportFacts({ view, zone, path }: { view: ImportView; zone: string; path: string }) {
  const facts: [string, string][] = [
    ["Source", view.source],
    ["As of", formatMoment(view.asOf, zone)],
    ["Uploaded", `${formatMoment(view.createdAt, zone)} by ${view.createdBy}`],
    ...(view.appliedAt ? [["Applied", formatMoment(view.appliedAt, zone)] as [string, string]] : []),
    ...(view.undoneAt
      ? [["Taken back", `${formatMoment(view.undoneAt, zone)}: ${view.undoReason ?? ""}`] as [string, string]]
      : []),
  ];
  return (
    <div className="grid gap-4">
      <dl className="flex flex-wrap gap-x-8 gap-y-2">
        <div>
          <dt className="text-sm text-muted">State</dt>
          <dd>
            <Badge>{STATUS_WORDS[view.status] ?? view.status}</Badge>
          </dd>
        </div>
        {facts.map(([term, text]) => (
          <div key={term}>
            <dt className="text-sm text-muted">{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {view.alreadyImported && view.status === "previewed" ? (
        <Notice word="already imported">
          The same file was <TextLink href={`${path}/${view.alreadyImported.importId}`}>applied</TextLink> on{" "}
          {formatMoment(new Date(view.alreadyImported.appliedAt), zone)}.
        </Notice>
      ) : null}
    </div>
  );
}
