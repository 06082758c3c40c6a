"use client";

import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { formatMoment } from "@/lib/format";
import { submitTreeRestore } from "@/lib/growth/actions";
import type { TreeVersion } from "@/lib/growth/queries/drivers/drivers";
import { growthSentence } from "./driver-words";

type DriverHistoryProps = {
  ventureId: string;
  version: number;
  versions: readonly TreeVersion[];
  zone: string;
  mayEdit: boolean;
};

/** Who changed the tree, when and why; every version can be brought back, as a new one. */
export function DriverHistory({ ventureId, version, versions, zone, mayEdit }: DriverHistoryProps) {
  const template: TreeVersion = { version: 0, reason: "The template of the business model", by: "", at: "" };
  return (
    <Disclosure
      summary={
        version === 0 ? "The template of the business model, never changed" : `Version ${version} and those before it`
      }
    >
      <ol className="grid">
        {[...versions, template].map((one) => (
          <li key={one.version} className="flex min-h-8 flex-wrap items-baseline gap-x-3 border-b border-line py-1">
            <span className="tabular-nums">{one.version}</span>
            <span className="min-w-0 flex-1">{one.reason}</span>
            <span className="text-sm text-muted">
              {one.at ? `${one.by}, ${formatMoment(new Date(one.at), zone)}` : null}
            </span>
            {mayEdit && one.version !== version ? (
              <ReasonDialog
                title={`Go back to version ${one.version}?`}
                description="The tree becomes what it was then, as a new version. Nothing is deleted."
                trigger={
                  <Button variant="bare" aria-label={`Go back to version ${one.version}`}>
                    Go back
                  </Button>
                }
                confirmLabel="Go back to it"
                done={`The tree is as in version ${one.version} again.`}
                sentence={(refusal) => growthSentence(refusal) ?? ""}
                send={(reason) => submitTreeRestore({ ventureId, version, to: one.version, reason })}
              />
            ) : null}
          </li>
        ))}
      </ol>
    </Disclosure>
  );
}
