import type { ReactNode } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Badge } from "@/components/ui/badge";
import { LinkTabs } from "@/components/ui/link-tabs";
import { PageHeader } from "@/components/ui/page-header";
import type { RoomHead } from "@/lib/data-room/queries";
import { DEAL_WORDS } from "@/lib/data-room/schema";
import type { FigureView } from "@/lib/figures/schema";

type RoomHeaderProps = { head: RoomHead; path: string; views?: Record<string, FigureView>; actions?: ReactNode };

const PARTS = [
  ["", "Index"],
  ["/requests", "Requests"],
  ["/findings", "Findings"],
  ["/guests", "Guests"],
  ["/questions", "Questions"],
  ["/engagement", "Engagement"],
  ["/archives", "Frozen states"],
] as const;

export function RoomHeader({ head, path, views, actions }: RoomHeaderProps) {
  const complete = views?.room;
  const effect = views?.["price-effect"];
  return (
    <>
      <PageHeader
        title={
          <>
            Data room <Badge>{DEAL_WORDS[head.dealType]}</Badge>{" "}
            {head.status === "frozen" ? <Badge>frozen</Badge> : null}
          </>
        }
        lead={
          complete ? (
            <>
              <FigureValue figure={complete} /> of what this deal needs is there
              {effect ? (
                <>
                  ; open findings take off <FigureValue figure={effect} />
                </>
              ) : null}
              .
            </>
          ) : undefined
        }
        actions={actions}
      />
      <div className="mb-6">
        <LinkTabs label="Data room" tabs={PARTS.map(([part, label]) => ({ href: `${path}${part}`, label }))} />
      </div>
    </>
  );
}
